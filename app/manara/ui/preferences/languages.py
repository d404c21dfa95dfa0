"""Which languages the window can be shown in."""

from pathlib import Path

from PySide6.QtCore import QLocale

from manara.wording.translation import DOMAIN


def offered_languages(folder: Path) -> dict[str, str]:
    """Return by its code, as each calls itself, every language that the folder has words for; English is built in."""
    found = {file.parents[1].name for file in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")}
    return {code: QLocale(code).nativeLanguageName() or code for code in sorted(found | {"en"})}
