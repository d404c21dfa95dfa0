from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from fakes.commands import FACEBOOK, SHOP
from fakes.ears import undescribed, unnamed
from fakes.hands import choose, type_into
from manara.model import Problem, SettingsInvalid
from manara.settings import AddServices, ChangedMeanwhile, ReplaceService, SettingsNotWritten, UnknownService
from manara.ui.editor.editor import ServiceEditor
from manara.ui.editor.service_form import OF_OPERATOR
from manara.ui.plain import bare


@pytest.fixture
def open_editor(qtbot, around, commands):
    """Opens an editor and closes it without a question at the end."""
    opened = []

    def open_one(service_id="", **kept):
        window = ServiceEditor(replace(around, **kept), commands.there, service_id)
        qtbot.addWidget(window)
        opened.append(window)
        window.saved.connect(lambda told, undo: saved.append((told, undo)))
        window.show()
        if window.first is not None:
            qtbot.waitUntil(lambda: window.first.is_ready)
        return window

    saved = open_one.saved = []
    yield open_one
    for window in opened:
        window.done(0)


def fields(window):
    return window.form.options.fields


def check_fields(window):
    return {name: field for form in window.form.checks.current.forms for name, field in form.fields.items()}


def said(window):
    return bare(window.message.text.text())


def press(window, words):
    next(button for button in window.message.buttons if bare(button.text()) == words).click()


def question(window):
    return window.findChild(QMessageBox)


def answer(window, words):
    box = question(window)
    next(button for button in box.buttons() if button.text().replace("&", "") == words).click()


def test_only_what_was_changed_differs_in_what_is_written(qtbot, open_editor, commands):
    window = open_editor("shop")
    assert window.windowTitle() == "Edit Shop"

    type_into(fields(window)["name"].editor, "Market")
    window.save()

    qtbot.waitUntil(lambda: not window.isVisible())
    assert commands.changes == [ReplaceService("shop", {**SHOP, "name": "Market"}, SHOP)]
    assert [told for told, _ in open_editor.saved] == ["Market was changed."]


def test_an_option_of_a_check_is_changed(qtbot, open_editor, commands):
    window = open_editor("shop")

    type_into(check_fields(window)["timeout"].editor, "5s")
    window.save()

    qtbot.waitUntil(lambda: bool(commands.changes))
    checks = [{**SHOP["checks"][0], "timeout": "5s"}, SHOP["checks"][1]]
    assert commands.changes[0].table == {**SHOP, "checks": checks}


def test_a_service_of_the_catalogue_is_written_as_short_as_it_was(qtbot, open_editor, commands):
    window = open_editor("facebook")
    assert fields(window)["name"].editor.value() == "Facebook"

    type_into(fields(window)["tags"].editor, "friends\nfamily")
    window.save()

    qtbot.waitUntil(lambda: bool(commands.changes))
    assert commands.changes[0].table == {**FACEBOOK, "tags": ["friends", "family"]}


def test_the_page_and_the_operator_of_the_catalogue_hold_where_nothing_else_is_set(open_editor):
    window = open_editor("facebook")

    shown = {name: fields(window)[name].editor.value() for name in OF_OPERATOR}
    assert shown == {
        "operator": "Meta",
        "official_url": "https://metastatus.com/",
        "official": "metastatus",
        "official_components": [],
    }
    assert not any(fields(window)[name].isVisible() for name in OF_OPERATOR)
    assert not window.is_edited


def test_a_page_of_ones_own_is_read_to_find_out_how_it_speaks(qtbot, open_editor, commands):
    window = open_editor("facebook")

    type_into(fields(window)["official_url"].editor, "https://status.facebook.example/")
    assert fields(window)["official"].editor.value() == "auto"
    box = fields(window)["official"].editor.control
    box.setCurrentText("Instatus")
    box.activated.emit(box.currentIndex())
    window.save()

    qtbot.waitUntil(lambda: bool(commands.changes))
    page = {"official_url": "https://status.facebook.example/", "official": "instatus"}
    assert commands.changes[0].table == {**FACEBOOK, **page}


def test_a_reset_gives_the_operator_and_the_page_of_the_catalogue_back(qtbot, open_editor, commands):
    commands.file_says({**FACEBOOK, "operator": "Mine", "official_url": "https://status.facebook.example/"})
    window = open_editor("facebook")
    assert fields(window)["operator"].isVisible()

    fields(window)["operator"]._reset.click()
    fields(window)["official_url"]._reset.click()
    window.save()

    qtbot.waitUntil(lambda: bool(commands.changes))
    assert commands.changes[0].table == FACEBOOK
    assert fields(window)["operator"].editor.value() == "Meta"
    assert fields(window)["official"].editor.value() == "metastatus"


def test_what_is_wrong_with_a_page_is_told_beside_its_field_and_unfolded(open_editor, commands):
    window = open_editor("shop")

    fields(window)["official_url"].editor.show_value("http://status.shop.example/")
    fields(window)["official_url"].editor.changed.emit()
    window.save()

    assert commands.changes == []
    assert "https:// alone" in fields(window)["official_url"].problem
    assert fields(window)["official_url"].isVisible()


def test_nothing_can_be_saved_before_something_was_changed(open_editor):
    window = open_editor("shop")
    assert not window._save.isEnabled()

    type_into(fields(window)["group"].editor, "Home")

    assert window._save.isEnabled()


def test_control_and_s_saves(qtbot, open_editor, commands):
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: bool(commands.changes))


def test_return_in_a_field_saves(qtbot, open_editor, commands):
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")

    qtbot.keyClick(fields(window)["group"].editor.control, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: bool(commands.changes))


def test_while_it_is_saved_it_is_not_saved_again(qtbot, open_editor, commands):
    written = commands.answers["change"] = Future()
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")

    window.save()
    window.save()

    assert not window._save.isEnabled()
    assert len(commands.changes) == 1
    written.set_result("undo")
    qtbot.waitUntil(lambda: not window.isVisible())


def test_what_cannot_be_read_is_told_beside_its_field_and_not_sent(open_editor, commands):
    window = open_editor("shop")
    window.form.checks.list.list.setCurrentRow(1)

    type_into(check_fields(window)["port"].editor, "70000")
    window.save()

    assert check_fields(window)["port"].problem == "This must be at most 65535, but it is 70000."
    assert commands.changes == []


def test_options_that_do_not_fit_together_are_told_at_the_check(open_editor, commands):
    window = open_editor("shop")

    type_into(check_fields(window)["timeout"].editor, "60s")
    window.save()

    assert check_fields(window)["timeout"].problem.startswith("The timeout (60s) is longer than the interval (30s)")
    assert commands.changes == []


def test_a_name_is_missed_beside_its_field(open_editor, commands):
    window = open_editor("shop")

    type_into(fields(window)["name"].editor, "")
    window.save()

    assert fields(window)["name"].problem
    assert commands.changes == []


def test_without_any_check_that_is_told_above_all(open_editor, commands):
    window = open_editor("blog")

    window.form.checks.remove_check(0)
    window.save()

    assert "one or more sections" in said(window)
    assert commands.changes == []


def test_what_the_settings_refuse_is_told_beside_its_field(qtbot, open_editor, commands):
    problems = [
        Problem(("services", 0, "checks", 1, "port"), "Somebody has taken it.", line=12),
        Problem(("services", 0, "group"), "There is no such group."),
        Problem(("network", "proxy"), "It is no address."),
    ]
    commands.answers["change"] = SettingsInvalid(Path("settings.toml"), problems)
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")

    window.save()

    qtbot.waitUntil(lambda: said(window) == "network.proxy: It is no address.")
    assert fields(window)["group"].problem == "There is no such group."
    assert window.form.checks.list.list.currentRow() == 1
    assert check_fields(window)["port"].problem == "Somebody has taken it."
    assert window.isVisible()


def test_what_could_not_be_written_says_why_and_keeps_what_was_typed(qtbot, open_editor, commands):
    commands.answers["change"] = SettingsNotWritten("The disk is full.")
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")

    window.save()

    qtbot.waitUntil(lambda: said(window) == "Nothing was changed: The disk is full.")
    assert fields(window)["group"].editor.value() == "Home"
    assert window._save.isEnabled()


def test_when_nothing_is_watched_any_more_that_is_told(qtbot, open_editor, commands):
    gone = commands.answers["change"] = Future()
    gone.cancel()
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")

    window.save()

    qtbot.waitUntil(lambda: said(window) == "Nothing is watched any more, so nothing can be changed.")


def test_a_file_changed_meanwhile_can_be_looked_at_and_ones_own_kept(qtbot, open_editor, commands):
    theirs = {**SHOP, "name": "Bazaar"}
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")
    commands.answers["change"] = ChangedMeanwhile("Somebody else changed it.")
    commands.file_says(theirs)
    window.save()
    qtbot.waitUntil(lambda: said(window).startswith("This service was changed in the file meanwhile."))

    press(window, "Show theirs")
    assert fields(window)["name"].editor.value() == "Bazaar"
    assert fields(window)["group"].editor.value() == "Work"
    press(window, "Show mine")
    assert fields(window)["group"].editor.value() == "Home"
    del commands.answers["change"]
    press(window, "Keep mine")

    qtbot.waitUntil(lambda: not window.isVisible())
    assert commands.changes[-1] == ReplaceService("shop", {**theirs, "group": "Home"}, theirs)


def test_an_option_that_both_sides_changed_is_named_with_what_the_file_says(qtbot, open_editor, commands):
    window = open_editor("shop")
    type_into(fields(window)["name"].editor, "Market")
    commands.file_says({**SHOP, "name": "Bazaar"})

    window.look_again()

    qtbot.waitUntil(lambda: said(window).endswith("Both sides changed: Name; the file says “Bazaar”."))


def test_a_secret_that_both_sides_changed_is_named_but_not_told(qtbot, open_editor, commands):
    window = open_editor("shop")
    editor = check_fields(window)["bearer"].editor
    choose(editor.kind, "env")
    editor.variable.setText("SHOP_TOKEN")
    editor.variable.textEdited.emit("SHOP_TOKEN")
    commands.file_says({**SHOP, "checks": [{**SHOP["checks"][0], "bearer": "env:OTHER"}, SHOP["checks"][1]]})

    window.look_again()

    qtbot.waitUntil(lambda: said(window).endswith("Both sides changed: Token of Web page (HTTP)."))


def test_what_would_be_written_is_told_anew_while_the_user_goes_on(qtbot, open_editor, commands):
    window = open_editor("shop")
    type_into(fields(window)["name"].editor, "Market")
    commands.file_says({**SHOP, "name": "Bazaar"})
    window.look_again()
    qtbot.waitUntil(lambda: "“Bazaar”" in said(window))

    type_into(fields(window)["name"].editor, "Shop")
    type_into(fields(window)["group"].editor, "Home")

    assert "Bazaar" not in said(window)
    assert len(window.message.buttons) == 2


def test_saving_while_the_choice_is_open_writes_only_what_was_changed(qtbot, open_editor, commands):
    theirs = {**SHOP, "name": "Bazaar"}
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")
    commands.file_says(theirs)
    window.look_again()
    qtbot.waitUntil(window.message.isVisible)

    window.save()

    qtbot.waitUntil(lambda: not window.isVisible())
    assert commands.changes[-1] == ReplaceService("shop", {**theirs, "group": "Home"}, theirs)


def test_what_is_wrong_with_both_together_is_shown_in_the_form_and_can_be_mended(qtbot, open_editor, commands):
    theirs = {**SHOP, "checks": [{**SHOP["checks"][0], "interval": 20}, SHOP["checks"][1]]}
    window = open_editor("shop")
    type_into(check_fields(window)["timeout"].editor, "25s")
    commands.file_says(theirs)
    window.look_again()
    qtbot.waitUntil(window.message.isVisible)

    press(window, "Keep mine")

    assert commands.changes == []
    assert check_fields(window)["interval"].editor.value() == 20
    type_into(check_fields(window)["timeout"].editor, "15s")
    window.save()
    qtbot.waitUntil(lambda: not window.isVisible())
    check = {**theirs["checks"][0], "timeout": "15s"}
    assert commands.changes[-1] == ReplaceService("shop", {**theirs, "checks": [check, theirs["checks"][1]]}, theirs)


def test_a_file_changed_once_more_while_it_is_shown_loses_nothing_of_ones_own(qtbot, open_editor, commands):
    theirs = {**SHOP, "name": "Souk"}
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")
    commands.file_says({**SHOP, "name": "Bazaar"})
    window.look_again()
    qtbot.waitUntil(window.message.isVisible)
    press(window, "Show theirs")
    commands.file_says(theirs)

    window.look_again()

    qtbot.waitUntil(lambda: said(window).startswith("This service was changed in the file meanwhile."))
    assert fields(window)["group"].editor.value() == "Home"
    press(window, "Keep mine")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert commands.changes[-1] == ReplaceService("shop", {**theirs, "group": "Home"}, theirs)


def test_a_file_changed_meanwhile_can_be_kept_as_it_is(qtbot, open_editor, commands):
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")
    commands.file_says({**SHOP, "name": "Bazaar"})
    window.look_again()
    qtbot.waitUntil(window.message.isVisible)

    press(window, "Show theirs")
    press(window, "Keep theirs")

    assert not window.message.isVisible()
    assert not window.is_edited
    assert fields(window)["name"].editor.value() == "Bazaar"


def test_a_file_changed_while_nothing_was_typed_is_shown_as_it_is_now(qtbot, open_editor, commands):
    window = open_editor("shop")
    commands.file_says({**SHOP, "name": "Bazaar"})

    window.look_again()

    qtbot.waitUntil(lambda: fields(window)["name"].editor.value() == "Bazaar")
    assert not window.is_edited
    assert not window.message.isVisible()


def test_a_change_of_others_disturbs_nobody(qtbot, open_editor, commands):
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")

    window.look_again()

    qtbot.waitUntil(lambda: not window.is_busy)
    assert not window.message.isVisible()
    assert fields(window)["group"].editor.value() == "Home"


def test_a_new_service_has_nothing_to_look_again_for(open_editor, commands):
    window = open_editor()

    window.look_again()

    assert not window.is_busy


def test_a_question_that_fails_disturbs_nobody(qtbot, open_editor, commands):
    window = open_editor("shop")
    commands.answers["stored"] = OSError("broken")

    window.look_again()

    qtbot.waitUntil(lambda: not window.is_busy)
    assert not window.message.isVisible()


@pytest.mark.parametrize("how", ["save", "look"])
def test_a_service_removed_meanwhile_can_be_added_again(qtbot, open_editor, commands, how):
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")
    commands.file_says()
    commands.answers["change"] = UnknownService("There is none.")
    window.save() if how == "save" else window.look_again()
    qtbot.waitUntil(lambda: said(window) == "This service was removed from the file meanwhile.")
    del commands.answers["change"]
    if how == "save":
        window.look_again()
        qtbot.waitUntil(lambda: not window.is_busy)

    press(window, "Add it again")

    qtbot.waitUntil(lambda: not window.isVisible())
    assert commands.changes[-1] == AddServices(({**SHOP, "group": "Home"},))


def test_closing_without_edits_asks_nothing(open_editor):
    window = open_editor("shop")

    window.close()

    assert not window.isVisible()
    assert question(window) is None


def test_closing_with_edits_asks_and_goes_on(qtbot, open_editor):
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")

    window.close()
    answer(window, "Go on editing")

    assert window.isVisible()
    assert fields(window)["group"].editor.value() == "Home"


def test_closing_with_edits_can_save_them(qtbot, open_editor, commands):
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")

    qtbot.keyClick(window, Qt.Key.Key_Escape)
    answer(window, "Save")

    qtbot.waitUntil(lambda: not window.isVisible())
    assert len(commands.changes) == 1


def test_closing_with_edits_can_discard_them(open_editor, commands):
    window = open_editor("shop")
    type_into(fields(window)["group"].editor, "Home")

    window.close()
    answer(window, "Discard")

    assert not window.isVisible()
    assert commands.changes == []


def test_settings_that_cannot_be_written_are_shown_and_locked(open_editor, commands):
    commands.there = replace(commands.there, writable=False)
    window = open_editor("shop")

    window.save()

    assert said(window).startswith("The settings file cannot be written, so nothing can be changed here: ")
    assert not fields(window)["name"].editor.isEnabled()
    assert not check_fields(window)["url"].editor.isEnabled()
    assert not window.form.checks.list.add.isEnabled()
    assert not window._save.isEnabled()
    assert commands.changes == []


def test_nothing_can_be_added_to_settings_that_cannot_be_written(open_editor, commands):
    commands.there = replace(commands.there, writable=False)
    window = open_editor()

    assert not window.first.isEnabled()


def test_a_pasted_address_fills_the_form_of_a_new_service(qtbot, open_editor, commands):
    window = open_editor()
    assert window.windowTitle() == "Add a service"

    window.begin_with("db.example:5432")
    assert fields(window)["name"].editor.value() == "db.example:5432"
    window.save()

    qtbot.waitUntil(lambda: not window.isVisible())
    check = {"type": "tcp", "host": "db.example", "port": 5432}
    assert commands.changes == [AddServices(({"id": "db.example-5432", "name": "db.example:5432", "checks": [check]},))]
    assert [told for told, _ in open_editor.saved] == ["db.example:5432 was added."]


@pytest.mark.parametrize(
    ("address", "name"),
    [("https://www.shop.example/cart?x=1", "shop.example"), ("shop.example", "shop.example"), ("::1", "::1")],
)
def test_a_pasted_address_is_called_by_its_host(open_editor, address, name):
    window = open_editor()

    window.begin_with(address)

    assert fields(window)["name"].editor.value() == name
    assert window.first.line.text() == name


def test_what_is_typed_after_an_address_is_its_name(qtbot, open_editor):
    window = open_editor()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    window.begin_with("db.example:5432")
    qtbot.keyClicks(window.focusWidget(), "Books")

    assert fields(window)["name"].editor.value() == "Books"


def test_a_word_of_the_catalogue_fills_the_form_and_is_written_as_one(qtbot, open_editor, commands):
    window = open_editor()

    window.begin_with("whatsapp")
    window.save()

    qtbot.waitUntil(lambda: bool(commands.changes))
    assert commands.changes == [AddServices(({"id": "whatsapp", "catalogue": "whatsapp"},))]


def test_a_service_of_the_same_id_gets_another_one(qtbot, open_editor, commands):
    window = open_editor()

    window.begin_with("facebook")
    window.save()

    qtbot.waitUntil(lambda: bool(commands.changes))
    assert commands.changes == [AddServices(({"id": "facebook-2", "catalogue": "facebook"},))]


def test_another_word_replaces_what_the_first_one_filled_in(open_editor):
    window = open_editor()
    window.begin_with("facebook")

    window.begin_with("whatsapp")

    assert fields(window)["name"].editor.value() == "WhatsApp"
    assert not window.message.isVisible()


def test_what_was_typed_is_replaced_only_if_wished(open_editor):
    window = open_editor()
    type_into(fields(window)["name"].editor, "My own")

    window.begin_with("facebook")
    assert fields(window)["name"].editor.value() == "My own"
    press(window, "Replace them")

    assert fields(window)["name"].editor.value() == "Facebook"
    assert not window.message.isVisible()


def test_what_begins_with_a_word_is_only_for_new_services(open_editor):
    window = open_editor("shop")

    window.begin_with("facebook")

    assert fields(window)["name"].editor.value() == "Shop"


def test_a_service_is_written_by_hand_from_nothing(qtbot, open_editor, commands):
    window = open_editor()
    type_into(fields(window)["name"].editor, "Router")
    window.form.checks.add_check("ping")
    type_into(check_fields(window)["host"].editor, "192.0.2.1")

    window.save()

    qtbot.waitUntil(lambda: bool(commands.changes))
    table = {"id": "router", "name": "Router", "checks": [{"type": "ping", "host": "192.0.2.1"}]}
    assert commands.changes == [AddServices((table,))]


def test_a_new_service_that_the_settings_refuse_is_told_beside_its_field(qtbot, open_editor, commands):
    problem = Problem(("services", 3, "name"), "This name is taken.")
    commands.answers["change"] = SettingsInvalid(Path("settings.toml"), [problem])
    window = open_editor()
    window.begin_with("https://new.example/")

    window.save()

    qtbot.waitUntil(lambda: fields(window)["name"].problem == "This name is taken.")


def test_a_secret_is_kept_under_the_name_of_service_and_option(qtbot, open_editor, commands, secrets):
    window = open_editor("shop")
    editor = check_fields(window)["password"].editor
    choose(editor.kind, "keyring")
    editor.secret.setText("sesame")

    editor.keep.click()
    qtbot.waitUntil(lambda: editor.value() == "keyring:shop.password")
    window.save()

    qtbot.waitUntil(lambda: bool(commands.changes))
    assert secrets.kept == {"shop.password": "sesame"}
    assert commands.changes[0].table["checks"][0]["password"] == "keyring:shop.password"
    assert "sesame" not in str(commands.changes)


def test_the_value_of_a_header_is_kept_under_the_name_of_service_and_header(qtbot, open_editor, commands, secrets):
    window = open_editor("shop")
    editor = check_fields(window)["headers"].editor
    type_into(editor, "Authorization: Bearer sesame")
    with qtbot.waitSignal(editor.committed):
        editor.ways.actions()[0].trigger()

    window.save()

    qtbot.waitUntil(lambda: not window.isVisible())
    assert secrets.kept == {"shop.Authorization": "Bearer sesame"}
    headers = {"Authorization": "keyring:shop.Authorization"}
    assert commands.changes[0].table["checks"][0]["headers"] == headers


def test_without_a_keyring_headers_are_typed_alone(open_editor):
    window = open_editor("shop", secrets=None)

    assert not hasattr(check_fields(window)["headers"].editor, "keep")


def test_a_secret_of_a_new_service_is_named_after_what_it_is_called(qtbot, open_editor, secrets):
    window = open_editor()
    window.form.checks.add_check("http")
    type_into(fields(window)["name"].editor, "My Shop")
    editor = check_fields(window)["bearer"].editor
    choose(editor.kind, "keyring")
    editor.secret.setText("sesame")

    editor.keep.click()

    assert list(secrets.kept) == ["my-shop.bearer"]


@pytest.mark.parametrize("service_id", ["", "shop"])
def test_everything_that_can_be_reached_has_a_name_and_says_what_it_is_for(open_editor, service_id):
    window = open_editor(service_id)
    window.form.checks.add_check("dns")
    window.message.tell("Something is wrong.", ("Do something", lambda: None))

    assert unnamed(window) == []
    assert undescribed(window) == []


def test_the_window_fits_on_a_small_screen(open_editor):
    window = open_editor()

    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 560
