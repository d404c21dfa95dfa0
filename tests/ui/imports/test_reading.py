import pytest

from fakes.commands import SHOP, stored
from manara.catalog.imports import Standing
from manara.ui.imports.reading import Reading


@pytest.fixture
def reading(qtbot, around):
    made = Reading(around)
    made.found = []
    made.read.connect(made.found.append)
    yield made
    made.cancel()


def test_what_is_read_anew_takes_the_place_of_what_was_read_before(qtbot, reading):
    reading.begin("\n".join(f"a{number}.example" for number in range(3000)), stored())

    reading.begin("b.example", stored())

    qtbot.waitUntil(lambda: not reading.is_busy)
    assert [each.service.name for preview in reading.found for each in preview.services] == ["b.example"]


def test_services_that_will_be_there_as_well_are_known(qtbot, reading):
    reading.begin("https://shop.example/", stored())
    qtbot.waitUntil(lambda: not reading.is_busy)
    (candidate,) = reading.found[0].services
    assert candidate.standing is Standing.NEW

    reading.begin("https://shop.example/", stored(), besides=(candidate.service,))

    qtbot.waitUntil(lambda: len(reading.found) == 2)
    assert reading.found[1].services[0].standing is Standing.KNOWN


def test_the_starter_set_counts_for_nothing(qtbot, reading, around):
    there = stored(SHOP | {"checks": [{"type": "http", "url": "https://shop.example/"}]})
    untouched = type(there)(there.path, there.services, there.ids, {}, chosen=False, writable=True)

    reading.begin("https://shop.example/", untouched)

    qtbot.waitUntil(lambda: not reading.is_busy)
    assert reading.found[0].services[0].standing is Standing.NEW


def test_progress_of_what_nobody_wants_is_not_told(qtbot, reading):
    told = []
    reading.progressed.connect(lambda done, total: told.append((done, total)))
    reading.begin("a.example", stored())
    of_before = reading._progress
    reading.begin("b.example", stored())

    of_before.step(7, 8)

    qtbot.waitUntil(lambda: not reading.is_busy)
    assert (7, 8) not in told
