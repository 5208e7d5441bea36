"""The manners of servers beside the project, each through the real client, the plan, the answer and its checks."""

import pytest

from bench.model_servers import SERVER, compared, scenarios

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SERVER.exists(), reason="../shared isn't there; tests/answers/llm has manners of its own"),
]

_OF_SENTENCES = ("c_", "cite_", "cjk_stop")
"""How a model cites and ends its sentences is not the client's."""


def test_every_server_gives_the_same_answer_or_the_true_cause() -> None:
    names = [name for name in scenarios() if not name.startswith(_OF_SENTENCES)]
    assert len(names) > 80
    assert {name: wrong for name, wrong in compared(names).items() if wrong} == {}
