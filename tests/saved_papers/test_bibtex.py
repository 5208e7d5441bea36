"""Entries for BibTeX, read back by a parser that follows BibTeX's own rules for braces."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.saved_papers import ENTRY_LIMIT, bibtex, bibtex_key
from tests.factories import make_paper

NASTY = "\\input{x} } { 100% & $x_1^2$ #1 ~ `` \" @misc{a, b = {c}} and ''"
COMMANDS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textasciigrave": "`",
}


def parsed(entry: str) -> tuple[str, dict[str, str]]:
    """Return an entry's key and fields, still escaped. Fails on anything after the entry, or a brace too many."""
    head = re.match(r"@misc\{([^\s,{}\"#%'()=~\\]+),\s*", entry)
    assert head
    at = head.end()
    fields: dict[str, str] = {}
    while entry[at] != "}":
        name = re.compile(r"([A-Za-z]+) = ").match(entry, at)
        assert name
        start = at = name.end()
        if entry[at] == "{":
            depth = 0
            while True:
                depth += {"{": 1, "}": -1}.get(entry[at], 0)  # also after a backslash: BibTeX knows no escapes
                at += 1
                if not depth:
                    break
            value = entry[start + 1 : at - 1]
        else:
            at = entry.index(",", at)
            value = entry[start:at]
            assert value in {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
        assert name[1] not in fields
        fields[name[1]] = value
        comma = re.compile(r",\s*").match(entry, at)
        assert comma
        at = comma.end()
    assert entry[at:] == "}"
    return head[1], fields


def typeset(value: str) -> str:
    """Return a value as TeX shows it. Fails on a sign that would do anything."""
    value = re.sub(r"\{\\(text[a-z]+)\}", lambda match: f"\0{ord(COMMANDS[match[1]])};", value)
    value = re.sub(r"\\([&%$#_])", lambda match: f"\0{ord(match[1])};", value)
    assert not re.search(r"[\\&%$#_^~`]", value)
    value = value.replace("{", "").replace("}", "")
    return re.sub(r"\0(\d+);", lambda match: chr(int(match[1])), value)


def authors(value: str) -> list[str]:
    """Split authors as BibTeX does: at every "and" outside braces."""
    names, depth = [""], 0
    for part in re.split(r"(\s+and\s+)", value, flags=re.IGNORECASE):
        if part.strip().casefold() == "and" and not depth:
            names.append("")
        else:
            names[-1] += part
            depth += part.count("{") - part.count("}")
    return names


def test_an_arxiv_paper_has_what_arxiv_asks_for() -> None:
    paper = make_paper(authors=("Ada Kettle", "Ben Spout"), categories=("cs.SD", "cs.LG"), venue="NeurIPS 2024")
    assert bibtex(paper) == (
        "@misc{arxiv-2401.00001,\n"
        "  title = {{KettleNet: Telling Whistles Apart}},\n"
        "  author = {Ada Kettle and Ben Spout},\n"
        "  year = {2024},\n"
        "  month = jan,\n"
        "  eprint = {2401.00001},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.SD},\n"
        "  url = {https://arxiv.org/abs/2401.00001},\n"
        "  note = {NeurIPS 2024},\n"
        "}"
    )


def test_what_is_not_known_is_left_out() -> None:
    key, fields = parsed(bibtex(make_paper(arxiv_id=None, published=None)))
    assert key == "kettlenet-telling-whistles-apart"
    assert fields == {"title": "{KettleNet: Telling Whistles Apart}"}


def test_the_key_stays_when_more_becomes_known() -> None:
    paper = make_paper(published=None)
    assert bibtex_key(paper) == bibtex_key(make_paper(authors=("Ada",), version=2, title="Another Title"))
    assert re.fullmatch(r"paper-[0-9a-f]{12}", bibtex_key(make_paper(arxiv_id=None, title="漢字")))


def test_special_signs_are_shown_as_they_are() -> None:
    _, fields = parsed(bibtex(make_paper(title=NASTY, authors=(NASTY, "Lid, Cy"), venue=NASTY, categories=(NASTY,))))
    assert typeset(fields["title"]) == typeset(fields["note"]) == typeset(fields["primaryClass"]) == NASTY
    assert [typeset(name) for name in authors(fields["author"])] == [NASTY, "Lid, Cy"]


def test_a_thousand_authors_end_in_others_and_fit() -> None:
    entry = bibtex(make_paper(authors=tuple(f"Ada {n} Kettle" for n in range(1000))))
    assert len(entry) <= ENTRY_LIMIT
    names = authors(parsed(entry)[1]["author"])
    assert names[0] == "Ada 0 Kettle"
    assert names[-1] == "others"
    assert len(names) > 150


def test_authors_that_are_only_counted_are_others() -> None:
    assert parsed(bibtex(make_paper(authors=("Ada Kettle",), author_count=9)))[1]["author"] == "Ada Kettle and others"


@pytest.mark.parametrize("name", ["Simon and Garfunkel", "Kettle, Ada, Jr., PhD", "AND Gate"])
def test_a_name_is_never_taken_apart(name: str) -> None:
    assert authors(parsed(bibtex(make_paper(authors=(name, "Ben Spout"))))[1]["author"]) == [f"{{{name}}}", "Ben Spout"]


@given(st.text(min_size=1), st.lists(st.text(), max_size=30), st.text(), st.one_of(st.none(), st.dates()))
def test_every_entry_parses_and_ends_no_block_of_code(
    title: str, names: list[str], venue: str, published: date | None
) -> None:
    paper = make_paper(title=title, authors=tuple(names), venue=venue, published=published, categories=(venue,))
    for each in (paper, make_paper(title=title, authors=tuple(names), arxiv_id=None)):
        entry = bibtex(each)
        parsed(entry)
        assert "`" not in entry
        assert len(entry) <= ENTRY_LIMIT
