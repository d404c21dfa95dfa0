"""Forms that derive from the options of a dataclass: labels, fields, units, limits, help and errors."""

from manara.ui.form.editor import Editor
from manara.ui.form.option_form import Fold, OptionForm

__all__ = ["Editor", "Fold", "OptionForm"]
