import pytest

from manara.model import OfficialState
from manara.official.dialects.algolia import read_algolia
from manara.official.told import NotItsFormat
from official.samples import answer


@pytest.mark.parametrize(
    ("said", "state"), [("operational", OfficialState.OPERATIONAL), ("splendid", OfficialState.UNKNOWN)]
)
def test_the_second_version_says_how_all_is(said, state):
    assert read_algolia(answer({"global": {"status": said}})).state is state


def test_without_clusters_it_is_another_format():
    with pytest.raises(NotItsFormat):
        read_algolia(answer({"status": {}}))
