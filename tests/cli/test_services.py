import json

import pytest

from fakes.terminal import pipe
from manara.cli.arguments import parse
from manara.cli.exits import Refused
from manara.cli.services import run_services
from manara.cli.targets import Places
from manara.settings import SettingsNotWritten
from manara.wording import Translator


@pytest.fixture
def services(file, catalogue):
    """Runs `manara services …` on the file and returns what it printed."""

    def run(*typed):
        out = pipe()
        places = Places(file.load(), catalogue)
        assert run_services(parse(["services", *typed]), file, places, tr=Translator(), out=out) == 0
        return out.file.getvalue()

    return run


def refusal(services, *typed):
    with pytest.raises(Refused) as refused:
        services(*typed)
    return refused.value.exit_code, " ".join(refused.value.lines)


def test_an_empty_list_tells_how_to_begin(services):
    assert services("list") == "No services of your own yet: manara services add TARGET\n"
    assert json.loads(services("list", "--json")) == {"schema": 1, "services": []}


def test_an_address_is_added_with_everything_that_was_typed(services, file):
    said = services(
        "add", "https://shop.example/", "--id", "shop", "--name", "Shop", "--group", "Work", "--tag", "eu",
        "--tag", "pay", "--interval", "5s",
    )  # fmt: skip

    (service,) = file.load().services
    assert said == "Added shop: http https://shop.example/\n"
    assert (service.id, service.name, service.group, service.tags) == ("shop", "Shop", "Work", ("eu", "pay"))
    assert service.checks[0].interval.total_seconds() == 5
    assert service.checks[0].timeout.total_seconds() == 5


def test_a_catalogue_entry_is_added_by_name(services, file):
    services("add", "whatsapp")

    assert 'catalogue = "whatsapp"' in file.path.read_text()
    assert "checks" not in file.path.read_text()
    assert file.load().services[0].name == "WhatsApp"


def test_the_list_stands_in_columns(services):
    services("add", "https://shop.example/", "--id", "shop", "--name", "Shop", "--group", "Work")
    services("add", "192.0.2.1:5432", "--id", "database", "--name", "منارة")

    assert services("list").splitlines() == [
        "shop      Shop   Work  http https://shop.example/",
        "database  منارة        tcp 192.0.2.1:5432",
    ]


def test_json_gives_tables_as_in_the_file(services):
    added = json.loads(services("add", "https://shop.example/", "--id", "shop", "--name", "Shop", "--json"))
    listed = json.loads(services("list", "--json"))

    table = {"id": "shop", "name": "Shop", "checks": [{"type": "http", "url": "https://shop.example/"}]}
    assert added == {"schema": 1, "added": table}
    assert listed == {"schema": 1, "services": [table]}


def test_a_service_is_removed(services, file):
    services("add", "https://shop.example/", "--id", "shop")

    assert services("remove", "shop") == "Removed shop\n"
    assert file.load().services == ()


def test_an_unknown_id_is_refused_with_the_nearest_one(services):
    services("add", "https://shop.example/", "--id", "shop")

    code, said = refusal(services, "remove", "shpo")

    assert code == 64
    assert 'Did you mean "shop"?' in said


@pytest.mark.parametrize(
    "typed",
    [
        ("add", "https://shop.example/", "--id", "shop"),
        ("add", "https://other.example/", "--id", "no spaces"),
        ("add", "https://other.example/", "--interval", "2d"),
        ("add", "https://other.example/", "--interval", "never"),
        ("add", "nothing"),
    ],
)
def test_a_service_that_cannot_be_is_refused_and_nothing_is_written(services, file, typed):
    services("add", "https://shop.example/", "--id", "shop")
    before = file.path.read_text()

    code, _ = refusal(services, *typed)

    assert code == 64
    assert file.path.read_text() == before


@pytest.mark.parametrize("typed", [("add", "https://shop.example/"), ("remove", "shop")])
def test_a_file_that_cannot_be_written_is_78(catalogue, file, typed):
    class Unwritable:
        def add_service(self, table):
            raise SettingsNotWritten("The settings cannot be written: No space left on device.")

        def apply(self, change):
            raise SettingsNotWritten("The settings cannot be written: No space left on device.")

    with pytest.raises(Refused, match="No space left") as refused:
        run_services(
            parse(["services", *typed]), Unwritable(), Places(file.load(), catalogue), tr=Translator(), out=pipe()
        )

    assert refused.value.exit_code == 78


def test_the_catalogue_is_searched_in_words_of_any_kind(services, catalogue):
    (fastly,) = services("catalogue", "fastly").splitlines()
    meta = services("catalogue", "meta").splitlines()

    assert fastly.split(maxsplit=2) == ["fastly", "Fastly", "Content delivery and DNS"]
    assert [line.split()[0] for line in meta[:2]] == ["facebook", "instagram"]
    assert services("catalogue", "الجزيره").startswith("al-jazeera  Al Jazeera")
    assert len(services("catalogue").splitlines()) == len(catalogue)


def test_what_the_catalogue_lacks_is_told(services):
    assert services("catalogue", "zzzzz") == "The catalogue has nothing like it; an address can be watched as well\n"


def test_the_catalogue_is_one_json_object(services):
    document = json.loads(services("catalogue", "whatsapp", "--json"))
    (whatsapp,) = document["catalogue"]
    (jawwal,) = json.loads(services("catalogue", "jawwal", "--json"))["catalogue"]

    assert document["schema"] == 1
    assert (whatsapp["id"], whatsapp["name_ar"], whatsapp["category"]) == ("whatsapp", "واتساب", "messaging")
    assert (whatsapp["operator"], whatsapp["popular"], whatsapp["ticker"]) == ("Meta", ["world"], "META")
    assert whatsapp["official"] == {"kind": "metastatus", "url": "https://metastatus.com/whatsapp-business-api"}
    assert whatsapp["checks"][0] == {"type": "http", "target": "https://web.whatsapp.com/"}
    assert jawwal["official"] is None
