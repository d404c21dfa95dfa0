from manara.catalog.imports import Kind

SETTINGS = """\
[network]
proxy = "http://proxy.example:3128"

[checks]
interval = "5m"
timeout = "20s"

[[services]]
catalogue = "facebook"

[[services]]
id = "shop"
name = "Shop"
group = "Work"
tags = ["eu"]
note = "Mine"
paused = true
nonsense = 1

[[services.checks]]
type = "http"
url = "https://shop.example/?api_key=verysecret"
headers = { X-Key = "verysecret", X-Other = "file:/run/other" }
body = "plain"

[[services.checks]]
type = "tcp"
host = "shop.example"
port = 22
interval = "10s"
send = "token=verysecret"

[[services]]
id = "shop"
name = "Shop again"

[[services.checks]]
type = "lamp"
place = "x"

[[services]]
catalogue = "nowhere"

[[services]]
name = "Nothing"
"""


def test_settings_of_another_computer_come_over_without_secrets(read):
    found = read(SETTINGS)

    assert found.preview.kind is Kind.MANARA
    assert "verysecret" not in repr(found.preview)
    assert found.table("Shop") == {
        "id": "shop",
        "name": "Shop",
        "group": "Work",
        "tags": ["eu"],
        "paused": True,
        "note": "Mine The address had a secret in it (api_key); settings hold no secrets, so it was taken out. "
        "What it sends seems to hold a secret; settings hold no secrets, so it was taken out.",
        "checks": [
            {
                "type": "http",
                "url": "https://shop.example/",
                "headers": {"X-Key": "env:MANARA_SHOP_X_KEY", "X-Other": "file:/run/other"},
                "body": "plain",
                "interval": "5m",
                "timeout": "20s",
            },
            {"type": "tcp", "host": "shop.example", "port": 22, "interval": "10s"},
        ],
    }
    assert "Manara has no such setting: nonsense." in found.notes("Shop")


def test_entries_of_the_catalogue_stay_such(read):
    found = read(SETTINGS)

    assert found.table("Facebook") == {"id": "facebook", "catalogue": "facebook"}


def test_what_this_version_does_not_know_comes_over_paused(read):
    found = read(SETTINGS)

    reasons = {each.service.name: each.table["note"] for each in found.preview.services[2:]}
    assert reasons == {
        "Shop again": "Manara has no check of the type “lamp”.",
        "services[3]": "Manara has no check of the type “catalogue = nowhere”.",
        "Nothing": "Its address cannot be looked at: it has no checks.",
    }
    assert found.table("Shop again")["id"] == "shop-2"
    assert found.notes("Shop again")[1:] == ["Another entry has the id shop as well."]


def test_other_sections_are_told_and_left_alone(read):
    assert read(SETTINGS).general == [
        "[network] looks at nothing and is left out.",
        "[checks] looks at nothing and is left out.",
    ]


OPERATOR = """\
[[services]]
name = "Shop"
operator = "Shops & Co."
official_url = "https://status.shop.example/?token=verysecret&lang=en"
official = "statuspage"
official_components = ["API", "Web"]
checks = [{ type = "ping", host = "shop.example" }]

[[services]]
name = "Blog"
operator = "two\\nlines"
official_url = "http://status.blog.example/"
official = "instatus"
official_components = ["API"]
checks = [{ type = "ping", host = "blog.example" }]

[[services]]
catalogue = "facebook"
official = 7
official_components = "API"
"""


def test_who_runs_a_service_and_where_that_one_tells_how_it_is_come_over(read):
    found = read(OPERATOR)

    assert found.table("Shop") == {
        "id": "shop",
        "name": "Shop",
        "operator": "Shops & Co.",
        "official_url": "https://status.shop.example/?lang=en",
        "official": "statuspage",
        "official_components": ["API", "Web"],
        "checks": [{"type": "ping", "host": "shop.example"}],
    }
    assert "verysecret" not in repr(found.preview)
    assert any("official_url" in note for note in found.notes("Shop"))


def test_what_the_settings_do_not_take_of_an_operator_is_noted_and_left_out(read):
    found = read(OPERATOR)

    assert {"operator", "official_url", "official", "official_components"}.isdisjoint(found.table("Blog"))
    notes = " ".join(found.notes("Blog"))
    assert "operator" in notes
    assert "https:// alone" in notes
    assert not found.by_name["Blog"].service.paused
    assert not {"operator", "official_url"} & set(found.by_name["Blog"].translated)
    assert found.table("Facebook") == {"id": "facebook", "catalogue": "facebook"}
    assert len(found.notes("Facebook")) == 2
