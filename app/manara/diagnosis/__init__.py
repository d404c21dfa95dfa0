"""Diagnosis: is it our own line, and what lies behind a failure."""

from manara.diagnosis.delegation import Delegations
from manara.diagnosis.explainer import Explainer
from manara.diagnosis.knocking import Knocks
from manara.diagnosis.line import LineProver
from manara.diagnosis.name_questions import NameQuestions
from manara.diagnosis.networks import Networks
from manara.diagnosis.own_answers import OwnAnswers
from manara.diagnosis.remembered import Memory
from manara.diagnosis.sharing import Shared
from manara.diagnosis.witnesses import Witnesses
from manara.diagnosis.zone_lookup import ZoneLookup
from manara.diagnosis.zones import Zones

__all__ = [
    "Delegations",
    "Explainer",
    "Knocks",
    "LineProver",
    "Memory",
    "NameQuestions",
    "Networks",
    "OwnAnswers",
    "Shared",
    "Witnesses",
    "ZoneLookup",
    "Zones",
]
