"""`paperbot latest`, `trending`, `paper`, `similar` and `trends`."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import open_app
from bot.config import load_settings
from bot.models import Paper
from tests.cli import Cli
from tests.factories import make_paper
from tests.fakes.feeds import FakeFeeds

KETTLES = make_paper(
    authors=("Ada Kettle", "Ben Spout"),
    listed=datetime.now(UTC).date(),
    upvotes=12,
    comments=3,
    code_url="https://github.com/kettle/net",
    project_url="https://kettle.example/net",
    stars=7,
    hub_url="https://huggingface.co/papers/2401.00001",
    hub_summary="KettleNet tells whistles apart.",
    submitter="Taz",
)
POTS = make_paper(title="Pots & Pans", arxiv_id=None, published=None, abstract="Pots sing. Nobody listens.")


@pytest.fixture
def stored(cli: Cli) -> None:
    """Put two papers into the store of the settings."""

    async def store(papers: list[Paper]) -> None:
        async with open_app(load_settings()) as app:
            await app.papers.upsert(papers, now=1.0)

    asyncio.run(store([KETTLES, POTS]))


def read(cli: Cli, *arguments: str) -> dict[str, Any]:
    ran = cli(*arguments, "--json")
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    assert isinstance(found, dict)
    assert found["error"] is None
    return found


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("arguments", [["latest"], ["latest", "today"], ["trending"], ["trending", "--span", "month"]])
def test_a_list_has_facts_and_links(cli: Cli, arguments: list[str]) -> None:
    ran = cli(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert (
        "[1] KettleNet: Telling Whistles Apart\n"
        "    Ada Kettle, Ben Spout · 5 Jan 2024 · 12 upvotes · 3 comments · 7 GitHub stars\n"
        "    https://arxiv.org/abs/2401.00001\n"
        "    https://huggingface.co/papers/2401.00001\n"
        "    https://github.com/kettle/net\n"
        "    https://kettle.example/net\n"
    ) in ran.out
    assert "1 paper · listed or" in ran.out
    assert "most upvotes first" in ran.out


def test_the_bundled_papers_are_listed_by_day_with_a_search_for_each(cli: Cli) -> None:
    ran = cli("latest", "--sample", "-n", "2")
    assert ran.out.startswith("Papers from Monday, 8 Dec 2025\n")
    assert ran.out.count("https://arxiv.org/search/?query=") == 2
    assert "the first 2 · 52 papers" in ran.out
    assert cli("latest", "--sample", "--day", "2025-12-08", "-n", "100").out.count("arxiv.org/search") == 52


def test_a_day_without_papers_names_the_nearest(cli: Cli) -> None:
    ran = cli("latest", "--sample", "2020-02-01")
    assert ran.code == 0
    assert "No paper in the store was listed or published on 1 Feb 2020." in ran.out
    assert ran.out.endswith("  paperbot latest 2025-12-08\n")
    found = read(cli, "latest", "--sample", "2020-02-01")
    assert (found["papers"], found["total"], found["nearest"]) == ([], 0, "2025-12-08")
    assert found["notice"].startswith("No paper in the store was listed")


@pytest.mark.usefixtures("stored")
def test_a_paper_is_shown_with_all_that_is_known(cli: Cli) -> None:
    ran = cli("paper", "kettlenet")
    assert ran.code == 0
    assert ran.out.startswith("KettleNet: Telling Whistles Apart\nAda Kettle, Ben Spout\n\n")
    assert "\nKettleNet tells whistles apart.\nSummary by Hugging Face, not checked here\n" in ran.out
    assert "submitted by Taz" in ran.out
    assert "12 upvotes · 3 comments · 7 stars for the code" in ran.out
    for link in (KETTLES.url, KETTLES.code_url, KETTLES.project_url, KETTLES.hub_url, KETTLES.discussion_url):
        assert f" {link}\n" in ran.out


@pytest.mark.usefixtures("stored")
def test_a_papers_abstract_entry_and_object(cli: Cli) -> None:
    assert "It reaches 91.5% accuracy" in cli("paper", "--abstract", "2401.00001").out
    assert cli("paper", "--bibtex", "https://arxiv.org/abs/2401.00001v1").out.startswith("@misc{")
    found = read(cli, "paper", "2401.00001")
    assert found["abstract"] == KETTLES.abstract
    assert (found["summary"], found["summary_by"]) == (KETTLES.hub_summary, "Hugging Face")
    assert (found["hub_url"], found["stars"], found["submitter"]) == (KETTLES.hub_url, 7, "Taz")
    assert found["linked"]["models"] == {"total": 0, "urls": []}
    assert found["bibtex"].startswith("@misc{")
    assert cli("paper", "--bibtex", "--json", "x").code == 2


def test_what_is_linked_is_fetched_for_a_card(cli: Cli, feeds: FakeFeeds) -> None:
    record = feeds.days[feeds.today][1]["paper"]
    names = [{"id": f"lab/net-{number}"} for number in range(4)]
    record |= {"linkedModels": names, "numTotalModels": 40, "linkedSpaces": [{"id": "lab/demo"}]}
    assert cli("ingest").code == 0
    ran = cli("paper", record["id"])
    assert "On Hugging Face\n40 models, the first 3\n https://huggingface.co/lab/net-0\n" in ran.out
    assert "1 space\n https://huggingface.co/spaces/lab/demo\n" in ran.out
    assert "net-3" not in ran.out


@pytest.mark.usefixtures("stored")
def test_similar_papers(cli: Cli) -> None:
    assert "Similar to: Pots & Pans" in cli("similar", "Pots & Pans").out
    found = read(cli, "similar", "--sample", "-n", "3", "SpikeGPT")
    assert len(found["papers"]) == 3
    assert found["similar_to"]["title"].startswith("SpikeGPT")


def test_trends_are_charted_and_counted(cli: Cli) -> None:
    ran = cli("trends", "--sample", "spiking", "vs", "weather")
    assert ran.out.startswith("Papers per month\n")
    assert "“spiking”: 4 papers; first in Feb 2023" in ran.out
    assert ran.out.count("█ ") >= 5
    found = read(cli, "trends", "--sample", "spiking")
    assert (found["unit"], found["held"]) == ("month", 52)
    [topic] = found["topics"]
    assert (topic["topic"], topic["total"], sum(topic["counts"])) == ("spiking", 4, 4)


def test_a_topic_without_papers_has_no_chart(cli: Cli) -> None:
    ran = cli("trends", "--sample", "samovars")
    assert (ran.code, "█" in ran.out) == (0, False)
    assert "no paper in the store contains all of these words" in ran.out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["latest", "--sample", "nonsense"], 2, "I don't recognise the date “nonsense”."),
        (["latest", "--sample", "2025"], 2, "I don't recognise the date “2025”."),
        (["latest", "--sample", "-n", "0"], 2, "0 is not in the range"),
        (["trending", "--sample", "decade"], 2, "'decade' is not one of"),
        (["trends", "--sample", "--span", "decade", "x"], 2, "'decade' is not one of"),
        (["trends", "--sample", "a vs b vs c vs d vs e"], 2, "I can count papers on up to 4 topics"),
        (["paper", "--sample", "samovars"], 2, "I can't find a paper named “samovars”. Find its whole title"),
        (["paper", "--sample", "2401.99999"], 2, "I can't find the paper 2401.99999."),
        (["similar", "--sample", "spiking"], 2, "Several titles have these words, such as “"),
        (["latest", "--sample", "--day", "2025-12-08", "yesterday"], 2, "The day was given twice"),
        (["trending", "--sample", "--span", "day", "month"], 2, "The span was given twice"),
        (["paper", "--sample"], 2, "Missing argument"),
        (["latest"], 66, "There are no papers yet."),
        (["trending"], 66, "There are no papers yet."),
        (["paper", "x"], 66, "There are no papers yet."),
        (["similar", "x"], 66, "There are no papers yet."),
        (["trends", "x"], 66, "There are no papers yet."),
    ],
)
def test_what_cannot_be_shown_is_told(cli: Cli, arguments: list[str], code: int, words: str) -> None:
    ran = cli(*arguments, "--json")
    assert ran.code == code
    assert words in ran.err
    assert words in json.loads(ran.out)["error"]


def test_a_digest_shows_links(cli: Cli) -> None:
    ran = cli("digest", "--dry-run", "--sample")
    assert ran.out.count("   https://arxiv.org/search/?query=") == 10
    assert "   https://github.com/badripatro/mamba360\n" in ran.out


@pytest.mark.usefixtures("stored")
def test_a_digest_marks_hugging_faces_summary(cli: Cli, tmp_path: Path) -> None:
    async def store() -> None:
        async with open_app(load_settings()) as app:
            now = app.clock().timestamp() - 60
            await app.papers.upsert([make_paper(title="New", arxiv_id="2401.00009", hub_summary="It is new.")], now=now)

    asyncio.run(store())
    out = cli("digest", "--dry-run").out
    assert "   It is new. (Hugging Face)\n   https://arxiv.org/abs/2401.00009\n" in out
    assert "(Hugging Face): a summary by a model there, not checked here." in out


def test_search_shows_the_best_sentence_of_each_paper(cli: Cli) -> None:
    ran = cli("search", "--sample", "-n", "2", "pipeline parallelism for giant networks")
    assert "“GPipe is an efficient, task-independent pipeline parallelism library" in " ".join(ran.out.split())
    found = read(cli, "search", "--sample", "-n", "3", "pipeline parallelism for giant networks")
    assert found["papers"][0]["sentence"].startswith("GPipe is an efficient")
    assert all(paper["sentence"] for paper in found["papers"])


def test_a_search_takes_the_filters_of_discord(cli: Cli) -> None:
    assert all(paper["code_url"] for paper in read(cli, "search", "--sample", "--with-code", "transformer")["papers"])
    assert "no papers by Hinton" in cli("search", "--sample", "--author", "Hinton", "transformer").out
    assert cli("search", "--sample", "--category", "…", "transformer").code == 2
