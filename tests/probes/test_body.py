import gzip
import zlib
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.probes.body import Body, text_of


def taken(chunks: Iterable[bytes], encoding: str = "", limit: int = 1000, *, keep: bool = True) -> Body:
    body = Body(encoding, limit, keep=keep)
    for chunk in chunks:
        body.feed(chunk)
    return body


def bare_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


PACKERS = {"": bytes, "identity": bytes, "gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress}


@given(
    st.binary(max_size=2000),
    st.sampled_from([*PACKERS.items(), ("deflate", bare_deflate)]),
    st.integers(1, 50),
    st.integers(0, 1500),
)
def test_any_encoding_in_any_chunks_gives_the_content_up_to_the_limit(content, packing, step, limit) -> None:
    encoding, pack = packing
    packed = pack(content)

    body = taken((packed[at : at + step] for at in range(0, len(packed), step)), encoding, limit)

    assert body.readable
    assert body.content == content[:limit]
    assert body.size == min(len(content), limit)
    assert body.cut == (len(content) > limit)


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=20), st.sampled_from(["", "gzip", "deflate", "br"]))
def test_garbage_never_raises_and_never_exceeds_the_limit(chunks, encoding) -> None:
    body = taken(chunks, encoding, limit=300)

    assert len(body.content) <= 300
    assert body.size <= 300


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_cut_at_the_limit(encoding: str) -> None:
    bomb = PACKERS[encoding](bytes(50_000_000))

    body = taken([bomb], encoding)

    assert body.cut
    assert body.content == bytes(1000)


def test_data_that_decodes_to_nothing_is_cut_too() -> None:
    empty_members = gzip.compress(b"") * 20_000

    body = taken([empty_members], "gzip")

    assert body.cut
    assert body.size == 0


def test_all_members_of_a_gzip_body_count() -> None:
    body = taken([gzip.compress(b"one "), gzip.compress(b"two")], "gzip")

    assert body.content == b"one two"


def test_padding_behind_a_gzip_body_is_ignored() -> None:
    body = taken([gzip.compress(b"text") + bytes(64), bytes(10)], "GZIP ")

    assert body.readable
    assert body.content == b"text"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_broken_compression_is_unreadable(encoding: str) -> None:
    body = taken([b"this is no compressed text", b"nor this"], encoding)

    assert not body.readable
    assert body.size == 34


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_an_encoding_that_was_not_asked_for_is_unreadable_but_measured(encoding: str) -> None:
    body = taken([b"12345"], encoding)

    assert not body.readable
    assert body.size == 5


def test_content_is_only_kept_where_it_is_wanted() -> None:
    body = taken([b"12345"], keep=False)

    assert body.size == 5
    assert body.content == b""


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("منارة".encode(), None, "منارة"),
        ("café".encode("latin-1"), "iso-8859-1", "café"),
        ("café".encode("latin-1"), "utf-8", "caf\ufffd"),
        ("\ufefftext".encode(), "utf-8", "text"),
        (b"text", "no-such-charset", "text"),
        (b"text", "zlib", "text"),
        (b"text", "a\0b", "text"),
        (rb"\d", "unicode_escape", r"\d"),
        (b"text", "idna", "text"),
    ],
)
def test_text_is_read_in_the_character_set_of_the_server(content: bytes, charset: str | None, text: str) -> None:
    assert text_of(content, charset) == text


@given(st.binary(max_size=300), st.sampled_from(["utf-16", "utf-7", "gb18030", "shift_jis", "hz", "utf_32", "cp037"]))
def test_no_bytes_are_too_strange_to_be_read_as_text(content: bytes, charset: str) -> None:
    assert isinstance(text_of(content, charset), str)
