"""Names of people and organisations where a question says "by …" or "from …"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.search.query.field_values import Known, known_term, value_terms
from bot.search.query.property_words import PAPER_NOUNS
from bot.search.text.tokens import STOP_WORDS
from bot.store.protocol import Bound

_PAPERS = rf"{PAPER_NOUNS}|research|results?|stuff|anything|something|ones?|etwas|quelque\s+chose"
_WROTE = (
    r"written|authored|co-?authored|published|released|posted|put out|geschrieben|verfasst|veröffentlicht|publiziert"
    r"|écrits?|écrites?|publiée?s?|rédigée?s?"
)
_MADE = r"proposed|introduced|developed|invented|presented|described|created|made|designed|built"
_ARE = r"(?:are|is|were|sind|ist|waren|stammen|kommen|sont|est|viennent|(?:have\s+|has\s+)?c[oa]me(?:\s+out)?)"
_STRONG = re.compile(rf"(?:^|(?<![\w-])(?:(?:{_PAPERS})(?:\s+{_ARE})?|{_WROTE})\s+|[,;:(]\s*)$", re.IGNORECASE)
_BESIDE_PAPERS = re.compile(rf"(?<![\w-])(?:(?:{PAPER_NOUNS})(?:\s+{_ARE})?|{_WROTE})\s+$", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?!(?:need|seed|speed|feed|breed|embed|unsupervised)\s)(?:\w+ed|driven|given|shown|taken|done"
    r"|found|led|run|meant"
    r"|caught|taught|known|seen|\w+ing|is|are|was|were|be|been)\s+$",
    re.IGNORECASE,
)
_MADE_BEFORE = re.compile(rf"\b(?:{_WROTE}|{_MADE})\s+$", re.IGNORECASE)
_LEAD = re.compile(
    r"\b(?P<how>by|from|of|von|aus|vom|par|de chez|chez|de|du|d(?=['’]))(?:\s+|['’])"
    r"(?:the\s+)?(?:(?:authors?|lab|group|team|people|labor|gruppe|labo|équipe)\s+(?:of|at|from|von"
    r"|bei|de)?\s*)?(?:(?:the|der|dem|la|l['’])\s*)?",
    re.IGNORECASE,
)
_BY = frozenset({"by", "von", "par", "de", "du", "d"})
_WEAK = frozenset({"of", "von", "vom", "aus", "de", "du", "d"})
"""Words that stand before much else than names."""
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
    rf"(?=(?:\w{{1,30}}\s+){{0,2}}(?:{_PAPERS})(?!\w))"
)
_INITIALS = re.compile(r",\s*(?P<initials>[^\W\d_]\.(?:[\s-]?[^\W\d_]\.)*)")
_ENDS = re.compile(r"\s*(?:$|[^\w\s’'.-]|\.(?:\s|$)|[’']s\b)|\s+(?P<word>[^\W_]+)")
_GOES_ON = STOP_WORDS | frozenset(
    """since regarding concerning recently published released last papers work works newest oldest über zu zum
    zur mit ohne auf aus seit vor nach in bei und oder von die sur avec sans à en depuis avant après dans et ou
    de du des pour qui que veröffentlicht publié publiés""".split()
)
_LONGEST = 5
_SHORTEST = 2
_NEAR = 40
"""Characters before "by" in which its verb or noun ends."""
_NO_NAMES = frozenset(
    """date year topic author authors title default design far hand number votes upvotes relevance popularity
    age venue name citation citations comments order others other people experts humans researchers scientists
    academia industry arxiv me us you him her them datum jahr thema autor autoren heute gestern date année sujet
    auteur auteurs chercheurs recherche synthèse revue both either monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november december spring
    summer autumn fall winter januar februar märz mai juni juli oktober dezember janvier février mars avril juin
    juillet août septembre octobre novembre décembre montag dienstag mittwoch donnerstag freitag samstag sonntag
    lundi mardi mercredi jeudi vendredi samedi dimanche today yesterday last this these that daily store feed
    feeds""".split()
)
_LABS = frozenset(
    """deepmind openai google meta facebook fair microsoft nvidia anthropic apple amazon ibm baidu tencent
    alibaba huawei bytedance mistral cohere salesforce adobe intel samsung sony stanford mit berkeley cmu oxford
    cambridge princeton harvard eth epfl inria tsinghua mila deepseek qwen allenai ai2 eleutherai bigscience xai
    kaist""".split()
)
"""Labs and universities by the one word that people call them by, to tell an unknown one from an unknown author."""

_ORGANISATION = re.compile(
    r"\b(?:univer\w+|institut\w*|labs?|laborator\w+|research|inc|corp\w*|company|college|school"
    r"|academy|hochschule|école|cnrs"
    r"|max[-\s]planck)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """Terms of a name, or a bound, where in the text they were asked for, and what is `left` in their place."""

    terms: tuple[str, ...]
    start: int
    end: int
    bound: Bound | None = None
    left: str = ""


def find_names(text: str, known: Known) -> Iterator[Named]:
    """Yield the authors and organisations that `text` asks for, in order.

    A guess is never made: the words beside the name must be about papers ("papers by hinton"), or the name be
    spelled with a capital and no verb stand before it ("capsules by Hinton", but not "trained by Adam"). A full name
    may stand anywhere. Beside words about papers, a name that no paper has is yielded too.
    """
    published = list(_find_publishers(text, known))
    yield from published
    for match in _ET_AL_BEHIND.finditer(text):
        yield from _last_words(match, known)
    for match in _OWN.finditer(text):
        if term := _owner(match, known):
            yield Named((term,), match.start(), match.end())
    for match in _LEAD.finditer(text):
        if any(named.start <= match.start() < named.end for named in published):
            continue
        if found := _read_names_after(text, match, known):
            yield found


_NAME = r"(?P<name>(?:[^\W\d_a-zà-ÿ][\w’'.-]{0,30}\s+){0,3}?[^\W\d_a-zà-ÿ][\w’'-]{1,30})"
_WHOLE_NAME = _NAME.replace("{0,3}?", "{0,3}")
_RECENTLY = r"(?:(?:recently|lately|ever|just|also|already|kürzlich|zuletzt|schon|récemment|déjà)\s+)?"
# "what has DeepMind published on …", "was hat DeepMind zu … veröffentlicht", "qu'est-ce que DeepMind a publié sur …".
_PUBLISHERS = (
    re.compile(
        rf"\b(?i:(?:what|anything|something|everything|{PAPER_NOUNS})\s+(?:else\s+)?(?:that\s+)?(?:has"
        rf"|have|had|did)\s+){_NAME}"
        rf"\s+(?i:{_RECENTLY}(?P<did>publish(?:ed)?|released?|write|written|put\s+out|posted))\b"
    ),
    re.compile(
        rf"\b(?i:was|welche\w*\s+(?:{PAPER_NOUNS}))\s+(?i:hat|haben)\s+{_WHOLE_NAME}(?=\s)(?:\s+(?i:kürzlich"
        rf"|zuletzt|schon|alles))?"
        r"[^.?!]{0,80}?\s(?i:(?P<did>veröffentlicht|geschrieben|publiziert|verfasst|herausgebracht))\b"
    ),
    re.compile(
        rf"\b(?i:qu['’]est-ce\s+que?|quels?\s+(?:{PAPER_NOUNS})|ce\s+que)\s*['’]?\s*{_NAME}\s+(?i:a|ont)(?:-t-\w+)?"
        rf"\s+(?i:{_RECENTLY}(?P<did>publiée?s?|écrits?|sortis?))\b"
    ),
    re.compile(rf"\b(?i:qu['’]a\s+(?P<did>publié|écrit|sorti))\s+{_NAME}(?=\s+(?i:sur|à|en|dans|de)\b|\s*[?.!]|\s*$)"),
)


def _find_publishers(text: str, known: Known) -> Iterator[Named]:
    for pattern in _PUBLISHERS:
        if match := pattern.search(text):
            name = match["name"].removesuffix("'s").removesuffix("’s")
            field = _field_of(name, "author", "organisation", known=known)
            term = known_term(field, name, known) or next(iter(value_terms(field, name)), None)
            if term:
                yield Named((term,), match.start("name"), match.end("name"))
                yield Named((), match.start("did"), match.end("did"))
            return


def _owner(match: re.Match[str], known: Known) -> str | None:
    """Return the term of who owns papers: "Hinton's papers", "Geoffrey Hinton papers", "DeepMind papers"."""
    name = match["name"]
    if (match["own"] or " " in name) and (term := known_term("author", name, known)):
        return term
    if name.casefold() in _LABS or match["own"] or " " in name:
        if term := known_term("organisation", name, known):
            return term
        return next(iter(value_terms("organisation", name)), None) if name.casefold() in _LABS else None
    return None


def _field_of(name: str, first: str, second: str, *, known: Known) -> str:
    """Return which of two fields a name is of: the one that papers have it in, or what it looks like."""
    for field in (first, second):
        if known_term(field, name, known):
            return field
    looks = bool(_ORGANISATION.search(name)) or any(word.casefold() in _LABS for word in name.split())
    return "organisation" if looks else first


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
    how = lead["how"].casefold()
    if how in _WEAK and not (strong and before.strip()):
        return None
    verb = bool(_VERB.search(before)) and not strong and not made
    fields = ("author", "organisation") if how in _BY else ("organisation", "author")
    terms: list[str] = []
    at = end = lead.end()
    while True:
        found = _name_at(text, at, fields, known, strong=strong, verb=verb)
        if found is None and (_BESIDE_PAPERS.search(before) or not text[: lead.start()].strip()):
            found = _unknown_at(text, at, fields, known, lower=how in {"by", "from", "par"})
            if found and not before.strip() and text[found[1] :].strip(" ?.!"):
                found = None  # "From Kettles to Teapots"
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


def _unknown_at(text: str, at: int, fields: tuple[str, str], known: Known, *, lower: bool) -> tuple[str, int] | None:
    """Return the term of a name that no paper has, and where it ends: of capitals or, with `lower`, a single word."""
    words: list[re.Match[str]] = []
    end = at
    while len(words) < _LONGEST and (match := _WORD.match(text, end)):
        if match[1].casefold() in STOP_WORDS or match[1].casefold() in _NO_NAMES:
            break
        if not match[1][0].isupper() and not (lower and not words):
            break
        words.append(match)
        end = match.end()
    if not words or not _may_end(text, end) or _ALTERNATIVE.match(text, end):
        return None
    name = text[at:end].strip().rstrip(".")
    if len(name) < _SHORTEST or (name.endswith("ing") and name.islower()):
        return None
    field = _field_of(name, *fields, known=known)
    if name[0].islower() and field == "organisation" and name.casefold() not in _LABS:
        return None
    return next((term, end) for term in value_terms(field, name)) if value_terms(field, name) else None


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
