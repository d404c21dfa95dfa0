from fakes.checks import make_service
from manara.model import ServiceState, Verdict
from manara.ui.heading import Heading, with_headings
from manara.ui.tile import Tile
from manara.wording import Translator


def tile(service_id, group, verdict=Verdict.UP):
    return Tile(make_service(service_id, group=group), ServiceState(service_id, verdict))


def test_a_heading_stands_before_each_group():
    one, two, three = tile("a", "Work"), tile("b", "Work", Verdict.DOWN), tile("c", "")
    known = {}

    rows = with_headings([one, two, three], known)

    assert rows == [known["Work"], one, two, known[""], three]
    assert known["Work"].counts(Translator()) == "1 down, 1 up"
    assert known[""].name(Translator()) == "Without a group"


def test_the_heading_of_a_group_stays_the_same_and_one_without_services_goes():
    work, home = Heading("Work"), Heading("Home")
    known = {"Work": work, "Home": home}

    rows = with_headings([tile("a", "Work")], known)

    assert rows[0] is work
    assert known == {"Work": work}
