"""The terms of papers, as the store keeps them."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.engine.forward import ForwardIndex, PaperTerms, is_whole, term_number
from bot.search.engine.index import encode
from tests.factories import make_paper

texts = st.lists(st.sampled_from(string.ascii_lowercase), max_size=30)
papers = st.lists(st.builds(PaperTerms, texts, texts, texts), max_size=5)


def written_out(found: ForwardIndex, paper: int) -> list[list[int]]:
    """Return the numbers of a paper's terms in order, part by part."""
    return [found.numbers[found.terms[found.sections == 3 * paper + part]].tolist() for part in range(3)]


@given(papers)
def test_what_was_written_is_read(written: list[PaperTerms]) -> None:
    found = ForwardIndex.read([terms.to_bytes() for terms in written])
    assert found.size == len(written)
    for place, terms in enumerate(written):
        parts = [terms.name, terms.title, terms.abstract]
        assert written_out(found, place) == [[term_number(term) for term in part] for part in parts]
        assert found.names().get(place, set()) == {term_number(term) for term in terms.name}
        held = found.held(place)
        assert all(term in held for part in parts for term in part)
        assert "another" not in held


@pytest.mark.parametrize("distinct", [256, 257, 70_000])
def test_long_papers_stand_beside_short_ones(distinct: int) -> None:
    long = PaperTerms((), (), [f"w{number}" for number in range(distinct)] * 2)
    short = PaperTerms((), ("kettl",), ("steam",))
    found = ForwardIndex.read([short.to_bytes(), long.to_bytes(), short.to_bytes()])
    assert written_out(found, 1)[2] == [term_number(term) for term in long.abstract]
    assert written_out(found, 2) == [[], [term_number("kettl")], [term_number("steam")]]


def test_terms_met_before_are_written_alike() -> None:
    terms = PaperTerms((), ("kettl",), ("steam", "kettl", "\ud800"))
    numbers: dict[str, int] = {}
    assert terms.to_bytes(numbers) == terms.to_bytes(numbers) == terms.to_bytes()
    [stored] = encode([make_paper(title="Kettles: lids", abstract="Steam")]).terms
    assert stored == PaperTerms(("kettl",), ("kettl", "lid"), ("steam",)).to_bytes()


def test_bytes_with_something_missing_are_seen() -> None:
    data = PaperTerms((), ("kettl",), ("steam",)).to_bytes()
    assert is_whole(data)
    for broken in (None, b"", data[:8], data[:-1], data + b"?"):
        assert not is_whole(broken)
