"""Figures and names in formulas, as sources have them and as models retell them."""

import pytest

from bot.answers.grounding.check import Grounder, Problem
from bot.answers.grounding.figures import find_figures
from bot.answers.grounding.formulas import without_formulas
from tests.factories import make_paper


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (r"an error of $10^{-3}$", ["0.001"]),
        (r"a rate of $3 \times 10^{-4}$", ["0.0003"]),
        ("10^6 steps", ["1000000"]),
        ("a rate of 1e-3, then 2.5e-4", ["0.001", "0.00025"]),
        ("an error of 10⁻³", ["0.001"]),
        (r"a gain of $\times 4$", ["4"]),
        (r"\textbf{84.2}\% top-1", ["84.2"]),
        (r"$\mathbf{79.3}\%$ and \underline{91.2}", ["79.3", "91.2"]),
        (r"$2{,}000$ images", ["2000"]),
        (r"from 74.4\%$\rightarrow$82.1\%", ["74.4", "82.1"]),
        (r"74.4%\rightarrow82.1%", ["74.4", "82.1"]),
        (r"$1.5\!\times$ faster", ["1.5"]),
        (r"$\sim 4\times$ faster", ["4"]),
        (r"${\sim}4\times$ and $\approx 3.5$", ["4", "3.5"]),
        ("it costs US$5 and $6 a month", ["5", "6"]),
        (r"3.72\sim4.11\times", ["3.72", "4.11"]),
        ("a 256x256 grid", ["256", "256"]),
        ("10^40 states", ["10", "40"]),
        ("a grid of 5² cells", ["5", "2"]),
    ],
)
def test_figures_are_read_out_of_formulas(text: str, values: list[str]) -> None:
    assert [figure.value for figure in find_figures(text)] == values


@pytest.mark.parametrize(
    "text", ["", "no formula", "train_x and file_name", "a 5% gain", "C:\\dir", "x^{", "$", "10^{"]
)
def test_what_is_no_formula_stays(text: str) -> None:
    assert without_formulas(text).strip() == text.strip()


SOURCE = make_paper(
    title="Linear Kettles",
    abstract=r"We present \textsc{KettleNet}, whose cost is $\mathcal{O}(n)$ instead of $O(n^2)$. "
    r"On \textbf{PotBench} it reaches \textbf{84.2}\% accuracy, a speed-up of $\times 4$, at a rate of $10^{-3}$. "
    r"Memory falls from $2{,}000$ to $1.5\times10^{2}$ MB.",
)


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("KettleNet costs O(n) instead of O(n²) [1].", None),
        ("KettleNet reaches 84.2% accuracy on PotBench [1].", None),
        ("KettleNet reaches an accuracy of 84.2 percent on PotBench [1].", None),
        ("On PotBench it has a speed-up of 4x [1].", None),
        ("On PotBench it reaches a speed-up of 4 times [1].", None),
        ("It reaches this at a rate of 0.001 [1].", None),
        ("It reaches this at a rate of 10^-3 [1].", None),
        ("It reaches this at a rate of 1e-3 [1].", None),
        ("Memory falls from 2,000 to 150 MB [1].", None),
        ("KettleNet reaches 86.2% accuracy on PotBench [1].", Problem.FIGURE),
        ("It reaches this at a rate of 10^-4 [1].", Problem.FIGURE),
        ("On PotBench it has a speed-up of 3x [1].", Problem.FIGURE),
        ("KettleNet reaches 84.2% accuracy on PanBench [1].", Problem.NAME),
    ],
)
def test_sentences_are_checked_against_formulas(sentence: str, problem: Problem | None) -> None:
    checked = Grounder({1: SOURCE}, weight=lambda _term: 1.0).check(sentence)
    assert checked.problems == (() if problem is None else (problem,))
