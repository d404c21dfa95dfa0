from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fakes.desktop import different
from fakes.ears import undescribed, unnamed
from fakes.outages import MINUTE
from fakes.recorded import NOW
from manara.model import Happening, Interval, Member, Stage
from manara.ui.incidents.list_model import INCIDENT_ROLE
from manara.ui.incidents.list_pane import ListPane
from manara.wording import Translator

TR = Translator()
HOUR = timedelta(hours=1)


def earlier(incident, incident_id, days, *names, lasted=HOUR, after=MINUTE):
    """An incident some days before another one."""
    by = incident.began.by - timedelta(days=days)
    began = Interval(None if after is None else by - after, by)
    ended = Interval(by + lasted - MINUTE, by + lasted)
    members = tuple(Member(name.lower(), name, began, ended) for name in names)
    return replace(incident, id=incident_id, members=members, began=began, ended=ended, cause=None, timeline=())


@pytest.fixture
def three(morning):
    return (
        morning.last,
        earlier(morning.last, "second", 3, "GitHub"),
        earlier(morning.last, "first", 200, "Facebook", "WhatsApp", lasted=2 * HOUR, after=None),
    )


@pytest.fixture
def pane(three, morning, qtbot):
    made = ListPane(TR)
    qtbot.addWidget(made)
    made.resize(320, 500)
    made.show_incidents(three, morning.now)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    return made


def said(pane):
    rows = range(pane.model.rowCount())
    return [pane.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in rows]


def test_each_is_told_with_when_it_was_how_long_and_why(pane):
    assert said(pane) == [
        (
            "Facebook, WhatsApp, Messenger and Instagram are down, 2021-10-04 15:40 · goes on, "
            "Most of them: the name servers of their operator (Meta: a–\N{WORD JOINER}d.ns.facebook.com) do not answer."
        ),
        "GitHub was down, 2021-10-01 15:40 · 1 h",
        "Facebook and WhatsApp were down, 2021-03-18 15:40 · Up after at least 2 h",
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("github", ["second"]),
        ("FACEBOOK whatsapp", [None, "first"]),
        ("name servers", [None]),
        ("2021-03-18", ["first"]),
        ("router", ["second"]),
        ("nothing like it", []),
        ("  ", [None, "second", "first"]),
    ],
)
def test_it_is_searched_for_words_in_all_that_is_told(pane, three, morning, words, found):
    note = Happening(three[1].began.by, Stage.NOTE, text="Not the router.")
    pane.show_incidents((three[0], replace(three[1], timeline=(note,)), three[2]), morning.now)

    pane.search.setText(words)

    rows = [pane.model.index(row).data(INCIDENT_ROLE).id for row in range(pane.model.rowCount())]
    assert rows == [each or morning.last.id for each in found]
    assert pane.nothing.isVisible() is not bool(found)


def test_where_there_is_none_that_is_said(qtbot):
    pane = ListPane(TR)
    qtbot.addWidget(pane)

    pane.show_incidents((), NOW)
    assert "No incident so far." in pane.nothing.text()
    pane.search.setText("shop")
    assert "No incident has these words." in pane.nothing.text()
    assert pane.clear_search()
    assert not pane.clear_search()
    pane.select("")
    assert pane.selected == ""


def test_one_is_chosen_with_the_keyboard(pane, qtbot, morning):
    pane.select("")
    assert pane.selected == morning.last.id
    pane.search.setFocus()
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    assert pane.view.hasFocus()

    with qtbot.waitSignal(pane.chosen) as told:
        qtbot.keyClick(pane.view, Qt.Key.Key_Down)

    assert told.args == ["second"]
    assert pane.selected == "second"
    with qtbot.waitSignal(pane.entered):
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)


def test_the_usual_key_leads_to_the_search(pane, qtbot):
    pane.view.setFocus()

    qtbot.keyClick(pane.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    assert pane.search.hasFocus()


def test_the_one_that_is_looked_at_stays_when_others_come(pane, three, morning):
    pane.select("second")
    new = replace(three[0], id="new", began=Interval(None, morning.now + HOUR))

    pane.show_incidents((new, *three), morning.now)

    assert pane.view.currentIndex().row() == 2
    assert pane.selected == "second"


def test_a_search_that_hides_what_is_to_be_shown_is_dropped(pane):
    pane.search.setText("github")

    pane.select("first")

    assert pane.search.text() == ""
    assert pane.view.currentIndex().row() == 2


def test_a_change_of_one_is_told_in_place(pane, three, morning, qtbot):
    changed = replace(three[0], members=three[0].members[:1])

    with qtbot.waitSignal(pane.model.dataChanged):
        pane.show_incidents((changed, *three[1:]), morning.now)

    assert said(pane)[0].startswith("Facebook is down")
    pane.search.setText("facebook")
    assert pane.model.rowCount() == 2
    pane.search.setText("instagram")
    assert pane.model.rowCount() == 0


def test_everything_has_a_name_and_says_what_it_is_for(pane):
    assert unnamed(pane) == []
    assert undescribed(pane) == []


def test_rows_are_painted_in_every_palette_and_mirrored(pane, program, palette):
    program.setPalette(palette)
    pane.select("second")
    pane.view.setFocus()
    QApplication.processEvents()
    plain = pane.view.grab().toImage()

    pane.view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()

    assert different(plain, pane.view.grab().toImage()) > 500


def test_nothing_that_is_no_row_has_data(pane):
    assert pane.model.data(pane.model.index(-1)) is None
    assert pane.model.rowCount(pane.model.index(0)) == 0
    assert pane.model.index(0).data(Qt.ItemDataRole.DecorationRole) is None
    assert "<p>" in pane.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
