"""One Manara for each user, from its start to all the ways in which it can end."""

import signal
import sqlite3
from contextlib import closing

from fakes.waiting import eventually


def test_a_second_start_raises_the_window_of_the_first_and_ends(desktop, tray, program, shop):
    program.watch({"Shop": shop.url})
    first = program.start("--background")
    eventually(lambda: tray.tooltip.startswith("1 up\n"))
    assert desktop.shown_windows() == []

    second = program.start()

    assert second.wait(30) == 0
    eventually(lambda: desktop.active_window.startswith("Services"))
    assert first.poll() is None
    # The first writes it soon; the second could have done so only before it ended.
    eventually(lambda: asked(program, "SELECT count(*) FROM watches") == [(1,)])


def asked(program, question):
    """Read the history file, which another process may be writing."""
    with closing(sqlite3.connect(f"file:{program.data}/history.sqlite3?mode=ro", uri=True)) as connection:
        return connection.execute(question).fetchall()


def test_a_new_start_takes_over_from_a_killed_one_and_the_gap_is_not_observed(desktop, tray, program, shop):
    program.watch({"Shop": shop.url})
    killed = program.start("--background")
    eventually(lambda: tray.tooltip.startswith("1 up\n"))
    eventually(lambda: program.ask("status")["services"][0]["verdict"] == "up")
    killed.kill()
    killed.wait()

    program.start("--background")
    eventually(lambda: tray.tooltip.startswith("1 up\n"))
    eventually(lambda: asked(program, "SELECT count(*) FROM watches") == [(2,)])

    (shop_told,) = program.ask("history", "shop", "--since", "1h")["services"]
    gap = asked(program, "SELECT max(begin) - min(until) FROM watches")[0][0] / 1000
    assert shop_told["outages"] == []
    assert shop_told["seconds"]["not_observed"] >= gap > 0
    assert shop_told["seconds"]["up"] > 0


def test_asked_to_end_it_keeps_everything_it_measured(desktop, tray, program, shop):
    program.watch({"Shop": shop.url})
    process = program.start()
    eventually(lambda: tray.tooltip.startswith("1 up\n"))
    last = len(shop.asked)
    eventually(lambda: len(shop.asked) > last)

    process.terminate()

    assert process.wait(30) == 0
    assert program.complaints.read_text() == ""
    assert asked(program, "PRAGMA integrity_check") == [("ok",)]
    assert asked(program, "SELECT count(*) FROM open_spans") == [(0,)]
    assert asked(program, "SELECT count(*) FROM watches WHERE ended IS NULL") == [(0,)]
    newest = asked(program, "SELECT max(at) FROM samples")[0][0] / 1000
    assert abs(newest - shop.asked[-1]) < 0.5
    eventually(lambda: tray.items == [])


def test_after_a_crash_the_next_start_offers_a_report_that_can_be_read(desktop, tray, program, shop):
    program.watch({"Shop": shop.url})
    process = program.start()
    eventually(lambda: tray.tooltip.startswith("1 up\n"))
    process.send_signal(signal.SIGSEGV)
    assert process.wait(30) == -signal.SIGSEGV

    program.start()

    desktop.find("label", "Something went wrong in Manara the last time.")
    desktop.find("push button", "Copy the report")
    eventually(lambda: tray.tooltip.startswith("1 up\n"))
    eventually(
        lambda: "Fatal Python error" in "".join(each.text for window in desktop.windows() for each in window.all)
    )
    desktop.take_picture("crash-report")
