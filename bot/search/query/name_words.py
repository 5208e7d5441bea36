"""Names of people and organisations where a question says "by …" or "from …"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.search.query.field_values import Known, known_term
from bot.search.text.tokens import STOP_WORDS

_PAPERS = (
    r"papers?|works?|articles?|stud(?:y|ies)|research|publications?|preprints?|results?|stuff|anything|something|ones?"
)
_WROTE = r"written|authored|co-?authored|published|released|posted|put out"
_MADE = r"proposed|introduced|developed|invented|presented|described|created|made|designed|built"
_STRONG = re.compile(rf"(?:^|\b(?:{_PAPERS}|{_WROTE})\s+|[,;:(]\s*)$", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?!(?:need|seed|speed|feed|breed|embed|unsupervised)\s)(?:\w+ed|driven|given|shown|taken|done|found|led|run|meant"
    r"|caught|taught|known|seen|\w+ing|is|are|was|were|be|been)\s+$",
    re.IGNORECASE,
)
_MADE_BEFORE = re.compile(rf"\b(?:{_WROTE}|{_MADE})\s+$", re.IGNORECASE)
_LEAD = re.compile(
    r"\b(?P<how>by|from|of)\s+(?:the\s+(?:authors?|lab|group|team|people)\s+(?:of|at|from)?\s*)?", re.IGNORECASE
)
_WORD = re.compile(r"\s*([^\W\d_](?:[^\W_]|[’'-](?=[^\W_])|\.(?=[^\W\d_]))*\.?)")
_JOIN = re.compile(r"\s*(?:,\s*(?:and\s+)?|&\s*|\band\s+)", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"\s*,?\s*\bor\b", re.IGNORECASE)
_ET_AL = re.compile(r",?\s+(?:et\.?\s*al\b\.?|and (?:colleagues|co-?authors|others|the team))", re.IGNORECASE)
_ET_AL_BEHIND = re.compile(
    r"(?<![\w’'-])(?P<name>(?:[^\W_][\w’'-]{0,30}\.?\s+){0,2}[^\W\d_][\w’'-]{1,30})" + _ET_AL.pattern, re.IGNORECASE
)
# "Hinton's papers", "Hinton’s early work", "Geoffrey Hinton papers".
_OWN = re.compile(
    r"(?<![\w’'-])(?P<name>(?:[^\W\d_a-z][\w’'-]{0,30}\.?\s+){0,2}[^\W\d_a-z][\w-]{1,30})(?P<own>[’']s)?\s+"
    rf"(?=(?:\w{{1,30}}\s+){{0,2}}(?:{_PAPERS})\b)"
)
_INITIALS = re.compile(r",\s*(?P<initials>[^\W\d_]\.(?:[\s-]?[^\W\d_]\.)*)")
_ENDS = re.compile(r"\s*(?:$|[^\w\s’'.-]|\.(?:\s|$)|[’']s\b)|\s+(?P<word>[^\W_]+)")
_GOES_ON = STOP_WORDS | frozenset(
    "since regarding concerning recently published released last papers work works".split()
)
_LONGEST = 5
_NEAR = 40
"""Characters before "by" in which its verb or noun ends."""
_NO_NAMES = frozenset("date year topic author authors title default design far hand".split())


@dataclass(frozen=True, slots=True)
class Named:
    """Terms of a name, and where in the text they were asked for."""

    terms: tuple[str, ...]
    start: int
    end: int


def find_names(text: str, known: Known) -> Iterator[Named]:
    """Yield the authors and organisations that papers have and that `text` asks for, in order.

    A guess is never made: the words beside the name must be about papers ("papers by hinton"), or the name be
    spelled with a capital and no verb stand before it ("capsules by Hinton", but not "trained by Adam"). A full name
    may stand anywhere.
    """
    for match in _ET_AL_BEHIND.finditer(text):
        yield from _last_words(match, known)
    for match in _OWN.finditer(text):
        if (match["own"] or " " in match["name"]) and (term := known_term("author", match["name"], known)):
            yield Named((term,), match.start(), match.end())
    for match in _LEAD.finditer(text):
        if found := _read_names_after(text, match, known):
            yield found


def _last_words(match: re.Match[str], known: Known) -> Iterator[Named]:
    """Find the name before "et al.": the longest one that ends there."""
    name = match["name"]
    for word in re.finditer(r"\S+", name):
        if term := known_term("author", name[word.start() :], known):
            yield Named((term,), match.start() + word.start(), match.end())
            return


def _read_names_after(text: str, lead: re.Match[str], known: Known) -> Named | None:
    before = text[max(0, lead.start() - _NEAR) : lead.start()]
    made = _MADE_BEFORE.search(before)
    strong = bool(_STRONG.search(before))
    verb = bool(_VERB.search(before)) and not strong and not made
    fields = ("author", "organisation") if lead["how"].lower() == "by" else ("organisation", "author")
    if lead["how"].lower() == "of" and not strong:
        return None
    terms: list[str] = []
    at = end = lead.end()
    while True:
        found = _name_at(text, at, fields, known, strong=strong, verb=verb)
        if found is None:
            break
        term, end = found
        terms.append(term)
        if et_al := _ET_AL.match(text, end):
            end = et_al.end()
        if _ALTERNATIVE.match(text, end):
            return None  # either of two can't be asked for
        join = _JOIN.match(text, end)
        if join is None:
            break
        at = join.end()
    return Named(tuple(terms), lead.start() - (len(made.group()) if made else 0), end) if terms else None


def _name_at(
    text: str, at: int, fields: tuple[str, ...], known: Known, *, strong: bool, verb: bool
) -> tuple[str, int] | None:
    """Return the term of the longest name that begins at `at`, and where the name ends."""
    words: list[re.Match[str]] = []
    end = at
    while len(words) < _LONGEST and (match := _WORD.match(text, end)):
        words.append(match)
        end = match.end()
    for count in range(len(words), 0, -1):
        end = words[count - 1].end()
        name = text[at:end].strip()
        if count == 1 and (initials := _INITIALS.match(text, end)):  # "Hinton, G."
            end = initials.end()
            name = f"{initials['initials']} {name}"
        if not _is_name(name, count, strong=strong, verb=verb) or not _may_end(text, end):
            continue
        for field in fields:
            if term := known_term(field, name.rstrip("."), known):
                return term, end
    return None


def _is_name(name: str, count: int, *, strong: bool, verb: bool) -> bool:
    if name.casefold() in STOP_WORDS or name.casefold() in _NO_NAMES:
        return False
    capital = name[0].isupper() or name.rpartition(" ")[2][0].isupper()
    if strong:
        return True
    return capital and (count > 1 or not verb)


def _may_end(text: str, end: int) -> bool:
    """Whether a name may end here: before the end, punctuation, a function word; not before a word like its own."""
    after = _ENDS.match(text, end)
    return after is not None and (after["word"] is None or after["word"].casefold() in _GOES_ON)
