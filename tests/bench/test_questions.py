"""Questions made from papers."""

import random

from bench import questions as make
from tests.factories import make_paper, make_papers

SPIKES = make_paper(
    title="SpikeKettle: Whistling with Spikes",
    abstract="Kettles whistle. We propose SpikeKettle, a novel spiking network that tells whistles of copper kettles "
    "from whistles of steel kettles by their pitch. It works.",
    arxiv_id="2401.00001",
)
PLAIN = make_paper(title="On Teapots", abstract="Teapots pour. They rest.", arxiv_id="2402.00009")


def test_a_name_stands_before_the_colon_of_one_title_only() -> None:
    papers = make_papers(
        "SpikeKettle: one",
        "ALERT: two",
        "Alert: three",
        "A Whole Sentence: four",
        "no colon",
        "NADI 2020: five",
        "Whistle: six",
        "Poolingformer: seven",
        abstract="whistle",
    )
    assert sorted(make.paper_names(papers).values()) == ["Poolingformer", "SpikeKettle"]


def test_questions_about_names_have_their_papers() -> None:
    names = {"2401.00001": "SpikeKettle", "2401.00003": "LidFormer-2"}
    for question in make.named_questions(names, count=2, seed=1):
        (key,) = question.gold
        assert names[key].lower() in question.text.lower()
    (compared,) = make.compared_questions(names, count=1, seed=1)
    assert set(compared.gold) == set(names)
    assert all(name in compared.text for name in names.values())


def test_a_contribution_is_told_without_names_and_praise() -> None:
    told = make.contribution(SPIKES)
    assert told[:3] == ["a", "spiking", "network"]
    assert "SpikeKettle" not in told
    assert make.contribution(PLAIN) == []


def test_a_description_draws_a_share_of_the_words() -> None:
    (described,) = make.described_questions([SPIKES, PLAIN], count=5, seed=1)
    (remembered,) = make.remembered_questions([SPIKES, PLAIN], count=5, seed=1)
    assert described.gold == remembered.gold == (SPIKES.key,)
    told = set(make.contribution(SPIKES))
    assert len(told & set(remembered.text.split())) < len(told & set(described.text.split())) < len(told)


def test_questions_are_the_same_at_every_run() -> None:
    papers = [SPIKES, PLAIN]
    assert make.described_questions(papers, count=1, seed=4) == make.described_questions(papers, count=1, seed=4)


def test_an_invented_name_is_in_no_paper() -> None:
    tried: list[str] = []

    def first_twenty(term: str) -> bool:
        tried.append(term)
        return len(tried) <= 20

    found = make.invented_questions(first_twenty, count=5, seed=1)
    assert len(found) == 5
    assert not any(term in question.text.lower() for term in tried[:20] if len(term) > 3 for question in found)
    assert all(question.gold == () for question in found)


def test_invented_names_look_like_names() -> None:
    draw = random.Random(1)
    for _ in range(50):
        name = make.invented_name(draw)
        assert name[0].isupper()
        assert name.replace("-", "").isalnum()


def test_papers_are_taken_away_once() -> None:
    papers = [SPIKES, PLAIN, *make_papers("x", "PotNet: y", abstract=SPIKES.abstract)[1:]]
    kept, away = make.held_out(papers, count=2, seed=1)
    assert len(away) == 2
    assert {paper.key for paper in kept} | {paper.key for paper in away} == {paper.key for paper in papers}
    assert not {paper.key for paper in kept} & {paper.key for paper in away}
