"""Imports: bringing services along from other programs. Reads, previews and never writes.

One file per format; each makes drafts, which `finishing` proves and makes candidates of. A new format costs one file, a
kind in `preview`, its words in `sentences` and its way to be told in `detection` and `reading`.
"""

from manara.catalog.imports.preview import Candidate, ImportPreview, Kind, LeftOut, Note, Standing, Why
from manara.catalog.imports.reading import Into, read_import, read_pasted
from manara.catalog.imports.refusal import ImportCancelled, ImportRefused
from manara.catalog.imports.sentences import (
    counts_of,
    counts_sentence,
    kind_words,
    looks_at_words,
    note_sentence,
    rewritten_sentences,
    standing_word,
)

__all__ = [
    "Candidate",
    "ImportCancelled",
    "ImportPreview",
    "ImportRefused",
    "Into",
    "Kind",
    "LeftOut",
    "Note",
    "Standing",
    "Why",
    "counts_of",
    "counts_sentence",
    "kind_words",
    "looks_at_words",
    "note_sentence",
    "read_import",
    "read_pasted",
    "rewritten_sentences",
    "standing_word",
]
