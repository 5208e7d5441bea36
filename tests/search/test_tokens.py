"""What words of a question and of an abstract count as the same."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.text.tokens import LONGEST_TERM, STOP_WORDS, TOKENS_VERSION, tokenize


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPT-4", "GPT4"),
        ("Bert-4-Rec", "BERT4Rec"),
        ("self\u2011supervised", "self supervised"),
        ("kettle–whistle", "kettle-whistle"),
        ("Schrödinger", "schrodinger"),
        ("STRASSE", "straße"),
        ("ﬁlters", "filter"),
        ("kettles", "kettle"),
        ("Kettle's", "kettle"),
        ("kettle’s", "kettle"),
        ("whistling", "whistles"),
        ("(kettle)?!", "kettle"),
        ("kettleʼs", "kettle"),
        ("T5", "t5"),
        ("T-5", "t5"),
        ("T\u20115", "T5"),
        ("ViTs", "vit"),
        ("GNNs", "gnn"),
        ("LLMs", "LLM"),
        ("LMs", "lm"),
        ("GPT-4", "gpt 4"),
        ("Pokémon", "pokemon"),
        ("Pok\u0065\u0301mon", "Pokémon"),
        ("Jørgensen", "jorgensen"),
        ("Łukasz", "lukasz"),
        ("ｆｕｌｌ－ｗｉｄｔｈ", "full-width"),
        ("ket\u00adtle", "kettle"),
        ("ket\u200btle", "kettle"),
        ("\ufeffkettle", "kettle"),
        ("茶壶模型", "茶壶"),
        ("BERT模型", "bert"),
        ("ロボット", "ロボ"),
        ("딥러닝", "딥러닝"),
        ("μm", "um"),
        ("3×3", "3x3"),
        ("A*", "A-star"),
        ("PointNet++", "pointnet"),
    ],
)
def test_the_same_thing_written_differently_shares_a_term(one: str, other: str) -> None:
    assert set(tokenize(one)) & set(tokenize(other))


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("C++", "c++"),
        ("C++", "cpp"),
        ("α-divergence", "alpha-divergence"),
        ("α-divergence", "alpha divergence"),
        (r"$\alpha$-divergence", "α divergence"),
        ("β-VAE", "beta-VAE"),
        ("β‐VAE", "beta VAE"),
        ("NF-κB", "nf-kappab"),
        ("$O(N^2)$", "O(N^2)"),
        ("$O(N^2)$", "o(n²)"),
        (r"$\mathcal{O}(n^{2})$", "O(n^2)"),
        (r"\textbf{X}", "x"),
        (r"$\ell_1$-norm", "l1 norm"),
        (r"$\ell_\infty$", "l_inf"),
        (r"J{\o}rgensen", "Jørgensen"),
        (r"Schr\"{o}dinger", "Schrödinger"),
        (r"Erd\H{o}s and \v{S}koda, \c{c}", "Erdős Škoda ç"),
        (r"S$^2$AC", "s2ac"),
        (r"$\sqrt{T}\log T$", "sqrt T log T"),
        (r"50\% of them", "50% of them"),
        ("multi-modal", "multimodal"),
        ("multi modal", "multimodal"),
        ("pre\u2010training", "pretraining"),
        ("Non linear", "nonlinear"),
        ("mixture\u2011of\u2011experts", "mixture-of-experts"),
        ("self–supervised", "self supervised"),
    ],
)
def test_all_terms_of_what_is_typed_stand_in_what_is_written(written: str, typed: str) -> None:
    assert tokenize(typed)
    assert set(tokenize(typed)) <= set(tokenize(written))


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("self-supervised", "selfsupervised"),
        ("mixture-of-experts", "mixture of experts"),
        ("mixture of experts", "mixture-of-experts"),
    ],
)
def test_closed_and_open_compounds_share_all_their_parts(written: str, typed: str) -> None:
    parts = {"self", "supervis"} if "self" in written else {"mixtur", "expert"}
    assert parts <= set(tokenize(written))
    assert parts <= set(tokenize(typed))


@pytest.mark.parametrize(
    ("one", "other"),
    [("C++", "C"), ("C#", "C"), ("C++", "C#"), ("F#", "F"), ("selfish", "self"), ("GPS", "GP"), ("A*", "star")],
)
def test_different_things_share_no_term(one: str, other: str) -> None:
    assert tokenize(one)
    assert not set(tokenize(one)) & set(tokenize(other))


def test_a_prefix_before_a_stop_word_stays_alone() -> None:
    assert tokenize("pre and post") == ["pre", "post"]


def test_prices_are_no_formula() -> None:
    assert tokenize("$5 kettles and $6 pots") == ["5", "kettl", "6", "pot"]


def test_words_of_greek_stay_greek() -> None:
    assert tokenize("νευρων α") == ["νευρων", "alpha"]


def test_long_words_are_cut() -> None:
    assert tokenize("k" * 50_000) == ["k" * LONGEST_TERM]
    assert max(map(len, tokenize("a-1" * 20_000))) <= LONGEST_TERM


PROBE = (
    r"The ViTs' self-supervised pre-training: GPT-4, BERT4Rec & T-5 — mixture-of-experts (LLMs, 3.5×) in C++/C#; "
    r"α-divergence, $O(N^2)$, $\ell_1$ \textbf{norms}, Schrödinger’s ﬁlters modelled behaviours, 茶壶模型, multi modal."
)


def test_the_terms_are_those_of_this_version() -> None:
    pinned = (
        "vit self supervis pretrain gpt4 gpt bert4rec t5 mixtureofexpert mixtur expert llm 3 5 cplusplus csharp "
        "alpha diverg o n2 l1 norm schroding filter model behavior 茶壶 壶模 模型 multimod"
    )
    assert (TOKENS_VERSION, " ".join(tokenize(PROBE))) == (3, pinned), (
        "The terms of a text changed. Raise TOKENS_VERSION in bot/search/tokens.py, so that stores index anew what "
        "they hold, and pin the new terms here."
    )


def test_a_compound_gives_its_parts() -> None:
    assert tokenize("spike-driven") == ["spike", "driven"]


@pytest.mark.parametrize(("typed", "written"), [("Bert-4-Rec", "BERT4Rec"), ("DB-Conformer", "DBConformer")])
def test_a_compound_that_is_written_both_ways_gives_the_whole_as_well(typed: str, written: str) -> None:
    assert tokenize(written)[0] == tokenize(typed)[0]


@pytest.mark.parametrize("text", ["", "   ", "?!…", "what is the", "Could you tell me about any papers that show"])
def test_words_with_which_people_ask_are_no_terms(text: str) -> None:
    assert tokenize(text) == []


def test_terms_keep_their_order_and_repetitions() -> None:
    assert tokenize("kettle, pot and kettle") == ["kettl", "pot", "kettl"]


def test_other_scripts_give_terms_too() -> None:
    assert tokenize("茶壶 чайник") == ["茶壶", "чаиник"]


@given(st.text())
def test_any_text_gives_words_only(text: str) -> None:
    for term in tokenize(text):
        assert term
        assert not any(char.isspace() for char in term)


def test_no_stop_word_stands_alone() -> None:
    assert all(tokenize(word) == [] for word in STOP_WORDS)


async def test_threads_agree() -> None:
    texts = [f"whistling kettles number {number}" for number in range(200)]
    found = await asyncio.gather(*(asyncio.to_thread(tokenize, text) for text in texts))
    assert found == [tokenize(text) for text in texts]
