"""One sentence that says how a service is, since when and why.

`now` is aware; moments are shown in its time zone. Everything remote comes out on one line.
"""

from datetime import datetime, timedelta
from typing import assert_never

from manara.model import (
    Check,
    CheckResult,
    CheckState,
    Circumstance,
    Interval,
    Reason,
    Service,
    ServiceState,
    Transition,
    Verdict,
)
from manara.wording.diagnosis import explanation
from manara.wording.failures import capitalised, clause
from manara.wording.particulars import failure_clause, particulars, with_particulars
from manara.wording.plain import one_line
from manara.wording.times import beginning, duration, latency
from manara.wording.translation import Translator
from manara.wording.verdicts import verdict_word

_WORTH_SAYING = timedelta(minutes=1)


def service_sentence(tr: Translator, service: Service, state: ServiceState, now: datetime) -> str:
    """Return how a service is: `Down for 12 min: the name servers did not answer (example.org)`."""
    match state.verdict:
        case Verdict.UP:
            sentence = _up(tr, service, state, now)
        case Verdict.DEGRADED | Verdict.DOWN:
            sentence = _impaired(tr, service, state, now)
        case Verdict.UNKNOWN:
            sentence = _unknown(tr, service, state, now)
        case Verdict.MAINTENANCE:
            sentence = _for_so_long(tr, state, now)
        case Verdict.PAUSED:
            sentence = verdict_word(tr, state.verdict)
        case never:
            assert_never(never)
    return one_line(sentence)


def check_sentence(tr: Translator, check: Check, result: CheckResult, now: datetime) -> str:
    """Return how one look went: `143 ms` or `The name servers did not answer (example.org)`."""
    if result.failure is not None:
        return one_line(capitalised(failure_clause(tr, check, result, now)))
    return "" if result.timings.total_ms is None else latency(tr, result.timings.total_ms)


def transition_sentence(tr: Translator, transition: Transition, now: datetime) -> str:
    """Return what changed and when: `Down (was up), between 15:39:10 and 15:40:10: the address does not answer`."""
    change = tr("{after} (was: {before}), {beginning}").format(
        after=verdict_word(tr, transition.after),
        before=verdict_word(tr, transition.before),
        beginning=beginning(tr, transition.when, now),
    )
    return change if transition.cause is None else _because(change, clause(tr, transition.cause))


def cause_clause(tr: Translator, service: Service, state: ServiceState, now: datetime) -> str:
    """Return why a service is as it is, in lower case: `the name servers did not answer (example.org)`."""
    if state.cause is None:
        return ""
    if found := explanation(tr, state.diagnosis, state.cause):
        return found
    why = clause(tr, state.cause)
    for check, check_state in zip(service.checks, state.checks, strict=False):
        if check_state.cause is state.cause and _last_reason(check_state) is state.cause and check_state.last:
            return with_particulars(why, _located(tr, service, check, check_state.last, now))
    return why


def latency_ms(state: ServiceState) -> float | None:
    """Return how long the last looks took: a service is as slow as its slowest check."""
    totals = (check.last.timings.total_ms for check in state.checks if check.last)
    return max((total for total in totals if total is not None), default=None)


def _up(tr: Translator, service: Service, state: ServiceState, now: datetime) -> str:
    word = verdict_word(tr, state.verdict)
    doubted = next((position for position, check in enumerate(state.checks) if check.against), None)
    if doubted is not None:
        why = _why_in_doubt(tr, service, state, doubted, now)
        return _because(tr("{word}, but the last look was not good").format(word=word), why)
    took_ms = latency_ms(state)
    sentence = word if took_ms is None else f"{word}, {latency(tr, took_ms)}"
    excused = (check.last.failure.reason for check in state.checks if check.last and check.last.failure)
    # A good service with a failed look has excused it: known to behave so towards automatic checks.
    return "; ".join([sentence, *(clause(tr, reason) for reason in dict.fromkeys(excused))])


def _impaired(tr: Translator, service: Service, state: ServiceState, now: datetime) -> str:
    why = cause_clause(tr, service, state, now)
    sentence = _because(_for_so_long(tr, state, now), _how_many(tr, state), why)
    if any(check.against and check.against[-1].verdict is Verdict.UP for check in state.checks):
        sentence = tr("{sentence}; the last look was good").format(sentence=sentence)
    return sentence


def _unknown(tr: Translator, service: Service, state: ServiceState, now: datetime) -> str:
    doubted = next((position for position, check in enumerate(state.checks) if check.against), None)
    if state.cause is Circumstance.NOT_LOOKED_YET:
        if doubted is None:
            return capitalised(clause(tr, state.cause))
        why = _why_in_doubt(tr, service, state, doubted, now)
        return _because(tr("Not sure yet, looking again"), why)
    why = cause_clause(tr, service, state, now)
    if state.cause is Circumstance.NOT_OBSERVED and state.since is not None:
        why = f"{why} {beginning(tr, state.since, now)}"
    return _because(verdict_word(tr, state.verdict), why)


def _because(sentence: str, *reasons: str) -> str:
    return ": ".join([sentence, *filter(None, reasons)])


def _for_so_long(tr: Translator, state: ServiceState, now: datetime) -> str:
    word = verdict_word(tr, state.verdict)
    if state.since is None:
        return word
    return _since(tr, word, state.since, now)


def _since(tr: Translator, word: str, since: Interval, now: datetime) -> str:
    length = now - since.by
    if since.after is not None:
        return tr("{word} for {duration}").format(word=word, duration=duration(tr, length))
    # Nobody saw it begin: the first look found it so, and seconds since that look say nothing.
    if length < _WORTH_SAYING:
        return word
    return tr("{word} for at least {duration}").format(word=word, duration=duration(tr, length))


def _how_many(tr: Translator, state: ServiceState) -> str:
    failing = sum(check.verdict is Verdict.DOWN for check in state.checks)
    every = len(state.checks)
    if failing in (0, every):
        return ""
    return tr.plural("{n} of {every} checks fails", "{n} of {every} checks fail", failing).format(
        n=failing, every=every
    )


def _why_in_doubt(tr: Translator, service: Service, state: ServiceState, position: int, now: datetime) -> str:
    check_state = state.checks[position]
    cause = check_state.against[-1].cause
    if cause is None:
        return ""
    diagnosed = state.diagnosis is not None and state.diagnosis.check == position
    if diagnosed and (found := explanation(tr, state.diagnosis, cause)):
        return found
    why = clause(tr, cause)
    if check_state.last is None or _last_reason(check_state) is not cause:
        return why
    return with_particulars(why, _located(tr, service, service.checks[position], check_state.last, now))


def _located(tr: Translator, service: Service, check: Check, result: CheckResult, now: datetime) -> str:
    """Return the particulars of a failed look and, where a service has several checks, which one it was."""
    added = particulars(tr, check, result, now)
    if len(service.checks) == 1 or check.target in added:
        return added
    return f"{check.target}: {added}" if added else check.target


def _last_reason(state: CheckState) -> Reason | None:
    return state.last.failure.reason if state.last and state.last.failure else None
