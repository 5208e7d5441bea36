"""What is wanted done: papers saved, topics followed."""

import time

import pytest

from bot.answers.events import Action
from bot.answers.planning.actions import ALL_SHOWN, Order, find_order, split_order
from bot.answers.planning.imperatives import find_imperative, split_imperatives


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("save GPipe", "GPipe"),
        ("can you bookmark 2312.03876 please?", "2312.03876"),
        ("add SpikeGPT to my reading list", "SpikeGPT"),
        ("save the paper “Attention Is All You Need”", "Attention Is All You Need"),
        ("speichere GPipe", "GPipe"),
        ("merke dir bitte Stormer", "Stormer"),
        ("kannst du GPipe speichern?", "GPipe"),
        ("füge GPipe zu meiner Liste hinzu", "GPipe"),
        ("enregistre l'article GPipe", "GPipe"),
        ("ajoute GPipe à mes favoris stp", "GPipe"),
    ],
)
def test_a_paper_is_to_be_saved(message: str, subject: str) -> None:
    assert find_order(message) == Order(Action.SAVE, subject)


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("save it", 1),
        ("save this paper for me", 1),
        ("speichere das", 1),
        ("enregistre-le", 1),
        ("enregistre cet article", 1),
        ("save the second one", 2),
        ("save [3]", 3),
        ("merk dir das zweite", 2),
        ("save them all", ALL_SHOWN),
        ("speichere beide", ALL_SHOWN),
        ("enregistre-les", ALL_SHOWN),
    ],
)
def test_what_was_shown_is_to_be_saved(message: str, shown: int) -> None:
    assert find_order(message) == Order(Action.SAVE, shown=shown)


@pytest.mark.parametrize(
    ("message", "order"),
    [
        ("follow diffusion models", Order(Action.FOLLOW, "diffusion models")),
        ("subscribe me to spiking transformers", Order(Action.FOLLOW, "spiking transformers")),
        ("follow papers by Yann LeCun", Order(Action.FOLLOW, "Yann LeCun", kind="author")),
        ("follow new papers from DeepMind", Order(Action.FOLLOW, "DeepMind", kind="organisation")),
        ("notify me about new papers on pruning", Order(Action.FOLLOW, "pruning", kind="topic")),
        ("follow the paper GPipe", Order(Action.FOLLOW, "GPipe", kind="paper")),
        ("follow it", Order(Action.FOLLOW, shown=1, kind="paper")),
        ("folge dem Thema Diffusion", Order(Action.FOLLOW, "Diffusion", kind="topic")),
        ("abonniere spiking transformers", Order(Action.FOLLOW, "spiking transformers")),
        ("suis les articles sur la diffusion", Order(Action.FOLLOW, "diffusion", kind="topic")),
        ("abonne-moi à LoRA", Order(Action.FOLLOW, "LoRA")),
        ("unfollow diffusion models", Order(Action.UNFOLLOW, "diffusion models")),
        ("stop following LoRA", Order(Action.UNFOLLOW, "LoRA")),
        ("folge LoRA nicht mehr", Order(Action.UNFOLLOW, "LoRA")),
        ("désabonne-moi de LoRA", Order(Action.UNFOLLOW, "LoRA")),
        ("remove GPipe from my saved papers", Order(Action.UNSAVE, "GPipe")),
        ("my saved papers", Order(Action.SHOW_SAVED)),
        ("was habe ich gespeichert?", Order(Action.SHOW_SAVED)),
        ("what do I follow?", Order(Action.SHOW_FOLLOWED)),
        ("how do I save a paper?", Order(Action.SAVE)),
        ("wie kann ich einem Thema folgen?", Order(Action.FOLLOW)),
    ],
)
def test_other_orders(message: str, order: Order) -> None:
    assert find_order(message) == order


@pytest.mark.parametrize(
    "message",
    [
        "how do models save memory?",
        "how do models prune and save memory",
        "follow up on GPipe",
        "which papers follow LoRA?",
        "kann man Modelle speichern?",
        "Modelle komprimieren und speichern",
        "tell me about new papers on LoRA",
        "je suis perdu",
        "what is GPipe?",
        "",
    ],
)
def test_questions_order_nothing(message: str) -> None:
    assert find_order(message) is None
    assert split_order(message) is None


@pytest.mark.parametrize(
    ("message", "first", "order"),
    [
        ("summarise GPipe and save it", "summarise GPipe", Order(Action.SAVE, shown=1)),
        ("what is GPipe? Save it.", "what is GPipe", Order(Action.SAVE, shown=1)),
        ("compare GPipe and SpikeGPT and save both", "compare GPipe and SpikeGPT", Order(Action.SAVE, shown=ALL_SHOWN)),
        ("save GPipe and follow it", "save GPipe", Order(Action.FOLLOW, shown=1, kind="paper")),
        ("fasse GPipe zusammen und speichere es", "fasse GPipe zusammen", Order(Action.SAVE, shown=1)),
        ("résume GPipe et enregistre-le", "résume GPipe", Order(Action.SAVE, shown=1)),
        ("explain LoRA, then save SpikeGPT", "explain LoRA", Order(Action.SAVE, "SpikeGPT")),
    ],
)
def test_two_wishes_in_one_message(message: str, first: str, order: Order) -> None:
    assert split_order(message) == (first, order)


@pytest.mark.parametrize(
    ("message", "order"),
    [
        ("save", Order(Action.SAVE, shown=1)),
        ("bitte merken", Order(Action.SAVE, shown=1)),
        ("SpikeGPT zu meiner Leseliste hinzufügen", Order(Action.SAVE, "SpikeGPT")),
        ("garde cet article pour plus tard", Order(Action.SAVE, shown=1)),
        ("let me know about new papers on protein folding", Order(Action.FOLLOW, "protein folding", kind="topic")),
        ("abonniere neue Papers von DeepMind", Order(Action.FOLLOW, "DeepMind", kind="organisation")),
        ("abonniere neue Papers von Geoffrey Hinton", Order(Action.FOLLOW, "Geoffrey Hinton", kind="author")),
        ("sag mir Bescheid, wenn es neue Papers zu Pruning gibt", Order(Action.FOLLOW, "Pruning", kind="topic")),
        ("I no longer want to follow LoRA", Order(Action.UNFOLLOW, "LoRA")),
        ("je ne veux plus suivre LoRA", Order(Action.UNFOLLOW, "LoRA")),
    ],
)
def test_orders_in_other_words(message: str, order: Order) -> None:
    assert find_order(message) == order


@pytest.mark.parametrize("text", ["please " * 200, "bitte " * 200, "save " + "a, " * 300, "x and " * 200, "(" * 900])
def test_no_text_takes_long_to_read(text: str) -> None:
    started = time.process_time()
    for length in (120, 399, 1000):
        find_order(text[:length])
        split_order(text[:length])
        find_imperative(text[:length])
        split_imperatives(text[:length])
    assert time.process_time() - started < 0.5
