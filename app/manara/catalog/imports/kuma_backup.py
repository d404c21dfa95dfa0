"""The backup of Uptime Kuma 1: one JSON file of monitors, notifications and proxies."""

from collections.abc import Mapping
from typing import Any

from manara.catalog.imports.draft import Draft
from manara.catalog.imports.kuma import KumaMonitors
from manara.catalog.imports.preview import Note, Why
from manara.catalog.imports.values import tables_in


def drafts_of_backup(document: Mapping[str, Any]) -> tuple[list[Draft], list[Note]]:
    """Return a draft for each monitor, and what else is in the file."""
    monitors = KumaMonitors(tables_in(document.get("monitorList")), tables_in(document.get("proxyList")))
    # Each has a text full of tokens, which nobody reads here.
    notes = [Note(Why.ALERTING, "notificationList")] if document.get("notificationList") else []
    return monitors.drafts(), notes
