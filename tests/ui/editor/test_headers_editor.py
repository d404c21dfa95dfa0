from concurrent.futures import Future

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextCursor

from fakes.commands import FakeSecrets
from manara.secrets import KeyringTrouble, KeyringUnusable
from manara.ui.editor.headers_editor import HeadersEditor
from manara.ui.plain import bare
from manara.wording import Translator

KEYRING, FILE = 0, 1


@pytest.fixture
def make(qtbot):
    def make_one(store):
        editor = HeadersEditor(Translator(), store, lambda header: f"shop.{header}")
        qtbot.addWidget(editor)
        editor.show()
        return editor

    return make_one


def write(editor, text, line=0):
    editor.control.setPlainText(text)
    editor.control.setTextCursor(QTextCursor(editor.control.document().findBlockByNumber(line)))


def keep(editor, way=KEYRING):
    editor.ways.actions()[way].trigger()


def test_the_value_of_a_line_goes_to_the_keyring_and_its_place_stays(qtbot, make):
    secrets = FakeSecrets()
    editor = make(secrets)
    write(editor, "Accept: text/html\nX-Key: s3cret\nX-Other: plain", line=1)

    with qtbot.waitSignal(editor.committed):
        keep(editor)

    assert secrets.kept == {"shop.X-Key": "s3cret"}
    assert editor.value() == {"Accept": "text/html", "X-Key": "keyring:shop.X-Key", "X-Other": "plain"}
    assert editor.control.textCursor().blockNumber() == 1
    assert not editor.control.isReadOnly()


def test_a_secret_that_is_kept_cannot_be_brought_back_by_undo(qtbot, make):
    editor = make(FakeSecrets())
    write(editor, "")
    qtbot.keyClicks(editor.control, "X-Key: s3cret")
    with qtbot.waitSignal(editor.committed):
        keep(editor)

    editor.control.undo()

    assert "s3cret" not in editor.control.toPlainText()


def test_without_a_keyring_it_is_kept_in_a_file(qtbot, make):
    editor = make(FakeSecrets())
    write(editor, "X-Key: s3cret")

    with qtbot.waitSignal(editor.committed):
        keep(editor, FILE)

    assert editor.value() == {"X-Key": "file:/secrets/shop.X-Key"}


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("X-Key: s3cret", True),
        ("", False),
        ("X-Key", False),
        ("X-Key:", False),
        (": s3cret", False),
        ("X-Key: keyring:shop", False),
        ("X-Key: env:SHOP", False),
        ("X-Key: file:/a", False),
    ],
)
def test_only_a_value_that_is_none_yet_can_become_a_secret(make, text, offered):
    secrets = FakeSecrets()
    editor = make(secrets)

    write(editor, text)

    assert editor.keep.isEnabled() is offered
    if not offered:
        keep(editor)
        assert secrets.kept == {}


def test_while_it_is_on_its_way_nothing_can_be_changed(qtbot, make):
    answer = Future()
    editor = make(FakeSecrets(answer))
    write(editor, "X-Key: s3cret")

    keep(editor)

    assert editor.is_busy
    assert editor.control.isReadOnly()
    assert not editor.keep.isEnabled()
    assert editor.complaint() == "The secret is still on its way to where it is kept."
    answer.set_result("keyring:shop")
    qtbot.waitUntil(lambda: editor.value() == {"X-Key": "keyring:shop"})
    assert editor.complaint() == ""
    assert not editor.note.isVisible()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (KeyringUnusable(KeyringTrouble.LOCKED), "The keyring is locked. Unlock it and try again. Manara can keep it"),
        (ValueError("It is too long."), "It was not kept: It is too long."),
    ],
)
def test_what_could_not_be_kept_stays_and_says_why(qtbot, make, error, sentence):
    answer = Future()
    answer.set_exception(error)
    editor = make(FakeSecrets(answer))
    write(editor, "X-Key: s3cret")

    keep(editor)

    qtbot.waitUntil(lambda: bare(editor.note.text()).startswith(sentence))
    assert editor.value() == {"X-Key": "s3cret"}
    assert not editor.control.isReadOnly()


def test_where_nobody_answers_that_is_told(qtbot, make):
    answer = Future()
    editor = make(FakeSecrets(answer))
    write(editor, "X-Key: s3cret")
    keep(editor)

    answer.cancel()

    qtbot.waitUntil(lambda: bare(editor.note.text()) == "It was not kept: nobody answered.")


def test_a_keyring_that_answers_when_the_editor_is_gone_disturbs_nobody(qtbot, caplog):
    slow = Future()
    slow.set_running_or_notify_cancel()
    editor = HeadersEditor(Translator(), FakeSecrets(slow), str)
    write(editor, "X-Key: s3cret")
    keep(editor)
    gone = []
    editor.destroyed.connect(lambda: gone.append(True))
    editor.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))

    slow.set_result("keyring:X-Key")
    QCoreApplication.processEvents()

    assert caplog.records == []
