"""The official word: what operators say of their services, one file for each way of saying it."""

from manara.official.page import read_page
from manara.official.reading import Reading, Validators
from manara.official.word import word_of

__all__ = ["Reading", "Validators", "read_page", "word_of"]
