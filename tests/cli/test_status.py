import json
from datetime import timedelta

import pytest

from fakes.checks import make_service
from fakes.past import Chronicle
from fakes.recorded import NOW
from fakes.terminal import pipe
from manara.cli.status import run_status
from manara.model import Reason
from manara.wording import Translator

SHOP, MAIL = make_service("shop"), make_service("mail")
SECOND = timedelta(seconds=1)


@pytest.fixture
def watched(tmp_path):
    """A history that ends so many seconds before now: the shop is up, the mail was down at the second look."""

    def write(ended_s, *, looked=True):
        end = NOW - ended_s * SECOND
        with Chronicle(tmp_path, SHOP, MAIL) as chronicle:
            chronicle.begin(end - 120 * SECOND)
            if looked:
                chronicle.look(end - 110 * SECOND, service_id="mail")
                chronicle.look(end - 50 * SECOND, Reason.CONNECTION_REFUSED, service_id="mail")
                chronicle.look(end - 10 * SECOND, service_id="shop")
            chronicle.hear(end)
            chronicle.write()
        return tmp_path

    return write


def told(folder, *services, as_json=False):
    out = pipe()
    code = run_status(services or (SHOP, MAIL), folder, tr=Translator(), now=NOW, out=out, as_json=as_json)
    text = out.file.getvalue()
    return code, json.loads(text) if as_json else text.splitlines()


@pytest.mark.parametrize("ended_s", [-3, 0, 2, 14])
def test_what_a_running_manara_knows_is_told_with_its_age(watched, ended_s):
    code, lines = told(watched(ended_s))

    assert code == 2
    assert lines[0] == "● Shop  Up, 12 ms"
    assert lines[1].startswith("✖ Mail  Down for ")
    assert lines[1].endswith(": the computer is there, but the service on it is off (203.0.113.7)")
    assert lines[2].startswith(f"Manara is watching; last look {10 + ended_s} s ago")


@pytest.mark.parametrize("ended_s", [15, 7200])
def test_a_manara_that_stopped_looks_stopped(watched, ended_s):
    code, lines = told(watched(ended_s))

    assert code == 3
    assert lines[0] == "? Shop  Cannot tell: Manara was not running; it was: up"
    assert lines[1] == (
        "? Mail  Cannot tell: Manara was not running; "
        "it was: down (the computer is there, but the service on it is off)"
    )
    assert lines[2].startswith("Manara is not running; it last watched ")


def test_a_clock_that_was_set_far_back_makes_no_running_manara(watched):
    assert told(watched(-3600))[0] == 3


def test_without_a_history_nothing_is_known(tmp_path):
    code, lines = told(tmp_path / "nowhere")

    assert code == 3
    assert lines == [
        "? Shop  Cannot tell: Manara was not running",
        "? Mail  Cannot tell: Manara was not running",
        "Nobody has watched yet: manara watch",
    ]


def test_before_the_first_look_it_says_so(watched):
    code, lines = told(watched(1, looked=False))

    assert code == 3
    assert lines == ["? Shop  Not looked at yet", "? Mail  Not looked at yet", "Manara is watching"]


def test_a_service_without_a_history_was_not_looked_at_yet(watched):
    assert told(watched(1), make_service("new"))[1][0] == "? New  Not looked at yet"


def test_scripts_get_the_shape_of_check(watched):
    code, document = told(watched(2), as_json=True)

    shop, mail = document["services"]
    assert code == 2
    assert (document["schema"], document["running"]) == (1, True)
    assert document["watched_until"] == "2021-10-04T15:52:08.000Z"
    assert (shop["verdict"], mail["verdict"], mail["reason"]) == ("up", "down", "connection-refused")
    assert mail["checks"][0]["failure"]["layer"] == "tcp"


def test_scripts_see_that_nobody_watches_and_still_the_last_look(watched):
    code, document = told(watched(60), as_json=True)

    shop = document["services"][0]
    assert code == 3
    assert document["running"] is False
    assert (shop["verdict"], shop["reason"], shop["since"]) == ("unknown", "not-running", "2021-10-04T15:51:10.000Z")
    assert (shop["checks"][0]["verdict"], shop["checks"][0]["outcome"]) == ("unknown", "ok")
    assert shop["checks"][0]["timings_ms"]["total"] == 12.0
    assert document["network"]["state"] == "unknown"


def test_scripts_see_that_nobody_ever_watched(tmp_path):
    code, document = told(tmp_path, as_json=True)

    assert code == 3
    assert (document["running"], document["watched_until"]) == (False, None)
    assert [each["since"] for each in document["services"]] == [None, None]
