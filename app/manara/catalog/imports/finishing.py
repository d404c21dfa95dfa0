"""From drafts to candidates: proven by the settings themselves, with ids and names of secrets, and known ones found."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Any

from manara.catalog.imports.draft import NOWHERE, Draft, Secret
from manara.catalog.imports.identity import Known, identity_of
from manara.catalog.imports.preview import PAUSING, Candidate, Note, Standing, Why
from manara.catalog.imports.sentences import note_sentence
from manara.catalog.imports.steps import Steps
from manara.catalog.secret_words import clean_url, variable_name
from manara.model import MAX_ID, Check, Service, id_of, options_of
from manara.probes import CHECK_TYPES
from manara.settings import (
    MAX_NAME,
    MAX_NOTE,
    Form,
    Interpreter,
    ServiceOptions,
    Settings,
    accept_id,
    official_page,
    table_of,
    with_defaults,
)
from manara.wording import Translator, one_line

_UNSET = "env:MANARA"
"""Stands for every secret while its check is proven."""
_MOST_TAGS = 50


class Finisher:
    """Makes candidates that fit the settings that there are."""

    def __init__(self, settings: Settings, catalogue: Mapping[str, Service], tr: Translator) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._tr = tr
        self._interpreter = Interpreter(CHECK_TYPES, catalogue)
        self._of_service = Form(ServiceOptions)
        self._ids = {service.id for service in settings.services}
        self._variables = {name for service in settings.services for name in _variables_of(service)}

    def candidates(self, drafts: Sequence[Draft], steps: Steps) -> tuple[Candidate, ...]:
        """Return a candidate for each draft, in their order."""
        proven = [self._proven(draft) for draft in steps.over(drafts)]
        repeated = _repeats(proven)
        known = Known(self._settings.services)
        found: dict[int, Service] = {}
        # Those of the same name first: two services may look at one place.
        for by_name in (True, False):
            for position, each in enumerate(proven):
                if position not in repeated and position not in found:
                    same = known.take(each.identity, each.service.name if by_name else None)
                    if same is not None:
                        found[position] = same
        candidates: list[Candidate] = []
        for position, each in enumerate(proven):
            if position in repeated:
                first = candidates[repeated[position]]
                same_id = first.known_as or first.service.id
                candidates.append(self._candidate(each, Standing.REPEATED, same_id))
            elif position in found:
                candidates.append(self._candidate(each, Standing.KNOWN, found[position].id))
            else:
                candidates.append(self._candidate(each, Standing.NEW))
        return tuple(candidates)

    def _proven(self, draft: Draft) -> "_Proven":
        entry = self._catalogue.get(draft.catalogue)
        checks = tuple(self._check_of(table, draft) for table in draft.checks)
        if entry is not None and not checks:
            checks = with_defaults(entry, self._settings.checks).checks
        name = one_line(draft.name, MAX_NAME).strip() or _name_without_one(draft, entry, checks)
        if draft.name.strip() and name != draft.name.strip():
            draft.lost(Why.NAME_CHANGED)
        of_operator = self._of_operator(draft)
        paused = draft.paused or any(note.why in PAUSING for note in draft.notes)
        service = Service(
            id="",
            name=name,
            checks=checks,
            group=one_line(draft.group, MAX_NAME).strip(),
            tags=_tags(draft.tags),
            paused=paused,
            catalogue=draft.catalogue if entry is not None else "",
            operator=of_operator.get("operator", entry.operator if entry is not None else ""),
            official=official_page(of_operator, entry),
        )
        return _Proven(draft, service, identity_of(service))

    def _of_operator(self, draft: Draft) -> dict[str, Any]:
        """Return who runs a service and where that one tells how it is, without what the settings would refuse."""
        values, problems = self._of_service.read(draft.of_operator, ())
        for name, sentence in ((str(problem.place[0]), problem.sentence) for problem in problems):
            draft.lost(Why.BAD_VALUE, name, sentence)
            draft.translated = [each for each in draft.translated if each != name]
        if "official_url" in values:
            page = clean_url(values["official_url"])
            if page.url != values["official_url"]:
                draft.lost(Why.BAD_VALUE, "official_url", "what may be a secret was taken out")
                values["official_url"] = page.url
        elif "official_url" in draft.of_operator:
            # How a page speaks and which parts it has means nothing without the page.
            values = {name: values[name] for name in ("operator",) if name in values}
        return values

    def _check_of(self, table: dict[str, Any], draft: Draft) -> Check:
        """Return the check of a table without what the settings would refuse; what is refused is noted."""
        wanted = {name: _without_secrets(value) for name, value in table.items() if value is not None}
        while True:
            check, problems = self._interpreter.check_of(wanted, (), self._settings.checks)
            if check is not None:
                return check
            bad = {str(problem.place[0]) for problem in problems if problem.place}
            required = _required(str(wanted["type"]))
            if not bad or bad & required:
                sentence = next((problem.sentence for problem in problems), "")
                draft.lost(Why.UNUSABLE_ADDRESS, detail=sentence)
                wanted = draft.nowhere()
                table.clear()
                table |= wanted
                continue
            for problem in problems:
                draft.lost(Why.BAD_VALUE, str(problem.place[0]), problem.sentence)
            for name in bad:
                wanted.pop(name, None)
                table.pop(name, None)

    def _candidate(self, proven: "_Proven", standing: Standing, known_as: str = "") -> Candidate:
        draft = proven.draft
        notes = list(draft.notes)
        service_id = known_as or self._own_id(draft, proven.service.name)
        checks = []
        for check, table in zip(proven.service.checks, draft.checks or [{}] * len(proven.service.checks), strict=True):
            checks.append(self._with_variables(check, table, service_id, notes, keep=standing is Standing.NEW))
        service = replace(proven.service, id=service_id, checks=tuple(checks), note=self._note(draft, notes))
        table = table_of(service, self._settings.checks, self._catalogue)
        translated, rewritten = tuple(draft.translated), tuple(draft.rewritten)
        return Candidate(service, table, draft.source, standing, known_as, translated, rewritten, tuple(notes))

    def _own_id(self, draft: Draft, name: str) -> str:
        wished = draft.id
        try:
            accept_id(wished)
        except ValueError:
            wished = id_of(name)
        wished = wished[:MAX_ID] or "service"
        unused = (each for each in _numbered(wished) if each not in self._ids)
        service_id = next(unused)
        self._ids.add(service_id)
        return service_id

    def _with_variables(
        self, check: Check, table: Mapping[str, Any], service_id: str, notes: list[Note], *, keep: bool
    ) -> Check:
        """Return a check with names of variables in the place of its secrets."""

        def variable(secret: Secret) -> str:
            name = variable_name(service_id, secret.word, self._variables if keep else set())
            self._variables.add(name)
            notes.append(Note(Why.SECRET, secret.word, name))
            return f"env:{name}"

        changed: dict[str, Any] = {}
        for option, value in table.items():
            if isinstance(value, Secret):
                changed[option] = variable(value)
            elif option == "headers" and any(isinstance(text, Secret) for text in value.values()):
                changed[option] = tuple(
                    (name, variable(text) if isinstance(text, Secret) else text) for name, text in value.items()
                )
        return replace(check, **changed) if changed else check

    def _note(self, draft: Draft, notes: Sequence[Note]) -> str:
        """Return what people wrote, and what keeps the service from being what it was."""
        parts = [one_line(draft.about, MAX_NOTE // 2)] if draft.about.strip() else []
        parts += [note_sentence(self._tr, note) for note in notes if note.why in PAUSING or note.why in _WEAKER]
        return one_line(" ".join(parts), MAX_NOTE).strip()


_WEAKER = frozenset({Why.NOT_TRANSLATED, Why.CONDITION, Why.GUESSED})
"""What lets a service look better than it did."""


@dataclass(frozen=True, slots=True)
class _Proven:
    draft: Draft
    service: Service
    identity: Hashable


def _repeats(proven: Sequence[_Proven]) -> dict[int, int]:
    """Return the positions of those that stand in the file before, with the position of the first of them."""
    first: dict[object, int] = {}
    repeats = {}
    for position, each in enumerate(proven):
        key = (each.draft.id, each.service, tuple(each.draft.notes))
        begin = first.setdefault(key, position)
        if begin != position:
            repeats[position] = begin
    return repeats


def _name_without_one(draft: Draft, entry: Service | None, checks: Sequence[Check]) -> str:
    if entry is not None:
        return entry.name
    target = one_line(checks[0].target, MAX_NAME)
    return draft.source if target == NOWHERE else target


def _without_secrets(value: Any) -> Any:
    if isinstance(value, Secret):
        return _UNSET
    if isinstance(value, dict):
        return {name: _without_secrets(item) for name, item in value.items()}
    return value


def _required(word: str) -> set[str]:
    """Return the options without which there is nothing to look at."""
    return {"url", "host", "port", "name"} & set(options_of(CHECK_TYPES[word]))


def _tags(tags: Sequence[str]) -> tuple[str, ...]:
    cleaned = (one_line(tag, MAX_ID).strip() for tag in tags)
    return tuple(dict.fromkeys(tag for tag in cleaned if tag))[:_MOST_TAGS]


def _numbered(stem: str) -> Iterator[str]:
    endings = (f"-{number}" for number in count(2))
    return chain([stem], (stem[: MAX_ID - len(ending)] + ending for ending in endings))


def _variables_of(service: Service) -> Iterator[str]:
    for check in service.checks:
        for option in ("password", "bearer"):
            yield getattr(check, option, "").removeprefix("env:")
        yield from (value.removeprefix("env:") for _, value in getattr(check, "headers", ()))
