"""From what a user typed to what is looked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.answers.planning.followups import Turn, content_words, is_followup, is_name, topic_titles, topic_words
from bot.answers.planning.sides import find_sides, says_compared
from bot.errors.requests import LinkUnknown, QuestionEmpty, QuestionTooLong
from bot.search.query.date_context import speaks_of_time
from bot.search.query.date_parts import Order
from bot.search.query.dates import Span, find_span, without_dates
from bot.search.query.filters import Filters
from bot.search.query.ids import arxiv_ids, other_links, without_links
from bot.search.ranking.request_words import without_request_words
from bot.search.text.tokens import STOP_WORDS, quoted_phrases, tokenize, without_quotes
from bot.text import clean, shorten


class Intent(StrEnum):
    """What kind of answer a question wants."""

    QUESTION = "question"
    LIST = "list"
    COMPARE = "compare"
    SUMMARY = "summary"
    LATEST = "latest"


_COMPARE = re.compile(
    r"(?:^|[.,;:!?]\s*|\b(?:please|pls|you|and)\s+)(?:compare|contrast)\b|\bhow\s+(?:do|does"
    r"|did)\b[^.?!]*\b(?:differ|compare)\b"
    r"|\bdifferences?\s+between\b",
    re.IGNORECASE,
)
_LATEST = re.compile(r"(?:newest|latest|freshest|most\s+recent(?:ly)?|what['’]?s\s+new)", re.IGNORECASE)
_SUMMARY = re.compile(
    r"\b(?:summar(?:y|i[sz]e)|tl;?dr|overview|in\s+a\s+nutshell|in\s+short|tell\s+(?:me|us)\s+about|explain)\b",
    re.IGNORECASE,
)
_PAPERS = r"(?:papers|preprints|publications|articles|works|studies|surveys)"
_LIST = re.compile(
    rf"^(?:please\s+|pls\s+|can\s+you\s+)?list\b|^(?:which|what|any|all|every|find|show|give|got|get)\b"
    rf"(?:\s+[\w-]+){{0,5}}?\s+{_PAPERS}\b"
    rf"|^{_PAPERS}\b|\b{_PAPERS}\s+(?:on|about|that|which|where|with|using|from)\b|\b(?:any|every|all"
    rf"(?:\s+the)?)\s+papers?\b"
    rf"|^(?:(?:is|are)\s+there\s+)?(?:anything|everything|something)\b|^(?:any|every)\b|^which\s+ones\b"
    rf"|\b{_PAPERS}\s*\??$"
    r"|^what['’]?s\s+(?:there|good|out)\b|^what\s+(?:came\s+out|(?:was|has\s+been|got)\s+\w+)\s*\??$|^"
    r"(?:have|got|do)\s+(?:you\s+)?(?:have\s+)?any\b",
    re.IGNORECASE,
)


def find_intent(question: str, *, sides: Sequence[str] = (), span: Span | None = None) -> Intent:
    """Tell what kind of answer `question` wants, given the sides that it compares and its dates."""
    if sides or _COMPARE.search(question):
        return Intent.COMPARE
    if span and any(_LATEST.fullmatch(words) for words in span.words):
        return Intent.LATEST
    if _SUMMARY.search(question):
        return Intent.SUMMARY
    undated = question
    for words in span.words if span else ():
        undated = undated.replace(words, " ")
    if _LIST.search(" ".join(undated.split())):
        return Intent.LIST
    # A bare name.
    return Intent.SUMMARY if len(question.split()) == 1 == len(content_words(question)) else Intent.QUESTION


_TITLE_WORDS = 4
"""A quoted phrase of fewer words may be a term rather than a title."""

_LINK_SHOWN = 100
_SAYS_WHAT = re.compile(r"\b(?:arxiv|abs|doi|id|titled?|entitled)\b", re.IGNORECASE)
# What is asked of a link when nothing else is said: nobody here opens one.
_OF_LINK = frozenset(
    """summarise summarize summary tldr tl;dr tl dr sum read open check see compare think opinion thoughts link page
    site website url article paper pdf post blog here about explain analyse analyze review good worth
    say says said saying
    fasse fass zusammen zusammenfassung lies lesen erkläre was ist das steht dort diese diesen seite bitte mir
    résume résumer résumé lis lire explique que dit ce cette lien moi""".split()
)
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_MARKUP = re.compile(r"<(?:@[!&]?|#)\d+>|<a?:\w+:\d+>|</[^:>]+:\d+>")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question asks for.

    `question` is what to look for, which always holds the words that were typed; `wording` is its standalone wording
    where that is not the user's own, to be shown as what was searched for. `keywords` are searched together with the
    question. `quoted` are titles or phrases that were in quotation marks. `date_words` are the parts of the question
    that became `filters` and `order`. `compares_nothing` is what a model says that read the question and took it for
    none that compares.
    """

    question: str
    keywords: tuple[str, ...] = ()
    filters: Filters = Filters()
    order: Order | None = None
    intent: Intent = Intent.QUESTION
    sides: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    wording: str | None = None
    date_words: tuple[str, ...] = ()
    compares_nothing: bool = False

    @property
    def rewritten(self) -> bool:
        """Whether the wording is not the user's own."""
        return self.wording is not None

    @property
    def topic(self) -> str:
        """The question without the words of its dates and without links: what is left to search for."""
        return without_links(without_dates(self.question, Span(None, None, None, self.date_words)))

    @property
    def complete(self) -> bool:
        """Whether arXiv ids, quoted titles or a span of time are all that a plan made in code holds.

        Nobody can add to that: keywords would only make a search for a topic of it.
        """
        if self.rewritten or any(len(phrase.split()) < _TITLE_WORDS for phrase in self.quoted):
            return False
        rest = without_quotes(self.topic, filler=" ")
        unnamed = " ".join(word for word in rest.split() if not arxiv_ids(word))
        return not tokenize(_SAYS_WHAT.sub(" ", without_request_words(unnamed)))


def clean_question(text: str, *, limit: int) -> str:
    """Return the question without chat markup and hidden characters.

    Raises QuestionTooLong over `limit` characters, QuestionEmpty when no letter or digit is left, and LinkUnknown when
    it is about a link that is none to a paper, and about nothing else.
    """
    question = " ".join(_MARKUP.sub(" ", _KEYCAP.sub(" ", clean(text))).split())
    if len(question) > limit:
        raise QuestionTooLong(length=len(question), limit=limit)
    if not any(char.isalnum() for char in question):
        raise QuestionEmpty
    links = other_links(question)
    if links and not arxiv_ids(question) and set(content_words(without_links(question))) <= _OF_LINK:
        raise LinkUnknown(link=shorten(links[0], _LINK_SHOWN))
    return question


def reads_as_question(text: str) -> bool:
    """Whether `text` is a sentence rather than keywords, as "which nets spike" is, "spiking transformer" not."""
    return "?" in text or any(word.casefold() in STOP_WORDS for word in re.findall(r"[^\W\d_]+", text))


def plan_in_code(question: str, *, today: date | None = None, history: Sequence[Turn] = ()) -> Plan:
    """Make the plan that serves without a model. Without `today`, dates are not looked for.

    `history` are the turns before the question, oldest first; the question is rewritten when it needs them.
    """
    span = find_span(question, today=today) if today else None
    undated = without_dates(question, span)
    rewritten = _standalone(question, undated, history, today, dated=span is not None)
    titles = topic_titles(history) if rewritten else ()
    sides = find_sides(undated, topic=titles[0] if titles else "")
    if rewritten and not any(is_name(side) or side in titles for side in sides):
        # "separate models or the all-in-one": aspects of the topic, which are not to be searched without it.
        sides = ()
    return Plan(
        question=rewritten or question,
        filters=Filters(after=span.after, before=span.before) if span else Filters(),
        order=span.order if span else None,
        intent=find_intent(question, sides=sides, span=span),
        sides=sides,
        quoted=quoted_phrases(question),
        wording=rewritten,
        date_words=span.words if span else (),
    )


def _standalone(question: str, undated: str, history: Sequence[Turn], today: date | None, *, dated: bool) -> str | None:
    """Put the topic of the last turns before a question that needs it; None where it stands alone or they have none."""
    said = [turn.content for turn in history]
    if not is_followup(undated, said, dated=dated):
        return None
    titles = topic_titles(history)
    known = set(content_words(" ".join(titles)))
    words = " ".join(word for word in topic_words(history, today=today) if word not in known)
    # Made of what was said, a topic always shares its words with the history. Thanks and greetings have none.
    topic = ", ".join(filter(None, (words, *titles)))
    return f"{topic}: {question}" if content_words(topic) else None


def planned(in_code: Plan, by_model: Plan, *, today: date, said: str | None = None) -> Plan:
    """Put the two plans of one question together. `by_model` may be such a plan already.

    Dates and order that code reads stand, also those that the model wrote into its wording. Where the question speaks
    of a time that code doesn't read, as in another language, the model's days are taken. Sides that code found stay
    unless the model says that nothing is compared and no word such as "vs" says it; its own are taken only where all
    stand in `said`, the words of the question and of the conversation. Where the model left the
    question as it was typed, and code found that it needs the conversation, code's wording stands.
    """
    if in_code.complete:
        return in_code
    worded = by_model if by_model.rewritten else in_code
    dated = find_span(worded.question, today=today)
    compared = by_model.sides if by_model.intent is Intent.COMPARE and _stand_in(by_model.sides, said) else ()
    in_words = () if by_model.compares_nothing and not says_compared(in_code.question) else in_code.sides
    filters, order = in_code.filters, in_code.order
    if not in_code.date_words and speaks_of_time(in_code.question):
        began = by_model.filters.after is None or by_model.filters.after <= today
        filters = replace(filters, after=by_model.filters.after, before=by_model.filters.before) if began else filters
        order = by_model.order
    return replace(
        by_model,
        question=worded.question,
        wording=worded.wording,
        filters=filters,
        order=order,
        date_words=dated.words if in_code.date_words and dated else in_code.date_words,
        sides=compared or in_words,
    )


def _stand_in(sides: Sequence[str], said: str | None) -> bool:
    """Whether all sides were named: half of a side's words, so that "GNN-based methods" of "GNNs" is no invention."""
    if said is None:
        return True
    there = set(tokenize(said))
    terms = [tokenize(side) for side in sides]
    return all(own and 2 * sum(term in there for term in own) >= len(own) for own in terms)
