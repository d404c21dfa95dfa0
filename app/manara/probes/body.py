"""Reading the body of an answer: decoded as it comes, never more of it than the limit, whatever the server sends."""

import codecs
import zlib
from typing import Protocol


class Body:
    """Takes the body chunk by chunk; a compressed one never grows beyond the limit."""

    def __init__(self, content_encoding: str, limit: int, *, keep: bool) -> None:
        self._limit = limit
        self._keep = keep
        decoder = _DECODERS.get(content_encoding.strip().lower())
        self._decoder = decoder() if decoder else _Identity()
        self._content = bytearray()
        self._received = 0
        self._size = 0
        self.readable = decoder is not None
        """Whether the content could be decoded."""

    @property
    def size(self) -> int:
        """Bytes that were taken, decoded where that is possible; at most the limit."""
        return min(self._size, self._limit)

    @property
    def cut(self) -> bool:
        """Whether there was more than the limit, so that nothing more need be read."""
        # The second part is for data that decodes to nothing, for ever.
        return self._size > self._limit or self._received > 2 * self._limit + _SMALLEST_LIMIT

    @property
    def content(self) -> bytes:
        """What was taken, decoded; empty unless it was to be kept."""
        return bytes(self._content[: self._limit])

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk as it came over the wire."""
        self._received += len(chunk)
        decoded = self._decode(chunk)
        self._size += len(decoded)
        if self._keep:
            self._content += decoded

    def _decode(self, chunk: bytes) -> bytes:
        if self.cut:
            return b""
        try:
            # One byte more than fits tells that there is more.
            return self._decoder.decode(chunk, self._limit + 1 - self._size)
        except zlib.error:
            self._decoder = _Identity()
            self.readable = False
            return chunk


def text_of(content: bytes, charset: str | None) -> str:
    """Return the text of a body in the character set that the server named, else in UTF-8; never fails."""
    try:
        name = codecs.lookup(charset or "utf-8").name
        if name in _UNSAFE_CHARSETS:
            name = "utf-8"
        text = content.decode(name, "replace")
    except (LookupError, ValueError):
        text = content.decode("utf-8", "replace")
    return text.removeprefix("\ufeff")


_SMALLEST_LIMIT = 64 * 1024

# Python knows these as character sets, but no page is written in them, and some take quadratic time.
_UNSAFE_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})


class _Decoder(Protocol):
    def decode(self, chunk: bytes, room: int) -> bytes:
        """Return at most `room` bytes, which is never nothing; what does not fit is lost."""


class _Identity:
    def decode(self, chunk: bytes, room: int) -> bytes:
        return chunk[:room]


class _Gzip:
    """RFC 1952: one or more members in a row, perhaps followed by padding."""

    def __init__(self) -> None:
        self._member = _gzip_member()
        self._members_done = 0

    def decode(self, chunk: bytes, room: int) -> bytes:
        decoded = bytearray()
        while chunk and len(decoded) < room:
            if self._member.eof:
                self._member = _gzip_member()
                self._members_done += 1
            try:
                decoded += self._member.decompress(chunk, room - len(decoded))
            except zlib.error:
                if not self._members_done:
                    raise
                break
            chunk = self._member.unused_data
        return bytes(decoded)


class _Deflate:
    """RFC 9110 means zlib (RFC 1950), but some servers send the bare RFC 1951 stream."""

    def __init__(self) -> None:
        self._held = b""
        self._stream = zlib.decompressobj()
        self._begun = False

    def decode(self, chunk: bytes, room: int) -> bytes:
        if not self._begun:
            self._held += chunk
            if len(self._held) < 2:
                return b""
            chunk = self._held
            self._begun = True
            if int.from_bytes(chunk[:2]) % 31 or chunk[0] & 0x0F != zlib.DEFLATED:
                self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._stream.decompress(chunk, room)


def _gzip_member() -> "zlib._Decompress":
    return zlib.decompressobj(16 + zlib.MAX_WBITS)


_DECODERS: dict[str, type[_Decoder]] = {
    "": _Identity,
    "identity": _Identity,
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
}
