"""Which papers a digest tells of, in which order, and why."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.selection import Chosen, choose, order_of
from bot.models import Paper
from bot.search.engine.index import Bm25Index
from tests.digests.examples import make_definition
from tests.factories import make_paper

FILLER = [make_paper(title=f"Filler {n}", abstract="Kettles hum. Pots hum.", arxiv_id=f"2300.{n:05}") for n in range(9)]
_NUMBERS = iter(range(10_000))


def paper(title: str, abstract: str = "Nothing to see.", **facts: object) -> Paper:
    return make_paper(**{"title": title, "abstract": abstract, "arxiv_id": f"2401.{next(_NUMBERS):05}", **facts})


def chosen(papers: Sequence[Paper], thumbs: dict[str, int] | None = None, **wanted: object) -> tuple[Chosen, ...]:
    index = Bm25Index([*FILLER, *papers])
    return choose(papers, make_definition(**wanted), index, thumbs=thumbs or {})


def titles(papers: Sequence[Paper], thumbs: dict[str, int] | None = None, **wanted: object) -> list[str]:
    return [one.paper.title for one in chosen(papers, thumbs, **wanted)]


def test_a_digest_without_wishes_takes_all_papers_by_votes_comments_and_day() -> None:
    papers = [
        paper("Old", published=date(2023, 1, 1)),
        paper("New", published=date(2024, 1, 1)),
        paper("Discussed", comments=1),
        paper("Liked", upvotes=1),
    ]
    assert titles(papers) == ["Liked", "Discussed", "New", "Old"]


def test_a_topic_in_the_title_comes_before_one_in_the_abstract_and_a_passing_mention_is_left_out() -> None:
    papers = [
        paper("Mentions", "We diagnose leaks. Unlike diffusion, it is fast.", upvotes=90),
        paper("In the abstract", "Diffusion is slow. We make diffusion fast.", upvotes=9),
        paper("Fast Diffusion", upvotes=1),
        paper("Keyword", keywords=("diffusion",)),
    ]
    assert titles(papers, topics=("diffusion",)) == ["Fast Diffusion", "Keyword", "In the abstract"]


@pytest.mark.parametrize(
    "text", ["A Spiking Transformer", "Transformers That Spike", "Spiking-Transformer Chips", "SPIKING TRANSFORMERS"]
)
def test_topics_match_whatever_the_ending_the_case_and_the_hyphen(text: str) -> None:
    assert titles([paper(text)], topics=("spiking transformers",)) == [text]


def test_a_phrase_in_the_abstract_is_enough_and_its_words_apart_are_not() -> None:
    papers = [
        paper("Phrase", "We study optimal transport here."),
        paper("Apart", "Transport is costly. The result is optimal."),
    ]
    assert titles(papers, topics=("optimal transport",)) == ["Phrase"]


def test_who_is_followed_comes_first_and_is_told() -> None:
    papers = [
        paper("Popular kettles", upvotes=50),
        paper("By Ada", authors=("Ben Else", "Ada Example")),
        paper("From the lab", organisation="The Example Lab"),
        paper("By another", authors=("Adam Example",)),
    ]
    found = chosen(papers, topics=("kettles",), authors=("Ada Example",), organisations=("Example Lab",))
    assert [(one.paper.title, one.reasons) for one in found] == [
        ("By Ada", ("by Ada Example (followed)",)),
        ("From the lab", ("from Example Lab (followed)",)),
        ("Popular kettles", ("matches “kettles”", "50 upvotes")),
    ]


def test_a_category_lets_in_and_so_does_its_archive() -> None:
    papers = [paper("Learning", categories=("cs.LG",)), paper("Physics", categories=("hep-th",))]
    assert titles(papers, categories=("cs.LG",)) == titles(papers, categories=("cs",)) == ["Learning"]
    assert chosen(papers, categories=("cs.LG",))[0].reasons == ("in cs.LG",)


def test_excluded_words_keep_a_paper_out_whatever_else_it_is() -> None:
    papers = [
        paper("Kettles: A Survey", authors=("Ada Example",)),
        paper("Kettles", "We survey nothing."),
        paper("Kettles at rest", "It is medical imaging."),
        paper("Kettles again", "Imaging that is medical."),
    ]
    wanted = {"topics": ("kettles",), "authors": ("Ada Example",), "excluded": ("surveys", "medical imaging")}
    assert titles(papers, None, **wanted) == ["Kettles again"]


def test_too_few_upvotes_keep_a_paper_out() -> None:
    papers = [paper("None"), paper("Two", upvotes=2), paper("Three", upvotes=3)]
    assert titles(papers, min_upvotes=2) == ["Three", "Two"]


def test_thumbs_of_the_server_count_five_upvotes_each_and_are_told() -> None:
    papers = [paper("Liked elsewhere", upvotes=9), paper("Liked here", upvotes=1)]
    found = chosen(papers, {papers[1].key: 2})
    assert [one.paper.title for one in found] == ["Liked here", "Liked elsewhere"]
    assert found[0].reasons == ("1 upvote", "2 👍 here")
    assert "a 👍 here counts as 5" in order_of(make_definition(), thumbs=True)


def test_in_a_round_up_votes_decide_before_topics() -> None:
    papers = [paper("Fast Diffusion", upvotes=1), paper("Twice", "Diffusion and diffusion.", upvotes=9)]
    assert titles(papers, topics=("diffusion",), period="weekly") == ["Twice", "Fast Diffusion"]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({}, "most upvotes first, then most comments, then newest"),
        ({"topics": ("x",)}, "title matches first, then most upvotes"),
        ({"authors": ("x",)}, "followed first, then most upvotes"),
        ({"authors": ("x",), "topics": ("x",)}, "followed first, then title matches, then most upvotes"),
        ({"topics": ("x",), "period": "monthly"}, "most upvotes first, then most comments, then newest"),
    ],
)
def test_the_order_is_told_as_it_is(wanted: dict[str, object], said: str) -> None:
    assert order_of(make_definition(**wanted)) == said


@given(st.lists(st.text(max_size=30), max_size=4), st.text(max_size=60), st.text(max_size=120))
def test_no_wish_and_no_paper_breaks_it(wishes: list[str], title: str, abstract: str) -> None:
    papers = [make_paper(title=title or "x", abstract=abstract)]
    wanted = dict.fromkeys(("topics", "excluded", "authors", "categories", "organisations"), tuple(wishes))
    chosen(papers, None, **wanted)


@given(st.permutations(range(6)))
def test_the_order_does_not_hang_on_the_order_of_arrival(order: list[int]) -> None:
    papers = [make_paper(title=f"Paper {n}", arxiv_id=f"2401.{n:05}", upvotes=n // 2, comments=n % 2) for n in range(6)]
    assert titles([papers[n] for n in order]) == [f"Paper {n}" for n in (5, 4, 3, 2, 1, 0)]
