import csv
import io
import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fakes.checks import FakeCheck, make_service
from fakes.past import Chronicle, named
from fakes.recorded import HOSTILE
from fakes.terminal import screen
from manara.cli.arguments import parse
from manara.cli.exits import Refused
from manara.cli.history import run_history
from manara.cli.terminal import Terminal
from manara.model import Circumstance, Counted, HistoryOptions, Reason, Verdict
from manara.wording import Translator

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 31, 12, 0, tzinfo=BERLIN)
END = NOW.astimezone(UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SHOP, MAIL = make_service("shop"), named("mail", "Company mail", FakeCheck(name="+mail"))


def tell(folder, *typed, services=(SHOP, MAIL), options=None, out=None, now=NOW):
    out = out or Terminal(io.StringIO(), width=100, _environ={})
    code = run_history(
        parse(["history", *typed]), folder, services, options or HistoryOptions(), tr=Translator(), now=now, out=out
    )
    return code, out.file.getvalue()


def lines(folder, *typed, **options):
    code, text = tell(folder, *typed, **options)
    assert code == 0
    return text.splitlines()


def document(folder, *typed, **options):
    return json.loads(tell(folder, "--json", *typed, **options)[1])


def refusal(folder, *typed, **options):
    with pytest.raises(Refused) as refused:
        tell(folder, *typed, **options)
    (line,) = refused.value.lines
    return refused.value.exit_code, line


@pytest.fixture
def past(tmp_path):
    """Ten days of the shop, watched until two seconds ago, and something of the mail.

    An hour of maintenance, an outage of 20 minutes with 10 minutes of sleep in it, a slow minute.
    """
    begin = END - 10 * DAY
    with Chronicle(tmp_path, SHOP, MAIL) as chronicle:
        chronicle.begin(begin)
        chronicle.look(begin)
        chronicle.look(begin, service_id="mail", total_ms=40)
        chronicle.believe(begin + DAY, Verdict.MAINTENANCE)
        chronicle.look(begin + DAY + HOUR)
        chronicle.look(begin + 2 * DAY, Reason.DNS_TIMEOUT, total_ms=6000)
        chronicle.sleep(begin + 2 * DAY + 10 * MINUTE, begin + 2 * DAY + 20 * MINUTE)
        chronicle.look(begin + 2 * DAY + 20 * MINUTE, Reason.SERVER_ERROR, total_ms=90)
        chronicle.look(begin + 2 * DAY + 30 * MINUTE)
        chronicle.look(begin + 2 * DAY + 30 * MINUTE, service_id="mail")
        chronicle.look(begin + 3 * DAY, Reason.SLOW, total_ms=5000)
        chronicle.look(begin + 3 * DAY + MINUTE)
        for hour in range(1, 7 * 24 - 1):
            chronicle.look(begin + 3 * DAY + hour * HOUR, total_ms=10 + hour)
        chronicle.hear(END - timedelta(seconds=2))
        chronicle.write()
    return tmp_path


def test_one_service_is_told_with_all_there_is(past):
    told = lines(past, "shop", "--since", "10d")

    assert told[:14] == [
        "● Shop  2026-03-21 10:59 to 2026-03-31 11:59 (10 d)",
        "  Up 99.86 % of the 99.9 % observed",
        "  Up                 9 d 22 h 28 min 58 s",
        "  Degraded           1 min",
        "  Down               20 min",
        "  Under maintenance  1 h",
        "  Not observed       10 min 2 s",
        "  (degraded time counts as up, maintenance is left out)",
        "  (the history begins on 2026-03-21 11:00)",
        "",
        "  The last 90 days",
        "  " + "·" * 79 + "▂▃█▅▂▂▂▂▂▂▂",
        "  2026-01-01" + " " * 70 + "2026-03-31",
        "",
    ]
    assert told[14].startswith("  Latency  p50 ")
    assert told[14].endswith(" · max 5.0 s")
    assert "█" in told[20]
    assert "✖" in told[21]
    assert told[-6:] == [
        "",
        "  1 outage",
        "  ✖ Down for 20 min: the name servers did not answer; it is reachable, but fails inside",
        "    began between 2026-03-22 12:00:00 and 2026-03-23 11:00:00",
        "    ended between 2026-03-23 11:20:00 and 2026-03-23 11:30:00",
        "    nobody was looking for 10 min in between",
    ]


def test_the_days_are_those_of_the_readers_calendar_also_when_the_clock_changes(past):
    days = document(past, "shop", "--since", "10d")["services"][0]["days"]

    (changed,) = [day for day in days if day["date"] == "2026-03-29"]
    assert (changed["from"], changed["to"]) == ("2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z")
    assert sum(changed["seconds"].values()) == 23 * 3600
    assert changed["worst"] == "up"


def test_all_services_are_told_in_a_table(past):
    unseen = "·" * 37

    assert lines(past, "--since", "10d") == [
        "2026-03-21 10:59 to 2026-03-31 11:59 (10 d)",
        "                 uptime  observed    down  outages  the last 48 days",
        f"● Shop          99.86 %    99.9 %  20 min        1  {unseen}▂▃█▅▂▂▂▂▂▂▂",
        f"● Company mail    100 %    99.8 %                   {unseen}▂▂▂▂▂▂▂▂▂▂▂",
    ]


def test_without_a_day_of_observation_there_is_no_data(past):
    told = lines(past, "--from", "2026-03-01", "--to", "2026-03-02")

    assert told[2].split() == ["?", "Shop", "no", "data", "·" * 50]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_the_table_is_never_wider_than_the_terminal(past, width):
    out = Terminal(io.StringIO(), width=width, _environ={})

    told = lines(past, "--since", "10d", out=out)

    assert max(map(len, told[1:])) <= max(width, 32)
    assert "99.86 %" in told[2]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_bar_and_chart_of_a_service_are_never_wider_than_the_terminal(past, width):
    out = Terminal(io.StringIO(), width=width, _environ={})

    told = lines(past, "shop", "--since", "10d", out=out)

    drawn = [line for line in told if set(line) & set("·▂█░")]
    assert len(drawn) > 3
    assert max(map(len, (line for line in drawn if "p50" not in line))) <= width


def test_colours_tell_the_same_as_heights(past):
    told = tell(past, "shop", "--since", "10d", out=screen(100))[1]

    for style in ("\x1b[32m", "\x1b[34m", "\x1b[1;31m", "\x1b[33m", "\x1b[36m"):
        assert style in told


def test_a_terminal_that_knows_only_ascii_gets_bars_of_ascii(past):
    file = io.TextIOWrapper(io.BytesIO(), "ascii", errors="replace")
    out = Terminal(file, width=100, _environ={})

    run_history(
        parse(["history", "shop", "--since", "10d"]), past, (), HistoryOptions(), tr=Translator(), now=NOW, out=out
    )

    file.seek(0)
    told = file.read().splitlines()
    assert told[11] == "  " + "." * 79 + "_m#o_______"
    assert "#" in told[20]


def test_time_counts_as_the_settings_say(past):
    strict = HistoryOptions(degraded=Counted.DOWN, maintenance=Counted.DOWN)

    told = lines(past, "shop", "--since", "10d", options=strict)

    assert told[1] == "  Up 99.43 % of the 99.9 % observed"
    assert told[7] == "  (degraded time counts as down, maintenance counts as down)"


def test_while_it_is_watched_what_is_not_written_yet_is_not_unobserved(past):
    assert document(past, "mail", "--since", "1d")["services"][0]["coverage"] == 1
    later = document(past, "mail", "--since", "1d", now=NOW + timedelta(seconds=30))
    assert later["services"][0]["seconds"]["not_observed"] == 32


def test_a_service_that_is_always_seen_up_has_a_plain_100_percent(past):
    told = lines(past, "mail", "--since", "1d")

    assert told[1:5] == ["  Up 100 %", "  Up            1 d", "  Down          0 s", "  Not observed  0 s"]
    assert told[-1] == "  No outage was seen"


@pytest.fixture
def failing(tmp_path):
    """An hour of the shop, which is down since half of it."""
    with Chronicle(tmp_path, SHOP) as chronicle:
        chronicle.begin(END - HOUR)
        chronicle.look(END - HOUR)
        chronicle.look(END - 30 * MINUTE, Reason.SERVER_ERROR)
        chronicle.hear(END)
        chronicle.write()
    return tmp_path


def test_an_outage_goes_on_as_long_as_somebody_sees_it(failing):
    assert lines(failing, "shop")[-1] == "    it goes on"
    assert lines(failing, "shop", "--to", "2026-03-31T11:45")[-1] == "    it goes on"


def test_where_nobody_looked_since_nobody_has_seen_it_end(failing):
    told = lines(failing, "shop", now=NOW + HOUR)

    assert told[0].startswith("? Shop")
    assert told[-1] == "    nobody has seen it end yet"


def test_scripts_get_one_object(past):
    told = document(past, "--since", "10d")

    assert (told["schema"], told["at"]) == (1, "2026-03-31T10:00:00.000Z")
    assert told["window"] == {"from": "2026-03-21T09:59:58.000Z", "to": "2026-03-31T09:59:58.000Z"}
    shop, mail = told["services"]
    assert (shop["id"], mail["name"]) == ("shop", "Company mail")
    assert sum(shop["seconds"].values()) == 864_000
    assert shop["latency_ms"]["max"] == 5000
    assert shop["outages"][0]["reasons"] == ["dns-timeout", "server-error"]
    assert "series" not in shop
    (one,) = document(past, "shop", "--since", "10d")["services"]
    assert one.keys() - shop.keys() == {"days", "series"}
    assert len(one["days"]) == 90
    assert sum(bucket["looks"] for bucket in one["series"]["buckets"]) == 174


def test_looks_are_exported(past):
    rows = list(csv.DictReader(io.StringIO(tell(past, "--csv", "--since", "10d")[1])))

    assert [row["service"] for row in rows].count("mail") == 2
    assert rows[-1]["target"] == "'+mail"
    (failed, *_) = (row for row in rows if row["reason"] == "dns-timeout")
    assert (failed["layer"], failed["total_ms"], failed["at"]) == ("dns", "6000.0", "2026-03-23T10:00:00.000Z")
    only = list(csv.DictReader(io.StringIO(tell(past, "mail", "--csv", "--since", "1d")[1])))
    assert only == []


def test_spans_are_exported(past):
    rows = list(csv.DictReader(io.StringIO(tell(past, "shop", "--csv", "--spans", "--since", "10d")[1])))

    assert sum(float(row["duration_s"]) for row in rows) == 864_000
    assert [row["verdict"] for row in rows].count("down") == 2
    assert {row["service"] for row in rows} == {"shop"}


def test_a_service_is_found_by_its_name_too(past):
    assert lines(past, "company MAIL")[0].startswith("● Company mail")


def test_an_unknown_service_is_refused_with_the_nearest(past):
    code, line = refusal(past, "shpo", services=())

    assert code == 64
    assert line == 'manara: Nothing is known of a service shpo. Did you mean "shop"?'
    assert refusal(past, "\x1b[31m")[1] == "manara: Nothing is known of a service \ufffd[31m."


def test_a_period_before_the_first_data_says_when_it_begins(past):
    assert lines(past, "shop", "--to", "2026-03-01")[1:] == [
        "  no data: the history of Shop begins on 2026-03-21 11:00"
    ]


def test_a_period_in_which_nobody_looked_has_no_data(past):
    told = lines(past, "shop", "--since", "1h", now=NOW + 2 * HOUR)

    assert told[0].startswith("? Shop")
    assert told[1] == "  No data: nobody was looking in this time"
    assert not any("Latency" in line for line in told)
    assert document(past, "shop", "--since", "1h", now=NOW + 2 * HOUR)["services"][0]["uptime"] is None


@pytest.mark.parametrize("there", [True, False])
def test_a_service_of_the_settings_without_a_history_has_no_data_yet(past, tmp_path, there):
    folder = past if there else tmp_path / "nowhere"
    new = (make_service("new"),)

    assert lines(folder, "new", services=new)[1] == "  no data: the history of New has not begun yet"
    (told,) = document(folder, "new", services=new)["services"]
    assert (told["uptime"], told["coverage"], told["first_seen"]) == (None, 0, None)
    assert told["series"]["buckets"] == []
    assert len(tell(folder, "new", "--csv", services=new)[1].splitlines()) == 1
    assert len(tell(folder, "new", "--csv", "--spans", services=new)[1].splitlines()) == 1


def test_without_a_history_it_says_how_it_begins(tmp_path):
    folder = tmp_path / "nowhere"

    assert lines(folder) == ["No history yet: it begins with manara watch"]
    assert document(folder)["services"] == []
    assert tell(folder, "--csv")[1].count("\n") == 1
    assert refusal(folder, "shpo")[0] == 64
    assert not folder.exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("--csv", "--json"), "--csv and --json cannot stand together"),
        (("--spans",), "--spans goes with --csv"),
        (("--since", "1d", "--from", "2026-01-01"), "cannot stand together"),
        (("--from", "2026-03-02", "--to", "2026-03-01"), "must come after"),
    ],
)
def test_contradictions_are_refused(past, typed, told):
    code, line = refusal(past, *typed)

    assert code == 64
    assert told in line


def test_a_history_that_cannot_be_read_is_refused(tmp_path):
    (tmp_path / "history.sqlite3").write_bytes(b"\0" * 5000)

    assert refusal(tmp_path)[0] == 66


def test_long_and_hostile_names_keep_the_table(tmp_path):
    long, hostile = named("long", "x" * 100, FakeCheck(name="a")), named("hostile", HOSTILE, FakeCheck(name=HOSTILE))
    with Chronicle(tmp_path, long, hostile) as chronicle:
        chronicle.begin(END - HOUR)
        chronicle.look(END - HOUR)
        chronicle.believe(END - HOUR, Verdict.UNKNOWN, Circumstance.OWN_LINE, service_id="hostile")
        chronicle.hear(END)
        chronicle.write()

    for typed in ((), ("hostile",), ("--csv",)):
        told = tell(tmp_path, *typed)[1]
        assert not set("\x1b\x07\x9b\u202e") & set(told)
    assert "…" in lines(tmp_path)[2]
    assert max(map(len, lines(tmp_path))) <= 100


@pytest.mark.parametrize("folder", ["with spaces in it", "بيانات المنارة", "x" * 200])
def test_the_folder_may_be_called_anything(tmp_path, folder):
    with Chronicle(tmp_path / folder, SHOP) as chronicle:
        chronicle.begin(END - HOUR)
        chronicle.look(END - HOUR)
        chronicle.end()

    assert len(lines(tmp_path / folder)) == 3
