"""Text as people mean it: without case, accents, and the spellings that Arabic leaves to the writer."""

import unicodedata


def folded(text: str) -> str:
    """Return the words of a text, folded and with one space between: `T-Mobile` is `t mobile`, `أمازون` is `امازون`."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    spelled = decomposed.translate(_SPELLINGS)
    kept = "".join(_kept(character) for character in spelled)
    # A name of signs alone is still a name.
    return " ".join(kept.split()) or "".join(text.casefold().split())


def compact(words: str) -> str:
    """Return folded words without spaces: `t mobile` and `tmobile` are the same."""
    return words.replace(" ", "")


# What decomposition leaves: alef wasla, alef maqsura, taa marbuta, and the letters that other languages write instead.
_SPELLINGS = str.maketrans("ٱىةکیھہە", "ايهكيههه") | {
    ord("ء"): None,
    ord("ـ"): None,
    ord("\N{LATIN SMALL LETTER DOTLESS I}"): "i",
}


def _kept(character: str) -> str:
    match unicodedata.category(character)[0]:
        case "L":
            return character
        case "N":
            # Digits of every script are the same digits.
            return str(unicodedata.digit(character, character))
        case "M":
            return ""
    return " "
