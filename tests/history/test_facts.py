import json
from dataclasses import replace

from fakes.checks import make_result
from fakes.recorded import certificate, good_look
from manara.history.facts import certificate_document, facts_of, telling


def test_everything_worth_remembering_of_a_good_look_is_a_fact():
    look = good_look(cname_chain=("a.example", "b.example"), records=("MX 10 mail",), redirects=("https://x.example/",))

    assert [fact for fact in facts_of(look) if fact[0] != "certificate"] == [
        ("address", "203.0.113.7"),
        ("address", "203.0.113.8"),
        ("alias", "a.example"),
        ("alias", "b.example"),
        ("record", "MX 10 mail"),
        ("redirect", "https://x.example/"),
        ("tls-version", "TLSv1.3"),
        ("server", "nginx"),
    ]


def test_a_certificate_is_one_fact():
    (value,) = (value for kind, value in facts_of(good_look()) if kind == "certificate")

    assert json.loads(value) == json.loads(json.dumps(certificate_document(certificate())))


def test_an_address_that_needed_no_name_is_a_fact_too():
    assert list(facts_of(make_result())) == [("address", "203.0.113.7")]


def test_a_look_that_saw_nothing_has_no_facts():
    assert list(facts_of(make_result(address=None))) == []


def test_two_looks_that_saw_the_same_are_remembered_as_equal():
    facts = good_look().facts

    assert telling(facts) == telling(replace(facts, body_bytes=1, resolver="192.0.2.1", method="tcp"))


def test_two_looks_that_saw_something_else_are_not_remembered_as_equal():
    facts = good_look().facts

    for changed in ({"addresses": ()}, {"certificate": None}, {"http_server": "other"}, {"records": ("MX 10 a",)}):
        assert telling(facts) != telling(replace(facts, **changed))
