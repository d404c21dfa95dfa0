from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.checks import FakeCheck, make_service
from fakes.desktop import looked_at, not_yet
from fakes.recorded import NOW, certificate, check_state, dns_dead, good_look, state, up
from manara.model import Circumstance, ServiceState, Verdict
from manara.ui.tile import Choice, Order, Tile
from manara.wording import Translator

TR = Translator()


def tile(service_id="shop", believed=None, *, name=None, **fields):
    service = make_service(service_id, **fields)
    believed = replace(up() if believed is None else believed, service_id=service_id)
    return Tile(replace(service, name=name or service.name), believed)


def ids(tiles):
    return [each.service.id for each in tiles]


def with_certificate(*ends):
    looks = [replace(good_look(), facts=replace(good_look().facts, certificate=certificate(end))) for end in ends]
    return state(Verdict.UP, *(check_state(look, Verdict.UP) for look in looks))


def test_a_name_is_one_line_and_bounded():
    assert tile(name="a\nb\x1b[31m").name == "a b\N{REPLACEMENT CHARACTER}[31m"
    assert len(tile(name="x" * 5000).name) == 300


def test_a_tile_is_spoken_as_a_sentence():
    spoken = tile("whatsapp", dns_dead()).spoken(TR, NOW)

    assert spoken == "Whatsapp, Down for 12 min: the name servers did not answer (whatsapp.example)"


def test_remarks_are_spoken_too():
    shop = tile(believed=with_certificate(timedelta(days=9, hours=1)))

    assert shop.spoken(TR, NOW) == "Shop, Up, 143 ms, certificate: 9 days"
    assert shop.spoken(TR, NOW + timedelta(hours=1)) == "Shop, Up, 143 ms, 1 h ago, certificate: 9 days"


def test_latency_is_shown_where_there_was_an_answer():
    assert tile().latency(TR) == "143 ms"
    assert tile(believed=dns_dead()).latency(TR) == ""
    assert tile(believed=not_yet("shop")).latency(TR) == ""
    assert tile(believed=replace(up(), verdict=Verdict.UNKNOWN)).latency(TR) == ""


def test_a_tile_grows_stale_after_three_rounds():
    shop = tile()

    assert shop.flags(TR, NOW + timedelta(minutes=3)) == ()
    assert shop.flags(TR, NOW + timedelta(minutes=3, seconds=6)) == ("3 min ago",)


@pytest.mark.parametrize(
    "believed",
    [not_yet("shop"), replace(up(), verdict=Verdict.PAUSED), ServiceState("shop", Verdict.PAUSED)],
)
def test_what_is_not_looked_at_is_not_stale(believed):
    assert tile(believed=believed).flags(TR, NOW + timedelta(days=1)) == ()


def test_a_service_without_checks_is_not_stale():
    empty = Tile(replace(make_service("shop"), checks=()), up())

    assert empty.flags(TR, NOW + timedelta(days=1)) == ()


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((timedelta(days=30),), ()),
        ((timedelta(days=29, hours=23),), ("certificate: 29 days",)),
        ((timedelta(days=1),), ("certificate: 1 day",)),
        ((timedelta(hours=1),), ("certificate: 0 days",)),
        ((timedelta(days=-1),), ()),
        ((timedelta(days=-3), timedelta(days=5)), ("certificate: 5 days",)),
    ],
)
def test_the_certificate_that_ends_first_is_told_from_thirty_days_on(ends, said):
    shop = Tile(make_service("shop", *[FakeCheck(name=str(n)) for n in range(len(ends))]), with_certificate(*ends))

    assert shop.flags(TR, NOW) == said


SHOP = tile("shop", name="Shop am Markt", group="Work", tags=("eu", "Sales"))
BANK = tile("bank", dns_dead(), name="Ärzte-Bank", group="Money")
NEW = tile("new", not_yet("new"), name="cinema")
SLOW = tile("slow", replace(up(), verdict=Verdict.DEGRADED), name="Slow")
PAUSED = tile("paused", ServiceState("paused", Verdict.PAUSED, Circumstance.PAUSED_BY_USER), name="Resting")
TILES = [SHOP, BANK, NEW, SLOW, PAUSED]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["shop", "bank", "new", "slow", "paused"]),
        ("markt shop", ["shop"]),
        ("SHOP", ["shop"]),
        ("  shop   ", ["shop"]),
        ("ÄRZTE", ["bank"]),
        ("work", ["shop"]),
        ("sales eu", ["shop"]),
        ("bank", ["bank"]),
        ("shop bank", []),
        ("<b>", []),
    ],
)
def test_every_word_of_a_search_must_be_found_somewhere(text, found):
    assert ids(Choice(text, order=Order.OWN).shown(TILES)) == found


def test_verdicts_choose_among_what_was_looked_at():
    down = Choice(verdicts=frozenset({Verdict.DOWN}))
    unknown = Choice(verdicts=frozenset({Verdict.UNKNOWN}))

    assert ids(down.shown(TILES)) == ["bank"]
    assert ids(unknown.shown(TILES)) == []


def test_tag_and_group_choose_too():
    assert ids(Choice(tag="eu").shown(TILES)) == ["shop"]
    assert ids(Choice(tag="e").shown(TILES)) == []
    assert ids(Choice(group="Money").shown(TILES)) == ["bank"]
    assert ids(Choice(group="Money", tag="eu").shown(TILES)) == []


@pytest.mark.parametrize(
    ("order", "found"),
    [
        (Order.PROBLEMS_FIRST, ["bank", "slow", "shop", "paused", "new"]),
        (Order.BY_NAME, ["new", "paused", "shop", "slow", "bank"]),
        (Order.OWN, ["shop", "bank", "new", "slow", "paused"]),
    ],
)
def test_tiles_come_in_the_chosen_order(order, found):
    assert ids(Choice(order=order).shown(TILES)) == found


def test_equals_stay_in_the_users_order():
    tiles = [tile(f"s{n}") for n in (3, 1, 2)]

    assert ids(Choice(order=Order.PROBLEMS_FIRST).shown(tiles)) == ["s3", "s1", "s2"]


def test_only_the_last_looks_are_kept():
    shop = tile()
    for _ in range(50):
        shop.looks.append(good_look().outcome)

    assert len(shop.looks) == 20


def test_every_verdict_has_its_place():
    tiles = [tile(verdict.value, looked_at(verdict)) for verdict in Verdict]

    assert len(Choice().shown(tiles)) == len(Verdict)


def test_every_order_is_known():
    assert [Choice(order=order).shown([SHOP]) for order in Order] == [[SHOP]] * len(Order)


def test_a_tile_says_that_the_user_knows_of_its_trouble():
    known = tile("whatsapp", dns_dead())
    known.acknowledged = True

    assert known.flags(TR, NOW) == ("acknowledged",)
    assert known.spoken(TR, NOW).endswith(", acknowledged")


def test_a_tile_has_the_readers_digits():
    tr = Translator(arabic_digits=True)
    shop = tile(believed=with_certificate(timedelta(days=9, hours=1)))

    assert shop.spoken(tr, NOW).replace("\N{LEFT-TO-RIGHT MARK}", "") == "Shop, Up, ١٤٣ ms, certificate: ٩ days"
    assert shop.latency(tr) == "١٤٣\N{LEFT-TO-RIGHT MARK} ms"
