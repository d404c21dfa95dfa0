from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from fakes.checks import make_service
from manara.model import TileSize, Verdict
from manara.ui.filter_bar import FilterBar
from manara.ui.tile import Choice, Order
from manara.wording import Translator


@pytest.fixture
def bar(qtbot):
    made = FilterBar(Translator())
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def heard(bar):
    told = []
    bar.chosen.connect(told.append)
    return told


def box(bar, name):
    return next(each for each in bar.findChildren(QComboBox) if each.accessibleName() == name)


def words(of):
    return [of.itemText(place) for place in range(of.count())]


def tagged(*tags, group=""):
    return replace(make_service("x"), tags=tags, group=group)


def test_at_first_everything_is_shown_problems_first(bar):
    assert bar.choice == Choice()


def test_every_letter_of_a_search_is_told(bar, heard, qtbot):
    qtbot.keyClicks(bar.findChild(QLineEdit), "eu")

    assert [choice.text for choice in heard] == ["e", "eu"]


def test_a_search_can_be_dropped(bar, heard, qtbot):
    qtbot.keyClicks(bar.findChild(QLineEdit), "e")

    assert bar.clear_search()
    assert not bar.clear_search()
    assert heard[-1] == Choice()


def test_return_ends_the_search(bar, qtbot):
    with qtbot.waitSignal(bar.search_ended):
        qtbot.keyClick(bar.findChild(QLineEdit), Qt.Key.Key_Return)


def test_problems_and_every_verdict_can_be_chosen(bar, heard):
    verdicts = box(bar, "Which services")

    assert words(verdicts) == [
        "All",
        "Problems",
        "Down",
        "Degraded",
        "Cannot tell",
        "Under maintenance",
        "Up",
        "Paused",
    ]
    verdicts.setCurrentIndex(1)
    verdicts.setCurrentIndex(2)
    assert [choice.verdicts for choice in heard] == [
        {Verdict.DOWN, Verdict.DEGRADED, Verdict.UNKNOWN},
        {Verdict.DOWN},
    ]


def test_order_and_size_are_told_as_what_they_are(bar, heard):
    sizes = []
    bar.density_chosen.connect(sizes.append)

    for place in (3, 2, 1):
        box(bar, "Order").setCurrentIndex(place)
    for place in (2, 1, 0):
        box(bar, "Size").setCurrentIndex(place)

    assert [choice.order for choice in heard] == [Order.OWN, Order.BY_GROUP, Order.BY_NAME]
    assert [type(choice.order) for choice in heard] == [Order] * 3
    assert all(size is TileSize(size) for size in sizes)
    assert sizes == [TileSize.LIST, TileSize.COMPACT, TileSize.ROOMY]


def test_what_was_chosen_at_an_earlier_start_can_be_chosen_again(bar):
    sizes = []
    bar.density_chosen.connect(sizes.append)

    bar.choose(Order.OWN, TileSize.LIST)

    assert bar.choice.order is Order.OWN
    assert sizes == [TileSize.LIST]


def test_tags_and_groups_are_offered_where_there_are_any(bar, heard):
    tags, groups = box(bar, "Tag"), box(bar, "Group")
    assert not tags.isVisible()
    assert not groups.isVisible()

    bar.offer([tagged("b", "A"), tagged("b", group="Work"), tagged("")])

    assert tags.isVisible()
    assert words(tags) == ["Every tag", "A", "b"]
    assert words(groups) == ["Every group", "Work"]
    tags.setCurrentIndex(2)
    groups.setCurrentIndex(1)
    assert (heard[-1].tag, heard[-1].group) == ("b", "Work")


def test_a_chosen_tag_stays_chosen_while_there_is_one(bar, heard):
    tags = box(bar, "Tag")
    bar.offer([tagged("b")])
    tags.setCurrentIndex(1)

    bar.offer([tagged("a", "b")])
    assert bar.choice.tag == "b"
    assert tags.currentText() == "b"

    bar.offer([tagged("a")])
    assert bar.choice.tag == ""
    assert heard[-1].tag == ""

    bar.offer([])
    assert not tags.isVisible()


def test_a_tag_is_a_short_line_and_does_not_make_the_window_wide(bar):
    before = bar.minimumSizeHint().width()

    bar.offer([tagged("x" * 500, "two\nlines")])

    assert all(len(word) <= 40 and "\n" not in word for word in words(box(bar, "Tag")))
    assert bar.minimumSizeHint().width() < before + 200


def test_every_control_has_a_name_and_a_tooltip(bar):
    for control in (*bar.findChildren(QComboBox), *bar.findChildren(QLineEdit)):
        assert control.accessibleName()
        assert control.toolTip()


@pytest.mark.parametrize("width", [400, 512, 1024])
def test_a_narrow_bar_has_more_rows_and_the_search_stays_wide_enough(bar, width):
    bar.offer([tagged("eu", group="Work")])
    bar.resize(width, bar.heightForWidth(width))
    bar.layout().activate()

    search = bar.findChild(QLineEdit)
    assert search.width() >= 9 * bar.fontMetrics().height()
    assert all(bar.rect().contains(each.geometry()) for each in (search, *bar.findChildren(QComboBox)))
    assert bar.heightForWidth(400) > bar.heightForWidth(1024)


def test_the_button_that_clears_the_search_has_a_name(bar):
    (clear,) = bar.findChild(QLineEdit).findChildren(QAbstractButton)

    assert clear.accessibleName() == "Clear the search"
