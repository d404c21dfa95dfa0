import pytest

from fakes.things import Things
from manara.ui.form import OptionForm
from manara.wording import Translator


@pytest.fixture
def form(qtbot):
    made = OptionForm(Things, Translator())
    qtbot.addWidget(made)
    made.resize(500, 900)
    made.show()
    return made
