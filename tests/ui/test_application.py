import os
import socket
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QTimer

from fakes.keyring import FakeRing
from fakes.waiting import eventually
from manara.model import (
    AppearanceOptions,
    ColourScheme,
    Incident,
    IncidentChanged,
    Interval,
    Member,
    SystemClock,
    TileSize,
)
from manara.model import Window as Period
from manara.monitor.assembly import build_monitor
from manara.monitor.outline import read_appearance
from manara.secrets import Keyring, SecretStore
from manara.ui.application import Application
from manara.ui.crash_dialog import CrashDialog
from manara.ui.theme import is_dark
from manara.ui.tile import Order
from manara.ui.window_state import WindowState
from manara.wording import Translator


def now():
    return datetime.now(UTC)


@pytest.fixture
def port():
    """A port of this computer that answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


@pytest.fixture
def settings(tmp_path, port):
    path = tmp_path / "settings.toml"
    path.write_text(
        "[network]\nwitness_resolvers = []\nanchors = []\n[checks]\nconfirm = 1\n"
        f'[[services]]\nname = "Shop"\nchecks = [{{ type = "tcp", host = "127.0.0.1", port = {port} }}]\n'
        f'[[services]]\nname = "Blog"\nchecks = [{{ type = "tcp", host = "127.0.0.1", port = {port} }}]\n'
    )
    return path


@pytest.fixture
def make(program, tmp_path, settings):
    """Make the program as a start does; all that were made are ended."""
    made = []

    def make():
        monitor = build_monitor(settings, tmp_path / "data", SystemClock())
        application = Application(
            program,
            monitor,
            WindowState(tmp_path),
            tr=Translator(),
            now=now,
            appearance=read_appearance(settings),
            at_login=("--background",),
            data_folder=tmp_path / "data",
        )
        made.append(application)
        return application

    def end(application):
        made.remove(application)
        application.end()
        application.window.close()

    make.end = end
    yield make
    while made:
        end(made[-1])


def ups(application):
    return [tile.name for tile in application.window.tiles.tiles if tile.sentence(Translator(), now()).startswith("Up")]


def test_what_is_measured_is_seen_in_the_window(make, qtbot):
    application = make()

    application.start(in_background=False)

    assert application.window.isVisible()
    qtbot.waitUntil(lambda: ups(application) == ["Shop", "Blog"])


def test_in_the_background_no_window_is_shown(make):
    application = make()

    application.start(in_background=True)

    assert not application.window.isVisible()


@pytest.mark.parametrize("in_background", [False, True])
def test_settings_that_cannot_be_used_end_it_with_the_reason(make, settings, program, in_background):
    settings.write_text("[checks]\ninterval = -1\n")
    application = make()

    application.start(in_background=in_background)
    program.exec()

    assert [problem.path for problem in application.refusal.problems] == ["checks.interval"]


def test_the_services_are_named_before_anything_is_loaded(make):
    application = make()
    before = threading.active_count()

    application.start(in_background=True)

    assert [tile.name for tile in application.window.tiles.tiles] == ["Shop", "Blog"]
    assert threading.active_count() == before


def test_what_was_measured_is_kept_and_drawn_at_the_next_start(make, qtbot):
    first = make()
    first.start(in_background=True)
    qtbot.waitUntil(lambda: ups(first) == ["Shop", "Blog"])
    make.end(first)

    second = make()
    second.start(in_background=True)

    qtbot.waitUntil(lambda: ups(second) == ["Shop", "Blog"])


def test_a_bad_edit_of_the_settings_is_told_in_the_window_until_it_is_mended(make, settings, qtbot):
    application = make()
    application.start(in_background=False)
    qtbot.waitUntil(lambda: ups(application) == ["Shop", "Blog"])
    good = settings.read_text()

    settings.write_text(good.replace("confirm = 1", "confirm = -1"))
    qtbot.waitUntil(application.window.refused.isVisible)
    assert "checks.confirm" in application.window.refused.message.text.text()

    settings.write_text(good)
    qtbot.waitUntil(lambda: not application.window.refused.isVisible())


def test_a_bad_catalogue_of_the_user_is_told_in_the_window_until_it_is_mended(make, tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    own = tmp_path / "config" / "manara" / "catalogue.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[[services]]\nid = "intranet"\n')
    application = make()

    application.start(in_background=False)
    qtbot.waitUntil(application.window.refused.isVisible)
    assert str(own) in application.window.refused.message.text.text()

    own.write_text("# Nothing yet.\n")
    qtbot.waitUntil(lambda: not application.window.refused.isVisible())


@pytest.fixture
def ring():
    """A keyring that nothing is read from while services are looked at: those of the test are paused."""
    return FakeRing()


@pytest.fixture
def with_secret(make, settings, ring, tmp_path):
    """Make the program with a keyring in memory, and a service that needs a secret of it."""

    def make_with_secret():
        application = make()
        secrets = SecretStore(Keyring(lambda: ring), tmp_path / "secrets", used_by=str(settings))
        application._monitor.secrets = secrets
        return application, secrets

    return make_with_secret


def test_a_secret_of_a_removed_service_is_there_until_nothing_can_be_undone(with_secret, make, settings, ring, qtbot):
    application, secrets = with_secret()
    reference = secrets.store("mail.bearer", "s3cret").result(10)
    written = settings.read_text() + (
        '[[services]]\nid = "mail"\nname = "Mail"\npaused = true\n'
        f'checks = [{{ type = "http", url = "https://mail.example/", bearer = "{reference}" }}]\n'
    )
    settings.write_text(written)
    application.start(in_background=True)
    qtbot.waitUntil(lambda: ups(application) == ["Shop", "Blog"])
    application.window.remove_wished.emit({"mail": "Mail"})
    qtbot.waitUntil(lambda: bool(application.window.bar.kept))
    assert ring.secrets == {"mail.bearer": "s3cret"}
    application.window.bar.undo_last()
    qtbot.waitUntil(lambda: settings.read_text() == written)

    make.end(application)
    assert ring.secrets == {"mail.bearer": "s3cret"}

    application, _ = with_secret()
    application.start(in_background=True)
    qtbot.waitUntil(lambda: ups(application) == ["Shop", "Blog"])
    application.window.remove_wished.emit({"mail": "Mail"})
    qtbot.waitUntil(lambda: bool(application.window.bar.kept))
    make.end(application)
    eventually(lambda: ring.secrets == {})


def test_a_secret_that_the_last_run_left_behind_is_forgotten_at_the_start(with_secret, ring, qtbot):
    application, secrets = with_secret()
    secrets.store("mail.bearer", "s3cret").result(10)

    application.start(in_background=True)

    qtbot.waitUntil(lambda: ring.secrets == {})


def test_without_a_tray_the_window_comes_up_after_a_while_and_says_why(make, qtbot):
    application = make()
    application._patience.setInterval(0)

    application.start(in_background=True)

    qtbot.waitUntil(application.window.isVisible)
    assert "no system tray" in application.window.statusBar().currentMessage()


def test_a_panel_that_is_only_late_is_waited_for(make, qtbot):
    application = make()
    application.start(in_background=True)

    application.tray.host_changed.emit(True)

    assert not application._patience.isActive()


def test_a_panel_that_went_away_is_waited_for_again(make):
    application = make()
    application.start(in_background=True)
    application.tray.host_changed.emit(True)

    application.tray.host_changed.emit(False)

    assert application._patience.isActive()
    assert not application.window.isVisible()


def test_a_window_that_is_there_already_stays_as_it_is_without_a_tray(make, qtbot):
    application = make()
    application._patience.setInterval(0)

    application.start(in_background=False)

    qtbot.waitUntil(lambda: "no system tray" in application.window.statusBar().currentMessage())
    assert application.window.isVisible()


def test_without_a_tray_a_closed_window_is_only_made_small(make, qtbot):
    application = make()
    application.start(in_background=False)

    application.window.close()

    qtbot.waitUntil(application.window.isMinimized)
    assert application.window.isVisible()


def test_with_a_tray_a_closed_window_is_gone_and_nothing_is_said(make, qtbot):
    application = make()
    application.tray._host_is_there = lambda: True
    application.start(in_background=False)

    application.window.close()
    qtbot.waitUntil(lambda: len(application.window.tiles.tiles) == 2)

    assert not application._patience.isActive()
    assert not application.window.isVisible()


def test_the_past_of_a_service_is_read_once_and_that_of_a_new_one_when_it_comes(make, qtbot):
    application = make()
    answers = []
    application._series_read.connect(answers.append)
    application.start(in_background=True)
    qtbot.waitUntil(lambda: ups(application) == ["Shop", "Blog"])
    # The last answer comes some time after the last question.
    qtbot.waitUntil(lambda: len(answers) >= 2 and not application._unread)

    application._read_trends(["shop", "blog"])
    application._read_trends(["shop", "blog", "new"])

    qtbot.waitUntil(lambda: len(answers) > 2 and not application._unread)
    assert (len(answers), application._asked) == (3, {"shop", "blog", "new"})


def test_another_start_brings_the_window_up_with_its_right_to_do_so(make, monkeypatch):
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    application = make()
    application.start(in_background=True)

    application.show_for(b"")
    assert "XDG_ACTIVATION_TOKEN" not in os.environ
    application.show_for(b"token-7")

    assert application.window.isVisible()
    assert os.environ.pop("XDG_ACTIVATION_TOKEN") in ("token-7", "")


def test_a_service_is_opened_on_its_page(make, qtbot):
    application = make()
    application.start(in_background=True)
    qtbot.waitUntil(lambda: len(application.window.tiles.tiles) == 2)

    application.open_service("blog")

    assert application.window.drawer.page.isVisible()
    assert application.window.drawer.page.service_id == "blog"


def test_what_a_notification_was_about_is_opened(make, qtbot):
    application = make()
    application.start(in_background=True)
    qtbot.waitUntil(lambda: len(application.window.tiles.tiles) == 2)

    application._notifier.open_wished.emit(["shop", "blog"], "")

    assert application.window.drawer.page.service_id == "shop"
    assert application.incidents.window is None


def test_what_was_told_of_services_that_fail_together_opens_their_incident(make, qtbot):
    application = make()
    application.start(in_background=True)
    qtbot.waitUntil(lambda: ups(application) == ["Shop", "Blog"])
    began = Interval(None, now())
    members = (Member("shop", "Shop", began), Member("blog", "Blog", began))
    application.window.take([IncidentChanged(now(), Incident("20211004-154010-1", members, began))])
    application.incidents.open()
    application.incidents.window.take([IncidentChanged(now(), Incident("20211004-154010-1", members, began))])

    application._notifier.open_wished.emit(["shop", "blog"], "")

    assert application.incidents.window.list.selected == "20211004-154010-1"


def test_without_services_there_is_no_history_to_open(make, settings):
    settings.write_text("services = 1")
    application = make()

    application.open_history()

    assert application._past is None


def test_the_history_opens_in_a_window_of_its_own(make, qtbot):
    application = make()
    application.start(in_background=True)
    qtbot.waitUntil(lambda: ups(application) == ["Shop", "Blog"])
    application.open_history("blog")
    past = application._past
    application.open_history()

    assert past.isVisible()
    assert application._past is past


def test_incidents_open_in_a_window_that_leads_to_the_past_at_that_time(make, qtbot):
    application = make()
    application.start(in_background=True)
    qtbot.waitUntil(lambda: ups(application) == ["Shop", "Blog"])
    application.window.incident_wished.emit("")
    incidents = application.incidents.window
    assert incidents.isVisible()

    end = now() - timedelta(days=1)
    incidents.history_wished.emit("blog", Period(end - timedelta(hours=2), end))

    shown = application._past.view.shown
    assert application._past.view.service_ids == ("blog",)
    assert shown.begin < end - timedelta(hours=2)
    assert end < shown.end < now() - timedelta(hours=12)
    make.end(application)
    assert not incidents.isVisible()


def test_order_and_size_are_remembered(make, settings, qtbot):
    first = make()
    first.start(in_background=True)
    qtbot.waitUntil(lambda: ups(first) == ["Shop", "Blog"])
    first.window.filters.choose(Order.BY_NAME, TileSize.LIST)
    qtbot.waitUntil(lambda: read_appearance(settings).density is TileSize.LIST)
    make.end(first)

    second = make()
    second.start(in_background=True)

    assert second.window.filters.choice.order is Order.BY_NAME
    assert second.window.grid.density is TileSize.LIST


def test_the_users_own_order_is_remembered(make, qtbot):
    application = make()
    application.start(in_background=False)
    application.window.filters.choose(Order.OWN, TileSize.LIST)
    qtbot.waitUntil(lambda: len(application.window.tiles.tiles) == 2)
    application.window.tiles.move(["blog"], 0)
    make.end(application)

    again = make()
    again.start(in_background=False)

    qtbot.waitUntil(lambda: [tile.name for tile in again.window.tiles.tiles] == ["Blog", "Shop"])


def test_notifications_rest_for_as_long_as_was_wished_in_one(make, qtbot):
    application = make()
    application.start(in_background=True)

    application._notifier.snooze_wished.emit(timedelta(hours=1))

    qtbot.waitUntil(lambda: application._monitor.snapshot().silence is not None)


def test_a_report_of_an_earlier_run_is_offered_over_the_window(make, tmp_path):
    application = make()
    application.start(in_background=False)

    application.offer_report("<b>boom</b>", tmp_path / "last-crash.txt")

    (dialog,) = application.window.findChildren(CrashDialog)
    assert dialog.isVisible()
    assert dialog.report.toPlainText() == "<b>boom</b>"
    dialog.close()


def test_quitting_ends_the_loop(make, program):
    application = make()
    application.start(in_background=True)
    QTimer.singleShot(0, application.window.leave_wished.emit)

    assert program.exec() == 0


def test_a_history_that_cannot_be_read_leaves_the_tiles_without_a_trend(make, qtbot, tmp_path):
    (tmp_path / "data").write_text("in the way")
    application = make()

    application.start(in_background=True)

    qtbot.waitUntil(lambda: ups(application) == ["Shop", "Blog"])


def test_another_appearance_holds_at_once(make, program):
    application = make()
    application.start(in_background=False)

    application.use_appearance(AppearanceOptions(theme=ColourScheme.DARK, density=TileSize.LIST))
    dark = is_dark(program.palette())
    application.use_appearance(AppearanceOptions(theme=ColourScheme.LIGHT, density=TileSize.ROOMY))

    assert dark
    assert not is_dark(program.palette())
    assert application.window.grid.density is TileSize.ROOMY
