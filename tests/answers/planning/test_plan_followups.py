"""Questions that need the conversation before them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.planning.followups import Turn, topic_titles, topic_words
from bot.answers.planning.plan import plan_in_code

TITLE = "UniFormer: Unified Transformer for Efficient Spatiotemporal Representation Learning"
HISTORY = (
    Turn("user", "what's uniformer"),
    Turn("assistant", f"UniFormer is a video backbone that joins 3D convolution and attention ({TITLE}, Jan 2022)."),
)
TODAY = date(2026, 2, 11)
STANDS_ALONE = """
is it possible to predict the shape of a wing
it was found that attention can oversmooth graphs
what is KettleNet?
VMFormer
papers on diffusion
what came out this week?
latest papers
anything on speech?
newest
how does SpikeGPT save energy and does it need special hardware?
papers that use knowledge distillation
2310.01234
which models are used for weather forecasting
is there a paper that predicts protein structure
"Kettles at rest"
what is contrastive learning and how does it work?
tell me about papers where they use graph networks
thanks!
explain retrieval augmented generation
models that can explain their own predictions
compare Stormer with GraphCast
how many datasets did they test BERT4Rec on?
thanks, which papers use spiking networks?
does LoRA reduce memory
a paper showing that transformers can learn in context
that survey on inference optimisation, who wrote the thing
those two visual cortex papers, braincorl and the brain encoders one. how do they differ?
how does mixture of experts routing work when its load is unbalanced
anything from as far back as 2018?
"""
NEEDS_HISTORY = """
how many parameters does it have?
what about Mamba?
How about on ImageNet?
and the code?
datasets?
who wrote it
does this paper release code?
are they open source
why?
how does it compare to BERT4Rec?
what are its limitations
is that better than MossFormer?
explain that
which of those is faster?
tell me more about the second one
what did the authors conclude
thanks! and the loss?
what else did they try
is there a repo for that one?
what's the loss?
any more like that?
who are the authors?
what hardware did they use for training
results on kinetics
nice, and how did it do on something-something?
which datasets were they using for that
and in 2023?
any like those but for text instead of pictures?
cool. separate models or the all in one, which did best?
"""


@pytest.mark.parametrize("question", NEEDS_HISTORY.strip().split("\n"))
def test_follow_ups_get_the_topic_and_keep_their_words(question: str) -> None:
    plan = plan_in_code(question, today=TODAY, history=HISTORY)
    assert plan.rewritten
    assert plan.question == f"{TITLE}: {question}"
    alone = plan_in_code(question, today=TODAY)
    assert (alone.question, alone.rewritten) == (question, False)


@pytest.mark.parametrize("question", STANDS_ALONE.strip().split("\n"))
def test_what_stands_alone_is_left_alone(question: str) -> None:
    plan = plan_in_code(question, today=TODAY, history=HISTORY)
    assert (plan.question, plan.rewritten) == (question, False)


def test_titles_that_were_kept_go_before_names_in_the_text() -> None:
    history = (Turn("user", "kettles?"), Turn("assistant", "Old Name Of Something here.", ("Kettles at Rest", "Steam")))
    assert topic_titles(history) == ("Kettles at Rest", "Steam")
    assert plan_in_code("who wrote it?", history=history).question == "Kettles at Rest, Steam: who wrote it?"


def test_names_in_an_answer() -> None:
    def named(text: str) -> tuple[str, ...]:
        return topic_titles((Turn("assistant", text),))

    assert named("Yes: MossFormer2: Combining Transformer and RNN-Free Recurrent Network (Dec 2023). It adds one.") == (
        "MossFormer2: Combining Transformer and RNN-Free Recurrent Network",
    )
    assert named("Two do it: Quantized Spike-driven Transformer (Jan 2025) and SpikeGPT.") == (
        "Quantized Spike-driven Transformer",
        "SpikeGPT",
    )
    assert named("Nothing in the store is about this.") == ()
    assert topic_titles(()) == ()


def test_the_topic_of_a_short_question_is_in_the_one_before() -> None:
    history = (
        Turn("user", "what is there in December 2023 about spiking language models?"),
        Turn("assistant", "one paper."),
        Turn("user", "ok, any code?"),
        Turn("assistant", "no."),
    )
    assert topic_words(history, today=TODAY) == ("spiking", "language", "models", "code")


def test_dates_of_a_follow_up_are_its_own() -> None:
    plan = plan_in_code("and since 2023?", today=TODAY, history=HISTORY)
    assert plan.filters.after == date(2023, 1, 1)
    assert plan.topic == f"{TITLE}: and?"


def test_a_conversation_without_a_subject_gives_no_rewrite() -> None:
    plan = plan_in_code("what about it?", history=(Turn("user", "hi?"[2:]), Turn("assistant", "")))
    assert not plan.rewritten


def test_a_pronoun_takes_the_topics_side_of_a_comparison() -> None:
    assert plan_in_code("how does it compare to BERT4Rec?", history=HISTORY).sides == (TITLE, "BERT4Rec")
    assert plan_in_code("ok. two stages or the single one, which is better?", history=HISTORY).sides == ()


_TURN = st.builds(Turn, st.sampled_from(["user", "assistant"]), st.text(), st.lists(st.text()).map(tuple))


@given(st.text(), st.dates(), st.lists(_TURN, max_size=4))
def test_any_question_and_history_give_a_plan_with_the_question_in_it(
    question: str, today: date, history: list[Turn]
) -> None:
    assert plan_in_code(question, today=today, history=history).question.endswith(question)
