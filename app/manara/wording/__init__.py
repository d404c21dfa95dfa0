"""Words for people: every verdict, reason, duration and sentence that the terminal and the window show."""

from manara.wording.categories import category_word, region_word
from manara.wording.diagnosis import (
    blame_sentence,
    conclusion_clause,
    confidence_word,
    diagnosis_sentence,
    explanation,
)
from manara.wording.failures import clause, keeping_sentence, layer_word, line_sentence, standalone
from manara.wording.history import (
    counted_as,
    history_begins,
    last_known,
    no_data_before,
    outage_sentence,
    outage_times,
    percent,
    period,
    time_spent,
    unseen_in_between,
    uptime_sentence,
    uptime_word,
    watched_until,
)
from manara.wording.ladder import Rung, attempts_in_vain, ladder
from manara.wording.login import login_sentence, login_trouble_sentence
from manara.wording.memory import certificate_lines, fact_value, kind_word, seen_when
from manara.wording.official import official_against_measured, official_sentence
from manara.wording.plain import one_line, spreadsheet_cell
from manara.wording.secrets import keyring_sentence, other_ways
from manara.wording.sentences import check_sentence, latency_ms, service_sentence, transition_sentence
from manara.wording.steps import kind_of_step, step_rungs
from manara.wording.times import age, beginning, date, day_and_time, duration, exact_duration, latency, moment, size
from manara.wording.translation import Translator, translator
from manara.wording.verdicts import (
    SIGNS,
    WORST_FIRST,
    Sign,
    Tone,
    counted,
    sign_of_outcome,
    verdict_of_outcome,
    verdict_word,
)

__all__ = [
    "SIGNS",
    "WORST_FIRST",
    "Rung",
    "Sign",
    "Tone",
    "Translator",
    "age",
    "attempts_in_vain",
    "beginning",
    "blame_sentence",
    "category_word",
    "certificate_lines",
    "check_sentence",
    "clause",
    "conclusion_clause",
    "confidence_word",
    "counted",
    "counted_as",
    "date",
    "day_and_time",
    "diagnosis_sentence",
    "duration",
    "exact_duration",
    "explanation",
    "fact_value",
    "history_begins",
    "keeping_sentence",
    "keyring_sentence",
    "kind_of_step",
    "kind_word",
    "ladder",
    "last_known",
    "latency",
    "latency_ms",
    "layer_word",
    "line_sentence",
    "login_sentence",
    "login_trouble_sentence",
    "moment",
    "no_data_before",
    "official_against_measured",
    "official_sentence",
    "one_line",
    "other_ways",
    "outage_sentence",
    "outage_times",
    "percent",
    "period",
    "region_word",
    "seen_when",
    "service_sentence",
    "sign_of_outcome",
    "size",
    "spreadsheet_cell",
    "standalone",
    "step_rungs",
    "time_spent",
    "transition_sentence",
    "translator",
    "unseen_in_between",
    "uptime_sentence",
    "uptime_word",
    "verdict_of_outcome",
    "verdict_word",
    "watched_until",
]
