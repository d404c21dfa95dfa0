"""From when until when: two fields in the reader's own time, and the dialog that asks for a free range."""

from datetime import UTC, datetime, timedelta, tzinfo

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime, QTimeZone, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCalendarWidget,
    QDateTimeEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from manara.model import Window
from manara.ui.past.ranges import SHORTEST
from manara.wording import Translator

_SHOWN = "yyyy-MM-dd HH:mm:ss"


def wall_time(at: datetime, zone: tzinfo | None) -> QDateTime:
    """Return a moment as a clock on the reader's wall shows it.

    Qt's own idea of the local zone is kept out: the field only holds what the clock shows.
    """
    local = at.astimezone(zone)
    day, time = QDate(local.year, local.month, local.day), QTime(local.hour, local.minute, local.second)
    return QDateTime(day, time, QTimeZone(QTimeZone.Initialization.UTC))


def moment_of(shown: QDateTime, zone: tzinfo | None) -> datetime:
    """Return the moment at which a clock on the reader's wall shows this; the first of two."""
    day, time = shown.date(), shown.time()
    wall = datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), time.second(), tzinfo=zone)
    return (wall if zone else wall.astimezone()).astimezone(UTC)


_SHOWN_IN_ARABIC = "yyyy\N{LEFT-TO-RIGHT MARK}-MM\N{LEFT-TO-RIGHT MARK}-dd\N{LEFT-TO-RIGHT MARK} HH:mm:ss"
"""With marks that keep the order: Arabic numbers would turn it."""
_ARABIC = QLocale(QLocale.Language.Arabic, QLocale.Country.Egypt)
"""A locale with the digits ٠١٢٣٤٥٦٧٨٩. No name of a day or a month is shown in it."""


class PeriodForm(QFormLayout):
    """Two fields that make a window."""

    changed = Signal()

    def __init__(self, tr: Translator, window: Window, now: datetime) -> None:
        super().__init__()
        self._zone = now.tzinfo
        self.begin, self.end = QDateTimeEdit(), QDateTimeEdit()
        for field, name, hint, at in (
            (self.begin, tr("From"), tr("When the time begins, by the clock here"), window.begin),
            (self.end, tr("To"), tr("When the time ends, by the clock here"), window.end),
        ):
            field.setTimeZone(QTimeZone(QTimeZone.Initialization.UTC))
            field.setDisplayFormat(_SHOWN_IN_ARABIC if tr.arabic_digits else _SHOWN)
            field.setCalendarPopup(True)
            # With the digits and in the order in which every other time is told.
            field.setLocale(_ARABIC if tr.arabic_digits else QLocale.c())
            field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            _prepare(field.calendarWidget(), tr)
            field.setAccessibleName(name)
            field.setAccessibleDescription(hint)
            field.setMaximumDateTime(wall_time(now + timedelta(days=1), self._zone))
            field.setDateTime(wall_time(at, self._zone))
            field.dateTimeChanged.connect(self.changed)
            self.addRow(name, field)

    def window(self) -> Window | None:
        """Return the window; None where it does not end after it begins."""
        begin, end = moment_of(self.begin.dateTime(), self._zone), moment_of(self.end.dateTime(), self._zone)
        return Window(begin, end) if end > begin else None


def _prepare(calendar: QCalendarWidget, tr: Translator) -> None:
    """Let a calendar speak the reader's language, and say what its parts are: Qt has no names for them."""
    calendar.setLocale(QLocale())
    for kind, name, hint in (
        (QTableView, tr("Days"), tr("The arrow keys go from day to day.")),
        (QSpinBox, tr("Year"), tr("The year of the calendar")),
    ):
        for part in calendar.findChildren(kind):
            part.setAccessibleName(name)
            part.setAccessibleDescription(hint)


class PeriodDialog(QDialog):
    """Asks for a free range."""

    period_chosen = Signal(object)
    """A `Window`."""

    def __init__(self, tr: Translator, window: Window, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self.setWindowTitle(tr("Period"))
        self.form = PeriodForm(tr, window, now)
        self.form.changed.connect(self._judge)
        self.complaint = QLabel()
        self.buttons = ok_and_cancel(tr, tr("Show"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(self.form)
        layout.addWidget(self.complaint)
        layout.addWidget(self.buttons)
        self._judge()

    def accept(self) -> None:
        """Tell the period and close."""
        window = self.form.window()
        if window is not None:
            self.period_chosen.emit(window)
            super().accept()

    @Slot()
    def _judge(self) -> None:
        window = self.form.window()
        good = window is not None and window.length >= SHORTEST
        self.complaint.setText("" if good else self._tr("The end must come at least a minute after the beginning."))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(good)


def ok_and_cancel(tr: Translator, ok: str) -> QDialogButtonBox:
    """Return the two buttons of a dialog, with words of ours."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.button(QDialogButtonBox.StandardButton.Ok).setText(ok)
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
    for button in buttons.buttons():
        # Where the desktop gives Qt no theme, Qt has pictures of its own that look like no other button here.
        button.setIcon(QIcon())
    return buttons
