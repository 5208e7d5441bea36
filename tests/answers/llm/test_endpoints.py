"""From the settings to models: which server gets which key, model, price and how many tries."""

from typing import Any

import pytest

from bot.answers.llm.endpoints import OPENAI_URL, endpoints, open_models
from bot.answers.llm.text_model import Call
from bot.config import OpenAISettings
from bot.errors.services import ModelDown
from tests.answers.models import ANSWER, PROMPT, text_of
from tests.clocks import FakeClock
from tests.fakes.model_behaviours import fails
from tests.fakes.model_server import FakeModel

LOCAL = "http://localhost:11434/v1"


def keys(**settings: Any) -> list[tuple[str, str, str]]:
    return [
        (endpoint.base_url, endpoint.key.get_secret_value(), endpoint.model)
        for endpoint in endpoints(OpenAISettings.model_validate({"model": "big", **settings}))
    ]


def test_the_first_server_is_openai_where_none_is_named() -> None:
    assert keys(api_key="k1") == [(OPENAI_URL, "k1", "big")]
    assert keys(base_url=LOCAL) == [(LOCAL, "none", "big")]


@pytest.mark.parametrize(
    ("fallback", "meant"),
    [
        ({}, (LOCAL, "k1", "small")),
        ({"base_url": f"{LOCAL}/"}, (f"{LOCAL}/", "k1", "small")),
        ({"api_key": "k2"}, (OPENAI_URL, "k2", "small")),
        ({"base_url": "http://other/v1"}, ("http://other/v1", "none", "small")),
        ({"base_url": "http://other/v1", "api_key": "k2"}, ("http://other/v1", "k2", "small")),
    ],
    ids=["another model there", "the same server", "a key for OpenAI", "another server", "another with its key"],
)
def test_a_key_goes_only_to_the_server_that_it_was_set_for(fallback: dict[str, str], meant: tuple[str, ...]) -> None:
    [_, second] = keys(base_url=LOCAL, api_key="k1", fallbacks=[{"model": "small", **fallback}])
    assert second == meant


def test_no_key_is_shown_with_an_endpoint() -> None:
    settings = OpenAISettings.model_validate({"api_key": "k1-secret", "extra_body": {"token": "k2-secret"}})
    assert "secret" not in repr(endpoints(settings))


async def test_another_servers_address_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeModel() as first, FakeModel() as second:
        monkeypatch.setenv("OPENAI_BASE_URL", first.base_url)
        fallbacks = [{"model": "small", "base_url": second.base_url, "extra_body": {"think": False}, "price_input": 3}]
        settings = OpenAISettings.model_validate(
            {"base_url": first.base_url, "model": "big", "planner_model": "tiny", "fallbacks": fallbacks}
        )
        first.behaviour = fails(500)
        call = Call()
        async with open_models(settings, clock=FakeClock()) as models:
            assert await text_of(models.answering, call=call) == ANSWER
            assert models.planning is not None
            assert await text_of(models.planning) == ANSWER
            assert (models.answering.name, models.planning.name) == ("big", "tiny")
    assert [request["model"] for request in first.requests] == ["big", "tiny"], "a successor is better than a retry"
    assert [request["model"] for request in second.requests] == ["small", "small"]
    assert second.requests[0]["think"] is False
    assert (call.model, call.price_input) == ("small", 3.0)


async def test_the_last_server_is_asked_again_for_answers_and_not_for_plans() -> None:
    async with FakeModel(fails(500, **{"retry-after-ms": "5"})) as server:
        settings = OpenAISettings.model_validate({"base_url": server.base_url})
        async with open_models(settings, clock=FakeClock()) as models:
            with pytest.raises(ModelDown):
                await text_of(models.answering)
            assert len(server.requests) == 3
            assert models.planning is not None
            with pytest.raises(ModelDown):
                await text_of(models.planning, PROMPT)
            assert len(server.requests) == 4


async def test_no_time_for_plans_means_no_model_for_them() -> None:
    settings = OpenAISettings.model_validate({"base_url": LOCAL, "plan_seconds": 0})
    async with open_models(settings, clock=FakeClock()) as models:
        assert models.planning is None
