"""Papers that a question names by arXiv id, alone or within any of the links to them; and links to anything else."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from bot.models import parse_arxiv_id

# The archives of old ids, arxiv.org/category_taxonomy and those merged into them since: nothing else before seven
# digits is an id, such as "issues/1234567".
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga"
    "|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph"
    "|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
# Since April 2007: year and month, then four digits, five since 2015 (info.arxiv.org/help/arxiv_identifier.html).
_NEW = r"(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5}"
_OLD = rf"(?:{_ARCHIVES})(?:\.[A-Z]{{2}})?/\d{{7}}"
_CANDIDATE = re.compile(
    rf"(?:(?<![\w.])|(?<=arxiv\.)|(?<=arxiv_)|(?<=arxiv))(?:{_NEW}|{_OLD})(?:v\d{{1,3}})?(?!\w)",
    re.IGNORECASE | re.ASCII,
)


def arxiv_ids(text: str) -> tuple[str, ...]:
    """Return the unversioned arXiv ids in `text`, also those within links, in order and once each."""
    return tuple(dict.fromkeys(_found(text)))


# "example.com/foo" without a scheme too, where a path makes it a link: "Node.js" is none.
_LINK = re.compile(
    r"<?(?:https?://|www\.)[^\s<>\"“”]+>?|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|io|ai|dev|edu|gov|de|fr|uk|eu)/[^\s<>\"“”]+",
    re.IGNORECASE,
)


def other_links(text: str) -> tuple[str, ...]:
    """Return the links in `text` that have no arXiv id in them, in order."""
    links = (match.group().strip("<>.,;:!?)'’") for match in _LINK.finditer(text))
    return tuple(link for link in links if not arxiv_ids(link))


def without_links(text: str) -> str:
    """Return `text` without those links; text that has none comes back as it is."""
    rest = _LINK.sub(lambda match: match.group() if arxiv_ids(match.group()) else " ", text)
    return text if rest == text else " ".join(rest.split())


def _found(text: str) -> Iterator[str]:
    if "%" in text:  # "arxiv.org%2Fabs%2F2310.01234", as in links that redirect
        text = unquote(text)
    for match in _CANDIDATE.finditer(text):
        if parsed := parse_arxiv_id(match.group()):
            yield parsed[0]
