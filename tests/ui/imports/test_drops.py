from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from manara.ui.imports.drops import Drops


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.got = []
    made.drops = Drops(made)
    made.drops.dropped.connect(made.got.append)
    return made


def mime(*, urls=(), text=None):
    data = QMimeData()
    if urls:
        data.setUrls([QUrl(url) for url in urls])
    if text is not None:
        data.setText(text)
    return data


def drop(window, data):
    keys = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPoint(1, 1), *keys)
    entered.ignore()
    QApplication.sendEvent(window, entered)
    dropped = QDropEvent(QPointF(1, 1), *keys)
    dropped.ignore()
    QApplication.sendEvent(window, dropped)
    return entered.isAccepted()


@pytest.mark.parametrize(
    ("data", "source"),
    [
        (mime(urls=["file:///home/you/kuma.db", "file:///home/you/other"]), Path("/home/you/kuma.db")),
        (mime(text="a.example\nb.example"), "a.example\nb.example"),
        (mime(urls=["https://a.example/"], text="https://a.example/"), "https://a.example/"),
    ],
)
def test_files_and_texts_can_be_dropped(window, data, source):
    assert drop(window, data)

    assert window.got == [source]


@pytest.mark.parametrize("data", [mime(), mime(text="  ")])
def test_what_is_nothing_to_import_is_not_taken(window, data):
    assert not drop(window, data)

    assert window.got == []


def test_other_events_pass(window):
    assert not window.drops.eventFilter(window, QEvent(QEvent.Type.User))
