import json
import re
from datetime import date
from typing import Any

from bot.models import SAMPLE_ORIGIN
from bot.sources.files import read_sample
from tests.shared import shared_file

_RUN = 8  # words in a row that our own words never share with an abstract
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Names written out can't be retold. This one has more words than a run.
_EXPANDED_NAMES = ("bidirectional encoder representations from transformers for sequential recommendation",)


def real_papers() -> dict[str, dict[str, Any]]:
    lines = shared_file("eval/papers.jsonl").read_text(encoding="utf-8").splitlines()
    return {paper["title"]: paper for paper in map(json.loads, lines)}


def words(text: str) -> list[str]:
    """Return the words outside links and names, with a mark where one of those was."""
    folded = " ".join(re.findall(r"[^\W_]+|\|", re.sub(r"https?://\S+", "|", text.casefold())))
    for name in _EXPANDED_NAMES:
        folded = folded.replace(name, "|")
    return folded.split()


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + _RUN]) for at in range(len(found) - _RUN + 1)}


def test_the_sample_has_52_papers_each_with_title_abstract_and_day() -> None:
    papers = read_sample()
    assert len({paper.key for paper in papers}) == len(papers) == 52
    assert {paper.origin for paper in papers} == {SAMPLE_ORIGIN}
    assert {paper.listed for paper in papers} == {date(2025, 12, 8)}
    for paper in papers:
        assert paper.published, paper.title
        assert paper.author_count, paper.title
        assert len(paper.abstract) > 200, paper.title


def test_the_sample_tells_the_same_facts_as_the_real_papers() -> None:
    sample = {paper.title: (paper.author_count, str(paper.published), paper.comments) for paper in read_sample()}
    assert sample == {
        title: (paper["authors_count"], paper["published"], paper["comments"]) for title, paper in real_papers().items()
    }


def test_every_number_of_a_sample_abstract_stands_in_the_real_one() -> None:
    real = real_papers()
    for paper in read_sample():
        invented = set(_NUMBER.findall(paper.abstract)) - set(_NUMBER.findall(real[paper.title]["abstract"]))
        assert not invented, paper.title


def test_every_link_of_a_sample_abstract_stands_in_the_real_one() -> None:
    real = real_papers()
    for paper in read_sample():
        for link in re.findall(r"https?://[^\s),]+[^\s),.]", paper.abstract):
            assert link in real[paper.title]["abstract"], paper.title
        if paper.code_url:
            assert paper.code_url in real[paper.title]["abstract"], paper.title


def test_sample_abstracts_are_our_own_words() -> None:
    real = real_papers()
    for paper in read_sample():
        shared = {run for run in runs(paper.abstract) & runs(real[paper.title]["abstract"]) if "|" not in run}
        assert not shared, paper.title
