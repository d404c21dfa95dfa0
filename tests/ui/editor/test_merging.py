import pytest

from fakes.commands import SHOP
from manara.ui.editor.merging import Both, known_again, merge

PAGE, PORT = SHOP["checks"]
NAME = {"type": "dns", "name": "shop.example"}


def with_checks(*checks):
    return {**SHOP, "checks": list(checks)}


def test_each_side_has_what_it_alone_changed():
    found = merge(SHOP, {**SHOP, "group": "Home"}, {**SHOP, "name": "Bazaar", "note": "Ask Ann."})

    assert found.table == {**SHOP, "group": "Home", "name": "Bazaar", "note": "Ask Ann."}
    assert found.both == ()


def test_what_both_changed_is_as_the_user_wants_and_told():
    found = merge(SHOP, {**SHOP, "group": "Home"}, {**SHOP, "group": "Office"})

    assert found.table["group"] == "Home"
    assert found.both == (Both("group", "Office"),)


def test_what_both_changed_to_the_same_is_not_worth_a_word():
    found = merge(SHOP, {**SHOP, "group": "Home"}, {**SHOP, "group": "Home"})

    assert found.table["group"] == "Home"
    assert found.both == ()


def test_an_option_that_the_user_took_out_goes_and_one_that_the_file_lost_is_written_again():
    without = {name: value for name, value in SHOP.items() if name != "group"}

    assert "group" not in merge(SHOP, without, {**SHOP, "name": "Bazaar"}).table
    found = merge(SHOP, {**SHOP, "group": "Home"}, without)
    assert found.table["group"] == "Home"
    assert found.both == (Both("group", None),)


def test_options_of_one_check_come_from_both_sides():
    mine, theirs = {**PAGE, "contains": "Basket"}, {**PAGE, "interval": 45}

    found = merge(SHOP, with_checks(mine, PORT), with_checks(theirs, PORT))

    assert found.table["checks"] == [{**PAGE, "contains": "Basket", "interval": 45}, PORT]
    assert found.both == ()


def test_an_option_of_a_check_that_both_changed_is_told_with_the_type_of_the_check():
    found = merge(
        SHOP, with_checks({**PAGE, "interval": 60}, PORT), with_checks({**PAGE, "interval": 45, "timeout": 5}, PORT)
    )

    assert found.table["checks"] == [{**PAGE, "interval": 60, "timeout": 5}, PORT]
    assert found.both == (Both("interval", 45, "http"),)


def test_checks_that_either_side_added_are_there_and_the_same_one_only_once():
    other = {"type": "ping", "host": "shop.example"}

    assert merge(SHOP, with_checks(PAGE, PORT, NAME), with_checks(PAGE, other, PORT)).table["checks"] == [
        PAGE,
        PORT,
        NAME,
        other,
    ]
    assert merge(SHOP, with_checks(PAGE, PORT, NAME), with_checks(NAME, PAGE, PORT)).table["checks"] == [
        PAGE,
        PORT,
        NAME,
    ]


def test_a_check_that_either_side_removed_is_gone_unless_the_other_changed_it():
    changed = {**PORT, "port": 5433}

    assert merge(SHOP, with_checks({**PAGE, "interval": 60}, PORT), with_checks(PAGE)).table["checks"] == [
        {**PAGE, "interval": 60}
    ]
    assert merge(SHOP, with_checks(PAGE), with_checks({**PAGE, "interval": 60}, PORT)).table["checks"] == [
        {**PAGE, "interval": 60}
    ]
    back = merge(SHOP, with_checks(PAGE, changed), with_checks(PAGE))
    assert back.table["checks"] == [PAGE, changed]
    assert back.brought_back == (changed,)
    kept = merge(SHOP, with_checks(PAGE), with_checks(PAGE, changed))
    assert kept.table["checks"] == [PAGE, changed]
    assert kept.kept == (changed,)


def test_checks_that_the_user_did_not_touch_are_as_the_file_says():
    theirs = with_checks(PORT, NAME, {**PAGE, "interval": 60})

    assert merge(SHOP, {**SHOP, "name": "Bazaar"}, theirs).table["checks"] == theirs["checks"]


def test_a_check_that_became_another_type_is_another_check():
    changed = {**PAGE, "interval": 60}

    found = merge(SHOP, with_checks(NAME, PORT), with_checks(changed, PORT))

    assert found.table["checks"] == [NAME, PORT, changed]
    assert found.kept == (changed,)


def test_a_service_that_never_had_checks_gets_none():
    bare = {"id": "shop", "name": "Shop"}

    assert "checks" not in merge(bare, {**bare, "group": "Home"}, {**bare, "note": "Ask Ann."}).table


@pytest.mark.parametrize(
    ("after", "known"),
    [
        ([PORT, PAGE], {0: 1, 1: 0}),
        ([{**PAGE, "url": "https://new.example/"}, PORT], {0: 0, 1: 1}),
        ([PORT, {**PAGE, "interval": 60}], {0: 1, 1: 0}),
        ([PORT, {"type": "http", "url": "https://new.example/"}], {0: 1}),
        ([{"type": "http", "url": "https://new.example/"}, PORT], {0: 0, 1: 1}),
        ([], {}),
    ],
)
def test_checks_are_known_again_by_what_they_say(after, known):
    assert known_again([PAGE, PORT], after) == known
