"""What is asked of the outage of 4 October 2021, while it goes on and afterwards."""

from dataclasses import replace

import pytest

from fakes.checks import make_service
from fakes.outages import MINUTE, Outages, moment
from manara.model import (
    Conclusion,
    Happening,
    Line,
    LineState,
    OfficialPage,
    OfficialState,
    OfficialWord,
    PageKind,
    Stage,
)
from manara.monitor import Snapshot
from manara.wording import Translator
from manara.wording.incident_answers import WAS, incident_answers

TR = Translator()
SHOP, BANK = (replace(make_service(name.lower(), operator="Example"), name=name) for name in ("Shop", "Bank"))


def believed(world):
    return Snapshot(Line(LineState.ONLINE), world.services, tuple(world.states.values()))


@pytest.fixture
def world():
    world = Outages(SHOP, BANK, "other")
    world.at("15:39:10")
    world.up("shop", "bank", "other")
    world.at("15:40:10")
    world.down("shop", "bank")
    world.explain(Conclusion.NAME_SERVERS_SILENT, "shop", "bank", named=["a.ns.example"])
    return world


def answers(world, known=()):
    return dict(incident_answers(TR, world.told[-1].incident, believed(world), known, world.now))


def test_what_goes_on_is_asked_and_answered(world):
    assert answers(world) == {
        "What and why": "Shop and Bank are down: their name servers (a.ns.example) do not answer.",
        "Is it me?": "It is them: your connection is fine (1 of 3 services reachable).",
        "Since when": "Began between 15:39:10 and 15:40:10 UTC.",
        "Official word": "No official word found.",
        "Coming back": "Not yet.",
        "Before": "No earlier outage in the same year is known.",
    }


def test_what_comes_back_and_what_is_over_are_told(world):
    world.at("21:20:10")
    world.up("shop")
    told = answers(world)
    assert told["What and why"] == "Bank is down: the name servers of its operator (a.ns.example) do not answer."
    assert told["Coming back"] == "Shop is up again."
    world.at("22:46:10")
    world.up("bank")

    told = answers(world)
    assert told["Is it me?"] == "It was them."
    assert told["Since when"] == ("Began between 15:39:10 and 15:40:10 UTC. Ended between 15:40:10 and 22:46:10 UTC.")
    assert told["Coming back"].startswith("Up ")


@pytest.mark.parametrize(
    ("post", "after", "answer"),
    [
        ("iShop is in trouble.", 34, "iShop is in trouble, first after 34 min."),
        ("iShop is in trouble.", None, "iShop is in trouble."),
        ("", 34, "Trouble is admitted, first after 34 min."),
        ("", None, "Operational (checked just now)."),
    ],
)
def test_what_the_operator_says_does_not_repeat_the_question(world, post, after, answer):
    page = OfficialPage(PageKind.STATUSPAGE, "https://status.example")
    world.hear("shop", OfficialWord(page, OfficialState.OPERATIONAL, read_at=world.now))
    incident = replace(
        world.open[0],
        timeline=(Happening(world.now, Stage.OFFICIAL, text=post),),
        official_after=None if after is None else after * MINUTE,
    )

    told = dict(incident_answers(TR, incident, believed(world), None, world.now))

    assert told["Official word"] == answer


def test_what_happened_before_is_told_where_it_is_known(world):
    incident = world.told[-1].incident
    earlier = replace(
        incident,
        id="earlier",
        began=replace(incident.began, by=moment("10:00:00")),
        ended=replace(incident.began, by=moment("11:00:00")),
    )

    assert answers(world, [earlier])["Before"].startswith("Second outage this year")
    assert "Before" not in answers(world, None)


def test_of_what_was_never_explained_nobody_is_blamed(world):
    incident = world.told[-1].incident
    over = replace(
        incident,
        members=tuple(replace(each, conclusion=None) for each in incident.members),
        ended=replace(incident.began, by=moment("16:00:00")),
    )

    told = dict(incident_answers(TR, over, believed(world), None, world.now))

    assert "Is it me?" not in told
    assert set(WAS) == {conclusion.blame for conclusion in Conclusion}
