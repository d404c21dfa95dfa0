import pytest

from manara.catalog.imports import ImportRefused, Kind
from manara.catalog.imports.csv_table import cell, plain


@pytest.fixture
def found(read, files):
    return read(files / "services.csv")


def test_columns_are_found_by_their_names_whatever_separates_them(found):
    assert found.preview.kind is Kind.CSV
    assert found.table("Shop") == {
        "id": "shop",
        "name": "Shop",
        "group": "Work",
        "tags": ["eu", "pay"],
        "checks": [
            {
                "type": "http",
                "url": "https://shop.example/",
                "method": "POST",
                "contains": "Cart",
                "interval": "30s",
                "timeout": "5s",
            }
        ],
    }
    assert found.general == ["Manara has no such setting: colour."]


def test_types_and_addresses_are_understood(found):
    assert found.check("=Sum") == {"type": "http", "url": "https://plain.example", "interval": "90s"}
    assert found.check("Database") == {"type": "tcp", "host": "db.example", "port": 5432}
    assert found.check("Router") == {"type": "ping", "host": "192.0.2.1"}
    assert found.check("Bare port") == {"type": "tcp", "host": "bare.example", "port": 22}
    assert found.check("IPv6") == found.check("Bare IPv6") == {"type": "tcp", "host": "2001:db8::1", "port": 22}
    assert found.check("Certificate") == {"type": "tls", "host": "cert.example"}
    assert found.check("Mail") == {"type": "dns", "name": "example.org", "record_type": "MX"}
    assert found.check("Zone") == {"type": "dns", "name": "example.org"}
    assert found.check("Schemed") == {"type": "tcp", "host": "s.example", "port": 1}


def test_rows_that_cannot_be_looked_at_come_over_paused_with_the_reason(found):
    reasons = {
        "Odd": "Manara has no check of the type “carrier pigeon”.",
        "Script": "Its address cannot be looked at: javascript: cannot be looked at.",
        "Local file": "Its address cannot be looked at: It must begin with http:// or https://.",
    }
    assert {name: found.table(name)["note"] for name in reasons} == reasons
    assert found.table("Space")["note"].startswith("Its address cannot be looked at: ")
    assert all(found.table(name)["paused"] for name in (*reasons, "Space"))


def test_a_row_without_an_address_is_left_out(found):
    (left_out,) = found.preview.left_out

    assert (left_out.source, left_out.sentence) == ("line 14", "There is no address.")


def test_rows_of_one_service_are_its_checks_and_another_of_the_same_id_is_told(read):
    found = read("id,name,address\na,A,https://a.example/\na,A,a.example:22\na,B,https://b.example/\n")

    assert [check["type"] for check in found.table("A")["checks"]] == ["http", "tcp"]
    assert found.table("B")["id"] == "a-2"
    assert found.notes("B") == ["Another entry has the id a as well."]


def test_a_row_without_a_name_is_called_by_its_host(read):
    found = read("url,group\nhttps://www.a.example/x,A\nhttps://me:verysecret@b.example/,B\n")

    assert found.names == ["a.example", "b.example"]
    assert "verysecret" not in repr(found.preview)


def test_options_as_json_are_read_or_told(read):
    found = read('name,address,options\nA,https://a.example/,"{""contains"": ""x"", ""nonsense"": 1}"\n'
                 "B,https://b.example/,{broken\nC,https://c.example/,[1]\n")  # fmt: skip

    assert found.check("A")["contains"] == "x"
    assert found.notes("A") == ["nonsense is left out: There is no such setting here."]
    assert found.notes("B") == found.notes("C") == ["options is left out: it is no table as JSON."]


def test_a_broken_table_is_refused_with_its_line(read):
    with pytest.raises(ImportRefused, match=r"^The table cannot be read: .+, in line 2\.$"):
        read('name,url\nA,"unfinished')
    with pytest.raises(ImportRefused, match="has no header"):
        read("a,b\n", kind=Kind.CSV)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "'=1", "''", "'x", "plain", ""])
def test_a_cell_is_no_formula_and_reads_back(text):
    assert not cell(text).startswith(("=", "+", "-", "@"))
    assert plain(cell(text)) == text


def test_a_table_may_say_who_runs_a_service_and_where_its_status_page_is(read):
    found = read(
        "name,url,operator,status page,official_components\n"
        'Shop,https://shop.example/,Shops & Co.,https://status.shop.example/,"API, Web"\n'
        "Blog,https://blog.example/,,nonsense,\n"
    )

    shop = found.by_name["Shop"].service
    assert (shop.operator, shop.official.url) == ("Shops & Co.", "https://status.shop.example/")
    assert shop.official.components == ("API", "Web")
    assert found.by_name["Blog"].service.official is None
    assert any("official_url" in note for note in found.notes("Blog"))
