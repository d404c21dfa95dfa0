"""The monitor of the real settings, catalogue, network and clock, for the terminal and the window."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from manara.loading import load
from manara.model import Clock
from manara.monitor.monitor import Monitor
from manara.monitor.outline import read_outline
from manara.paths import data_folder, own_catalogue_file, resource, secrets_folder, settings_file
from manara.secrets import Keyring, SecretStore

if TYPE_CHECKING:
    from manara.monitor.session import Session


def build_monitor(config: Path | None, data: Path | None, clock: Clock) -> Monitor:
    """Return a monitor of a settings file that keeps its history in a folder, the user's own if none is named."""

    # One for the window and the looks: what one of them waits for the other must not ask again.
    keyring = Keyring()

    def open_session(**surroundings: Any) -> "Session":
        # On the engine's thread, while the window is already there: HTTP, DNS and settings take as long as all of Qt.
        catalogue, file = load("manara.monitor.opening:open_settings")(config)
        session: Session = load("manara.monitor.opening:open_session")(
            file,
            starter=catalogue.starter_services(),
            refused=catalogue.refused,
            read_refused=lambda: load("manara.monitor.opening:open_settings")(config)[0].refused,
            build_network=partial(load("manara.probes:build_network"), keyring=keyring),
            **surroundings,
        )
        return session

    outline = read_outline(config or settings_file(), resource("catalogue.toml"), own_catalogue_file())
    secrets = SecretStore(keyring, secrets_folder(), used_by=str((config or settings_file()).absolute()))
    return Monitor(open_session, outline=outline, clock=clock, data_folder=data or data_folder(), secrets=secrets)
