from dataclasses import replace
from datetime import timedelta

from fakes.checks import FakeCheck, make_service
from fakes.recorded import HOSTILE, NOW, certificate, check_state, dns_dead, good_look, state
from manara.model import Circumstance, Fact, Interval, Reason, Transition, Verdict
from manara.ui.page_lines import change_lines, fact_lines, lines_of_certificates
from manara.ui.tile import Tile
from manara.wording import Translator

TR = Translator()
OLD = certificate(timedelta(days=3), sha256="0f" * 32)


def fact(kind, value, first, last=0.0, target="shop"):
    """A fact that was seen from so many days ago until so many days ago."""
    return Fact("fake", target, kind, value, NOW - timedelta(days=first), NOW - timedelta(days=last))


def tile(*looks, targets=("shop",)):
    believed = state(Verdict.UP, *(check_state(look, Verdict.UP) for look in looks), service_id="shop")
    return Tile(make_service("shop", *(FakeCheck(name=each) for each in targets)), believed)


def cells(lines):
    return [line.cells for line in lines]


def certificates(shown, *facts):
    return list(lines_of_certificates(TR, shown, facts, NOW))


def facts(shown, *known):
    return list(fact_lines(TR, shown, known, NOW))


def change(before, after, cause, hours):
    by = NOW - timedelta(hours=hours)
    return Transition("shop", before, after, cause, Interval(by - timedelta(minutes=1), by))


def test_the_certificate_of_the_last_look_is_told_at_once():
    shown = cells(certificates(tile(good_look())))

    assert shown[0] == ("Issued to", "example.org")
    assert shown[3] == ("Valid until", "2021-11-16, 43 days left")
    assert shown[-1] == ("Fingerprint", " ".join(["ab"] * 32))


def test_the_history_adds_since_when_it_is_seen():
    shown = cells(certificates(tile(good_look()), fact("certificate", certificate(), 12, 0.03)))

    assert shown[-1] == ("Seen", "since 2021-09-22")


def test_a_changed_certificate_shows_both_fingerprints_with_their_times():
    shown = cells(
        certificates(
            tile(good_look()),
            fact("certificate", certificate(), 12),
            fact("certificate", OLD, 90, 12),
            fact("a", "b", 1),
        )
    )

    prints = [text for label, text in shown if label == "Fingerprint"]
    times = [text for label, text in shown if label == "Seen"]
    assert prints == [" ".join(["ab"] * 32), " ".join(["0f"] * 32)]
    assert times == ["since 2021-09-22", "2021-07-06 to 2021-09-22"]
    assert ("Earlier", "example.org") in shown


def test_on_a_bad_day_the_certificate_that_was_seen_last_is_told():
    shown = replace(tile(), state=dns_dead())

    assert ("Seen", "since 2021-09-22") in cells(certificates(shown, fact("certificate", certificate(), 12)))
    assert ("Seen", "2021-07-06 to 2021-09-22") in cells(
        certificates(shown, fact("certificate", OLD, 90, 12), fact("server", "nginx", 90))
    )


def test_without_a_certificate_that_is_said():
    assert cells(certificates(replace(tile(), state=dns_dead()))) == [("", "No certificate was seen.")]
    assert cells(certificates(tile(None))) == [("", "No certificate was seen.")]


def test_certificates_of_several_checks_have_their_headings():
    shown = certificates(tile(good_look(), good_look(), targets=("a", "b")))

    assert [line.cells for line in shown if line.heading] == [("fake", "a"), ("fake", "b")]


def test_facts_stand_in_their_order_each_kind_named_once():
    shown = facts(
        tile(good_look()),
        fact("server", "nginx", 40),
        fact("smell", "roses", 40),
        fact("address", "203.0.113.7", 40),
        fact("address", "203.0.113.8", 90, 41),
    )

    assert cells(shown) == [
        ("Address", "203.0.113.7", "since 2021-08-25"),
        ("", "203.0.113.8", "2021-07-06 to 2021-08-24"),
        ("Server", "nginx", "since 2021-08-25"),
        ("smell", "roses", "since 2021-08-25"),
    ]
    assert shown[1].spoken == "Address: 203.0.113.8, 2021-07-06 to 2021-08-24"


def test_facts_of_several_checks_have_their_headings_and_those_of_removed_ones_are_left_out():
    known = [fact("server", name, 40, target=name) for name in ("a", "b", "removed")]

    shown = facts(tile(good_look(), good_look(), targets=("a", "b")), *known)

    assert [line.cells[:2] for line in shown] == [("fake", "a"), ("Server", "a"), ("fake", "b"), ("Server", "b")]


def test_without_facts_it_is_said_where_they_come_from():
    assert cells(facts(tile(None))) == [("", "Nothing is known yet: facts come from good looks.", "")]


def test_remote_words_stay_on_their_line():
    (line,) = facts(tile(good_look()), fact("server", HOSTILE, 1))

    assert all(text.isprintable() for text in (*line.cells, line.spoken, line.tip))


def test_changes_tell_when_and_what_and_in_full_what_was_before():
    shown = list(
        change_lines(
            TR,
            [
                change(Verdict.DOWN, Verdict.UP, None, 2),
                change(Verdict.UP, Verdict.DOWN, Reason.DNS_TIMEOUT, 3),
                change(Verdict.UP, Verdict.UNKNOWN, Circumstance.OWN_LINE, 30),
            ],
            NOW,
        )
    )

    assert cells(shown)[:2] == [("13:52:10", "Up"), ("12:52:10", "Down: the name servers did not answer")]
    assert shown[2].cells[0] == "2021-10-03 09:52:10"
    assert [line.mark for line in shown] == [Verdict.UP, Verdict.DOWN, Verdict.UNKNOWN]
    assert shown[0].spoken == "Up (was: Down), between 13:51:10 and 13:52:10"


def test_without_changes_that_is_said():
    assert cells(change_lines(TR, [], NOW)) == [("", "Nothing has changed yet.")]
