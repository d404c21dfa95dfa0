"""The report on an incident: as text, and as a file for readers or for other programs."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from manara.model import Incident
from manara.monitor.incident_export import incident_paper, told_document
from manara.monitor.paper import Paper, html, markdown, text
from manara.ui.saving import ToSave
from manara.wording import Translator
from manara.wording.believed import Believed


class Form(StrEnum):
    """Kinds of files; the value is the end of their names."""

    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report is made of."""

    incident: Incident
    believed: Believed
    known: tuple[Incident, ...]
    now: datetime


def as_text(tr: Translator, reported: Reported) -> str:
    """Return a report as plain text."""
    return text(_paper(tr, reported))


def report(tr: Translator, reported: Callable[[], Reported], form: Form) -> ToSave:
    """Return the file for `Saving`: it holds the incident as it is when its place is chosen."""
    filters = {
        Form.MARKDOWN: tr("Text with marks (*.md)"),
        Form.HTML: tr("Web pages (*.html)"),
        Form.JSON: tr("Data for programs (*.json)"),
    }
    name = file_name(reported().incident, form)
    title = tr("Save a report on this incident")
    return ToSave(title, filters[form], form.value, name, lambda: _content(tr, reported(), form))


def file_name(incident: Incident, form: Form) -> str:
    """Return a name for a file: `incident-20211004-154010-1.md`."""
    return f"incident-{re.sub('[^A-Za-z0-9-]', '-', incident.id)[:60]}.{form.value}"


def _content(tr: Translator, reported: Reported, form: Form) -> bytes:
    if form is Form.JSON:
        document = told_document(tr, reported.incident, reported.believed, reported.known, reported.now)
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
    written = html if form is Form.HTML else markdown
    return written(_paper(tr, reported)).encode()


def _paper(tr: Translator, reported: Reported) -> Paper:
    return incident_paper(tr, reported.incident, reported.believed, reported.known, reported.now)
