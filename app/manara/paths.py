"""Where Manara keeps its files on this system; nothing here creates or reads them."""

import os
from pathlib import Path

import platformdirs

_APP = "manara"


def settings_file() -> Path:
    """Return the settings file that is used when the user names none."""
    return platformdirs.user_config_path(_APP, appauthor=False) / "settings.toml"


def own_catalogue_file() -> Path:
    """Return the file in which the user may keep entries of the catalogue; most people have none."""
    return settings_file().with_name("catalogue.toml")


def secrets_folder() -> Path:
    """Return the folder of secrets in files, for who has no keyring; most people have none."""
    return settings_file().with_name("secrets")


def data_folder() -> Path:
    """Return the folder of the history when the user names none."""
    return platformdirs.user_data_path(_APP, appauthor=False)


def state_folder() -> Path:
    """Return the folder of what windows remember and of crash reports."""
    return platformdirs.user_state_path(_APP, appauthor=False)


def runtime_folder() -> Path:
    """Return the folder in which running programs meet; that of the state where the system has none for this user."""
    # After `su` or `sudo` the variable may name the folder of somebody else.
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return Path(runtime) / _APP if runtime and os.access(runtime, os.W_OK | os.X_OK) else state_folder()


def resource(name: str) -> Path:
    """Return the path of a file of `resources/`: inside the installed package, or beside `app/` in a checkout."""
    package = Path(__file__).parent
    installed = package / "resources"
    folder = installed if installed.is_dir() else package.parents[1] / "resources"
    return folder / name
