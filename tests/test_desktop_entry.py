"""The entry in the desktop's menu, as it is installed."""

import subprocess
from pathlib import Path

from manara.login.desktop_entry import entry_values

ENTRY = Path(__file__).parents[1] / "packaging" / "manara.desktop"


def test_the_entry_is_a_valid_one() -> None:
    validated = subprocess.run(["desktop-file-validate", ENTRY], check=False, capture_output=True, text=True)

    assert (validated.returncode, validated.stdout) == (0, "")


def test_the_entry_and_its_icon_are_installed_where_desktops_look(manara: Path) -> None:
    share = manara.parents[1] / "share"

    values = entry_values((share / "applications" / "manara.desktop").read_text())
    icon = share / "icons" / "hicolor" / "scalable" / "apps" / f"{values['Icon']}.svg"
    assert values["Exec"] == manara.name
    assert icon.read_text().lstrip().startswith("<svg")
