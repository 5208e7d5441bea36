"""What a good model naturally writes: true sentences in its own words, each beside a false one that must not pass."""

import pytest

from bot.answers.grounding.check import Grounder, Problem
from bot.models import Paper
from bot.search.engine.index import Bm25Index
from tests.factories import make_paper

KETTLE = make_paper(
    title="KettleNet: Spouts for Convolutional Neural Networks",
    abstract=(
        "We present KettleNet, a convolutional neural network whose boiling network is trained on ImageNet-1K. "
        "It reaches 60.9% top-1 accuracy with 45M parameters and 200k recordings of 1,888 kettles. "
        "Compared with PotNet it reduces memory by a factor of 10,000 and training time by a factor of 3. "
        "The energy falls by an order of magnitude, and the noise is halved. "
        "On the datasets SpoutSet, LidSet, and SteamSet it is robust. "
        "PotNet gets 40.4 AP, LidNet 36.3 AP. Code: https://github.com/kettles/kettlenet."
    ),
)
POT = make_paper(
    title="Pots", abstract="PotBench has 85 tasks and 12 languages of cooking. Boiling is hard.", arxiv_id="2401.00002"
)
GROUNDER = Grounder({1: KETTLE, 2: POT}, weight=Bm25Index([KETTLE, POT]).idf)


def problems(sentence: str) -> tuple[Problem, ...]:
    return GROUNDER.check(sentence).problems


@pytest.mark.parametrize(
    "sentence",
    [
        "Yes, the code of KettleNet is on GitHub [1].",
        "On ImageNet, KettleNet reaches 60.9% top-1 accuracy [1].",
        "KettleNet is a CNN [1].",
        "KettleNet has 45 million parameters [1].",
        "KettleNet was trained on 200,000 recordings [1].",
        "KettleNet was trained on recordings of about 1,900 kettles [1].",
        "KettleNet reaches roughly 61% top-1 accuracy [1].",
        "KettleNet cuts the energy tenfold [1].",
        "KettleNet's energy falls by 10 times [1].",
        "KettleNet's noise falls by 50% [1].",
        "KettleNet is robust on three datasets [1].",
        "KettleNet needs 3x less training time than PotNet [1].",
        "KettleNet reduces training time by a factor of 3 [1].",
        "PotNet gets 40.4 AP, 4.1 points more than LidNet [1].",
        "Both PotNet and LidNet get AP [1].",
    ],
)
def test_figures_and_names_said_in_another_way_pass(sentence: str) -> None:
    assert problems(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("The code of PotBench is on GitHub [2].", Problem.NAME),
        ("On COCO, KettleNet reaches 60.9% top-1 accuracy [1].", Problem.NAME),
        ("KettleNet is a GNN [1].", Problem.NAME),
        ("KettleNet has 45 billion parameters [1].", Problem.FIGURE),
        ("KettleNet was trained on 20,000 recordings [1].", Problem.FIGURE),
        ("KettleNet was trained on recordings of about 1,700 kettles [1].", Problem.FIGURE),
        ("KettleNet was trained on recordings of 1,900 kettles [1].", Problem.FIGURE),
        ("KettleNet reaches roughly 63% top-1 accuracy [1].", Problem.FIGURE),
        ("KettleNet cuts the energy twentyfold [1].", Problem.FIGURE),
        ("KettleNet's noise falls by 40% [1].", Problem.FIGURE),
        ("KettleNet is robust on four datasets [1].", Problem.FIGURE),
        ("KettleNet needs 10,000x less training time than PotNet [1].", Problem.MISPLACED),
        ("KettleNet reduces memory by a factor of 3 and training time by a factor of 10,000 [1].", Problem.MISPLACED),
        ("PotNet gets 40.4 AP, 5.1 points more than LidNet [1].", Problem.FIGURE),
    ],
)
def test_the_same_with_another_figure_or_name_does_not(sentence: str, problem: Problem) -> None:
    assert problems(sentence) == (problem,)


@pytest.mark.parametrize(
    "sentence",
    [
        "The abstract doesn't say how many GPUs were used [1].",
        "Neither abstract measures the latency on a Raspberry Pi [1][2].",
        "None of these papers mentions ChatGPT [1][2].",
        "The abstract gives no speed in frames; it only counts parameters [1].",
        "The authors do not link to code [2].",
    ],
)
def test_what_an_abstract_does_not_state_may_be_said(sentence: str) -> None:
    checked = GROUNDER.check(sentence)
    assert checked.problems == ()


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("The abstract doesn't say how many parameters it has [1].", Problem.ABSENCE),
        ("The abstract gives no numbers [1].", Problem.ABSENCE),
        ("The abstract doesn't mention SpoutSet or LidSet [1].", Problem.ABSENCE),
        ("The abstract doesn't link to any code [1].", Problem.ABSENCE),
        ("Neither abstract says how many tasks there are [1][2].", Problem.ABSENCE),
        ("The abstract gives no speed; it has 46M parameters [1].", Problem.FIGURE),
        ("The abstract gives no speed, but it beats GPT-5 [1].", Problem.NAME),
        ("The abstract doesn't say “kettles boil over at night” [1].", Problem.QUOTE),
    ],
)
def test_what_an_abstract_states_may_not_be_said_to_be_missing(sentence: str, problem: Problem) -> None:
    assert problem in problems(sentence)


def test_what_is_not_stated_has_no_evidence() -> None:
    assert GROUNDER.check("The abstract doesn't say how many GPUs were used [1].").evidence == ()
    both = GROUNDER.check("The abstract gives no speed; it has 45M parameters [1].")
    assert "45M parameters" in both.evidence[0].sentence


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Wie viele Parameter braucht KettleNet?", "KettleNet erreicht 60,9 % mit 45 Millionen Parametern [1]."),
        ("Wie gut ist es?", "Die CNN-Architektur kommt auf ImageNet auf eine Top-1-Genauigkeit von 60,9 % [1]."),
        ("Wie gut ist es?", "Wie viele Stunden das Training braucht, steht nicht im Abstract [1]."),
        ("Quels sont les résultats ?", "Le gain de l'architecture sur ImageNet est de 60,9 % [1]."),
        ("它的效果怎么样？", "该卷积神经网络的训练内存更少 [1]。"),
        ("PotBench 有多少任务？", "PotBench 有 85 个任务、12 种语言 [2]。"),
    ],
)
def test_sentences_of_other_languages_pass(question: str, sentence: str) -> None:
    assert _asked(question).check(sentence).problems == ()


@pytest.mark.parametrize(
    ("question", "sentence", "problem"),
    [
        (
            "Wie viele Parameter braucht es?",
            "KettleNet erreicht 61,9 % mit 45 Millionen Parametern [1].",
            Problem.FIGURE,
        ),
        ("Wie gut ist es?", "Die GNN-Architektur kommt auf eine Genauigkeit von 60,9 % [1].", Problem.NAME),
        ("Quels sont les résultats ?", "Le gain de Lempitsky sur ImageNet est de 60,9 % [1].", Problem.NAME),
        ("它的效果怎么样？", "今天天气很好 [1]。", Problem.UNSUPPORTED),
        ("PotBench 有多少任务？", "PotBench 有 12 个任务、85 种语言 [2]。", Problem.MISPLACED),
    ],
)
def test_false_ones_of_other_languages_do_not(question: str, sentence: str, problem: Problem) -> None:
    assert _asked(question).check(sentence).problems == (problem,)


def _asked(question: str) -> Grounder:
    sources: dict[int, Paper] = {1: KETTLE, 2: POT}
    return Grounder(sources, weight=Bm25Index([KETTLE, POT]).idf, request=question)
