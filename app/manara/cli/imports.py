"""`manara services import`: show what is in a file, then add what is new, all at once or nothing."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from rich.console import Console

from manara.catalog.imports import (
    Candidate,
    ImportPreview,
    ImportRefused,
    Note,
    Standing,
    counts_of,
    counts_sentence,
    kind_words,
    looks_at_words,
    note_sentence,
    rewritten_sentences,
    standing_word,
)
from manara.cli.arguments import ImportArguments
from manara.cli.columns import padded
from manara.cli.exits import BAD_INPUT, BAD_SETTINGS, Refused
from manara.cli.looks import shown_name
from manara.model import Service, SettingsInvalid
from manara.monitor.report import SCHEMA
from manara.settings import SettingsNotWritten
from manara.wording import Translator, one_line

_WIDEST_NAME = 40


class ExtendableSettings(Protocol):
    """The part of the settings file that is needed here."""

    def add_services(self, tables: Sequence[Mapping[str, Any]]) -> tuple[Service, ...]:
        """Write services and return them."""


def run_import(
    arguments: ImportArguments,
    read: Callable[[], ImportPreview],
    file: ExtendableSettings,
    *,
    tr: Translator,
    out: Console,
) -> int:
    """Read, show and write; refuse what cannot be read or written, with the reason."""
    try:
        preview = read()
    except ImportRefused as refused:
        raise Refused(BAD_INPUT, f"manara: {refused.sentence(tr)}") from refused
    if not arguments.json:
        for line in preview_lines(preview, tr):
            out.print(line, soft_wrap=True)
    if not preview.services:
        raise Refused(BAD_INPUT, f"manara: {tr('There is no service in it.')}")
    added = () if arguments.dry_run else _add(file, preview)
    if arguments.json:
        out.file.write(json.dumps(_document(preview, added, tr), indent=2) + "\n")
    else:
        out.print("\n" + _outcome(arguments, len(added), tr), soft_wrap=True)
    return 0


def preview_lines(preview: ImportPreview, tr: Translator) -> Iterator[str]:
    """Return what is in a file, line by line: counts, a row for each service, and below it what does not come over."""
    yield f"{kind_words(tr, preview.kind)}: {counts_sentence(tr, preview)}"
    rows = [
        (standing_word(tr, each), shown_name(each.service), looks_at_words(tr, each.service))
        for each in preview.services
    ]
    for candidate, row in zip(preview.services, padded(rows, _WIDEST_NAME), strict=True):
        yield f"  {row}"
        if candidate.standing is Standing.NEW:
            yield from (f"      {sentence}" for sentence in rewritten_sentences(tr, candidate))
            yield from (f"      {note_sentence(tr, note)}" for note in candidate.notes)
    for left_out in preview.left_out:
        yield f"  {left_out.source}: {left_out.text}: {one_line(left_out.sentence)}"
    for note in preview.notes:
        yield f"  {note_sentence(tr, note)}"


def _add(file: ExtendableSettings, preview: ImportPreview) -> tuple[Service, ...]:
    try:
        return file.add_services(preview.tables)
    except SettingsInvalid as invalid:
        # The file itself was good a moment ago.
        raise Refused(BAD_INPUT, *(f"manara: {problem}" for problem in invalid.problems)) from invalid
    except SettingsNotWritten as not_written:
        raise Refused(BAD_SETTINGS, f"manara: {not_written}") from not_written


def _outcome(arguments: ImportArguments, added: int, tr: Translator) -> str:
    if arguments.dry_run:
        return tr("Nothing was written, since this was a try.")
    if not added:
        return tr("Nothing is new, so nothing was written.")
    return tr.plural("Added {n} service.", "Added {n} services.", added).format(n=added)


def _document(preview: ImportPreview, added: Sequence[Service], tr: Translator) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "kind": preview.kind.value,
        "counts": counts_of(preview),
        "services": [_candidate(candidate, tr) for candidate in preview.services],
        "left_out": [
            {"source": each.source, "text": each.text, "sentence": each.sentence} for each in preview.left_out
        ],
        "notes": [_note(note, tr) for note in preview.notes],
        "added": [service.id for service in added],
    }


def _candidate(candidate: Candidate, tr: Translator) -> dict[str, Any]:
    return {
        "source": candidate.source,
        "standing": candidate.standing.value,
        "known_as": candidate.known_as or None,
        "service": candidate.table,
        "translated": list(candidate.translated),
        "rewritten": [asdict(each) for each in candidate.rewritten],
        "notes": [_note(note, tr) for note in candidate.notes],
    }


def _note(note: Note, tr: Translator) -> dict[str, str]:
    sentence = note_sentence(tr, note)
    return {"why": note.why.value, "subject": note.subject, "detail": note.detail, "sentence": sentence}
