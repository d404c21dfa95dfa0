"""The answer of an official page's endpoint, before anybody knows what it says."""

import json
from dataclasses import dataclass
from datetime import datetime

from manara.official.told import NotItsFormat


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `content_type` is in lower case, without parameters; empty where the server named none."""

    content: bytes
    content_type: str
    at: datetime
    """When it was read: nothing in it is later than this."""
    url: str = ""

    @property
    def is_html(self) -> bool:
        """Whether it says that it is a page for people."""
        return self.content_type in ("text/html", "application/xhtml+xml")

    @property
    def is_json(self) -> bool:
        """Whether it says that it is JSON."""
        return self.content_type in ("application/json", "text/json") or self.content_type.endswith("+json")

    def json(self) -> object:
        """Return the document; raise `NotItsFormat` where it is not JSON, many hosts answer every path with HTML."""
        if self.is_html:
            raise NotItsFormat("It is a page for people")
        return json_of(self.content)


def json_of(content: bytes | str) -> object:
    """Return a JSON document in any of its encodings; raise `NotItsFormat` where it is none."""
    try:
        document = content.decode(_encoding(content)) if isinstance(content, bytes) else content
        return json.loads(document.strip("\ufeff \r\n\t"))
    except (ValueError, RecursionError) as error:
        raise NotItsFormat("It is not JSON") from error


def _encoding(content: bytes) -> str:
    # RFC 8259 wants UTF-8; Amazon sends UTF-16 with a byte order mark.
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "utf-8"
