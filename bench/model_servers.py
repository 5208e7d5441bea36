"""Ask through every manner of model server in ../shared/cases/models, and say which answers come out right.

A text scenario is right when it gives the sentences and citations of the plain one; a failing one when the answer's
failure has the true cause. Ends with code 1 when one is wrong. No network, no key.
"""

import argparse
import asyncio
import logging
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from bot.answers.answer import Answer
from bot.answers.events import Done
from bot.answers.request import RequestContext
from bot.app import open_app
from bot.config import Settings
from bot.sources.files import read_sample

SERVER = Path("../shared/cases/models/server.py").resolve()
QUESTION = "how do you forecast weather with a transformer?"

CAUSES = {
    "reasoning_only_length": "ModelThought",
    "openrouter_mid_error": "ModelInterrupted",
    "openrouter_first_error_429": "ModelBusy",
    "error_empty_choices": "ModelDown",
    "error_string": "ModelDown",
    "error_event": "ModelDown",
    "gemini_bare_error": "ModelInterrupted ModelDown",
    "gemini_list_503": "ModelDown",
    "gemini_list_400": "ModelRefused",
    "html_200": "ModelPage",
    "html_502": "ModelDown",
    "json_error_200": "ModelQuota",
    "quota_429": "ModelQuota",
    "retry_after_hour": "ModelBusy",
    "tool_calls": "ModelSilent",
    "refusal": "ModelDeclined",
    "content_filter_400": "ModelFiltered",
    "ollama_404": "ModelMissing",
    "text_404": "ModelMissing",
}
"""The errors that tell the true cause of each failing scenario; all others are text."""


def scenarios(server: Path = SERVER) -> list[str]:
    """Return the names of all scenarios. Raises CalledProcessError when the server can't tell them."""
    listed = subprocess.run([sys.executable, str(server), "list"], check=True, capture_output=True, text=True)  # noqa: S603
    return listed.stdout.split()


_ALIKE = str.maketrans({"\u2011": "-", "\u00a0": " ", "\u202f": " ", "\u200b": "", "’": "'", "。": "."})


def shown(answer: Answer) -> list[tuple[str, tuple[int, ...]]]:
    """Return what a reader sees: sentences, and the papers cited. Characters that look alike are the same."""
    return [
        (statement.text.translate(_ALIKE).replace(" — is ", " is ").replace(" & ", " and "), statement.citations)
        for statement in answer.statements
    ]


async def answered(base_url: str) -> Answer:
    """Return the answer to one question through a model server."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_validate(
            {
                "store": {"path": Path(folder) / "store.db"},
                "openai": {"base_url": base_url, "api_key": "sk-bench-0123456789", "timeout_seconds": 20.0},
            }
        )
        async with open_app(settings) as app:
            await app.papers.upsert(read_sample(), now=0.0)
            async for event in app.assistant.ask(QUESTION, context=RequestContext()):
                if isinstance(event, Done):
                    return event.answer
    raise AssertionError("an answer always ends with Done")


def verdict(name: str, answer: Answer, plain: Answer) -> str:
    """Return what is wrong with a scenario's answer, or nothing."""
    failure = type(answer.failure).__name__ if answer.failure else ""
    told = f"{failure} {answer.failure.facts.get('detail', '')}" if answer.failure else ""
    if name in CAUSES:
        return "" if failure in CAUSES[name].split() else f"expected {CAUSES[name]}, got {told or answer.kind}"
    expected = shown(plain)
    if name.startswith("c_"):  # these write the first sentence alone
        (sentence, numbers), *_ = expected
        expected = [
            (f"According to [1], {sentence[:1].lower()}{sentence[1:]}" if name == "c_lead2" else sentence, numbers)
        ]
    if answer.failure is None and shown(answer) == expected:
        return ""
    return f"{answer.kind} {told} {shown(answer)}"


async def _compared(names: list[str], port: int) -> dict[str, str]:
    address = f"http://127.0.0.1:{port}/{{}}/v1"
    plain = await answered(address.format("plain"))
    two = asyncio.Semaphore(2)

    async def one(name: str) -> tuple[str, str]:
        async with two:
            return name, verdict(name, await answered(address.format(name)), plain)

    return dict(await asyncio.gather(*map(one, names)))


def compared(names: list[str], server: Path = SERVER) -> dict[str, str]:
    """Return what is wrong with the answer of each scenario, or nothing, by name."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([sys.executable, str(server), str(port)], stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        process.stdout.readline()
        try:
            return asyncio.run(_compared(names, port))
        finally:
            process.terminate()


def main() -> int:
    """Print what is wrong, and how many are right."""
    parser = argparse.ArgumentParser(prog="python -m bench.model_servers", description=__doc__)
    parser.add_argument("names", nargs="*", help="scenarios; all of them if none is given")
    logging.disable(logging.WARNING)
    names = parser.parse_args().names or scenarios()
    results = compared(names)
    for name, wrong in results.items():
        if wrong:
            print(f"{name:<28}{wrong[:300]}")
    right = sum(not wrong for wrong in results.values())
    print(f"{right} of {len(results)} scenarios are right")
    return int(right < len(results))


if __name__ == "__main__":
    raise SystemExit(main())
