"""What asks nothing of the papers, and what only begins like it."""

import pytest

from bot.answers.planning.small_talk import SmallTalk, Talk, find_small_talk, without_greeting


@pytest.mark.parametrize(
    ("message", "talk", "language"),
    [
        ("hi", Talk.GREETING, None),
        ("Hey there!", Talk.GREETING, None),
        ("hello paperbot :wave:", Talk.GREETING, None),
        ("Hallo zusammen", Talk.GREETING, "de"),
        ("Grüß dich", Talk.GREETING, "de"),
        ("bonjour !", Talk.GREETING, "fr"),
        ("thanks a lot for your help!", Talk.THANKS, None),
        ("👍 thx", Talk.THANKS, None),
        ("ok thanks bye", Talk.THANKS, None),
        ("Vielen Dank!", Talk.THANKS, "de"),
        ("merci beaucoup", Talk.THANKS, "fr"),
        ("ok", Talk.NOTED, None),
        ("alles klar", Talk.NOTED, "de"),
        ("d’accord", Talk.NOTED, "fr"),
        ("good bye", Talk.PARTING, None),
        ("Tschüss", Talk.PARTING, "de"),
        ("à bientôt", Talk.PARTING, "fr"),
        ("help", Talk.HELP, None),
        ("HELP!", Talk.HELP, None),
        ("hello, what can you do?", Talk.HELP, None),
        ("how do I ask you a question?", Talk.HELP, None),
        ("Was kannst du alles?", Talk.HELP, "de"),
        ("Hilfe", Talk.HELP, "de"),
        ("que sais-tu faire ?", Talk.HELP, "fr"),
        ("who are you", Talk.IDENTITY, None),
        ("are you a bot or a human?", Talk.IDENTITY, None),
        ("Wer bist du?", Talk.IDENTITY, "de"),
        ("qui es-tu ?", Talk.IDENTITY, "fr"),
    ],
)
def test_small_talk(message: str, talk: Talk, language: str | None) -> None:
    assert find_small_talk(message) == SmallTalk(talk, language)


@pytest.mark.parametrize(
    "message",
    [
        "hi, what is LoRA?",
        "thanks to dropout, which models generalise?",
        "thanks, and is its code public?",
        "help me understand dropout",
        "who is behind SpikeGPT?",
        "what can you do against overfitting?",
        "how do you use LoRA?",
        "nice paper on pruning?",
        "NEAT",
        "Hello World models",
        "ok and GPipe?",
        "merci de résumer GPipe",
        "",
        "👋",
        "hi " * 40,
    ],
)
def test_anything_else_is_none(message: str) -> None:
    assert find_small_talk(message) is None


@pytest.mark.parametrize("message", ["how does it work?", "what is this?", "wie funktioniert das?", "c'est quoi ?"])
def test_what_points_at_a_paper_is_a_question_once_one_was_shown(message: str) -> None:
    assert find_small_talk(message) is not None
    assert find_small_talk(message, begun=True) is None


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("hi, what is LoRA?", "what is LoRA?"),
        ("Hello there! Which papers use EEG?", "Which papers use EEG?"),
        ("hey what is LoRA", "what is LoRA"),
        ("Hallo, was ist GPipe?", "was ist GPipe?"),
        ("Bonjour, c'est quoi GPipe ?", "c'est quoi GPipe ?"),
        ("Hello World models for robotics", "Hello World models for robotics"),
        ("hi", "hi"),
        ("HiFi-GAN vocoders", "HiFi-GAN vocoders"),
    ],
)
def test_a_greeting_before_a_question_is_left_out(message: str, question: str) -> None:
    assert without_greeting(message) == question
