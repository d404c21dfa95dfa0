"""From the tables of a settings file to settings, or to everything that is wrong with them at once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from manara.model import (
    AppearanceOptions,
    Check,
    CheckDefaults,
    DiagnosisOptions,
    HistoryOptions,
    NetworkOptions,
    OfficialPage,
    PageKind,
    Place,
    Problem,
    Said,
    Service,
    id_of,
)
from manara.settings.duration import duration_text
from manara.settings.form import Form
from manara.settings.nearest import did_you_mean
from manara.settings.pace import inherited_pace, with_defaults
from manara.settings.service_options import ServiceOptions
from manara.settings.settings import Settings

SECTIONS = ("network", "checks", "diagnosis", "history", "appearance", "services")


class Interpreter:
    """Reads tables. Knows check types and catalogue entries only by what it is given."""

    def __init__(self, check_types: Mapping[str, type[Check]], catalogue: Mapping[str, Service]) -> None:
        self._check_types = check_types
        self._catalogue = catalogue
        self._network = Form(NetworkOptions)
        self._defaults = Form(CheckDefaults)
        self._history = Form(HistoryOptions)
        self._appearance = Form(AppearanceOptions)
        self._diagnosis = Form(DiagnosisOptions)
        self._service = Form(ServiceOptions, besides=("checks",))
        self._checks: dict[str, Form] = {}
        self._known: dict[int, tuple[Any, Service]] = {}
        """Tables that were read well before, by what tells one object from another, each with what it means."""
        self._known_with = CheckDefaults()

    def settings_of(self, table: Mapping[str, Any]) -> tuple[Settings, list[Problem]]:
        """Return the settings that are in the tables of a file; they are whole only when there is no problem.

        A table must not be changed afterwards: the one that is read again is known.
        """
        problems = [
            Problem((key,), Said("There is no such section."), did_you_mean(key, SECTIONS))
            for key in table
            if key not in SECTIONS
        ]
        network = NetworkOptions(**self._section(self._network, table, "network", problems))
        own_defaults = self._section(self._defaults, table, "checks", problems)
        defaults = _defaults(own_defaults, problems)
        history = HistoryOptions(**self._section(self._history, table, "history", problems))
        appearance = AppearanceOptions(**self._section(self._appearance, table, "appearance", problems))
        diagnosis = DiagnosisOptions(**self._section(self._diagnosis, table, "diagnosis", problems))
        services = self._services(table.get("services", []), defaults, problems)
        none = table.get("services") == []
        return Settings(network, defaults, history, services, appearance, diagnosis, none=none), problems

    def check_of(
        self, table: Mapping[str, Any], place: Place, defaults: CheckDefaults
    ) -> tuple[Check | None, list[Problem]]:
        """Return the check that a table describes, or None and everything that is wrong with it."""
        word = table.get("type")
        if word is None:
            known = _listed(self._check_types)
            return None, [
                Problem(place, Said('The setting "type" is missing: how to look, one of {known}.', known=known))
            ]
        if not isinstance(word, str) or word not in self._check_types:
            hint = did_you_mean(word, self._check_types) if isinstance(word, str) else ""
            known = _listed(self._check_types)
            return None, [
                Problem((*place, "type"), Said("There is no such type of check; there are {known}.", known=known), hint)
            ]
        cls = self._check_types[word]
        own, problems = self._form(cls).read(table, place)
        pace = inherited_pace(cls, own, defaults)
        problems += _patience_problems(own, pace, place)
        if problems:
            return None, problems
        try:
            return cls(**own, **pace), []
        except ValueError as error:
            # Options that are good one by one, but not together.
            return None, [Problem(place, str(error))]

    def _form(self, cls: type[Check]) -> Form:
        # A form costs milliseconds; most files need few.
        if cls.type not in self._checks:
            self._checks[cls.type] = Form(cls, besides=("type",))
        return self._checks[cls.type]

    def _section(self, form: Form, table: Mapping[str, Any], key: str, problems: list[Problem]) -> dict[str, Any]:
        section = table.get(key, {})
        if not isinstance(section, Mapping):
            problems.append(Problem((key,), Said("This must be a section that begins with [{key}].", key=key)))
            return {}
        values, found = form.read(section, (key,))
        problems += found
        return values

    def _services(self, tables: Any, defaults: CheckDefaults, problems: list[Problem]) -> tuple[Service, ...]:
        if not _are_tables(tables):
            problems.append(Problem(("services",), Said("These must be sections that each begin with [[services]].")))
            return ()
        services = []
        places: dict[str, list[int]] = defaultdict(list)
        known = self._known if defaults == self._known_with else {}
        self._known, self._known_with = {}, defaults
        for position, table in enumerate(tables):
            service, found = self._known_or_read(known, table, position, defaults)
            problems += found
            services.append(service)
            if service.id:
                places[service.id].append(position)
        for service_id, (first, *others) in places.items():
            text = 'The id "{id}" is already that of services[{first}]; give this one an id of its own.'
            sentence = Said(text, id=service_id, first=str(first))
            problems += [Problem(("services", position), sentence) for position in others]
        return tuple(services)

    def _known_or_read(
        self, known: Mapping[int, tuple[Any, Service]], table: Mapping[str, Any], position: int, defaults: CheckDefaults
    ) -> tuple[Service, list[Problem]]:
        """Read a table, or know it from the time before: of thousands, an edit changes one."""
        # The tables are kept with what they mean, so that no other object can have the number of one of them.
        _, service = known.get(id(table), (None, None))
        problems: list[Problem] = []
        if service is None:
            service = self._service_of(table, ("services", position), defaults, problems)
        if not problems:
            self._known[id(table)] = table, service
        return service, problems

    def _service_of(
        self, table: Mapping[str, Any], place: Place, defaults: CheckDefaults, problems: list[Problem]
    ) -> Service:
        values, found = self._service.read(table, place)
        own_checks = self._checks_of(table, place, defaults, found)
        word = values.get("catalogue", "")
        entry = self._catalogue.get(word)
        if word and entry is None:
            hint = did_you_mean(word, self._catalogue)
            found.append(Problem((*place, "catalogue"), Said("The catalogue has no such entry."), hint))
        if "name" not in table and not word:
            found.append(Problem(place, Said('The setting "name" is missing: what to call the service.')))
        if "checks" not in table and "catalogue" not in table:
            found.append(
                Problem(place, Said("There is nothing to look at: a service needs checks or a catalogue entry."))
            )
        name = values.get("name") or (entry.name if entry else "")
        service_id = values.get("id") or (entry.id if entry else id_of(name))
        if name and not service_id:
            found.append(Problem(place, Said("No id can be made from this name; set one.")))
        problems += found
        # An id that could not be read must not be reported a second time as somebody else's.
        return Service(
            id="" if "id" in table and "id" not in values else service_id,
            name=name,
            checks=own_checks if "checks" in table or entry is None else with_defaults(entry, defaults).checks,
            group=values.get("group", entry.group if entry else ""),
            tags=values.get("tags", ()),
            paused=values.get("paused", False),
            catalogue=word,
            note=values.get("note", ""),
            operator=values.get("operator", entry.operator if entry else ""),
            official=official_page(values, entry),
        )

    def _checks_of(
        self, table: Mapping[str, Any], place: Place, defaults: CheckDefaults, problems: list[Problem]
    ) -> tuple[Check, ...]:
        tables = table.get("checks", [])
        if not _are_tables(tables) or ("checks" in table and not tables):
            sentence = Said("These must be one or more sections that each begin with [[services.checks]].")
            problems.append(Problem((*place, "checks"), sentence))
            return ()
        checks = []
        for position, check_table in enumerate(tables):
            check, found = self.check_of(check_table, (*place, "checks", position), defaults)
            problems += found
            if check is not None:
                checks.append(check)
        return tuple(checks)


def official_page(values: Mapping[str, Any], entry: Service | None) -> OfficialPage | None:
    """Return the page that a table names, else that of the catalogue; how it speaks and which parts count may be said
    of both.
    """
    page = entry.official if entry else None
    if "official_url" in values:
        page = OfficialPage(values.get("official", PageKind.AUTO), values["official_url"])
    elif page is not None and values.get("official", page.kind) is not page.kind:
        # Where a program reads it and which parts it has, the catalogue knows of its own kind alone.
        page = OfficialPage(values["official"], page.url)
    if page is None or "official_components" not in values:
        return page
    return replace(page, components=values["official_components"])


def _defaults(own: dict[str, Any], problems: list[Problem]) -> CheckDefaults:
    written = CheckDefaults(**own)
    problems += _patience_problems(own, {"interval": written.interval}, ("checks",))
    return written


def _patience_problems(own: Mapping[str, Any], pace: Mapping[str, Any], place: Place) -> list[Problem]:
    """A look must be over before the next one is due."""
    interval = own.get("interval", pace.get("interval"))
    timeout = own.get("timeout")
    if timeout is None or timeout <= interval:
        return []
    text = (
        "The timeout ({timeout}) is longer than the interval ({interval}): "
        "a look would not be over when the next one is due."
    )
    sentence = Said(text, timeout=duration_text(timeout), interval=duration_text(interval))
    return [Problem((*place, "timeout"), sentence)]


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _listed(words: Mapping[str, object]) -> str:
    return ", ".join(f'"{word}"' for word in words)
