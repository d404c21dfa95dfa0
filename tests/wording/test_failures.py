from datetime import timedelta

import pytest

from fakes.clock import START
from manara.model import Limit, Line, LineState, Witness, WitnessKind
from manara.wording import Translator, line_sentence

TR = Translator()
IN_PART = "Your own connection works only in part"
NO_WAY = Witness("IP", answered=False, detail="", kind=WitnessKind.LINK)
A_WAY = Witness("IPv4", answered=True, detail="", kind=WitnessKind.LINK)
ROUTER = Witness("192.168.1.1", answered=True, detail="", kind=WitnessKind.GATEWAY)
DEAD_PAGE = Witness("http://good.example/", answered=False, detail="")


def limited(*limits, ahead=None):
    return Line(LineState.LIMITED, START, (), limits, clock_ahead=ahead)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (Line(LineState.ONLINE, START, (A_WAY, ROUTER)), "Your own connection works"),
        (Line(LineState.CAPTIVE, START, (A_WAY, ROUTER)), "The network that you are in wants you to sign in first"),
        (Line(), "Whether your own connection works is not known"),
        (Line(LineState.OFFLINE, START, (A_WAY, DEAD_PAGE)), "Your own connection is down"),
        (
            Line(LineState.OFFLINE, START, (NO_WAY, DEAD_PAGE)),
            "Your own connection is down: no way leads out of this computer",
        ),
        (
            Line(LineState.OFFLINE, START, (A_WAY, ROUTER, DEAD_PAGE)),
            "Your own connection is down: your router answers, but nothing beyond it does",
        ),
        (
            limited(Limit.OWN_RESOLVER, Limit.IPV6),
            f"{IN_PART}: your own name servers fail, while others answer; nothing answers by IPv6",
        ),
        (
            limited(Limit.CLOCK, ahead=timedelta(hours=2)),
            f"{IN_PART}: the clock of this computer is 2 h fast",
        ),
        (
            limited(Limit.CLOCK, ahead=timedelta(minutes=-9)),
            f"{IN_PART}: the clock of this computer is 9 min slow",
        ),
        (limited(Limit.CLOCK), f"{IN_PART}: the clock of this computer is wrong"),
        (limited(Limit.IPV4), f"{IN_PART}: nothing answers by IPv4"),
    ],
)
def test_our_own_connection_is_told_with_what_is_broken_of_it(line, sentence):
    assert line_sentence(TR, line) == sentence
