"""All settings as one TOML file for another computer, without secrets and with nothing that is as by default."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from manara.catalog.exports.exported import Exported, Remark, Warned
from manara.catalog.exports.secrets import proxy_without_secrets, without_secrets
from manara.model import Service
from manara.settings import NO_SERVICES, Settings, table_of, table_of_options, text_of_section, text_of_services


def export_toml(settings: Settings, catalogue: Mapping[str, Service]) -> Exported:
    """Return the settings as a file that Manara reads and imports."""
    services, warnings = without_secrets(settings.services)
    parts = [f"{NO_SERVICES}\n"] if settings.none else []
    for field in fields(settings):
        section = getattr(settings, field.name)
        if is_dataclass(section):
            table = table_of_options(section)
            if "@" in str(table.get("proxy", "")):
                table["proxy"] = proxy_without_secrets(str(table["proxy"]))
                warnings += (Warned(Remark.HIDDEN, "proxy", field.name),)
            parts += [text_of_section(field.name, table)] if table else []
    tables = [_table(service, settings, catalogue) for service in services]
    parts += [text_of_services(tables)] if tables else []
    return Exported({"settings.toml": "\n".join(parts)}, warnings)


def _table(service: Service, settings: Settings, catalogue: Mapping[str, Service]) -> dict[str, Any]:
    return table_of(service, settings.checks, catalogue)
