"""The steps of a diagnosis, each as a rung with a line of text."""

from collections.abc import Iterator

from manara.model import Diagnosis, LineState, Outcome, Reason, Step, StepKind
from manara.wording.failures import LINE_STATES, clause, layer_word
from manara.wording.ladder import Rung
from manara.wording.plain import one_line
from manara.wording.translation import Translator, mark

KINDS = {
    StepKind.LINE: mark("your own connection"),
    StepKind.OWN_RESOLVER: mark("name server of yours"),
    StepKind.WITNESS_RESOLVER: mark("name server of somebody else"),
    StepKind.UNCHECKED: mark("the same, without checking signatures"),
    StepKind.PARENT: mark("name server of the zone above"),
    StepKind.NAME_SERVER: mark("name server of its operator"),
    StepKind.ANSWER: mark("the addresses that you are given"),
    StepKind.ADDRESS: mark("connection"),
    StepKind.CERTIFICATE: mark("certificate"),
    StepKind.HTTP: mark("answer"),
    StepKind.CONTENT: mark("content"),
    StepKind.SPEED: mark("speed"),
}

# What a name server says, in the short form in which it stands beside others.
_SAID = {
    Reason.DNS_TIMEOUT: mark("no answer"),
    Reason.DNS_UNREACHABLE: mark("cannot be reached"),
    Reason.NETWORK_UNREACHABLE: mark("no way from here"),
    Reason.NXDOMAIN: mark("no such name"),
    Reason.NO_ADDRESSES: mark("no address"),
    Reason.SERVFAIL: mark("fails"),
    Reason.DNS_REFUSED: mark("refuses"),
    Reason.DNS_ERROR: mark("does not know it"),
    Reason.DNS_BAD_ANSWER: mark("answers nonsense"),
    Reason.CNAME_LOOP: mark("leads round in a circle"),
    Reason.CONNECT_TIMEOUT: mark("no answer"),
    Reason.CONNECTION_REFUSED: mark("turned down"),
    Reason.CONNECTION_RESET: mark("broken off"),
}


def step_rungs(tr: Translator, diagnosis: Diagnosis) -> Iterator[Rung]:
    """Return the evidence from the bottom up: `1.1.1.1 · name server of somebody else: fails, SERVFAIL`."""
    for step in diagnosis.steps:
        outcome = Outcome.OK if step.ok else Outcome.FAILED
        yield Rung(step.layer, layer_word(tr, step.layer), outcome, one_line(_text(tr, step)), step.ms)


def kind_of_step(tr: Translator, kind: StepKind) -> str:
    """Return what a step asks, in words."""
    return tr(KINDS[kind])


def _text(tr: Translator, step: Step) -> str:
    if step.kind is StepKind.LINE:
        return _of_line(tr, step)
    said = _said(tr, step)
    text = tr("{kind}: {said}") if said else "{kind}"
    told = text.format(kind=kind_of_step(tr, step.kind), said=said)
    return f"{step.subject} · {told}" if step.subject else told


def _said(tr: Translator, step: Step) -> str:
    if step.kind is StepKind.ANSWER:
        return tr("others are given {addresses}").format(addresses=step.detail)
    if step.reason is None:
        return step.detail or tr("answers")
    word = tr(_SAID[step.reason]) if step.reason in _SAID else clause(tr, step.reason)
    return f"{word}, {step.detail}" if step.detail else word


def _of_line(tr: Translator, step: Step) -> str:
    sentence = tr(LINE_STATES[LineState(step.subject)])
    return f"{sentence} ({step.detail})" if step.detail else sentence
