"""How the `[checks]` section reaches each check: what a check does not set itself is inherited."""

import functools
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

from manara.model import Check, CheckDefaults, Service
from manara.model.check import Pace


def inherited_pace(cls: type[Check], own: Mapping[str, Any], defaults: CheckDefaults) -> dict[str, Any]:
    """Return the values of `Pace` that a check of this type inherits, given the options that it sets itself.

    What `[checks]` leaves as it was gives way to the default of the check type. An inherited timeout is never longer
    than the interval: who looks every 5 seconds need not also say that a look takes 5 seconds at most.
    """
    types_own = _defaults_of(cls)
    pace = {}
    for name, usual in _defaults_of(Pace).items():
        chosen = getattr(defaults, name)
        pace[name] = types_own[name] if chosen == usual else chosen
    pace["timeout"] = min(pace["timeout"], own.get("interval", pace["interval"]))
    return {name: value for name, value in pace.items() if name not in own}


def own_options(check: Check, defaults: CheckDefaults) -> dict[str, Any]:
    """Return the options of a check that it would not have by itself, under these defaults."""
    by_default = _by_default(type(check), check.interval, defaults)
    return {name: value for name, usual in by_default.items() if (value := getattr(check, name)) != usual}


# Most checks of a file are of few types and intervals.
@functools.lru_cache(maxsize=100)
def _by_default(cls: type[Check], interval: timedelta, defaults: CheckDefaults) -> Mapping[str, Any]:
    """Return the options that a check of a type with an interval has by itself."""
    by_default = {**_defaults_of(cls), **inherited_pace(cls, {"interval": interval}, defaults)}
    by_default["interval"] = inherited_pace(cls, {}, defaults)["interval"]
    return by_default


@functools.cache
def _defaults_of(cls: type[Pace]) -> Mapping[str, Any]:
    return {field.name: field.default for field in fields(cls)}


def with_defaults(service: Service, defaults: CheckDefaults) -> Service:
    """Return a service whose checks follow `[checks]` wherever they say nothing of their own."""
    return replace(service, checks=tuple(_with_defaults(check, defaults) for check in service.checks))


def _with_defaults(check: Check, defaults: CheckDefaults) -> Check:
    own = own_options(check, CheckDefaults())
    return replace(check, **inherited_pace(type(check), own, defaults))
