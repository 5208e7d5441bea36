"""From a plan to the papers that an answer is made from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain, zip_longest

from bot.answers.answer import AnswerDraft, Task, number_sources
from bot.answers.planning.followups import is_name, names, needs_history
from bot.answers.planning.plan import Intent, Plan
from bot.answers.planning.sides import shared_context
from bot.answers.request import RequestContext
from bot.models import Paper, slug
from bot.search.engine.protocol import Hit
from bot.search.query.date_parts import Order
from bot.search.query.filters import Filters
from bot.search.query.ids import arxiv_ids
from bot.search.ranking.confidence import Confidence
from bot.search.ranking.named import own_names_in
from bot.search.ranking.query_terms import question_terms
from bot.search.ranking.second_stage import Query, SearchResult
from bot.search.searcher import Searcher
from bot.search.text.tokens import fold, tokenize, without_latex

FAR_BEHIND = 0.6
"""Where one paper is asked about by its title, others stay from this share of its score on.

No question of eval/questions.jsonl (52 and 10,052 papers, with and without plans) and none of 1,640 made by
bench/questions.py loses a paper that it is about, with any share up to 1: all of theirs that name one paper are about
that one. So are 208 of 208 sentences of abstracts, asked with their names and 60 % of their other words, that name one.
"""

# What asks about one paper by way of others, or for others by way of one.
_OF_OTHERS = re.compile(
    r"\b(?:similar|alike|like|related?|relation\w*|alternatives?|others?|another|else|instead|compar\w+|versus|vs|besides"
    r"|beyond|than|successors?|follow-?ups?|buil[dt]s?\s+(?:up)?on|cit(?:e|es|ed|ing)|extend(?:s|ed|ing)?|newer|since"
    r"|after\s+(?-i:\w*[A-Z])\w*|against|rather|competitors?|rivals?|baselines?|differ\w*|papers|works|approaches|methods"
    r"|models|them|these|those|both|each|field)\b",
    re.IGNORECASE,
)
# What may be meant for a date, where code has read none.
_TIME = re.compile(
    r"\b(?:(?:19|20)\d\d|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter|today|yesterday|ago|past"
    r"|(?:this|next|few)\s+(?:days?|weeks?|months?|years?)|last|latest|recent\w*|new|newest|old|older|oldest|until|before|earlier|later|now|current\w*)\b",
    re.IGNORECASE,
)
_UNMISTAKABLE = 5
"""Letters of a name with capitals within that is nothing else's: SSAST, but not QAM, SCT or DBP."""

_HELD = 0.5
"""The share, by weight, of a question's other words that a paper has whose name may also be another thing's.

All 7 of 1,034 questions from other fields (cranfield, scifact) that name a paper by such a name stay under it.
"""

_ASKED_ABOUT_ONE = frozenset({Intent.QUESTION, Intent.SUMMARY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved(SearchResult):
    """What a search found, and the plan that it followed.

    `missing` are the sides of a comparison that no paper is about. The papers are then those of the others, and
    `one_sided` is whether these can be told of, though the comparison itself can't be answered.
    """

    plan: Plan
    missing: tuple[str, ...] = ()
    one_sided: bool = False

    @property
    def subject(self) -> str | None:
        """The key of the one paper that is asked about: named for certain, and no other beside it; else None."""
        plan = self.plan
        if len(self.named) != 1 or not self.hits or self.hits[0].paper.key != self.named[0]:
            return None
        if plan.sides or plan.order or plan.intent not in _ASKED_ABOUT_ONE:
            return None
        said = slug(plan.question)
        of_one = sum(slug(hit.paper.title) in said for hit in self.hits) <= 1  # a follow-up's holds the last answer's
        return self.named[0] if of_one and not _OF_OTHERS.search(_untitled(plan, self.hits[0].paper)) else None

    @property
    def certain(self) -> bool:
        """Whether the question's own words find the one paper that it asks about, so that a model's plan adds nothing.

        Not so where it points back to what was said before, has words of time that were not read as a date, or where
        its name may be another thing's: "QAM" is a modulation too.
        """
        plan = self.plan
        alone = self.subject is not None and not plan.rewritten and not needs_history(plan.question)
        return alone and not _TIME.search(_untitled(plan, self.hits[0].paper)) and self._unmistakable()

    def _unmistakable(self) -> bool:
        """Whether the first paper's name is written as no word is, or the paper has most of what else is asked."""
        topic, paper = self.plan.topic, self.hits[0].paper
        names = own_names_in(topic, paper, self.index)
        typed = [match[0] for name in names if (match := re.search(re.escape(name), topic, re.IGNORECASE))]
        if not names or any(len(name) >= _UNMISTAKABLE and is_name(name) for name in typed):
            return True
        held, own = set(tokenize(_text(paper))), set(tokenize(" ".join(names)))
        weights = {term: self.index.idf(term) for term in question_terms(topic) if term not in own}
        return sum(weight for term, weight in weights.items() if term in held) >= _HELD * sum(weights.values())

    def without_far_behind(self) -> "Retrieved":
        """Return this without the papers far behind the one that is asked about; unchanged where that isn't one.

        Where it is called by its name, others stay that mention it. Their scores don't tell: of "How many GPUs are
        needed for Stormer?" a paper on something else has 80 % of the best score for its GPUs, among few papers.
        """
        if self.subject is None:
            return self
        first, *others = self.hits
        if names := [name.casefold() for name in own_names_in(self.plan.topic, first.paper, self.index)]:
            near = [hit for hit in others if any(name in _text(hit.paper) for name in names)]
        elif first.paper.key in arxiv_ids(self.plan.question):  # what is said beside an id finds anything
            near = []
        else:
            near = [hit for hit in others if hit.score >= FAR_BEHIND * first.score]
        return replace(self, hits=(first, *near))

    def draft(
        self, task: Task, question: str, context: RequestContext, *, papers: Sequence[Paper] | None = None
    ) -> AnswerDraft:
        """Return the draft of an answer to `question` from all papers found, or from some of them."""
        return AnswerDraft(
            task=task,
            question=question,
            sources=number_sources(self.papers if papers is None else papers),
            index=self.index,
            searched=self.searched,
            span=self.span,
            wording=self.plan.wording,
            keywords=self.plan.keywords,
            language=context.language,
        )


async def retrieve(
    searcher: Searcher, plan: Plan, *, filters: Filters, limit: int, among: frozenset[str] = frozenset()
) -> Retrieved:
    """Search for a plan, within its own dates and the given filters. Raises StoreEmpty.

    With `among`, keys of papers, only these are searched first; the others when none of these fits.

    The sides of a comparison are searched one by one and take turns in the result: both papers were among six in 92.6 %
    of cases then, against 39.8 % when they were asked for as one query. Of sides that no paper is about nothing is put
    in the others' place.
    """
    if among:
        found = await retrieve(searcher, plan, filters=filters.narrowed_by(Filters(keys=among)), limit=limit)
        if found.confidence is Confidence.ANSWER or (found.hits and not found.terms):
            return found
    narrowed = plan.filters.narrowed_by(filters)
    query = Query(
        question=plan.topic,
        keywords=plan.keywords,
        quoted=plan.quoted,
        filters=narrowed,
        order=plan.order,
        compares=len(plan.sides) > 1,
    )
    whole = await searcher.search(query, limit=limit)
    if len(plan.sides) < 2:
        return _found(whole, plan)
    context = shared_context(plan.topic, plan.sides)
    sides = [await _side(searcher, side, context, narrowed, plan.order, limit) for side in plan.sides]
    missing = tuple(side for side, found in zip(plan.sides, sides, strict=True) if is_missing(side, found))
    if missing and len(missing) < len(sides):
        known = [_of_named(found) for side, found in zip(plan.sides, sides, strict=True) if side not in missing]
        merged = _merged(replace(whole, hits=(), confidence=Confidence.NOTHING), known, limit)
        one_sided = merged.confidence is Confidence.ANSWER
        closest = replace(merged, confidence=Confidence.CLOSEST) if merged.hits else merged
        return replace(_found(closest, plan), missing=missing, one_sided=one_sided)
    return replace(_found(_merged(whole, sides, limit), plan), missing=missing)


async def _side(
    searcher: Searcher, side: str, context: str, filters: Filters, order: Order | None, limit: int
) -> SearchResult:
    """Search for one side of a comparison, within what the sides are compared for unless it names a paper.

    How sure the result is, the side's own words say: a side that no paper is about isn't found for its context.
    """
    alone = await searcher.search(Query(question=side, filters=filters, order=order), limit=limit)
    if not context or alone.named:
        return alone
    within = await searcher.search(Query(question=f"{side} {context}", filters=filters, order=order), limit=limit)
    return replace(within, confidence=alone.confidence)


def is_missing(side: str, found: SearchResult) -> bool:
    """Whether no paper is about a side: none has its name in any spelling or, where it has none, any of its words."""
    if found.named:
        return False
    if not (own := names(side)):
        return found.confidence is Confidence.NOTHING
    texts = [f"{paper.title}\n{paper.abstract}" for paper in found.papers]
    folded = [fold(without_latex(text)) for text in texts]
    if any(_spelled(name).search(text) for name in own for text in folded):
        return False
    # A symbol in a title is indexed by its names: "InfiniteBench" is ∞Bench.
    terms = {term for name in own if len(set(own_terms := tokenize(name))) == 1 for term in own_terms}
    return terms.isdisjoint(chain.from_iterable(map(tokenize, texts)))


def _spelled(name: str) -> re.Pattern[str]:
    """Return the pattern of a name in folded text, with or without hyphens and blanks between its parts."""
    parts = re.findall(r"[^\W_]+", fold(name))
    spelled = r"[\W_]*".join(map(re.escape, parts))
    return re.compile(rf"(?<![^\W_]){spelled}(?:s|es)?(?![^\W_])")


def _of_named(found: SearchResult) -> SearchResult:
    """Leave of a side's papers the one that it names, where it names one."""
    named = tuple(hit for hit in found.hits if hit.paper.key in found.named)
    return replace(found, hits=named) if named else found


def _text(paper: Paper) -> str:
    return f"{paper.title}\n{paper.abstract}".casefold()


def _untitled(plan: Plan, paper: Paper) -> str:
    """Return what a question asks for without a paper's title, whose words say nothing of what is asked."""
    return re.sub(re.escape(paper.title), " ", plan.topic, flags=re.IGNORECASE)


def _found(result: SearchResult, plan: Plan) -> Retrieved:
    return Retrieved(**{field.name: getattr(result, field.name) for field in fields(SearchResult)}, plan=plan)


def _merged(whole: SearchResult, sides: list[SearchResult], limit: int) -> SearchResult:
    best = max((hit.score for hit in whole.hits), default=1.0)
    turns = chain.from_iterable(zip_longest(*(_scaled(side.hits, best) for side in sides)))
    hits: dict[str, Hit] = {}
    for hit in chain(turns, whole.hits):
        if hit is not None:
            hits.setdefault(hit.paper.key, hit)
    return replace(whole, hits=tuple(hits.values())[:limit], confidence=_surest(whole, sides))


def _scaled(hits: tuple[Hit, ...], best: float) -> list[Hit]:
    """Bring a side's scores to the scale of the whole question's, so that no side outweighs another."""
    top = max((hit.score for hit in hits), default=0.0)
    return [Hit(hit.paper, hit.score / top * best) for hit in hits] if top else list(hits)


def _surest(whole: SearchResult, sides: list[SearchResult]) -> Confidence:
    """Return the whole question's band or, if that is surer, the one that every side reaches.

    A comparison with something that no paper is about is not answered by the papers about the other side.
    """
    bands = list(Confidence)  # surest first
    every_side = max((side.confidence for side in sides), key=bands.index)
    return min(whole.confidence, every_side, key=bands.index)
