"""Replies to what asks nothing of the papers: small talk, and wishes that a front end carries out for the user."""

import asyncio
import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import nullcontext

from bot.answers.answer import reply
from bot.answers.events import Action, ActionWanted, Done, Event
from bot.answers.planning.actions import ALL_SHOWN, Order, find_order, names_paper, split_order
from bot.answers.planning.followups import Turn, last_titles
from bot.answers.planning.small_talk import SmallTalk, Talk, find_small_talk, without_greeting
from bot.answers.replies import talk_text, where_to
from bot.answers.request import RequestContext
from bot.answers.subjects import NamedPapers
from bot.answers.wording import POINTS_BACK
from bot.errors.operation import StoreEmpty
from bot.errors.requests import PaperUnknown
from bot.i18n.translation import phrase, use_locale
from bot.models import Paper
from bot.search.engine.forward import title_name
from bot.search.query.filters import Filters
from bot.search.query.ids import arxiv_ids
from bot.search.searcher import Searcher
from bot.store.protocol import PaperStore
from bot.text import shorten

ADVICE = phrase("Use its arXiv id, a link to it or its full title; /search shows them.")
"""What to do about a paper that isn't found by the words that name it."""

MOST_PAPERS = 5
"""The most papers that one message can name to be saved."""

_LOOKED_AT = 50
"""Among so many of the newest papers names are looked for that an example can use."""

_NAME_CHARS = 100
_APART = re.compile(r",\s+(?:and\s+|und\s+|et\s+)?|\s+(?:and|und|et|&)\s+|;\s*")


def asks_nothing(message: str) -> bool:
    """Whether a message asks nothing of the papers, whatever was said before: small talk, or an order and no more."""
    text = without_greeting(message)
    if find_small_talk(text, begun=True):
        return True
    if wishes := split_order(text):
        return asks_nothing(wishes[0])
    return find_order(text) is not None


class Talking:
    """Replies without a search and without a model."""

    def __init__(self, *, papers: PaperStore, searcher: Searcher, named: NamedPapers) -> None:
        self._papers = papers
        self._searcher = searcher
        self._named = named

    async def talk(self, message: str, said: SmallTalk, context: RequestContext) -> AsyncGenerator[Event]:
        """Yield the reply, Done alone: in the language of the message, unless the user's guild fixes another one."""
        names = await self._names() if said.talk in {Talk.GREETING, Talk.HELP, Talk.IDENTITY} else ()
        spoken = said.language if context.language is None else None
        with use_locale(spoken) if spoken else nullcontext():
            text = talk_text(said.talk, names)
        yield Done(reply(message, text))

    async def act(self, message: str, order: Order, history: Sequence[Turn]) -> AsyncGenerator[Event]:
        """Yield what is to be done, and Done: a reply that says where it can be, for front ends that can't do it.

        Raises PaperUnknown before that for a paper that isn't found, and QuestionError.
        """
        wanted = await self.wanted(order, history)
        if wanted is None:
            yield Done(reply(message, POINTS_BACK.localized()))
            return
        yield wanted
        yield Done(reply(message, where_to(wanted)))

    async def wanted(
        self, order: Order, history: Sequence[Turn] = (), *, shown: Sequence[Paper] | None = None
    ) -> ActionWanted | None:
        """Return what an order comes to; None where it points back at papers and none, or not so many, were shown.

        The papers that were shown are those of the last answer in the history, unless they are given. Raises as `act`.
        """
        if order.shown is not None:
            papers = await self._last_shown(history) if shown is None else list(shown)
            picked = papers[:MOST_PAPERS] if order.shown == ALL_SHOWN else papers[order.shown - 1 : order.shown]
            return ActionWanted(order.action, papers=tuple(picked), kind=order.kind) if picked else None
        if not order.subject or order.action in {Action.SHOW_SAVED, Action.SHOW_FOLLOWED}:
            return ActionWanted(order.action)
        if order.action in {Action.SAVE, Action.UNSAVE}:
            return ActionWanted(order.action, order.subject, tuple(await self._papers_of(order.subject)))
        kind = order.kind
        papers = []
        if kind == "paper" or (kind is None and names_paper(order.subject)):
            papers = await self._one(order.subject, needed=kind == "paper" and order.action is Action.FOLLOW)
        return ActionWanted(order.action, order.subject, tuple(papers), "paper" if papers else kind or "topic")

    async def _papers_of(self, text: str) -> list[Paper]:
        """Return the papers of a list such as "GPipe and SpikeGPT", the whole of which may be one title."""
        try:
            return await self._named.all_of_text(text)
        except PaperUnknown:
            if arxiv_ids(text):
                raise  # which says where it was looked for
            parts = [part for part in map(str.strip, _APART.split(text)) if part]
            if len(parts) < 2:
                raise unknown_paper(text) from None
        found = [paper for part in parts[:MOST_PAPERS] for paper in await self._one(part, needed=True)]
        return list(dict.fromkeys(found))

    async def _one(self, name: str, *, needed: bool) -> list[Paper]:
        try:
            return [await self._named.of_text(name)]
        except PaperUnknown:
            if not needed:
                return []
            if arxiv_ids(name):
                raise
            raise unknown_paper(name) from None

    async def _last_shown(self, history: Sequence[Turn]) -> list[Paper]:
        """Return the papers of the last answer, in its order."""
        return [paper for title in last_titles(history) for paper in await self._one(title, needed=False)]

    async def _names(self) -> list[str]:
        """Return up to two names that new papers of the store have, such as SpikeGPT."""
        try:
            index = await self._searcher.index()
        except StoreEmpty:
            return []
        keys = await asyncio.to_thread(index.listed, Filters(), order="newest", limit=_LOOKED_AT)
        titles = {paper.key: paper.title for paper in await self._papers.wanted(keys=keys)}
        names = (title_name(titles[key]) for key in keys if key in titles)
        return list(dict.fromkeys(name for name in names if names_paper(name)))[:2]


def unknown_paper(text: str) -> PaperUnknown:
    """Return the error for a paper that a message names. Ids have an error of their own, which says more."""
    return PaperUnknown(name=phrase("a paper called “{text}”", text=shorten(text, _NAME_CHARS)), advice=ADVICE)
