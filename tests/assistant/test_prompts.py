"""Prompt files: every mistake is told, and what is sent is what stands in golden files."""

from pathlib import Path

import pytest

from bot.assistant.prompts import Prompt, Prompts, RenderedPrompt, prompts_folder
from bot.assistant.sources_block import render_sources
from bot.errors import PromptError
from tests.factories import make_sources

GOLDEN = Path(__file__).parent / "golden"
HEADER = 'id = "kettle"\nversion = 1\nvariables = ["name"]\nmax_output_tokens = 100\n'
BODY = "# system\nYou whistle.\n# user\nHello $name, that is $$5.\n"
GOOD = f"+++\n{HEADER}+++\n{BODY}"


def prompt_of(folder: Path, text: str | bytes, name: str = "kettle.md") -> Prompt:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Prompt(path)


def test_a_good_prompt_is_filled_in(tmp_path: Path) -> None:
    assert prompt_of(tmp_path, GOOD).render({"name": "$name and ${fence}"}) == RenderedPrompt(
        system="You whistle.", user="Hello $name and ${fence}, that is $5.", max_output_tokens=100, temperature=None
    )


def test_line_ends_of_windows_are_fine(tmp_path: Path) -> None:
    assert prompt_of(tmp_path, GOOD.replace("\n", "\r\n")).id == "kettle"


def test_a_missing_value_is_an_error_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        prompt_of(tmp_path, GOOD).render({})


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "does not begin with a header"),
        (BODY, "does not begin with a header"),
        (f"hello\n{GOOD}", "does not begin with a header"),
        (f"+++\n{HEADER}", "does not begin with a header"),
        (f"+++\n{HEADER}+++\n", "does not begin with a header"),
        (b"+++\n\xff", "utf-8"),
        (GOOD.replace("version = 1", "version ="), "its header is wrong"),
        (GOOD.replace("version = 1\n", ""), "version: Field required"),
        (GOOD.replace("version = 1", "version = 0"), "version: Input should be greater than or equal to 1"),
        (GOOD.replace("version = 1", 'version = "one"'), "version: Input should be a valid integer"),
        (GOOD.replace("version = 1", "version = 1\ncolour = 2"), "colour: Extra inputs are not permitted"),
        (GOOD.replace("= 100", "= 0"), "max_output_tokens"),
        (GOOD.replace("= 100", "= 100\ntemperature = 3"), "temperature"),
        (GOOD.replace('["name"]', '"name"'), "variables"),
        (GOOD.replace('"kettle"', '"pot"'), "its id is 'pot', not the file's name"),
        (GOOD.replace("# system\n", ""), "its parts must be '# system' and '# user'"),
        (GOOD.replace("# user\n", ""), "its parts must be '# system' and '# user'"),
        (GOOD.replace("# system", "# System"), "its parts must be '# system' and '# user'"),
        (GOOD.replace("You whistle.\n", ""), "one of its parts is empty"),
        (GOOD.replace("Hello $name, that is $$5.", " "), "one of its parts is empty"),
        (GOOD.replace("$$5", "$5"), "write $$ for the sign itself"),
        (GOOD.replace("$$5", "${x"), "write $$ for the sign itself"),
        (GOOD.replace("Hello", "Hello $nmae and ${title}"), "unknown placeholder $nmae, $title; declared are: name"),
        (GOOD.replace("whistle", "whistle to $pot"), "unknown placeholder $pot; declared are: name"),
        (GOOD.replace('["name"]', '["name", "pot"]'), "its header declares pot, which no part uses"),
    ],
)
def test_each_mistake_is_told_with_the_file(tmp_path: Path, text: str | bytes, mistake: str) -> None:
    with pytest.raises(PromptError) as caught:
        prompt_of(tmp_path, text)
    said = str(caught.value)
    assert said.startswith(f"The prompt {tmp_path / 'kettle.md'} can't be used: ")
    assert mistake in said
    assert said.endswith("Mend the file or restore it from the release.")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "kettle.md").mkdir()
    with pytest.raises(PromptError, match=r"kettle\.md can't be used: Is a directory"):
        Prompt(tmp_path / "kettle.md")
    with pytest.raises(PromptError, match=r"pot\.md can't be used: No such file"):
        Prompt(tmp_path / "pot.md")


@pytest.mark.parametrize("missing", ["answer", "digest", "plan"])
def test_a_folder_without_a_required_prompt_is_refused(tmp_path: Path, missing: str) -> None:
    copy_prompts(tmp_path)
    (tmp_path / f"{missing}.md").unlink()
    with pytest.raises(PromptError, match=rf"{missing}\.md can't be used: it is missing"):
        Prompts(tmp_path)


def test_a_wrong_prompt_beside_the_required_ones_is_refused_too(tmp_path: Path) -> None:
    copy_prompts(tmp_path)
    (tmp_path / "extra.md").write_text("nothing")
    with pytest.raises(PromptError, match=r"extra\.md"):
        Prompts(tmp_path)


def test_the_hash_changes_with_any_file(tmp_path: Path) -> None:
    copy_prompts(tmp_path)
    hashes = [Prompts(tmp_path).hash]
    assert hashes[0] == Prompts(prompts_folder()).hash
    for name in ("answer", "digest", "plan"):
        path = tmp_path / f"{name}.md"
        path.write_text(path.read_text(encoding="utf-8") + "\nBe brief.", encoding="utf-8")
        hashes.append(Prompts(tmp_path).hash)
    (tmp_path / "kettle.md").write_text(GOOD)
    prompts = Prompts(tmp_path)
    hashes.append(prompts.hash)
    assert len(set(hashes)) == 5
    assert len(prompts) == 4
    assert prompts["kettle"].id == "kettle"


@pytest.mark.parametrize("name", ["answer", "digest", "plan"])
def test_what_is_sent_to_a_model(name: str) -> None:
    """When a prompt changes on purpose, write its new rendering into the golden file, and read it there."""
    fence = "@@0a1b2c3d"
    sources = make_sources("Kettles whistle at 91.5 degrees. They hum.", "Pots of $5 rattle.")
    values = {
        "today": "2024-01-06",
        "numbers": ", ".join(f"[{source.number}]" for source in sources),
        "fence": fence,
        "sources": render_sources(sources, fence=fence),
        "conversation": f"{fence} conversation\nAsked: what is KettleNet?\nAnswered from: Study A; Study B\n",
        "question": "which vessel whistles, and at $what degrees?",
    }
    prompt = Prompts(prompts_folder())[name].render(values)
    rendered = (
        f"max_output_tokens: {prompt.max_output_tokens}\ntemperature: {prompt.temperature}\n"
        f"json_object: {prompt.json_object}\n"
        f"--- system\n{prompt.system}\n--- user\n{prompt.user}\n"
    )
    assert rendered == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def copy_prompts(folder: Path) -> None:
    for path in prompts_folder().glob("*.md"):
        (folder / path.name).write_bytes(path.read_bytes())
