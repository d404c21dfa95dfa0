"""The preferences on a real settings file: what is written, that all else stays, and that it can be taken back."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from fakes.commands import BY_HAND, OnFile
from fakes.preferences import FakeSurroundings
from manara.probes import CHECK_TYPES
from manara.settings import SettingsFile
from manara.ui.preferences.pages import PAGES


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "settings.toml"
    made.write_text(BY_HAND)
    return made


@pytest.fixture
def window(open_window, path):
    commands = OnFile(SettingsFile(path, CHECK_TYPES, {}))
    return open_window(FakeSurroundings(commands=commands), "checks")


def change(qtbot, window, name, text):
    control = window.page.form.fields[name].editor.control
    control.setFocus()
    control.selectAll()
    qtbot.keyClicks(control, text)
    qtbot.keyClick(control, Qt.Key.Key_Return)


def test_a_change_keeps_comments_and_order_and_is_taken_back_exactly(window, path, qtbot, settled):
    change(qtbot, window, "confirm", "5")
    settled(window)
    assert path.read_text() == BY_HAND.replace("confirm = 3", "confirm = 5")

    window.bar.action.trigger()
    settled(window)

    assert path.read_text() == BY_HAND


def test_a_reset_and_an_option_of_a_new_section_are_taken_back_exactly(window, path, qtbot, settled):
    window.page.form.fields["confirm"].reset_wished.emit()
    settled(window)
    window.show_page("network")
    change(qtbot, window, "proxy", "http://proxy.example:3128")
    settled(window)
    assert "confirm" not in path.read_text()
    assert 'proxy = "http://proxy.example:3128"' in path.read_text()

    for _ in range(2):
        window.bar.action.trigger()
        settled(window)

    assert path.read_text() == BY_HAND


def test_an_edit_by_hand_between_a_change_and_its_undo_stays(window, path, qtbot, settled):
    change(qtbot, window, "confirm", "5")
    settled(window)
    path.write_text(path.read_text().replace('name = "Blog"', 'name = "Diary"'))

    window.bar.action.trigger()
    settled(window)

    assert path.read_text() == BY_HAND.replace('name = "Blog"', 'name = "Diary"')


def test_a_deleted_service_comes_back_with_its_comments(window, path, settled):
    window.show_page("services")
    flag = QItemSelectionModel.SelectionFlag
    place = [row.id for row in window.page.model.rows].index("shop")
    window.page.list.selectionModel().select(window.page.model.index(place, 0), flag.Select | flag.Rows)
    window.page.delete.click()
    settled(window)
    assert "shop.example" not in path.read_text()

    window.bar.action.trigger()
    settled(window)

    assert path.read_text() == BY_HAND


def test_what_only_the_whole_file_shows_to_be_wrong_is_told_and_not_written(window, path, qtbot, settled):
    change(qtbot, window, "timeout", "2m")
    settled(window)

    assert path.read_text() == BY_HAND
    assert "longer than the interval" in window.page.form.fields["timeout"].problem


def test_every_choice_of_every_page_can_be_written_and_read_again(window, path, settled):
    """What a form offers, the file accepts."""
    chosen = 0
    for page in PAGES:
        window.show_page(page.name)
        for name, field in getattr(getattr(window.page, "form", None), "fields", {}).items():
            box = field.editor.control
            for place in range(box.count() if hasattr(box, "itemText") else 0):
                box.setCurrentIndex(place)
                box.activated.emit(place)
                settled(window)
                assert field.problem == "", (name, place)
                chosen += 1

    assert chosen > 10
    assert not window.file_message.isVisible()
