"""Where windows were and how they looked, remembered from one start to the next."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

from manara.ui.tile import Order


class WindowState:
    """A small file of Qt's own; one that is missing or odd only means that windows look as at the first start."""

    def __init__(self, folder: Path) -> None:
        self._file = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def restore_window(self, window: QMainWindow, name: str) -> None:
        """Put a window where it was; Qt brings one back that would be outside of every screen."""
        place = self._file.value(f"{name}/geometry")
        if isinstance(place, QByteArray):
            window.restoreGeometry(place)

    def keep_window(self, window: QMainWindow, name: str) -> None:
        """Remember where a window is."""
        self._file.setValue(f"{name}/geometry", window.saveGeometry())

    @property
    def welcomed(self) -> bool:
        """Whether the user was led through the first minutes, to whatever end."""
        return bool(self._file.value("welcome/done") == "true")

    @welcomed.setter
    def welcomed(self, welcomed: bool) -> None:
        self._file.setValue("welcome/done", "true" if welcomed else "false")

    @property
    def order(self) -> Order:
        """How tiles are sorted."""
        return _member(Order, self._file.value("grid/order"), Order.PROBLEMS_FIRST)

    @order.setter
    def order(self, order: Order) -> None:
        self._file.setValue("grid/order", order.value)

    @property
    def own_order(self) -> list[str]:
        """The ids of the services in the order into which the user has put them."""
        ids = self._file.value("grid/own-order")
        # Qt writes a list of one as a text, and one of none as nothing.
        return [ids] if isinstance(ids, str) else list(map(str, ids)) if isinstance(ids, list) else []

    @own_order.setter
    def own_order(self, service_ids: Sequence[str]) -> None:
        self._file.setValue("grid/own-order", list(service_ids))


Word = TypeVar("Word", bound=StrEnum)


def _member(kind: type[Word], word: object, otherwise: Word) -> Word:
    try:
        return kind(str(word))
    except ValueError:
        return otherwise
