"""The table of an import with what can be chosen in it, and everything about the row that the keyboard is at."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from manara.ui.imports.preview_model import BECOMES, LOOKS_AT, LOST, NAME, PreviewModel
from manara.ui.past.buttons import named
from manara.wording import Translator

_WIDTHS_EM = {NAME: 11, LOOKS_AT: 13, BECOMES: 7}
_ABOUT_LINES = 5


class PreviewTable(QWidget):
    """Shows a model."""

    def __init__(self, tr: Translator, model: PreviewModel) -> None:
        super().__init__()
        self._model = model
        self.table = QTreeView()
        self.table.setModel(model)
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setAllColumnsShowFocus(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAccessibleName(tr("What was found"))
        self.table.setAccessibleDescription(tr("Space chooses a service or does not."))
        header = self.table.header()
        header.setAccessibleName(tr("Columns"))
        header.setSectionsMovable(False)
        em = self.fontMetrics().height()
        for column, width in _WIDTHS_EM.items():
            header.resizeSection(column, em * width)
        header.setSectionResizeMode(LOST, QHeaderView.ResizeMode.Stretch)
        self.about = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self.about.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.about.setAccessibleName(tr("About this row"))
        self.about.setAccessibleDescription(tr("What comes over of it, and what does not"))
        self.about.setFixedHeight(round(self.fontMetrics().lineSpacing() * (_ABOUT_LINES + 1)))
        self.all = named(QPushButton(), tr("Choose &all"), tr("Choose everything that is new"))
        self.none = named(QPushButton(), tr("Choose &none"), tr("Choose nothing"))
        buttons = QHBoxLayout()
        for button in (self.all, self.none):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.addWidget(self.table, 1)
        column_.addWidget(self.about)
        column_.addLayout(buttons)
        self.all.clicked.connect(model.choose_all)
        self.none.clicked.connect(model.choose_none)
        self.table.selectionModel().currentChanged.connect(self._show_about)

    def begin(self) -> None:
        """Let the keyboard be at the first row."""
        self.table.setCurrentIndex(self._model.index(0, NAME))
        self.table.setFocus()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take over another palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._model.set_palette(self.palette())

    @Slot(QModelIndex)
    def _show_about(self, index: QModelIndex) -> None:
        self.about.setPlainText(self._model.about(index.row()) if index.isValid() else "")
