"""The nouns of Manara: frozen dataclasses and enums, nothing but the standard library."""

from manara.model.addresses import NameServer
from manara.model.appearance import AppearanceOptions, ColourScheme, Digits, TileSize, appearance_of
from manara.model.category import Category, Region
from manara.model.check import Check
from manara.model.clock import Clock, SystemClock
from manara.model.event import (
    Event,
    HistoryKept,
    Keeping,
    LineChanged,
    Noticed,
    NotObserved,
    ResultArrived,
    ServicesChanged,
    SettingsRefused,
    SilenceChanged,
    Transitioned,
)
from manara.model.fact import Fact
from manara.model.failure import Failure, Layer, Outcome, Reason
from manara.model.line import Line, LineState, Witness
from manara.model.network import CheckDefaults, NetworkOptions
from manara.model.notice import OF_TROUBLE, Affected, Notice, NoticeKind, Silence
from manara.model.official import OfficialPage, PageKind
from manara.model.options import Option, option, options_of
from manara.model.outage import Outage
from manara.model.problem import Place, Problem, SettingsInvalid
from manara.model.result import Attempt, Certificate, CheckResult, Facts, Timings
from manara.model.sections import Sections, split_sections
from manara.model.series import Bucket, Latency, Phases, Series
from manara.model.service import MAX_ID, Service, id_of
from manara.model.span import OBSERVED, Label, Span, Window
from manara.model.uptime import Counted, HistoryOptions, Uptime
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
    "MAX_ID",
    "OBSERVED",
    "OF_TROUBLE",
    "Affected",
    "AppearanceOptions",
    "Attempt",
    "Bucket",
    "Category",
    "Cause",
    "Certificate",
    "Check",
    "CheckDefaults",
    "CheckResult",
    "CheckState",
    "Circumstance",
    "Claim",
    "Clock",
    "ColourScheme",
    "Counted",
    "Digits",
    "Event",
    "Fact",
    "Facts",
    "Failure",
    "HistoryKept",
    "HistoryOptions",
    "Interval",
    "Keeping",
    "Label",
    "Latency",
    "Layer",
    "Line",
    "LineChanged",
    "LineState",
    "NameServer",
    "NetworkOptions",
    "NotObserved",
    "Notice",
    "NoticeKind",
    "Noticed",
    "OfficialPage",
    "Option",
    "Outage",
    "Outcome",
    "PageKind",
    "Phases",
    "Place",
    "Problem",
    "Reason",
    "Region",
    "ResultArrived",
    "Sections",
    "Series",
    "Service",
    "ServiceState",
    "ServicesChanged",
    "SettingsInvalid",
    "SettingsRefused",
    "Silence",
    "SilenceChanged",
    "Span",
    "SystemClock",
    "TileSize",
    "Timings",
    "Transition",
    "Transitioned",
    "Uptime",
    "Verdict",
    "Window",
    "Witness",
    "appearance_of",
    "id_of",
    "option",
    "options_of",
    "split_sections",
]
