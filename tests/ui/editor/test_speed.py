"""What it costs to open a window of the editor."""

from fakes.pace import cost_ms
from manara.ui.editor.editor import ServiceEditor

SOON_MS = 500


def test_a_service_is_there_to_be_edited_at_once(qtbot, around, commands):
    opened = []

    def open_editor():
        window = ServiceEditor(around, commands.there, "shop")
        opened.append(window)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()

    assert cost_ms(open_editor) < SOON_MS
    opened[0].done(0)
