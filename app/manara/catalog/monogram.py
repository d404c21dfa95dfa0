"""What stands for a service that has no picture: one or two letters of its name, and a colour of its own.

Letters and a hue alone, so that nobody's trademark is copied. The same for services of the user's own.
"""

import re
import unicodedata
import zlib

_NOT_JOINED = "\N{ZERO WIDTH NON-JOINER}"


def monogram(name: str) -> str:
    """Return one or two letters or digits for a name; a dot for a name that has none.

    They are the first of the first two words, or of the two parts of `YouTube`. Letters of Arabic are kept from being
    joined, which would make a word of them.
    """
    initials = [_without_article(word)[0] for word in _words(name)][:2]
    letters = [unicodedata.normalize("NFC", letter).upper()[:1] for letter in initials]
    joiner = _NOT_JOINED if all(unicodedata.bidirectional(letter) == "AL" for letter in letters) else ""
    return joiner.join(letters) or "•"


def hue(service_id: str) -> int:
    """Return the hue of a service, 0 to 359: always the same for one id, far apart for most others."""
    # The golden ratio spreads numbers that lie together, like those of "shop-1" and "shop-2".
    return int(zlib.crc32(service_id.encode("utf-8", "surrogatepass")) * 0.618_033_988_75 * 360) % 360


def _words(name: str) -> list[str]:
    shown = unicodedata.normalize("NFKC", name)
    plain = "".join(letter for letter in shown if unicodedata.category(letter)[0] != "M")
    parts = _INNER_CAPITAL.sub(" ", plain)
    return re.findall(r"[^\W_]+", parts)


def _without_article(word: str) -> str:
    return word.removeprefix("ال") or word


# Between a small letter and a capital one: "YouTube", "iCloud".
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
