"""What tests of the Discord front end have."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import simcord
from discord import app_commands

from bot.frontends.discord.answers import streaming
from bot.frontends.discord.client import PaperbotTree
from bot.frontends.discord.shared.translator import PaperbotTranslator

_Translate = Callable[[Any, PaperbotTree, PaperbotTranslator], Awaitable[dict[str, Any]]]


class _Shared(dict[str, Any]):
    """What a command says in every language. The simulation copies it, though nobody changes it."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Shared":
        return self


_IN_ALL_LANGUAGES: dict[str, _Shared] = {}
"""Each command in every language, by what it says in English and by the edition of the catalogues."""


@pytest.fixture(autouse=True)
def quick_edits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let edits follow each other faster than Discord likes, so that no test waits for the next one."""
    assert streaming.EDIT_INTERVAL_S == 1.2
    monkeypatch.setattr(streaming, "EDIT_INTERVAL_S", 0.05)


@pytest.fixture(autouse=True)
def quick_settling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the simulation look more often whether the bot still works on something.

    It looks when a task ends, and otherwise twenty times a second: a bot whose tasks then only wait is waited for.
    """
    defaults = simcord.Env._settle_internal.__kwdefaults__
    assert defaults is not None
    assert defaults["idle"] == 0.05
    monkeypatch.setitem(defaults, "idle", 0.002)


@pytest.fixture(autouse=True)
def commands_translated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Translate each command for the first bot that registers it: nearly every test starts one, or two."""
    for kind in (app_commands.Command, app_commands.Group, app_commands.ContextMenu):
        monkeypatch.setattr(kind, "get_translated_payload", _remembering(kind.get_translated_payload))


def _remembering(translate: _Translate) -> _Translate:
    async def translated(command: Any, tree: PaperbotTree, translator: PaperbotTranslator) -> dict[str, Any]:
        key = json.dumps([translator.edition, command.to_dict(tree)], sort_keys=True)
        if key not in _IN_ALL_LANGUAGES:
            _IN_ALL_LANGUAGES[key] = _Shared(await translate(command, tree, translator))
        return _IN_ALL_LANGUAGES[key]

    return translated
