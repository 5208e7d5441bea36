"""What the layers hand to each other: papers, the ids that name them, and what is linked to them."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

SAMPLE_ORIGIN = "sample"
"""The origin of bundled papers, whose abstracts are our own words and never replace a real one."""

_SLUG_LENGTH = 96
_ASCII_WORD = re.compile(r"[a-z0-9]+")

# Ids since 2007 (2310.01234) and before (hep-th/9901001, math.GT/0309136): info.arxiv.org/help/arxiv_identifier.html
_ARXIV_ID = r"(?P<id>\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v(?P<version>\d{1,3}))?"
_WHOLE_ARXIV_ID = re.compile(rf"(?:arXiv:)?{_ARXIV_ID}", re.IGNORECASE | re.ASCII)


def parse_arxiv_id(text: str) -> tuple[str, int | None] | None:
    """Split `2310.01234v2` into the unversioned id and the version; None when `text` is not an arXiv id.

    Old ids come back in arXiv's own case, however they were typed: hep-th/9901001, math.GT/0309136.
    """
    match = _WHOLE_ARXIV_ID.fullmatch(text.strip())
    if match is None:
        return None
    version = match["version"]
    archive, dot, rest = match["id"].partition(".")
    return archive.lower() + dot + rest.upper(), int(version) if version else None


def slug(title: str) -> str:
    """Return a stable key for a title: lower case, words joined by hyphens, at most 96 characters.

    Letters of any script and the marks on them count as words, so that titles in other languages keep distinct keys.
    """
    folded = unicodedata.normalize("NFKC", title).casefold()
    if folded.isascii():
        words = "-".join(_ASCII_WORD.findall(folded))  # the same, ten times as fast: every search does it
    else:
        words = "-".join("".join(char if _in_word(char) else " " for char in folded).split())
    if words and len(words) <= _SLUG_LENGTH:
        return words
    digest = hashlib.sha256(folded.encode(errors="surrogatepass")).hexdigest()[:12]
    return f"{words[: _SLUG_LENGTH - 13].rstrip('-')}-{digest}".lstrip("-")


def _in_word(char: str) -> bool:
    # M: the vowel signs of Indian scripts and the like, without which different words look the same.
    return char.isalnum() or unicodedata.category(char)[0] == "M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as the store holds it.

    `published` is the date of its first version, `listed` that of the list that it was on. None, or an empty tuple,
    means that the place it came from, which `origin` names, doesn't give it. `withdrawn` is the date on which its
    authors or the place took it back, `stars` how many its code repository has.

    `hub_url` is its page at Hugging Face, where it is discussed, `hub_summary` what a model of theirs wrote about it:
    as hostile as any text from outside, and shown only by `hub_sentence` of bot/answers/extracts. `submitter` is who
    put it on their list.
    """

    title: str
    abstract: str
    origin: str
    arxiv_id: str | None = None
    version: int | None = None
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    published: date | None = None
    listed: date | None = None
    comments: int | None = None
    upvotes: int | None = None
    code_url: str | None = None
    stars: int | None = None
    project_url: str | None = None
    organisation: str | None = None
    venue: str | None = None
    keywords: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    withdrawn: date | None = None
    hub_url: str | None = None
    hub_summary: str | None = None
    thumbnail_url: str | None = None
    submitter: str | None = None

    @property
    def key(self) -> str:
        """The unversioned arXiv id where there is one, else a slug of the title."""
        return self.arxiv_id or slug(self.title)

    @property
    def url(self) -> str:
        """The paper's arXiv page, or, where no id is known, arXiv's search for its title."""
        if self.arxiv_id:
            return f"https://arxiv.org/abs/{self.arxiv_id}"
        return f"https://arxiv.org/search/?{urlencode({'query': self.title, 'searchtype': 'title'})}"

    @property
    def has_page(self) -> bool:
        """Whether `url` is the paper's own page rather than a search."""
        return self.arxiv_id is not None

    @property
    def discussion_url(self) -> str | None:
        """The place on the paper's Hugging Face page where it is discussed; None where no page is known."""
        return f"{self.hub_url}#community" if self.hub_url else None

    def merged_with(self, newer: "Paper") -> "Paper":
        """Return this paper with all that `newer` knows; what `newer` doesn't know stays.

        A sample's own-words abstract never replaces a real one, and an older version never replaces a newer one. What
        comes without a version replaces no title, abstract, authors or day of what has one.
        """
        if newer.origin == SAMPLE_ORIGIN != self.origin:
            return self
        if newer.version and self.version and newer.version < self.version:
            return self
        # Of places that differ in a line break, the one that gives a version has arXiv's own text. Without this, two
        # feeds with the same paper would change it back and forth with every poll.
        kept = _OF_A_VERSION if self.version and not newer.version else frozenset[str]()
        facts = {
            name: value
            for name in _FACTS
            if (value := getattr(newer, name)) is not None
            and value not in ((), getattr(self, name))
            and not (name in kept and getattr(self, name))
        }
        # A version after the withdrawal puts the paper back; else the first date that was given stays.
        replaced = newer.version and self.version and newer.version > self.version
        withdrawn = newer.withdrawn if replaced else self.withdrawn or newer.withdrawn
        if not facts and withdrawn == self.withdrawn:
            return self  # the same facts from another place are no change
        return replace(self, **facts, origin=newer.origin, withdrawn=withdrawn)


_FACTS = tuple(field.name for field in fields(Paper) if field.name not in ("origin", "withdrawn"))
_OF_A_VERSION = frozenset({"title", "abstract", "authors", "author_count", "published"})


@dataclass(frozen=True, slots=True)
class HubRepositories:
    """Some repositories of one kind: the first ones as name and address, and how many there are in all."""

    first: tuple[tuple[str, str], ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HubLinks:
    """What a page links to; of what isn't known or there is none of, nothing."""

    models: HubRepositories = HubRepositories()
    datasets: HubRepositories = HubRepositories()
    spaces: HubRepositories = HubRepositories()
