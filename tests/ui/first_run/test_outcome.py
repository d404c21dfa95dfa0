from manara.model import MAX_ID
from manara.ui.first_run.outcome import with_own_ids


def test_every_table_gets_an_id_of_its_own():
    tables = with_own_ids([{"id": "a", "name": "A"}, {"id": "a"}, {"id": "b"}], ["b", "b-2"])

    assert [table["id"] for table in tables] == ["a", "a-2", "b-3"]
    assert tables[0]["name"] == "A"


def test_an_id_stays_within_its_limit():
    long = "x" * MAX_ID

    first, second = with_own_ids([{"id": long}, {"id": long}], [])

    assert first["id"] == long
    assert second["id"] == "x" * (MAX_ID - 2) + "-2"
