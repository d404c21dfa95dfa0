"""The evidence as steps for people."""

from dataclasses import replace

import pytest

from fakes.checks import make_result
from fakes.clock import START
from fakes.ladder import HOST
from manara.diagnosis.delivery import Delivery
from manara.diagnosis.evidence import Evidence, Heard, Knock, Remembered
from manara.diagnosis.steps import steps_of
from manara.model import Certificate, Facts, Layer, Line, LineState, Reason, Step, StepKind, Witness, WitnessKind

OLD = Certificate(HOST, "Issuer", (HOST,), START, START, "aa")


def only(evidence):
    (step,) = steps_of(evidence)
    return step


def evidence(reason, facts=None, **fields):
    return Evidence(replace(make_result(reason), facts=facts or Facts()), HOST, **fields)


@pytest.mark.parametrize(
    ("reason", "facts", "kind", "subject"),
    [
        (Reason.TEXT_MISSING, Facts(), StepKind.CONTENT, ""),
        (Reason.SLOW, Facts(), StepKind.SPEED, ""),
        (Reason.SERVER_ERROR, Facts(http_status=503), StepKind.HTTP, "HTTP 503"),
        (Reason.HTTP_CLOSED, Facts(), StepKind.HTTP, "HTTP"),
        (Reason.CONNECT_TIMEOUT, Facts(), StepKind.ADDRESS, "203.0.113.7"),
        (Reason.NETWORK_UNREACHABLE, Facts(), StepKind.ADDRESS, "203.0.113.7"),
        (Reason.SERVFAIL, Facts(resolver="192.168.1.1"), StepKind.OWN_RESOLVER, "192.168.1.1"),
        (Reason.CERTIFICATE_EXPIRED, Facts(certificate=OLD), StepKind.CERTIFICATE, HOST),
        (Reason.TLS_ALERT, Facts(), StepKind.CERTIFICATE, ""),
    ],
)
def test_what_the_look_saw_is_a_step(reason, facts, kind, subject):
    step = only(evidence(reason, facts))

    assert (step.kind, step.subject, step.reason) == (kind, subject, reason)


@pytest.mark.parametrize("reason", [None, Reason.SECRET_MISSING])
def test_where_nothing_was_seen_there_is_no_step(reason):
    assert steps_of(evidence(reason)) == ()


def test_who_carried_an_error_is_told():
    by_header = evidence(Reason.SERVER_ERROR, Facts(http_server="nginx"))
    by_network = replace(by_header, delivery=Delivery("Fastly"))

    assert (only(by_header).detail, only(by_network).detail) == ("nginx", "Fastly")


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (replace(OLD, issuer="Another", sha256="bb"), "Issuer → Another"),
        (replace(OLD, sha256="bb"), "2021-10-04"),
    ],
)
def test_what_a_good_certificate_was_before_is_told(now, told):
    good = Remembered(START, None, Facts(certificate=OLD))

    steps = steps_of(evidence(Reason.CERTIFICATE_INVALID, Facts(certificate=now), good=good))

    assert [step.detail for step in steps] == ["", told]


def test_the_line_is_told_by_places_beyond_our_own_network():
    near = Witness("192.168.1.1", answered=True, detail="", ms=1.0, kind=WitnessKind.GATEWAY)
    resolver = Witness("1.1.1.1", answered=True, detail="", ms=30.0, kind=WitnessKind.RESOLVER)
    pages = tuple(Witness(f"page{number}", answered=number != 2, detail="", ms=20.0 + number) for number in range(6))

    step = only(evidence(None, line=Line(LineState.ONLINE, START, (near, resolver, *pages))))

    assert step == Step(StepKind.LINE, Layer.LINK, "online", None, "page0, page1, page3", 20.0)


def test_the_ladder_is_told_from_the_bottom_up():
    own = Heard(StepKind.OWN_RESOLVER, "192.168.1.1", "192.168.1.1")
    witness = Heard(StepKind.WITNESS_RESOLVER, "[2001:db8::1]:5353", "2001:db8::1", addresses=("192.0.2.1",))
    server = Heard(StepKind.NAME_SERVER, "a.ns.example", "192.0.2.53", Reason.DNS_TIMEOUT)
    found = evidence(
        Reason.CONNECT_TIMEOUT,
        Facts(addresses=("10.0.0.1",)),
        own=(own,),
        witnesses=(witness,),
        servers=(server,),
        knocks=(Knock("10.0.0.1", Reason.CONNECT_TIMEOUT, 1_500.0),),
    )

    assert [(step.kind, step.subject) for step in steps_of(found)] == [
        (StepKind.OWN_RESOLVER, "192.168.1.1"),
        (StepKind.WITNESS_RESOLVER, "[2001:db8::1]:5353"),
        (StepKind.NAME_SERVER, "a.ns.example (192.0.2.53)"),
        (StepKind.ANSWER, "10.0.0.1"),
        (StepKind.ADDRESS, "10.0.0.1"),
    ]
