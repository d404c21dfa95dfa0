"""Whatever is added to the history window or its dialogs: a screen reader must be able to say what it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fakes.ears import reachable, undescribed, unnamed


@pytest.fixture(params=["window", "labels", "period", "help"])
def shown(request, open_window, history):
    """The window, or one of its dialogs."""
    window = open_window(history)
    if request.param == "window":
        return window
    tools = window.pane.tools
    {"labels": tools.labels.click, "period": tools.free.click, "help": tools.help_wished.emit}[request.param]()
    return getattr(window.dialogs, request.param)


def test_everything_that_can_be_reached_has_a_name(shown):
    assert unnamed(shown) == []


def test_everything_that_can_be_reached_says_what_it_is_for(shown):
    assert undescribed(shown) == []


def test_chart_and_table_and_lists_can_be_reached(open_window, history):
    window = open_window(history)
    pane = window.pane

    assert {window.chart, pane.table, pane.outages, pane.bar, pane.tools.services} <= set(reachable(window))


def test_from_right_to_left_names_are_the_same(open_window, history):
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert unnamed(open_window(history)) == []
