"""What is selected in a table, as text for other programs."""

from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QTableView

from manara.ui.plain import bare
from manara.wording import Translator


def offer_copy(tr: Translator, table: QTableView) -> None:
    """Let a table copy its rows by the usual key and by its menu."""
    copy = QAction(tr("Copy"), table)
    copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
    copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    copy.triggered.connect(partial(_copy, table))
    table.addAction(copy)
    table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


def text_of(table: QTableView) -> str:
    """Return the titles and the selected rows, with none selected all of them; tabs between columns."""
    model, selection = table.model(), table.selectionModel()
    role = Qt.ItemDataRole.DisplayRole
    titles = [model.headerData(column, Qt.Orientation.Horizontal, role) for column in range(model.columnCount())]
    rows = sorted(index.row() for index in selection.selectedRows()) or range(model.rowCount())
    lines = [[model.index(row, column).data(_TOLD) for column in range(model.columnCount())] for row in rows]
    return bare("\n".join("\t".join(map(str, line)) for line in [titles, *lines]))


_TOLD = Qt.ItemDataRole.AccessibleTextRole
"""What a cell tells, without the marks that keep its direction on the screen."""


def select_row(table: QTableView, row: int) -> None:
    """Look at a row and select it, without telling anybody that it was chosen."""
    flags = QItemSelectionModel.SelectionFlag
    index = table.model().index(row, 0) if row >= 0 else QModelIndex()
    table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)


def _copy(table: QTableView, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - as the signal has it
    QGuiApplication.clipboard().setText(text_of(table))
