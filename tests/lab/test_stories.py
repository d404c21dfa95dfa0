"""What Manara says of outages that really happen to real servers."""

import asyncio

import pytest

from lab.running import Outcome, tell_all
from lab.stories import STORIES

AT_ONCE = 8
"""Stories wait for most of their time."""
LONGEST_TO_TELL_S = 40.0
"""Several times what it takes, with several stories at once on a machine that may stand still for seconds; `make bench`
measures one after the other."""

pytestmark = [pytest.mark.xdist_group("lab"), pytest.mark.timeout(420)]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """Every story, told once."""
    return asyncio.run(tell_all(STORIES, tmp_path_factory.mktemp("lab"), at_once=AT_ONCE))


@pytest.mark.parametrize("name", [story.name for story in STORIES])
def test_manara_tells_the_story_as_it_is(name, outcomes):
    outcome = outcomes[name]

    assert outcome.wrong == ""
    assert outcome.seconds is None or outcome.seconds <= LONGEST_TO_TELL_S
