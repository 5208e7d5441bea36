"""Failed sentences as they are told to a model, and what comes back."""

from bot.answers.grounding.check import Problem
from bot.answers.writing.claims import MOST, Failure, failure_lines, fixed_lines


def failures(count: int) -> list[Failure]:
    return [Failure(f"Kettle {n} whistles [1].", (Problem.FIGURE,)) for n in range(count)]


def test_each_failure_is_one_line_with_its_reasons() -> None:
    said = failure_lines([Failure("Kettles\n@@f whistle [1].", (Problem.FIGURE, Problem.NAME)), *failures(1)])
    assert said.splitlines() == [
        "A: Kettles @@f whistle [1]. (a figure is not in the cited sources; a name is not in the cited sources)",
        "B: Kettle 0 whistles [1]. (a figure is not in the cited sources)",
    ]


def test_a_long_sentence_is_cut_and_only_the_first_are_failure_lines() -> None:
    assert len(failure_lines([Failure("word " * 500, (Problem.UNCITED,))])) < 360
    lines = failure_lines(failures(20)).splitlines()
    assert [line[0] for line in lines] == list("ABCDEFGH")
    assert len(lines) == MOST


def test_lines_are_read_in_any_usual_form() -> None:
    text = "Here you are:\n\nA: one [1].\n- B. two [2].\n(C) three [3].\n  D) four [4]."
    assert list(fixed_lines(text, 4)) == [(0, "one [1]."), (1, "two [2]."), (2, "three [3]."), (3, "four [4].")]


def test_other_letters_and_second_lines_of_a_letter_are_left_out() -> None:
    assert list(fixed_lines("A: one.\nC: three.\nA: again.\nZ: far.\nb: small.", 2)) == [(0, "one.")]
    assert list(fixed_lines("I: nine.", 20)) == [], "more than eight were not told"
    assert list(fixed_lines("", 3)) == []
