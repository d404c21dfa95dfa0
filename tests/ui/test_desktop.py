import os
import subprocess
import sys


def test_no_source_is_read_to_find_out_who_uses_features_of_pyside(tmp_path):
    """It would cost a fifth of the time to load, and 16 MB."""
    program = (
        "import linecache\n"
        "from types import SimpleNamespace\n"
        "from manara.ui.desktop import desktop\n"
        "print(desktop(SimpleNamespace()), len(linecache.cache))"
    )
    nowhere = {**os.environ, "PYTHONPATH": "app", "QT_QPA_PLATFORM": "xcb", "DISPLAY": ":98762"}
    nowhere.pop("WAYLAND_DISPLAY", None)

    ran = subprocess.run([sys.executable, "-c", program], env=nowhere, capture_output=True, check=True)

    code, sources = map(int, ran.stdout.split())
    assert code == 69
    assert sources < 20
