"""The windows in which settings are changed. Each is loaded when it is first wanted: a start must not wait for them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMenu

from manara.loading import load
from manara.model import AppearanceOptions, Event, ServicesChanged, TileSize
from manara.monitor import Monitor
from manara.ui.front import bring_to_front
from manara.ui.imports.drops import Drops
from manara.ui.notifier import Notifier
from manara.ui.questions import Questions
from manara.ui.tray import Tray
from manara.ui.window import Window
from manara.wording import Translator

if TYPE_CHECKING:
    from manara.login import StartAtLogin
    from manara.settings import Stored
    from manara.ui.editor.changing import ServiceChanges
    from manara.ui.editor.desk import Desk
    from manara.ui.editor.surroundings import Surroundings
    from manara.ui.first_run.window import FirstRun
    from manara.ui.imports.desk import ImportDesk
    from manara.ui.preferences.window import PreferencesWindow


class SettingsWindows(QObject):
    """Opens them for what the main window wishes; what they have done can be taken back there."""

    def __init__(
        self,
        tr: Translator,
        now: Callable[[], datetime],
        monitor: Monitor,
        window: Window,
        *,
        notifier: Notifier,
        tray: Tray,
        silence: QMenu,
        at_login: tuple[str, ...],
        data_folder: Path,
        use_appearance: Callable[[AppearanceOptions], object],
    ) -> None:
        super().__init__(window)
        self._tr = tr
        self._now = now
        self._monitor = monitor
        self._window = window
        self._notifier = notifier
        self._tray = tray
        self._silence = silence
        self._at_login = at_login
        self._data_folder = data_folder
        self._use_appearance = use_appearance
        self._first_run: FirstRun | None = None
        self._questions = Questions(self)
        window.preferences_wished.connect(self.open_preferences)
        window.choosing_wished.connect(self.choose_services)
        window.add_wished.connect(self.add_service)
        window.import_wished.connect(self.import_file)
        window.export_wished.connect(self.export_file)
        Drops(window).dropped.connect(self.bring)
        window.edit_wished.connect(self.edit)
        window.remove_wished.connect(self._remove)
        window.pause_wished.connect(self._pause)
        window.resume_wished.connect(self._resume)

    @Slot()
    def open_preferences(self) -> None:
        """Show the preferences."""
        bring_to_front(self._preferences)

    @Slot()
    def choose_services(self) -> None:
        """Let the user pick from the catalogue and paste addresses."""
        self._lead(services_only=True)

    def welcome_if_new(self, welcomed: Callable[[], object]) -> None:
        """Lead through the first minutes where nothing was chosen yet; tell when that is done."""

        def see(stored: "Stored") -> None:
            if not stored.chosen:
                self._lead(services_only=False)
                welcomed()

        self._questions.ask("stored", self._monitor.stored(), see)

    @Slot()
    def add_service(self) -> None:
        """Let the user describe one service more."""
        self._desk.add()

    @Slot()
    def import_file(self) -> None:
        """Let the user bring services along in a file."""
        self._imports.ask(self._window)

    @Slot(object)
    def bring(self, source: Path | str) -> None:
        """Show what a file or a text would bring."""
        self._imports.bring(source)

    @Slot()
    def export_file(self) -> None:
        """Let the user write the services into a file."""
        self._imports.export()

    @Slot(list)
    def edit(self, service_ids: Sequence[str]) -> None:
        """Let the user change services."""
        self._desk.edit(service_ids)

    def set_density(self, density: TileSize) -> None:
        """Write how large services are shown; that it can be seen is all the answer that is needed."""
        self._monitor.change(load("manara.settings:SetOptions")("appearance", {"density": density.value}))

    @Slot(dict)
    def _remove(self, names: Mapping[str, str]) -> None:
        self._changes.remove(names)

    @Slot(dict)
    def _pause(self, names: Mapping[str, str]) -> None:
        self._changes.pause(names)

    @Slot(dict)
    def _resume(self, names: Mapping[str, str]) -> None:
        self._changes.resume(names)

    def _lead(self, *, services_only: bool) -> None:
        if self._first_run is None:
            window: FirstRun = load("manara.ui.first_run.opening:first_run_window")(
                self._around,
                autostart=self._autostart,
                notifier=self._notifier,
                tray=self._tray,
                services_only=services_only,
            )
            window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            window.saved.connect(self._window.bar.offer)
            window.finished.connect(self._forget_first_run)
            self._first_run = window
        bring_to_front(self._first_run)

    @Slot()
    def _forget_first_run(self) -> None:
        self._first_run = None

    def take(self, events: Sequence[Event]) -> None:
        """Let the windows that are open see whether what happened is about them."""
        if "_preferences" in self.__dict__:
            self._preferences.take(events)
        if "_desk" in self.__dict__ and any(isinstance(event, ServicesChanged) for event in events):
            self._desk.look_again()

    def close(self) -> None:
        """The program ends: ask nothing, and wait for no answer."""
        self._questions.close()
        if "_desk" in self.__dict__:
            self._desk.close()
        if "_changes" in self.__dict__:
            self._changes.close()
        if "_imports" in self.__dict__:
            self._imports.close()
        if "_preferences" in self.__dict__:
            self._preferences.close_for_good()
        if self._first_run is not None:
            self._first_run.close()
        self._window.bar.close_questions()

    @cached_property
    def _autostart(self) -> "StartAtLogin":
        autostart: StartAtLogin = load("manara.login:start_at_login")(self._at_login)
        return autostart

    @cached_property
    def _around(self) -> "Surroundings":
        understanding = load("manara.ui.editor.desk:usual_understanding")(self._tr)
        around: Surroundings = load("manara.ui.editor.surroundings:Surroundings")(
            self._tr, self._now, self._monitor, understanding, self._monitor.secrets
        )
        return around

    @cached_property
    def _desk(self) -> "Desk":
        desk: Desk = load("manara.ui.editor.desk:Desk")(self._around, self)
        desk.saved.connect(self._window.bar.offer)
        desk.failed.connect(self._window.bar.say)
        return desk

    @cached_property
    def _imports(self) -> "ImportDesk":
        desk: ImportDesk = load("manara.ui.imports.desk:ImportDesk")(self._around, self)
        desk.saved.connect(self._window.bar.offer)
        desk.failed.connect(self._window.bar.say)
        return desk

    @cached_property
    def _changes(self) -> "ServiceChanges":
        make = load("manara.ui.editor.changing:ServiceChanges")
        changes: ServiceChanges = make(self._tr, self._monitor, self._window.bar, self)
        return changes

    @cached_property
    def _preferences(self) -> "PreferencesWindow":
        window: PreferencesWindow = load("manara.ui.preferences.opening:preferences_window")(
            self._tr,
            self._now,
            self._monitor,
            add_service=self.add_service,
            edit_services=self.edit,
            import_file=self.import_file,
            export_file=self.export_file,
            notifier=self._notifier,
            tray=self._tray,
            autostart=self._autostart,
            silence=self._silence,
            data_folder=self._data_folder,
            use_appearance=self._use_appearance,
        )
        return window
