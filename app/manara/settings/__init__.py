"""Settings: one TOML file that a person can read and edit. Knows neither probes nor the catalogue."""

from manara.settings.changes import (
    AddServices,
    Change,
    ChangedMeanwhile,
    ChangeServices,
    RemoveServices,
    ReplaceService,
    SetOptions,
    SettingsNotWritten,
    Stored,
    Undo,
    UnknownService,
)
from manara.settings.duration import duration_text, parse_duration
from manara.settings.editing import NO_SERVICES
from manara.settings.form import Form
from manara.settings.interpreter import Interpreter, official_page
from manara.settings.nearest import did_you_mean, nearest
from manara.settings.pace import with_defaults
from manara.settings.rendering import text_of_section, text_of_services
from manara.settings.service_options import (
    MAX_NAME,
    MAX_NOTE,
    ServiceOptions,
    accept_id,
    accept_label,
    accept_page,
    accept_parts,
)
from manara.settings.settings import Settings
from manara.settings.settings_file import SettingsFile
from manara.settings.statements import with_lines
from manara.settings.table import table_of, table_of_check, table_of_options
from manara.settings.text_file import TomlText, fingerprint_of, read_toml

__all__ = [
    "MAX_NAME",
    "MAX_NOTE",
    "NO_SERVICES",
    "AddServices",
    "Change",
    "ChangeServices",
    "ChangedMeanwhile",
    "Form",
    "Interpreter",
    "RemoveServices",
    "ReplaceService",
    "ServiceOptions",
    "SetOptions",
    "Settings",
    "SettingsFile",
    "SettingsNotWritten",
    "Stored",
    "TomlText",
    "Undo",
    "UnknownService",
    "accept_id",
    "accept_label",
    "accept_page",
    "accept_parts",
    "did_you_mean",
    "duration_text",
    "fingerprint_of",
    "nearest",
    "official_page",
    "parse_duration",
    "read_toml",
    "table_of",
    "table_of_check",
    "table_of_options",
    "text_of_section",
    "text_of_services",
    "with_defaults",
    "with_lines",
]
