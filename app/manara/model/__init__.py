"""The nouns of Manara: frozen dataclasses and enums, nothing but the standard library."""

from manara.model.addresses import NameServer
from manara.model.appearance import AppearanceOptions, ColourScheme, Digits, TileSize, appearance_of
from manara.model.category import Category, Region
from manara.model.check import Check
from manara.model.clock import Clock, SystemClock
from manara.model.diagnosis import Blame, Conclusion, Confidence, Diagnosis, Step, StepKind
from manara.model.diagnosis_options import DiagnosisOptions
from manara.model.event import (
    Diagnosed,
    Event,
    HistoryKept,
    IncidentChanged,
    Keeping,
    LineChanged,
    NetworkLearned,
    Noticed,
    NotObserved,
    OfficialHeard,
    ResultArrived,
    ServicesChanged,
    SettingsRefused,
    SilenceChanged,
    Transitioned,
    ZoneLearned,
)
from manara.model.fact import Fact
from manara.model.failure import Failure, Layer, Outcome, Reason
from manara.model.incident import CommonCause, Happening, Incident, Member, Stage, Trait, TraitKind
from manara.model.line import Limit, Line, LineState, Witness, WitnessKind
from manara.model.network import CheckDefaults, NetworkOptions
from manara.model.notice import OF_TROUBLE, Affected, Believed, Notice, NoticeKind, Silence
from manara.model.official import OfficialPage, PageKind
from manara.model.official_word import (
    OfficialComponent,
    OfficialIncident,
    OfficialState,
    OfficialWord,
    Post,
    Unreadable,
)
from manara.model.options import Option, option, options_of
from manara.model.outage import Outage
from manara.model.problem import Place, Problem, SettingsInvalid
from manara.model.result import Attempt, Certificate, CheckResult, Facts, Timings
from manara.model.said import Said
from manara.model.sections import Sections, split_sections
from manara.model.series import Bucket, Latency, Phases, Series
from manara.model.service import MAX_ID, Service, id_of
from manara.model.span import OBSERVED, Label, Span, Window
from manara.model.uptime import Counted, HistoryOptions, Uptime
from manara.model.usual import Usual
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
from manara.model.zone import Zone, ZoneServer

__all__ = [
    "MAX_ID",
    "OBSERVED",
    "OF_TROUBLE",
    "Affected",
    "AppearanceOptions",
    "Attempt",
    "Believed",
    "Blame",
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
    "CommonCause",
    "Conclusion",
    "Confidence",
    "Counted",
    "Diagnosed",
    "Diagnosis",
    "DiagnosisOptions",
    "Digits",
    "Event",
    "Fact",
    "Facts",
    "Failure",
    "Happening",
    "HistoryKept",
    "HistoryOptions",
    "Incident",
    "IncidentChanged",
    "Interval",
    "Keeping",
    "Label",
    "Latency",
    "Layer",
    "Limit",
    "Line",
    "LineChanged",
    "LineState",
    "Member",
    "NameServer",
    "NetworkLearned",
    "NetworkOptions",
    "NotObserved",
    "Notice",
    "NoticeKind",
    "Noticed",
    "OfficialComponent",
    "OfficialHeard",
    "OfficialIncident",
    "OfficialPage",
    "OfficialState",
    "OfficialWord",
    "Option",
    "Outage",
    "Outcome",
    "PageKind",
    "Phases",
    "Place",
    "Post",
    "Problem",
    "Reason",
    "Region",
    "ResultArrived",
    "Said",
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
    "Stage",
    "Step",
    "StepKind",
    "SystemClock",
    "TileSize",
    "Timings",
    "Trait",
    "TraitKind",
    "Transition",
    "Transitioned",
    "Unreadable",
    "Uptime",
    "Usual",
    "Verdict",
    "Window",
    "Witness",
    "WitnessKind",
    "Zone",
    "ZoneLearned",
    "ZoneServer",
    "appearance_of",
    "id_of",
    "option",
    "options_of",
    "split_sections",
]
