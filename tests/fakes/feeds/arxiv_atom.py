"""Atom as arXiv writes it, with made-up papers: answers of the query API, and feeds of new papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

ABSTRACT = "We heard kettles\nwhistle. They differ.\n  A second paragraph says so too."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A paper as arXiv knows it. `announced` is new, cross, replace or replace-cross."""

    id: str
    submitted: date = date(2026, 10, 5)
    version: int = 1
    updated: date | None = None
    title: str = "Kettle Studies:\n  How Kettles Whistle"
    abstract: str = ABSTRACT
    authors: tuple[str, ...] = ("Ada Example", "Béla Example")
    comment: str | None = None
    journal: str | None = None
    categories: tuple[str, ...] = ("cs.CL", "cs.AI")
    announced: str = "new"


def many(count: int, day: date) -> list[Entry]:
    """Return papers submitted on a day, with ids that count up."""
    return [
        Entry(id=f"{day:%y%m}.{day.day:02}{number:03}", submitted=day, title=f"Kettle Study {number} of {day}")
        for number in range(count)
    ]


def api_answer(entries: Sequence[Entry], *, total: int | None = None, start: int = 0) -> bytes:
    """Return a page of the query API."""
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" \
xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
  <title>arXiv Query: search_query=&amp;id_list=&amp;start={start}</title>
  <updated>2026-10-08T00:00:00Z</updated>
  <link href="https://arxiv.org/api/query?start={start}" type="application/atom+xml"/>
  <opensearch:itemsPerPage>{len(entries)}</opensearch:itemsPerPage>
  <opensearch:totalResults>{len(entries) if total is None else total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
{"".join(map(api_entry, entries))}</feed>
""".encode()


def api_entry(entry: Entry) -> str:
    """Return an entry of the query API."""
    optional = ""
    if entry.comment is not None:
        optional += f"    <arxiv:comment>{escape(entry.comment)}</arxiv:comment>\n"
    if entry.journal is not None:
        optional += f"    <arxiv:journal_ref>{escape(entry.journal)}</arxiv:journal_ref>\n"
    categories = "".join(
        f'    <category term={quoteattr(name)} scheme="http://arxiv.org/schemas/atom"/>\n' for name in entry.categories
    )
    authors = "".join(f"    <author>\n      <name>{escape(name)}</name>\n    </author>\n" for name in entry.authors)
    return f"""  <entry>
    <id>http://arxiv.org/abs/{entry.id}v{entry.version}</id>
    <title>{escape(entry.title)}</title>
    <updated>{entry.updated or entry.submitted}T17:59:59Z</updated>
    <link href="https://arxiv.org/abs/{entry.id}v{entry.version}" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/{entry.id}v{entry.version}" rel="related" type="application/pdf" title="pdf"/>
    <summary>{escape(entry.abstract)}</summary>
{categories}    <published>{entry.submitted}T17:59:59Z</published>
{optional}    <arxiv:primary_category term={quoteattr(entry.categories[0] if entry.categories else "")}/>
{authors}  </entry>
"""


def api_error(message: str) -> bytes:
    """Return what comes with status 400."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>http://arxiv.org/api/vkoKXQ</id>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id>
    <title>Error</title>
    <summary>{escape(message)}</summary>
    <updated>2026-10-08T00:00:00-04:00</updated>
    <link href="http://arxiv.org/api/errors#incorrect_id_format_for_x" rel="alternate" type="text/html"/>
    <author><name>arXiv api core</name></author>
  </entry>
</feed>
""".encode()


def new_papers(entries: Sequence[Entry], *, day: date) -> bytes:
    """Return the feed of new papers of a day."""
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>http://rss.arxiv.org/atom/cs.CL</id>
  <title>cs.CL updates on arXiv.org</title>
  <updated>{day}T04:00:03.123456+00:00</updated>
  <link href="http://rss.arxiv.org/atom/cs.CL" rel="self" type="application/atom+xml"/>
  <subtitle>cs.CL updates on the arXiv.org e-print archive.</subtitle>
{"".join(_announcement(entry, day) for entry in entries)}</feed>
""".encode()


def _announcement(entry: Entry, day: date) -> str:
    categories = "".join(f"    <category term={quoteattr(name)}/>\n" for name in entry.categories)
    lead = f"arXiv:{entry.id}v{entry.version} Announce Type: {entry.announced} \nAbstract: "
    journal = (
        f"    <arxiv:journal_reference>{escape(entry.journal)}</arxiv:journal_reference>\n" if entry.journal else ""
    )
    return f"""  <entry>
    <id>oai:arXiv.org:{entry.id}v{entry.version}</id>
    <title>{escape(" ".join(entry.title.split()))}</title>
    <updated>{day}T04:00:03.123456+00:00</updated>
    <link href="https://arxiv.org/abs/{entry.id}" rel="alternate" type="text/html"/>
    <summary>{escape(lead + entry.abstract)}</summary>
{categories}    <published>{day}T00:00:00-04:00</published>
    <arxiv:announce_type>{entry.announced}</arxiv:announce_type>
{journal}    <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
    <dc:creator>{escape(", ".join(entry.authors))}</dc:creator>
  </entry>
"""
