import json
from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.recorded import NOW, dns_dead, good_look, service, up
from fakes.terminal import pipe, screen
from manara.cli.check import run_check, with_timeout
from manara.model import Line, LineChanged, ResultArrived
from manara.wording import Translator


def look_that_finds(*states):
    """A look that tells one result for each service and then what it believes."""

    async def look_once(services, *, on_event):
        on_event(LineChanged(Line()))
        for each, state in zip(services, states, strict=True):
            on_event(ResultArrived(each.id, 0, NOW, good_look(), state))
        return Line(), states

    return look_once


def named(number):
    return replace(service(), id=f"s{number}", name=f"Service {number}")


def checked(*states, terminal=False, **options):
    """Exit code, standard output and standard error of a check that believes these states."""
    out, err = pipe(), screen() if terminal else pipe()
    services = [named(number) for number, _ in enumerate(states)]
    code = run_check(services, look_that_finds(*states), tr=Translator(), now=lambda: NOW, out=out, err=err, **options)
    return code, out.file.getvalue(), err.file.getvalue()


def test_a_few_services_are_printed_with_their_ladders():
    code, out, err = checked(up())

    assert code == 0
    assert out.splitlines()[0] == "● Service 0  Up, 143 ms"
    assert len(out.splitlines()) == 6
    assert err == ""


def test_many_services_are_a_line_each():
    code, out, err = checked(up(), up(), up(), dns_dead())

    assert code == 2
    assert len(out.splitlines()) == 4
    assert err == ""


def test_verbose_prints_every_ladder():
    _, out, _ = checked(up(), up(), up(), up(), verbose=True)

    assert len(out.splitlines()) == 24


def test_long_lines_are_not_folded_in_a_pipe():
    _, out, _ = checked(dns_dead())

    assert "the name servers did not answer (example.example)" in out.splitlines()[0]


def test_nothing_colours_a_pipe():
    _, out, _ = checked(up(), dns_dead())

    assert "\x1b" not in out


def test_colours_mark_a_terminal_unless_nobody_wants_them():
    for_people, plain = screen(), screen(NO_COLOR="1")
    for out in (for_people, plain):
        run_check([service()], look_that_finds(dns_dead()), tr=Translator(), now=lambda: NOW, out=out, err=pipe())

    assert "\x1b[1;31m✖" in for_people.file.getvalue()
    assert "31m" not in plain.file.getvalue()


def test_json_is_one_object():
    code, out, _ = checked(up(), dns_dead(), as_json=True)

    document = json.loads(out)
    assert code == 2
    assert [each["verdict"] for each in document["services"]] == ["up", "down"]


def test_progress_is_shown_to_somebody_who_waits_for_many():
    _, _, err = checked(up(), up(), up(), up(), terminal=True)

    assert "4/4" in err


@pytest.mark.parametrize("count", [1, 3])
def test_no_progress_for_a_few(count):
    _, _, err = checked(*[up()] * count, terminal=True)

    assert err == ""


def test_a_timeout_holds_for_every_check():
    changed = with_timeout(service("a", "b"), timedelta(seconds=2))

    assert {check.timeout for check in changed.checks} == {timedelta(seconds=2)}
