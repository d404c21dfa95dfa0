"""What the preferences ask of the rest of the program, in memory: wishes are noted, and answered as the test wants."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QMenu

from fakes.checks import make_service
from fakes.commands import FakeCommands, stored
from fakes.futures import ended
from fakes.login import FakeAutostart
from manara.model import CheckResult, Facts, Timings
from manara.ui.preferences.surroundings import Desktop, ServiceDoors, Surroundings
from manara.wording import Translator

NOW = datetime(2026, 11, 24, 9, 30, 0, tzinfo=UTC)


class FakeSurroundings:
    """Everything that the window asks; `around` is what it is given."""

    def __init__(self, *, there=None, commands=None, folder=Path("/nowhere"), tr=None, tray=True, server="dunst 1.9"):
        self.commands = commands or FakeCommands(there or stored(*some_services()))
        look = CheckResult(NOW, None, Timings(total_ms=12.0), facts=Facts(method="icmp", resolver="127.0.0.53"))
        self.commands.answers["try"] = look
        self.autostart = FakeAutostart()
        self.wishes = []
        self.looks = []
        self.tray, self.server = tray, server
        self.silence = QMenu()
        self.around = Surroundings(
            tr=tr or Translator(),
            now=lambda: NOW,
            commands=self.commands,
            services=lambda: tuple(make_service(table["id"]) for table in some_services()),
            doors=ServiceDoors(
                add=lambda: self.wishes.append("add"),
                edit=lambda ids: self.wishes.append(("edit", ids)),
                import_file=lambda: self.wishes.append("import"),
                export_file=lambda: self.wishes.append("export"),
            ),
            desktop=Desktop(
                has_tray=lambda: self.tray,
                show_notification=lambda: self.wishes.append("notification"),
                notification_server=lambda: ended(self.server),
            ),
            autostart=self.autostart,
            silence=self.silence,
            data_folder=folder,
            languages={"en": "English", "ar": "العربية"},
            use_appearance=self.looks.append,
        )


def some_services():
    return (
        {"id": "shop", "name": "Shop", "group": "Work"},
        {"id": "mail", "name": "Mail", "group": "Work", "paused": True},
        {"id": "blog", "name": "Blog <b>of</b> mine"},
    )
