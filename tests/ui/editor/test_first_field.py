import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from fakes.ears import undescribed, unnamed
from manara.catalog import AddressRefused
from manara.ui.editor.first_field import FirstField
from manara.ui.plain import bare
from manara.wording import Translator


@pytest.fixture
def field(qtbot, understanding):
    made = FirstField(Translator(), understanding)
    qtbot.addWidget(made)
    made.understood.connect(lambda service: told.append(service.id))
    told = made.told = []
    made.show()
    made.activateWindow()
    made.line.setFocus()
    qtbot.waitUntil(lambda: made.is_ready)
    yield made
    made.close_questions()


def suggested(field):
    return field.suggestions.model().stringList()


def test_an_address_is_understood(qtbot, field):
    qtbot.keyClicks(field.line, "https://shop.example/")

    qtbot.keyClick(field.line, Qt.Key.Key_Return)

    assert field.told == ["shop.example"]
    assert not field.complaint.isVisible()


def test_a_pasted_address_is_taken_at_once(field):
    QGuiApplication.clipboard().setText(" https://shop.example/basket ")

    field.line.paste()

    assert field.told == ["shop.example-basket"]


def test_a_pasted_word_waits_for_its_suggestions(field):
    QGuiApplication.clipboard().setText("Facebook")

    field.line.paste()

    assert field.told == []
    assert suggested(field)[0].startswith("Facebook")


def test_a_word_of_the_catalogue_is_understood_in_any_case(field):
    field.line.setText("WhatsApp")

    field.use.click()

    assert field.told == ["whatsapp"]


def test_services_are_suggested_while_a_word_is_typed(qtbot, field):
    qtbot.keyClicks(field.line, "faceb")

    assert suggested(field)[0].startswith("Facebook · ")
    qtbot.waitUntil(field.popup.isVisible)


def test_a_suggestion_is_taken_by_the_keyboard(qtbot, field):
    qtbot.keyClicks(field.line, "faceb")
    qtbot.waitUntil(field.popup.isVisible)

    qtbot.keyClick(field.popup, Qt.Key.Key_Down)
    qtbot.keyClick(field.popup, Qt.Key.Key_Return)

    assert field.told == ["facebook"]
    assert field.line.text() == "Facebook"
    assert not field.popup.isVisible()


def test_nothing_is_suggested_for_an_address(qtbot, field):
    qtbot.keyClicks(field.line, "https://")

    assert suggested(field) == []
    assert not field.popup.isVisible()


def test_what_is_neither_says_why_until_something_else_is_typed(qtbot, field):
    field.take("javascript:alert(1)")
    assert "javascript" in bare(field.complaint.text())
    assert field.complaint.isVisible()
    assert field.told == []

    qtbot.keyClicks(field.line, "x")

    assert not field.complaint.isVisible()


def test_a_word_that_is_nearly_known_is_hinted_at(understanding):
    with pytest.raises(AddressRefused, match="facebook"):
        understanding.meant("facebok")


def test_words_that_were_typed_before_the_catalogue_was_read_are_suggested_for_then(qtbot, understanding):
    field = FirstField(Translator(), understanding)
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.line.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    field._ready = False
    qtbot.keyClicks(field.line, "faceb")
    assert suggested(field) == []

    field._get_ready(None)

    assert suggested(field)[0].startswith("Facebook")
    field.close_questions()


def test_everything_that_can_be_reached_has_a_name_and_says_what_it_is_for(field):
    assert unnamed(field) == []
    assert undescribed(field) == []
