from concurrent.futures import Future

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.commands import SHOP, stored
from fakes.desktop import PALETTES
from fakes.ears import reachable, undescribed, unnamed
from fakes.pace import cost_ms
from manara.model import Problem, SettingsInvalid
from manara.settings import AddServices, SettingsNotWritten
from manara.ui.imports.preview_model import BECOMES, LOOKS_AT, LOST, NAME

KEY = Qt.Key
MANY = 5_000


def cells(window, column):
    model = window.model
    return [model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def gone(qtbot, window):
    qtbot.waitUntil(lambda: not window.isVisible())


def test_the_preview_shows_what_comes_over_and_what_does_not(open_import, gatus):
    window = open_import(gatus)

    assert cells(window, NAME) == ["Front page", "Blog", "Twice", "Twice", "Bastion", ""]
    assert cells(window, LOOKS_AT)[0] == "http https://front.example/"
    assert cells(window, BECOMES) == ["new", "there: blog", "new", "twice: twice", "paused", "left out"]
    assert "no check of the type" in cells(window, LOST)[4]
    assert "notify" in cells(window, LOST)[5]
    assert "config.yaml · Configuration of Gatus: 3 new, 1 of them paused" in window.told.text()
    assert not window.progress.isVisible()


def test_everything_new_is_chosen_at_first_and_added_at_once(qtbot, open_import, gatus, commands):
    window = open_import(gatus)
    assert window.add.text() == "&Add 3 services"

    window.add.click()

    gone(qtbot, window)
    (change,) = commands.changes
    assert isinstance(change, AddServices)
    assert change.instead_of_starter
    assert [table["name"] for table in change.tables] == ["Front page", "Twice", "Bastion"]
    assert change.tables[2]["paused"] is True
    assert window.told_done == ["3 services were added."]


def test_services_are_chosen_by_the_keyboard(qtbot, open_import, gatus, commands):
    window = open_import(gatus)
    table = window.preview.table
    assert table.hasFocus()

    QTest.keyClick(table, KEY.Key_Space)
    QTest.keyClick(table, KEY.Key_Down)
    QTest.keyClick(table, KEY.Key_Space)
    QTest.keyClick(window, KEY.Key_Return)

    gone(qtbot, window)
    assert [each["name"] for each in commands.changes[0].tables] == ["Twice", "Bastion"]


def test_all_or_none_can_be_chosen(open_import, gatus):
    window = open_import(gatus)

    window.preview.none.click()
    assert window.model.chosen == ()
    assert not window.add.isEnabled()
    window.write()
    window.preview.all.click()

    assert len(window.model.chosen) == 3


def test_what_is_there_already_cannot_be_chosen(open_import, gatus):
    model = open_import(gatus).model
    known = model.index(1, NAME)

    assert not model.flags(known) & Qt.ItemFlag.ItemIsUserCheckable
    assert not model.setData(known, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert known.data(Qt.ItemDataRole.CheckStateRole) is None
    first = model.index(0, NAME)
    assert model.setData(first, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert model.setData(first, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert first.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked


def test_everything_about_a_row_is_told_below(open_import, gatus):
    window = open_import(gatus)
    about, table = window.preview.about, window.preview.table
    assert "Comes over: " in about.toPlainText()
    assert "“[STATUS] == 200” becomes accept 200." in about.toPlainText()
    assert "interval" in about.toPlainText()

    table.setCurrentIndex(window.model.index(4, NAME))
    assert "no check of the type" in about.toPlainText()
    table.setCurrentIndex(window.model.index(5, NAME))
    assert "notify" in about.toPlainText()
    window.preview._show_about(window.model.index(-1, NAME))

    assert about.toPlainText() == ""


def test_lines_that_are_no_address_are_told_one_by_one(open_import):
    window = open_import("a.example\njavascript:alert(1)\n<b>\n")

    assert "Pasted text" in window.told.text()
    assert cells(window, LOST)[1].startswith("line 2: ")
    assert len(window.model.chosen) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{broken", "JSON"),
        ("javascript:alert(1)", "There is no service in it."),
        ("https://blog.example/", "Nothing in it is new."),
    ],
)
def test_what_brings_nothing_is_told_in_one_sentence(open_import, text, said):
    window = open_import(text)

    assert said in window.message.text.text()
    assert "\n" not in window.message.text.text()
    assert not window.add.isEnabled()
    assert not window.progress.isVisible()


def test_a_file_that_is_not_there_is_told(open_import, tmp_path):
    window = open_import(tmp_path / "none.yaml")

    assert "none.yaml" in window.message.text.text()


def test_settings_that_cannot_be_read_are_told(open_import, gatus, commands):
    commands.answers["stored"] = SettingsInvalid(commands.there.path, [Problem(("services",), "This is wrong.")])

    window = open_import(gatus)

    assert "This is wrong." in window.message.text.text()


def test_settings_that_mean_nothing_are_told(open_import, gatus, commands):
    commands.there = stored({"id": "bad", "name": "Bad", "checks": [{"type": "http"}]})

    window = open_import(gatus)

    assert "url" in window.message.text.text()


def test_a_file_that_cannot_be_written_is_told(open_import, gatus, commands):
    commands.there = stored(SHOP, writable=False)

    window = open_import(gatus)

    assert "cannot be written" in window.message.text.text()
    assert not window.add.isEnabled()


@pytest.mark.parametrize(
    ("error", "said"),
    [(SettingsNotWritten("The disk is full."), "The disk is full."), ("cancelled", "Nothing is watched any more")],
)
def test_a_change_that_is_refused_is_told_and_can_be_tried_again(qtbot, open_import, commands, error, said):
    window = open_import("a.example")
    if error == "cancelled":
        error = Future()
        error.cancel()
    commands.answers["change"] = error

    window.add.click()
    assert not window.add.isEnabled()
    qtbot.waitUntil(lambda: said in window.message.text.text())
    commands.answers.clear()
    window.add.click()

    gone(qtbot, window)


def many():
    return "\n".join(f"s{number}, https://s{number}.example/" for number in range(MANY))


def test_five_thousand_services_are_read_with_progress_while_the_window_lives(qtbot, open_import):
    opened, seen = [], []

    def read_all():
        window = open_import(many(), wait=False)
        opened.append(window)
        window.progress.valueChanged.connect(seen.append)
        # It looks at the progress whenever it is its turn, however little time the reading takes.
        window._reading._looking.setInterval(0)
        qtbot.waitUntil(lambda: not window.is_busy)

    # Twice as much as is wanted: the benchmark finds out how long it takes.
    assert cost_ms(read_all) < 4_000
    assert len(opened[0].model.chosen) == MANY
    assert len(seen) > 10


@pytest.mark.parametrize("how", ["close", "reject"])
def test_reading_ends_when_it_is_cancelled(qtbot, open_import, how):
    window = open_import(many(), wait=False)
    with qtbot.waitSignal(window._reading.progressed):
        pass

    getattr(window, how)()

    assert not window.is_busy
    assert window.model.rowCount() == 0


def test_colours_follow_the_palette(open_import, gatus):
    window = open_import(gatus)
    lost = window.model.index(4, LOST)
    light = lost.data(Qt.ItemDataRole.ForegroundRole)

    window.setPalette(PALETTES["dark"])

    assert lost.data(Qt.ItemDataRole.ForegroundRole) != light
    assert window.model.index(0, NAME).data(Qt.ItemDataRole.ForegroundRole) is None
    assert window.model.data(window.model.index(-1, 0)) is None
    assert window.model.headerData(0, Qt.Orientation.Vertical) is None
    assert window.model.rowCount(lost) == window.model.columnCount(lost) == 0


def test_remote_text_is_shown_as_text(open_import):
    window = open_import("endpoints:\n- name: <b>bold</b>\n  url: https://a.example/\n")

    assert cells(window, NAME) == ["<b>bold</b>"]
    assert "&lt;b&gt;" in window.model.index(0, NAME).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_everything_that_can_be_reached_says_what_it_is(open_import, gatus, direction):
    QApplication.setLayoutDirection(direction)

    window = open_import(gatus)

    assert len(reachable(window)) > 4
    assert unnamed(window) == []
    assert undescribed(window) == []
