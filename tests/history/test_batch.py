from dataclasses import replace

from fakes.checks import FakeCheck, make_service
from manara.history.batch import MOST_SAMPLES, Batch, CheckKey, Sample, check_keys


def test_checks_are_told_apart_by_what_they_look_at():
    service = make_service("shop", FakeCheck(name="site"), FakeCheck(name="api"))

    assert check_keys(service) == (CheckKey("shop", "fake", "site", 0), CheckKey("shop", "fake", "api", 0))


def test_checks_that_look_at_the_same_are_told_apart_by_their_order():
    service = make_service("shop", FakeCheck(name="site"), FakeCheck(name="api"), FakeCheck(name="site", timeout=None))

    assert [key.ordinal for key in check_keys(service)] == [0, 0, 1]


def test_a_check_keeps_its_key_when_the_order_changes():
    site, api = FakeCheck(name="site"), FakeCheck(name="api")

    assert set(check_keys(make_service("shop", site, api))) == set(check_keys(make_service("shop", api, site)))


def test_a_service_without_checks_has_no_keys():
    assert check_keys(replace(make_service("shop"), checks=())) == ()


def test_only_the_oldest_looks_are_dropped_when_there_is_no_room():
    key = CheckKey("shop", "fake", "site", 0)
    batch = Batch(samples=[Sample(key, at, None, None, None) for at in range(MOST_SAMPLES + 3)])

    batch.keep_bounded()
    batch.keep_bounded()

    assert (batch.samples[0].at, len(batch.samples), batch.dropped) == (3, MOST_SAMPLES, 3)
