import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fakes.checks import make_result
from fakes.clock import START
from fakes.recorded import HOSTILE, bad_look, certificate, certificate_expired, good_look, hanging, hostile
from manara.history.last_look import cause_of, document_of, reason_of, state_of, verdict_of
from manara.model import Attempt, CheckState, Circumstance, Failure, Outcome, Reason, Timings, Verdict


def read_back(result, state=None):
    state = state or CheckState(Verdict.DOWN, Reason.SERVER_ERROR)
    return state_of(document_of(state, result), result.at, result.timings)


def kept(result):
    """The part of a result that is kept."""
    facts = replace(
        type(result.facts)(),
        http_status=result.facts.http_status,
        attempts=result.facts.attempts,
        certificate=result.facts.certificate,
    )
    return replace(result, facts=facts)


@pytest.mark.parametrize("reason", Reason)
def test_every_kind_of_failure_comes_back(reason):
    result = make_result(reason)

    assert read_back(result).last == result


@pytest.mark.parametrize("cause", [None, *Reason, *Circumstance])
def test_every_cause_comes_back(cause):
    state = read_back(make_result(), CheckState(Verdict.UNKNOWN, cause))

    assert state.cause is cause


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_comes_back(verdict):
    assert read_back(make_result(), CheckState(verdict, None)).verdict is verdict


@pytest.mark.parametrize(
    "result",
    [
        good_look(),
        bad_look(Reason.CLIENT_ERROR, "403 Forbidden", excused=True, http_status=403),
        bad_look(Reason.DNS_TIMEOUT, address=None),
        *(state.checks[0].last for state in (hanging(), certificate_expired(), hostile())),
        bad_look(Reason.CERTIFICATE_INVALID, certificate=certificate(subject="", names=(), issuer=HOSTILE)),
        bad_look(Reason.SLOW, attempts=(Attempt("2001:db8::1", Failure(Reason.CONNECT_TIMEOUT, "10 s", True)),)),
    ],
)
def test_what_a_person_wants_to_know_of_the_last_look_comes_back(result):
    assert read_back(result).last == kept(result)


@given(st.text(st.characters()), st.text(st.characters()))
@example("half a character: \ud800", "")
def test_whatever_a_server_says_can_be_kept(detail, issuer):
    result = bad_look(Reason.JSON_MISMATCH, detail, certificate=certificate(issuer=issuer))

    document = document_of(CheckState(), result)

    assert document.isascii()
    assert state_of(document, result.at, result.timings).last == kept(result)


def test_a_failure_that_only_a_later_version_knows_is_still_a_failure():
    document = json.loads(document_of(CheckState(), hanging().checks[0].last))
    document |= {"verdict": "on-fire", "cause": "sunspots", "failure": ["sunspots", "X9", False]}
    document["attempts"] = [["2001:db8::7", ["moonlight", "", False]]]

    state = state_of(json.dumps(document), START, Timings())

    assert (state.verdict, state.cause) == (Verdict.UNKNOWN, None)
    assert state.last.outcome is not Outcome.OK
    assert state.last.failure == Failure(Reason.INTERNAL_ERROR, "X9")
    assert state.last.facts.attempts[0].failure.reason is Reason.INTERNAL_ERROR


def test_words_of_a_later_version_have_no_meaning_here():
    assert (cause_of("sunspots"), verdict_of("on-fire"), cause_of(None), cause_of("")) == (
        None,
        Verdict.UNKNOWN,
        None,
        None,
    )


def test_a_circumstance_is_no_reason_for_a_failed_look():
    assert reason_of("own-line") is Reason.INTERNAL_ERROR


def test_the_time_of_the_look_is_that_of_its_row():
    state = state_of(document_of(CheckState(), make_result()), START + timedelta(days=1), Timings(total_ms=1.0))

    assert (state.last.at, state.last.timings) == (START + timedelta(days=1), Timings(total_ms=1.0))
