"""Addresses as people paste them: one a line, perhaps with a name, a bullet or a comma, some of them wrong."""

import re
from collections.abc import Iterator

from manara.catalog.imports.draft import Draft
from manara.catalog.imports.names import names_of_addresses
from manara.catalog.imports.preview import LeftOut
from manara.catalog.imports.steps import Steps
from manara.catalog.targets import AddressRefused, service_of_address
from manara.settings import table_of_check
from manara.wording import one_line

_LONGEST_SHOWN = 80
_BULLET = re.compile(r"(?:[-*•]|\d+[.)])\s+")
_AROUND = "<>\"'`,; \t"
_BETWEEN = re.compile(r"[\t,;|]")
_CREDENTIALS = re.compile(r"//[^/@\s]*@")


def drafts_of_lines(text: str, steps: Steps) -> tuple[list[Draft], list[LeftOut]]:
    """Return a draft for each line that is an address, and those that are none, with what is wrong with them."""
    drafts: list[Draft] = []
    unnamed: list[tuple[Draft, str]] = []
    left_out: list[LeftOut] = []
    for number, line in enumerate(steps.over(text.splitlines()), 1):
        content = _BULLET.sub("", line.strip(), count=1).strip(_AROUND)
        if not content or content.startswith("#"):
            continue
        try:
            draft, address = _draft_of(content, f"line {number}")
        except AddressRefused as refused:
            shown = one_line(_CREDENTIALS.sub("//…@", content[:1000]), _LONGEST_SHOWN)
            left_out.append(LeftOut(f"line {number}", shown, str(refused)))
            continue
        drafts.append(draft)
        if not draft.name:
            unnamed.append((draft, address))
    names = names_of_addresses([address for _, address in unnamed])
    for (draft, _), name in zip(unnamed, names, strict=True):
        draft.name = name
    return drafts, left_out


def _draft_of(content: str, source: str) -> tuple[Draft, str]:
    """Return the draft of a line, and what to call it where it has no name of its own."""
    try:
        return _of_address(content, "", source)
    except AddressRefused as refused:
        for name, address in _split(content):
            try:
                return _of_address(address, name, source)
            except AddressRefused:
                continue
        raise refused from None


def _of_address(address: str, name: str, source: str) -> tuple[Draft, str]:
    service = service_of_address(address)
    draft = Draft(name, source, checks=[table_of_check(check) for check in service.checks])
    if not name:
        draft.id = service.id
    return draft, service.name


def _split(content: str) -> Iterator[tuple[str, str]]:
    """Return the ways to take a line for a name and an address."""
    parts = [part.strip(_AROUND) for part in _BETWEEN.split(content)]
    if len(parts) == 2 and all(parts):
        first, second = parts
        yield first, second
        yield second, first
