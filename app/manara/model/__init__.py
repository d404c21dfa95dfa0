"""The nouns of Manara: frozen dataclasses and enums, nothing but the standard library."""

from manara.model.addresses import NameServer
from manara.model.check import Check
from manara.model.clock import Clock, SystemClock
from manara.model.event import (
    Event,
    LineChanged,
    NotObserved,
    ResultArrived,
    ServicesChanged,
    SettingsRefused,
    Transitioned,
)
from manara.model.failure import Failure, Layer, Outcome, Reason
from manara.model.line import Line, LineState, Witness
from manara.model.network import CheckDefaults, NetworkOptions
from manara.model.options import Option, option, options_of
from manara.model.result import Attempt, Certificate, CheckResult, Facts, Timings
from manara.model.service import Service
from manara.model.verdict import (
    Cause,
    CheckState,
    Circumstance,
    Claim,
    Interval,
    ServiceState,
    Transition,
    Verdict,
)

__all__ = [
    "Attempt",
    "Cause",
    "Certificate",
    "Check",
    "CheckDefaults",
    "CheckResult",
    "CheckState",
    "Circumstance",
    "Claim",
    "Clock",
    "Event",
    "Facts",
    "Failure",
    "Interval",
    "Layer",
    "Line",
    "LineChanged",
    "LineState",
    "NameServer",
    "NetworkOptions",
    "NotObserved",
    "Option",
    "Outcome",
    "Reason",
    "ResultArrived",
    "Service",
    "ServiceState",
    "ServicesChanged",
    "SettingsRefused",
    "SystemClock",
    "Timings",
    "Transition",
    "Transitioned",
    "Verdict",
    "Witness",
    "option",
    "options_of",
]
