"""Follow-ups in German and French."""

import pytest

from bot.answers.planning.followups import is_followup, needs_history

SAID = ["what is GPipe?", "GPipe: Efficient Training of Giant Neural Networks"]


@pytest.mark.parametrize(
    "question",
    [
        "hat es Code?",
        "und die Trainingskosten?",
        "wie schnell ist es?",
        "was kostet das Training davon?",
        "was ist mit dem Code?",
        "fasse dieses Paper zusammen",
        "et son coût d'entraînement ?",
        "a-t-il du code ?",
        "est-ce qu'il a du code ?",
        "cet article a du code ?",
        "quels sont ses résultats ?",
        "qui sont les auteurs ?",
    ],
)
def test_a_pronoun_or_an_opener_points_back(question: str) -> None:
    assert needs_history(question)
    assert is_followup(question, SAID)


@pytest.mark.parametrize("question", ["ist der Code öffentlich?", "was ist die Methode?", "le code est public ?"])
def test_a_short_question_goes_on_with_what_was_said(question: str) -> None:
    assert not needs_history(question)
    assert is_followup(question, SAID)


@pytest.mark.parametrize(
    "question",
    [
        "gibt es Papers zu LoRA?",
        "was ist Pruning?",
        "das Paper zu Pruning",
        "wie funktioniert Quantisierung von großen Modellen?",
        "Was ist Stormer und wie weit sagt es das Wetter voraus?",
        "y a-t-il des articles sur LoRA ?",
        "qu'est-ce que le dropout ?",
        "Comment détecter les hallucinations des LLM ?",
        "LoRA est-il meilleur que QLoRA ?",
        "how does ES compare to RL on Atari games?",
        "Devlin et al. 2019 on masked language models",
    ],
)
def test_a_question_of_its_own_stands_alone(question: str) -> None:
    assert not needs_history(question)
    assert not is_followup(question, SAID)
