"""Wishes for lists of papers, told from questions about what papers say."""

from datetime import date

import pytest

from bot.answers.planning.wishes import ListWish, find_list
from bot.search.query.filters import SOLO, SURVEY, Filters, field_terms
from bot.store.protocol import Bound
from tests.factories import make_paper

TODAY = date(2026, 11, 28)
PAPER = make_paper(
    authors=("Geoffrey Hinton",),
    venue="NeurIPS 2020",
    organisation="Google DeepMind",
    code_url="https://github.com/a/b",
)
TERMS = set(field_terms(PAPER))
YEAR_2020 = Filters(after=date(2020, 1, 1), before=date(2020, 12, 31))


def read(question: str) -> ListWish:
    wish = find_list(question, TERMS.__contains__, today=TODAY)
    assert wish is not None, question
    return wish


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("papers about federated learning", "federated learning"),
        ("can you show me all papers on federated learning, please?", "federated learning"),
        ("federated learning papers", "federated learning"),
        ("do you have anything about federated learning?", "federated learning"),
        ("give me a list of papers on federated learning", "federated learning"),
        ("which papers are there on federated learning?", "federated learning"),
        ("Welche Paper gibt es zu Federated Learning?", "Federated Learning"),
        ("Zeig mir Arbeiten über Federated Learning", "Federated Learning"),
        ("hast du etwas zu Federated Learning?", "Federated Learning"),
        ("quels articles avez-vous sur l'apprentissage fédéré ?", "apprentissage fédéré"),
        ("montre-moi les articles sur l'apprentissage fédéré", "apprentissage fédéré"),
    ],
)
def test_a_list_on_a_topic_is_asked_for(question: str, topic: str) -> None:
    wish = read(question)
    assert (wish.topic, wish.filters, wish.count) == (topic, Filters(), False)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("how many papers are there on kettles?", "kettles"),
        ("how many papers mention kettles", "kettles"),
        ("number of papers about kettles", "kettles"),
        ("how many papers do you have?", ""),
        ("Wie viele Paper gibt es zu Kesseln?", "Kesseln"),
        ("Anzahl der Arbeiten über Kessel", "Kessel"),
        ("combien d'articles sur les bouilloires ?", "bouilloires"),
    ],
)
def test_papers_are_to_be_counted(question: str, topic: str) -> None:
    wish = read(question)
    assert (wish.topic, wish.count) == (topic, True)


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("most upvoted papers", "upvotes"),
        ("top 3 papers by upvotes", "upvotes"),
        ("die beliebtesten Paper", "upvotes"),
        ("les articles les plus populaires", "upvotes"),
        ("which has the most comments?", "comments"),
        ("most discussed papers", "comments"),
        ("welches Paper hat die meisten Kommentare?", "comments"),
        ("quel article a le plus de commentaires ?", "comments"),
        ("papers with the most authors", "author_count"),
        ("papers with the most GitHub stars", "stars"),
    ],
)
def test_the_highest_number_comes_first(question: str, field: str) -> None:
    wish = read(question)
    assert (wish.topic, wish.by) == ("", field)


@pytest.mark.parametrize(
    ("question", "order", "topic"),
    [
        ("newest papers", "newest", ""),
        ("what's the latest on kettles?", "newest", "kettles"),
        ("papers from 2020, newest first", "newest", ""),
        ("recent trends in kettles", "newest", "kettles"),
        ("neueste Paper zu Kesseln", "newest", "Kesseln"),
        ("les articles les plus récents sur les bouilloires", "newest", "bouilloires"),
        ("oldest papers on kettles", "oldest", "kettles"),
    ],
)
def test_papers_come_by_their_day(question: str, order: str, topic: str) -> None:
    wish = read(question)
    assert (wish.order, wish.topic, wish.by) == (order, topic, None)


@pytest.mark.parametrize(
    "question",
    [
        "what's new this week?",
        "anything interesting this week?",
        "what came out this week?",
        "new papers this week",
        "any news this week?",
    ],
)
def test_news_are_asked_for(question: str) -> None:
    wish = read(question)
    assert (wish.news, wish.topic, wish.filters.after) == (True, "", date(2026, 11, 23))


@pytest.mark.parametrize("question", ["Was gibt es Neues?", "irgendwas Neues?", "quoi de neuf ?", "du nouveau ?"])
def test_news_are_asked_for_in_other_languages(question: str) -> None:
    assert read(question).news


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        ("papers about kettles in 2020", YEAR_2020),
        ("kettles at NeurIPS 2020 with code", Filters(fields=("venue:neurips 2020", "code:yes"))),
        ("with code", Filters(fields=("code:yes",))),
        ("by Hinton", Filters(fields=("author:hinton",))),
        ("from Google DeepMind: papers", Filters(fields=("organisation:google deepmind",))),
        ("solo papers", Filters(bounds=(SOLO,))),
        ("survey papers on kettles", Filters(fields=(SURVEY,))),
        ("papers with more than 100 upvotes", Filters(bounds=(Bound("upvotes", least=101),))),
        ("what has DeepMind published on kettles?", Filters(fields=("organisation:deepmind",))),
        ("Was hat DeepMind zu Kesseln veröffentlicht?", Filters(fields=("organisation:deepmind",))),
        ("Qu'est-ce que DeepMind a publié sur les bouilloires ?", Filters(fields=("organisation:deepmind",))),
    ],
)
def test_conditions_are_read(question: str, filters: Filters) -> None:
    wish = read(question)
    assert set(wish.filters.fields) == set(filters.fields)
    assert (wish.filters.bounds, wish.filters.after) == (filters.bounds, filters.after)
    assert wish.topic in {"", "kettles", "Kesseln", "bouilloires"}


def test_papers_that_were_shown_are_asked_for() -> None:
    for question in ("which of these has code?", "which ones of those have code", "welche davon haben Code?"):
        wish = read(question)
        assert wish.among
        assert (wish.topic, wish.filters.fields) == ("", ("code:yes",))


@pytest.mark.parametrize(
    "question",
    [
        "how many GPUs are needed for KettleNet?",
        "which papers show that pruning hurts robustness?",
        "papers that use knowledge distillation",
        "which papers use EEG?",
        "what do papers say about pruning?",
        "papers about how kettles whistle",
        "what is the most popular way to boil water?",
        "what is the newest method for pruning?",
        "which dataset has the most comments?",
        "what is new about KettleNet?",
        "KettleNet vs TeapotGPT in 2023",
        "what works on small kettles?",
        "the paper on kettles",
        "A Survey of Kettles",
        "do papers agree that sparse attention saves cost?",
        "how many papers does the survey cover?",
        "papers on kettles or teapots",
        "spiking kettles",
        "Warum pfeift der Kessel?",
        "comment siffle la bouilloire ?",
        "hi",
        "papers on kettles. Do they whistle?",
        "papers " * 100,
        "",
    ],
)
def test_questions_are_none(question: str) -> None:
    assert find_list(question, TERMS.__contains__, today=TODAY) is None


def test_so_many_are_shown_as_were_asked_for() -> None:
    assert read("top 3 papers").first == 3
    assert read("show me the ten newest papers").first == 10
    assert read("show me 50 papers").first == 10
    assert read("papers on kettles").first == 5
