import unicodedata
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models import SAMPLE_ORIGIN, Paper, parse_arxiv_id, slug


def made_up(**told: Any) -> Paper:
    return Paper(**{"title": "A Made-Up Paper", "abstract": "It says little.", "origin": "saved page", **told})


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("2310.01234", ("2310.01234", None)),
        ("2310.01234v2", ("2310.01234", 2)),
        ("0704.0001", ("0704.0001", None)),
        (" arXiv:2310.01234V12 ", ("2310.01234", 12)),
        ("hep-th/9901001", ("hep-th/9901001", None)),
        ("hep-th/9901001v3", ("hep-th/9901001", 3)),
        ("math.GT/0309136", ("math.GT/0309136", None)),
        ("HEP-TH/9901001", ("hep-th/9901001", None)),
        ("Math.gt/0309136v1", ("math.GT/0309136", 1)),
        ("", None),
        ("2310.1", None),
        ("2310.012345", None),
        ("2310.01234v", None),
        ("2310.01234v1000", None),
        ("2310.01234 and more", None),
        ("https://arxiv.org/abs/2310.01234", None),
        ("٢٣١٠.٠١٢٣٤", None),
        ("hep-th/990100", None),
        ("/9901001", None),
    ],
)
def test_an_arxiv_id_is_split_from_its_version(text: str, parsed: tuple[str, int | None] | None) -> None:
    assert parse_arxiv_id(text) == parsed


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("A Made-Up Paper", "a-made-up-paper"),
        ("  What?! 50% of (all)   tokens_and_such ", "what-50-of-all-tokens-and-such"),
        ("GPT-4o: “quoted”", "gpt-4o-quoted"),
        ("Über Größe", "über-grösse"),
        ("ﬁne ＦＵＬＬ width", "fine-full-width"),
        ("深い学習 の 話", "深い学習-の-話"),
        ("Глубокое обучение", "глубокое-обучение"),
        ("تعلم عميق", "تعلم-عميق"),
    ],
)
def test_a_slug_reads_like_its_title(title: str, key: str) -> None:
    assert slug(title) == key


@given(st.text(st.characters(exclude_categories=())))
def test_every_title_has_a_short_slug_which_does_not_change(title: str) -> None:
    key = slug(title)
    assert 0 < len(key) <= 96
    assert key == slug(title)
    assert not key.startswith("-")
    assert not key.endswith("-")
    assert not any(char.isspace() for char in key)
    key.encode()


@given(st.text())
def test_a_title_has_one_slug_however_its_accents_are_encoded(title: str) -> None:
    assert slug(unicodedata.normalize("NFD", title)) == slug(unicodedata.normalize("NFC", title))


def test_long_titles_that_differ_only_at_their_ends_keep_distinct_slugs() -> None:
    first, second = slug("word " * 40 + "one"), slug("word " * 40 + "two")
    assert first != second
    assert first.startswith("word-word-")
    assert len(first) <= 96


def test_titles_without_any_word_keep_distinct_slugs() -> None:
    assert slug("???") != slug("!!!")


def test_words_that_differ_only_in_their_vowel_signs_keep_distinct_slugs() -> None:
    assert slug("दिन") != slug("दीन")


def test_a_paper_with_an_id_links_to_its_page() -> None:
    paper = made_up(arxiv_id="hep-th/9901001", version=2)
    assert paper.key == "hep-th/9901001"
    assert paper.url == "https://arxiv.org/abs/hep-th/9901001"
    assert paper.has_page


def test_a_paper_without_an_id_links_to_a_search_for_its_title() -> None:
    paper = made_up(title="Är 50% & more = «enough»?")
    link = urlsplit(paper.url)
    assert paper.key == "är-50-more-enough"
    assert (link.scheme, link.netloc, link.path) == ("https", "arxiv.org", "/search/")
    assert parse_qs(link.query) == {"query": ["Är 50% & more = «enough»?"], "searchtype": ["title"]}
    assert not paper.has_page


def test_merging_adds_what_the_newer_record_tells_and_keeps_the_rest() -> None:
    known = made_up(author_count=3, published=date(2024, 1, 2), comments=4, categories=("cs.CL",))
    newer = made_up(abstract="It says more.", origin="daily papers", arxiv_id="2401.00001", comments=0, upvotes=7)
    merged = known.merged_with(newer)
    assert merged == made_up(
        abstract="It says more.",
        origin="daily papers",
        arxiv_id="2401.00001",
        author_count=3,
        published=date(2024, 1, 2),
        comments=0,
        upvotes=7,
        categories=("cs.CL",),
    )


def test_merging_a_paper_with_itself_changes_nothing() -> None:
    paper = made_up(arxiv_id="2401.00001", version=1, authors=("Ada Example",))
    assert paper.merged_with(paper) == paper


def test_a_sample_never_replaces_a_real_abstract() -> None:
    real, sample = made_up(), made_up(abstract="Retold.", origin=SAMPLE_ORIGIN, comments=9)
    assert real.merged_with(sample) == real


def test_a_real_abstract_replaces_the_samples() -> None:
    sample = made_up(abstract="Retold.", origin=SAMPLE_ORIGIN, comments=9)
    assert sample.merged_with(made_up()) == made_up(comments=9)


def test_a_sample_replaces_an_older_sample() -> None:
    older, newer = (made_up(abstract=text, origin=SAMPLE_ORIGIN) for text in ("Retold.", "Retold better."))
    assert older.merged_with(newer) == newer


@pytest.mark.parametrize(("version", "wins"), [(1, False), (2, True), (3, True), (None, False)])
def test_the_text_of_an_older_version_or_of_none_is_ignored(version: int | None, wins: bool) -> None:
    known = made_up(arxiv_id="2401.00001", version=2)
    merged = known.merged_with(made_up(arxiv_id="2401.00001", version=version, abstract="Another text."))
    assert merged.abstract == ("Another text." if wins else "It says little.")
    assert merged.version == max(version or 2, 2)


def test_two_places_that_differ_in_a_line_break_do_not_change_a_paper_back_and_forth() -> None:
    arxiv = made_up(arxiv_id="2401.00001", version=2, abstract="It says little.", origin="arxiv")
    listed = made_up(arxiv_id="2401.00001", abstract="It says\nlittle.", upvotes=7, origin="daily papers")
    for first, second in [(arxiv, listed), (listed, arxiv)]:
        merged = first.merged_with(second)
        assert (merged.abstract, merged.upvotes, merged.version) == ("It says little.", 7, 2)
        assert merged.merged_with(arxiv) == merged
        assert merged.merged_with(listed) == merged
