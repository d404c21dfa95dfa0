"""A diagnosis in plain words."""

from dataclasses import replace

import pytest

from fakes.checks import make_result, make_service
from fakes.clock import START
from manara.model import (
    Blame,
    CheckState,
    Circumstance,
    Claim,
    Conclusion,
    Confidence,
    Diagnosis,
    Interval,
    Layer,
    Reason,
    ServiceState,
    Step,
    StepKind,
    Verdict,
)
from manara.wording import (
    Translator,
    blame_sentence,
    conclusion_clause,
    confidence_word,
    diagnosis_sentence,
    explanation,
    kind_of_step,
    service_sentence,
    step_rungs,
)
from manara.wording.diagnosis import WITH_NAMES, folded

TR = Translator()
LINE = Step(StepKind.LINE, Layer.LINK, "online")
SILENT = Step(StepKind.NAME_SERVER, Layer.DNS, "a.ns.example.org (192.0.2.1)", Reason.DNS_TIMEOUT)


def diagnosis(conclusion, *named, sure=Confidence.CERTAIN, steps=(LINE, SILENT)):
    return Diagnosis("a", 0, START, conclusion, sure, steps, named)


def state(found, cause=Reason.DNS_TIMEOUT, verdict=Verdict.DOWN):
    check = CheckState(verdict, cause, None, make_result(cause if isinstance(cause, Reason) else None))
    return ServiceState("a", verdict, cause, Interval(START, START), (check,), found)


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (
            ("a.ns.facebook.com", "b.ns.facebook.com", "c.ns.facebook.com", "d.ns.facebook.com"),
            ("a–\N{WORD JOINER}d.ns.facebook.com",),
        ),
        (("ns1.p01.dynect.net", "ns2.p01.dynect.net", "ns3.p01.dynect.net"), ("ns1–\N{WORD JOINER}3.p01.dynect.net",)),
        (("a.ns.x.org", "c.ns.x.org"), ("a.ns.x.org", "c.ns.x.org")),
        (("a.ns.x.org", "b.ns.y.org"), ("a.ns.x.org", "b.ns.y.org")),
        (("a.ns.x.org", "b.ns.x.org", "dns1.y.net"), ("a–\N{WORD JOINER}b.ns.x.org", "dns1.y.net")),
        (("ns-1.awsdns-00.com", "ns-513.awsdns-01.net"), ("ns-1.awsdns-00.com", "ns-513.awsdns-01.net")),
        (("alpha.x.org", "beta.x.org"), ("alpha.x.org", "beta.x.org")),
        (("192.0.2.1", "192.0.2.2"), ("192.0.2.1", "192.0.2.2")),
        (("localhost",), ("localhost",)),
        ((), ()),
    ],
)
def test_rows_of_name_servers_are_written_as_one(names, short):
    assert folded(names) == short


def test_what_is_named_stands_in_the_clause():
    silent = diagnosis(Conclusion.NAME_SERVERS_SILENT, "a.ns.x.org", "b.ns.x.org")
    fastly = diagnosis(Conclusion.DELIVERY_FAILS, "Fastly", "HTTP 503")

    assert (
        conclusion_clause(TR, silent) == "the name servers of its operator (a–\N{WORD JOINER}b.ns.x.org) do not answer"
    )
    assert conclusion_clause(TR, fastly) == "its delivery network Fastly answers with errors (HTTP 503)"


def test_one_address_and_several_are_told_apart():
    one = diagnosis(Conclusion.ADDRESSES_SILENT, "192.0.2.1")
    two = diagnosis(Conclusion.ADDRESSES_SILENT, "192.0.2.1", "192.0.2.2")

    assert conclusion_clause(TR, one) == "its address (192.0.2.1) does not answer"
    assert conclusion_clause(TR, two) == "its addresses (192.0.2.1, 192.0.2.2) do not answer"


@pytest.mark.parametrize("conclusion", Conclusion)
def test_every_conclusion_can_be_told_with_and_without_names(conclusion):
    bare = diagnosis_sentence(TR, diagnosis(conclusion))
    named = diagnosis_sentence(TR, diagnosis(conclusion, "Something", sure=Confidence.LIKELY))

    assert bare[0].isupper()
    assert "{" not in bare + named
    assert ("Something" in named) is (conclusion in WITH_NAMES or conclusion is Conclusion.ADDRESSES_SILENT)


def test_names_with_braces_and_line_breaks_are_harmless():
    found = diagnosis(Conclusion.NAME_SERVERS_FAIL, "{first}\n\x1b[31m", sure=Confidence.POSSIBLE)

    told = "Perhaps the name servers of its operator ({first} �[31m) answer with errors"
    assert diagnosis_sentence(TR, found) == told


@pytest.mark.parametrize(
    ("conclusion", "steps", "sentence"),
    [
        (Conclusion.SERVER_ERRORS, (LINE,), "It is them: your connection is fine"),
        (Conclusion.SERVER_ERRORS, (), "It is them"),
        (Conclusion.OWN_RESOLVER, (LINE,), "It is on your side"),
        (Conclusion.CANNOT_TELL, (LINE,), "Whose fault it is cannot be told"),
        (Conclusion.PASSED, (LINE,), ""),
    ],
)
def test_it_is_said_on_whose_side_the_trouble_is(conclusion, steps, sentence):
    assert blame_sentence(TR, diagnosis(conclusion, steps=steps)) == sentence


@pytest.mark.parametrize(
    ("sure", "sentence"),
    [
        (Confidence.CERTAIN, "It is them: your connection is fine"),
        (Confidence.LIKELY, "Probably it is them: your connection is fine"),
        (Confidence.POSSIBLE, "Perhaps it is them: your connection is fine"),
    ],
)
def test_what_was_seen_is_no_guess_but_whose_fault_it_is_may_be_one(sure, sentence):
    found = diagnosis(Conclusion.ADDRESSES_SILENT, "192.0.2.1", sure=sure)

    assert diagnosis_sentence(TR, found) == "Its address (192.0.2.1) does not answer"
    assert blame_sentence(TR, found) == sentence


def test_every_side_and_every_confidence_has_words():
    for conclusion in Conclusion:
        assert blame_sentence(TR, diagnosis(conclusion)) or conclusion is Conclusion.PASSED
    assert {conclusion.blame for conclusion in Conclusion} == set(Blame)
    assert confidence_word(TR, Confidence.LIKELY) == "probably"


def test_the_sentence_of_a_service_says_what_the_diagnosis_found():
    found = diagnosis(Conclusion.NAME_SERVERS_SILENT, "a.ns.x.org", "b.ns.x.org")

    sentence = service_sentence(TR, make_service("a"), state(found), START)

    assert sentence == "Down for 0 s: the name servers of its operator (a–\N{WORD JOINER}b.ns.x.org) do not answer"


def test_a_guess_is_told_as_one():
    found = diagnosis(Conclusion.NAME_SERVERS_SILENT, sure=Confidence.LIKELY)

    assert explanation(TR, found, Reason.DNS_TIMEOUT) == "probably the name servers of its operator do not answer"


@pytest.mark.parametrize(
    ("found", "cause"),
    [
        (None, Reason.DNS_TIMEOUT),
        (diagnosis(Conclusion.CANNOT_TELL), Reason.DNS_TIMEOUT),
        (diagnosis(Conclusion.PASSED), Reason.DNS_TIMEOUT),
        # It was the name servers; now it is the server.
        (diagnosis(Conclusion.NAME_SERVERS_SILENT), Reason.SERVER_ERROR),
        (diagnosis(Conclusion.NAME_SERVERS_SILENT), Circumstance.OWN_LINE),
        (diagnosis(Conclusion.NAME_SERVERS_SILENT), None),
    ],
)
def test_a_diagnosis_that_says_nothing_or_is_of_another_failure_is_left_out(found, cause):
    assert explanation(TR, found, cause) == ""


def test_doubts_are_explained_as_soon_as_it_is_known_why():
    found = diagnosis(Conclusion.NAME_SERVERS_SILENT, "a.ns.x.org", "b.ns.x.org")
    doubt = Claim(START, Verdict.DOWN, Reason.DNS_TIMEOUT)
    last = make_result(Reason.DNS_TIMEOUT)
    check = CheckState(Verdict.UP, None, Interval(None, START), last, START, (doubt,))
    doubted = ServiceState("a", Verdict.UP, None, Interval(None, START), (check,), found)

    told = service_sentence(TR, make_service("a"), doubted, START)

    assert told.endswith(
        "the last look was not good: the name servers of its operator (a–\N{WORD JOINER}b.ns.x.org) do not answer"
    )
    other = replace(doubted, diagnosis=replace(found, check=1))
    assert service_sentence(TR, make_service("a"), other, START).endswith("the name servers did not answer (a.example)")


def test_each_step_is_told_in_a_line():
    steps = (
        Step(StepKind.LINE, Layer.LINK, "online", None, "http://anchor.example/", 20.0),
        Step(StepKind.LINE, Layer.LINK, "offline", Reason.NETWORK_UNREACHABLE),
        Step(StepKind.WITNESS_RESOLVER, Layer.DNS, "1.1.1.1", Reason.SERVFAIL, "SERVFAIL", 12.0),
        Step(StepKind.PARENT, Layer.DNS, "a.nic.example (192.0.2.9)", None, "a.ns.x.org", 9.0),
        Step(StepKind.ANSWER, Layer.DNS, "10.0.0.1", None, "203.0.113.7"),
        Step(StepKind.ADDRESS, Layer.TCP, "192.0.2.1"),
        Step(StepKind.CONTENT, Layer.CONTENT, "", Reason.TEXT_MISSING),
    )

    rungs = list(step_rungs(TR, diagnosis(Conclusion.CANNOT_TELL, steps=steps)))

    assert [rung.text for rung in rungs] == [
        "Your own connection works (http://anchor.example/)",
        "Your own connection is down",
        "1.1.1.1 · name server of somebody else: fails, SERVFAIL",
        "a.nic.example (192.0.2.9) · name server of the zone above: a.ns.x.org",
        "10.0.0.1 · the addresses that you are given: others are given 203.0.113.7",
        "192.0.2.1 · connection: answers",
        "content: the expected text is missing",
    ]
    assert [rung.ms for rung in rungs[:3]] == [20.0, None, 12.0]


def test_steps_have_short_names():
    assert kind_of_step(TR, StepKind.NAME_SERVER) == "name server of its operator"
