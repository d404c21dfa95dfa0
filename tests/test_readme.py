from pathlib import Path

from manara.model import options_of
from manara.model.network import CheckDefaults, NetworkOptions
from manara.model.uptime import HistoryOptions
from manara.probes import CHECK_TYPES
from manara.settings.reference import reference_markdown

README = (Path(__file__).parents[1] / "README.md").read_text()


def test_every_setting_is_documented_as_the_program_has_it():
    assert reference_markdown(CHECK_TYPES).strip() in README


def test_no_setting_is_missing_from_the_reference():
    sections = [NetworkOptions, CheckDefaults, HistoryOptions, *CHECK_TYPES.values()]
    missing = [name for section in sections for name in options_of(section) if f"| `{name}` |" not in README]

    assert missing == []


def test_every_picture_is_shown_and_fetches_nothing():
    pictures = sorted((Path(__file__).parents[1] / "packaging" / "pictures").iterdir())

    assert [picture.name for picture in pictures] == [
        "check.svg",
        "history.png",
        "incident.png",
        "watch.svg",
        "welcome.png",
        "window.png",
    ]
    assert all(f"](packaging/pictures/{picture.name})" in README for picture in pictures)
    assert all("url(http" not in picture.read_text() for picture in pictures if picture.suffix == ".svg")
