import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from manara.ui.combo_name import name_combo


@pytest.fixture
def combo(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    combo = QComboBox()
    QHBoxLayout(holder).addWidget(combo)
    combo.addItems(["All", "Problems"])
    name_combo(combo, "Which", "Show only <these>")
    holder.show()
    yield combo
    holder.close()


def test_a_screen_reader_hears_what_is_chosen_and_what_the_choice_is_about(combo):
    told = QAccessible.queryAccessibleInterface(combo)
    ((label, _relation),) = told.relations(QAccessible.RelationFlag.Label)

    assert told.text(QAccessible.Text.Value) == "All"
    assert label.text(QAccessible.Text.Name) == "Which"
    assert told.text(QAccessible.Text.Description) == "Show only <these>"
    assert combo.view().accessibleName() == "Which"


def test_eyes_find_it_in_the_tool_tip(combo):
    assert combo.toolTip() == "<p>Which<br>Show only &lt;these&gt;</p>"


def test_the_label_takes_no_room(combo):
    assert combo.geometry().adjusted(-20, -20, 20, 20).contains(combo.parentWidget().rect())
