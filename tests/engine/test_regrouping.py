from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manara.diagnosis.common_cause import Group
from manara.engine.regrouping import Known, placed
from manara.model import CommonCause, Layer, Trait, TraitKind

META = CommonCause(Layer.DNS, Trait(TraitKind.OPERATOR, "Meta"))
ACME = CommonCause(Layer.HTTP, Trait(TraitKind.OPERATOR, "Acme"))


def group(*service_ids, cause=None):
    return Group(service_ids, cause)


def known(incident_id, *service_ids, young=True, cause=None):
    return Known(incident_id, frozenset(service_ids), young, cause)


def result(groups, incidents, over=()):
    return [(each.id, each.service_ids, each.cause) for each in placed(groups, incidents, frozenset(over))]


def test_a_group_of_services_in_no_incident_is_a_new_one():
    assert result([group("a", "b", cause=META)], []) == [(None, ["a", "b"], META)]


def test_an_incident_grows():
    assert result([group("a", "b", cause=META)], [known("1", "a")]) == [("1", ["a", "b"], META)]


def test_of_young_incidents_that_become_one_that_with_most_services_stays():
    incidents = [known("1", "a"), known("2", "b", "c")]

    assert result([group("a", "b", "c", cause=META)], incidents) == [("2", ["a", "b", "c"], META)]


def test_of_young_incidents_of_one_size_the_oldest_stays():
    assert result([group("a", "b", cause=META)], [known("1", "b"), known("2", "a")]) == [("1", ["a", "b"], META)]


def test_a_young_incident_falls_apart_and_goes_on_with_most_of_its_services():
    incidents = [known("1", "a", "b", "c")]

    assert result([group("a"), group("b", "c", cause=META)], incidents) == [
        ("1", ["b", "c"], META),
        (None, ["a"], None),
    ]


def test_a_lasting_incident_takes_over_a_young_one():
    incidents = [known("1", "a", "b", young=False, cause=META), known("2", "c", "d", "e")]

    assert result([group("a", "c", "d", "e", cause=ACME)], incidents) == [("1", ["a", "b", "c", "d", "e"], ACME)]


def test_lasting_incidents_are_never_merged_and_never_fall_apart():
    incidents = [known("1", "a", "b", young=False, cause=META), known("2", "c", young=False)]

    assert result([group("a", "c", cause=ACME), group("b")], incidents) == [("1", ["a", "b"], META), ("2", ["c"], None)]


def test_a_lasting_incident_is_named_by_what_most_of_it_have_in_common_now():
    incidents = [known("1", "a", "b", "c", young=False, cause=META)]

    assert result([group("a", "b", cause=ACME), group("c")], incidents) == [("1", ["a", "b", "c"], ACME)]
    assert result([group("a"), group("b"), group("c")], incidents) == [("1", ["a", "b", "c"], META)]


def test_a_few_that_join_do_not_rename_a_lasting_incident():
    incidents = [known("1", "a", "b", "c", young=False, cause=META)]

    assert result([group("c", "d", cause=ACME)], incidents) == [("1", ["a", "b", "c", "d"], META)]


def test_a_lasting_incident_of_one_service_has_nothing_in_common_with_another():
    incidents = [known("1", "a", young=False), known("2", "b", young=False)]

    assert result([group("a", "b", cause=META)], incidents) == [("1", ["a"], None), ("2", ["b"], None)]


def test_services_that_are_well_again_stay_where_most_of_theirs_are():
    incidents = [known("1", "a", "b", "gone"), known("2", "c")]

    found = result([group("gone"), group("a", "b", "c", cause=META)], incidents, over=["gone"])

    assert found == [("1", ["a", "b", "c", "gone"], META)]


def test_services_that_are_well_again_go_along_when_their_incident_is_taken_over():
    incidents = [known("1", "a", "b", "c"), known("2", "d", "well")]

    found = result([group("well"), group("a", "b", "c", "d", cause=META)], incidents, over=["well"])

    assert found == [("1", ["a", "b", "c", "d", "well"], META)]


NAMES = st.sampled_from("abcdefgh")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(NAMES, unique=True),
    st.dictionaries(NAMES, st.integers(0, 3)),
    st.dictionaries(NAMES, st.integers(0, 3)),
    st.sets(st.integers(0, 3)),
)
def test_every_service_is_placed_once(failing, homes, rows, lasting):
    incidents = [
        known(str(n), *(each for each, home in homes.items() if home == n), young=n not in lasting)
        for n in sorted(set(homes.values()))
    ]
    everyone = sorted({*failing, *homes})
    groups = [
        group(*members) for n in [*range(4), None] if (members := [each for each in everyone if rows.get(each) == n])
    ]

    found = placed(groups, incidents)

    assert sorted(service_id for each in found for service_id in each.service_ids) == everyone
    ids = [each.id for each in found if each.id is not None]
    assert len(set(ids)) == len(ids)
