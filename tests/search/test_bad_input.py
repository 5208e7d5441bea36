"""What people, files and other programs send that no one should: nothing raises, and all is defined."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import App
from bot.errors.requests import QuestionEmpty, QuestionTooLong
from bot.search.query.ids import arxiv_ids
from bot.search.ranking.second_stage import Query
from bot.search.text.tokens import tokenize
from tests.apps import sample_app
from tests.factories import make_paper
from tests.search.in_memory import search_in

KETTLES = make_paper(title="Kettle Whistles", arxiv_id="2401.00001", version=2)
LIDS = make_paper(title="Lids", arxiv_id="2401.00002", abstract="Pots.")


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    async with sample_app(tmp_path, papers=[KETTLES, LIDS]) as opened:
        yield opened


@given(st.text(st.characters(exclude_categories=[])))
def test_no_text_at_all_breaks_a_search(text: str) -> None:
    result = search_in([KETTLES, LIDS], Query(question=text, keywords=[text], quoted=[text]), limit=5)
    assert len(result.papers) <= 2
    arxiv_ids(text)


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "\u200b", "???", "\ud800"])
async def test_a_question_without_a_letter_is_refused_with_an_example(app: App, text: str) -> None:
    with pytest.raises(QuestionEmpty, match="for example"):
        await app.assistant.find(text, limit=5)


async def test_a_question_that_is_too_long_is_refused_with_the_limit(app: App) -> None:
    with pytest.raises(QuestionTooLong, match="1,000"):
        await app.assistant.find("kettle " * 7_200, limit=5)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["kettle " * 7_200, "k" * 50_000, "ke-" * 17_000, "\u00e9\u200b" * 25_000, "a b" * 17_000]
)
def test_fifty_thousand_characters_are_searched_for_all_the_same(text: str) -> None:
    assert len(search_in([KETTLES, LIDS], Query(question=text), limit=5).papers) <= 2
    assert all(len(term) <= 200 for term in tokenize(text))


@pytest.mark.parametrize(
    "text",
    [
        "kettle AND whistles", "(kettle OR pan) NOT spoons", "+kettle -spoons", "kettle~2 whistles^3", "kettle*",
        "title:kettle", "ti:kettle", "kettle site:arxiv.org", '"kettle', "kettle'; DROP TABLE papers; --",
        "kettle /re+/",
    ],
)  # fmt: skip
async def test_the_syntax_of_other_engines_finds_the_paper_and_raises_nothing(app: App, text: str) -> None:
    assert (await app.assistant.find(text, limit=5)).papers[0] == KETTLES


async def test_control_characters_and_lone_surrogates_are_left_out(app: App) -> None:
    assert (await app.assistant.find("ket\u200btle\x07 \ud83d whistles\x00", limit=5)).papers[0] == KETTLES


async def test_a_paper_without_an_abstract_is_found_by_its_title(app: App) -> None:
    await app.papers.upsert([make_paper(title="Spoons Alone", abstract="", arxiv_id="2401.00009")], now=2.0)
    assert [paper.title for paper in (await app.assistant.find("spoons", limit=5)).papers] == ["Spoons Alone"]


async def test_two_papers_with_one_title_are_both_found(app: App) -> None:
    twin = replace(KETTLES, arxiv_id="2401.00007", abstract="Other words.")
    await app.papers.upsert([twin], now=2.0)
    assert {paper.key for paper in (await app.assistant.find("Kettle Whistles", limit=5)).papers} == {
        "2401.00001",
        "2401.00007",
    }


async def test_a_newer_version_takes_the_older_ones_place_and_an_older_one_does_not(app: App) -> None:
    newer = replace(KETTLES, version=3, abstract="Samovars hum.")
    assert (await app.papers.upsert([newer], now=2.0)).changed == 1
    assert (await app.assistant.find("samovars", limit=5)).papers == (newer,)
    assert (await app.papers.upsert([replace(KETTLES, version=1)], now=3.0)).unchanged == 1
    assert (await app.assistant.find("samovars", limit=5)).papers == (newer,)
