"""From what a user typed to what is looked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.assistant.followups import is_followup
from bot.assistant.history import Turn, topic_titles, topic_words
from bot.assistant.intent import Intent, find_intent
from bot.assistant.sides import find_sides
from bot.assistant.words import content_words, is_name
from bot.errors import QuestionEmpty, QuestionTooLong
from bot.search.date_parts import Order
from bot.search.dates import Span, find_span, without_dates
from bot.search.filters import Filters
from bot.search.quotes import quoted_phrases
from bot.text import clean

_MARKUP = re.compile(r"<(?:@[!&]?|#)\d+>|<a?:\w+:\d+>|</[^:>]+:\d+>")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question asks for.

    `question` is its standalone wording, which always holds the words that were typed; `keywords` are searched together
    with it. `quoted` are titles or phrases that stood in quotation marks. `rewritten` says that the wording is not the
    user's own, so that what was searched for should be shown. `date_words` are the parts of the question that became
    `filters` and `order`.
    """

    question: str
    keywords: tuple[str, ...] = ()
    filters: Filters = Filters()
    order: Order | None = None
    intent: Intent = Intent.QUESTION
    sides: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    rewritten: bool = False
    date_words: tuple[str, ...] = ()

    @property
    def topic(self) -> str:
        """The question without the words of its dates: what is left to search for."""
        return without_dates(self.question, Span(None, None, None, self.date_words))


def clean_question(text: str, *, limit: int) -> str:
    """Return the question without chat markup and hidden characters.

    Raises QuestionTooLong over `limit` characters and QuestionEmpty when no letter or digit is left.
    """
    question = " ".join(_MARKUP.sub(" ", clean(text)).split())
    if len(question) > limit:
        raise QuestionTooLong(length=len(question), limit=limit)
    if not any(char.isalnum() for char in question):
        raise QuestionEmpty
    return question


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
        rewritten=rewritten is not None,
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
