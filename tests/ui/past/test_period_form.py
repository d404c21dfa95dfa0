from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QDialogButtonBox

from manara.model import Window
from manara.ui.past.period_form import PeriodDialog, PeriodForm, moment_of, wall_time
from manara.wording import Translator

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2021, 10, 4, 15, tzinfo=UTC).astimezone(BERLIN)
WINDOW = Window(datetime(2021, 10, 3, 6, tzinfo=UTC), datetime(2021, 10, 3, 7, tzinfo=UTC))


@given(st.integers(0, 3_000_000_000))
def test_a_moment_comes_back_from_the_wall_except_in_the_hour_that_comes_twice(seconds):
    at = datetime.fromtimestamp(seconds, UTC)
    back = moment_of(wall_time(at, BERLIN), BERLIN)

    assert back in (at, at - timedelta(hours=1))


def test_without_a_named_zone_the_systems_own_is_used():
    at = datetime(2021, 10, 3, 6, tzinfo=UTC)

    assert moment_of(wall_time(at, None), None) == at


def test_the_fields_show_local_time_and_give_utc(qtbot):
    form = PeriodForm(Translator(), WINDOW, NOW)

    assert form.begin.text() == "2021-10-03 08:00:00"
    assert form.window() == WINDOW
    assert (form.begin.accessibleName(), form.end.accessibleName()) == ("From", "To")


@pytest.fixture
def dialog(qtbot):
    dialog = PeriodDialog(Translator(), WINDOW, NOW)
    qtbot.addWidget(dialog)
    return dialog


def test_a_period_is_told_when_it_is_accepted(qtbot, dialog):
    dialog.form.end.setDateTime(wall_time(WINDOW.end + timedelta(hours=2), BERLIN))

    with qtbot.waitSignal(dialog.period_chosen) as chosen:
        dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()

    assert chosen.args == [Window(WINDOW.begin, WINDOW.end + timedelta(hours=2))]


def test_an_end_before_the_beginning_is_explained_and_not_taken(qtbot, dialog):
    dialog.form.end.setDateTime(wall_time(WINDOW.begin - timedelta(hours=2), BERLIN))

    assert dialog.complaint.text() == "The end must come at least a minute after the beginning."
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    with qtbot.assertNotEmitted(dialog.period_chosen):
        dialog.accept()


@pytest.fixture
def arabic():
    """A desktop in Arabic."""
    before = QLocale()
    QLocale.setDefault(QLocale("ar_EG"))
    yield
    QLocale.setDefault(before)


def test_times_are_written_as_everywhere_also_in_arabic(qtbot, arabic):
    dialog = PeriodDialog(Translator(), WINDOW, NOW)
    qtbot.addWidget(dialog)
    dialog.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    begin = dialog.form.begin
    assert begin.text().isascii()
    assert begin.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert begin.calendarWidget().locale().language() is QLocale.Language.Arabic


def test_times_are_written_and_typed_in_the_readers_digits(qtbot):
    form = PeriodForm(Translator(arabic_digits=True), WINDOW, NOW)
    before = form.begin.text()

    assert not any("0" <= letter <= "9" for letter in before)
    form.begin.setSelectedSection(form.begin.Section.MinuteSection)
    form.begin.stepUp()

    assert form.begin.text() != before
    assert form.window() is not None
