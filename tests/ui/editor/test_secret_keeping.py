from concurrent.futures import Future

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from manara.ui.editor.secret_keeping import SecretKeeping
from manara.ui.plain import bare
from manara.wording import Translator


@pytest.fixture
def keeping(qtbot):
    """A secret's way, of which an editor shows what is told."""
    editor = QWidget()
    qtbot.addWidget(editor)
    made = SecretKeeping(Translator(), editor)
    QVBoxLayout(editor).addWidget(made.note)
    made.was_busy = []
    made.busy_changed.connect(lambda: made.was_busy.append(made.is_busy))
    editor.show()
    return made


def test_a_secret_that_arrives_is_waited_for_no_longer_and_nothing_is_left_to_tell(qtbot, keeping):
    way = Future()
    keeping.wait_for(way)
    assert bare(keeping.note.text()) == "It is being kept…"
    assert keeping.complaint() == "The secret is still on its way to where it is kept."
    seen = []
    keeping.kept.connect(lambda reference: seen.append((reference, keeping.is_busy, keeping.note.isVisible())))

    with qtbot.waitSignal(keeping.kept):
        way.set_result("keyring:shop")

    assert seen == [("keyring:shop", False, False)]
    assert keeping.was_busy == [True, False]
    assert keeping.complaint() == ""


def test_a_secret_that_does_not_arrive_gives_no_reference(qtbot, keeping):
    way = Future()
    keeping.wait_for(way)

    with qtbot.assertNotEmitted(keeping.kept):
        way.set_exception(OSError("The disk is full."))
        qtbot.waitUntil(lambda: not keeping.is_busy)

    assert keeping.was_busy == [True, False]
    assert bare(keeping.note.text()) == "It was not kept: The disk is full."
    assert keeping.note.isVisible()
