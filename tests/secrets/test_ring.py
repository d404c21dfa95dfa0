"""The real keyring of GNOME on a bus of its own: there, locked, waiting for its password, and not there."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail, null

from fakes.keyring import keyring_daemon, on_a_bus_without_keyring, prompter_that_waits
from manara.secrets import Keyring, KeyringTrouble, KeyringUnusable
from manara.secrets.ring import SystemRing

# WORKAROUND for keyring 25.7.0: where Secret Service stays locked, it leaves its connection to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A bus on which there is no keyring yet."""
    with on_a_bus_without_keyring(tmp_path, monkeypatch) as environment:
        yield environment


def trouble_of_reading(ring: SystemRing) -> KeyringTrouble:
    with pytest.raises(KeyringUnusable) as raised:
        ring.read("shop")
    return raised.value.trouble


def test_a_secret_is_kept_found_again_by_another_process_and_forgotten(surroundings: dict[str, str]) -> None:
    with keyring_daemon(surroundings, "password"):
        SystemRing().write("shop", "s3crét")
    with keyring_daemon(surroundings, "password"):
        ring = SystemRing()
        kept = ring.read("shop")
        ring.delete("shop")
        gone = ring.read("shop")

    assert ring.name == "SecretService Keyring"
    assert (kept, gone) == ("s3crét", None)


def test_a_keyring_that_nobody_unlocks_is_locked(surroundings: dict[str, str]) -> None:
    with keyring_daemon(surroundings, "password"):
        SystemRing().write("shop", "s3cret")

    with keyring_daemon(surroundings):
        assert trouble_of_reading(SystemRing()) is KeyringTrouble.LOCKED


def test_a_keyring_for_which_nobody_wants_to_choose_a_password_is_locked(surroundings: dict[str, str]) -> None:
    with keyring_daemon(surroundings):
        assert trouble_of_reading(SystemRing()) is KeyringTrouble.LOCKED


def test_a_keyring_that_has_gone_away_fails(surroundings: dict[str, str]) -> None:
    with keyring_daemon(surroundings, "password"):
        ring = SystemRing()

    assert trouble_of_reading(ring) is KeyringTrouble.FAILING


def test_where_there_is_none_at_login_it_is_found_once_it_runs(surroundings: dict[str, str]) -> None:
    with pytest.raises(KeyringUnusable) as raised:
        SystemRing()
    with keyring_daemon(surroundings, "password"):
        found = SystemRing().name

    assert raised.value.trouble is KeyringTrouble.MISSING
    assert found == "SecretService Keyring"


def test_a_keyring_that_was_switched_off_is_none(surroundings: dict[str, str]) -> None:
    keyring.set_keyring(null.Keyring())

    with pytest.raises(KeyringUnusable) as raised:
        SystemRing()

    assert raised.value.trouble is KeyringTrouble.MISSING


def test_a_ring_that_knows_itself_to_be_none_is_missing(surroundings: dict[str, str]) -> None:
    with keyring_daemon(surroundings, "password"):
        ring = SystemRing()
        ring._ring = fail.Keyring()

        assert trouble_of_reading(ring) is KeyringTrouble.MISSING


async def test_a_keyring_that_waits_for_its_password_does_not_hold_a_look_up(surroundings: dict[str, str]) -> None:
    with keyring_daemon(surroundings, "password"):
        SystemRing().write("shop", "s3cret")

    with prompter_that_waits(surroundings["DBUS_SESSION_BUS_ADDRESS"]), keyring_daemon(surroundings):
        with pytest.raises(KeyringUnusable) as raised:
            await Keyring(patience_s=0.5).read("shop", within_s=10)

        assert raised.value.trouble is KeyringTrouble.SILENT
