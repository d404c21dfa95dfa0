"""What is opened ten thousand times a year must not stay behind."""

import gc
import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMenu

from fakes.checks import make_service
from fakes.desktop import answered, looked_at, watched
from fakes.recorded import NOW, hanging
from manara.model import Verdict
from manara.ui.window import Window
from manara.wording import Translator


class Deaf:
    """Commands that nobody follows."""

    def check_now(self, service_ids):
        pass

    acknowledge = unacknowledge = undo = check_now


@pytest.fixture
def window(qtbot):
    made = Window(Translator(), lambda: NOW, Deaf())
    qtbot.addWidget(made)
    made.take([watched(*[make_service(f"s{n}", tags=(f"t{n}",)) for n in range(50)])])
    made.show()
    QApplication.processEvents()
    return made


def settle():
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def resident_mib():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def counted(window):
    """What there is of everything that could stay behind."""
    settle()
    return {
        "widgets": len(QApplication.allWidgets()),
        "objects": len(window.findChildren(QObject)),
        "threads": threading.active_count(),
        "files": len([*Path("/proc/self/fd").iterdir()]),
    }


def batch(n):
    verdict = (Verdict.UP, Verdict.DOWN, Verdict.DEGRADED)[n % 3]
    return [answered(f"s{(n + each) % 50}", looked_at(verdict), ms=float(n % 400)) for each in range(20)]


@pytest.mark.no_cover
def test_two_thousand_batches_of_news_leave_nothing_behind(window):
    window.open_service("s1")
    for n in range(300):
        window.take(batch(n))
    before, memory = counted(window), resident_mib()

    for n in range(2000):
        window.take(batch(n))
        if n % 50 == 0:
            QApplication.processEvents()

    assert counted(window) == before
    assert resident_mib() - memory < 12


def test_two_hundred_openings_of_page_and_menu_leave_nothing_behind(window):
    def open_and_close(n):
        service_id = f"s{n % 50}"
        window.take([answered(service_id, hanging())])
        window.open_service(service_id)
        window.grid.customContextMenuRequested.emit(window.grid.visualRect(window.tiles.index_of(service_id)).center())
        for menu in window.findChildren(QMenu):
            menu.close()
        window.drawer.page.closed.emit()
        QApplication.processEvents()

    for n in range(60):
        open_and_close(n)
    before, memory = counted(window), resident_mib()

    for n in range(200):
        open_and_close(n)

    assert counted(window) == before
    assert resident_mib() - memory < 12


def test_other_tags_and_services_leave_nothing_behind(window):
    services = [
        [make_service(f"s{n}", tags=(f"t{n}",), group=f"g{n}") for n in range(start, start + 50)] for start in (0, 25)
    ]
    for n in range(10):
        window.take([watched(*services[n % 2])])
    before = counted(window)

    for n in range(200):
        window.take([watched(*services[n % 2])])

    assert counted(window) == before
