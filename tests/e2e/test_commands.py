"""Commands that talk to servers, as real processes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.process import environment, paperbot, pointed_at
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.model_readings import finds_all_supported
from tests.fakes.model_server import (
    Behaviour,
    FakeModel,
    Reply,
    fails,
    faithful,
    half,
    malformed_plan,
    plans,
    slow_plan,
)

ASK = ("ask", "--sample", "what is Stormer?")


async def test_ask_prints_a_models_cited_answer(tmp_path: Path) -> None:
    async with FakeModel() as model:
        env = environment(OPENAI_BASE_URL=model.base_url, OPENAI_MODEL="test-model")
        finished = await paperbot(*ASK, env=env, cwd=tmp_path)
    assert finished.code == 0
    assert "Answer" in finished.out
    assert "backbone [1]." in finished.out
    assert "read twice" in finished.out
    assert finished.out.endswith("test-model\n")


@pytest.mark.parametrize(
    ("behaviour", "sentence"),
    [
        (
            fails(401),
            "paperbot: The model server rejected the key (HTTP 401: refused for Bearer …). Set OPENAI_API_KEY",
        ),
        (
            fails(429, **{"retry-after-ms": "5"}),
            "The model server's rate limit was reached (HTTP 429: refused for Bearer …). Wait",
        ),
        (half, "paperbot: The model stopped partway through its answer"),
        (lambda _request: Reply(("late",), delay_s=20), "paperbot: The model took too long (1 s)."),
    ],
    ids=["401", "429", "half a stream", "late"],
)
async def test_a_failing_model_is_told_and_the_exit_code_says_so(
    tmp_path: Path, behaviour: Behaviour, sentence: str
) -> None:
    async with FakeModel(behaviour) as model:
        env = environment(OPENAI_BASE_URL=model.base_url, OPENAI_API_KEY=model.key, OPENAI_TIMEOUT_SECONDS="1")
        finished = await paperbot(*ASK, env=env, cwd=tmp_path)
    assert finished.code == 69
    assert sentence in finished.err
    assert "Stormer" in finished.out
    assert model.key not in finished.out + finished.err
    assert "Traceback" not in finished.err


async def test_a_failing_model_is_told_to_scripts_too(tmp_path: Path) -> None:
    async with FakeModel(fails(401)) as model:
        env = environment(OPENAI_BASE_URL=model.base_url, OPENAI_API_KEY=model.key)
        finished = await paperbot(*ASK, "--json", env=env, cwd=tmp_path)
    assert finished.code == 69
    answer = json.loads(finished.out)
    assert answer["kind"] == "extracts"
    assert answer["error"].startswith("The model server rejected the key (HTTP 401: refused for Bearer …).")
    assert finished.err == f"paperbot: {answer['error']}\n"


async def test_doctor_finds_a_bot_that_can_run(tmp_path: Path) -> None:
    async with FakeDiscord() as discord, FakeModel() as model:
        env = pointed_at(discord, model, tmp_path / "store.db", DIGEST_CHANNEL_IDS="1")
        await paperbot("import", "--sample", env=env, cwd=tmp_path)
        finished = await paperbot("doctor", env=env, cwd=tmp_path)
    assert finished.code == 0
    found = {line.split()[1]: line.split()[0] for line in finished.out.splitlines()[:7]}
    assert found.pop("feeds") == "note"  # none is on
    assert found == dict.fromkeys(("settings", "prompts", "store", "model", "discord", "digest"), "ok")
    assert finished.out.endswith("The bot is ready. Start it with: paperbot run\n")


async def test_doctor_asks_another_planner_too(tmp_path: Path) -> None:
    def small_is_missing(request: dict[str, Any]) -> Reply:
        return Reply(status=404) if request["model"] == "small" else faithful(request)

    async with FakeDiscord() as discord, FakeModel() as model:
        env = pointed_at(discord, model, tmp_path / "store.db", OPENAI_PLANNER_MODEL="small")
        there = await paperbot("doctor", env=env, cwd=tmp_path)
        model.behaviour = small_is_missing
        missing = await paperbot("doctor", env=env, cwd=tmp_path)
        off = await paperbot("doctor", env=env | {"OPENAI_PLAN_SECONDS": "0"}, cwd=tmp_path)
    assert "ok     planner   small is responding.\n" in there.out
    assert (
        "note   planner   With OPENAI_PLANNER_MODEL=small, the model server doesn't know this model or address "
        "(HTTP 404: refused for Bearer …). Until then, searches use the question's own words.\n"
    ) in missing.out
    assert missing.code == 0
    assert "planner" not in off.out


async def test_doctor_lets_a_model_make_a_real_answer_and_says_what_it_learnt(tmp_path: Path) -> None:
    async with FakeDiscord() as discord, FakeModel() as model:
        env = pointed_at(discord, model, tmp_path / "store.db")
        right = await paperbot("doctor", "--model", env=env, cwd=tmp_path)
        model.reading = finds_all_supported
        unfit = await paperbot("doctor", "--model", env=env, cwd=tmp_path)
        model.behaviour = model.planning = model.reading = fails(402)
        unpaid = await paperbot("doctor", "--model", env=env, cwd=tmp_path)
    assert right.code == 0
    assert "judged 12 of 12 known sentences correctly, so it reads every sentence a second time.\n" in right.out
    assert re.search(r"note +reading .* judged 6 of 12 known sentences correctly, too few to rely on", unfit.out)
    assert "Set OPENAI_READING_MODEL to a more capable model.\n" in unfit.out
    assert "gave no verdicts. Sentences are checked by words only.\n" in unpaid.out
    assert "made a plan that can be used.\n" in right.out
    assert "that passed the checks.\n" in right.out
    assert re.search(r"learnt .*: streams; doesn't think aloud; has JSON mode; \d+ tokens a second\.\n", right.out)
    assert unpaid.code == 0
    cause = "The account at the model server has no credit left (HTTP 402: refused for Bearer …). Add credit"
    assert f"note   answer    {cause}" in unpaid.out
    assert "nothing yet, since it gave no answer.\n" in unpaid.out
    assert model.key not in unpaid.out + unpaid.err


async def test_doctor_tells_an_address_that_most_servers_do_not_have(tmp_path: Path) -> None:
    async with FakeDiscord() as discord, FakeModel() as model:
        env = pointed_at(discord, model, tmp_path / "store.db") | {
            "OPENAI_BASE_URL": model.base_url.removesuffix("/v1")
        }
        finished = await paperbot("doctor", env=env, cwd=tmp_path)
    assert "note   settings  OPENAI_BASE_URL has no path; most servers need /v1 at its end.\n" in finished.out
    assert "(HTTP 404: 404: Not Found). Check OPENAI_MODEL, and OPENAI_BASE_URL: most end in /v1." in finished.out


async def test_search_plans_a_question_and_says_what_was_searched_for(tmp_path: Path) -> None:
    planning = plans(standalone="how do transformers forecast weather?", keywords=["Stormer"])
    async with FakeModel(planning=planning) as model:
        env = environment(OPENAI_BASE_URL=model.base_url)
        question = await paperbot("search", "--sample", "how to forecast the rain?", env=env, cwd=tmp_path)
        keywords = await paperbot("search", "--sample", "forecast rain", env=env, cwd=tmp_path)
    assert len(model.requests) == 1
    first, _, best = question.out.splitlines()[:3]
    assert first == "Searched for: how do transformers forecast weather?"
    assert best.strip().startswith("[1] Scaling transformer")
    assert keywords.code == 0
    assert "Searched for" not in keywords.out


@pytest.mark.parametrize("planning", [malformed_plan, slow_plan], ids=lambda p: p.__name__)
async def test_a_failing_planner_costs_no_answer(tmp_path: Path, planning: Behaviour) -> None:
    async with FakeModel(planning=planning) as model:
        env = environment(OPENAI_BASE_URL=model.base_url, OPENAI_PLAN_SECONDS="0.5")
        finished = await paperbot("ask", "--sample", "how is weather forecast?", env=env, cwd=tmp_path)
    assert finished.code == 0
    assert "[1]." in finished.out
    assert "WARNING bot.answers.planning.planner: planned a question without the model: " in finished.err
    assert len(finished.err.splitlines()) == 1
    assert len(model.planned) == 1


async def test_doctor_says_how_to_mend_each_thing(tmp_path: Path) -> None:
    async with FakeDiscord() as discord, FakeModel(fails(401)) as model:
        env = pointed_at(discord, model, tmp_path / "store.db", DIGEST_CHANEL_IDS="1") | {"DISCORD_TOKEN": "wrong"}
        finished = await paperbot("doctor", env=env, cwd=tmp_path)
    assert finished.code == 1
    assert "DIGEST_CHANEL_IDS (did you mean DIGEST_CHANNEL_IDS?)" in finished.out
    assert "has no papers. Add some with: paperbot import FILE, or --sample." in finished.out
    assert "The model server rejected the key (HTTP 401: refused for Bearer …)." in finished.out
    assert "failed discord   Discord rejected DISCORD_TOKEN." in finished.out
    assert finished.out.endswith("The bot can't run yet. Fix what failed above, then run paperbot doctor again.\n")


async def test_doctor_tells_of_a_missing_token_and_a_broken_store(tmp_path: Path) -> None:
    missing = await paperbot("doctor", env=environment(), cwd=tmp_path)
    assert missing.code == 1
    assert "failed discord   DISCORD_TOKEN isn't set." in missing.out
    (tmp_path / "notes.txt").write_text("These are notes, and not at all a database. " * 20)
    foreign = await paperbot("doctor", env=environment(STORE_PATH="notes.txt"), cwd=tmp_path)
    assert foreign.code == 1
    assert "failed store     notes.txt isn't a paperbot store." in foreign.out
