"""Hugging Face Daily Papers: the JSON of `GET /api/daily_papers`."""

from datetime import date, datetime
from typing import Any

from pydantic import ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from bot.models import Paper, parse_arxiv_id
from bot.sources.records import (
    LARGEST_COUNT,
    Count,
    Record,
    Refusal,
    code_link,
    names,
    refuse,
    short_name,
    unusable,
    web_link,
)
from bot.text import clean, one_line

ORIGIN = "daily papers"


class _Author(Record):
    name: str = ""
    hidden: bool = False


class _Organisation(Record):
    name: str = ""
    fullname: str = ""


class _Record(Record):
    """The nested `paper` object. Its casing is mixed; all but id, title and summary may be absent."""

    model_config = ConfigDict(alias_generator=to_camel)

    id: str
    title: str
    summary: str
    authors: list[_Author] = Field(default_factory=list)
    published_at: datetime | None = None
    submitted_on_daily_at: datetime | None = None
    upvotes: Count | None = None
    ai_keywords: list[str] | None = Field(None, alias="ai_keywords")
    project_page: str | None = None
    github_repo: str | None = None
    github_stars: Count | None = None
    withdrawn_at: datetime | None = None
    organization: _Organisation | None = None


def looks_like_record(record: object) -> bool:
    """Whether a JSON value has the shape of an item of this API: nested under `paper`, or flat."""
    if not isinstance(record, dict):
        return False
    paper = record.get("paper", record)
    return isinstance(paper, dict) and {"id", "title", "summary"} <= paper.keys()


def read_record(record: Any, line: int) -> Paper | Refusal:
    """Turn one item of the API's list into a paper. `line` is where it stands, for the refusal."""
    if not looks_like_record(record):
        return Refusal(line, "not a Daily Papers record: id, title or summary is missing")
    try:
        item = _Record.model_validate(record.get("paper", record))
    except ValidationError as error:
        return refuse(error, line)
    parsed = parse_arxiv_id(item.id)
    title, abstract = one_line(item.title), clean(item.summary)
    if parsed is None:
        return Refusal(line, f"not an arXiv id: {item.id[:40]!r}")
    if reason := unusable(title, abstract, parsed[0]):
        return Refusal(line, reason)
    comments = record.get("numComments")
    if type(comments) is not int or not 0 <= comments <= LARGEST_COUNT:
        comments = None
    return Paper(
        title=title,
        abstract=abstract,
        origin=ORIGIN,
        arxiv_id=parsed[0],
        version=parsed[1],
        authors=names(author.name for author in item.authors if not author.hidden),
        author_count=len(item.authors) or None,
        published=_day(item.published_at),
        listed=_day(item.submitted_on_daily_at),
        comments=comments,
        upvotes=item.upvotes,
        code_url=web_link(item.github_repo) or code_link(abstract),
        stars=item.github_stars,
        withdrawn=_day(item.withdrawn_at),
        project_url=web_link(item.project_page),
        organisation=short_name(item.organization.fullname or item.organization.name) if item.organization else None,
        keywords=names(item.ai_keywords or ()),
    )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
