import pytest

from manara.secrets import mentioned


@pytest.mark.parametrize(
    "table",
    [
        {"checks": [{"bearer": "keyring:shop"}]},
        {"checks": [{"headers": {"X-Key": "keyring:shop"}}]},
        ["keyring:shop"],
    ],
)
def test_a_secret_is_named_at_any_depth(table):
    assert mentioned(["keyring:shop", "keyring:blog"], [table], "") == {"keyring:shop"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("# bearer = 'keyring:shop'", True),
        ("# It was keyring:shop.", True),
        ("bearer = 'keyring:shop-2'", False),
        ("bearer = 'keyring:shop.password'", False),
        ("bearer = 'keyring:shopping'", False),
        ("", False),
    ],
)
def test_a_secret_is_named_in_comments_but_not_by_the_name_of_another(text, named):
    assert bool(mentioned(["keyring:shop"], [{"paused": True, "interval": 60}], text)) is named


def test_a_file_is_named_by_every_path_that_leads_to_it(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)
    own = f"file:{tmp_path}/secrets/shop"

    assert mentioned([own], [f"file:{tmp_path}/link/other/../secrets/shop"], "") == {own}
    assert mentioned([own], [f"file:{tmp_path}/secrets/shop\0", f"file:{tmp_path}/secrets/blog"], "") == set()
