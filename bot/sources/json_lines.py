"""JSON Lines: one paper a line, with at least a title and an abstract.

Fields: title, abstract (or summary), id (an arXiv id, also arxiv_id), authors (names), authors_count, published and
listed (YYYY-MM-DD), comments (a count), upvotes, code_url, project_url, organisation, venue (or journal_ref), keywords,
categories. A comment in words, as arXiv has it, is read for the venue that it tells.
"""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field, ValidationError, model_validator

from bot.models import Paper, parse_arxiv_id
from bot.sources.links import code_link, web_link
from bot.sources.record import Count, Record, refuse
from bot.sources.refusal import Refusal
from bot.sources.usable import names, short_name, unusable
from bot.sources.venues import venue_in
from bot.text import clean, one_line

ORIGIN = "json lines"


def _date_of(value: Any) -> Any:
    """Take the day of a full time stamp as well."""
    if isinstance(value, str) and len(value) > len("2026-01-01"):
        try:
            return datetime.fromisoformat(value).date()
        except ValueError:
            raise ValueError("must be a day, YYYY-MM-DD") from None
    return value


_Day = Annotated[date | None, BeforeValidator(_date_of)]


class _Record(Record):
    title: str
    abstract: str = Field(validation_alias=AliasChoices("abstract", "summary"))
    id: str | None = Field(None, validation_alias=AliasChoices("arxiv_id", "id", "key"))
    authors: list[str] = Field(default_factory=list)
    authors_count: Count | None = Field(None, validation_alias=AliasChoices("authors_count", "author_count"))
    published: _Day = None
    listed: _Day = None
    comments: Count | None = None
    upvotes: Count | None = None
    code_url: str | None = None
    project_url: str | None = None
    organisation: str | None = None
    venue: str | None = Field(None, validation_alias=AliasChoices("venue", "journal_ref", "journal-ref"))
    comment: str | None = None
    keywords: list[str] = Field(default_factory=list)
    categories: list[str] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _with_comment(cls, value: Any) -> Any:
        """Take a text under `comments`, where arXiv's own records have it, as the comment in words."""
        if isinstance(value, dict) and isinstance(value.get("comments"), str):
            return {"comment": value["comments"], **{name: value[name] for name in value if name != "comments"}}
        return value


def looks_like_record(record: object) -> bool:
    """Whether a JSON value is an object with a title and an abstract."""
    return isinstance(record, dict) and "title" in record and bool({"abstract", "summary"} & record.keys())


def read_record(record: Any, line: int, *, origin: str = ORIGIN) -> Paper | Refusal:
    """Turn one object into a paper. `line` is where it stands, for the refusal."""
    try:
        item = _Record.model_validate(record)
    except ValidationError as error:
        return refuse(error, line)
    title, abstract = one_line(item.title), clean(item.abstract)
    if reason := unusable(title, abstract, title[:80]):
        return Refusal(line, reason)
    arxiv_id, version = parse_arxiv_id(item.id or "") or (None, None)
    return Paper(
        title=title,
        abstract=abstract,
        origin=origin,
        arxiv_id=arxiv_id,
        version=version,
        authors=names(item.authors),
        author_count=item.authors_count or len(item.authors) or None,
        published=item.published,
        listed=item.listed,
        comments=item.comments,
        upvotes=item.upvotes,
        code_url=web_link(item.code_url) or code_link(abstract),
        project_url=web_link(item.project_url),
        organisation=short_name(item.organisation or ""),
        venue=short_name(item.venue or "") or venue_in(item.comment or ""),
        keywords=names(item.keywords),
        categories=names(item.categories),
    )
