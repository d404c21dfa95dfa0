from datetime import UTC, datetime, timedelta

import pytest

from fakes.long_past import HOSTILE
from manara.history import Known
from manara.ui.past.export import Format
from manara.ui.past.lane import Kind
from manara.ui.past.ranges import RANGES
from manara.ui.past.toolbar import MOST_COMPARED, Toolbar
from manara.ui.plain import isolated
from manara.wording import Translator

FIRST = datetime(2021, 10, 4, tzinfo=UTC)
DAY = timedelta(days=1)


def known(*names):
    return [Known(name.lower(), name, FIRST) for name in names]


@pytest.fixture
def tools(qtbot):
    tools = Toolbar(Translator())
    qtbot.addWidget(tools)
    tools.offer_services(known("Shop", "bank", "Mail"))
    tools.show_choice(["shop"], DAY, Kind.LATENCY)
    return tools


def offered(tools):
    return [action.text() for action in tools.compare.menu().actions()]


def test_services_are_offered_by_name_and_one_is_chosen(qtbot, tools):
    assert [tools.services.itemText(place) for place in range(3)] == ["bank", "Mail", "Shop"]
    assert tools.services.currentText() == "Shop"

    with qtbot.waitSignal(tools.service_chosen) as chosen:
        tools.services.setCurrentIndex(0)

    assert chosen.args == ["bank"]


def test_the_same_services_again_change_nothing(qtbot, tools):
    with qtbot.assertNotEmitted(tools.service_chosen):
        tools.offer_services(known("Shop", "bank", "Mail"))
        tools.offer_services(known("Shop", "bank"))

    assert tools.services.currentText() == "Shop"


def test_others_can_be_compared_but_not_the_service_with_itself(qtbot, tools):
    assert offered(tools) == ["bank", "Mail"]

    with qtbot.waitSignal(tools.compared) as compared:
        tools.compare.menu().actions()[0].trigger()

    assert compared.args == [["bank"]]


def test_not_too_many_are_compared(qtbot, tools):
    names = [f"s{number}" for number in range(9)]
    tools.offer_services(known(*names))
    tools.show_choice(names[: MOST_COMPARED + 1], DAY, Kind.LATENCY)

    actions = tools.compare.menu().actions()

    assert sum(action.isChecked() for action in actions) == MOST_COMPARED
    assert [action.isEnabled() for action in actions if not action.isChecked()] == [False] * 3


def test_with_nothing_to_compare_the_button_is_off(qtbot, tools):
    tools.offer_services(known("Shop"))
    tools.show_choice(["shop"], DAY, Kind.LATENCY)

    assert not tools.compare.isEnabled()


def test_names_stay_text(tools):
    tools.offer_services(known("Shop", HOSTILE))
    tools.show_choice(["shop"], DAY, Kind.LATENCY)

    assert offered(tools) == [HOSTILE.replace("&", "&&")]


def test_ranges_are_chosen(qtbot, tools):
    with qtbot.waitSignal(tools.range_chosen) as chosen:
        tools.ranges.button(5).click()

    assert chosen.args == [RANGES[5].length]
    assert tools.ranges.button(0).accessibleName() == "The last hour"


def test_a_free_range_is_wished_for_and_shown(qtbot, tools):
    with qtbot.waitSignal(tools.free_range_wished), qtbot.assertNotEmitted(tools.range_chosen):
        tools.free.click()

    tools.show_choice(["shop"], None, Kind.LATENCY)
    assert tools.free.isChecked()
    tools.show_choice(["shop"], DAY, Kind.PHASES)
    assert tools.ranges.button(1).isChecked()
    assert tools.kinds.button(1).isChecked()


def test_kind_zoom_reset_and_labels_are_wished_for(qtbot, tools):
    told = []
    tools.kind_chosen.connect(told.append)
    tools.zoom_wished.connect(told.append)
    tools.labels_wished.connect(lambda: told.append("labels"))
    tools.reset_wished.connect(lambda: told.append("reset"))
    by_name = {button.accessibleName(): button for button in tools.findChildren(type(tools.free))}

    tools.kinds.button(1).click()
    by_name["Zoom in"].click()
    by_name["Zoom out"].click()
    by_name["Reset"].click()
    tools.labels.click()

    assert told == [Kind.PHASES, 0.5, 2.0, "reset", "labels"]


def test_the_table_the_outages_and_help_are_wished_for(qtbot, tools):
    told = []
    tools.table_wished.connect(told.append)
    tools.outages_wished.connect(told.append)
    tools.help_wished.connect(lambda: told.append("help"))

    tools.table.click()
    tools.table.click()
    tools.outages.click()
    tools.findChildren(type(tools.free))[-1].click()

    assert told == [True, False, True, "help"]


def test_the_number_of_outages_is_read_and_heard(tools):
    tools.show_outages(3)

    assert tools.outages.text() == isolated("3 outages")
    assert tools.outages.accessibleName() == "3 outages"


def test_a_narrow_toolbar_has_more_rows(tools):
    assert tools.heightForWidth(500) > tools.heightForWidth(1000)


def test_every_format_can_be_exported(qtbot, tools):
    told = []
    tools.export_wished.connect(told.append)

    for action in tools.export.menu().actions():
        action.trigger()

    assert told == list(Format)
    assert {type(each) for each in told} == {Format}


def test_what_is_chosen_is_seen_without_colours(tools, palette):
    tools.setPalette(palette)
    button = tools.ranges.button(1)

    assert button.isChecked()
    assert not button.grab().isNull()
