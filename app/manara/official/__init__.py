"""The official word: what operators say of their services, one file for each way of saying it."""

from manara.official.once import words_once
from manara.official.reading import Reading, Validators
from manara.official.watch import OfficialWatch
from manara.official.word import word_of

__all__ = ["OfficialWatch", "Reading", "Validators", "word_of", "words_once"]
