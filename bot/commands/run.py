"""`paperbot run` serves Discord; `paperbot doctor` checks everything that it needs, and says how to fix it."""

import difflib
import os
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import click
from dotenv import dotenv_values

from bot.answers.answer import Answer, Kind
from bot.answers.events import Done
from bot.answers.llm.endpoints import Endpoint, endpoints, ping
from bot.answers.llm.prompts import Prompts, prompts_folder
from bot.answers.llm.text_model import Learnt
from bot.answers.request import RequestContext
from bot.answers.wording import count
from bot.answers.writing.fitness import KNOWN
from bot.answers.writing.reading import SecondReader
from bot.app import App, open_app
from bot.commands import common
from bot.config import OpenAISettings, Settings, load_settings
from bot.errors import PaperbotError
from bot.errors.operation import PromptError, SettingsError, TokenMissing
from bot.errors.services import MailError, MailNotSetUp, ModelError
from bot.frontends.discord.run import check_token, run_bot
from bot.ingest.freshness import Freshness


@click.command()
@common.asynchronous
async def run() -> None:
    """Run the Discord bot until it is stopped (Ctrl-C or SIGTERM).

    Needs DISCORD_TOKEN. Registers the commands, answers commands and mentions, posts the daily summary in
    DIGEST_CHANNEL_IDS at DIGEST_TIME in DIGEST_TIME_ZONE, and emails it if MAIL_* is set. Uses a model if
    OPENAI_API_KEY or OPENAI_BASE_URL is set; otherwise answers are extracts.

    Exit codes: 0 stopped; 69 Discord can't be reached; 74 the store failed; 77 the token was rejected;
    78 a setting or the token is missing or wrong.
    """
    settings = load_settings()
    common.log_to_stderr(settings.log.level)
    if settings.discord.token is None:
        raise TokenMissing
    async with open_app(settings) as app:
        await run_bot(app)


class CheckResult(StrEnum):
    """How a check came out. Only FAILED keeps the bot from running."""

    OK = "ok"
    NOTE = "note"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and what was found."""

    name: str
    verdict: CheckResult
    finding: str


async def examine(*, try_model: bool = False) -> AsyncIterator[Check]:
    """Yield the checks in the order in which the bot needs things: settings, prompts, store, model, Discord, mail.

    With `try_model`, the model makes one real answer and judges a dozen known sentences.
    """
    try:
        settings = load_settings()
    except SettingsError as error:
        yield Check("settings", CheckResult.FAILED, str(error))
        return
    yield _settings(settings)
    yield _prompts()
    try:
        async with open_app(settings) as app:
            yield await _store(app)
            yield await _feeds(app)
            async for check in _models(settings.openai, try_model=try_model):
                yield check
            if try_model and app.reader is not None:
                yield await _reading(app.reader)
            yield await _discord(app)
            yield _digest(settings)
            yield await _mail(app)
    except PromptError:
        return  # _prompts() has reported it
    except SettingsError as error:  # a feed that doesn't exist
        yield Check("feeds", CheckResult.FAILED, str(error))
    except PaperbotError as error:
        yield Check("store", CheckResult.FAILED, str(error))


def _settings(settings: Settings) -> Check:
    doubts = settings.openai.doubts
    unknown = list(unknown_names([*os.environ, *dotenv_values(Path(".env"))], settings))
    if unknown:
        doubts.append("These aren't paperbot settings: " + "; ".join(unknown) + ".")
    if doubts:
        return Check("settings", CheckResult.NOTE, " ".join(doubts))
    return Check("settings", CheckResult.OK, "All values are valid.")


def unknown_names(names: Iterable[str], settings: Settings) -> Iterable[str]:
    """Yield names that nearly are a setting's, each with the setting that was probably meant."""
    known = [
        f"{group}_{field.alias or name}".upper()
        for group, value in settings
        for name, field in type(value).model_fields.items()
    ]
    for name in dict.fromkeys(name.upper() for name in names):
        close = difflib.get_close_matches(name, known, n=1, cutoff=0.85)
        if name not in known and close:
            yield f"{name} (did you mean {close[0]}?)"


def _prompts() -> Check:
    try:
        prompts = Prompts(prompts_folder())
    except PromptError as error:
        return Check("prompts", CheckResult.FAILED, str(error))
    return Check("prompts", CheckResult.OK, f"{count(len(prompts), 'prompt')}, hash {prompts.hash[:12]}.")


async def _store(app: App) -> Check:
    path = app.settings.store.path
    papers = (await app.papers.holdings()).count
    if not papers:
        return Check(
            "store", CheckResult.NOTE, f"{path} has no papers. Add some with: paperbot import FILE, or --sample."
        )
    return Check("store", CheckResult.OK, f"{path} has {count(papers, 'paper')}.")


async def _feeds(app: App) -> Check:
    """Report the feeds as they were when last read. No feed is asked for it."""
    states = await app.feeds.freshness()
    if not states:
        return Check(
            "feeds",
            CheckResult.NOTE,
            "None is enabled, so add papers with paperbot import, or set FEEDS_ENABLED to fetch them.",
        )
    silent = any(state.freshness in {Freshness.DOWN, Freshness.STALE} for state in states)
    return Check("feeds", CheckResult.NOTE if silent else CheckResult.OK, " ".join(state.sentence for state in states))


async def _models(openai: OpenAISettings, *, try_model: bool) -> AsyncIterator[Check]:
    """Yield a check for each model: the one that writes, its fallbacks, and the planner where that is another.

    With `try_model`, a real answer takes the place of the first one's word and of the planner's.
    """
    if not openai.configured:
        finding = "None is set up, so answers are extracts. Set OPENAI_API_KEY or OPENAI_BASE_URL to use one."
        yield Check("model", CheckResult.NOTE, finding)
        return
    first, *fallbacks = endpoints(openai)
    if try_model:
        async for check in _trial(openai):
            yield check
    else:
        yield await _model(
            "model", first, openai, f"Until then, answers {'come from a fallback' if fallbacks else 'are extracts'}."
        )
    for number, fallback in enumerate(fallbacks, start=1):
        yield await _model(f"model {number + 1}", fallback, openai, f"It's entry {number} in OPENAI_FALLBACKS.")
    if not try_model and openai.plan_seconds > 0 and openai.planner != openai.model:
        yield await _planner(first, openai)


async def _model(name: str, endpoint: Endpoint, openai: OpenAISettings, otherwise: str) -> Check:
    try:
        await ping(endpoint, openai)
    except ModelError as error:
        return Check(name, CheckResult.NOTE, f"{error} {otherwise}")
    return Check(name, CheckResult.OK, f"{endpoint.model} is responding.")


async def _planner(endpoint: Endpoint, openai: OpenAISettings) -> Check:
    try:
        await ping(endpoint, openai, model=openai.planner)
    except ModelError as error:
        finding = f"With OPENAI_PLANNER_MODEL={openai.planner}, {error.reason} ({error.facts.get('detail')})."
        return Check("planner", CheckResult.NOTE, f"{finding} Until then, searches use the question's own words.")
    return Check("planner", CheckResult.OK, f"{openai.planner} is responding.")


_TRIAL = "How does Stormer change the transformer to forecast the weather?"
"""A question that one of the bundled papers answers."""


async def _trial(openai: OpenAISettings) -> AsyncIterator[Check]:
    """Yield what became of one real answer from the bundled papers: its plan, its sentences, what was learnt."""
    async with common.opened(sample=True) as app:
        if app.planner is not None:
            today = app.clock().date()
            planned = await app.planner.plan(_TRIAL, [], today) is not None
            yield _planned(planned, app, openai)
        answer = await _answered(app)
        yield _written(answer, app)
        for name, learnt in (app.health.learnt if app.health else {}).items():
            yield Check("learnt", CheckResult.OK, f"{name}: {described(learnt)}.")


def _planned(planned: bool, app: App, openai: OpenAISettings) -> Check:
    """Say what became of the trial's plan, and why there is none."""
    if planned:
        return Check("plan", CheckResult.OK, f"{openai.planner} made a plan that can be used.")
    failure = app.health.last.failure if app.health and app.health.last else None
    why = failure or f"it took more than {openai.plan_seconds:g} seconds, or wrote something else"
    advice = "" if failure else " Raise OPENAI_PLAN_SECONDS, or set a faster OPENAI_PLANNER_MODEL."
    return Check(
        "plan", CheckResult.NOTE, f"{openai.planner} made none ({why}): searches use the question's words.{advice}"
    )


async def _reading(reader: SecondReader) -> Check:
    """Let the model that reads sentences a second time judge the known ones, and keep how fit it is for it."""
    score = await reader.fitness(again=True)
    if score is None:
        return Check(
            "reading", CheckResult.NOTE, f"{reader.name} gave no verdicts. Sentences are checked by words only."
        )
    said = f"{reader.name} judged {score.right} of {KNOWN} known sentences correctly"
    if score.fit:
        return Check("reading", CheckResult.OK, f"{said}, so it reads every sentence a second time.")
    advice = "Set OPENAI_READING_MODEL to a more capable model."
    return Check(
        "reading", CheckResult.NOTE, f"{said}, too few to rely on: sentences are checked by words only. {advice}"
    )


async def _answered(app: App) -> Answer:
    answer = None
    async for event in app.assistant.ask(_TRIAL, context=RequestContext()):
        if isinstance(event, Done):
            answer = event.answer
    assert answer is not None, "the last event holds the answer"
    return answer


def _written(answer: Answer, app: App) -> Check:
    """Say what the checks left of the trial's answer."""
    if answer.failure is not None:
        return Check("answer", CheckResult.NOTE, str(answer.failure))
    if answer.kind is not Kind.ANSWER:
        otherwise = "Use a larger OPENAI_MODEL; until then, such answers are extracts."
        return Check("answer", CheckResult.NOTE, f"{app.settings.openai.model} wrote nothing that passes. {otherwise}")
    passed = count(len(answer.statements), "sentence")
    return Check("answer", CheckResult.OK, f"{answer.model} wrote {passed} that passed the checks.")


def described(learnt: Learnt) -> str:
    """Return what became known of a model, in a few words each. What isn't known is left out."""
    if learnt.streamed is None:
        return "nothing yet, since it gave no answer"
    told = [
        "streams" if learnt.streamed else "doesn't stream",
        None if learnt.thinks is None else "thinks before it writes" if learnt.thinks else "doesn't think aloud",
        None if learnt.json_mode is None else "has JSON mode" if learnt.json_mode else "has no JSON mode",
        None if learnt.system_role else "takes no system role",
        f"refuses {', '.join(sorted(learnt.refused))}" if learnt.refused else None,
        f"has a context of {learnt.context} tokens" if learnt.context else None,
        f"writes at most {learnt.most_output} tokens" if learnt.most_output else None,
        f"{learnt.tokens_per_second:.0f} tokens a second" if learnt.tokens_per_second else None,
    ]
    return "; ".join(filter(None, told))


async def _discord(app: App) -> Check:
    try:
        name, invitation, personal = await check_token(app)
    except PaperbotError as error:
        return Check("discord", CheckResult.FAILED, str(error))
    links = f"Add it to a server: {invitation}" + (f" or to your own account: {personal}" if personal else "")
    return Check("discord", CheckResult.OK, f"The token belongs to {name}. {links}")


async def _mail(app: App) -> Check:
    settings = app.settings.mail
    if settings.host is None and settings.sender is None:
        return Check("mail", CheckResult.NOTE, "No summary is emailed. Set MAIL_HOST and MAIL_FROM to send it.")
    try:
        await app.mailer.check()
    except MailNotSetUp:
        return Check("mail", CheckResult.NOTE, "Only one of MAIL_HOST and MAIL_FROM is set. Set both to send email.")
    except MailError as error:
        return Check(
            "mail", CheckResult.NOTE, f"{settings.host} can't send email: {error.facts['reason']}. Check MAIL_*."
        )
    login = "the login was accepted" if settings.username else "no login is set up"
    return Check("mail", CheckResult.OK, f"{settings.host} is responding; {login}. Nothing was sent.")


def _digest(settings: Settings) -> Check:
    digest = settings.digest
    if not digest.channel_ids:
        return Check(
            "digest", CheckResult.NOTE, "No channel gets the daily summary. Set DIGEST_CHANNEL_IDS to post it."
        )
    channels = count(len(digest.channel_ids), "channel")
    return Check("digest", CheckResult.OK, f"Daily at {digest.time:%H:%M} {digest.time_zone} in {channels}.")


@click.command()
@click.option(
    "--model",
    "try_model",
    is_flag=True,
    help="Let the model make one short answer from the bundled papers, and say what was learnt of its server.",
)
@common.asynchronous
async def doctor(try_model: bool) -> int:
    """Check the settings, prompts, store, feeds, models, Discord token and email, and say how to fix any problems.

    Asks each model for one sentence, and logs in to Discord without going online.

    Exit codes: 0 `paperbot run` can run; 1 it can't.
    """
    failed = False
    async for check in examine(try_model=try_model):
        failed = failed or check.verdict is CheckResult.FAILED
        colour = {CheckResult.OK: "green", CheckResult.NOTE: "yellow", CheckResult.FAILED: "red"}[check.verdict]
        click.echo(f"{click.style(f'{check.verdict:<7}', fg=colour)}{check.name:<9} {check.finding}")
    click.echo(
        ("\nThe bot can't run yet. Fix what failed above, then run paperbot doctor again.")
        if failed
        else "\nThe bot is ready. Start it with: paperbot run"
    )
    return int(failed)
