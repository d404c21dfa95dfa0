"""What comes over, what does not and why, in words."""

from collections.abc import Mapping

from manara.catalog.imports.draft import NOWHERE
from manara.catalog.imports.preview import Candidate, ImportPreview, Kind, Note, Rewritten, Standing, Why
from manara.model import Service
from manara.wording import Translator, one_line
from manara.wording.translation import mark

_LONGEST_DETAIL = 200

_SENTENCES: Mapping[Why, str] = {
    Why.UNKNOWN_TYPE: mark("Manara has no check of the type “{detail}”."),
    Why.UNUSABLE_ADDRESS: mark("Its address cannot be looked at: {detail}."),
    Why.VARIABLE: mark("{subject} names the environment variable {detail}, whose value is not in the file."),
    Why.SIGN_IN: mark("Manara cannot sign in by {detail}."),
    Why.UPSIDE_DOWN: mark("It counts as up when it fails, which Manara does not know."),
    Why.SECRET_IN_ADDRESS: mark(
        "The address had a secret in it ({detail}); settings hold no secrets, so it was taken out."
    ),
    Why.SECRET_IN_BODY: mark("What it sends seems to hold a secret; settings hold no secrets, so it was taken out."),
    Why.NEEDED: mark("It needs {subject}, which does not come over."),
    Why.SECRET: mark("Set the environment variable {detail} to its {subject}; settings hold no secrets."),
    Why.NOT_TRANSLATED: mark("Not translated: {subject} {detail}."),
    Why.CONDITION: mark("Not translated: condition {subject} ({detail})."),
    Why.NO_EQUIVALENT: mark("Manara has no such setting: {subject}."),
    Why.LIMITED: mark("{subject} is beyond the limits; {detail} is used."),
    Why.BAD_VALUE: mark("{subject} is left out: {detail}."),
    Why.NAME_CHANGED: mark("Its name was too long or had characters that no line can show; it was changed."),
    Why.SAME_ID: mark("Another entry has the id {detail} as well."),
    Why.GUESSED: mark("What {subject} means is not in the file; by its name it is taken for {detail}."),
    Why.NOT_READ: mark("{subject} was not read: {detail}."),
    Why.NOT_A_CHECK: mark("{subject} looks at nothing and is left out."),
    Why.ALERTING: mark("{subject}: ways to notify are not brought over."),
}

_KINDS: Mapping[Kind, str] = {
    Kind.MANARA: mark("settings of Manara"),
    Kind.UPTIME_KUMA: mark("backup of Uptime Kuma"),
    Kind.UPTIME_KUMA_DATABASE: mark("database of Uptime Kuma"),
    Kind.GATUS: mark("configuration of Gatus"),
    Kind.UPPTIME: mark("configuration of Upptime"),
    Kind.PROMETHEUS: mark("configuration of Prometheus and blackbox_exporter"),
    Kind.CSV: mark("table (CSV)"),
    Kind.LIST: mark("list of addresses"),
}


def note_sentence(tr: Translator, note: Note) -> str:
    """Return the sentence of a note."""
    reason = tr(note.detail) if note.why is Why.CONDITION else note.detail
    subject, detail = (one_line(text, _LONGEST_DETAIL).rstrip(".") for text in (note.subject, reason))
    return tr(_SENTENCES[note.why]).format(subject=subject, detail=detail)


def looks_at_words(tr: Translator, service: Service) -> str:
    """Return what a service looks at: `http https://example.org/, tcp example.org:22`."""
    places = (
        tr("nothing yet") if check.target == NOWHERE else f"{check.type} {one_line(check.target)}"
        for check in service.checks
    )
    return ", ".join(places)


def rewritten_sentences(tr: Translator, candidate: Candidate) -> list[str]:
    """Return what became of each expression of a service: `“[STATUS] == 200” becomes accept 200.`"""
    return [_rewritten(tr, each) for each in candidate.rewritten]


def _rewritten(tr: Translator, rewritten: Rewritten) -> str:
    if not rewritten.options:
        sentence = tr("“{expression}” is what every check wants.")
    elif rewritten.milder:
        sentence = tr("“{expression}” becomes {options}; what breaks it is degraded, not down.")
    else:
        sentence = tr("“{expression}” becomes {options}.")
    expression, options = (one_line(text, _LONGEST_DETAIL) for text in (rewritten.expression, rewritten.options))
    return sentence.format(expression=expression, options=options)


def kind_words(tr: Translator, kind: Kind) -> str:
    """Return what people call such a file."""
    return tr(_KINDS[kind])


def standing_word(tr: Translator, candidate: Candidate) -> str:
    """Return what would become of a service: `new`, `paused`, `there: shop`, `twice: shop`."""
    match candidate.standing:
        case Standing.KNOWN:
            return tr("there: {id}").format(id=candidate.known_as)
        case Standing.REPEATED:
            return tr("twice: {id}").format(id=candidate.known_as)
    return tr("paused") if candidate.service.paused else tr("new")


def counts_of(preview: ImportPreview) -> dict[str, int]:
    """Return how many services are of each standing, how many of the new ones paused, and how much is left out."""
    standings = [candidate.standing for candidate in preview.services]
    return {
        **{str(standing): standings.count(standing) for standing in Standing},
        "paused": sum(candidate.service.paused for candidate in preview.new),
        "left_out": len(preview.left_out),
    }


def counts_sentence(tr: Translator, preview: ImportPreview) -> str:
    """Return the same in words: `12 new, 1 of them paused, 3 already there`."""
    counts = counts_of(preview)
    texts = {
        "new": tr.plural("{n} new", "{n} new", counts["new"]),
        "paused": tr.plural("{n} of them paused", "{n} of them paused", counts["paused"]),
        "known": tr.plural("{n} already there", "{n} already there", counts["known"]),
        "repeated": tr.plural("{n} twice in it", "{n} twice in it", counts["repeated"]),
        "left_out": tr.plural("{n} left out", "{n} left out", counts["left_out"]),
    }
    return ", ".join(text.format(n=counts[name]) for name, text in texts.items() if counts[name] or name == "new")
