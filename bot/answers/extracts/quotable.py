"""Which sentences of an abstract may be shown word for word."""

import re
from functools import lru_cache

from bot.answers.sentences import split_sentences
from bot.models import Paper
from bot.text import one_line

# As Discord and browsers find addresses: with a scheme, by www, or as a host with a path.
_URL = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,30}://|\bwww\.|\bmailto:|discord(?:app)?\.(?:gg|com)/|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/)"
    r"[^\s<>()\[\]{}\"'`|\\]*",
    re.IGNORECASE,
)
# Masked links and images, mentions and pings, fences of code, chat templates and tags of a prompt's data.
_MARKUP = re.compile(
    r"!?\[[^\]\n]*\]\(|<(?:[@#:]|/[\w -]+:\d|a:|id:|t:|https?:)|@(?:everyone|here)\b|```|^(?:#{1,6}|>{1,3}|-#)\s"
    r"|<\|[^|\n]{1,40}\|>|\[/?INST\]|<</?SYS>>"
    r"|</?(?:s|system|user|assistant|abstract|paper|documents?|context|instructions?|sources?|img|a|script)\b[^>\n]*>",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:notes? (?:to|for) (?:all |any |the )?(?:ai|llms?|language models?|assistants?|chatbots?|bots?)\b"
    r"|(?:ai|llm) (?:assistants?|agents?|models?|systems?)\s*[:,]\s*(?:please|you|ignore|always|never)\b"
    r"|(?:ignore|disregard|forget) (?:(?:all|any|every|the|of|these|my) )*"
    r"(?:previous|prior|above|earlier|preceding|your)(?: \w+)? (?:instructions?|prompts?|rules|orders)\b"
    r"|(?:whenever|if|when) you (?:mention|cite|quote|summari[sz]e|describe|read) (?:this|the present|our)\b"
    r"|(?:any|every|each|all) (?:summar(?:y|ies)|answers?|mentions?|descriptions?) (?:of|about) this (?:paper|work)"
    r"(?: \w+)? (?:must|should|has to|have to|needs? to)\b"
    r"|(?:from (?:here|now) on|you must(?: now| always)?|your (?:new )?(?:task|rule)s? (?:is|are) (?:now )?to"
    r"|begin your|start your|end your) (?:answer|reply|respond|write|repl(?:y|ies)|response|message)"
    r"|(?:system prompt|new polic(?:y|ies)|server rules?)\s*:)",
    re.IGNORECASE,
)


def quotable_sentences(paper: Paper) -> list[str]:
    """Return the sentences of an abstract in reading order, without those that no user is shown.

    Left out are sentences with markup that a front end would act upon, with an address other than the paper's own
    `code_url` and `project_url`, and such as give orders to an AI assistant. No real sentence among 67,283 of
    ml-papers is taken for an order; `python -m bench.extracts` counts what is lost.
    """
    return list(_quotable(paper.abstract, tuple(url for url in (paper.code_url, paper.project_url) if url)))


# One answer looks at each of its papers several times, and a conversation stays with the same papers.
@lru_cache(maxsize=256)
def _quotable(abstract: str, urls: tuple[str, ...]) -> tuple[str, ...]:
    own = frozenset(map(_plain, urls))
    found = (sentence for line in abstract.split("\n") for sentence in split_sentences(line))
    return tuple(sentence for sentence in found if _is_quotable(sentence, own))


def forget() -> None:
    """Let go of what is kept from earlier calls, so that the next ones can be timed."""
    _quotable.cache_clear()


def _is_quotable(sentence: str, own: frozenset[str]) -> bool:
    """Whether a sentence may be shown; `own` are the addresses of its paper without scheme and end."""
    if has_markup(sentence) or gives_orders(sentence):
        return False
    return not has_link(sentence) or all(_plain(url) in own for url in _URL.findall(sentence))


def has_link(sentence: str) -> bool:
    """Whether a sentence has an address in it."""
    # The first test is for speed: nearly every sentence ends there.
    return any(sign in sentence for sign in ("/", "www.", "mailto:")) and _URL.search(sentence) is not None


def has_markup(sentence: str) -> bool:
    """Whether a front end would make something of a sentence: a masked link, a mention, a heading, a block of code."""
    return _MARKUP.search(sentence) is not None


def gives_orders(sentence: str) -> bool:
    """Whether a sentence tells an AI assistant what to do, rather than its reader about a paper."""
    return _ORDER.search(one_line(sentence)) is not None


def _plain(url: str) -> str:
    """Return an address by which two spellings of it are compared."""
    address = re.sub(r"^[a-z0-9+.-]*https?://(?:www\.)?|^www\.", "", url.casefold())  # also "athttps://"
    return address.rstrip(".,;:!?/*_~").removesuffix(".git")
