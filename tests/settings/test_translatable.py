"""Sentences about a settings file keep what they were made from, so that they can be said in another language."""

from datetime import timedelta

import pytest

from manara.model import CheckDefaults, Said, SettingsInvalid
from manara.probes import CHECK_TYPES
from manara.settings import (
    ChangeServices,
    Interpreter,
    SettingsFile,
    UnknownService,
    parse_duration,
    read_toml,
)

CHECK = {"type": "tcp", "host": "shop.example", "port": 443}
PAGE = {"type": "http", "url": "https://shop.example/"}
SHOP = {"name": "Shop", "checks": [CHECK]}


@pytest.mark.parametrize(
    "table",
    [
        {"nonsense": {}},
        {"network": 3},
        {"network": {"nonsense": 3}},
        {"checks": {"interval": True}},
        {"checks": {"interval": "60"}},
        {"checks": {"interval": "soon"}},
        {"checks": {"interval": "1ms"}},
        {"checks": {"interval": "99d"}},
        {"checks": {"interval": 1e300}},
        {"checks": {"interval": "999999999999d"}},
        {"checks": {"interval": "5s", "timeout": "60s"}},
        {"checks": {"confirm": "2"}},
        {"checks": {"confirm": 2.5}},
        {"checks": {"confirm": 1000}},
        {"appearance": {"theme": "drak"}},
        {"network": {"resolvers": "1.1.1.1"}},
        {"services": 3},
        {"services": [{}]},
        {"services": [{"name": 3, "checks": [CHECK]}]},
        {"services": [{"name": "", "checks": [CHECK]}]},
        {"services": [{"name": " x", "checks": [CHECK]}]},
        {"services": [{"name": "x\ny", "checks": [CHECK]}]},
        {"services": [{"name": "x" * 301, "checks": [CHECK]}]},
        {"services": [{"name": "…", "checks": [CHECK]}]},
        {"services": [{**SHOP, "id": "a b"}]},
        {"services": [{**SHOP, "tags": [""]}]},
        {"services": [{"name": "Shop", "checks": [{**PAGE, "headers": {f"X-{n}": "x" for n in range(60)}}]}]},
        {"services": [SHOP, SHOP]},
        {"services": [{"catalogue": "nonsense"}]},
        {"services": [{"name": "Shop", "checks": []}]},
        {"services": [{"name": "Shop", "checks": [{}]}]},
        {"services": [{"name": "Shop", "checks": [{"type": "htp"}]}]},
        {"services": [{"name": "Shop", "checks": [{"type": "http"}]}]},
    ],
)
def test_what_is_wrong_in_a_table(table):
    _, problems = Interpreter(CHECK_TYPES, {}).settings_of(table)

    assert problems
    assert [each for each in problems if not isinstance(each.sentence, Said)] == []
    assert [each for each in problems if each.hint and not isinstance(each.hint, Said)] == []


@pytest.mark.parametrize("content", [b"\xff", b"a = ", b"a = 1\na = 2", b"a = " + b"9" * 5000, b"[" * 5000])
def test_what_is_wrong_with_a_file_as_a_whole(tmp_path, content):
    path = tmp_path / "settings.toml"
    path.write_bytes(content)

    with pytest.raises(SettingsInvalid) as raised:
        read_toml(path)

    assert isinstance(raised.value.problems[0].sentence, Said)


@pytest.mark.parametrize(("service_id", "sentence"), [("shpo", "Did you mean"), ("", "no service")])
def test_why_nothing_was_changed(tmp_path, service_id, sentence):
    path = tmp_path / "settings.toml"
    path.write_text('[[services]]\nname = "Shop"\nchecks = [{ type = "tcp", host = "a", port = 1 }]\n')

    with pytest.raises(UnknownService, match=sentence) as raised:
        SettingsFile(path, CHECK_TYPES, {}).apply(ChangeServices((service_id,), {}))

    assert isinstance(raised.value.args[0], Said)


def test_the_values_in_a_sentence_are_those_of_the_file():
    _, problems = Interpreter(CHECK_TYPES, {}).check_of({**CHECK, "timeout": "90s"}, (), CheckDefaults())

    (problem,) = problems
    assert problem.sentence.values == {"timeout": "90s", "interval": "60s"}
    assert parse_duration("90s") == timedelta(seconds=90)
