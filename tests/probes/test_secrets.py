import os
from collections.abc import Callable
from pathlib import Path

import pytest

from manara.model import Reason
from manara.probes.border import LookFailed
from manara.probes.secrets import MAX_SECRET_BYTES, is_reference, reveal, usable_reference


@pytest.fixture
def keep(tmp_path: Path) -> Callable[..., str]:
    """Keep a secret in a file and return the reference to it."""

    def keep(content: bytes, mode: int = 0o600) -> str:
        path = tmp_path / "secret"
        path.write_bytes(content)
        path.chmod(mode)
        return f"file:{path}"

    return keep


async def why_not(reference: str) -> str:
    with pytest.raises(LookFailed) as raised:
        await reveal(reference)
    assert raised.value.failure.reason is Reason.SECRET_MISSING
    return raised.value.failure.detail


async def test_a_secret_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_TOKEN", "s3cret")

    assert await reveal("env:SHOP_TOKEN") == "s3cret"


async def test_a_secret_comes_from_a_file_without_the_line_end(keep: Callable[..., str]) -> None:
    reference = keep(" s3crét\n".encode())

    assert await reveal(reference) == "s3crét"


async def test_a_variable_that_is_not_set_is_named() -> None:
    assert await why_not("env:NO_SUCH_VARIABLE") == "env:NO_SUCH_VARIABLE is not set or empty"


async def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "none cannot be read: No such file" in await why_not(f"file:{tmp_path}/none")


async def test_an_empty_file_is_no_secret(keep: Callable[..., str]) -> None:
    reference = keep(b"\n")

    assert await why_not(reference) == f"{reference} is not set or empty"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
async def test_a_file_that_others_can_open_is_refused(keep: Callable[..., str], mode: int) -> None:
    reference = keep(b"s3cret", mode)

    assert "open to other users" in await why_not(reference)


async def test_a_directory_is_no_secret(tmp_path: Path) -> None:
    assert "cannot be read: Is a directory" in await why_not(f"file:{tmp_path}")


async def test_a_named_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)

    assert "is not a file" in await why_not(f"file:{tmp_path}/pipe")


async def test_a_huge_file_is_no_secret(keep: Callable[..., str]) -> None:
    reference = keep(b"x" * (MAX_SECRET_BYTES + 1))

    assert "too large" in await why_not(reference)


@pytest.mark.parametrize("content", [b"s3cret\r\nX-Injected: 1", b"s3cret\x00", b"\xff\xfes3cret"])
async def test_a_secret_that_no_header_can_carry_is_refused_without_showing_it(
    keep: Callable[..., str], content: bytes
) -> None:
    reference = keep(content)

    assert "s3cret" not in await why_not(reference)


@pytest.mark.parametrize("text", ["", "env:NAME", "file:/path"])
def test_references_are_accepted(text: str) -> None:
    usable_reference(text)

    assert is_reference(text) == bool(text)


@pytest.mark.parametrize("text", ["hunter2", "env:", "file:", "env", "vault:x"])
def test_a_plain_secret_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match="env:NAME or file:/path") as raised:
        usable_reference(text)

    assert "hunter2" not in str(raised.value)


def test_a_relative_path_is_refused() -> None:
    with pytest.raises(ValueError, match="whole path"):
        usable_reference("file:secret.txt")
