import subprocess
import sys

import pytest

from manara.model import SystemClock
from manara.monitor.assembly import build_monitor


@pytest.fixture
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def test_nothing_is_written_before_it_starts(home):
    build_monitor(None, None, SystemClock())

    assert list(home.iterdir()) == []


def test_until_it_starts_nothing_of_the_engine_is_loaded():
    """The first picture must not wait for HTTP, DNS and settings."""
    program = (
        "import sys\n"
        "from manara.model import SystemClock\n"
        "from manara.monitor.assembly import build_monitor\n"
        "build_monitor(None, None, SystemClock())\n"
        "print(*sys.modules)"
    )

    ran = subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": "app"}, capture_output=True, check=True)

    loaded = {name.split(".")[0] for name in ran.stdout.decode().split()}
    assert "manara" in loaded
    assert not loaded & {
        "httpx",
        "dns",
        "msgspec",
        "pydantic_core",
        "tomlkit",
        "cryptography",
        "jsonpath",
        "regex",
        "rich",
        "PySide6",
    }
    assert "keyring" not in loaded
