"""How tables of this window look: lists of rows, not sheets of cells."""

from PySide6.QtWidgets import QAbstractItemView, QTableView


def look_like_a_list(table: QTableView, line_heights: float) -> None:
    """Give a table rows of so many heights of a line, which are chosen as a whole; the Tab key leads out of it."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setAlternatingRowColors(True)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(round(table.fontMetrics().height() * line_heights))
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setStretchLastSection(True)
