"""The nearest look that there is for a monitor of Kuma whose type Manara does not know."""

import json
import re
from collections.abc import Mapping
from typing import Any

from manara.catalog.imports.draft import Draft, set_url
from manara.catalog.imports.preview import Why
from manara.catalog.imports.values import place_in, text_in, texts_in, whole_in

_PORTS = {
    "mongodb": 27017,
    "mqtt": 1883,
    "mysql": 3306,
    "postgres": 5432,
    "rabbitmq": 5672,
    "redis": 6379,
    "smtp": 25,
    "sqlserver": 1433,
}
_PORTS_OF_SCHEMES = {"ws": 80, "http": 80, "wss": 443, "https": 443}
_ONLY_REACHED = frozenset(
    {"gamedig", "globalping", "ntp", "radius", "sip-options", "snmp", "steam", "tailscale-ping", "tracert"}
)
"""These speak UDP, so that no port could be knocked at instead, or ask whether a machine is reached."""
# "Server=tcp:db.example,1433;Password=…", as SQL Server writes it.
_SQL_SERVER = re.compile(r"(?:^|;)\s*(?:server|data source)\s*=\s*(?:tcp:)?([^;,\\]+)(?:,\s*(\d+))?", re.IGNORECASE)


def set_nearest(draft: Draft, check: dict[str, Any], monitor: Mapping[str, Any], word: str) -> None:
    """Prepare the nearest look, for somebody who finds it enough; until then it stays paused."""
    draft.lost(Why.UNKNOWN_TYPE, detail=word or "?")
    host, port = _place_of(monitor, word)
    url = text_in(monitor.get("url"))
    if word in ("real-browser", "globalping") and place_in(url)[0]:
        check["type"] = "http"
        set_url(draft, check, url)
    elif host and word in _ONLY_REACHED:
        check |= {"type": "ping", "host": host}
    elif host and port:
        check |= {"type": "tcp", "host": host, "port": port}
    else:
        check |= draft.nowhere()


def _place_of(monitor: Mapping[str, Any], word: str) -> tuple[str, int | None]:
    host, port = text_in(monitor.get("hostname")), whole_in(monitor.get("port"))
    if not host:
        host, port = _place_in(next(iter(_addresses(monitor)), ""))
    return host, port or _PORTS.get(word)


def _addresses(monitor: Mapping[str, Any]) -> list[str]:
    fields = ("databaseConnectionString", "grpcUrl", "kafkaProducerBrokers", "rabbitmqNodes", "url")
    return [text for name in fields for text in texts_in(_listed(monitor.get(name)))]


def _listed(value: object) -> object:
    """Return a list that stands as JSON in a database as such."""
    if not isinstance(value, str) or not value.startswith("["):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _place_in(address: str) -> tuple[str, int | None]:
    """Return host and port alone: the rest may hold a password."""
    match = _SQL_SERVER.match(address)
    if match:
        return match[1].strip(), whole_in(match[2])
    host, port = place_in(address)
    if any(sign in host for sign in ";= ,"):
        return "", None
    return host, port or _PORTS_OF_SCHEMES.get(address.partition("://")[0].lower())
