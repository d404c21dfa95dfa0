from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt

from fakes.desktop import PALETTES
from manara.ui.choice_model import ChoiceModel
from manara.ui.theme import theme_of
from manara.wording import Tone

Role = Qt.ItemDataRole
BOX, WORDS = range(2)


@dataclass
class Row:
    can_be_chosen: bool
    chosen: bool = False


class Rows(ChoiceModel[Row]):
    def __init__(self, palette, *rows):
        super().__init__(("Box", "Words"), palette)
        self._rows = rows

    def _is_chosen(self, place):
        return self._rows[place].chosen

    def _take_choice(self, place, *, chosen):
        self._rows[place].chosen = chosen

    def _text(self, row, column):
        return f"<{column}>" if row.can_be_chosen else ""

    def _tone(self, row, column):
        return Tone.BAD if column == WORDS else None


@pytest.fixture
def model(qapp):
    return Rows(PALETTES["light"], Row(can_be_chosen=True), Row(can_be_chosen=False))


def test_it_has_a_cell_for_each_row_and_title_and_nothing_below_a_cell(model):
    cell = model.index(0, BOX)

    assert (model.rowCount(), model.columnCount()) == (2, 2)
    assert (model.rowCount(cell), model.columnCount(cell)) == (0, 0)
    assert [model.headerData(column, Qt.Orientation.Horizontal) for column in (BOX, WORDS)] == ["Box", "Words"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_only_the_first_cell_of_a_row_that_can_be_chosen_has_a_box(model):
    boxes = {
        (row, column)
        for row in (0, 1)
        for column in (BOX, WORDS)
        if model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsUserCheckable
    }

    assert boxes == {(0, BOX)}
    assert model.index(1, BOX).data(Role.CheckStateRole) is None


def test_a_box_is_ticked_and_cleared(model):
    box = model.index(0, BOX)

    assert model.setData(box, Qt.CheckState.Checked.value, Role.CheckStateRole)
    assert box.data(Role.CheckStateRole) is Qt.CheckState.Checked
    assert model.setData(box, Qt.CheckState.Unchecked.value, Role.CheckStateRole)
    assert box.data(Role.CheckStateRole) is Qt.CheckState.Unchecked


def test_what_cannot_be_chosen_and_what_is_no_box_takes_nothing(model):
    assert not model.setData(model.index(1, BOX), Qt.CheckState.Checked.value, Role.CheckStateRole)
    assert not model.setData(model.index(0, BOX), "x", Role.EditRole)
    assert [row.chosen for row in model.rows] == [False, False]


def test_text_stays_text_and_is_bare_for_a_screen_reader(model):
    cell = model.index(0, WORDS)

    assert cell.data(Role.DisplayRole) == "\u2068<1>\u2069"
    assert cell.data(Role.ToolTipRole) == "<p>&lt;1&gt;</p>"
    assert cell.data(Role.AccessibleTextRole) == "<1>"
    assert cell.data(Role.DecorationRole) is None
    assert model.data(QModelIndex()) is None


def test_colours_go_along_with_the_palette(model):
    cell = model.index(0, WORDS)
    light = cell.data(Role.ForegroundRole)

    model.set_palette(PALETTES["dark"])

    assert light == theme_of(PALETTES["light"]).tones[Tone.BAD]
    assert cell.data(Role.ForegroundRole) == theme_of(PALETTES["dark"]).tones[Tone.BAD]
    assert model.index(0, BOX).data(Role.ForegroundRole) is None
