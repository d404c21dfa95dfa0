from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from fakes.recorded import BEGAN, HOSTILE, NOW, dns_dead, service, up
from manara.model import Affected, Circumstance, Interval, Notice, NoticeKind, Reason
from manara.wording import Translator
from manara.wording.alerts import notice_text, notice_title

TR = Translator()
DOWN, DEGRADED, UNSTABLE = NoticeKind.DOWN, NoticeKind.DEGRADED, NoticeKind.UNSTABLE
UP_AGAIN, STABLE_AGAIN = NoticeKind.UP_AGAIN, NoticeKind.STABLE_AGAIN
ENDED = Interval(datetime.fromisoformat("2021-10-04T22:45:10Z"), datetime.fromisoformat("2021-10-04T22:46:10Z"))


def affected(name, kind=DOWN, state=None, **fields):
    fields.setdefault("began", BEGAN)
    return Affected(service(title=name), kind, state or dns_dead(), **fields)


def recovered(name, **fields):
    return affected(name, UP_AGAIN, up(), ended=ENDED, **fields)


def words(*rows, kind=None, **fields):
    notice = Notice(1, NOW, kind or rows[0].kind, rows, **fields)
    return notice_title(TR, notice), notice_text(TR, notice, NOW).split("\n")


def test_one_service_that_is_down_is_told_with_the_reason_and_the_beginning():
    assert words(affected("WhatsApp")) == (
        "WhatsApp is down",
        ["The name servers did not answer (example.example)", "It began between 15:39:10 and 15:40:10."],
    )


def test_one_service_whose_beginning_and_reason_nobody_knows():
    assert words(affected("WhatsApp", state=replace(dns_dead(), cause=None), began=None)) == ("WhatsApp is down", [""])


def test_up_again_tells_how_long_it_was_down():
    assert words(recovered("WhatsApp")) == (
        "WhatsApp is up again after 7 h 6 min",
        ["It began between 15:39:10 and 15:40:10.", "It ended between 22:45:10 and 22:46:10."],
    )


def test_up_again_tells_what_nobody_has_seen():
    title, lines = words(recovered("A", began=Interval(None, BEGAN.by), unseen=timedelta(hours=3)))

    assert title == "A is up again after at least 7 h 6 min"
    assert lines[0] == "It began before 15:40:10."
    assert lines[2] == "For 3 h in between, nobody could tell."
    assert words(recovered("A", began=None))[0] == "A is up again"
    assert words(affected("A", UP_AGAIN, up()))[0] == "A is up again"


def test_several_services_are_told_by_their_number_and_the_first_names():
    names = ["Facebook", "WhatsApp", "Instagram", "Oculus"]

    assert words(*map(affected, names)) == (
        "4 services are down: Facebook, WhatsApp and 2 more",
        ["The name servers did not answer"],
    )
    assert words(*map(affected, names[:3]))[0] == "3 services are down: Facebook, WhatsApp, Instagram"
    assert words(*map(recovered, names[:2]))[0] == "2 services are up again: Facebook, WhatsApp"


def test_several_reasons_are_not_told_as_one():
    other = replace(dns_dead(), cause=Reason.CONNECT_TIMEOUT)

    assert words(affected("A"), affected("B", state=other))[1] == [""]


def test_what_else_a_notice_tells_stands_below():
    rows = [affected("A", DEGRADED), affected("B"), affected("C"), recovered("D"), affected("E", UNSTABLE)]

    title, lines = words(*rows, kind=DOWN, after_pause=True)

    assert title == "2 services are down: B, C"
    assert lines == [
        "The name servers did not answer",
        "E is unstable",
        "A is degraded",
        "D is up again",
        "Notifications are on again.",
    ]


def test_what_goes_back_and_forth_and_what_is_stable_again():
    assert words(affected("A", UNSTABLE)) == (
        "A is unstable",
        ["It goes back and forth. Nothing more is told of it until it is stable."],
    )
    assert words(affected("A", STABLE_AGAIN, up())) == ("A is stable again", [""])
    assert words(affected("A", DEGRADED))[0] == "A is degraded"


def test_our_own_line():
    assert words(kind=NoticeKind.OFFLINE) == (
        "You are offline",
        ["Until you are online again, nothing can be told about services."],
    )
    assert words(kind=NoticeKind.ONLINE, lasted=timedelta(minutes=3)) == (
        "You are online again",
        ["You were offline for 3 min."],
    )
    assert words(kind=NoticeKind.ONLINE) == ("You are online again", [""])


def test_a_sign_in_that_is_wanted_is_told_with_the_host_of_its_page():
    until = "Until you have signed in, nothing can be told about services."

    wanted = {"kind": NoticeKind.SIGN_IN_WANTED}
    assert words(**wanted) == ("This network wants you to sign in", [until])
    assert words(**wanted, sign_in_url="http://portal.example:8080/a?b=c") == (
        "This network wants you to sign in",
        [until, "Its page is at portal.example."],
    )


def test_a_notice_that_is_withdrawn_says_nothing():
    assert words(kind=NoticeKind.WITHDRAWN) == ("", [""])


@pytest.mark.parametrize("name", [HOSTILE, "x" * 5000, "{name} {0} %s", "<b>&amp;"])
def test_names_are_one_short_line(name):
    for rows in ([affected(name)], [affected(name), affected(name)], [recovered(name)]):
        title, lines = words(*rows, kind=rows[0].kind)

        assert title.isprintable()
        assert len(title) < 300
        assert all(line.isprintable() or not line for line in lines)


def test_remote_text_in_the_reason_is_one_line():
    state = replace(dns_dead(), cause=Circumstance.NOT_OBSERVED)

    assert words(affected("A", state=state))[1][0] == "Nobody was looking"
