from manara.model import CheckDefaults, Service
from manara.ui.editor.draft import Known
from manara.ui.editor.several import shared_options

HTTP = {"type": "http", "url": "https://shop.example/", "interval": "30s"}
TCP = {"type": "tcp", "host": "db.example", "port": 5432, "timeout": "5s"}
DNS = {"type": "dns", "name": "shop.example"}


def values_of(*tables, known=None):
    return {shared.key: shared.values for shared in shared_options(tables, known or Known())}


def test_what_all_agree_on_is_one_value():
    found = values_of({"group": "Work", "checks": [HTTP]}, {"group": "Work", "checks": [HTTP]})

    assert found["group"] == ("Work",)
    assert found["paused"] == (False,)
    assert found["checks.interval"] == ("30s",)


def test_what_differs_has_several_values_with_what_holds_by_default():
    found = values_of({"group": "Work", "checks": [HTTP]}, {"checks": [TCP]})

    assert found["group"] == ("Work", "")
    assert found["checks.interval"] == ("30s", "60s")
    assert found["checks.timeout"] == ("10s", "5s")


def test_what_the_section_of_checks_says_holds_by_default():
    found = values_of({"checks": [DNS]}, known=Known(defaults=CheckDefaults(confirm=7)))

    assert found["checks.confirm"] == (7,)


def test_what_says_what_is_looked_at_and_secrets_are_never_the_same_for_several():
    found = values_of({"checks": [HTTP, TCP]})

    assert not {"checks.url", "checks.host", "checks.port", "checks.password", "name", "id"} & set(found)


def test_an_option_that_means_different_things_is_not_offered():
    alone, together = values_of({"checks": [DNS]}), values_of({"checks": [DNS, TCP]})

    assert "checks.expect" in alone
    assert "checks.expect" not in together


def test_the_pace_comes_before_what_only_some_checks_have():
    keys = list(values_of({"checks": [HTTP]}))

    assert keys[:6] == ["group", "tags", "paused", "operator", "checks.interval", "checks.timeout"]
    assert keys.index("checks.slow_after") < keys.index("checks.method")


def test_services_without_checks_share_only_their_own_options():
    assert list(values_of({"group": "Work"})) == ["group", "tags", "paused", "operator"]


def test_the_operator_is_that_of_the_catalogue_where_no_other_is_set():
    known = Known({"facebook": Service("facebook", "Facebook", (), operator="Meta")})

    found = values_of({"catalogue": "facebook"}, {"catalogue": "facebook", "operator": "Mine"}, known=known)

    assert found["operator"] == ("Meta", "Mine")
