import json
import socket

import pytest

from fakes.recorded import NOW
from fakes.terminal import pipe, screen
from manara.cli import commands
from manara.cli.arguments import parse
from manara.cli.exits import Refused
from manara.cli.views import JsonView, LinesView, TableView
from manara.wording import Translator


@pytest.fixture
def settings(tmp_path):
    """Writes a settings file and returns its path as it is typed."""

    def write(text):
        path = tmp_path / "settings.toml"
        path.write_text(text)
        return str(path)

    return write


@pytest.fixture
def closed_port():
    """A port of this machine on which nobody listens, and nobody else can begin to."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def run(*typed):
    arguments = parse(typed)
    return getattr(commands, arguments.command)(arguments)


def refusal(*typed):
    with pytest.raises(Refused) as refused:
        run(*typed)
    return refused.value.exit_code, refused.value.lines


def test_check_looks_at_an_address_without_a_service_of_ones_own(settings, closed_port, capsys):
    config = settings("[checks]\nconfirm = 0\n")

    code = run("check", f"127.0.0.1:{closed_port}", "--config", config, "--timeout", "2s")

    assert code == 2
    assert capsys.readouterr().out.startswith(f"✖ 127.0.0.1:{closed_port}  Down: its computer is there")


def test_a_bad_catalogue_of_ones_own_is_told_and_stops_nothing(settings, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    own = tmp_path / "manara" / "catalogue.toml"
    own.parent.mkdir()
    own.write_text("services = 1\n")

    assert run("services", "list", "--config", settings("")) == 0

    captured = capsys.readouterr()
    assert (
        captured.err == f"manara: {own}: line 1, services: These must be sections that each begin with [[services]].\n"
    )
    assert "services add" in captured.out


def test_check_without_a_target_looks_at_the_services_of_the_file(settings, closed_port, capsys):
    config = settings(
        '[checks]\nconfirm = 0\n[[services]]\nname = "Shop"\n[[services.checks]]\ntype = "tcp"\n'
        f'host = "127.0.0.1"\nport = {closed_port}\n'
    )

    code = run("check", "--json", "--config", config)

    (service,) = json.loads(capsys.readouterr().out)["services"]
    assert code == 2
    assert (service["id"], service["reason"]) == ("shop", "connection-refused")


PAUSED = '[[services]]\nname = "Shop"\npaused = true\n[[services.checks]]\ntype = "tcp"\nhost = "127.0.0.1"\nport = 9\n'


def test_watch_ends_after_a_while_with_the_final_state(settings, tmp_path, capsys):
    code = run("watch", "--json", "--for", "0.05", "--config", settings(PAUSED), "--data", str(tmp_path / "data"))

    documents = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 3
    assert documents[0]["event"] == "services"
    assert documents[-1]["event"] == "final"


@pytest.mark.parametrize("folder", ["data", "with spaces in it", "بيانات المنارة", "x" * 200])
def test_what_was_watched_is_in_the_history_of_the_folder(settings, closed_port, tmp_path, folder, capsys):
    config = settings(
        '[network]\nwitness_resolvers = []\nanchors = []\n[checks]\nconfirm = 0\n[[services]]\nname = "Shop"\n'
        f'[[services.checks]]\ntype = "tcp"\nhost = "127.0.0.1"\nport = {closed_port}\n'
    )
    where = ("--config", config, "--data", str(tmp_path / folder))

    # A machine that stands still for a while may need longer.
    assert any(run("watch", "--json", "--for", length, *where) == 2 for length in ("0.5", "3", "10"))
    capsys.readouterr()
    assert run("history", "shop", "--csv", *where) == 0
    looks = capsys.readouterr().out.splitlines()
    assert run("incidents", *where) == 0
    assert "Shop is down" in capsys.readouterr().out
    # Who has stopped watching knows nothing any more.
    assert run("status", *where) == 3

    assert "connection-refused" in looks[1]
    assert capsys.readouterr().out.startswith("? Shop  Cannot tell: Manara was not running; it was: down")


def test_without_a_history_the_services_of_the_settings_are_not_known(settings, tmp_path, capsys):
    where = ("--config", settings(PAUSED), "--data", str(tmp_path / "nowhere"))

    assert run("status", "--json", *where) == 3
    assert [each["id"] for each in json.loads(capsys.readouterr().out)["services"]] == ["shop"]
    assert run("history", "Shop", *where) == 0
    assert "no data: the history of Shop has not begun yet" in capsys.readouterr().out
    assert refusal("history", "shp", *where)[0] == 64


def test_without_services_of_ones_own_the_starter_set_is_meant(settings, tmp_path, capsys):
    assert run("status", "--config", settings(""), "--data", str(tmp_path)) == 3
    assert "WhatsApp" in capsys.readouterr().out


def test_services_are_added_to_a_file_that_is_not_there_yet(tmp_path, capsys):
    config = str(tmp_path / "new" / "settings.toml")

    assert run("services", "add", "https://shop.example/", "--id", "shop", "--config", config) == 0
    assert run("services", "list", "--config", config) == 0
    assert "shop" in capsys.readouterr().out


@pytest.mark.parametrize(
    "typed",
    [
        ("check",),
        ("watch",),
        ("status",),
        ("history",),
        ("incidents",),
        ("services", "list"),
        ("services", "remove", "x"),
    ],
)
def test_a_settings_file_that_was_named_must_be_there(tmp_path, typed):
    code, (line,) = refusal(*typed, "--config", str(tmp_path / "missing.toml"), "--data", str(tmp_path))

    assert code == 78
    assert line.endswith("missing.toml: There is no such file.")


@pytest.mark.parametrize(
    "typed",
    [("check",), ("watch",), ("status",), ("incidents",), ("services", "list"), ("services", "add", "x.example")],
)
def test_every_problem_of_a_settings_file_is_told_with_its_place_and_a_hint(settings, tmp_path, typed):
    config = settings('[[services]]\nname = "A"\n[[services.checks]]\ntype = "tpc"\n[checks]\ninterval = "-1s"\n')

    code, lines = refusal(*typed, "--config", config, "--data", str(tmp_path))

    assert code == 78
    assert len(lines) == 2
    assert "services[0].checks[0].type" in lines[0]
    assert 'Did you mean "tcp"?' in lines[0]
    assert "checks.interval" in lines[1]


@pytest.mark.parametrize("typed", [("check", "127.0.0.1:9"), ("watch", "--for", "1s")])
def test_a_network_that_cannot_be_used_is_bad_settings(settings, tmp_path, typed):
    config = settings('[network]\nresolvers = ["no address"]\n')

    code, _ = refusal(*typed, "--config", config, "--data", str(tmp_path))

    assert code == 78


def test_the_view_fits_where_it_is_shown():
    def view(console, *, as_json=False):
        return commands.view_on(console, Translator(), lambda: NOW, as_json=as_json)

    assert isinstance(view(screen()), TableView)
    assert isinstance(view(screen(TERM="dumb")), LinesView)
    assert isinstance(view(pipe()), LinesView)
    assert isinstance(view(screen(), as_json=True), JsonView)
