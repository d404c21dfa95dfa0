from manara.catalog.imports import Kind, read_pasted

PASTED = """\
# my services
https://shop.example/
  - db.example:5432,
* <https://list.example/>
3. 192.0.2.1
Named; https://named.example
https://behind.example	Behind
مثال.إختبار
bücher.example

javascript:alert(1)
file:///etc/passwd
a b.example
https://me:verysecret@host.example/
one, two
tel:5\u202e5
"""


def test_each_line_is_understood_or_says_why_not(into):
    preview = read_pasted(PASTED, into())

    assert preview.kind is Kind.LIST
    assert [(each.source, each.service.name, each.service.checks[0].target) for each in preview.services] == [
        ("line 2", "shop.example", "https://shop.example/"),
        ("line 3", "db.example:5432", "db.example:5432"),
        ("line 4", "list.example", "https://list.example/"),
        ("line 5", "192.0.2.1", "192.0.2.1"),
        ("line 6", "Named", "https://named.example"),
        ("line 7", "Behind", "https://behind.example"),
        ("line 8", "مثال.إختبار", "https://مثال.إختبار"),
        ("line 9", "bücher.example", "https://bücher.example"),
    ]
    assert [(each.source, each.text, each.sentence) for each in preview.left_out] == [
        ("line 11", "javascript:alert(1)", "javascript: cannot be looked at."),
        (
            "line 12",
            "file:///etc/passwd",
            "file:// cannot be looked at; these can: https://, http://, tcp://, tls://, dns://, ping://.",
        ),
        ("line 13", "a b.example", "An address has no spaces and no invisible characters in it."),
        ("line 14", "https://…@host.example/", "An address has no user name, no password and no @ in it."),
        ("line 15", "one, two", "An address has no spaces and no invisible characters in it."),
        ("line 16", "tel:55", "An address has no spaces and no invisible characters in it."),
    ]


def test_ten_thousand_lines_are_read_and_those_that_repeat_counted_once(into):
    lines = [f"host{number % 9_000}.example" for number in range(10_000)]

    preview = read_pasted("\n".join(lines), into())

    assert len(preview.services) == 10_000
    assert len(preview.new) == 9_000
    assert len({each.service.id for each in preview.new}) == 9_000


def test_a_file_of_another_program_may_be_pasted_as_well(into):
    preview = read_pasted('endpoints: [{name: a, url: "https://a.example/"}]', into())

    assert preview.kind is Kind.GATUS


def test_an_address_in_brackets_is_no_json(into):
    (candidate,) = read_pasted("[2001:db8::1]:80\n", into()).services

    assert candidate.service.checks[0].target == "[2001:db8::1]:80"
