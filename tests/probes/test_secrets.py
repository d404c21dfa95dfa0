import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fakes.keyring import FakeRing
from manara.model import Reason
from manara.probes.border import LookFailed
from manara.probes.secrets import MAX_SECRET_BYTES, TROUBLES, is_reference, usable_reference
from manara.probes.secrets import reveal as reveal_within
from manara.secrets import Keyring, KeyringTrouble, KeyringUnusable


@pytest.fixture
def keep(tmp_path: Path) -> Callable[..., str]:
    """Keep a secret in a file and return the reference to it."""

    def keep(content: bytes, mode: int = 0o600) -> str:
        path = tmp_path / "secret"
        path.write_bytes(content)
        path.chmod(mode)
        return f"file:{path}"

    return keep


async def reveal(reference: str, ring: FakeRing | None = None, within_s: float = 10) -> str:
    return await reveal_within(reference, Keyring(lambda: ring or FakeRing()), within_s)


async def why_not(reference: str, ring: FakeRing | None = None, within_s: float = 10) -> str:
    with pytest.raises(LookFailed) as raised:
        await reveal(reference, ring, within_s)
    assert raised.value.failure.reason is Reason.SECRET_MISSING
    return raised.value.failure.detail


async def test_a_secret_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_TOKEN", "s3cret")

    assert await reveal("env:SHOP_TOKEN") == "s3cret"


async def test_a_secret_comes_from_a_file_without_the_line_end(keep: Callable[..., str]) -> None:
    reference = keep(" s3crét\n".encode())

    assert await reveal(reference) == "s3crét"


async def test_a_secret_comes_from_the_keyring() -> None:
    assert await reveal("keyring:shop:token", FakeRing(**{"shop:token": " s3cret\n"})) == "s3cret"


async def test_a_name_that_the_keyring_does_not_know_is_named() -> None:
    assert await why_not("keyring:shop") == "keyring:shop is not set or empty"


@pytest.mark.parametrize("trouble", KeyringTrouble)
async def test_a_keyring_that_gives_nothing_says_why(trouble: KeyringTrouble) -> None:
    ring = FakeRing()
    ring.error = KeyringUnusable(trouble)

    assert await why_not("keyring:shop", ring) == f"keyring:shop cannot be read: {TROUBLES[trouble]}"


async def test_a_locked_keyring_is_not_waited_for() -> None:
    ring = FakeRing(shop="s3cret")
    ring.open.clear()

    why = await why_not("keyring:shop", ring, within_s=0.05)
    await asyncio.to_thread(ring.open.set)

    assert why == "keyring:shop cannot be read: the keyring does not answer; it may wait to be unlocked"


async def test_a_secret_of_the_keyring_that_no_header_can_carry_is_not_shown() -> None:
    assert "s3cret" not in await why_not("keyring:shop", FakeRing(shop="s3cret\r\nX-Injected: 1"))


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


@pytest.mark.parametrize("text", ["", "keyring:NAME", "env:NAME", "file:/path"])
def test_references_are_accepted(text: str) -> None:
    usable_reference(text)

    assert is_reference(text) == bool(text)


@pytest.mark.parametrize("text", ["hunter2", "env:", "file:", "keyring:", "env", "vault:x"])
def test_a_plain_secret_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match="keyring:NAME, env:NAME or file:/path") as raised:
        usable_reference(text)

    assert "hunter2" not in str(raised.value)


def test_a_relative_path_is_refused() -> None:
    with pytest.raises(ValueError, match="whole path"):
        usable_reference("file:secret.txt")


@pytest.mark.parametrize("text", ["keyring:a\nb", "env:a\x00b"])
def test_a_name_with_a_control_character_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="control character"):
        usable_reference(text)
