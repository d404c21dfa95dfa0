"""YAML from strangers: read part by part, while depth, parts and what aliases multiply are counted."""

import re
from typing import Any

import yaml

from manara.catalog.imports.refusal import ImportRefused
from manara.catalog.imports.yaml_building import Builder, TooLarge
from manara.catalog.imports.yaml_scalars import KINDS
from manara.wording.translation import mark

MAX_CHARACTERS = 8 * 1024 * 1024


def _resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {"<": [("tag:yaml.org,2002:merge", re.compile(r"<<\Z"))]}
    for kind in KINDS:
        for character in kind.begins:
            known = resolvers.setdefault(character, [])
            known.append((f"tag:yaml.org,2002:{kind.tag}", re.compile(rf"(?:{kind.pattern.pattern})\Z")))
    return resolvers


class _Loader(yaml.CSafeLoader):
    """For the rare file with tags, as `!!str 1`; all else means the same as without it."""

    yaml_implicit_resolvers = _resolvers()


def read_yaml(text: str, name: str) -> Any:
    """Return what a YAML document holds; raise `ImportRefused` with one sentence when it is broken or a bomb."""
    if len(text) > MAX_CHARACTERS:
        limit = MAX_CHARACTERS // 1024**2
        raise ImportRefused(
            mark("{file} is larger than {limit} MiB of YAML, so it is not read."), file=name, limit=limit
        )
    builder = Builder()
    try:
        document = builder.document_of(yaml.parse(text, Loader=yaml.CSafeLoader))
        return yaml.load(text, Loader=_Loader) if builder.has_tags else document  # noqa: S506 - it is a safe loader
    except TooLarge as found:
        raise ImportRefused(found.sentence, file=name) from found
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise _broken(error, name) from error


def _broken(error: Exception, name: str) -> ImportRefused:
    place = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    if place is None:
        return ImportRefused(mark("{file} is not YAML that can be read."), file=name)
    reason = getattr(error, "problem", None) or "it is broken"
    sentence = mark("{file} is not YAML: {reason}, in line {line}.")
    return ImportRefused(sentence, file=name, reason=reason, line=place.line + 1)
