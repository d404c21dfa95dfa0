"""How the window looks. Colours and size change at once, language and digits at the next start."""

from collections.abc import Mapping
from typing import Any, ClassVar

from manara.model import AppearanceOptions, Option, appearance_of
from manara.ui.form import Editor
from manara.ui.form.choice_editors import ChoiceEditor
from manara.ui.preferences.section_page import SectionPage
from manara.wording.translation import mark


class AppearancePage(SectionPage):
    """The `[appearance]` section."""

    name: ClassVar[str] = "appearance"
    title: ClassVar[str] = mark("Appearance")
    about: ClassVar[str] = mark("How the window looks.")
    also: ClassVar[Mapping[str, str]] = {
        "theme": mark("theme dark light"),
        "density": mark("density compact"),
        "digits": mark("numbers"),
    }
    section: ClassVar[str] = "appearance"
    options: ClassVar[type] = AppearanceOptions

    def make_editor(self, name: str, option: Option, kind: Any) -> Editor | None:
        """Offer the languages that there are words for."""
        if name != "language":
            return super().make_editor(name, option, kind)
        languages = [("", self.tr_("as the system")), *self.around.languages.items()]
        return ChoiceEditor(languages)

    def follow(self, table: Mapping[str, Any]) -> None:
        """Look as the file says: also after an undo, and after an edit by hand."""
        self.around.use_appearance(appearance_of(table))
