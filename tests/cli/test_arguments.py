from pathlib import Path

import pytest

from manara.catalog.imports import Kind
from manara.cli.arguments import (
    IMPORT_KINDS,
    CheckArguments,
    DesktopArguments,
    ExportArguments,
    HistoryArguments,
    ImportArguments,
    IncidentsArguments,
    ServicesArguments,
    StatusArguments,
    WatchArguments,
    parse,
)


def test_no_command_means_the_desktop_program():
    assert parse([]) == DesktopArguments()


def test_check_takes_targets_and_options():
    typed = parse(["check", "shop", "example.org:443", "--timeout", "5s", "-v", "--json"])

    assert typed == CheckArguments(
        command="check", targets=("shop", "example.org:443"), timeout="5s", verbose=True, json=True
    )


def test_common_options_stand_before_or_behind_the_command():
    before = parse(["--config", "a.toml", "--data", "d", "--json", "watch"])
    behind = parse(["watch", "--config", "a.toml", "--data", "d", "--json"])

    assert before == behind == WatchArguments(command="watch", config=Path("a.toml"), data=Path("d"), json=True)


def test_watch_may_end_after_a_while():
    assert parse(["watch", "--for", "30s"]) == WatchArguments(command="watch", length="30s")


def test_status_takes_what_every_command_takes():
    assert parse(["status", "--json", "--data", "d"]) == StatusArguments(command="status", json=True, data=Path("d"))


def test_incidents_takes_an_id_or_a_period_and_a_service_and_a_form():
    assert parse(["incidents"]) == IncidentsArguments(command="incidents")
    assert parse(["incidents", "20211004-153910-1", "--markdown"]) == IncidentsArguments(
        command="incidents", target="20211004-153910-1", markdown=True
    )
    assert parse(
        ["incidents", "--from", "2026-03-01", "--to", "2026-03-02", "--service", "shop", "--html"]
    ) == IncidentsArguments(command="incidents", begin="2026-03-01", end="2026-03-02", service="shop", html=True)


def test_history_takes_a_service_a_period_and_a_form():
    assert parse(["history"]) == HistoryArguments(command="history")
    assert parse(["history", "shop", "--since", "90d"]) == HistoryArguments(
        command="history", target="shop", since="90d"
    )
    assert parse(["history", "--from", "2026-03-01", "--to", "2026-03-02", "--csv", "--spans"]) == HistoryArguments(
        command="history", begin="2026-03-01", end="2026-03-02", csv=True, spans=True
    )


def test_services_have_actions():
    added = parse(["services", "add", "x", "--tag", "a", "--tag", "b", "--name", "X", "--interval", "5m"])

    assert added == ServicesArguments(
        command="services", action="add", target="x", tags=("a", "b"), name="X", interval="5m"
    )
    assert parse(["services", "catalogue", "a", "b"]) == ServicesArguments(
        command="services", action="catalogue", words=("a", "b")
    )
    assert parse(["services", "list"]) == ServicesArguments(command="services", action="list")
    assert parse(["services", "remove", "x"]) == ServicesArguments(command="services", action="remove", target="x")


def test_an_import_takes_a_file_and_an_export_makes_one():
    typed = parse(["services", "import", "kuma.db", "--kind", "uptime-kuma-database", "--dry-run", "--json"])
    short = parse(["services", "export"])
    full = parse(["services", "export", "--format", "csv", "out.csv"])

    assert typed == ImportArguments(
        command="services import", source="kuma.db", kind="uptime-kuma-database", dry_run=True, json=True
    )
    assert short == ExportArguments(command="services export")
    assert full == ExportArguments(command="services export", form="csv", target=Path("out.csv"))


def test_every_kind_of_file_can_be_named():
    assert list(IMPORT_KINDS) == [kind.value for kind in Kind]


@pytest.mark.parametrize(
    "argv",
    [
        ["chek"],
        ["check", "--bogus"],
        ["check", "--verb"],
        ["--js"],
        ["watch", "--for"],
        ["status", "shop"],
        ["history", "a", "b"],
        ["history", "--from"],
        ["services"],
        ["services", "add"],
        ["services", "import"],
        ["services", "import", "x", "--kind", "nagios"],
        ["services", "export", "--format", "xml"],
        ["services", "remove"],
    ],
)
def test_wrong_usage_leaves_with_64_and_the_usage(argv, capsys):
    with pytest.raises(SystemExit) as left:
        parse(argv)

    assert left.value.code == 64
    assert capsys.readouterr().err.startswith("usage: manara")


def test_help_names_the_exit_codes(capsys):
    with pytest.raises(SystemExit) as left:
        parse(["--help"])

    assert left.value.code == 0
    assert "0 up, 1 degraded, 2 down, 3 unknown" in capsys.readouterr().out
