"""The installed program as people get it: `pip install .` into an empty environment, real servers, processes."""

import asyncio
import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import termios

import pytest

from servers.http_server import http_server, reply
from servers.tcp_server import black_hole
from servers.tls import make_authority


@pytest.fixture
def environment(tmp_path):
    """The surroundings of a new user: an empty home and nothing of this checkout."""
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}


async def run(command, *arguments, environment):
    process = await asyncio.create_subprocess_exec(
        command, *arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


NO_WITNESSES = "[network]\nwitness_resolvers = []\nanchors = []\n"


def settings_file(folder, text):
    path = folder / "settings.toml"
    path.write_text(NO_WITNESSES + text)
    return str(path)


async def test_the_installed_command_says_its_version(manara, environment):
    code, out, err = await run(manara, "--version", environment=environment)

    assert (code, err) == (0, "")
    assert out.startswith("manara ")


async def test_good_expired_and_hanging_servers_are_told_apart_by_the_installed_command(manara, environment, tmp_path):
    authority = make_authority(tmp_path)
    async with (
        http_server(reply("hello")) as good,
        http_server(reply("hello"), tls=authority.expired("127.0.0.1")) as expired,
    ):
        with black_hole() as hanging:
            settings = settings_file(
                tmp_path,
                f"""
                ca_file = "{authority.ca_file}"
                [[services]]
                id = "good"
                name = "Good"
                checks = [{{ type = "http", url = "{good.url()}" }}]
                [[services]]
                id = "expired"
                name = "Expired"
                checks = [{{ type = "http", url = "{expired.url()}" }}]
                [[services]]
                id = "hanging"
                name = "Hanging"
                checks = [{{ type = "http", url = "http://127.0.0.1:{hanging}/", timeout = "0.5s" }}]
                """,
            )
            code, out, err = await run(manara, "check", "--json", "--config", settings, environment=environment)

    document = json.loads(out)
    told = {service["id"]: service for service in document["services"]}
    assert (code, err, document["schema"]) == (2, "", 1)
    assert (told["good"]["verdict"], told["good"]["reason"]) == ("up", None)
    assert (told["expired"]["verdict"], told["expired"]["reason"]) == ("down", "certificate-expired")
    assert told["expired"]["checks"][0]["certificate"]["days_left"] < 0
    assert "certificate has expired" in told["expired"]["sentence"]
    assert told["hanging"]["verdict"] == "down"
    assert told["hanging"]["checks"][0]["failure"]["layer"] in ("tcp", "http")


async def test_an_address_is_checked_without_any_settings_file(manara, environment):
    async with http_server(reply("hello")) as server:
        code, out, err = await run(manara, "check", server.url(host="localhost"), environment=environment)

    assert (code, err) == (0, "")
    for step in ("DNS", "TCP", "HTTP", "127.0.0.1", " ms"):
        assert step in out


async def test_a_bad_settings_file_is_refused_with_every_problem_and_left_as_it_is(manara, environment, tmp_path):
    text = '[[services]]\nname = "Shop"\nchecks = [{ type = "tcp", host = "shop.example", port = 70000, tmeout = 3 }]\n'
    path = tmp_path / "settings.toml"
    path.write_text(text)

    code, out, err = await run(manara, "check", "--config", str(path), environment=environment)

    assert (code, out) == (78, "")
    assert "services[0].checks[0].port" in err
    assert '"timeout"' in err
    assert "Traceback" not in err
    assert path.read_text() == text


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
async def test_watching_tells_results_and_ends_cleanly_when_asked_to(manara, environment, tmp_path, ending):
    async with http_server(reply("hello")) as server:
        entry = (
            f'[[services]]\nname = "Shop"\nchecks = [{{ type = "http", url = "{server.url()}", interval = "1s" }}]\n'
        )
        settings = settings_file(tmp_path, entry)
        process = await asyncio.create_subprocess_exec(
            manara,
            "watch",
            "--json",
            "--config",
            settings,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        events = []
        async with asyncio.timeout(20):
            while not events or events[-1]["event"] != "result":
                events.append(json.loads(await process.stdout.readline()))
        process.send_signal(ending)
        async with asyncio.timeout(20):
            _, err = await process.communicate()

    assert events[-1]["outcome"] == "ok"
    assert (process.returncode, err) == (0, b"")


async def test_what_was_watched_is_told_afterwards_and_a_manara_that_stopped_looks_stopped(
    manara, environment, tmp_path
):
    data = tmp_path / "my data"
    async with http_server(reply("hello")) as server:
        checks = f'[{{ type = "http", url = "{server.url()}", interval = "1s" }}]'
        settings = settings_file(tmp_path, f'[[services]]\nid = "shop"\nname = "Shop"\nchecks = {checks}\n')
        where = ("--config", settings, "--data", data)
        watching = await asyncio.create_subprocess_exec(
            manara, "watch", "--json", *where, env=environment, stdout=subprocess.DEVNULL
        )
        async with asyncio.timeout(30):
            known = False
            while not known:
                code, out, _ = await run(manara, "status", "--json", *where, environment=environment)
                known = code == 0
        text = await run(manara, "status", *where, environment=environment)
        watching.terminate()
        await watching.wait()

    told = await run(manara, "history", "shop", "--json", *where, environment=environment)
    looks = await run(manara, "history", "--csv", *where, environment=environment)
    stopped = await run(manara, "status", *where, environment=environment)

    assert json.loads(out)["running"] is True
    assert text[1].startswith("● Shop  Up, ")
    (shop,) = json.loads(told[1])["services"]
    assert (shop["uptime"], shop["outages"], shop["days"][-1]["worst"]) == (1, [], "up")
    assert shop["latency_ms"]["p50"] > 0
    assert looks[1].splitlines()[1].startswith(f"shop,http,{server.url()},")
    assert (told[0], looks[0], stopped[0]) == (0, 0, 3)
    assert stopped[1].startswith("? Shop  Cannot tell: Manara was not running; it was: up")


async def test_services_are_added_listed_and_removed(manara, environment):
    added = await run(manara, "services", "add", "https://shop.example/", "--name", "Shop", environment=environment)
    listed = await run(manara, "services", "list", "--json", environment=environment)
    removed = await run(manara, "services", "remove", "shop.example", environment=environment)
    empty = await run(manara, "services", "list", "--json", environment=environment)

    assert [added[0], listed[0], removed[0], empty[0]] == [0, 0, 0, 0]
    assert [service["name"] for service in json.loads(listed[1])["services"]] == ["Shop"]
    assert json.loads(empty[1]) == {"schema": 1, "services": []}


async def test_without_a_screen_the_program_says_so_and_watches_in_the_terminal(manara, environment, tmp_path):
    process = await asyncio.create_subprocess_exec(
        manara, "--config", settings_file(tmp_path, ""), env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    async with asyncio.timeout(20):
        said = await process.stderr.readline()
    process.terminate()
    await process.communicate()

    assert b"no screen" in said


async def next_event(process, kind):
    """Read events until one of this kind comes."""
    async with asyncio.timeout(20):
        while True:
            event = json.loads(await process.stdout.readline())
            if event["event"] == kind:
                return event


async def test_edits_of_the_settings_file_are_taken_over_while_watching_and_bad_ones_explained(
    manara, environment, tmp_path
):
    async with http_server(reply("hello")) as server:
        entry = f'[[services]]\nname = "{{}}"\nchecks = [{{{{ type = "http", url = "{server.url()}" }}}}]\n'
        path = settings_file(tmp_path, entry.format("Shop"))
        process = await asyncio.create_subprocess_exec(
            manara, "watch", "--json", "--config", path, env=environment, stdout=subprocess.PIPE
        )
        await next_event(process, "result")

        settings_file(tmp_path, "[checks]\ninterval = -5\n")
        refused = await next_event(process, "settings")
        settings_file(tmp_path, entry.format("Blog"))
        taken_over = await next_event(process, "services")
        looked = await next_event(process, "result")

        process.terminate()
        await process.communicate()

    assert "checks.interval" in json.dumps(refused)
    assert "Blog" in json.dumps(taken_over, ensure_ascii=False)
    assert (looked["service"], process.returncode) == ("blog", 0)


async def test_the_live_table_survives_a_resize_and_gives_the_terminal_back(manara, environment, tmp_path):
    screen, terminal = pty.openpty()
    resize(terminal, rows=24, columns=80)
    async with http_server(reply("hello")) as server:
        entry = f'[[services]]\nname = "Shop"\nchecks = [{{ type = "http", url = "{server.url()}" }}]\n'
        process = await asyncio.create_subprocess_exec(
            manara,
            *("watch", "--config", settings_file(tmp_path, entry)),
            env={**environment, "TERM": "xterm-256color"},
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
        )
        shown = await shown_until(screen, "Up,")
        resize(terminal, rows=10, columns=40)
        process.send_signal(signal.SIGWINCH)
        shown += await shown_until(screen, "Up,")
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(20):
            code = await process.wait()
        shown += await shown_until(screen, SHOW_CURSOR)
    os.close(terminal)
    os.close(screen)

    assert code == 0
    assert "Traceback" not in shown
    assert shown.rindex(SHOW_CURSOR) > shown.rindex(HIDE_CURSOR)


HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"


def resize(terminal, *, rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


async def shown_until(screen, wanted):
    """Read what the terminal shows until the wanted text is there."""
    shown = ""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(20):
        while wanted not in shown:
            readable = loop.create_future()
            loop.add_reader(screen, lambda ready=readable: ready.done() or ready.set_result(None))
            try:
                await readable
            finally:
                loop.remove_reader(screen)
            shown += os.read(screen, 65_536).decode()
    return shown
