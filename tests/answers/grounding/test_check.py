"""Checks of one sentence: each problem, what is none, and errors planted into real abstracts."""

import json
import random
import re
from datetime import date
from pathlib import Path

import pytest

from bot.answers.answer import Evidence
from bot.answers.grounding.check import Grounder, Problem
from bot.answers.grounding.figures import figure_values as figures
from bot.answers.sentences import split_sentences
from bot.models import Paper
from bot.search.engine.index import Bm25Index
from bot.sources.saved_page import read_page
from tests.factories import make_paper
from tests.shared import shared_file

KETTLE = make_paper(
    abstract=(
        "We present KettleNet, a network of 12 layers that beats GPT-4 and T5 by 3.5% on 1,200 recordings. "
        "Two pots and 7 lids whistle during COVID-19. “Kettles whistle for many reasons”, say our LLM and the RNN. "
        "Training takes 40 GPU hours on WMT'14 with a learning rate of 0.001."
    ),
    authors=("Ada McKettle", "Ben Spout"),
    author_count=9,
)
POT = make_paper(title="Pots", abstract="The PotBench benchmark has 85 tasks.", arxiv_id="2401.00002")
SOURCES = {1: KETTLE, 2: POT}


GROUNDER = Grounder(SOURCES, weight=Bm25Index(list(SOURCES.values())).idf)


def problems(sentence: str) -> tuple[Problem, ...]:
    return GROUNDER.check(sentence).problems


@pytest.mark.parametrize(
    "sentence",
    [
        "KettleNet has 12 layers [1].",
        "KettleNet has twelve layers [1].",
        "It beats GPT-4 and T5 by 3.5% [1].",
        "It beats GPT4 by 3.5 points [1].",
        "It beats GPT\u20114 during COVID\u201119 [1].",
        "It was tested on 1200 recordings [1].",
        "It was tested on 1,200 recordings [1].",
        "It looks at 2 pots and seven lids [1].",
        "One network beats T5 [1].",
        "LLMs and RNNs whistle [1].",
        "It takes 40 GPU-hours [1].",
        "“Kettles whistle for many reasons” is their claim [1].",
        'They say "kettles  whistle, for many reasons" [1].',
        "They call it „Kettles whistle“ [1].",
        "Kettles are “just so” [1].",
        "It came out in 2024 [1].",
        "It came out on 5 January 2024 [1].",
        "It came out on 2024-01-05 [1].",
        "It came out on January 5th [1].",
        "Its 9 authors are led by McKettle [1].",
        "KettleNet has 12 layers and PotBench 85 tasks [1][2].",
        "KettleNet has 12 layers and PotBench 85 tasks [1, 2].",
        "KettleNet has 12 layers and PotBench 85 tasks [1-2].",
        "Kettles differ [1].",
    ],
)
def test_what_a_source_says_passes(sentence: str) -> None:
    assert problems(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("KettleNet has 12 layers.", Problem.UNCITED),
        ("KettleNet has 12 layers [3].", Problem.UNCITED),
        ("KettleNet has 12 layers (Kettle et al., 2024).", Problem.UNCITED),
        ("", Problem.UNCITED),
        ("KettleNet has 13 layers [1].", Problem.FIGURE),
        ("KettleNet has thirteen layers [1].", Problem.FIGURE),
        ("KettleNet gains 35% [1].", Problem.FIGURE),
        ("KettleNet gains 3.6% [1].", Problem.FIGURE),
        ("It saw 12,000 recordings [1].", Problem.FIGURE),
        ("It saw 200 recordings [1].", Problem.FIGURE),
        ("It is 10x faster [1].", Problem.FIGURE),
        ("It is a 5-layer network [1].", Problem.FIGURE),
        ("KettleNet has 85 tasks [1].", Problem.FIGURE),
        ("It came out in 2023 [1].", Problem.FIGURE),
        ("It came out on 6 January 2024 [1].", Problem.FIGURE),
        ("Its 8 authors whistle [1].", Problem.FIGURE),
        ("It has 9 spouts [1].", Problem.FIGURE),
        ("January's 8 kettles [1].", Problem.FIGURE),
        ("Janitors use 5 kettles [1].", Problem.FIGURE),
        ("It beats PaLM [1].", Problem.NAME),
        ("It beats GPT-5 [1].", Problem.NAME),
        ("It beats BERT [1].", Problem.NAME),
        ("ResNet50 is beaten [1].", Problem.NAME),
        ("PotBench is used [1].", Problem.NAME),
        ("“Kettles never whistle at all” is their claim [1].", Problem.QUOTE),
        ('They say "many reasons for whistling" [1].', Problem.QUOTE),
        ("They say „kettles never ever whistle“ [1].", Problem.QUOTE),
        ("They say «kettles never ever whistle» [1].", Problem.QUOTE),
    ],
)
def test_what_no_cited_source_says_does_not(sentence: str, problem: Problem) -> None:
    assert problems(sentence) == (problem,)


def test_every_problem_is_named() -> None:
    assert problems("PaLM has 99 layers and “never ever boils water” [1].") == (
        Problem.FIGURE,
        Problem.NAME,
        Problem.QUOTE,
    )


@pytest.mark.parametrize(
    ("sentence", "checked"),
    [
        ("Kettles whistle [1].", ("Kettles whistle.", (1,))),
        ("Kettles whistle. [1]", ("Kettles whistle.", (1,))),
        (
            "Kettles【1】 whistle on benchmark tasks [2] a lot [1].",
            ("Kettles whistle on benchmark tasks a lot.", (1, 2)),
        ),
        ("Kettles whistle on benchmark tasks [2, 9, 1].", ("Kettles whistle on benchmark tasks.", (2, 1))),
        ("Kettles whistle on benchmark tasks [1-3].", ("Kettles whistle on benchmark tasks.", (1, 2))),
        ("Kettles whistle on benchmark tasks [2–2; 1].", ("Kettles whistle on benchmark tasks.", (2, 1))),
        ("Kettles whistle [0][999].", ("Kettles whistle.", ())),
        ("Kettles whistle [3-1].", ("Kettles whistle.", ())),
        ("Kettles whistle on benchmark tasks [1], [2] .", ("Kettles whistle on benchmark tasks.", (1, 2))),
        ("Lids whistle [1][2].", ("Lids whistle.", (1,))),
        ("A benchmark has many tasks [2][1].", ("A benchmark has many tasks.", (2,))),
    ],
)
def test_markers_go_and_invalid_numbers_with_them(sentence: str, checked: tuple[str, tuple[int, ...]]) -> None:
    found = GROUNDER.check(sentence)
    assert (found.text, found.citations) == checked
    assert found.problems == (() if found.citations else (Problem.UNCITED,))
    assert [evidence.number for evidence in found.evidence] == list(found.citations)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Pots whistle too [1].", "Two pots and 7 lids whistle during COVID-19."),
        ("It needs 40 hours on a GPU [1].", "Training takes 40 GPU hours on WMT'14 with a learning rate of 0.001."),
        (
            "It came out in January 2024 [1].",
            "From the record: published 5 January 2024; 9 authors; authors Ada McKettle, Ben Spout; no code is known.",
        ),
    ],
)
def test_evidence_is_the_sentence_that_says_it(sentence: str, evidence: str) -> None:
    assert GROUNDER.check(sentence).evidence == (Evidence(1, evidence),)


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("Dolphins dream of electric rivers [1].", Problem.UNRELATED),
        ("Yes [1].", Problem.UNSUPPORTED),
        ("A benchmark has many tasks [1].", Problem.CITATION),
        ("Pots and lids whistle in a benchmark [2].", Problem.CITATION),
        ("[1] and [2] both show that lids whistle.", Problem.CITATION),
        ("KettleNet has 40 layers [1].", Problem.MISPLACED),
        ("KettleNet is a network of 7 layers [1].", Problem.MISPLACED),
        ("It beats GPT-4 by 40% [1].", Problem.MISPLACED),
        ("It beats GPT-40 by 3.5% [1].", Problem.NAME),
        ("The network comes from Google [1].", Problem.NAME),
    ],
)
def test_what_the_cited_source_says_of_something_else_does_not_pass(sentence: str, problem: Problem) -> None:
    assert problems(sentence) == (problem,)


def test_a_sentence_may_cite_only_what_it_is_allowed_to() -> None:
    assert GROUNDER.check("Kettles whistle [1].", allowed=[2]).problems == (Problem.UNCITED,)


def test_a_copy_fails_where_own_words_are_wanted() -> None:
    copy = "Two pots and 7 lids whistle during COVID-19 [1]."
    assert GROUNDER.check(copy).problems == ()
    assert GROUNDER.check(copy, own_words=True).problems == (Problem.COPIED,)
    assert GROUNDER.check("During COVID-19, whistles came from 2 pots and 7 lids [1].", own_words=True).problems == ()


def test_in_another_language_only_the_askers_own_is_let_off_the_words() -> None:
    german = "Das Netz mit dem Namen KettleNet hat 12 Schichten und ist von 9 Autoren [1]."
    asked_in_german = Grounder(
        SOURCES, weight=lambda _: 1.0, request="Wie viele Schichten hat das Netz und was ist es?"
    )
    assert asked_in_german.check(german).problems == ()
    assert asked_in_german.check(german.replace("12", "13")).problems == (Problem.FIGURE,)
    assert asked_in_german.check("Das ist nicht die Antwort und auch nicht das Ende [1].").problems
    assert problems(german)


def seed_papers(path: Path) -> list[Paper]:
    papers = read_page(path.read_text(encoding="utf-8"), today=date(2025, 12, 8))
    return [paper for paper in papers if isinstance(paper, Paper)]


def sentences_with_figures(papers: list[Paper]) -> list[tuple[str, Paper]]:
    return [
        (sentence, paper)
        for paper in papers
        for sentence in split_sentences(paper.abstract)
        if figures(sentence) and re.search(r"(?<![\w.,/-])\d", sentence)
    ]


def passes(sentence: str, paper: Paper) -> bool:
    return not Grounder({1: paper}, weight=lambda _: 1.0).check(f"{sentence} [1]").problems


def test_planted_figures_are_caught_and_true_ones_pass_in_real_abstracts() -> None:
    papers = seed_papers(shared_file("seeds/daily-papers-page.txt"))
    extra = shared_file("ir/ml-papers/corpus.jsonl").read_text(encoding="utf-8").splitlines()[:400]
    records = [json.loads(line) for line in extra]
    papers += [Paper(title=r["title"], abstract=r["text"], origin="test") for r in records]
    cases = sentences_with_figures(papers)
    chance = random.Random(7)
    planted = [
        (re.sub(r"(?<![\w.,/-])\d[\d,.]*(?<=\d)", str(chance.randint(21, 9999)), sentence, count=1), paper)
        for sentence, paper in cases
    ]
    assert len(cases) > 200
    assert sum(not passes(*case) for case in cases) / len(cases) <= 0.03
    assert sum(not passes(*case) for case in planted) / len(planted) >= 0.95
