import pytest

from manara.model import SettingsInvalid
from manara.settings import (
    NO_SERVICES,
    AddServices,
    ChangedMeanwhile,
    ChangeServices,
    RemoveServices,
    ReplaceService,
    SetOptions,
    SettingsFile,
    UnknownService,
)
from settings.lamps import CATALOGUE, CHECK_TYPES, settings_file

_TEXT = """\
# Mine.

[checks]
confirm = 4  # patient

# The tower.
[[services]]
name = "Tower"  # tall
[[services.checks]]
type = "lamp"
place = "cape"  # far
[[services.checks]]
type = "buoy"

[[services]]
catalogue = "pharos"
"""
LAMP = {"type": "lamp", "place": "cape"}
NEW = {"name": "New", "checks": [LAMP]}


@pytest.fixture
def file(tmp_path):
    return settings_file(tmp_path, _TEXT)


@pytest.fixture
def untouched(tmp_path):
    """Settings of somebody who has chosen nothing yet."""
    (tmp_path / "settings.toml").write_text("# Mine.\n")
    return SettingsFile(tmp_path / "settings.toml", CHECK_TYPES, CATALOGUE, ("pharos",))


def tables(file):
    return dict(zip(file.stored().ids, file.stored().services, strict=True))


def ids(file):
    return [service.id for service in file.load().services]


def test_services_are_added_behind_the_others(file):
    file.apply(AddServices((NEW, {**NEW, "id": "newer"})))

    assert file.path.read_text().startswith(_TEXT)
    assert ids(file) == ["tower", "pharos", "new", "newer"]


def test_services_are_removed_with_their_comments(file):
    file.apply(RemoveServices(("tower",)))

    assert (
        file.path.read_text() == '# Mine.\n\n[checks]\nconfirm = 4  # patient\n\n[[services]]\ncatalogue = "pharos"\n'
    )


def test_an_edited_service_is_written_where_it_stands(file):
    before = tables(file)["tower"]

    file.apply(ReplaceService("tower", {**before, "group": "Sea", "checks": before["checks"][:1]}, before))

    assert file.path.read_text() == _TEXT.replace("# tall\n", '# tall\ngroup = "Sea"\n').replace(
        '[[services.checks]]\ntype = "buoy"\n\n', ""
    )


def test_a_service_keeps_its_id_by_another_name(file):
    before = tables(file)["tower"]

    file.apply(ReplaceService("tower", {**before, "name": "Spire"}, before))
    file.apply(ChangeServices(("tower",), {"name": "Steeple"}))

    assert ids(file) == ["tower", "pharos"]
    assert '\nname = "Steeple"  # tall\nid = "tower"\n' in file.path.read_text()


def test_a_service_gets_another_id_where_that_is_asked_for(file):
    before = tables(file)["tower"]

    file.apply(ReplaceService("tower", {**before, "id": "spire"}, before))

    assert ids(file) == ["spire", "pharos"]


def test_a_service_that_was_edited_by_hand_meanwhile_is_not_written_over(file):
    before = tables(file)["tower"]
    by_hand = _TEXT.replace("cape", "dune")
    file.path.write_text(by_hand)

    with pytest.raises(ChangedMeanwhile, match='"Tower" has been changed in the settings file meanwhile'):
        file.apply(ReplaceService("tower", {**before, "group": "Sea"}, before))

    assert file.path.read_text() == by_hand


def test_what_was_edited_elsewhere_meanwhile_stays(file):
    before = tables(file)["tower"]
    file.path.write_text(_TEXT.replace("confirm = 4", "confirm = 5").replace('"pharos"\n', '"pharos"\ngroup = "x"\n'))

    file.apply(ReplaceService("tower", {**before, "group": "Sea"}, before))

    text = file.path.read_text()
    assert "confirm = 5  # patient" in text
    assert text.endswith('"pharos"\ngroup = "x"\n')
    assert '# tall\ngroup = "Sea"\n' in text


@pytest.mark.parametrize(
    "change",
    [
        RemoveServices(("tower", "towr")),
        ChangeServices(("towr",), {"paused": True}),
        ReplaceService("towr", NEW, NEW),
    ],
)
def test_a_service_that_is_not_there_is_told_and_nothing_is_written(file, change):
    with pytest.raises(UnknownService, match=r'no service "towr"\. Did you mean "tower"'):
        file.apply(change)

    assert file.path.read_text() == _TEXT


def test_many_services_change_in_the_options_that_were_touched_only(file):
    file.apply(ChangeServices(("tower", "pharos"), {"group": "Sea", "tags": ("a", "b")}))
    file.apply(ChangeServices(("pharos",), {"group": None}))

    tower, pharos = file.load().services
    assert (tower.name, tower.group, tower.tags) == ("Tower", "Sea", ("a", "b"))
    assert (pharos.group, pharos.tags) == ("Alexandria", ("a", "b"))


def test_an_option_of_checks_reaches_those_that_have_it(file):
    file.apply(ChangeServices(("tower",), {"checks.interval": "5m", "checks.height": 3}))

    lamp, buoy = tables(file)["tower"]["checks"]
    assert lamp == {**LAMP, "interval": "5m", "height": 3}
    assert buoy == {"type": "buoy", "interval": "5m"}
    assert 'place = "cape"  # far\ninterval = "5m"\nheight = 3\n' in file.path.read_text()


def test_checks_of_the_catalogue_are_written_down_once_one_differs(file):
    file.apply(ChangeServices(("pharos",), {"checks.interval": "5m"}))

    assert tables(file)["pharos"] == {
        "catalogue": "pharos",
        "checks": [{"type": "lamp", "place": "island", "interval": "5m"}],
    }


def test_what_changes_nothing_is_not_written(file):
    inode = file.path.stat().st_ino

    for change in (
        ChangeServices(("pharos",), {"checks.interval": None, "group": None}),
        AddServices(()),
        RemoveServices(()),
        SetOptions("checks", {"confirm": 4, "recover": None}),
        SetOptions("network", {"proxy": None}),
    ):
        undo = file.apply(change)
        assert undo.before == undo.after == _TEXT

    assert file.path.stat().st_ino == inode
    assert not file.backup.exists()


def test_options_of_a_section_are_set_and_go_back_to_the_default(file):
    file.apply(SetOptions("network", {"resolvers": ("192.0.2.1",)}))
    file.apply(SetOptions("checks", {"confirm": None, "interval": "2m"}))

    assert file.path.read_text() == _TEXT.replace("confirm = 4  # patient", 'interval = "2m"') + (
        '\n[network]\nresolvers = ["192.0.2.1"]\n'
    )


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (AddServices(({**NEW, "tags": "eu"},)), "services[2].tags"),
        (AddServices(({**NEW, "name": "Tower"},)), "services[2]"),
        (SetOptions("checks", {"confirm": -1}), "checks.confirm"),
        (SetOptions("nothing", {"confirm": -1}), "nothing"),
        (ChangeServices(("tower",), {"checks.place": ""}), "services[0].checks[0].place"),
    ],
)
def test_what_would_be_wrong_is_told_by_its_place_and_not_written(file, change, place):
    with pytest.raises(SettingsInvalid) as caught:
        file.apply(change)

    assert [problem.path for problem in caught.value.problems] == [place]
    assert file.path.read_text() == _TEXT


def test_without_services_of_its_own_a_file_says_the_starter_set(untouched):
    stored = untouched.stored()

    assert (stored.services, stored.ids, stored.chosen) == (({"catalogue": "pharos"},), ("pharos",), False)
    assert not untouched.load().chosen


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (AddServices((NEW,)), ["pharos", "new"]),
        (AddServices((NEW,), instead_of_starter=True), ["new"]),
        (ChangeServices(("pharos",), {"paused": True}), ["pharos"]),
        (ReplaceService("pharos", {"catalogue": "pharos", "group": "x"}, {"catalogue": "pharos"}), ["pharos"]),
        (RemoveServices(("pharos",)), []),
    ],
)
def test_who_changes_the_starter_set_makes_it_their_own(untouched, change, left):
    undo = untouched.apply(change)

    assert ids(untouched) == left
    assert untouched.load().chosen
    assert untouched.path.read_text().startswith("# Mine.\n")

    untouched.undo(undo)
    assert untouched.path.read_text() == "# Mine.\n"


def test_who_changes_something_else_leaves_the_starter_set_as_it_is(untouched):
    untouched.apply(SetOptions("checks", {"confirm": 4}))

    assert not untouched.load().chosen


def test_without_the_last_service_none_is_watched(file):
    file.apply(RemoveServices(("tower", "pharos")))

    assert file.path.read_text() == f"# Mine.\n\n{NO_SERVICES}\n\n[checks]\nconfirm = 4  # patient\n\n"
    assert file.load().chosen
    assert file.stored().chosen


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("services = []\n\n[checks]\n", "[checks]\n\n"),
        ("# a\nservices = []  # none\n", "# a\n# none\n\n"),
        ("services = [\n  # nobody\n]\n", "# nobody\n\n"),
        ("services = []", ""),
    ],
)
def test_the_first_service_takes_the_place_of_none(tmp_path, text, expected):
    file = settings_file(tmp_path, text)

    file.apply(AddServices((NEW,)))

    assert file.path.read_text().startswith(f"{expected}[[services]]\n")
    assert ids(file) == ["new"]


def test_services_in_one_plain_list_stay_in_it(tmp_path):
    file = settings_file(tmp_path, 'services = [\n  { catalogue = "pharos" },  # old\n]\n')

    file.apply(AddServices((NEW,)))
    file.apply(ChangeServices(("pharos", "new"), {"paused": True}))
    file.apply(RemoveServices(("new",)))

    assert file.path.read_text() == 'services = [\n  { catalogue = "pharos", paused = true},  # old\n]\n'
