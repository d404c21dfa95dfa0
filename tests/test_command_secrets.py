"""The installed program in a terminal with the real keyring of GNOME: checks whose secrets are in it."""

import asyncio
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.keyring import keyring_daemon, prompter_that_waits, surroundings_of_keyring
from fakes.notifications import message_bus_in
from servers.http_server import http_server, reply

SECRET = "s3cret-of-the-shop"


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The surroundings of a user with a bus, on which no keyring runs yet."""
    with message_bus_in(tmp_path) as address:
        yield surroundings_of_keyring(tmp_path, address)


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """Where the settings will be."""
    return tmp_path / "settings.toml"


def write(settings: Path, url: str, timeout: str = "20s") -> None:
    settings.write_text(f"""
        [network]
        witness_resolvers = []
        anchors = []
        [[services]]
        name = "Shop"
        checks = [{{ type = "http", url = "{url}", bearer = "keyring:shop", timeout = "{timeout}" }}]
    """)


async def run(command: Path, *arguments: str | Path, environment: dict[str, str], given: str = "") -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        command,
        *arguments,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said, _ = await process.communicate(given.encode())
    assert process.returncode is not None
    return process.returncode, said.decode()


async def keep_secret(manara: Path, environment: dict[str, str]) -> None:
    """Do as the documentation says."""
    keep = ("-m", "keyring", "set", "manara", "shop")
    assert await run(manara.parent / "python", *keep, environment=environment, given=SECRET) == (0, "")


async def test_check_and_watch_sign_in_with_a_secret_of_the_keyring(
    manara: Path, environment: dict[str, str], settings: Path
) -> None:
    with keyring_daemon(environment, "password"):
        await keep_secret(manara, environment)
        async with http_server(reply("hello")) as server:
            write(settings, server.url())
            checked = await run(manara, "check", "--json", "--config", settings, environment=environment)
            # A slow machine may need longer until it looks.
            for length in ("5s", "20s"):
                watch = ("watch", "--json", "--for", length, "--config", settings)
                watched = await run(manara, *watch, environment=environment)
                if len(server.asked) >= 2:
                    break

    assert {request.headers.get("authorization") for request in server.asked} == {f"Bearer {SECRET}"}
    assert (checked[0], watched[0], len(server.asked) >= 2) == (0, 0, True)
    assert SECRET not in checked[1] + watched[1]


async def test_without_a_keyring_check_says_what_works_instead(
    manara: Path, environment: dict[str, str], settings: Path
) -> None:
    write(settings, "http://127.0.0.1:1/")

    code, said = await run(manara, "check", "--json", "--config", settings, environment=environment)

    failure = json.loads(said)["services"][0]["checks"][0]["failure"]
    assert (code, failure["reason"]) == (3, "secret-missing")
    assert "there is no keyring here; env:NAME and file:/path work without one" in failure["detail"]


async def test_a_keyring_that_nobody_unlocks_holds_no_command_up(
    manara: Path, environment: dict[str, str], settings: Path
) -> None:
    with keyring_daemon(environment, "password"):
        await keep_secret(manara, environment)
    write(settings, "http://127.0.0.1:1/", timeout="2s")

    with prompter_that_waits(environment["DBUS_SESSION_BUS_ADDRESS"]), keyring_daemon(environment):
        async with asyncio.timeout(30):
            code, said = await run(manara, "check", "--config", settings, environment=environment)

    assert code == 3
    assert "the keyring does not answer; it may wait to be unlocked" in said
    assert "Traceback" not in said
