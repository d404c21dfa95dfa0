"""What a diagnosis ends in, before it is put together with its evidence."""

from dataclasses import dataclass

from manara.model import Conclusion, Confidence

MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """A conclusion, how sure it is, and what it is about."""

    conclusion: Conclusion
    confidence: Confidence = Confidence.POSSIBLE
    named: tuple[str, ...] = ()


UNKNOWABLE = Finding(Conclusion.CANNOT_TELL)


def finding(conclusion: Conclusion, pieces: int, *named: str) -> Finding:
    """Return a conclusion as sure as the number of independent pieces of evidence for it allows: two are certain."""
    confidence = (Confidence.POSSIBLE, Confidence.LIKELY, Confidence.CERTAIN)[max(0, min(pieces, 2))]
    return Finding(conclusion, confidence, tuple(dict.fromkeys(filter(None, named)))[:MOST_NAMED])
