"""Tags as one text, for tables and labels, that reads back as it was."""

import json
from collections.abc import Sequence


def text_of_tags(tags: Sequence[str]) -> str:
    """Return `a, b`, or JSON where a comma would read as two tags."""
    text = ", ".join(tags)
    return text if tags_of_text(text) == list(tags) else json.dumps(list(tags), ensure_ascii=False)


def tags_of_text(text: str) -> list[str]:
    """Return the tags of a text."""
    if text.startswith("["):
        try:
            tags = json.loads(text)
        except (ValueError, RecursionError):
            tags = None
        if isinstance(tags, list) and all(isinstance(tag, str) for tag in tags):
            return tags
    return [tag for part in text.split(",") if (tag := part.strip())]
