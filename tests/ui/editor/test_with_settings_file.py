"""The windows of the editor on a real settings file: what is written, and that all else stays."""

from dataclasses import replace

import pytest

from fakes.commands import BY_HAND, OnFile
from fakes.hands import type_into
from manara.probes import CHECK_TYPES
from manara.settings import SettingsFile
from manara.ui.editor.changing import ServiceChanges
from manara.ui.editor.desk import Desk
from manara.ui.editor.undo_bar import UndoBar
from manara.ui.plain import bare
from manara.wording import Translator

WRITTEN = f"""\
{BY_HAND}
# From the catalogue.
[[services]]
catalogue = "facebook"
"""


class Program:
    def __init__(self, qtbot, path, around):
        self.qtbot, self.path = qtbot, path
        path.write_text(WRITTEN)
        commands = OnFile(SettingsFile(path, CHECK_TYPES, around.understanding.catalogue))
        self.bar = UndoBar(Translator(), commands.undo)
        qtbot.addWidget(self.bar)
        self.changes = ServiceChanges(Translator(), commands, self.bar)
        self.desk = Desk(replace(around, commands=commands))
        self.desk.saved.connect(self.bar.offer)

    def edit(self, *service_ids):
        self.desk.edit(service_ids)
        self.qtbot.waitUntil(lambda: len(self.desk.windows) == 1)
        return self.desk.windows[0]

    def save(self, window):
        window.save()
        self.qtbot.waitUntil(lambda: self.desk.windows == [])

    def undo(self):
        kept = len(self.bar.kept)
        self.bar.undo_last()
        self.qtbot.waitUntil(lambda: len(self.bar.kept) == kept - 1)

    @property
    def text(self):
        return self.path.read_text()


@pytest.fixture
def program(qtbot, tmp_path, around):
    made = Program(qtbot, tmp_path / "settings.toml", around)
    yield made
    made.desk.close()


def test_one_changed_field_changes_one_line_and_undo_brings_it_back(program):
    window = program.edit("shop")

    type_into(window.form.options.fields["name"].editor, "Market")
    program.save(window)

    assert program.text == WRITTEN.replace('name = "Shop"', 'name = "Market"')
    program.undo()
    assert program.text == WRITTEN


def test_another_name_does_not_make_it_another_service(program):
    window = program.edit("blog")

    type_into(window.form.options.fields["name"].editor, "Diary")
    program.save(window)

    assert 'id = "blog"' in program.text
    assert 'name = "Diary"' in program.text


def test_a_service_of_the_catalogue_stays_one(program):
    window = program.edit("facebook")

    type_into(window.form.options.fields["group"].editor, "Friends")
    program.save(window)

    assert program.text == WRITTEN + 'group = "Friends"\n'


def test_several_services_get_what_was_touched_and_nothing_else(program):
    window = program.edit("shop", "blog")

    type_into(window.fields["checks.timeout"].editor, "5s")
    program.save(window)

    assert program.text.count('timeout = "5s"') == 2
    assert program.text.replace('timeout = "5s"\n', "") == WRITTEN
    program.undo()
    assert program.text == WRITTEN


def test_services_are_removed_and_paused_and_all_of_it_taken_back(qtbot, program):
    program.changes.remove({"shop": "Shop"})
    qtbot.waitUntil(lambda: program.bar.kept == ["Shop was removed."])
    program.changes.pause({"blog": "Blog"})
    qtbot.waitUntil(lambda: len(program.bar.kept) == 2)
    assert "shop.example" not in program.text
    assert "paused = true" in program.text

    program.undo()
    program.undo()

    assert program.text == WRITTEN


def test_a_file_edited_by_hand_while_the_window_is_open_loses_nothing(qtbot, program):
    window = program.edit("shop")
    type_into(window.form.options.fields["group"].editor, "Work")
    program.path.write_text(WRITTEN.replace('name = "Shop"', 'name = "Bazaar"'))

    window.save()

    qtbot.waitUntil(lambda: bool(window.message.buttons))
    assert bare(window.message.text.text()).startswith("This service was changed in the file meanwhile.")
    assert 'name = "Bazaar"' in program.text
    next(button for button in window.message.buttons if bare(button.text()) == "Keep mine").click()
    qtbot.waitUntil(lambda: program.desk.windows == [])
    assert 'group = "Work"' in program.text
    assert 'name = "Bazaar"  # renamed twice' in program.text
    program.undo()
    assert program.text == WRITTEN.replace('name = "Shop"', 'name = "Bazaar"')


def test_checks_that_were_added_by_hand_and_in_the_window_are_both_there(qtbot, program):
    window = program.edit("shop")
    window.form.checks.add_check("tcp")
    fields = {name: field for form in window.form.checks.current.forms for name, field in form.fields.items()}
    type_into(fields["host"].editor, "db.example")
    type_into(fields["port"].editor, "5432")
    added = '[[services.checks]]\ntype = "dns"\nname = "shop.example"\n'
    program.path.write_text(WRITTEN.replace("interval = 30\n", f"interval = 45  # by hand\n{added}"))
    window.look_again()
    qtbot.waitUntil(lambda: bool(window.message.buttons))

    next(button for button in window.message.buttons if bare(button.text()) == "Keep mine").click()

    qtbot.waitUntil(lambda: program.desk.windows == [])
    assert "interval = 45  # by hand\n" in program.text
    assert added in program.text
    assert "port = 5432" in program.text
    program.undo()
    assert "port = 5432" not in program.text
    assert added in program.text


def test_a_new_service_is_added_behind_all_others(qtbot, program):
    program.desk.add("db.example:5432")
    qtbot.waitUntil(lambda: len(program.desk.windows) == 1)

    program.save(program.desk.windows[0])

    assert program.text.startswith(WRITTEN)
    assert "port = 5432" in program.text
    program.undo()
    assert program.text == WRITTEN
