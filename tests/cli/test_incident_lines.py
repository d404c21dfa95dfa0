"""What the terminal commands show of services that fail together."""

import json
from dataclasses import replace

import pytest

from fakes.checks import make_service
from fakes.outages import MINUTE, Outages
from fakes.past import Chronicle
from fakes.recorded import NOW
from fakes.terminal import pipe, screen
from manara.cli.board import Board, board_view
from manara.cli.check import run_check
from manara.cli.incident_lines import incident_lines, title_lines
from manara.cli.status import run_status
from manara.cli.views import JsonView, LinesView, TableView
from manara.model import Conclusion, Diagnosed, IncidentChanged, Line, LineState, Reason
from manara.monitor import Snapshot
from manara.wording import Translator

TR = Translator()
SHOP, BLOG, MAIL = (make_service(name, operator="Acme") for name in ("shop", "blog", "mail"))
OTHER = make_service("other")
SENTENCE = "Shop and Blog are down: their computers are there, but the services on them are off."


@pytest.fixture
def world():
    made = Outages(SHOP, BLOG, OTHER)
    made.up("shop", "blog", "other")
    made.wait(MINUTE)
    made.down("shop", "blog", reason=Reason.CONNECTION_REFUSED)
    made.explain(Conclusion.PORT_CLOSED, "shop", "blog")
    return made


def snapshot(world):
    return Snapshot(
        Line(LineState.ONLINE), world.services, tuple(world.states.values()), incidents=world.incidents.open
    )


def test_an_incident_of_several_services_is_told_in_full(world):
    (line,) = incident_lines(TR, snapshot(world), world.now)

    assert line.plain == (
        f"✖ {SENTENCE} What they have in common: the operator Acme. "
        "It is them: your connection is fine (1 of 3 services reachable). "
        "Began between 15:30:00 and 15:31:00 UTC. No official word found."
    )


def test_an_incident_of_one_service_has_its_line_already():
    world = Outages(SHOP)
    world.down("shop")

    assert list(incident_lines(TR, snapshot(world), world.now)) == []


def test_what_is_only_degraded_is_marked_so():
    world = Outages(SHOP, BLOG)
    for service_id in ("shop", "blog"):
        world.look(service_id, Reason.PACKET_LOSS)

    assert [line.plain for line in title_lines(TR, world.open)] == ["▲ Shop and Blog are degraded"]


def test_the_table_has_the_title_above_the_services(world):
    console = screen()

    with TableView(TR, lambda: world.now, console) as view:
        view.show((), snapshot(world))

    assert "Shop and Blog are down" in console.file.getvalue()


def test_the_table_shows_the_first_of_many_incidents():
    groups = [[make_service(f"{owner}-{n}", operator=owner) for n in range(2)] for owner in ("Acme", "Bell", "Core")]
    world = Outages(*(service for group in groups for service in group))
    world.down(*world.states)
    board = Board(services=world.services, states=tuple(world.states.values()), incidents=world.open)
    console = screen()

    with console.capture() as captured:
        console.print(board_view(TR, board, world.now, width=100, height=24))

    assert len(world.open) == 3
    assert captured.get().count(" are down") == 2


def test_lines_tell_what_fails_together_when_it_changes_and_its_end(world):
    out = pipe()
    view = LinesView(TR, lambda: world.now, out)
    view.show(world.told, snapshot(world))
    view.show([IncidentChanged(world.now, replace(world.open[0], knock_on=("other",)))], snapshot(world))
    world.wait(5 * MINUTE)
    known = len(world.told)
    world.up("shop", "blog")

    view.show(world.told[known:], snapshot(world))

    lines = [line.split(" ", 1)[1] for line in out.file.getvalue().splitlines()]
    assert lines[-3:] == [
        f"✖ {SENTENCE}",
        "✖ Blog is down: its computer is there, but the service on it is off.",
        f"● {SENTENCE.replace('are down:', 'were down; found at the time:')} Up after 5 min.",
    ]


def test_the_last_line_of_json_has_the_incidents(world):
    out = pipe()

    JsonView(TR, lambda: world.now, out).end(snapshot(world))

    assert [each["services"] for each in json.loads(out.file.getvalue())["incidents"]] == [["shop", "blog"]]


def checked(world, **options):
    async def look_once(services, *, on_event):
        return Line(LineState.ONLINE), tuple(world.states.values())

    out = pipe()
    run_check(world.services, look_once, tr=TR, now=lambda: world.now, out=out, err=pipe(), **options)
    return out.file.getvalue()


def test_a_check_tells_what_fails_together(world):
    assert SENTENCE in checked(world).splitlines()[-1]


def test_a_check_for_scripts_has_the_incidents(world):
    (incident,) = json.loads(checked(world, as_json=True))["incidents"]

    assert incident["services"] == ["shop", "blog"]
    assert incident["cause"] == {"layer": "tcp", "kind": "operator", "value": "Acme", "well": []}
    assert incident["started_by"] == "2021-10-04T15:31:00.000Z"
    assert [member["conclusion"] for member in incident["members"]] == ["port-closed", "port-closed"]


def test_the_status_has_what_fails_together(tmp_path):
    with Chronicle(tmp_path, SHOP, BLOG) as chronicle:
        chronicle.begin(NOW - 2 * MINUTE)
        for service_id in ("shop", "blog"):
            chronicle.look(NOW - MINUTE, Reason.CONNECTION_REFUSED, service_id=service_id)
        chronicle.hear(NOW)
        chronicle.write()
    for_people, for_scripts = pipe(), pipe()

    run_status((SHOP, BLOG), tmp_path, tr=TR, now=NOW, out=for_people)
    run_status((SHOP, BLOG), tmp_path, tr=TR, now=NOW, out=for_scripts, as_json=True)

    assert "Shop and Blog are down." in for_people.file.getvalue().splitlines()[-1]
    (incident,) = json.loads(for_scripts.file.getvalue())["incidents"]
    assert incident["services"] == ["shop", "blog"]


def test_the_status_has_the_incident_that_the_running_manara_knows(tmp_path, world):
    explained = world.states["shop"]
    with Chronicle(tmp_path, SHOP, BLOG) as chronicle:
        chronicle.begin(NOW - 2 * MINUTE)
        for service_id in ("shop", "blog"):
            chronicle.look(NOW - MINUTE, Reason.CONNECTION_REFUSED, service_id=service_id)
        chronicle.take(Diagnosed(NOW, explained), *world.told)
        chronicle.hear(NOW)
        chronicle.write()
    running, later = pipe(), pipe()

    run_status((SHOP, BLOG), tmp_path, tr=TR, now=NOW, out=running, as_json=True)
    run_status((SHOP, BLOG), tmp_path, tr=TR, now=NOW + 60 * MINUTE, out=later, as_json=True)

    (incident,) = json.loads(running.file.getvalue())["incidents"]
    assert incident["id"] == world.open[0].id
    assert json.loads(later.file.getvalue())["incidents"] == []
