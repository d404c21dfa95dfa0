from concurrent.futures import Future

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from fakes.commands import FakeSecrets
from fakes.hands import choose
from manara.secrets import KeyringTrouble, KeyringUnusable
from manara.ui.editor.secret_editor import SecretEditor, kind_of
from manara.ui.plain import bare
from manara.wording import Translator


@pytest.fixture
def make(qtbot):
    """Makes an editor with a keyring, or with none."""

    def make_one(store=None):
        editor = SecretEditor(Translator(), store, lambda: "shop.password")
        qtbot.addWidget(editor)
        editor.told = []
        editor.changed.connect(lambda: editor.told.append(editor.value()))
        editor.show()
        return editor

    return make_one


def offered(editor):
    return [editor.kind.itemData(row) for row in range(editor.kind.count())]


def note(editor):
    return bare(editor.note.text())


def all_texts(editor):
    return " ".join(line.text() for line in editor.findChildren(QLineEdit)) + note(editor)


def test_without_a_keyring_variable_and_file_are_offered(make):
    editor = make()

    assert offered(editor) == ["", "env", "file"]
    assert editor.value() is None
    assert not editor.pages.isVisible()


def test_with_a_keyring_it_is_offered_first(make):
    assert offered(make(FakeSecrets())) == ["", "keyring", "env", "file"]


def test_a_variable_is_named(qtbot, make):
    editor = make()

    with qtbot.assertNotEmitted(editor.committed):
        choose(editor.kind, "env")
    assert editor.value() == "env:"
    assert editor.complaint() == "This must be filled in."
    qtbot.keyClicks(editor.variable, "TOKEN")

    assert editor.value() == "env:TOKEN"
    assert editor.complaint() == ""
    assert editor.told[-1] == "env:TOKEN"


def test_a_file_is_typed_or_chosen(qtbot, make):
    editor = make()
    choose(editor.kind, "file")
    qtbot.keyClicks(editor.file, "/a")
    assert editor.value() == "file:/a"

    editor.browse.click()
    dialog = editor.findChild(QFileDialog)
    dialog.fileSelected.emit("/home/you/secret")
    dialog.reject()

    assert editor.value() == "file:/home/you/secret"
    assert editor.file.text() == "/home/you/secret"


def test_a_secret_goes_into_the_keyring_and_is_not_shown_any_more(qtbot, make):
    store = FakeSecrets()
    editor = make(store)
    choose(editor.kind, "keyring")
    assert editor.complaint().startswith("Type the secret and press “Keep”")
    assert not editor.keep.isEnabled()
    qtbot.keyClicks(editor.secret, "sesame")
    assert editor.secret.echoMode() is QLineEdit.EchoMode.Password

    editor.keep.click()

    qtbot.waitUntil(lambda: editor.value() == "keyring:shop.password")
    assert store.kept == {"shop.password": "sesame"}
    assert "sesame" not in all_texts(editor)
    assert note(editor) == "It is in the keyring as “shop.password”, and is not shown."
    assert editor.complaint() == ""


def test_a_secret_goes_into_a_file_of_manaras_where_there_is_no_keyring(qtbot, make):
    store = FakeSecrets()
    editor = make(store)
    choose(editor.kind, "file")
    assert note(editor) == "Name a file of your own, or type the secret and Manara keeps it in one."
    qtbot.keyClicks(editor.secret, "sesame")

    editor.keep.click()

    qtbot.waitUntil(lambda: editor.value() == "file:/secrets/shop.password")
    assert store.kept == {"/secrets/shop.password": "sesame"}
    assert editor.file.text() == "/secrets/shop.password"
    assert "sesame" not in all_texts(editor)


def test_a_file_that_cannot_be_written_says_why(qtbot, make):
    full = Future()
    full.set_exception(OSError("The disk is full."))
    editor = make(FakeSecrets(full))
    choose(editor.kind, "keyring")
    editor.secret.setText("sesame")

    editor.keep.click()

    qtbot.waitUntil(lambda: note(editor) == "It was not kept: The disk is full.")


def test_return_keeps_a_secret(qtbot, make):
    store = FakeSecrets()
    editor = make(store)
    choose(editor.kind, "keyring")
    qtbot.keyClicks(editor.secret, "sesame")

    qtbot.keyClick(editor.secret, Qt.Key.Key_Return)

    assert store.kept == {"shop.password": "sesame"}


def test_return_without_a_secret_keeps_nothing(qtbot, make):
    store = FakeSecrets()
    editor = make(store)
    choose(editor.kind, "keyring")

    qtbot.keyClick(editor.secret, Qt.Key.Key_Return)

    assert store.kept == {}


def test_a_secret_that_was_typed_and_not_kept_is_told(qtbot, make):
    editor = make(FakeSecrets())
    editor.show_value("keyring:old")

    qtbot.keyClicks(editor.secret, "new")

    assert editor.complaint().startswith("Type the secret and press “Keep”")


def test_while_the_keyring_is_asked_that_is_told(qtbot, make):
    slow = Future()
    editor = make(FakeSecrets(slow))
    choose(editor.kind, "keyring")
    editor.secret.setText("sesame")
    editor.keep.click()
    editor.secret.returnPressed.emit()

    assert editor.is_busy
    assert note(editor) == "It is being kept…"
    assert editor.complaint() == "The secret is still on its way to where it is kept."
    assert not editor.kind.isEnabled()
    assert not editor.keep.isEnabled()
    with qtbot.waitSignal(editor.committed):
        slow.set_result("keyring:shop.password")
    assert not editor.is_busy
    assert editor.kind.isEnabled()


def test_a_keyring_that_refuses_says_why(qtbot, make):
    locked = Future()
    locked.set_exception(KeyringUnusable(KeyringTrouble.LOCKED))
    editor = make(FakeSecrets(locked))
    choose(editor.kind, "keyring")
    editor.secret.setText("sesame")

    editor.keep.click()

    qtbot.waitUntil(lambda: note(editor).startswith("The keyring is locked. Unlock it and try again. Manara can "))
    assert editor.value() == "keyring:"
    assert "sesame" not in note(editor)
    # It need not be typed once more.
    assert editor.keep.isEnabled()


def test_a_keyring_that_never_answers_is_told(qtbot, make):
    gone = Future()
    gone.cancel()
    editor = make(FakeSecrets(gone))
    choose(editor.kind, "keyring")
    editor.secret.setText("sesame")

    editor.keep.click()

    qtbot.waitUntil(lambda: note(editor) == "It was not kept: nobody answered.")


def test_a_keyring_that_answers_when_the_editor_is_gone_disturbs_nobody(qtbot, caplog):
    slow = Future()
    slow.set_running_or_notify_cancel()
    editor = SecretEditor(Translator(), FakeSecrets(slow), lambda: "shop.password")
    choose(editor.kind, "keyring")
    editor.secret.setText("sesame")
    editor.keep.click()
    gone = []
    editor.destroyed.connect(lambda: gone.append(True))
    editor.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))

    slow.set_result("keyring:shop.password")
    QCoreApplication.processEvents()

    assert caplog.records == []


@pytest.mark.parametrize("reference", ["env:TOKEN", "file:/secret", "keyring:shop"])
def test_a_reference_is_shown_as_it_is_written(make, reference):
    editor = make()

    editor.show_value(reference)

    assert editor.value() == reference
    assert editor.kind.currentData() == reference.partition(":")[0]
    assert editor.told == []


def test_a_reference_to_a_keyring_that_is_not_at_hand_is_named(make):
    editor = make()

    editor.show_value("keyring:shop")

    assert note(editor) == "It is in the keyring as “shop”, and is not shown."
    assert not editor.pages.isVisible()


def test_what_is_no_reference_is_kept_and_never_shown(make):
    editor = make()

    editor.show_value("sesame")

    assert editor.value() == "sesame"
    assert "sesame" not in all_texts(editor)
    assert note(editor) == "This is not the place of a secret, and is not shown."


def test_another_kind_and_back_loses_nothing(qtbot, make):
    editor = make()
    editor.show_value("env:TOKEN")

    choose(editor.kind, "file")
    with qtbot.waitSignal(editor.committed):
        choose(editor.kind, "")
    assert editor.value() is None
    choose(editor.kind, "env")

    assert editor.value() == "env:TOKEN"
    assert editor.variable.text() == "TOKEN"


def test_kinds_are_told_by_what_stands_before_the_colon():
    assert [kind_of(text) for text in ("", "env:A", "file:/a", "keyring:a", "env", "se:same")] == [
        "",
        "env",
        "file",
        "keyring",
        "other",
        "other",
    ]
