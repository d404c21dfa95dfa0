import time

from manara.model import Region
from manara.ui.first_run.offer import MOST_FOUND, make_offer, name_of, table_of_entry, watched_entries

KEY_STROKE_S = 0.016


def test_what_is_popular_in_a_region_comes_first_and_everything_is_there(understanding):
    offer = make_offer(understanding, Region.ARABIC)

    found = offer.found(" ")

    assert len(found) == len(understanding.catalogue)
    starter = understanding.catalogue.starter
    assert tuple(entry.service.id for entry in found[: len(starter)]) == starter
    local = [_is_local(entry) for entry in found[len(starter) :]]
    assert local == sorted(local, reverse=True)
    popular = [entry.is_popular_in(Region.ARABIC) for entry in found[len(starter) :]]
    assert popular == sorted(popular, reverse=True)


def _is_local(entry):
    return entry.is_popular_in(Region.ARABIC) and not entry.is_popular_in(Region.WORLD)


def test_a_search_answers_each_key_stroke_within_a_frame(understanding):
    offer = make_offer(understanding, Region.EUROPE)
    offer.found("w")

    times = []
    for end in range(1, len("wikipedia") + 1):
        # What it costs, in the best of some tries: other programs run as well.
        tries = []
        for _ in range(5):
            begin = time.thread_time()
            found = offer.found("wikipedia"[:end])
            tries.append(time.thread_time() - begin)
        times.append(min(tries))

    assert max(times) < KEY_STROKE_S
    assert found[0].service.id == "wikipedia"
    assert len(offer.found("a")) <= MOST_FOUND


def test_a_name_is_written_where_the_user_saw_another_one_than_the_catalogue_has(understanding):
    facebook = understanding.catalogue.by_id["facebook"]

    assert name_of(facebook, arabic=True) == "فيسبوك"
    assert table_of_entry(facebook, arabic=False) == {"id": "facebook", "catalogue": "facebook"}
    assert table_of_entry(facebook, arabic=True)["name"] == "فيسبوك"


def test_what_is_watched_already_is_told_by_the_entries_that_tables_name():
    assert watched_entries([{"id": "fb", "catalogue": "facebook"}, {"id": "shop"}]) == {"facebook"}
