"""Papers of a digest under headings, and a headline without a model."""

from collections.abc import Sequence

from bot.digests.selection import Chosen, group_papers, headline_in_code
from tests.factories import make_paper


def some(*labels: Sequence[str] | str) -> list[Chosen]:
    """Return a paper for each label: a topic, or a list of keywords."""
    return [
        Chosen(
            paper=make_paper(
                title=f"Paper {number}", arxiv_id=f"2401.{number:05}", keywords=() if isinstance(label, str) else label
            ),
            topic=label if isinstance(label, str) and label else None,
            reasons=(),
        )
        for number, label in enumerate(labels)
    ]


def shown(chosen: Sequence[Chosen]) -> list[tuple[str, str | None]]:
    return [(one.paper.title.removeprefix("Paper "), group) for one, group in group_papers(chosen)]


def test_topics_are_the_groups_in_the_order_of_their_best_papers() -> None:
    assert shown(some("speech", "spikes", "speech", "", "spikes", "speech")) == [
        ("0", "speech"),
        ("2", "speech"),
        ("5", "speech"),
        ("1", "spikes"),
        ("4", "spikes"),
        ("3", "Other"),
    ]


def test_there_are_four_groups_at_the_most_the_largest_ones() -> None:
    groups = [group for _, group in shown(some(*"aabbccddef"))]
    assert groups == [*"aabbccdd", "Other", "Other"]


def test_few_papers_have_no_headings() -> None:
    assert {group for _, group in shown(some("a", "a", "b", "b", "b"))} == {None}


def test_without_topics_shared_keywords_are_the_groups() -> None:
    papers = some(["Diffusion", "video"], ["agents"], ["diffusion"], ["agents", "tools"], ["Speech"], ["diffusion"])
    assert shown(papers) == [
        ("0", "diffusion"),
        ("2", "diffusion"),
        ("5", "diffusion"),
        ("1", "agents"),
        ("3", "agents"),
        ("4", "Other"),
    ]


def test_what_nearly_all_papers_share_is_no_group() -> None:
    assert {group for _, group in shown(some(*[["learning"]] * 6))} == {None}
    assert {group for _, group in shown(some(*[[f"own {n}"] for n in range(6)]))} == {None}


def test_a_headline_names_the_largest_groups() -> None:
    assert said("speech", "speech", "spikes", "spikes", "", "spikes") == "6 papers, mostly on spikes and speech."
    assert said("speech", "speech", "speech", "speech", "", "") == "6 papers, mostly on speech."
    assert said("speech", "speech", "", "", "", "") == "6 papers, some on speech."


def said(*labels: str) -> str | None:
    headline = headline_in_code(group_papers(some(*labels)), total=len(labels))
    return headline.text if headline else None


def test_without_groups_there_is_nothing_to_say_but_how_many_there_are() -> None:
    assert said("", "", "") is None
    assert said("a", "a") is None
