"""The daily summary as a mail, with hostile papers in it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

import pytest

from bot.config import MailSettings
from bot.digests.digest import Digest, DigestItem, Headline
from bot.mail.message import digest_mail
from bot.models import Paper
from tests.factories import make_paper
from tests.frontends.discord.rendering.limits import monstrous_paper

NOW = datetime(2024, 1, 6, 8, tzinfo=UTC)
TOKEN = "s3cret-token"


def make_digest(*papers: Paper, sentence: str = "It whistles.", **changes: Any) -> Digest:
    """Return a day's digest; `changes` are of its fields."""
    items = tuple(DigestItem(paper=paper, sentence=sentence, verbatim=True) for paper in papers)
    digest = Digest(
        key="",
        name="New papers",
        order="most upvotes first",
        day=date(2024, 1, 6),
        items=items,
        total=len(items) + 2,
    )
    return replace(digest, **changes)


def make_mail(digest: Digest, **settings: str) -> EmailMessage:
    """Return the mail as its reader's program gets it."""
    known = MailSettings.model_validate({"host": "mail.example", "from": "paperbot@example.org", **settings})
    message = digest_mail(digest, to="ada@example.org", token=TOKEN, settings=known, now=NOW)
    return message_from_bytes(message.as_bytes(), policy=policy.default)


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")


class Page(HTMLParser):
    """The tags of a page, their attributes, and its text."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.said = ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.said += data


def test_both_parts_tell_the_same_papers_with_their_links() -> None:
    paper = make_paper(authors=("Ada Example",), upvotes=3, code_url="https://github.com/a/b")
    message = make_mail(make_digest(paper, notice="No model is set up."))
    plain, html = part(message, "plain"), part(message, "html")
    assert message["Subject"] == "New papers · Saturday, 6 Jan 2024"
    assert plain.startswith("New papers · Saturday, 6 Jan 2024\n\n1 of 3 new papers, most upvotes first\n\n")
    assert (
        "1. KettleNet: Telling Whistles Apart\n   “It whistles.”\n   Ada Example · 5 Jan 2024 · 3 upvotes\n"
        "   arXiv: https://arxiv.org/abs/2401.00001\n   code: https://github.com/a/b\n"
    ) in plain
    for said in ("KettleNet: Telling Whistles Apart", "“It whistles.”", "3 upvotes", "No model is set up."):
        assert said in Page(html).said
    assert ("href", "https://github.com/a/b") in Page(html).attributes


GROUPED = make_digest(
    headline=Headline("Kettles and pots were heard.", (1, 3)),
    feeds=("Daily Papers has listed nothing since 5 Jan 2024.", "arXiv can't be reached."),
    notice="Quoted sentences come word for word from abstracts because the model is slow.",
    order="title matches first, then most upvotes",
    total=3,
    items=(
        DigestItem(
            paper=make_paper(title="Kettles", upvotes=1),
            sentence="Kettles are heard.",
            verbatim=False,
            reasons=("by Ada Example, followed", "matches “kettles”", "1 upvote"),
            group="kettles",
        ),
        DigestItem(
            paper=make_paper(title="Lids", arxiv_id="2401.00002", withdrawn=date(2024, 1, 6)),
            sentence="Lids clap.",
            verbatim=True,
            group="kettles",
        ),
        DigestItem(
            paper=make_paper(title="Pots", arxiv_id="2401.00003"), sentence="Pots sing.", verbatim=True, group="Other"
        ),
    ),
)


def test_the_plain_part_tells_all_that_a_digest_holds() -> None:
    plain = part(make_mail(GROUPED), "plain")
    assert plain.startswith(
        "New papers · Saturday, 6 Jan 2024\n\n"
        "Kettles and pots were heard [1][3].\n\n"
        "3 new papers, title matches first, then most upvotes\n\n"
        "Daily Papers has listed nothing since 5 Jan 2024.\n\n"
        "arXiv can't be reached.\n\n"
        "Quoted sentences come word for word from abstracts because the model is slow.\n\n"
        "kettles\n-------\n\n"
        "1. Kettles\n   Kettles are heard.\n   by Ada Example, followed · matches “kettles” · 1 upvote · 5 Jan 2024\n"
        "   arXiv: https://arxiv.org/abs/2401.00001\n\n"
        "2. Lids\n   “Lids clap.”\n   withdrawn on 6 Jan 2024 · 5 Jan 2024\n"
        "   arXiv: https://arxiv.org/abs/2401.00002\n\n"
        "Other\n-----\n\n3. Pots\n"
    )


def test_the_html_part_tells_the_same_under_headings() -> None:
    content = part(make_mail(GROUPED), "html")
    page = Page(content)
    assert [tag for tag in page.tags if tag in {"h1", "h2", "h3"}] == ["h1", "h2", "h3", "h3", "h2", "h3"]
    for line in part(make_mail(GROUPED), "plain").splitlines():
        words = line.strip().removeprefix("arXiv: ")
        if words and not words.startswith(("-", "https://")):
            assert words in page.said
    assert content.count('<p class="notice">') == 3
    assert "<strong>withdrawn on 6 Jan 2024</strong>" in content


def test_a_day_without_papers_says_why_and_counts_nothing() -> None:
    message = make_mail(make_digest(notice="arXiv can't be reached.", total=0))
    assert part(message, "plain").startswith(
        "New papers · Saturday, 6 Jan 2024\n\narXiv can't be reached.\n\n-- \nQuoted"
    )
    assert "arXiv can't be reached." in Page(part(message, "html")).said


def test_every_mail_says_how_to_end_them() -> None:
    message = make_mail(make_digest(make_paper()))
    assert message["List-Unsubscribe"] == f"<mailto:paperbot@example.org?subject=unsubscribe%20{TOKEN}>"
    assert message["List-Unsubscribe-Post"] is None
    for kind in ("plain", "html"):
        assert "/email stop" in part(message, kind)


def test_with_a_page_of_the_operators_one_click_is_offered() -> None:
    message = make_mail(make_digest(make_paper()), unsubscribe_url="https://example.org/stop?list=papers")
    url = f"https://example.org/stop?list=papers&token={TOKEN}"
    assert str(message["List-Unsubscribe"]).startswith(f"<{url}>, <mailto:")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url in part(message, "plain")
    assert ("href", url) in Page(part(message, "html")).attributes


def test_the_id_is_the_same_for_one_subscriber_and_day_and_gives_nothing_away() -> None:
    first, again = make_mail(make_digest(make_paper())), make_mail(make_digest(monstrous_paper()))
    assert first["Message-ID"] == again["Message-ID"]
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", first["Message-ID"])
    assert first["Date"] == "Sat, 06 Jan 2024 08:00:00 +0000"
    assert first["Auto-Submitted"] == "auto-generated"


def test_nothing_is_fetched_and_nothing_runs() -> None:
    page = Page(part(make_mail(make_digest(make_paper(), monstrous_paper())), "html"))
    assert not {"img", "script", "iframe", "link", "form", "object", "svg"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in {"src", "srcset", "style"}]
    assert "url(" not in part(make_mail(make_digest(make_paper())), "html")
    assert {value.partition(":")[0] for name, value in page.attributes if name == "href"} <= {"https"}


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "A\r\nBcc: everybody@example.org\r\n\r\nB",
        "A\u2028Bcc: x\u0085Subject: y\x0bz",
        "\x1b[31mred\x00",
        "&lt;b&gt; & 'quoted'",
        "\ud800 lone",
        "$\\href{javascript:alert(1)}{x}$",
    ],
)
def test_hostile_titles_stay_words(title: str) -> None:
    paper = make_paper(title=title, authors=(title,), organisation=title, code_url=f"javascript:{title}")
    item = DigestItem(paper=paper, sentence=title, verbatim=False, reasons=(title,), group=title)
    said: dict[str, Any] = {"notice": title, "feeds": (title,), "name": title, "order": title}
    message = make_mail(make_digest(items=(item,), headline=Headline(title, (1,)), **said))
    assert message["Bcc"] is None
    assert message.keys().count("Subject") == 1
    page = Page(part(message, "html"))
    assert not {"img", "script", "b"} & set(page.tags)
    assert not [
        value for name, value in page.attributes if name == "href" and not value.startswith("https://arxiv.org")
    ]
    assert "javascript:" not in "".join(value for _, value in page.attributes)
    for line in part(message, "plain").splitlines():
        assert not line.startswith(("Bcc:", "Subject:"))


def test_a_sender_with_a_name_and_monstrous_papers() -> None:
    message = make_mail(
        make_digest(*(monstrous_paper(number) for number in range(1, 26))),
        **{"from": "Bücher Bot <paperbot@example.org>"},
    )
    assert message["From"].addresses[0].display_name == "Bücher Bot"
    assert len(message.as_bytes()) < 250_000
    # RFC 5322, 2.1.1: no line is longer than 998 characters.
    assert max(map(len, message.as_bytes().splitlines())) <= 998


def test_hugging_faces_summary_is_marked_and_the_mark_explained() -> None:
    paper = make_paper(hub_url="https://huggingface.co/papers/2401.00001")
    item = DigestItem(paper=paper, sentence="It hums.", verbatim=False, by_hub=True)
    body = part(make_mail(make_digest(items=(item,))), "plain")
    assert "It hums. (Hugging Face)\n" in body
    assert "Hugging Face: https://huggingface.co/papers/2401.00001" in body
    assert "(Hugging Face): a summary by a model there, not checked here." in body
