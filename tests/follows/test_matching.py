"""What a new paper is told for."""

import pytest

from bot.follows.follow import Follow, FollowKind, Pace
from bot.follows.matching import matches, name_of, topic_terms
from bot.models import Paper
from bot.sources.files import read_sample
from tests.factories import make_paper


def following(kind: FollowKind, *values: str) -> list[Follow]:
    return [
        Follow(
            id=number,
            destination="user:1",
            kind=kind,
            value=value,
            label=value,
            pace=Pace.SOON,
            hour=None,
            created_at=0.0,
        )
        for number, value in enumerate(values, start=1)
    ]


def told(paper: Paper, kind: FollowKind, *values: str) -> list[str]:
    (found,) = matches(following(kind, *values), [paper])
    return [one.value for one in found]


@pytest.mark.parametrize(
    ("followed", "author"),
    [
        ("Geoffrey Hinton", "Geoffrey E. Hinton"),
        ("Geoffrey E. Hinton", "Geoffrey Hinton"),
        ("geoffrey hinton", "Hinton, Geoffrey"),
        ("G. Hinton", "Geoffrey Hinton"),
        ("Geoffrey Hinton", "G. E. Hinton"),
        ("Jurgen Schmidhuber", "Jürgen Schmidhuber"),
        ("Fei-Fei Li", "Feifei Li"),
        ("Laurens van der Maaten", "L. van der Maaten"),
        ("Martin Luther King Jr.", "Martin King"),
        ("Madonna", "Madonna"),
    ],
)
def test_names_of_one_person_fit(followed: str, author: str) -> None:
    assert name_of(followed).fits(name_of(author))
    assert told(make_paper(authors=("Somebody Else", author)), FollowKind.AUTHOR, followed) == [followed]


@pytest.mark.parametrize(
    ("followed", "author"),
    [
        ("Geoffrey Hinton", "Gina Hinton"),
        ("Geoffrey Hinton", "E. Hinton"),
        ("Hinton", "Geoffrey Hinton"),
        ("Laurens van der Maaten", "Anna van der Maaten"),
        ("Wei Li", "Wen Li"),
        ("Ada Example", "Example Ada"),
        ("…", "Ada Example"),
    ],
)
def test_names_of_two_people_do_not(followed: str, author: str) -> None:
    assert not name_of(followed).fits(name_of(author))
    assert told(make_paper(authors=(author,)), FollowKind.AUTHOR, followed) == []


def test_an_organisation_fits_by_any_run_of_its_words() -> None:
    paper = make_paper(organisation="Google DeepMind")
    assert told(paper, FollowKind.ORGANISATION, "deepmind", "google", "google deepmind", "mind", "openai") == [
        "deepmind",
        "google",
        "google deepmind",
    ]
    assert told(make_paper(), FollowKind.ORGANISATION, "google") == []


def test_a_topic_fits_where_its_words_stand_together() -> None:
    paper = make_paper(
        title="Kettles at Rest",
        abstract="We study spiking neurons. Transformers are another matter.",
        keywords=("boiling water",),
    )
    followed = ("spiking neuron", "spiking transformers", "resting kettles", "boiling kettles", "Boiling", "of the")
    assert told(paper, FollowKind.TOPIC, *followed) == [
        "spiking neuron",
        "resting kettles",
        "boiling kettles",
        "Boiling",
    ]


def test_each_subscription_is_found_once_though_it_fits_twice() -> None:
    paper = make_paper(authors=("Ada Example", "A. Example"))
    assert told(paper, FollowKind.AUTHOR, "Ada Example") == ["Ada Example"]


SPIKING = {13, 14, 23, 50}
VISION = {11, 27, 32, 35, 38, 42, 43, 44, 49}


@pytest.mark.parametrize(
    ("topic", "about", "others"),
    [
        ("spiking neural networks", SPIKING, 0),
        ("vision transformers", VISION, 7),
        ("weather forecasting", {0}, 0),
        ("medical image segmentation", {46}, 0),
        ("adversarial attacks", {31, 38}, 0),
        ("video", {45, 47, 51}, 1),
    ],
)
def test_topics_among_the_bundled_papers(topic: str, about: set[int], others: int) -> None:
    found = matches(following(FollowKind.TOPIC, topic), read_sample())
    numbers = {number for number, follows in enumerate(found) if follows}
    assert numbers >= about
    assert len(numbers - about) == others


def test_a_topic_of_common_words_says_nothing() -> None:
    assert not topic_terms("what is the")
