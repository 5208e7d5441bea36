"""All that must be translated: what the code marks, what errors say, and how commands are named."""

import ast
import tempfile
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from discord import Locale, app_commands

from bot.app import open_app
from bot.config import Settings
from bot.errors import PaperbotError
from bot.frontends.discord.client import PaperbotClient
from bot.frontends.discord.shared.translator import context_of

_PACKAGE = Path(__file__).parents[2] / "bot"
_MARKS = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "phrase": None, "phrases": (1, 2)}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to be translated; `plural` and `context` where it has one."""

    text: str
    plural: str | None = None
    context: str | None = None


async def all_sentences() -> set[Sentence]:
    """Return all of them. Raises StoreError where no temporary file can be made."""
    return {*marked(), *of_errors(), *await of_commands()}


def catalogue_of(sentences: set[Sentence]) -> Catalog:
    """Return a catalogue without translations."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for sentence in sorted(sentences, key=lambda each: (each.text, each.context or "")):
        ids = (sentence.text, sentence.plural) if sentence.plural else sentence.text
        catalogue.add(ids, context=sentence.context, flags={"python-brace-format"} if "{" in sentence.text else ())
    return catalogue


def marked() -> Iterator[Sentence]:
    """Yield what is handed to gettext and its like."""
    found = extract_from_dir(_PACKAGE, method_map=[("**.py", f"{__name__}:calls")], keywords=_MARKS)
    for _, _, message, _, context in found:
        if isinstance(message, str):
            yield Sentence(message, context=context)
        elif message:
            yield Sentence(message[0], message[1], context)


def calls(
    file: IO[bytes],
    keywords: Container[str],
    comment_tags: object,  # noqa: ARG001 - Babel gives them
    options: object,  # noqa: ARG001
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """Yield a file's calls of `keywords` as Babel takes them; its own extractor doesn't see those within f-strings."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in keywords:
            texts = [each.value if isinstance(each, ast.Constant) else None for each in node.args]
            said = tuple(text if isinstance(text, str) else None for text in texts)
            yield node.lineno, node.func.id, said, []


def of_errors() -> Iterator[Sentence]:
    """Yield the sentence of each class of the tree."""
    classes: list[type[PaperbotError]] = [PaperbotError]
    while classes:
        each = classes.pop()
        yield Sentence(each.sentence)
        classes += each.__subclasses__()


async def of_commands() -> set[Sentence]:
    """Return the names and descriptions of what the client registers."""
    recorder = _Recorder()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(_env_file=None)
        opened = open_app(settings, store_path=Path(folder) / "none.db", use_model=False)
        async with opened as app, PaperbotClient(app=app) as client:
            await client.add_cogs()
            for command in client.tree.get_commands():
                await command.get_translated_payload(client.tree, recorder)
    return recorder.sentences


class _Recorder(app_commands.Translator):
    """Notes what discord.py asks a translator for."""

    def __init__(self) -> None:
        self.sentences: set[Sentence] = set()

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: Locale,  # noqa: ARG002 - the same is asked for each
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Record the string with its context; return None, so that it stays untranslated."""
        self.sentences.add(Sentence(string.message, context=context_of(context.location)))
        return None
