import random
from dataclasses import replace
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from fakes.checks import make_service
from fakes.desktop import answered, looked_at, not_yet, watched
from fakes.pace import cost_ms
from fakes.recorded import NOW, dns_dead
from manara.model import (
    Bucket,
    Interval,
    Latency,
    Line,
    LineChanged,
    Reason,
    Series,
    Silence,
    SilenceChanged,
    Transition,
    Transitioned,
    Verdict,
)
from manara.ui.tile import Choice, Order
from manara.ui.tile_model import HEADING_ROLE, TILE_ROLE, TileModel
from manara.wording import Translator

TR = Translator()
UP, DOWN = looked_at(), looked_at(Verdict.DOWN)
OWN = Choice(order=Order.OWN)


def services(*service_ids):
    return [make_service(service_id) for service_id in service_ids]


@pytest.fixture
def model():
    made = TileModel(TR, lambda: NOW)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def shown(model):
    tiles = [model.index(row).data(TILE_ROLE) for row in range(model.rowCount())]
    return [tile.service.id for tile in tiles if tile is not None]


def headings(model):
    found = [model.index(row).data(HEADING_ROLE) for row in range(model.rowCount())]
    return [heading for heading in found if heading is not None]


def fill(model, *service_ids, choice=OWN):
    model.choose(choice)
    model.take([watched(*services(*service_ids))])


def changes(model):
    """What the model tells of changed rows from now on."""
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    return told


def test_services_are_rows(model):
    fill(model, "a", "b")

    assert shown(model) == ["a", "b"]
    assert [tile.service.id for tile in model.tiles] == ["a", "b"]
    assert model.index(0).data() == "A"
    assert model.rowCount(model.index(0)) == 0


def test_a_row_is_spoken_as_a_sentence_with_its_group_as_description(model):
    model.take(
        [watched(replace(make_service("shop"), group="Work\nplace"), states=[replace(dns_dead(), service_id="shop")])]
    )
    row = model.index(0)

    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Shop, Down for 12 min: the name servers did not answer (shop.example)"
    )
    assert row.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Work place"


def test_a_tooltip_has_the_full_name_and_the_sentence_as_text(model):
    model.take([watched(replace(make_service("shop"), name="<b>Shop</b> & co"))])

    assert model.index(0).data(Qt.ItemDataRole.ToolTipRole) == "<p>&lt;b&gt;Shop&lt;/b&gt; &amp; co<br>Up, 120 ms</p>"


def test_roles_and_rows_that_do_not_exist_say_nothing(model):
    fill(model, "a")

    assert model.index(0).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    assert model.data(model.createIndex(7, 0)) is None


def test_a_look_changes_its_row_alone(model):
    fill(model, "a", "b", "c")
    told = changes(model)

    model.take([answered("b", DOWN, reason=Reason.CONNECT_TIMEOUT)])

    assert told == [(1, 1)]
    assert model.tile("b").state.verdict is Verdict.DOWN
    assert [outcome.value for outcome in model.tile("b").looks] == ["failed"]
    assert model.tile("b").trend.columns(NOW)[-1] is None


def test_neighbouring_rows_are_told_together(model):
    fill(model, *"abcdef")
    told = changes(model)

    model.take([answered(each, UP) for each in "fbac"])

    assert told == [(0, 2), (5, 5)]


def test_a_transition_changes_the_row(model):
    fill(model, "a")
    when = Interval(NOW, NOW)

    model.take([Transitioned(Transition("a", Verdict.UP, Verdict.DOWN, None, when), replace(DOWN, service_id="a"))])

    assert model.tile("a").state.verdict is Verdict.DOWN


def test_news_of_what_is_not_watched_any_more_is_left_alone(model):
    fill(model, "a")
    told = changes(model)
    transition = Transition("gone", Verdict.UP, Verdict.DOWN, None, Interval(NOW, NOW))

    model.take([answered("gone", UP), Transitioned(transition, DOWN), LineChanged(Line())])
    model.take_series(Series("gone", 300, ()))

    assert told == []
    assert model.tile("gone") is None
    assert not model.index_of("gone").isValid()


def test_what_was_measured_before_this_start_is_drawn(model):
    fill(model, "a", "b")
    told = changes(model)

    model.take_series(Series("b", 300, (Bucket(NOW, NOW, 1, Latency(7.0, 7.0, 7.0, 7.0)),)))

    assert model.tile("b").trend.columns(NOW)[-1] == 7.0
    assert told == [(1, 1)]


def test_an_edited_service_keeps_its_looks(model):
    fill(model, "a")
    model.take([answered("a", UP)])

    model.take([watched(replace(make_service("a"), name="Other"))])

    assert model.index(0).data() == "Other"
    assert len(model.tile("a").looks) == 1


def test_what_fails_comes_to_the_front(model):
    fill(model, "a", "b", "c", choice=Choice())

    model.take([answered("c", DOWN)])

    assert shown(model) == ["c", "a", "b"]


def test_nothing_moves_under_the_pointer(model):
    fill(model, "a", "b", "c", choice=Choice())
    model.held = True

    model.take([answered("c", DOWN)])
    assert shown(model) == ["a", "b", "c"]

    model.release()
    assert shown(model) == ["c", "a", "b"]


def test_nothing_vanishes_under_the_pointer_because_it_recovered(model):
    fill(model, "a", "b", "c", choice=Choice(verdicts=frozenset({Verdict.DOWN}), order=Order.OWN))
    model.take([answered(each, DOWN) for each in "abc"])
    model.held = True

    model.take([answered("a", UP)])
    assert shown(model) == ["a", "b", "c"]

    model.release()
    assert shown(model) == ["b", "c"]


def test_under_the_pointer_new_ones_come_last_and_services_that_are_gone_go(model):
    fill(model, "a", "b", "c", choice=Choice(order=Order.BY_NAME))
    model.held = True

    model.take([watched(*services("0", "c", "a"))])

    assert shown(model) == ["a", "c", "0"]


def test_a_choice_of_the_user_holds_at_once_wherever_the_pointer_is(model):
    fill(model, "b", "a", "c")
    model.held = True

    model.choose(Choice(order=Order.BY_NAME))
    assert shown(model) == ["a", "b", "c"]

    model.choose(Choice(text="c"))
    assert shown(model) == ["c"]
    assert model.choice == Choice(text="c")


def test_the_same_choice_again_moves_nothing_under_the_pointer(model):
    fill(model, "a", "b", choice=Choice())
    model.held = True
    model.take([answered("b", DOWN)])

    model.choose(Choice())

    assert shown(model) == ["a", "b"]


def test_releasing_what_was_not_held_does_nothing(model):
    fill(model, "a")
    told = []
    model.layoutChanged.connect(lambda: told.append(1))

    model.release()

    assert told == []


def test_many_rows_vanish_in_one_step(model):
    fill(model, *[f"s{n}" for n in range(100)])
    told = []
    model.rowsRemoved.connect(lambda _parent, first, last: told.append((first, last)))

    model.take([watched(*services(*[f"s{n}" for n in range(0, 100, 2)]))])

    assert shown(model) == [f"s{n}" for n in range(0, 100, 2)]
    assert told == [(50, 99)]


@pytest.mark.parametrize(
    ("moved", "row", "order"),
    [
        (["d"], 0, "dabc"),
        (["a"], 4, "bcda"),
        (["a"], 2, "bacd"),
        (["a", "c"], 4, "bdac"),
        (["c", "a"], 2, "bacd"),
        (["b"], 99, "acdb"),
    ],
)
def test_services_are_put_where_the_user_wants_them(model, moved, row, order):
    fill(model, *"abcd")
    told = []
    model.order_changed.connect(told.append)

    model.move(moved, row)

    assert shown(model) == list(order)
    assert told == [list(order)]
    assert [tile.service.id for tile in model.tiles] == list(order)


@pytest.mark.parametrize(("moved", "row"), [(["b"], 1), (["b"], 2), (list("abcd"), 2), ([], 0), (["gone"], 0)])
def test_a_move_that_changes_nothing_is_not_told(model, moved, row):
    fill(model, *"abcd")
    told = []
    model.order_changed.connect(told.append)

    model.move(moved, row)

    assert shown(model) == list("abcd")
    assert told == []


@pytest.mark.parametrize(
    ("moved", "by", "order"),
    [
        (["b"], -1, "bacd"),
        (["b"], 1, "acbd"),
        (["a"], -1, "abcd"),
        (["d"], 1, "abcd"),
        (["b", "c"], 1, "adbc"),
        (["a", "d"], -1, "adbc"),
        (["gone"], 1, "abcd"),
    ],
)
def test_services_are_shifted_by_one_place(model, moved, by, order):
    fill(model, *"abcd")

    model.shift(moved, by)

    assert shown(model) == list(order)


def test_among_what_a_search_found_a_move_counts_what_is_seen(model):
    fill(model, "a1", "b", "a2", "c", "a3")
    model.choose(Choice(text="a", order=Order.OWN))

    model.move(["a3"], 1)
    assert [tile.service.id for tile in model.tiles] == ["a1", "b", "a3", "a2", "c"]

    model.move(["a1"], 3)
    assert [tile.service.id for tile in model.tiles] == ["b", "a3", "a2", "a1", "c"]


@pytest.mark.parametrize("order", [Order.BY_NAME, Order.PROBLEMS_FIRST])
def test_in_another_order_nothing_can_be_moved(model, order):
    fill(model, *"abc", choice=Choice(order=order))

    model.move(["c"], 0)

    assert shown(model) == list("abc")
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsDragEnabled


def test_in_the_own_order_tiles_can_be_dragged_also_while_the_pointer_holds_the_rest(model):
    fill(model, *"abc")
    model.held = True

    assert model.flags(model.index(0)) & Qt.ItemFlag.ItemIsDragEnabled
    assert not model.flags(QModelIndex()) & Qt.ItemFlag.ItemIsDragEnabled

    model.move(["c"], 0)
    assert shown(model) == list("cab")


def test_each_group_has_a_heading_that_tells_how_its_services_are(model):
    services = [make_service("a", group="Work"), make_service("b"), make_service("c", group="home")]
    model.take([watched(*services, states=[looked_at(Verdict.DOWN, "a"), not_yet("b"), looked_at(Verdict.UP, "c")])])

    model.choose(Choice(order=Order.BY_GROUP))

    assert shown(model) == list("cab")
    assert [model.index(row).data() for row in (0, 2, 4)] == ["home", "Work", "Without a group"]
    heading = model.index(2)
    assert heading.data(Qt.ItemDataRole.AccessibleTextRole) == "Work, 1 down"
    assert "1 down" in heading.data(Qt.ItemDataRole.ToolTipRole)
    assert heading.data(Qt.ItemDataRole.DecorationRole) is None
    assert not model.flags(heading) & Qt.ItemFlag.ItemIsSelectable


def test_without_the_order_by_group_the_headings_are_gone(model):
    model.take([watched(make_service("a", group="Work"), states=[looked_at(Verdict.UP, "a")])])
    told = []
    model.grouping_changed.connect(lambda: told.append(model.grouped))

    for order in (Order.BY_GROUP, Order.BY_GROUP, Order.BY_NAME):
        model.choose(Choice(order=order))

    assert headings(model) == []
    assert told == [True, False]


IDS = [f"s{n}" for n in range(14)]
VERDICTS = [looked_at(verdict) for verdict in Verdict]
SOME = st.lists(st.sampled_from(IDS), unique=True)
STEPS = st.one_of(
    st.tuples(st.just("watch"), SOME),
    st.tuples(st.just("look"), st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(VERDICTS)), max_size=5)),
    st.tuples(
        st.just("choose"),
        st.builds(
            Choice,
            text=st.sampled_from(["", "s1", "3"]),
            verdicts=st.sampled_from([frozenset(), frozenset({Verdict.DOWN, Verdict.UP})]),
            tag=st.sampled_from(["", "even"]),
            order=st.sampled_from(Order),
        ),
    ),
    st.tuples(st.just("hold"), st.booleans()),
    st.tuples(st.just("move"), st.tuples(SOME, st.integers(0, 15))),
    st.tuples(st.just("select"), SOME),
)


def step(model, what, with_what):
    match what:
        case "watch":
            made = [
                make_service(
                    each, tags=("even",) if int(each[1:]) % 2 == 0 else (), group="ab "[int(each[1:]) % 3].strip()
                )
                for each in with_what
            ]
            model.take([watched(*made, states=[not_yet(with_what[0])] if with_what else [])])
        case "look":
            model.take([answered(service_id, believed) for service_id, believed in with_what])
        case "choose":
            model.choose(with_what)
        case "hold" if with_what:
            model.held = True
        case "hold":
            model.release()
        case "move":
            model.move(*with_what)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=14))
def test_selection_and_order_survive_everything(steps):
    model = TileModel(TR, lambda: NOW)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    selection = QItemSelectionModel(model)
    for what, with_what in [("watch", IDS[:7]), *steps]:
        if what == "select":
            selection.clear()
            for service_id in with_what:
                selection.select(model.index_of(service_id), QItemSelectionModel.SelectionFlag.Select)
        selected = {index.data(TILE_ROLE).service.id for index in selection.selectedIndexes()}
        marked = [(each, QPersistentModelIndex(model.index_of(each))) for each in shown(model)]

        step(model, what, with_what)

        now_shown = shown(model)
        assert {index.data(TILE_ROLE).service.id for index in selection.selectedIndexes()} == selected & {*now_shown}
        for service_id, place in marked:
            assert place.isValid() is (service_id in now_shown)
            assert not place.isValid() or place.data(TILE_ROLE).service.id == service_id
        rows = [model.index_of(each).row() for each in now_shown]
        assert rows == sorted({*rows})
        assert model.rowCount() == len(now_shown) + len(headings(model))
        if not model.held:
            assert now_shown == [tile.service.id for tile in model.choice.shown(model.tiles)]
            groups = [model.tile(each).service.group for each in now_shown]
            assert [heading.group for heading in headings(model)] == (
                list(dict.fromkeys(groups)) if model.grouped else []
            )
    del tester


MANY = 10_000
GENEROUS = 4
"""So many times as much as is wanted: the tests find out what has become slow, the benchmarks how slow it is."""


@pytest.fixture(scope="module")
def many():
    dice = random.Random(4)
    return [make_service(f"s{n}", tags=("eu",) if n % 3 else ()) for n in range(MANY)], [
        looked_at(dice.choice([Verdict.UP, Verdict.UP, Verdict.DOWN, Verdict.DEGRADED]), f"s{n}") for n in range(MANY)
    ]


@pytest.mark.no_cover
def test_a_hundred_looks_at_ten_thousand_services_are_taken_over_within_one_picture(many):
    model = TileModel(TR, lambda: NOW)
    model.take([watched(*many[0], states=many[1])])
    dice = random.Random(5)
    batches = [
        [answered(f"s{dice.randrange(MANY)}", dice.choice([UP, UP, UP, DOWN])) for _ in range(100)] for _ in range(15)
    ]

    found = median(cost_ms(lambda batch=batch: model.take(batch)) for batch in batches)

    assert found <= 16 * GENEROUS


@pytest.mark.no_cover
def test_a_choice_among_ten_thousand_services_holds_at_once(many):
    model = TileModel(TR, lambda: NOW)
    model.take([watched(*many[0], states=many[1])])
    choices = [Choice(text="1"), Choice(tag="eu"), Choice(), Choice(order=Order.BY_NAME), Choice(text="s9"), OWN] * 3

    found = median(cost_ms(lambda choice=choice: model.choose(choice)) for choice in choices)

    assert found <= 50 * GENEROUS


@pytest.mark.no_cover
def test_removing_takes_as_long_as_there_is_to_remove_and_no_longer(many):
    def removal(count):
        model = TileModel(TR, lambda: NOW)
        model.take([watched(*many[0][:count], states=many[1][:count])])
        rest = watched(*many[0][:count:2], states=many[1][:count:2])
        return cost_ms(lambda: model.take([rest]))

    few, all_of_them = (median(removal(count) for _ in range(3)) for count in (MANY // 10, MANY))

    # Ten times as many take ten times as long; a hundred times would be quadratic.
    assert all_of_them <= 40 * max(few, 2)


def test_what_is_acknowledged_is_marked_and_the_mark_is_taken_back(model):
    fill(model, "a", "b", "c")
    told = changes(model)

    model.take([SilenceChanged(NOW, Silence(frozenset({"b"})))])
    assert [tile.acknowledged for tile in model.tiles] == [False, True, False]
    model.take([SilenceChanged(NOW, Silence(frozenset({"b"}), paused=True))])
    model.take([SilenceChanged(NOW, Silence())])

    assert [tile.acknowledged for tile in model.tiles] == [False, False, False]
    assert told == [(1, 1), (1, 1)]


def test_a_tile_that_comes_later_is_marked_too(model):
    model.take([SilenceChanged(NOW, Silence(frozenset({"b"})))])

    fill(model, "a", "b")

    assert [tile.acknowledged for tile in model.tiles] == [False, True]
