import json
from datetime import timedelta

from fakes.clock import START
from manara.history.line_text import line_from_text, line_text
from manara.model import Limit, Line, LineState, Reason, Witness, WitnessKind

SERVER = Witness("192.168.1.1", False, "servfail", 3.5, WitnessKind.OWN_RESOLVER, Reason.SERVFAIL)
PAGE = Witness("http://good.example/", True, "192.0.2.1", 12.5)


def test_all_that_is_known_of_a_line_comes_back():
    every = Line(
        LineState.LIMITED,
        START,
        (SERVER, PAGE),
        (Limit.OWN_RESOLVER, Limit.CLOCK),
        "http://portal.example/",
        timedelta(seconds=-90.5),
    )

    assert line_from_text(LineState.LIMITED, START, line_text(every)) == every
    assert line_from_text(LineState.ONLINE, START, line_text(Line())) == Line(LineState.ONLINE, START)


def test_what_was_written_without_kinds_is_read_as_pages():
    old = json.dumps([["http://good.example/", True, "192.0.2.1", 12.5]])

    assert line_from_text(LineState.ONLINE, START, old) == Line(LineState.ONLINE, START, (PAGE,))


def test_words_of_a_later_version_are_left_out():
    later = json.dumps({"witnesses": [["a", True, "", None, "moon", "sleepy"]], "limits": ["moon", "ipv6"]})

    found = line_from_text(LineState.LIMITED, START, later)

    assert found == Line(LineState.LIMITED, START, (Witness("a", True, ""),), (Limit.IPV6,))
