"""What becomes of secrets that nothing names any more."""

from pathlib import Path

import pytest

from fakes.keyring import FakeRing
from manara.secrets import Keyring, KeyringTrouble, KeyringUnusable, SecretStore
from manara.secrets.kept import Kept


@pytest.fixture
def ring():
    made = FakeRing(by_hand="s3cret")
    yield made
    made.open.set()


@pytest.fixture
def store(ring, tmp_path):
    return SecretStore(Keyring(lambda: ring), tmp_path / "secrets", used_by="settings.toml")


def using(*references):
    return lambda asked: set(asked) & set(references)


def test_what_is_not_used_any_more_is_forgotten_and_the_rest_stays(store, ring):
    old = store.store("shop", "old").result(10)
    new = store.store("shop", "new").result(10)
    file = store.store_in_file("shop", "other").result(10)

    assert store.forget_unused(using(new)).result(10) == (old, file)

    assert ring.secrets == {"by_hand": "s3cret", "shop-2": "new"}
    assert not Path(file.removeprefix("file:")).exists()
    assert store.forget_unused(using()).result(10) == (new,)
    assert ring.secrets == {"by_hand": "s3cret"}


def test_what_somebody_else_has_made_is_never_forgotten(store, ring, tmp_path):
    store.folder.mkdir()
    (store.folder / "shop").write_text("mine\n")

    assert store.store("by_hand", "s3cret").result(10) == "keyring:by_hand"
    assert store.store_in_file("shop", "mine").result(10) == f"file:{store.folder}/shop"

    assert store.forget_unused(using()).result(10) == ()
    assert ring.secrets == {"by_hand": "s3cret"}
    assert (store.folder / "shop").exists()


def test_without_a_secret_of_its_own_nobody_is_asked(store, ring):
    asked = []

    assert store.forget_unused(asked.append).result(10) == ()

    assert asked == []
    assert ring.reads == 0


def test_what_is_kept_for_other_settings_is_not_forgotten(store, ring):
    store.store("shop", "s3cret").result(10)
    other = SecretStore(Keyring(lambda: ring), store.folder, used_by="other.toml")

    assert other.forget_unused(using()).result(10) == ()

    assert "shop" in ring.secrets


def test_where_nobody_can_tell_what_is_used_nothing_is_forgotten(store, ring):
    store.store("shop", "s3cret").result(10)

    def unknown(_references):
        raise OSError("The settings cannot be read.")

    with pytest.raises(OSError, match="cannot be read"):
        store.forget_unused(unknown).result(10)

    assert "shop" in ring.secrets


def test_what_the_keyring_does_not_let_go_is_forgotten_another_time(store, ring):
    store.store("shop", "s3cret").result(10)
    ring.error = KeyringUnusable(KeyringTrouble.LOCKED)

    with pytest.raises(KeyringUnusable):
        store.forget_unused(using()).result(10)

    ring.error = None
    assert store.forget_unused(using()).result(10) == ("keyring:shop",)
    assert "shop" not in ring.secrets


def test_a_keyring_that_nobody_unlocks_is_given_up_and_asked_another_time(ring, tmp_path):
    store = SecretStore(Keyring(lambda: ring), tmp_path / "secrets", unlocked_within_s=0.05)
    reference = store.store_in_file("blog", "s3cret").result(10)
    Kept(store.folder, "").add("keyring:by_hand")
    ring.open.clear()

    with pytest.raises(KeyringUnusable):
        store.forget_unused(using(reference)).result(10)

    assert Kept(store.folder, "").references() == (reference, "keyring:by_hand")
