from datetime import timedelta

import pytest

from fakes.recorded import HOSTILE, NOW, certificate, good_look
from manara.history.facts import facts_of
from manara.model import Fact
from manara.wording import Translator, certificate_lines, fact_value, kind_word, seen_when
from manara.wording.memory import KINDS

TR = Translator()


def fact(value="203.0.113.7", first=30.0, last=2.0):
    """A fact that was seen from so many days ago until so many days ago."""
    return Fact("fake", "shop", "address", value, NOW - timedelta(days=first), NOW - timedelta(days=last))


def lines(**fields):
    return dict(certificate_lines(TR, certificate(**fields), NOW))


def test_every_kind_of_fact_that_is_kept_has_a_word():
    look = good_look(cname_chain=("a.example",), records=("MX 10 a",), redirects=("https://x.example/",))

    assert {kind for kind, _ in facts_of(look)} == set(KINDS)
    assert len(set(KINDS.values())) == len(KINDS)
    assert kind_word(TR, "tls-version") == "Encryption"


def test_a_kind_that_is_not_known_is_called_as_it_is():
    assert kind_word(TR, "smell\n") == "smell"


def test_a_value_stands_on_one_line():
    assert "\n" not in fact_value(fact(HOSTILE))
    assert "\x1b" not in fact_value(fact(HOSTILE))


def test_a_certificate_is_told_from_others_by_the_beginning_of_its_fingerprint():
    assert fact_value(fact(certificate())) == "Example CA, ab ab ab ab ab ab ab ab …"


@pytest.mark.parametrize(
    ("told", "still", "words"),
    [
        (fact(), True, "since 2021-09-04"),
        (fact(), False, "2021-09-04 to 2021-10-02"),
        (fact(first=2.0), False, "2021-10-02"),
        (fact(first=0.25, last=0.0), True, "since 09:52"),
        (fact(first=1.0, last=0.125), False, "2021-10-03 to 12:52"),
    ],
)
def test_a_fact_is_told_with_its_days_and_today_with_the_time(told, still, words):
    assert seen_when(TR, told, NOW, still=still) == words


def test_a_certificate_tells_what_it_says_of_itself():
    assert lines() == {
        "Issued to": "example.org",
        "Issued by": "Example CA",
        "Valid from": "2021-08-18",
        "Valid until": "2021-11-16, 43 days left",
        "Names": "example.org, www.example.org",
        "Fingerprint": " ".join(["ab"] * 32),
    }


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=1, hours=1), "2021-10-05, 1 day left"),
        (timedelta(hours=1), "2021-10-04, 0 days left"),
        (timedelta(days=-3), "2021-10-01, it has ended"),
    ],
)
def test_a_certificate_tells_how_long_it_is_still_good(left, words):
    assert lines(ends_in=left)["Valid until"] == words


def test_of_many_names_a_few_are_told():
    names = tuple(f"{n}.example" for n in range(40))

    assert lines(names=names)["Names"].endswith("4.example, 5.example and 34 more")


def test_nothing_that_a_certificate_says_leaves_its_line():
    hostile = lines(subject=HOSTILE, issuer=HOSTILE, names=(HOSTILE,), sha256=HOSTILE)

    assert all(text.isprintable() for text in hostile.values())
