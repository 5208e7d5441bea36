"""What only the record knows, said in a sentence: code that is public or not known, and votes."""

import pytest

from bot.answers.grounding.check import Grounder, Problem
from tests.factories import make_paper

PAPERS = {
    1: make_paper(upvotes=120, authors=("Ann Lee", "Bo Ray"), author_count=2),
    2: make_paper(
        title="PotNet",
        abstract="PotNet listens to pots. It reaches 90% accuracy on 120 recordings.",
        arxiv_id="2401.00002",
        code_url="https://github.com/pots/potnet",
        upvotes=3,
    ),
    3: make_paper(
        title="CodeLid",
        abstract="CodeLid writes code that is publicly available. Five judges voted on it with 12 votes.",
        arxiv_id="2401.00003",
    ),
}


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("No code is known for KettleNet [1].", None),
        ("There is no public code for KettleNet [1].", None),
        ("KettleNet has no known code [1].", None),
        ("KettleNet has 12 layers, but no code is known for it [1].", None),
        ("Für KettleNet ist kein Code bekannt [1].", None),
        ("Aucun code n'est connu pour KettleNet [1].", None),
        ("No code is known for PotNet [2].", Problem.ABSENCE),
        ("Für PotNet ist kein Code bekannt [2].", Problem.ABSENCE),
        ("The code of PotNet is public [2].", None),
        ("The code of PotNet is on GitHub [2].", None),
        ("The code of KettleNet is public [1].", Problem.UNSUPPORTED),
        ("Code for KettleNet is available [1].", Problem.UNSUPPORTED),
        ("KettleNet's authors released the code [1].", Problem.UNSUPPORTED),
        ("CodeLid writes code that is publicly available [3].", None),
        ("KettleNet has 120 upvotes [1].", None),
        ("KettleNet got 120 votes on Daily Papers [1].", None),
        ("KettleNet was upvoted 120 times [1].", None),
        ("KettleNet (120 upvotes) has 12 layers [1].", None),
        ("KettleNet has 121 upvotes [1].", Problem.FIGURE),
        ("KettleNet has 12 upvotes [1].", Problem.FIGURE),
        ("KettleNet has 120 layers [1].", Problem.FIGURE),
        ("KettleNet was tested on 120 recordings [1].", Problem.FIGURE),
        ("PotNet has 120 upvotes [2].", Problem.MISPLACED),
        ("Five judges voted on CodeLid with 12 votes [3].", None),
    ],
)
def test_what_only_the_record_knows_is_checked(sentence: str, problem: Problem | None) -> None:
    checked = Grounder(PAPERS, weight=lambda _term: 1.0).check(sentence)
    assert checked.problems == (() if problem is None else (problem,))


@pytest.mark.parametrize("sentence", ["No code is known for KettleNet [1].", "KettleNet has 120 upvotes [1]."])
def test_the_record_is_the_evidence(sentence: str) -> None:
    [evidence] = Grounder(PAPERS, weight=lambda _term: 1.0).check(sentence).evidence
    assert evidence.sentence == (
        "From the record: published 5 January 2024; 2 authors; authors Ann Lee, Bo Ray; no code is known; 120 upvotes."
    )
