import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors.operation import SourceError, SourceUnknown, SourceUnreadable
from bot.models import Paper
from bot.sources.files import read_file
from bot.sources.records import Refusal
from tests.shared import shared_file

from .records import all_fields, as_paper, as_refusal, required_fields

TODAY = date(2026, 1, 15)
LINE = '{"title": "A Made-Up Paper", "abstract": "It says little."}'
PAGE = "First\n\nBody.\n\n • 3 authors\n·\nDec 6, 2024\n"
DEEP = 100_000

Records = list[Paper | Refusal]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "papers"


def read(path: Path, content: str | bytes) -> tuple[str, Records]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read_file(path, today=TODAY)
    return found.format, list(found.records)


def complaint(path: Path, content: str | bytes) -> str:
    with pytest.raises(SourceUnknown) as caught:
        read(path, content)
    assert caught.value.exit_code == 65
    assert str(path) in str(caught.value)
    assert str(caught.value).endswith(
        "Nothing was changed. Use text copied from a Daily Papers page, JSON from its API, Atom from arXiv, or JSON "
        "Lines."
    )
    return str(caught.value.facts["reason"])


def titles(records: Records) -> list[str]:
    return [as_paper(record).title for record in records]


def refused_lines(records: Records) -> list[int]:
    return [record.line for record in records if isinstance(record, Refusal)]


@pytest.mark.parametrize(
    ("content", "format_name"),
    [
        (PAGE, "saved Daily Papers page"),
        (json.dumps([required_fields()]), "Daily Papers JSON"),
        (json.dumps([all_fields()], indent=2), "Daily Papers JSON"),
        ("[]", "Daily Papers JSON"),
        (LINE, "JSON Lines"),
        (f"\n\n{LINE}\n", "JSON Lines"),
        (json.dumps(json.loads(LINE), indent=1), "JSON"),
    ],
)
def test_the_format_is_found_by_looking_at_the_file(path: Path, content: str, format_name: str) -> None:
    found, records = read(path, content)
    assert found == format_name
    assert not refused_lines(records)


def test_the_seed_page_and_its_json_lines_hold_the_same_52_papers() -> None:
    page = read_file(shared_file("seeds/daily-papers-page.txt"), today=TODAY)
    lines = read_file(shared_file("eval/papers.jsonl"), today=TODAY)
    assert (page.format, lines.format) == ("saved Daily Papers page", "JSON Lines")
    assert len(found := titles(list(page.records))) == 52
    assert found == titles(list(lines.records))


def test_the_year_of_a_page_can_be_given(path: Path) -> None:
    path.write_text("Dec 8\n\n" + PAGE.replace(", 2024", ""))
    (record,) = read_file(path, today=TODAY, year=2021).records
    assert as_paper(record).published == date(2021, 12, 6)


@pytest.mark.parametrize("content", [PAGE, json.dumps([required_fields()], indent=1), f"{LINE}\n\n{LINE}\n"])
def test_a_byte_order_mark_and_other_line_ends_change_nothing(path: Path, content: str) -> None:
    plain = read(path, content)
    assert read(path, "\ufeff" + content) == plain
    assert read(path, content.replace("\n", "\r\n")) == plain
    assert read(path, "\ufeff" + content.replace("\n", "\r\n")) == plain


def test_records_of_the_api_and_of_json_lines_may_stand_in_one_array(path: Path) -> None:
    flat = all_fields(title="Flat")["paper"]
    _, records = read(path, json.dumps([required_fields(title="Nested"), flat, json.loads(LINE)]))
    assert titles(records) == ["Nested", "Flat", "A Made-Up Paper"]
    assert [as_paper(record).origin for record in records] == ["daily papers", "daily papers", "json lines"]


def test_a_json_line_may_call_its_abstract_a_summary(path: Path) -> None:
    record = {"id": "row-1", "title": "T", "summary": "S.", "authors": ["Ada Example"], "published": "2026-10-05"}
    _, (paper,) = read(path, json.dumps(record))
    assert as_paper(paper).authors == ("Ada Example",)
    assert as_paper(paper).published == date(2026, 10, 5)


def test_bad_lines_are_refused_by_their_numbers_and_the_others_are_kept(path: Path) -> None:
    bad = [
        '{"title": "Broken"',
        "",
        '{"title": "No Abstract"}',
        "5",
        "[]",
        "plain text",
        '{"a":' * DEEP,
        '{"title": "Wrong", "abstract": 5}',
        '{"paper": {"id": "2610.01234"}}',
    ]
    _, records = read(path, "\n".join([LINE, *bad, LINE]) + "\n")
    assert isinstance(records[0], Paper)
    assert isinstance(records[-1], Paper)
    refusals = [as_refusal(record) for record in records[1:-1]]
    assert [(refusal.line, refusal.reason.split(":")[0]) for refusal in refusals] == [
        (2, "not JSON"),
        (4, "no abstract"),
        (5, "not a paper"),
        (6, "not a paper"),
        (7, "not JSON"),
        (8, "JSON that is nested too deeply"),
        (9, "abstract"),
        (10, "not a Daily Papers record"),
    ]


def test_a_broken_first_line_is_refused_like_any_other(path: Path) -> None:
    found, records = read(path, f'{{"title": "Broken\n{LINE}\n')
    assert found == "JSON Lines"
    assert refused_lines(records) == [1]
    assert len(records) == 2


@pytest.mark.parametrize("mark", ["", "\ufeff", "\n\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_refused_record_of_a_pretty_printed_array_is_told_by_the_line_it_begins_on(
    path: Path, mark: str, end: str
) -> None:
    items = [required_fields(), {"paper": {"id": "x"}}, required_fields(summary="Two\nlines."), {"not": "a paper"}, 5]
    text = mark + json.dumps(items, indent=2)
    _, records = read(path, text.replace("\n", end))
    begins = [number for number, line in enumerate(text.split("\n"), 1) if line in ("  {", "  5")]
    assert len(begins) == len(items)
    assert refused_lines(records) == [begins[1], begins[3], begins[4]]


def test_a_refused_pretty_printed_object_is_told_by_the_line_it_begins_on(path: Path) -> None:
    _, records = read(path, '\n\n{\n  "papers": []\n}\n')
    assert records == [Refusal(3, "not a paper: title and abstract are missing")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it's empty"),
        (" \n\t\n", "it's empty"),
        ("\ufeff", "it's empty"),
        ("Dear diary", "it contains no papers in a known format"),
        ("42", "it contains no papers in a known format"),
        ("\x00\x01\x02", "it contains no papers in a known format"),
        ("<!doctype html><html><body>Daily Papers</body></html>", "it's HTML or XML"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'/>", "it's HTML or XML"),
        (b"\x89PNG\r\n\x1a\n\x00", "it isn't UTF-8 text (byte 1)"),
        (LINE.encode() + b"\n\xff", f"it isn't UTF-8 text (byte {len(LINE) + 2})"),
        (PAGE.encode("utf-16"), "it's UTF-16 text; save it as UTF-8 instead"),
        (LINE.encode("utf-16-be"), "it contains no papers in a known format"),
        ("[", "the JSON is broken: Expecting value: line 1"),
        ("[1,]", "the JSON is broken: Expecting value: line 1 column 4"),
        ("[\n1,\n2,\nx]", "the JSON is broken: Expecting value: line 4 column 1"),
        ("[1 2]", "the JSON is incomplete or invalid after line 1"),
        ("[1,\n2", "the JSON is incomplete or invalid after line 2"),
        ("[1]\n[2]", "the JSON is incomplete or invalid after line 1"),
        ("[" * DEEP, "the JSON is nested too deeply at line 1"),
        ("[1,\n" + '{"a":' * DEEP, "the JSON is nested too deeply at line 2"),
        ('{"a":' * DEEP, "the JSON is nested too deeply at line 1"),
        ('{"title": "Broken', "the JSON is broken: Unterminated string"),
        ('{\n"title": "Broken",\n', "the JSON is broken: Expecting property name"),
        ('{\n"title": "a"\n}\n{\n"title": "b"\n}', "the JSON is broken: Extra data: line 4"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(path: Path, content: str | bytes, reason: str) -> None:
    assert complaint(path, content).startswith(reason)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95, 0.999])
def test_an_array_that_breaks_off_anywhere_is_refused_as_a_whole(path: Path, share: float) -> None:
    text = json.dumps([all_fields(), all_fields(), all_fields()], indent=1)
    assert complaint(path, text[: int(len(text) * share)]).startswith("the JSON ")


@pytest.mark.parametrize("wrapped", ["[{%s}]", "{%s}", '{"title":\n"a",%s}', f"{LINE}\n{{%s}}"])
def test_numbers_of_thousands_of_digits_do_no_harm(path: Path, wrapped: str) -> None:
    _, records = read(path, wrapped % ('"upvotes": ' + "1" * 5000 + ', "n": -' + "2" * 5000))
    assert len(refused_lines(records)) == 1


def test_json_that_only_python_reads_does_no_harm(path: Path) -> None:
    numbers = '"upvotes": NaN, "comments": Infinity, "n": -Infinity'
    _, records = read(path, f'{{"title": "T", "abstract": "A.", {numbers}}}')
    assert "upvotes: Input should be" in as_refusal(records[0]).reason


def test_lone_surrogates_and_control_characters_in_titles_are_dropped(path: Path) -> None:
    line = r'{"title": "A\ud800 \u001b[1mTitle\u0000\u202e", "abstract": "B\udfffody"}'
    _, (paper,) = read(path, line)
    assert (as_paper(paper).title, as_paper(paper).abstract) == ("A Title", "Body")


def test_line_separators_within_a_json_line_do_not_end_it(path: Path) -> None:
    _, records = read(path, '{"title": "A\u2028B", "abstract": "C\u0085D"}\n5\n')
    assert titles(records[:1]) == ["A B"]
    assert refused_lines(records) == [2]


def test_a_file_that_is_not_there_is_told(path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=r"papers can't be read \(No such file or directory\)") as caught:
        read_file(path, today=TODAY)
    assert caught.value.exit_code == 66


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=r"can't be read \(Is a directory\)"):
        read_file(tmp_path, today=TODAY)


def made_up_lines(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {"title": f"Paper {number}", "abstract": f"It says {number} things. " * 40, "published": "2026-10-05"}


@pytest.mark.slow
@pytest.mark.parametrize("as_array", [False, True])
def test_ten_thousand_records_are_read_within_seconds(path: Path, as_array: bool) -> None:
    records = list(made_up_lines(10_000))
    text = json.dumps(records, indent=1) if as_array else "\n".join(map(json.dumps, records))
    started = time.perf_counter()
    _, found = read(path, text)
    assert time.perf_counter() - started < 5
    assert titles(found) == [record["title"] for record in records]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["paper", "id", "title", "summary", "abstract", "authors"]), inner)
    ),
    max_leaves=12,
)


@settings(deadline=None)  # it writes files
@given(
    st.binary()
    | st.text().map(str.encode)
    | st.sampled_from([b"[", b"{", b"{}\n", b"\xef\xbb\xbf"]).flatmap(lambda start: st.binary().map(start.__add__))
    | st.lists(_JSON).map(lambda value: json.dumps(value).encode())
    | st.lists(_JSON).map(lambda values: "\n".join(map(json.dumps, values)).encode())
    | st.lists(st.sampled_from(["Title", "Body.", "• 3 authors", "• 1 author", "·", "Dec 6", "Feb 29", "Feb 30, 2023"]))
    .map("\n".join)
    .map(str.encode)
)
def test_no_bytes_raise_anything_but_a_source_error(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "papers")
        path.write_bytes(content)
        try:
            records = list(read_file(path, today=TODAY).records)
        except SourceError as error:
            assert str(path) in str(error)  # noqa: PT017  (most inputs raise nothing)
            return
    for record in records:
        if isinstance(record, Paper):
            record.title.encode()
            record.abstract.encode()
        else:
            assert record.line >= 1
            record.reason.encode()
