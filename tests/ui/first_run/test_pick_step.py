from concurrent.futures import Future

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest

from fakes.desktop import different, pixels
from manara.model import Region
from manara.ui.first_run.entry_model import ENTRY_ROLE
from manara.ui.first_run.pick_step import PickStep
from manara.ui.plain import bare
from manara.wording import Translator

KEY = Qt.Key


@pytest.fixture
def open_step(qtbot, understanding):
    def open_it(locale="en_DE", wait=True):
        made = PickStep(Translator(), understanding, QLocale(locale))
        qtbot.addWidget(made)
        made.resize(900, 600)
        made.show()
        made.begin()
        if wait:
            qtbot.waitUntil(lambda: not made.is_busy)
        return made

    return open_it


@pytest.fixture
def step(open_step):
    return open_step()


def shown(step):
    return [step.model.index(row).data(ENTRY_ROLE).service.id for row in range(step.model.rowCount())]


def chosen(step):
    return [entry.service.id for entry in step.model.chosen]


def card(step, service_id):
    return step.model.index(shown(step).index(service_id))


def click(step, service_id):
    index = card(step, service_id)
    step.cards.scrollTo(index)
    QTest.mouseClick(step.cards.viewport(), Qt.MouseButton.LeftButton, pos=step.cards.visualRect(index).center())


def type_name(step, word):
    QTest.keyClicks(step.search, word)
    QTest.keyClick(step.search, KEY.Key_Return)


def test_a_click_chooses_and_another_one_does_not_any_more(step):
    click(step, "instagram")
    click(step, "whatsapp")
    assert chosen(step) == ["instagram", "whatsapp"]

    click(step, "instagram")

    assert chosen(step) == ["whatsapp"]


def test_names_are_typed_one_after_the_other(step):
    for word in ("face", "whatsa", "wikip"):
        type_name(step, word)

    assert chosen(step) == ["facebook", "whatsapp", "wikipedia"]


def test_a_name_that_was_taken_makes_room_for_the_next_one(step):
    type_name(step, "telegram")

    assert step.search.text() == ""
    assert bare(step.told.text()) == "Telegram is chosen"
    assert step.search.hasFocus()


def test_a_name_that_is_typed_once_more_stays_chosen(step):
    type_name(step, "telegram")
    type_name(step, "telegram")
    QTest.keyClick(step.search, KEY.Key_Return)

    assert chosen(step) == ["telegram"]
    assert bare(step.told.text()) == "Telegram is there already"


def test_the_usual_ones_are_chosen_and_dropped_by_one_click(step, understanding):
    type_name(step, "netflix")
    type_name(step, "facebook")
    first = chosen(step)

    QTest.mouseClick(step.usual, Qt.MouseButton.LeftButton)
    assert set(chosen(step)) == {*first, *understanding.catalogue.starter}
    assert chosen(step)[:2] == first
    QTest.mouseClick(step.usual, Qt.MouseButton.LeftButton)

    assert chosen(step) == first[:1]


def test_the_usual_ones_are_not_offered_while_something_is_searched(step):
    assert step.usual.isVisible()

    QTest.keyClicks(step.search, "wiki")
    assert not step.usual.isVisible()
    QTest.keyClick(step.search, KEY.Key_Escape)

    assert step.usual.isVisible()


def test_the_usual_ones_are_not_offered_where_they_are_watched(step, understanding):
    step.model.set_watched(frozenset(understanding.catalogue.starter))

    assert not step.usual.isVisible()


def test_nothing_usual_is_chosen_before_the_catalogue_is_read(qtbot, open_step):
    step = open_step(wait=False)

    step.usual.click()

    assert chosen(step) == []
    qtbot.waitUntil(lambda: not step.is_busy)


def test_return_in_an_empty_field_chooses_nothing(step):
    QTest.keyClick(step.search, KEY.Key_Return)

    assert chosen(step) == []


def test_what_is_chosen_stays_so_while_something_else_is_searched(step):
    type_name(step, "facebook")
    QTest.keyClicks(step.search, "wikipedia")

    assert "facebook" not in shown(step)
    assert chosen(step) == ["facebook"]
    assert step.chosen.item(0).text().strip("\u2068\u2069") == "Facebook"


@pytest.mark.parametrize("key", [KEY.Key_Space, KEY.Key_Return])
def test_cards_are_chosen_by_the_keyboard(step, key):
    QTest.keyClick(step.search, KEY.Key_Down)
    assert step.cards.hasFocus()
    first = shown(step)[:2]

    QTest.keyClick(step.cards, key)
    QTest.keyClick(step.cards, KEY.Key_Right)
    QTest.keyClick(step.cards, key)

    assert chosen(step) == first


def test_letters_on_the_cards_go_on_to_the_search(step):
    step.cards.go_in()
    step.cards.go_in()

    QTest.keyClicks(step.cards, "w")
    QTest.keyClicks(step.search, "hatsapp")

    assert step.search.text() == "whatsapp"
    assert step.search.hasFocus()


def test_escape_drops_the_search_first(step):
    QTest.keyClicks(step.search, "wiki")

    QTest.keyClick(step.search, KEY.Key_Escape)

    assert step.search.text() == ""
    assert len(shown(step)) > 500


def test_what_is_not_found_is_said_with_what_to_do(step):
    QTest.keyClicks(step.search, "zzzzqqq")

    assert "next step" in step.told.text()
    QTest.keyClick(step.search, KEY.Key_Return)
    assert chosen(step) == []


def test_how_many_are_found_is_said(step):
    QTest.keyClicks(step.search, "amazon")

    assert f"{len(shown(step))} services found" in step.told.text()


@pytest.mark.parametrize("key", [KEY.Key_Delete, KEY.Key_Backspace, KEY.Key_Space])
def test_what_is_chosen_is_taken_out_by_the_keyboard(step, key):
    for word in ("facebook", "wikipedia"):
        type_name(step, word)
    step.chosen.setFocus()
    step.chosen.setCurrentRow(0)

    QTest.keyClick(step.chosen, key)
    assert chosen(step) == ["wikipedia"]
    QTest.keyClick(step.chosen, key)
    QTest.keyClick(step.chosen, key)

    assert chosen(step) == []


def test_what_is_chosen_is_taken_out_by_a_click(step):
    type_name(step, "facebook")
    place = step.chosen.visualItemRect(step.chosen.item(0)).center()

    QTest.mouseClick(step.chosen.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert chosen(step) == []


def test_arrows_walk_through_what_is_chosen(step):
    for word in ("facebook", "wikipedia"):
        type_name(step, word)
    step.chosen.setCurrentRow(0)

    QTest.keyClick(step.chosen, KEY.Key_Down)

    assert step.chosen.currentRow() == 1


def test_the_region_of_the_system_comes_first_and_another_one_can_be_chosen(qtbot, open_step):
    step = open_step("ar_EG")
    assert step.region.currentText() == "Arab countries"
    before = shown(step)

    step.region.setCurrentIndex(list(Region).index(Region.ASIA))
    qtbot.waitUntil(lambda: not step.is_busy)

    assert shown(step) != before
    assert "Asia" in step.told.text()


def test_names_are_arabic_where_the_language_is(open_step):
    step = open_step("ar_EG")

    # QTest knows keys of ASCII alone.
    step.search.insert("فيسبوك")
    type_name(step, "")

    assert step.chosen.item(0).text().strip("\u2068\u2069") == "فيسبوك"


def test_what_is_typed_before_the_catalogue_is_read_is_searched_then(qtbot, open_step):
    step = open_step(wait=False)
    step.search.setText("wikipedia")
    assert step.model.rowCount() == 0

    qtbot.waitUntil(lambda: not step.is_busy)

    assert shown(step)[0] == "wikipedia"


def test_a_catalogue_that_cannot_be_read_is_told(qtbot, step):
    broken = Future()
    broken.set_exception(OSError("no room"))

    step.questions.ask("offer", broken, step._take_offer)

    qtbot.waitUntil(lambda: "no room" in step.told.text())


def test_what_is_watched_already_cannot_be_chosen(step):
    type_name(step, "facebook")

    step.model.set_watched(frozenset({"facebook"}))
    assert chosen(step) == []
    step.search.clear()
    type_name(step, "facebook")

    assert chosen(step) == []
    index = card(step, "facebook")
    assert not index.flags() & Qt.ItemFlag.ItemIsEnabled
    assert "is watched already" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_assistive_technology_can_choose_and_hears_what_a_card_is(step):
    index = card(step, "facebook")

    assert step.model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert not step.model.setData(index, "x", Qt.ItemDataRole.EditRole)

    assert index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Facebook, Social networks"
    assert "Meta" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert step.model.data(step.model.index(-1), Qt.ItemDataRole.DisplayRole) is None
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert step.model.rowCount(index) == 0


def test_nothing_is_chosen_any_more_when_the_choice_is_cleared(step):
    type_name(step, "facebook")

    step.model.drop(step.model.chosen)

    assert chosen(step) == []


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_a_chosen_card_looks_chosen_in_every_palette(step, program, palette, direction):
    program.setPalette(palette)
    step.setLayoutDirection(direction)
    step.cards.viewport().setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    before = step.cards.grab().toImage()

    step.model.toggle(card(step, "instagram").data(ENTRY_ROLE))
    step.model.set_watched(frozenset({"facebook"}))
    step.cards.go_in()

    assert different(before, step.cards.grab().toImage()) > 100
    assert step.chosen.grab().toImage().width() > 0


def test_cards_fit_into_the_width(step):
    for width in (500, 760, 1400):
        step.resize(width, 600)
        step.cards.doItemsLayout()

        right = max(step.cards.visualRect(step.model.index(row)).right() for row in range(8))
        assert right <= step.cards.viewport().width()


def test_space_chooses_nothing_where_no_card_is_found(step):
    QTest.keyClicks(step.search, "zzzzqqq")

    QTest.keyClick(step.cards, KEY.Key_Space)

    assert chosen(step) == []


def test_the_row_that_the_keyboard_is_at_can_be_seen(step):
    for word in ("facebook", "wikipedia"):
        type_name(step, word)
    step.chosen.setFocus()
    step.chosen.setCurrentRow(0)
    before = step.chosen.grab().toImage()

    step.chosen.setCurrentRow(1)

    assert pixels(before).tolist() != pixels(step.chosen.grab().toImage()).tolist()
