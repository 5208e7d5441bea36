"""What each sentence of an abstract tells."""

import pytest

from bot.answers.extracts.slots import FITS, Slot, slot_scores

ABSTRACT = (
    "Kettles are found in every kitchen.",
    "However, telling their whistles apart remains a challenging problem.",
    "In this paper, we propose KettleNet, a network for telling whistles apart.",
    "It consists of a lid module and a spout module.",
    "We train it on WhistleBench, a dataset of 1,200 recordings.",
    "Experiments show that KettleNet outperforms PotNet by 3.5%.",
    "It needs 4x fewer parameters and trains on one GPU.",
    "A limitation of our method is that it needs a quiet kitchen.",
    "Code is available at https://example.org/kettle.",
)


def told(*sentences: str) -> list[set[Slot]]:
    return [{slot for slot, score in scores.items() if score >= FITS} for scores in slot_scores(sentences)]


def test_each_sentence_of_a_usual_abstract_is_told_apart() -> None:
    slots = told(*ABSTRACT)
    assert slots[0] == set()
    assert slots[1] == {Slot.PROBLEM}
    assert slots[2] == {Slot.METHOD}
    assert slots[3] == {Slot.METHOD}
    assert Slot.DATA in slots[4]
    assert slots[5] == {Slot.RESULT}
    assert Slot.COST in slots[6]
    assert Slot.LIMITS in slots[7]
    assert slots[8] == {Slot.CODE}


def test_scores_lie_between_0_and_1() -> None:
    assert all(0 < score <= 1 for scores in slot_scores(ABSTRACT) for score in scores.values())


def test_what_others_achieved_is_no_result() -> None:
    assert Slot.RESULT not in told("PotNet achieved state-of-the-art accuracy.", "We propose KettleNet.")[0]


def test_the_cost_of_earlier_work_is_a_problem() -> None:
    assert told("However, PotNet requires expensive GPUs.", "We propose KettleNet.")[0] == {Slot.PROBLEM}


def test_what_is_mended_next_is_no_limit() -> None:
    opening = "We propose KettleNet."
    limit = "The network still suffers from steam."
    assert Slot.LIMITS in told(opening, limit)[1]
    assert Slot.LIMITS not in told(opening, limit, "To mitigate this issue, we add a fan.")[1]


@pytest.mark.parametrize("sentences", [(), ("",), ("Kettles",), ("我们提出一种水壶。",)])
def test_odd_abstracts_do_no_harm(sentences: tuple[str, ...]) -> None:
    assert len(slot_scores(sentences)) == len(sentences)
