"""Questions about the record of a paper, told from all others."""

import pytest

from bot.answers.planning.fact_forms import Fact
from bot.answers.planning.facts import FactWish, find_facts


def read(question: str) -> list[tuple[Fact, str]]:
    return [(wish.fact, wish.subject) for wish in find_facts(question)]


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("who wrote KettleNet?", Fact.AUTHORS),
        ("Who is behind KettleNet?", Fact.AUTHORS),
        ("hey, who are the authors of the KettleNet paper?", Fact.AUTHORS),
        ("Wer hat KettleNet geschrieben?", Fact.AUTHORS),
        ("Von wem stammt KettleNet?", Fact.AUTHORS),
        ("Qui a écrit KettleNet ?", Fact.AUTHORS),
        ("quels sont les auteurs de KettleNet ?", Fact.AUTHORS),
        ("how many authors does KettleNet have?", Fact.AUTHOR_COUNT),
        ("Wie viele Autoren hat KettleNet?", Fact.AUTHOR_COUNT),
        ("combien d'auteurs a KettleNet ?", Fact.AUTHOR_COUNT),
        ("when did KettleNet come out?", Fact.DATE),
        ("When was “KettleNet” first published?", Fact.DATE),
        ("what year is KettleNet from", Fact.DATE),
        ("Wann ist KettleNet erschienen?", Fact.DATE),
        ("Quand est sorti KettleNet ?", Fact.DATE),
        ("quand KettleNet a-t-il été publié ?", Fact.DATE),
        ("where was KettleNet published?", Fact.VENUE),
        ("which conference was KettleNet accepted at?", Fact.VENUE),
        ("Auf welcher Konferenz ist KettleNet erschienen?", Fact.VENUE),
        ("où KettleNet a-t-il été publié ?", Fact.VENUE),
        ("is there code for KettleNet?", Fact.CODE),
        ("does KettleNet have code", Fact.CODE),
        ("is KettleNet open source?", Fact.CODE),
        ("KettleNet github", Fact.CODE),
        ("Gibt es Code zu KettleNet?", Fact.CODE),
        ("Hat KettleNet Code?", Fact.CODE),
        ("y a-t-il du code pour KettleNet ?", Fact.CODE),
        ("le code de KettleNet est-il disponible ?", Fact.CODE),
        ("how many upvotes has KettleNet?", Fact.UPVOTES),
        ("Wie viele Stimmen hat KettleNet?", Fact.UPVOTES),
        ("combien de votes a KettleNet ?", Fact.UPVOTES),
        ("how many comments did KettleNet get?", Fact.COMMENTS),
        ("which lab is KettleNet from?", Fact.ORGANISATION),
        ("Aus welchem Labor kommt KettleNet?", Fact.ORGANISATION),
        ("de quel laboratoire vient KettleNet ?", Fact.ORGANISATION),
        ("what is the arXiv id of KettleNet?", Fact.LINK),
        ("was KettleNet withdrawn?", Fact.WITHDRAWN),
    ],
)
def test_a_fact_of_a_named_paper_is_asked_for_in_three_languages(question: str, fact: Fact) -> None:
    assert read(question) == [(fact, "KettleNet")]


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("does it have code?", Fact.CODE),
        ("code?", Fact.CODE),
        ("and is its code available?", Fact.CODE),
        ("who wrote this paper?", Fact.AUTHORS),
        ("authors?", Fact.AUTHORS),
        ("when was that one published?", Fact.DATE),
        ("which venue?", Fact.VENUE),
        ("Hat es Code?", Fact.CODE),
        ("wer hat das geschrieben?", Fact.AUTHORS),
        ("qui a écrit cet article ?", Fact.AUTHORS),
    ],
)
def test_what_points_back_has_no_subject(question: str, fact: Fact) -> None:
    assert find_facts(question) == (FactWish(fact, ""),)


def test_several_papers_and_several_facts_are_told_apart() -> None:
    assert find_facts("do they have code?") == (FactWish(Fact.CODE, "", several=True),)
    assert read("who wrote KettleNet and when?") == [(Fact.AUTHORS, "KettleNet"), (Fact.DATE, "KettleNet")]
    assert read("when was KettleNet published and is there code?") == [
        (Fact.DATE, "KettleNet"),
        (Fact.CODE, "KettleNet"),
    ]


@pytest.mark.parametrize(
    "question",
    [
        "how many GPUs are needed for KettleNet?",
        "how many layers does it have?",
        "what is KettleNet?",
        "is the code generation model good?",
        "is there a way to boil water?",
        "when should I use KettleNet?",
        "what hardware did they use for training",
        "papers with code",
        "with code",
        "",
        "who " * 200,
    ],
)
def test_other_questions_are_none(question: str) -> None:
    assert find_facts(question) == ()


def test_an_article_within_a_name_stays() -> None:
    assert read("who wrote LaMDA?") == [(Fact.AUTHORS, "LaMDA")]
    assert read("who wrote the Theory of Kettles paper?") == [(Fact.AUTHORS, "Theory of Kettles")]
