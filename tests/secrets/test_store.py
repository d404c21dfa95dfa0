import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.keyring import FakeRing
from manara.secrets import Keyring, KeyringTrouble, KeyringUnusable, SecretStore, Usable
from manara.secrets.store import secret_name


@pytest.fixture
def ring() -> Iterator[FakeRing]:
    made = FakeRing()
    yield made
    made.open.set()


@pytest.fixture
def store(ring: FakeRing, tmp_path: Path) -> SecretStore:
    return SecretStore(Keyring(lambda: ring), tmp_path / "manara" / "secrets")


def test_a_secret_goes_to_the_keyring_and_the_settings_get_its_name(store: SecretStore, ring: FakeRing) -> None:
    reference = store.store("shop password", " s3cret\n").result(10)

    assert reference == "keyring:shop-password"
    assert ring.secrets == {"shop-password": "s3cret"}


def test_a_secret_is_never_overwritten_so_that_a_change_can_be_undone(store: SecretStore, ring: FakeRing) -> None:
    references = [store.store("shop", secret).result(10) for secret in ("old", "new", "newest", "new")]

    assert references == ["keyring:shop", "keyring:shop-2", "keyring:shop-3", "keyring:shop-2"]
    assert ring.secrets == {"shop": "old", "shop-2": "new", "shop-3": "newest"}


def test_a_keyring_that_keeps_nothing_is_noticed(store: SecretStore, ring: FakeRing) -> None:
    ring.forgetful = True

    with pytest.raises(KeyringUnusable) as raised:
        store.store("shop", "s3cret").result(10)

    assert raised.value.trouble is KeyringTrouble.FAILING


@pytest.mark.parametrize("secret", ["", "  ", "one\ntwo", "a\x00b"])
def test_what_no_request_can_carry_is_not_kept(store: SecretStore, ring: FakeRing, secret: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        store.store("shop", secret).result(10)
    with pytest.raises(ValueError, match="one line"):
        store.store_in_file("shop", secret).result(10)

    assert ring.secrets == {}
    assert not store.folder.exists()


def test_a_secret_is_forgotten_and_twice_is_no_error(store: SecretStore, ring: FakeRing) -> None:
    reference = store.store("shop", "s3cret").result(10)

    store.forget(reference).result(10)
    store.forget(reference).result(10)

    assert ring.secrets == {}


def test_a_file_is_written_for_its_owner_alone(store: SecretStore) -> None:
    reference = store.store_in_file("shop password", "s3crét").result(10)

    path = Path(reference.removeprefix("file:"))
    assert path == store.folder / "shop-password"
    assert path.read_text() == "s3crét\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_is_never_overwritten_whatever_is_there(store: SecretStore) -> None:
    store.store_in_file("shop", "old").result(10)
    (store.folder / "shop-2").mkdir()

    references = [store.store_in_file("shop", secret).result(10) for secret in ("new", "old", "new")]

    assert [Path(reference).name for reference in references] == ["shop-3", "shop", "shop-3"]
    assert (store.folder / "shop").read_text() == "old\n"


def test_a_folder_that_cannot_be_made_is_an_error_of_the_system(ring: FakeRing, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = SecretStore(Keyring(lambda: ring), tmp_path / "file" / "secrets")

    with pytest.raises(OSError, match="file"):
        store.store_in_file("shop", "s3cret").result(10)


def test_only_files_of_its_own_are_deleted(store: SecretStore, tmp_path: Path) -> None:
    reference = store.store_in_file("shop", "s3cret").result(10)
    users = tmp_path / "mine"
    users.write_text("s3cret")

    for each in (reference, reference, f"file:{users}", f"file:{store.folder}/../../mine", "env:SHOP"):
        store.forget(each).result(10)

    assert list(store.folder.iterdir()) == []
    assert users.exists()


def test_a_keyring_that_answers_is_usable_and_named(store: SecretStore, ring: FakeRing) -> None:
    assert store.usable().result(10) == Usable(None, "Fake Keyring")
    assert ring.secrets == {}


@pytest.mark.parametrize("trouble", [KeyringTrouble.MISSING, KeyringTrouble.LOCKED])
def test_a_keyring_that_is_not_usable_says_why(store: SecretStore, ring: FakeRing, trouble: KeyringTrouble) -> None:
    ring.error = KeyringUnusable(trouble)

    assert store.usable().result(10) == Usable(trouble)


def test_a_keyring_that_nobody_unlocks_is_given_up(ring: FakeRing, tmp_path: Path) -> None:
    store = SecretStore(Keyring(lambda: ring), tmp_path, unlocked_within_s=0.05)
    ring.open.clear()

    assert store.usable().result(10) == Usable(KeyringTrouble.SILENT)
    assert store.store_in_file("shop", "s3cret").result(10) == f"file:{tmp_path}/shop"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("shop.password", "shop.password"),
        ("shop X-Api-Key", "shop-X-Api-Key"),
        ("../../etc/passwd", "etc-passwd"),
        ("متجر", "متجر"),
        ("a\x00b\n", "a-b"),
        ("--", "secret"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_name_is_made_fit_for_files_and_commands(text: str, name: str) -> None:
    assert secret_name(text) == name
