"""What a screen reader would have to say of a window: who can be reached by the keyboard, and what is heard there."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QDialogButtonBox, QTabBar, QToolButton, QWidget


def reachable(window: QWidget) -> list[QWidget]:
    """Everything in a window to which the Tab key can lead, shown now or later."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None and not _is_qts_own(widget)
    ]


def unnamed(window: QWidget) -> list[QWidget]:
    """What would be reached without a word of what it is."""
    return [widget for widget in reachable(window) if not any(_names(widget))]


def undescribed(window: QWidget) -> list[QWidget]:
    """What would be reached without a word of what it is for; the buttons of every dialog need none."""
    return [
        widget
        for widget in reachable(window)
        # Of a tab bar Qt tells only its tabs.
        if not isinstance(widget, QTabBar)
        and not isinstance(widget.parent(), QDialogButtonBox)
        and not _told(widget, QAccessible.Text.Description)
    ]


def _names(widget: QWidget) -> Iterator[str]:
    # A combo box tells what is chosen as its name: that is no name, the label beside it is.
    if not isinstance(widget, QComboBox):
        yield _told(widget, QAccessible.Text.Name)
    interface = QAccessible.queryAccessibleInterface(widget)
    for label, _relation in interface.relations(QAccessible.RelationFlag.Label):
        yield label.text(QAccessible.Text.Name)


def _told(widget: QWidget, what: QAccessible.Text) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(what)


def _is_qts_own(widget: QWidget) -> bool:
    # The list of a combo box tells what the box tells.
    of_a_box = isinstance(widget, QAbstractItemView) and isinstance(widget.parent().parent(), QComboBox)
    return of_a_box or (isinstance(widget, QToolButton) and isinstance(widget.parent(), QTabBar))
