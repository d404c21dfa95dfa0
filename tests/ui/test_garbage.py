import gc

from manara.ui.garbage import search_postponed


class Ring:
    """Holds itself."""

    def __init__(self):
        self.itself = self


def test_nothing_is_searched_for_until_all_is_loaded():
    with search_postponed() as loaded:
        postponed = not gc.isenabled()
        loaded()

        assert postponed
        assert gc.isenabled()


def test_what_was_loaded_is_left_out_of_later_searches():
    early = Ring()

    with search_postponed() as loaded:
        loaded()
        late = Ring()

        searched = [each for each in gc.get_objects() if isinstance(each, Ring)]
        assert searched == [late]
    assert early in gc.get_objects()


def test_it_ends_as_it_was():
    before = gc.get_freeze_count(), gc.isenabled()

    with search_postponed() as loaded:
        loaded()

    assert (gc.get_freeze_count(), gc.isenabled()) == before


def test_what_was_never_loaded_ends_it_as_well():
    with search_postponed():
        pass

    assert gc.isenabled()
