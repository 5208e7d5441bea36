"""What texts name: papers by id, link and title, or topics."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.answers.subjects import Subject, Subjects
from bot.errors.requests import PaperUnknown, QuestionEmpty, QuestionTooLong
from bot.store.database import open_database
from bot.store.papers import SqlitePaperStore
from tests.factories import make_paper

NET = make_paper()
POTS = make_paper(title="Do Pots Hum?", arxiv_id=None)


@asynccontextmanager
async def subjects_in(folder: Path) -> AsyncIterator[Subjects]:
    async with open_database(folder / "store.db") as database:
        papers = SqlitePaperStore(database=database)
        await papers.upsert([NET, POTS], now=1.0)
        yield Subjects(papers=papers, chars=200)


@pytest.mark.parametrize(
    "text",
    [
        "2401.00001",
        " arXiv:2401.00001v3 ",
        "https://arxiv.org/pdf/2401.00001v1.pdf",
        "the paper 2401.00001, please",
        "KettleNet: Telling Whistles Apart",
        "“kettlenet telling whistles apart”",
        "<@123> 2401.00001",
    ],
)
async def test_a_paper_by_id_link_or_title(tmp_path: Path, text: str) -> None:
    async with subjects_in(tmp_path) as subjects:
        [subject] = await subjects.resolve([text])
    assert subject.paper is not None
    assert subject.paper.key == NET.key


async def test_a_paper_without_an_id_by_its_title(tmp_path: Path) -> None:
    async with subjects_in(tmp_path) as subjects:
        [subject] = await subjects.resolve(["do pots hum"])
    assert subject.paper is not None
    assert subject.paper.title == POTS.title


async def test_other_words_are_a_topic(tmp_path: Path) -> None:
    async with subjects_in(tmp_path) as subjects:
        assert await subjects.resolve(["<:x:1>  whistling   kettles", "KettleNet"]) == [
            Subject("whistling kettles", None),
            Subject("KettleNet", None),
        ]


async def test_several_ids_in_one_text_are_several_papers(tmp_path: Path) -> None:
    async with subjects_in(tmp_path) as subjects:
        found = await subjects.resolve(["2401.00001 and 2401.00001v2", "pots"])
    assert [subject.text for subject in found] == ["2401.00001", "pots"]


async def test_an_id_that_is_not_there_is_told(tmp_path: Path) -> None:
    async with subjects_in(tmp_path) as subjects:
        with pytest.raises(
            PaperUnknown, match=r"can't find the paper 2401\.00009\. None of the enabled feeds has a match"
        ):
            await subjects.resolve(["2401.00001 2401.00009v2"])


@pytest.mark.parametrize(
    ("text", "error"), [("", QuestionEmpty), ("<@1>", QuestionEmpty), ("w" * 201, QuestionTooLong)]
)
async def test_what_names_nothing_is_refused(tmp_path: Path, text: str, error: type[Exception]) -> None:
    async with subjects_in(tmp_path) as subjects:
        with pytest.raises(error):
            await subjects.resolve(["kettles", text])
