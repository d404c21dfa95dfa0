"""What people call a target: a service of theirs, a catalogue entry, or an address."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

from manara.catalog import AddressRefused, Catalogue, service_of_address
from manara.cli.exits import WRONG_USAGE, Refused
from manara.model import Check, Service, options_of
from manara.settings import Settings, did_you_mean, duration_text, parse_duration, with_defaults
from manara.wording import one_line


@dataclass(frozen=True, slots=True)
class Places:
    """Where targets are looked for."""

    settings: Settings
    catalogue: Catalogue


def service_of_target(text: str, places: Places) -> Service:
    """Return the service that is meant; refuse with the nearest known name."""
    for service in places.settings.services:
        if service.id == text:
            return service
    return new_service_of_target(text, places)


def new_service_of_target(text: str, places: Places) -> Service:
    """Return the catalogue entry or the address that is meant, as it would be with the settings' `[checks]`."""
    return with_defaults(_found(text, places), places.settings.checks)


def distinct(services: Iterable[Service]) -> tuple[Service, ...]:
    """Return the services without repeats, each with an id of its own: two addresses may lead to one id."""
    kept: dict[str, Service] = {}
    for service in services:
        if service not in kept.values():
            unused = (number for number in count(2) if f"{service.id}-{number}" not in kept)
            service_id = f"{service.id}-{next(unused)}" if service.id in kept else service.id
            kept[service_id] = replace(service, id=service_id)
    return tuple(kept.values())


def typed_duration(option: str, text: str) -> timedelta:
    """Return a duration from the command line, where plain seconds need no unit; refuse what is none."""
    try:
        length = parse_duration(f"{text}s" if text.replace(".", "", 1).isdecimal() else text)
    except ValueError as error:
        raise Refused(WRONG_USAGE, f"manara: {option} {text}: {error}") from error
    if length <= timedelta(0):
        raise Refused(WRONG_USAGE, f"manara: {option} {text}: This must be longer than nothing.")
    return length


def typed_timeout(text: str) -> timedelta:
    """Return the longest time for a look within the limits that the settings have."""
    length = typed_duration("--timeout", text)
    declared = options_of(Check)["timeout"]
    limits = [timedelta(seconds=limit) for limit in (declared.minimum, declared.maximum) if limit is not None]
    if not min(limits) <= length <= max(limits):
        shortest, longest = duration_text(min(limits)), duration_text(max(limits))
        raise Refused(WRONG_USAGE, f"manara: --timeout {text}: This must be from {shortest} to {longest}.")
    return length


def _found(text: str, places: Places) -> Service:
    entry = places.catalogue.find(text)
    if entry is not None:
        return entry
    try:
        return service_of_address(text)
    except AddressRefused as error:
        known = [*(service.id for service in places.settings.services), *places.catalogue]
        hint = did_you_mean(text, known)
        raise Refused(WRONG_USAGE, f"manara: {one_line(text)}: {error} {hint}".rstrip()) from error
