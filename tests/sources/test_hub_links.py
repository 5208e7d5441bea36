"""What is read of a paper's linked models, data sets and spaces."""

from typing import Any

import pytest

from bot.models import HubLinks, HubRepositories
from bot.sources.fetching.exchange import UndecodableError
from bot.sources.hub_links import read_links

PAGES = "https://huggingface.co"


def links(**fields: Any) -> HubLinks:
    return read_links({"id": "2610.01234", **fields}, PAGES)


def test_each_kind_has_the_first_names_their_pages_and_the_number_in_all() -> None:
    found = links(
        linkedModels=[{"_id": "1", "id": f"lab/net-{n}", "likes": n} for n in range(5)],
        numTotalModels=1_200,
        linkedDatasets=[{"id": "squad"}, {"id": "lab/whistles_v1.0"}],
        numTotalDatasets=2,
        linkedSpaces=[{"id": "ada/demo", "emoji": "🫖"}],
        numTotalSpaces=1,
    )
    assert found.models == HubRepositories(
        tuple((f"lab/net-{n}", f"https://huggingface.co/lab/net-{n}") for n in range(3)), 1_200
    )
    assert found.datasets.first == (
        ("squad", "https://huggingface.co/datasets/squad"),
        ("lab/whistles_v1.0", "https://huggingface.co/datasets/lab/whistles_v1.0"),
    )
    assert found.spaces == HubRepositories((("ada/demo", "https://huggingface.co/spaces/ada/demo"),), 1)


def test_what_is_not_there_is_nothing() -> None:
    assert links() == links(linkedModels=None, linkedSpaces=[], numTotalSpaces=0) == HubLinks()


@pytest.mark.parametrize(
    "name",
    [
        None,
        5,
        "",
        "a/b/c",
        "../evil",
        "lab/..",
        "lab/net?next=https://evil.example",
        "lab/net)[click](https://evil.example",
        "//evil.example",
        "lab/net name",
        "lab/\u202enet",
        "@everyone",
        "l" * 97,
    ],
)
def test_a_name_that_is_none_is_left_out(name: object) -> None:
    assert links(linkedModels=[{"id": name}, {"id": "lab/good"}, name]).models.first == (
        ("lab/good", "https://huggingface.co/lab/good"),
    )


@pytest.mark.parametrize("total", [None, "3", True, -1, 2.5, 10**30])
def test_a_number_of_the_wrong_kind_gives_way_to_the_count(total: object) -> None:
    assert links(linkedModels=[{"id": "lab/net"}], numTotalModels=total).models.total == 1


@pytest.mark.parametrize("record", [None, [], "text", 5])
def test_what_is_no_record_is_not_read(record: object) -> None:
    with pytest.raises(UndecodableError):
        read_links(record, PAGES)
