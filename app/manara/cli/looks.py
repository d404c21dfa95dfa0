"""How services and the ladders of their looks are written, line by line. Pure: from states to text."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from rich.cells import cell_len
from rich.text import Text

from manara.cli.terminal import STYLES
from manara.model import Check, CheckResult, Diagnosis, Line, Service, ServiceState, WitnessKind
from manara.wording import (
    SIGNS,
    Rung,
    Sign,
    Translator,
    attempts_in_vain,
    blame_sentence,
    diagnosis_sentence,
    ladder,
    latency,
    line_sentence,
    official_against_measured,
    one_line,
    service_sentence,
    sign_of_outcome,
    step_rungs,
)

_WIDEST_NAME = 30
_LABEL_WIDTH = 14
_TIME_WIDTH = 7
_FAR_AWAY = frozenset({WitnessKind.PAGE, WitnessKind.RESOLVER, WitnessKind.SERVICE})
_LONGEST_NAME = 60


class Named(Protocol):
    """Whatever has a name that the user gave it."""

    @property
    def name(self) -> str:
        """Its name."""


def report_lines(
    tr: Translator,
    line: Line,
    services: Sequence[Service],
    states: Sequence[ServiceState],
    now: datetime,
    *,
    with_ladders: bool,
) -> Iterator[Text]:
    """Return the report of `manara check`: a line for each service, its ladders, and our own line if it was asked."""
    widest = max((cell_len(shown_name(service)) for service in services), default=0)
    width = min(widest, _WIDEST_NAME)
    for service, state in zip(services, states, strict=True):
        yield service_line(tr, service, state, now, name_width=0 if with_ladders else width)
        if with_ladders:
            yield from _ladders(tr, service, state, now)
        if state.official is not None and (with_ladders or state.official.read_at is not None):
            yield Text(f"  {official_against_measured(tr, state, now)}")
    if line.at is not None:
        yield Text(_of_line(tr, line), style="dim")


def service_line(tr: Translator, service: Service, state: ServiceState, now: datetime, *, name_width: int = 0) -> Text:
    """Return mark, name and sentence of a service."""
    sign = SIGNS[state.verdict]
    name = shown_name(service)
    padding = " " * max(0, name_width - cell_len(name))
    return Text.assemble(marked(sign), " ", (name, "bold"), padding, "  ", service_sentence(tr, service, state, now))


def shown_name(named: Named) -> str:
    """Return the name of a service as it fits on a line."""
    return one_line(named.name, _LONGEST_NAME)


def marked(sign: Sign) -> Text:
    """Return the mark of a sign in its colour."""
    return Text(sign.mark, style=STYLES[sign.tone])


def ladder_lines(tr: Translator, check: Check, result: CheckResult, now: datetime) -> Iterator[Text]:
    """Return a line for each rung that a look reached, and for each address that was tried in vain."""
    for rung in ladder(tr, check, result, now):
        yield _rung_line(tr, rung)
    for sentence in attempts_in_vain(tr, result):
        yield Text(f"      {tr('tried in vain:')} {sentence}", style="dim")


def diagnosis_lines(tr: Translator, diagnosis: Diagnosis) -> Iterator[Text]:
    """Return why a look failed, on whose side that is, and a line for each step of the evidence."""
    sentences = (diagnosis_sentence(tr, diagnosis), blame_sentence(tr, diagnosis))
    yield Text.assemble("  ", (tr("Why:"), "bold"), f" {'. '.join(filter(None, sentences))}.")
    for rung in step_rungs(tr, diagnosis):
        yield _rung_line(tr, rung)


def _of_line(tr: Translator, line: Line) -> str:
    sentence = line_sentence(tr, line)
    # A page that was asked in several ways is one place.
    asked = {witness.place for witness in line.witnesses if witness.kind in _FAR_AWAY}
    if not asked:
        return sentence
    answered = {witness.place for witness in line.witnesses if witness.kind in _FAR_AWAY and witness.answered}
    return f"{sentence} ({tr('{n} of {every} places answered').format(n=len(answered), every=len(asked))})"


def _ladders(tr: Translator, service: Service, state: ServiceState, now: datetime) -> Iterator[Text]:
    for check, check_state in zip(service.checks, state.checks, strict=True):
        if len(service.checks) > 1:
            outcome = Text(" ") if check_state.last is None else marked(sign_of_outcome(check_state.last.outcome))
            yield Text.assemble("  ", outcome, f" {check.type} {one_line(check.target)}")
        if check_state.last is not None:
            yield from ladder_lines(tr, check, check_state.last, now)
    if state.diagnosis is not None:
        yield from diagnosis_lines(tr, state.diagnosis)


def _rung_line(tr: Translator, rung: Rung) -> Text:
    sign = sign_of_outcome(rung.outcome)
    took = "" if rung.ms is None else latency(tr, rung.ms)
    label = rung.label + " " * max(0, _LABEL_WIDTH - cell_len(rung.label))
    return Text.assemble("    ", marked(sign), " ", label, (took.rjust(_TIME_WIDTH), "dim"), "  ", rung.text)
