"""What a screen reader is told besides names and descriptions: announcements, and that a chart is one."""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say a text when it has ended what it says now."""
    if QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, text)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)


# Qt keeps a factory for as long as the program runs: a second one would only be asked in vain.
@cache
def tell_as_chart(kind: type[QWidget]) -> None:
    """Give every widget of a class the role of a chart from now on; by itself Qt takes it for a mere area."""

    def make(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
        return QAccessibleWidget(thing, QAccessible.Role.Chart) if isinstance(thing, kind) else None

    QAccessible.installFactory(make)
