"""The sides of comparisons."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.planning.plan import Intent, plan_in_code, planned
from bot.answers.planning.planner import plan_from_json
from bot.answers.planning.sides import MAX_SIDES, find_sides, shared_context


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "SpikeGPT vs the quantised spike driven transformer, what is saved",
            "SpikeGPT|quantised spike driven transformer",
        ),
        ("BERT versus GPT-2: which is faster?", "BERT|GPT-2"),
        ("PipeDream vs. GPipe vs Megatron?", "PipeDream|GPipe|Megatron"),
        ("what is the difference in speed of Mamba vs RWKV on long text", "Mamba|RWKV"),
        ("CNNs vs transformers for small data", "CNNs|transformers"),
        ("compare Stormer and GraphCast", "Stormer|GraphCast"),
        ("Can you compare Stormer with GraphCast on lead time?", "Stormer|GraphCast"),
        ("compare SiT to DeiT-LT and BiViT", "SiT|DeiT-LT|BiViT"),
        ("please compare A1, B2, C3 and D4.", "A1|B2|C3|D4"),
        ("a comparison of LoRA and QLoRA", "LoRA|QLoRA"),
        ("what's the difference between MossFormer and MossFormer2?", "MossFormer|MossFormer2"),
        ("trade-offs between pruning and quantization", "pruning|quantization"),
        ("dbconformer / ClST: how does each one mix convs with attention?", "dbconformer|ClST"),
        ("Performer or Linformer, which one is faster?", "Performer|Linformer"),
        ("which is better, Performer or Linformer?", "Performer|Linformer"),
        ("should I use LoRA or full finetuning?", "LoRA|full finetuning"),
        ("how does Mamba differ from transformers?", "Mamba|transformers"),
        ("how do Mamba and RWKV differ?", "Mamba|RWKV"),
        ("how is flow matching different from diffusion?", "flow matching|diffusion"),
        ("does RoPE beat ALiBi?", "RoPE|ALiBi"),
        ("is Stormer better than GraphCast?", "Stormer|GraphCast"),
        ("both mossformer2 and that tacotron-ish TTS one get rid of RNNs, how", "mossformer2|tacotron-ish TTS"),
        ("SiT and DeiT-LT both distil, what's the teacher", "SiT|DeiT-LT"),
        ("STEP and SpikeGPT: each one's energy use?", "STEP|SpikeGPT"),
        (
            "those two cortex papers, braincorl and the brain encoders one. how do they differ?",
            "braincorl|brain encoders",
        ),
        ("what data did the weather one use and what did the traffic one use", "weather|traffic"),
        ("compare BERT and GPT since 2020", "BERT|GPT"),
    ],
)
def test_sides_in_the_words_of_the_question(question: str, sides: str) -> None:
    assert find_sides(question) == tuple(sides.split("|"))
    assert plan_in_code(question).intent is Intent.COMPARE


@pytest.mark.parametrize(
    "question",
    [
        "speech and audio papers",
        "both speech and audio",
        "does it work for both images and video",
        "train and test accuracy of BiViT",
        "papers that compare CNNs and transformers",
        "which papers compare CNNs with transformers",
        "is it better than the other methods?",
        "GPipe = a model or a library?",
        "dSVA - is that an attack or a defence?",
        "text to image and image to text",
        "bridging the gap between vision transformers and CNNs",
        "compare the two approaches",
        "how does the paper compare",
        "list every paper on spiking nets / SNNs",
        "whats good on RLHF / DPO for chatbots",
        "is Bert-4-Rec just BERT for recommender systems or what",
        "in the co-citation embeddings paper (the MoE one) what loss do they train with",
        "compare a, b, c, d, e and f",
        "vs",
        "DMS3 protein enables Pol V transcription",
        "compare and contrast",
    ],
)
def test_not_every_and_is_a_comparison(question: str) -> None:
    assert find_sides(question) == ()


def test_a_pronoun_is_the_topic() -> None:
    assert find_sides("how does it compare to Performer?") == ()
    assert find_sides("how does it compare to Performer?", topic="UniFormer") == ("UniFormer", "Performer")
    assert find_sides("compare this paper with Performer", topic="UniFormer") == ("UniFormer", "Performer")


_WORDS = (
    "compare A1 B2 vs versus and or between with the difference both one paper those two which better than / , : it"
)


@given(st.one_of(st.text(), st.lists(st.sampled_from(_WORDS.split()), max_size=20).map(" ".join)))
def test_any_text_gives_none_or_two_to_five(question: str) -> None:
    sides = find_sides(question, topic="UniFormer")
    assert not sides or 2 <= len(sides) <= MAX_SIDES
    assert len(set(sides)) == len(sides)


@pytest.mark.parametrize(
    ("question", "context"),
    [
        ("which is better for document layout analysis, graph based or transformer?", "document layout analysis"),
        ("compare CNNs and transformers for EEG decoding", "eeg decoding"),
        ("In spiking networks, is rate coding better than temporal coding?", "spiking networks"),
        ("how do diffusion models differ from GANs in image editing?", "image editing"),
        ("pruning vs quantization in terms of speed", ""),
        ("SpikeGPT vs GPipe", ""),
        ("which is better in general, LoRA or full finetuning?", ""),
    ],
)
def test_what_the_sides_are_compared_for(question: str, context: str) -> None:
    assert shared_context(question, find_sides(question)) == context


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("pruning or quantization for edge devices?", "pruning|quantization"),
        ("GPT-2 or BERT?", "GPT-2|BERT"),
        ("is LoRA or QLoRA better for small GPUs?", "LoRA|QLoRA"),
        ("Mamba better than transformers?", "Mamba|transformers"),
        ("advantages of Performer over Linformer", "Performer|Linformer"),
        ("Performer compared to Linformer", "Performer|Linformer"),
        ("why use RoPE instead of ALiBi?", "RoPE|ALiBi"),
        ("what do GPipe and PipeDream have in common?", "GPipe|PipeDream"),
        ("what is faster: Mamba or RWKV", "Mamba|RWKV"),
        ("Stormer vs Pangu-Weather accuracy", "Stormer|Pangu-Weather"),
        ("GPipe vs SpikeGPT memory use", "GPipe|SpikeGPT"),
        ("Was ist der Unterschied zwischen Mamba und RWKV?", "Mamba|RWKV"),
        ("worin unterscheiden sich GPipe und PipeDream?", "GPipe|PipeDream"),
        ("wie unterscheidet sich Mamba von RWKV?", "Mamba|RWKV"),
        ("Ist LoRA besser als QLoRA?", "LoRA|QLoRA"),
        ("was ist besser für EEG, CNNs oder Transformer?", "CNNs|Transformer"),
        ("Mamba oder RWKV?", "Mamba|RWKV"),
        ("Mamba im Vergleich zu RWKV", "Mamba|RWKV"),
        ("quelle est la différence entre LoRA et QLoRA ?", "LoRA|QLoRA"),
        ("quelle difference entre le pruning et la quantization", "pruning|quantization"),
        ("en quoi Mamba diffère-t-il de RWKV ?", "Mamba|RWKV"),
        ("LoRA est-il meilleur que QLoRA ?", "LoRA|QLoRA"),
        ("lequel est le meilleur, LoRA ou QLoRA ?", "LoRA|QLoRA"),
        ("Mamba par rapport à RWKV", "Mamba|RWKV"),
    ],
)
def test_sides_in_any_wording(question: str, sides: str) -> None:
    assert find_sides(question) == tuple(sides.split("|"))


@pytest.mark.parametrize(
    "question",
    [
        "what were the two opinion scores of the transformer tts paper, theirs and the human one?",
        "how does theirs compare with the human one",
        "Men are more susceptible to pneumonia when compared to women.",
        "Rotator cuff exercises are more effective than general exercise therapy.",
        "papers on BERT or GPT?",
        "is it open source or not",
        "true or false?",
        "anything on speech or audio?",
        "papers that use RoPE instead of ALiBi",
        "gibt es Papers zu BERT oder GPT?",
        "Impfstoffe gegen Viren",
        "oui ou non ?",
        "qu'est-ce que LoRA ?",
    ],
)
def test_other_wordings_compare_nothing(question: str) -> None:
    assert find_sides(question) == ()


@pytest.mark.parametrize(
    ("question", "context"),
    [
        ("pruning or quantization for edge devices?", "edge devices"),
        ("graph-based or transformer for document layout analysis", "document layout analysis"),
        ("was ist besser für EEG, CNNs oder Transformer?", "eeg"),
        ("lequel est le meilleur pour EEG, LoRA ou QLoRA ?", "eeg"),
        ("what do GPipe and PipeDream have in common?", ""),
    ],
)
def test_what_sides_are_compared_for_in_any_wording(question: str, context: str) -> None:
    assert shared_context(question, find_sides(question)) == context


VETO = {"standalone": "", "keywords": ["weather"], "intent": "question", "sides": []}


def _sides(question: str, **fields: object) -> tuple[str, ...]:
    by_model = plan_from_json(json.dumps({**VETO, **fields}), question=question)
    assert by_model is not None
    return planned(plan_in_code(question), by_model, today=date(2026, 11, 28), said=question).sides


def test_a_model_may_say_that_nothing_is_compared() -> None:
    assert _sides("Stormer or SpikeGPT?") == ()
    assert _sides("Stormer or SpikeGPT?", intent="compare") == ("Stormer", "SpikeGPT")


def test_a_model_doesnt_overrule_a_word_that_says_so() -> None:
    for asked in ("Stormer vs SpikeGPT", "difference between Stormer and SpikeGPT"):
        assert _sides(asked) == ("Stormer", "SpikeGPT")


def test_a_model_invents_no_sides() -> None:
    asked = "how good is the transformer TTS paper's opinion score?"
    assert _sides(asked, intent="compare", sides=["transformer TTS", "human speech"]) == ()
    assert _sides(asked, intent="compare", sides=["transformer TTS", "opinion score"]) == (
        "transformer TTS",
        "opinion score",
    )
