"""LaTeX as members read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.latex import readable


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"in $O(n^2)$ time", "in O(n²) time"),
        ("in O(n^2) time", "in O(n²) time"),
        (r"$\mathcal{O}(N \log N)$", "𝒪(N log N)"),
        (r"\alpha and \beta", "α and β"),
        (r"$x_{ij}^{2}$", "xᵢⱼ²"),
        (r"\(\ell_1\) norm in $\mathbb{R}^d$", "ℓ₁ norm in ℝᵈ"),
        (r"$3\times$ faster than $10^{-3}$", "3× faster than 10⁻³"),
        (r"\textbf{Kettle} nets, 50\% of them", "Kettle nets, 50% of them"),
    ],
)
def test_formulas_and_commands_are_readable(latex: str, shown: str) -> None:
    assert readable(latex) == shown


@pytest.mark.parametrize(
    "plain",
    [
        "It costs $5 and $6 a month",
        "US$5 to US$10",
        "$100K to $200K budgets",
        "from $5 million$ on",
        "the price $p and $q of",
        r"C:\temp\files",
        r"\foo stays",
        "train_x & more, ~50",
    ],
)
def test_money_paths_and_names_stay(plain: str) -> None:
    assert readable(plain) == plain


@given(st.text(alphabet="$\\^_{}()ab12 alphfrc[]%", max_size=60))
def test_whatever_comes_gives_a_text(text: str) -> None:
    assert isinstance(readable(text), str)
