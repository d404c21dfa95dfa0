"""What mouse and keyboard wish of the chart. Knows where things are only through the chart's two questions."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from manara.model import Window
from manara.ui.past.ranges import followed, panned, zoomed

_ZOOM = 1.5
_WHEEL_STEP = 120
_PAN, _PAN_FAR = 0.1, 0.5
_DRAG_FROM = 3


class Axis(Protocol):
    """What the hands need to know of the chart."""

    @property
    def window_shown(self) -> Window:
        """The window from the left edge to the right one."""

    def moment_at(self, x: float) -> datetime:
        """Return the moment under a horizontal place."""


class Hands(QObject):
    """Turns events of a widget into wishes. Wheel: zoom. Drag: pan; with Shift, select. Double click: back."""

    window_wished = Signal(object)
    """A `Window` to be shown."""
    cursor_moved = Signal(object, bool)
    """The moment that is looked at, None for none; whether it was moved by the keyboard."""
    stretch_selected = Signal(object)
    """A `Window`, or None."""
    reset_wished = Signal()
    zoom_to_selection_wished = Signal()
    menu_wished = Signal(QPoint)
    """Where a menu is wanted, on the screen."""

    def __init__(self, axis: Axis, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._axis = axis
        self._now = now
        self.cursor: datetime | None = None
        self.selected: Window | None = None
        self.step = timedelta(minutes=1)
        """How far an arrow key goes at least."""
        self._anchor: datetime | None = None
        """Where a selection began."""
        self._held: float | None = None
        """Where a drag has come to."""
        self._moved = False
        self._keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Plus: lambda: self.zoom(1 / _ZOOM),
            Qt.Key.Key_Equal: lambda: self.zoom(1 / _ZOOM),
            Qt.Key.Key_Minus: lambda: self.zoom(_ZOOM),
            Qt.Key.Key_PageUp: lambda: self._pan(-_PAN_FAR),
            Qt.Key.Key_PageDown: lambda: self._pan(_PAN_FAR),
            Qt.Key.Key_Home: lambda: self._look_at(self._axis.window_shown.begin, by_key=True),
            Qt.Key.Key_End: lambda: self._look_at(self._axis.window_shown.end, by_key=True),
            Qt.Key.Key_0: self.reset_wished.emit,
        }

    def hold(self, widget: QWidget, viewport: QWidget) -> None:
        """Take over what happens on these."""
        widget.installEventFilter(self)
        viewport.installEventFilter(self)
        viewport.setMouseTracking(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Handle mouse and keys; the rest goes its way."""
        match event:
            case QKeyEvent() if event.type() is QEvent.Type.KeyPress:
                return self._press_key(event)
            case QWheelEvent():
                self._turn_wheel(event)
                return True
            case QContextMenuEvent():
                self.menu_wished.emit(event.globalPos())
                return True
            case QMouseEvent():
                return self._use_mouse(event)
        if event.type() is QEvent.Type.Leave and self._held is None:
            self._look_at(None, by_key=False)
        return super().eventFilter(watched, event)

    def _use_mouse(self, event: QMouseEvent) -> bool:
        x, left = event.position().x(), Qt.MouseButton.LeftButton
        match event.type():
            case QEvent.Type.MouseButtonDblClick:
                self.reset_wished.emit()
            case QEvent.Type.MouseButtonPress if event.button() is left:
                self._grasp(x, selecting=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                # The focus follows a click as everywhere.
                return False
            case QEvent.Type.MouseMove:
                self._drag(x)
            case QEvent.Type.MouseButtonRelease if event.button() is left:
                self._let_go()
            case _:
                return False
        return True

    def _grasp(self, x: float, *, selecting: bool) -> None:
        self._held = x
        self._anchor = self._axis.moment_at(x) if selecting else None
        self._moved = False

    def _drag(self, x: float) -> None:
        if self._held is None:
            self._look_at(self._axis.moment_at(x), by_key=False)
            return
        begin = self._held
        if not self._moved and abs(x - begin) < _DRAG_FROM:
            return
        self._moved = True
        if self._anchor is not None:
            self._select(self._anchor, self._axis.moment_at(x))
            return
        by = self._axis.moment_at(begin) - self._axis.moment_at(x)
        self._held = x
        self._pan(by / self._axis.window_shown.length)

    def _let_go(self) -> None:
        if self._held is not None and not self._moved:
            self._select(None, None)
        self._held = self._anchor = None

    def _turn_wheel(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if abs(turned.x()) > abs(turned.y()):
            self._pan(-turned.x() / _WHEEL_STEP * _PAN)
            return
        factor = _ZOOM ** (-turned.y() / _WHEEL_STEP)
        about = self._axis.moment_at(event.position().x())
        self.window_wished.emit(zoomed(self._axis.window_shown, factor, about, self._now()))

    def _press_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in _DIRECTIONS:
            self._step(_DIRECTIONS[key], event.modifiers())
        elif key in self._keys:
            self._keys[key]()
        elif self.selected is not None and key in _FOR_SELECTION:
            if key == Qt.Key.Key_Escape:
                self.select(None)
            else:
                self.zoom_to_selection_wished.emit()
        else:
            return False
        return True

    def _pan(self, share: float) -> None:
        self.window_wished.emit(panned(self._axis.window_shown, share, self._now()))

    def pan(self, direction: int) -> None:
        """Go half of what is shown to earlier (-1) or later (1) times."""
        self._pan(direction * _PAN_FAR)

    def zoom(self, factor: float) -> None:
        """Show so many times as much time, about the cursor or else the middle."""
        shown = self._axis.window_shown
        inside = self.cursor is not None and shown.begin <= self.cursor <= shown.end
        about = self.cursor if inside and self.cursor else shown.begin + shown.length / 2
        self.window_wished.emit(zoomed(shown, factor, about, self._now()))

    def _step(self, direction: int, modifiers: Qt.KeyboardModifier) -> None:
        shown = self._axis.window_shown
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._pan(direction * _PAN)
            return
        before = self.cursor or shown.begin + shown.length / 2
        by = max(self.step, shown.length / 200)
        after = min(before + direction * by, self._now()) if self.cursor else before
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            if self._anchor is None or self.selected is None:
                self._anchor = before
            self._select(self._anchor, after)
        else:
            self._anchor = None
        wished = followed(shown, after, self._now())
        if wished != shown:
            self.window_wished.emit(wished)
        self._look_at(after, by_key=True)

    def _look_at(self, at: datetime | None, *, by_key: bool) -> None:
        self.cursor = at
        self.cursor_moved.emit(at, by_key)

    def look_at(self, at: datetime | None) -> None:
        """Put the cursor at a moment."""
        self._look_at(at, by_key=False)

    def select(self, stretch: Window | None) -> None:
        """Select a stretch."""
        self.selected = stretch
        self.stretch_selected.emit(stretch)

    def _select(self, one: datetime | None, other: datetime | None) -> None:
        if one is None or other is None or one == other:
            self.select(None)
        else:
            self.select(Window(min(one, other), max(one, other)))


_DIRECTIONS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_FOR_SELECTION: tuple[int, ...] = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
