"""Words for people: every verdict, reason, duration and sentence that the terminal and the window show."""

from manara.wording.failures import clause, keeping_sentence, layer_word, line_sentence, standalone
from manara.wording.ladder import Rung, attempts_in_vain, ladder
from manara.wording.plain import one_line
from manara.wording.sentences import check_sentence, latency_ms, service_sentence, transition_sentence
from manara.wording.times import age, beginning, date, duration, latency, moment, size
from manara.wording.translation import Translator, translator
from manara.wording.verdicts import SIGNS, WORST_FIRST, Sign, Tone, counted, sign_of_outcome, verdict_word

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
    "check_sentence",
    "clause",
    "counted",
    "date",
    "duration",
    "keeping_sentence",
    "ladder",
    "latency",
    "latency_ms",
    "layer_word",
    "line_sentence",
    "moment",
    "one_line",
    "service_sentence",
    "sign_of_outcome",
    "size",
    "standalone",
    "transition_sentence",
    "translator",
    "verdict_word",
]
