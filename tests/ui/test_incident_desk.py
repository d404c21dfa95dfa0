"""How the window of incidents is opened, and what it is told."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from fakes.checks import make_service
from fakes.desktop import watched
from fakes.keeping import keeping
from manara.model import Incident, IncidentChanged, Interval, Member
from manara.monitor import Snapshot
from manara.ui.incident_desk import IncidentDesk
from manara.ui.window import Window
from manara.ui.window_state import WindowState
from manara.wording import Translator

NOW = datetime(2021, 10, 4, 15, 54, 10, tzinfo=UTC)
TR = Translator()


class Deaf:
    def check_now(self, service_ids):
        pass

    acknowledge = unacknowledge = undo = check_now


def incident(incident_id="20211004-154010-1"):
    began = Interval(None, NOW)
    return Incident(incident_id, (Member("shop", "Shop", began), Member("bank", "Bank", began)), began)


@pytest.fixture
def monitor(tmp_path):
    with keeping(tmp_path / "data") as history:
        services = (make_service("shop"), make_service("bank"))
        snapshot = Snapshot(services=services, states=watched(*services).states, incidents=(incident(),))
        yield SimpleNamespace(history=history, snapshot=lambda: snapshot)


@pytest.fixture
def window(qtbot):
    made = Window(TR, lambda: NOW, Deaf())
    qtbot.addWidget(made)
    return made


@pytest.fixture
def make(monitor, window, tmp_path, qtbot):
    def make_one():
        return IncidentDesk(TR, lambda: NOW, monitor, window, WindowState(tmp_path))

    return make_one


def close(desk, qtbot):
    desk.close()
    qtbot.addWidget(desk.window)


def test_the_incident_that_is_wished_is_shown(make, window, qtbot):
    desk = make()

    window.incident_wished.emit("20211004-154010-1")

    assert desk.window.isVisible()
    assert "Shop and Bank are down" in desk.window.page.title.text()
    close(desk, qtbot)


def test_what_went_on_before_the_start_is_above_the_services(make, window):
    desk = make()

    desk.take([IncidentChanged(NOW, incident("other"))])
    assert window.banner.isHidden()
    desk.take([watched(make_service("shop"), make_service("bank"))])

    assert not window.banner.isHidden()
    desk.close()


def test_news_and_wishes_go_through(make, window, qtbot):
    desk = make()
    desk.open()
    desk.take([IncidentChanged(NOW, incident("20211004-154010-2"))])

    desk.open("20211004-154010-2")

    assert desk.window.list.model.rowCount() == 2
    with qtbot.waitSignal(desk.history_wished) as told:
        desk.window.page.history.click()
    assert told.args[0] == "shop"
    close(desk, qtbot)


def test_the_window_comes_back_where_it_was(make, window, qtbot):
    first = make()
    first.open()
    first.window.resize(760, 555)
    close(first, qtbot)
    window.incident_wished.disconnect(first.open)

    second = make()
    second.open()

    assert (second.window.width(), second.window.height()) == (760, 555)
    assert first.window.list.selected == second.window.list.selected
    close(second, qtbot)
