from functools import partial

import pytest

from fakes.keyring import FakeRing
from manara.model import SettingsInvalid
from manara.monitor import Monitor
from manara.monitor.opening import open_session, open_settings
from manara.secrets import Keyring, SecretStore

MAIL = """
# Was: keyring:old
[network]
witness_resolvers = []
anchors = []
[[services]]
name = "Mail"
paused = true
checks = [{ type = "http", url = "https://mail.example/", bearer = "keyring:mail" }]
"""


@pytest.fixture
def ring():
    return FakeRing()


@pytest.fixture
def settings(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text(MAIL)
    return path


@pytest.fixture
def monitor(settings, ring, tmp_path):
    secrets = SecretStore(Keyring(lambda: ring), tmp_path / "secrets")
    for name in ("mail", "old", "gone"):
        secrets.store(name, "s3cret").result(10)
    made = Monitor(partial(open_session, open_settings(settings)[1]), secrets=secrets)
    made.start().result(10)
    yield made
    made.stop()


def test_secrets_that_the_settings_name_stay_be_it_in_a_comment(monitor, ring):
    assert monitor.forget_unused_secrets().result(10) == ("keyring:gone",)

    assert set(ring.secrets) == {"mail", "old"}


def test_settings_that_are_wrong_at_this_moment_cost_no_secret(monitor, settings, ring):
    settings.write_text("[checks]\ninterval = -1\n")

    with pytest.raises(SettingsInvalid):
        monitor.forget_unused_secrets().result(10)

    assert set(ring.secrets) == {"mail", "old", "gone"}


def test_settings_that_are_gone_cost_no_secret(monitor, settings, ring):
    settings.unlink()

    with pytest.raises(FileNotFoundError):
        monitor.forget_unused_secrets().result(10)

    assert set(ring.secrets) == {"mail", "old", "gone"}
