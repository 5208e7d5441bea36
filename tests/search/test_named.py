"""A paper that a question names can be asked about, whatever else is in the question."""

import pytest

from bot.search.engine.index import Bm25Index
from bot.search.ranking.confidence import Confidence
from bot.search.ranking.named import named_in
from bot.search.ranking.second_stage import Query
from tests.factories import make_paper
from tests.search.in_memory import search_in

STORMER = make_paper(
    title="Scaling Networks for Weather",
    abstract="We introduce Stormer, a simple transformer that forecasts the weather. It needs little tuning.",
    arxiv_id="2401.00001",
)
SPIKING = make_paper(
    title="SpikeGPT: Language with Spiking Networks",
    abstract="Spiking networks save energy. Ours writes text.",
    arxiv_id="2401.00002",
)
PANELS = make_paper(
    title="Talks in Lisbon",
    abstract="We present talks at a workshop in Lisbon. All are AND gates.",
    arxiv_id="2401.00003",
)
OTHERS = [
    make_paper(title=f"Study {n}", abstract=f"We heat BERT with kettle {n} until it whistles.", arxiv_id=f"2401.001{n}")
    for n in range(10, 40)
]
PAPERS = [STORMER, SPIKING, PANELS, *OTHERS]
INDEX = Bm25Index(PAPERS)


@pytest.mark.parametrize(
    ("question", "paper"),
    [
        ("How many GPUs are needed for Stormer?", STORMER),
        ("does Stormer run on TPUs or an H100", STORMER),
        ("whats the VRAM of spikegpt?", SPIKING),
        ("SpikeGPT on a RaspberryPi?", SPIKING),
    ],
)
def test_a_named_paper_carries_an_answer(question: str, paper: object) -> None:
    found = search_in(PAPERS, Query(question=question), limit=6, index=INDEX)
    assert found.confidence is Confidence.ANSWER
    assert found.named == (paper.key,)  # type: ignore[attr-defined]
    assert found.papers[0] == paper


@pytest.mark.parametrize(
    "question",
    [
        "What is the iPhone weather like in Lisbon?",
        "does the OnePlus take BERT",
        "salt and pepper in DALLE9",
        "stormy GPUs",
        "",
    ],
)
def test_places_common_names_and_everyday_words_name_no_paper(question: str) -> None:
    assert named_in(question, PAPERS, INDEX) == []


def test_one_side_of_a_comparison_is_not_enough() -> None:
    found = search_in(PAPERS, Query(question="Stormer vs GraphCast", compares=True), limit=6, index=INDEX)
    assert found.confidence is not Confidence.ANSWER
