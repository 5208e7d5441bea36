"""Digests whose sentences a model writes."""

from datetime import date
from pathlib import Path

from bot.digests.digest import Digest, Headline
from tests.apps import sample_app
from tests.digests.examples import make_definition
from tests.factories import make_paper
from tests.fakes.model_server import Behaviour, FakeModel, fails, faithful, says

DAY = date(2026, 11, 23)
PAPERS = [
    make_paper(
        arxiv_id=f"2610.0000{cut}",
        title=f"Paper {name}",
        abstract=f"{name} cuts errors by {cut} %. It is simple.",
        upvotes=9 - cut,
    )
    for cut, name in enumerate(["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo"], start=1)
]


async def digest_by(folder: Path, behaviour: Behaviour) -> tuple[Digest, FakeModel]:
    async with FakeModel(behaviour) as model:
        async with sample_app(folder, papers=PAPERS, openai=model.by_words) as app:
            now = app.clock().timestamp()
            return await app.digest_writer.write(make_definition(), DAY, after=now - 60, until=now), model


async def test_each_paper_gets_the_sentence_that_cites_it(tmp_path: Path) -> None:
    digest, model = await digest_by(tmp_path, faithful)
    assert [item.paper.title for item in digest.items] == [paper.title for paper in PAPERS]
    assert [item.sentence for item in digest.items] == [paper.abstract.split(" It is")[0] for paper in PAPERS]
    assert not any(item.verbatim for item in digest.items)
    assert len(model.requests) == 3, "five papers stand in one prompt, and one is for the headline"


async def test_a_sentence_that_fails_its_checks_gives_way_to_a_verbatim_one(tmp_path: Path) -> None:
    lines = says("Alder cuts errors by 77 % [1].\nBirch is good at that [2].")
    digest, _ = await digest_by(tmp_path, lines)
    assert [(item.sentence, item.verbatim) for item in digest.items[:2]] == [
        ("Alder cuts errors by 1 %.", True),
        ("Birch is good at that.", False),
    ]


async def test_a_failing_model_gives_verbatim_sentences_and_the_reason(tmp_path: Path) -> None:
    digest, _ = await digest_by(tmp_path, fails(401))
    assert all(item.verbatim for item in digest.items)
    assert digest.notice == (
        "Quoted sentences come word for word from abstracts because the model server rejected the key."
    )


async def test_a_headline_that_passes_its_checks_stands_over_the_papers_by_their_numbers(tmp_path: Path) -> None:
    async with FakeModel() as model:
        model.script(
            says("Alder cuts errors [1].\nBirch cuts errors [2].\nCedar cuts errors [3]."),
            says("Alder cuts errors by 1 % and Birch by 2 % [1][2]."),
        )
        async with sample_app(tmp_path, papers=PAPERS[:3], openai=model.by_words) as app:
            now = app.clock().timestamp()
            digest = await app.digest_writer.write(make_definition(), DAY, after=now - 60, until=now)
    assert digest.headline == Headline("Alder cuts errors by 1 % and Birch by 2 %.", (1, 2))


async def test_a_headline_that_fails_its_checks_is_left_out(tmp_path: Path) -> None:
    async with FakeModel(says("All of them cut errors by 77 % [1][2][3].")) as model:
        async with sample_app(tmp_path, papers=PAPERS[:3], openai=model.by_words) as app:
            now = app.clock().timestamp()
            digest = await app.digest_writer.write(make_definition(), DAY, after=now - 60, until=now)
    assert digest.headline is None


async def test_two_digests_with_the_same_papers_have_them_written_once(tmp_path: Path) -> None:
    async with FakeModel(faithful) as model:
        async with sample_app(tmp_path, papers=PAPERS[:2], openai=model.by_words) as app:
            now = app.clock().timestamp()
            for key in ("1", "2"):
                digest = await app.digest_writer.write(make_definition(key=key), DAY, after=now - 60, until=now)
    assert [item.verbatim for item in digest.items] == [False, False]
    assert len(model.requests) == 1


async def test_a_digest_of_extracts_asks_no_model(tmp_path: Path) -> None:
    async with FakeModel(faithful) as model:
        async with sample_app(tmp_path, papers=PAPERS, openai=model.by_words) as app:
            now = app.clock().timestamp()
            digest = await app.digest_writer.write(make_definition(writer="extracts"), DAY, after=now - 60, until=now)
    assert all(item.verbatim for item in digest.items)
    assert (model.requests, digest.notice) == ([], None)
