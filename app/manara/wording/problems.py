"""What is wrong with a file, or why something was not done, in the reader's language."""

from manara.model import Problem, Said, SettingsInvalid
from manara.wording.translation import Translator


def said(tr: Translator, sentence: str) -> str:
    """Return a sentence in the reader's language; one that is not known is returned as it is."""
    if not isinstance(sentence, Said):
        return tr(sentence)
    if not sentence.values:
        return tr(sentence.text)
    parts = {name: said(tr, part) if isinstance(part, Said) else part for name, part in sentence.values.items()}
    return tr(sentence.text).format(**parts)


def problem_sentence(tr: Translator, problem: Problem) -> str:
    """Return what is wrong, without its place: `This must be a number. Write it without quotation marks.`"""
    return " ".join(filter(None, (said(tr, problem.sentence), said(tr, problem.hint))))


def why(tr: Translator, error: BaseException) -> str:
    """Return what an error says, in one sentence or more."""
    if isinstance(error, SettingsInvalid):
        return " ".join(f"{error.file}: {said(tr, problem.told)}" for problem in error.problems)
    first = error.args[0] if error.args else None
    return said(tr, first) if isinstance(first, Said) else str(error)
