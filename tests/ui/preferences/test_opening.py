import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QMenu

from fakes.clock import FakeClock
from fakes.recorded import NOW
from manara.login import start_at_login
from manara.monitor.assembly import build_monitor
from manara.settings import SetOptions
from manara.ui.notifier import Notifier
from manara.ui.preferences.opening import preferences_window
from manara.ui.tray import Tray, Wishes
from manara.wording import Translator

WRITTEN = """\
[[services]]
id = "shop"
name = "Shop"
paused = true
[[services.checks]]
type = "http"
url = "https://shop.example/"
"""


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "settings.toml"
    made.write_text(WRITTEN)
    return made


@pytest.fixture
def monitor(path, tmp_path):
    """A real monitor, which watches one service that is paused."""
    made = build_monitor(path, tmp_path / "data", FakeClock(NOW))
    made.start().result(30)
    yield made
    made.stop()


@pytest.fixture
def window(monitor, tmp_path, qtbot, monkeypatch):
    # Neither the desktop's bus nor the user's own folders are for tests.
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    tr, menu = Translator(), QMenu()
    nothing = [lambda *_: None] * 6
    tray = Tray(tr, Wishes(*nothing), QPalette, menu, lambda: False)
    made = preferences_window(
        tr,
        lambda: NOW,
        monitor,
        add_service=nothing[0],
        edit_services=nothing[1],
        import_file=nothing[2],
        export_file=nothing[3],
        notifier=Notifier(tr, lambda: NOW, []),
        tray=tray,
        autostart=start_at_login(),
        silence=menu,
        data_folder=tmp_path,
        use_appearance=nothing[4],
    )
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not made.is_busy)
    yield made
    made.close_for_good()


def test_the_window_changes_the_settings_of_a_real_monitor_and_takes_it_back(window, path, qtbot):
    window.show_page("checks")
    form = window.page.form
    form.fields["confirm"].editor.control.selectAll()
    qtbot.keyClicks(form.fields["confirm"].editor.control, "5")
    form.commit()
    qtbot.waitUntil(lambda: not window.is_busy)
    assert "confirm = 5" in path.read_text()

    window.bar.action.trigger()
    qtbot.waitUntil(lambda: path.read_text() == WRITTEN)


def test_what_the_monitor_watches_is_listed(window):
    assert [row.name for row in window.page.model.rows] == ["Shop"]
    assert window.page.model.rows[0].looks == "https://shop.example/"


def test_other_changes_of_the_monitor_are_shown(window, monitor, qtbot):
    window.show_page("checks")
    monitor.change(SetOptions("checks", {"recover": 9})).result(20)

    window.look_again()

    qtbot.waitUntil(lambda: window.page.form.fields["recover"].editor.control.text() == "9")


def test_a_desktop_without_a_message_bus_is_told(window, qtbot):
    window.show_page("notifications")

    qtbot.waitUntil(lambda: "only the window tells" in window.page._server.text())
