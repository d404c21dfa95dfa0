"""How long a window of the editor takes to open; the limits leave room for a slow, loaded machine."""

import time

from manara.ui.editor.editor import ServiceEditor

SOON_S = 1.5


def test_a_service_is_there_to_be_edited_at_once(qtbot, around, commands):
    began = time.monotonic()

    window = ServiceEditor(around, commands.there, "shop")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()

    assert time.monotonic() - began < SOON_S
    window.done(0)
