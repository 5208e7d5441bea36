"""Sentences without a space between them are told from names, versions and addresses."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.models import Paper
from bot.sources.files import read_file
from bot.sources.glued import unglued


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("trained on news and Wikipedia.We evaluate it", "trained on news and Wikipedia. We evaluate it"),
        ("better by 5.3%.Our code is open", "better by 5.3%. Our code is open"),
        ("an accuracy of 80.3.However, it", "an accuracy of 80.3. However, it"),
        ("reinforcement learning (RL).In this work", "reinforcement learning (RL). In this work"),
        ("Does it transfer?We ask", "Does it transfer? We ask"),
        ("hold in practice.A new bound", "hold in practice. A new bound"),
        ("in few examples.Experiments show.This", "in few examples. Experiments show. This"),
        ("distribution shifts.Disentanglement helps", "distribution shifts. Disentanglement helps"),
        ("One line.\nA word.We go on", "One line.\nA word. We go on"),
    ],
)
def test_they_are_split(text: str, apart: str) -> None:
    assert unglued(text) == apart


@pytest.mark.parametrize(
    "text",
    [
        "servers in Node.js, Node.JS and ASP.NET are",
        "a torch.Tensor is passed to nn.Module and System.Out here",
        "see https://example.org/kettle.We for more",
        "code at github.com/kettles/net.Our team",
        "write to ann@kettles.We today",
        "Amazon.Com and Character.AI sell",
        "since v2.The last and v2.Beta came",
        "the U.S.In two, e.g.In Fig.A there",
        "rated 3.8/5).The rest",
        "It ends... And it goes on. We know.",
        "",
    ],
)
def test_what_is_one_word_stays(text: str) -> None:
    assert unglued(text) == text


def test_a_file_is_split_when_it_is_imported(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text(json.dumps({"title": "Kettles", "abstract": "They whistle on Wikipedia.We count them."}))
    [paper] = read_file(path, today=date(2024, 1, 6)).records
    assert isinstance(paper, Paper)
    assert paper.abstract == "They whistle on Wikipedia. We count them."
