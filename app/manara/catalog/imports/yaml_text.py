"""YAML from strangers: libyaml's safe loader, behind a pass that counts depth, parts and what aliases multiply."""

import re
from typing import Any

import yaml

from manara.catalog.imports.refusal import ImportRefused
from manara.wording.translation import mark

MAX_CHARACTERS = 8 * 1024 * 1024
MAX_DEPTH = 50
MAX_PARTS = 1_000_000
"""What the file would hold if every alias were written out."""
MAX_ALIASES = 100_000


_SCALARS = (
    ("merge", r"<<", ["<"]),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", list("-+0123456789")),
    ("float", r"[-+]?(?:(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)", list("-+.0123456789")),
)
"""What is not a text, by its tag, its form and the characters that it can begin with."""


def _resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for tag, pattern, first in _SCALARS:
        for character in first:
            known = resolvers.setdefault(character, [])
            known.append((f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z")))
    return resolvers


class _Loader(yaml.CSafeLoader):
    """Takes scalars for what the programs of these files take them: `off`, `1:30` and dates are texts (YAML 1.2)."""

    yaml_implicit_resolvers = _resolvers()


def read_yaml(text: str, name: str) -> Any:
    """Return what a YAML document holds; raise `ImportRefused` with one sentence when it is broken or a bomb."""
    if len(text) > MAX_CHARACTERS:
        limit = MAX_CHARACTERS // 1024**2
        raise ImportRefused(
            mark("{file} is larger than {limit} MiB of YAML, so it is not read."), file=name, limit=limit
        )
    try:
        _Bounds(name).prove(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - it is a safe loader
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise _broken(error, name) from error


def _broken(error: Exception, name: str) -> ImportRefused:
    place = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    if place is None:
        return ImportRefused(mark("{file} is not YAML that can be read."), file=name)
    reason = getattr(error, "problem", None) or "it is broken"
    sentence = mark("{file} is not YAML: {reason}, in line {line}.")
    return ImportRefused(sentence, file=name, reason=reason, line=place.line + 1)


class _Bounds:
    """The parts of a document as they come, each with the anchor that it has."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open: list[tuple[str | None, int]] = []
        self._weights: dict[str, int] = {}
        self._parts = 0
        self._aliases = 0

    def prove(self, text: str) -> None:
        """Raise `ImportRefused` for what would take too much time, memory or stack."""
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            match event:
                case yaml.AliasEvent():
                    self._aliases += 1
                    self._add(self._weight_of(event.anchor or ""))
                case yaml.ScalarEvent():
                    self._add(1)
                    if event.anchor:
                        self._weights[event.anchor] = 1
                case yaml.CollectionStartEvent():
                    self._add(1)
                    self._open.append((event.anchor, self._parts))
                    self._weights.pop(event.anchor or "", None)
                case yaml.CollectionEndEvent():
                    anchor, begin = self._open.pop()
                    if anchor:
                        self._weights[anchor] = self._parts - begin + 1
            self._check()

    def _add(self, weight: int) -> None:
        self._parts += weight

    def _weight_of(self, anchor: str) -> int:
        if anchor in (each for each, _ in self._open):
            raise ImportRefused(mark("{file} has an alias within itself, so it is not read."), file=self._name)
        # Of an anchor that there is not, the loader tells the line.
        return self._weights.get(anchor, 1)

    def _check(self) -> None:
        if len(self._open) > MAX_DEPTH:
            raise ImportRefused(mark("{file} is nested too deeply, so it is not read."), file=self._name)
        if self._parts > MAX_PARTS or self._aliases > MAX_ALIASES:
            raise ImportRefused(mark("{file} grows too large by its aliases, so it is not read."), file=self._name)
