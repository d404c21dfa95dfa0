"""The menu of the chart."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from manara.wording import Translator


class ChartMenu(QMenu):
    """What can be done at a place of the chart."""

    label_wished = Signal()
    zoom_wished = Signal()
    reset_wished = Signal()

    def __init__(self, tr: Translator, readout: str, parent: QWidget, *, selected: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._readout = readout
        if selected:
            self.addAction(tr("Label the selected time…")).triggered.connect(self.label_wished)
            self.addAction(tr("Zoom to the selected time")).triggered.connect(self.zoom_wished)
        else:
            self.addAction(tr("Label this time…")).triggered.connect(self.label_wished)
        self.addAction(tr("Show the chosen range again")).triggered.connect(self.reset_wished)
        self.addAction(tr("Copy the read-out")).triggered.connect(self.copy)

    @Slot()
    def copy(self) -> None:
        """Put the read-out on the clipboard."""
        QGuiApplication.clipboard().setText(self._readout)
