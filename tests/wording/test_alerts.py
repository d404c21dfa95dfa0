from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from fakes.recorded import BEGAN, HOSTILE, NOW, dns_dead, service, up
from manara.model import (
    Affected,
    Believed,
    Circumstance,
    CommonCause,
    Conclusion,
    Happening,
    Incident,
    Interval,
    Line,
    LineState,
    Member,
    Notice,
    NoticeKind,
    Reason,
    Stage,
    Trait,
    TraitKind,
)
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


META = ("Facebook", "WhatsApp", "Messenger", "Instagram")
SILENT = "the name servers of their operator (Meta: a–\N{WORD JOINER}d.ns.facebook.com) do not answer."
THREE_WERE_DOWN = "Facebook, WhatsApp and Messenger were down"
ANSWERS_503 = "its names resolve, its servers answer 503."
NAME_SERVERS = tuple(f"{letter}.ns.facebook.com" for letter in "abcd")


def member(name, conclusion=Conclusion.NAME_SERVERS_SILENT, named=NAME_SERVERS, **fields):
    return Member(name.lower(), name, BEGAN, conclusion=conclusion, named=named, **fields)


def the_day(*rows, ended=False, **fields):
    """What a notice says of 4 October 2021, by the services it tells of; all others are up."""
    members = [member(name) for name in META[:3]]
    members.append(member("Instagram", Conclusion.SERVER_ERRORS, ("503",)))
    if ended:
        members = [replace(each, ended=ENDED) for each in members]
    cause = CommonCause(None, Trait(TraitKind.OPERATOR, "Meta"))
    incident = Incident("20211004-153910-1", tuple(members), BEGAN, ENDED if ended else None, cause, **fields)
    states = [replace(dns_dead(), service_id=name.lower()) for name in META]
    states += [replace(up(), service_id=f"other-{number}") for number in range(14)]
    believed = Believed(Line(LineState.ONLINE), (), tuple(states))
    return words(*rows, incident=incident, believed=believed)


def row(name, kind=DOWN, state=None, **fields):
    watched = service(service_id=name.lower(), title=name)
    return Affected(watched, kind, state or dns_dead(), fields.pop("began", BEGAN), **fields)


def test_the_morning_of_the_fourth_of_october_is_told_with_the_cause_and_whose_side_it_is():
    assert the_day(*map(row, META)) == (
        "Facebook, WhatsApp, Messenger and Instagram are down",
        [
            f"Facebook, WhatsApp and Messenger are down: {SILENT} Instagram is down too: {ANSWERS_503}",
            "It is them: your connection is fine (14 of 18 services reachable).",
            "It began between 15:39:10 and 15:40:10.",
        ],
    )


def test_where_all_fail_alike_the_reason_does_not_name_them_again():
    title, lines = the_day(*map(row, META[:3]))

    assert title == "Facebook, WhatsApp and Messenger are down"
    assert lines[0] == "The name servers of their operator (Meta: a–\N{WORD JOINER}d.ns.facebook.com) do not answer."


def test_one_service_of_an_incident_is_told_with_its_own_reason():
    assert the_day(row("Facebook")) == (
        "Facebook is down",
        [
            "The name servers did not answer (example.example)",
            "It is them: your connection is fine (14 of 18 services reachable).",
            "It began between 15:39:10 and 15:40:10.",
        ],
    )


def test_what_the_operator_says_and_how_it_comes_back_has_lines_of_its_own():
    posted = Happening(BEGAN.by, Stage.OFFICIAL, text="We are aware\nof it.")
    back = Happening(BEGAN.by, Stage.NAMES_RESOLVE, "facebook")

    _, lines = the_day(row("Facebook"), official_after=timedelta(minutes=34), timeline=(posted, back))

    assert lines[3:] == ["Officially: We are aware of it, first after 34 min.", "Recovering: names resolve again."]


def test_what_is_left_after_a_partial_recovery_is_told_below_it():
    rows = [row("Instagram", UP_AGAIN, up(), ended=ENDED), *(row(name, news=False) for name in META[:2])]

    title, lines = the_day(*rows)

    assert title == "Instagram is up again after 7 h 6 min"
    assert "The name servers of their operator (Meta: a–\N{WORD JOINER}d.ns.facebook.com) do not answer." in lines
    assert not any("services are down" in line for line in lines)


def test_those_that_are_degraded_are_not_called_down():
    title, lines = the_day(row("Facebook"), row("WhatsApp"), row("Messenger", DEGRADED))

    assert title == "Facebook and WhatsApp are down"
    assert "Messenger is degraded" in lines


def test_the_end_of_an_incident_names_all_its_services_and_how_long_it_was():
    rows = [row(name, UP_AGAIN, up(), ended=ENDED, news=name == "Instagram") for name in META]

    title, lines = the_day(*rows, ended=True)

    assert title == "Facebook, WhatsApp, Messenger and Instagram are up again after 7 h 6 min"
    assert lines == [
        f"{THREE_WERE_DOWN}; found at the time: {SILENT} Instagram was down too; found at the time: {ANSWERS_503}",
        "It began between 15:39:10 and 15:40:10.",
        "It ended between 22:45:10 and 22:46:10.",
    ]


def test_one_that_is_unstable_is_told_so_also_in_an_incident():
    assert the_day(row("Facebook", UNSTABLE))[0] == "Facebook is unstable"


def test_services_that_the_incident_does_not_know_yet_are_told_as_without_it():
    assert the_day(row("Other"))[1] == [
        "The name servers did not answer (example.example)",
        "It began between 15:39:10 and 15:40:10.",
    ]
