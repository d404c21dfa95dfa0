from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.recorded import HOSTILE, NOW, dns_dead, hostile, not_looked_yet, service, up
from manara.cli.board import Board, board_view, worst_first
from manara.cli.terminal import Terminal
from manara.model import Line, LineState, Outcome, Verdict
from manara.wording import Translator

TR = Translator()


def drawn(board, *, width=100, height=24):
    """The lines that the board becomes on a terminal of this size."""
    console = Terminal(width=width)
    with console.capture() as captured:
        console.print(board_view(TR, board, NOW, width=width, height=height))
    return captured.get().splitlines()


def named(name, state, service_id=None):
    return replace(service(), id=service_id or name, name=name), replace(state, service_id=service_id or name)


def board_of(*pairs, **fields):
    services, states = zip(*pairs, strict=True)
    return Board(services=services, states=states, **fields)


def test_the_header_counts_and_tells_the_age():
    line = Line(LineState.ONLINE, NOW - timedelta(seconds=5))

    head = drawn(board_of(named("Shop", up()), named("Bank", dns_dead()), line=line))[0]

    assert head == "1 down, 1 up · Your own connection works (5 s ago) · last look 10 s ago"


def test_problems_come_first_and_else_the_users_order_holds():
    board = board_of(named("b", up()), named("c", not_looked_yet()), named("a", up()), named("d", dns_dead()))

    assert [each.name for each, _ in worst_first(board)] == ["d", "c", "b", "a"]


def test_a_row_has_mark_name_sentence_latency_looks_and_age():
    looks = [Outcome.OK, Outcome.DEGRADED, Outcome.FAILED, Outcome.UNKNOWN]

    row = drawn(board_of(named("Shop", up()), recent={"Shop": looks}))[1]

    assert row.split() == ["●", "Shop", "Up,", "143", "ms", "143", "ms", "▂▅█·", "10", "s", "ago"]


def test_only_the_last_looks_are_drawn():
    row = drawn(board_of(named("Shop", up()), recent={"Shop": [Outcome.FAILED] + [Outcome.OK] * 10}))[1]

    assert "█" not in row
    assert "▂" * 10 in row


def test_a_narrow_terminal_shows_mark_name_and_sentence():
    row = drawn(board_of(named("Shop", up())), width=50)[1]

    assert row.split() == ["●", "Shop", "Up,", "143", "ms"]


@pytest.mark.parametrize("height", [3, 5, 24])
def test_the_board_is_never_taller_than_the_terminal(height):
    lines = drawn(board_of(*[named(f"s{number}", up()) for number in range(40)]), height=height)

    assert len(lines) <= height
    assert lines[-1].startswith("… and ")


def test_what_is_not_shown_is_counted():
    lines = drawn(board_of(*[named(f"s{number}", up()) for number in range(20)]), height=10)

    assert len(lines) == 9
    assert lines[-1] == "… and 13 more"


@pytest.mark.parametrize("width", [20, 60, 100])
@pytest.mark.parametrize("name", ["x" * 300, "منارة الإسكندرية", "👩\u200d🚒 灯台" * 20, HOSTILE])
def test_no_name_breaks_the_table(name, width):
    lines = drawn(board_of(named(name, hostile(), "a"), named("Shop", dns_dead())), width=width)

    assert len(lines) == 3
    assert not set("\x1b\x07\x9b\u202e") & set("".join(lines))


def test_refused_settings_are_told_in_one_line():
    lines = drawn(Board(refused=("services[0]: no id", "checks: wrong")))

    assert lines[0] == "no services"
    assert lines[1] == "settings not taken over: services[0]: no id (and 1 more)"
    assert drawn(Board(refused=("a\nb",)))[1] == "settings not taken over: a b"


def test_every_verdict_has_its_place_on_the_board():
    board = board_of(*[named(verdict.value, replace(up(), verdict=verdict)) for verdict in Verdict])

    assert len(drawn(board)) == 1 + len(Verdict)
