import json
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from fakes.recorded import (
    BEGAN,
    HOSTILE,
    NOW,
    certificate_expired,
    good_look,
    hanging,
    hostile,
    not_looked_yet,
    service,
    up,
)
from manara.model import (
    Affected,
    Diagnosed,
    HistoryKept,
    Incident,
    IncidentChanged,
    Interval,
    Keeping,
    Limit,
    Line,
    LineChanged,
    LineState,
    Member,
    NetworkLearned,
    Notice,
    Noticed,
    NoticeKind,
    NotObserved,
    Reason,
    ResultArrived,
    ServicesChanged,
    SettingsRefused,
    Silence,
    SilenceChanged,
    Transition,
    Transitioned,
    Verdict,
    Witness,
    WitnessKind,
)
from manara.monitor.report import check_document, event_document, exit_code, worded_event
from manara.monitor.snapshot import Snapshot
from manara.wording import Translator, service_sentence

UP, DEGRADED, DOWN, UNKNOWN = Verdict.UP, Verdict.DEGRADED, Verdict.DOWN, Verdict.UNKNOWN
LINE = Line(
    LineState.LIMITED,
    NOW,
    (Witness("1.1.1.1", answered=True, detail="\x1b[0m192.0.2.1", ms=4.25, kind=WitnessKind.RESOLVER),),
    (Limit.CLOCK,),
    "http://portal.example/\x1b[0m",
    timedelta(hours=2),
)
NETWORK = {
    "state": "limited",
    "at": "2021-10-04T15:52:10.000Z",
    "limits": ["clock"],
    "sign_in_url": "http://portal.example/\ufffd[0m",
    "clock_ahead_s": 7200.0,
    "evidence": [
        {"place": "1.1.1.1", "kind": "resolver", "answered": True, "detail": "\ufffd[0m192.0.2.1", "ms": 4.25}
    ],
}
NOTHING_OF_THE_NETWORK = {
    "state": "unknown",
    "at": None,
    "limits": [],
    "sign_in_url": None,
    "clock_ahead_s": None,
    "evidence": [],
}
TIMINGS = {"dns": 4.2, "connect": 11.0, "tls": 23.4, "first_byte": 101.2, "total": 143.0}


def document(*states):
    services = [service()] * len(states)
    return check_document(LINE, services, states, tr=Translator(), now=NOW)


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ([UP, UP], 0),
        ([UP, Verdict.MAINTENANCE, Verdict.PAUSED], 0),
        ([UP, DEGRADED], 1),
        ([UP, DEGRADED, UNKNOWN], 1),
        ([UNKNOWN, DEGRADED, DOWN], 2),
        ([UP, UNKNOWN], 3),
        ([Verdict.PAUSED], 3),
        ([], 3),
    ],
)
def test_the_worst_verdict_gives_the_exit_code(verdicts, code):
    assert exit_code(verdicts) == code


def test_a_good_service_as_scripts_see_it():
    made = document(up())

    (seen,) = made.pop("services")
    assert made == {"schema": 1, "at": "2021-10-04T15:52:10.000Z", "network": NETWORK, "incidents": []}
    (check,) = seen.pop("checks")
    assert seen == {
        "id": "example",
        "name": "Example",
        "group": "",
        "tags": [],
        "verdict": "up",
        "reason": None,
        "since": "2021-10-04T15:40:10.000Z",
        "since_after": "2021-10-04T15:39:10.000Z",
        "sentence": "Up, 143 ms",
        "diagnosis": None,
        "official": None,
    }
    assert check == {
        "type": "fake",
        "target": "example",
        "verdict": "up",
        "at": "2021-10-04T15:52:00.000Z",
        "outcome": "ok",
        "failure": None,
        "timings_ms": TIMINGS,
        "address": "203.0.113.7",
        "http_status": 200,
        "attempts": [],
        "certificate": {
            "subject": "example.org",
            "issuer": "Example CA",
            "not_before": "2021-08-18T15:52:10.000Z",
            "not_after": "2021-11-16T16:52:10.000Z",
            "days_left": 43,
            "sha256": "ab" * 32,
        },
    }


def test_a_failure_names_its_layer_and_reason():
    (seen,) = document(certificate_expired())["services"]

    assert (seen["verdict"], seen["reason"]) == ("down", "certificate-expired")
    assert seen["checks"][0]["failure"] == {
        "layer": "tls",
        "reason": "certificate-expired",
        "detail": "",
        "excused": False,
    }
    assert seen["checks"][0]["certificate"]["days_left"] == -3


def test_addresses_tried_in_vain_are_listed():
    (seen,) = document(hanging())["services"]

    assert seen["checks"][0]["attempts"] == [
        {
            "address": "2001:db8::7",
            "failure": {"layer": "tcp", "reason": "connect-timeout", "detail": "", "excused": False},
        }
    ]


def test_a_check_that_was_not_looked_at_has_no_outcome():
    (seen,) = document(not_looked_yet())["services"]

    check = seen["checks"][0]
    assert (seen["since"], seen["since_after"], seen["reason"]) == (None, None, "not-looked-yet")
    assert (check["at"], check["outcome"], check["failure"], check["certificate"]) == (None, None, None, None)
    assert set(check["timings_ms"].values()) == {None}


def test_times_are_utc_whatever_the_readers_zone():
    here = NOW.astimezone(timezone(timedelta(hours=3)))

    assert check_document(Line(), [], [], tr=Translator(), now=here)["at"] == "2021-10-04T15:52:10.000Z"


def test_remote_text_is_harmless_after_a_script_unpacked_it():
    text = json.loads(json.dumps(document(hostile())))["services"][0]["checks"][0]["failure"]["detail"]

    assert text.startswith("\ufffd[31mred")
    assert not set(HOSTILE) & set("\x1b\x07\n\x9b\u202e") & set(text)


def test_a_result_as_an_event():
    event = ResultArrived("example", 0, NOW, good_look(), up())

    assert event_document(event) == {
        "schema": 1,
        "event": "result",
        "at": "2021-10-04T15:52:00.000Z",
        "service": "example",
        "check": 0,
        "verdict": "up",
        "outcome": "ok",
        "failure": None,
        "timings_ms": TIMINGS,
        "address": "203.0.113.7",
        "http_status": 200,
        "attempts": [],
    }


def test_a_transition_as_an_event():
    event = Transitioned(Transition("example", UP, DOWN, Reason.DNS_TIMEOUT, BEGAN), up())

    assert event_document(event) == {
        "schema": 1,
        "event": "transition",
        "at": "2021-10-04T15:40:10.000Z",
        "service": "example",
        "before": "up",
        "after": "down",
        "reason": "dns-timeout",
        "started_after": "2021-10-04T15:39:10.000Z",
        "started_by": "2021-10-04T15:40:10.000Z",
    }


@pytest.mark.parametrize(
    ("event", "kind", "fields"),
    [
        (
            NotObserved(BEGAN.after, BEGAN.by),
            "not-observed",
            {
                "at": "2021-10-04T15:40:10.000Z",
                "after": "2021-10-04T15:39:10.000Z",
                "until": "2021-10-04T15:40:10.000Z",
            },
        ),
        (LineChanged(LINE), "network", NETWORK),
        (LineChanged(Line()), "network", NOTHING_OF_THE_NETWORK),
        (
            NetworkLearned(NOW, "129.134.30.0/24", "AS32934\n(FACEBOOK, US)"),
            "origin",
            {"at": "2021-10-04T15:52:10.000Z", "prefix": "129.134.30.0/24", "network": "AS32934 (FACEBOOK, US)"},
        ),
        (
            ServicesChanged(NOW, (service(),), (up(),)),
            "services",
            {"at": "2021-10-04T15:52:10.000Z", "services": [{"id": "example", "name": "Example", "verdict": "up"}]},
        ),
        (
            SettingsRefused(NOW, ("services[0]: no\nid",)),
            "settings",
            {"at": "2021-10-04T15:52:10.000Z", "problems": ["services[0]: no id"]},
        ),
        (
            HistoryKept(NOW, Keeping.SALVAGED, "history\n.damaged"),
            "history",
            {"at": "2021-10-04T15:52:10.000Z", "keeping": "salvaged", "detail": "history .damaged"},
        ),
    ],
)
def test_the_other_events(event, kind, fields):
    assert event_document(event) == {"schema": 1, "event": kind, **fields}


def test_notices_and_what_is_not_to_be_told_are_lines_too():
    notice = Notice(7, NOW, NoticeKind.DOWN, (Affected(service(), NoticeKind.DOWN, hostile()),))
    silence = Silence(frozenset({"shop", "blog"}), paused=True, paused_until=NOW)
    at = {"schema": 1, "at": "2021-10-04T15:52:10.000Z"}

    assert event_document(Noticed(notice)) == {
        **at,
        "event": "notice",
        "notice": 7,
        "kind": "down",
        "services": [{"id": "example", "kind": "down", "news": True}],
        "incident": None,
        "update": False,
    }
    incident = Incident("20211004-153910-1", (), Interval(None, NOW))
    assert event_document(Noticed(replace(notice, incident=incident)))["incident"] == incident.id
    assert event_document(SilenceChanged(NOW, silence)) == {
        **at,
        "event": "silence",
        "acknowledged": ["blog", "shop"],
        "paused": True,
        "paused_until": "2021-10-04T15:52:10.000Z",
    }


def test_what_is_told_of_services_has_the_words_of_the_window():
    state = replace(hostile(), service_id="example")
    believed = Snapshot(LINE, (service(),), (state,))
    transition = Transition("example", Verdict.UP, state.verdict, state.cause, Interval(None, NOW))

    told = [
        worded_event(event, believed, tr=Translator(), now=NOW)
        for event in (Transitioned(transition, state), Diagnosed(NOW, state))
    ]
    gone = worded_event(Transitioned(transition, replace(state, service_id="gone")), believed, tr=Translator(), now=NOW)

    assert [each["sentence"] for each in told] == [service_sentence(Translator(), service(), state, NOW)] * 2
    assert gone["sentence"] is None


def test_an_incident_has_its_title_and_all_that_is_to_be_said_of_it():
    incident = Incident("20211004-153910-1", (Member("example", "Example", Interval(None, NOW)),), Interval(None, NOW))
    ended = replace(incident, ended=Interval(NOW, NOW))
    believed = Snapshot(LINE, (service(),), (up(),))

    going_on = worded_event(IncidentChanged(NOW, incident), believed, tr=Translator(), now=NOW)["incident"]
    over = worded_event(IncidentChanged(NOW, ended), believed, tr=Translator(), now=NOW)["incident"]
    listed = check_document(LINE, [service()], [up()], [incident], tr=Translator(), now=NOW)["incidents"]

    assert (going_on["title"], listed) == ("Example is down", [going_on])
    assert going_on["sentence"].startswith("Example is down.")
    assert over["title"].startswith("Example is up again")
