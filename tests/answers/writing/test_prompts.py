"""Prompt files: every mistake is told."""

from pathlib import Path

import pytest

from bot.answers.llm.prompts import REQUIRED, Prompt, Prompts, RenderedPrompt, prompts_folder
from bot.errors.operation import PromptError

HEADER = 'id = "kettle"\nversion = 1\nvariables = ["name"]\nmax_prompt_tokens = 900\nmax_output_tokens = 100\n'
BODY = "# system\nYou whistle.\n# user\nHello $name, that is $$5.\n"
GOOD = f"+++\n{HEADER}+++\n{BODY}"


def prompt_of(folder: Path, text: str | bytes, name: str = "kettle.md") -> Prompt:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Prompt(path)


def test_a_good_prompt_is_filled_in(tmp_path: Path) -> None:
    assert prompt_of(tmp_path, GOOD).render({"name": "$name and ${fence}"}) == RenderedPrompt(
        system="You whistle.",
        user="Hello $name and ${fence}, that is $5.",
        max_output_tokens=100,
        temperature=None,
        id="kettle",
    )


def test_line_ends_of_windows_are_fine(tmp_path: Path) -> None:
    assert prompt_of(tmp_path, GOOD.replace("\n", "\r\n")).id == "kettle"


def test_a_missing_value_is_an_error_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        prompt_of(tmp_path, GOOD).render({})


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "doesn't start with a header"),
        (BODY, "doesn't start with a header"),
        (f"hello\n{GOOD}", "doesn't start with a header"),
        (f"+++\n{HEADER}", "doesn't start with a header"),
        (f"+++\n{HEADER}+++\n", "doesn't start with a header"),
        (b"+++\n\xff", "utf-8"),
        (GOOD.replace("version = 1", "version ="), "its header is invalid"),
        (GOOD.replace("version = 1\n", ""), "version: Field required"),
        (GOOD.replace("version = 1", "version = 0"), "version: Input should be greater than or equal to 1"),
        (GOOD.replace("version = 1", 'version = "one"'), "version: Input should be a valid integer"),
        (GOOD.replace("version = 1", "version = 1\ncolour = 2"), "colour: Extra inputs are not permitted"),
        (GOOD.replace("= 100", "= 0"), "max_output_tokens"),
        (GOOD.replace("= 900", "= 499"), "max_prompt_tokens"),
        (GOOD.replace("max_prompt_tokens = 900\n", ""), "max_prompt_tokens: Field required"),
        (GOOD.replace("= 100", "= 100\ntemperature = 3"), "temperature"),
        (GOOD.replace('["name"]', '"name"'), "variables"),
        (GOOD.replace('"kettle"', '"pot"'), "its id is 'pot', not the file's name"),
        (GOOD.replace("# system\n", ""), "its parts must be '# system' and '# user'"),
        (GOOD.replace("# user\n", ""), "its parts must be '# system' and '# user'"),
        (GOOD.replace("# system", "# System"), "its parts must be '# system' and '# user'"),
        (GOOD.replace("You whistle.\n", ""), "one of its parts is empty"),
        (GOOD.replace("Hello $name, that is $$5.", " "), "one of its parts is empty"),
        (GOOD.replace("$$5", "$5"), "write $$ for a literal $"),
        (GOOD.replace("$$5", "${x"), "write $$ for a literal $"),
        (
            GOOD.replace("Hello", "Hello $nmae and ${title}"),
            "unknown placeholder $nmae, $title; its header declares name",
        ),
        (GOOD.replace('["name"]', "[]"), "unknown placeholder $name; its header declares none"),
        (GOOD.replace("whistle", "whistle to $pot"), "unknown placeholder $pot; its header declares name"),
        (GOOD.replace('["name"]', '["name", "pot"]'), "its header declares pot, which no part uses"),
    ],
)
def test_each_mistake_is_told_with_the_file(tmp_path: Path, text: str | bytes, mistake: str) -> None:
    with pytest.raises(PromptError) as caught:
        prompt_of(tmp_path, text)
    said = str(caught.value)
    assert said.startswith(f"The prompt {tmp_path / 'kettle.md'} can't be used: ")
    assert mistake in said
    assert said.endswith("Fix the file, or restore it from the release.")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "kettle.md").mkdir()
    with pytest.raises(PromptError, match=r"kettle\.md can't be used: Is a directory"):
        Prompt(tmp_path / "kettle.md")
    with pytest.raises(PromptError, match=r"pot\.md can't be used: No such file"):
        Prompt(tmp_path / "pot.md")


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_folder_without_a_required_prompt_is_refused(tmp_path: Path, missing: str) -> None:
    copy_prompts(tmp_path)
    (tmp_path / f"{missing}.md").unlink()
    with pytest.raises(PromptError, match=rf"{missing}\.md can't be used: it's missing"):
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
    for name in REQUIRED:
        path = tmp_path / f"{name}.md"
        path.write_text(path.read_text(encoding="utf-8") + "\nBe brief.", encoding="utf-8")
        hashes.append(Prompts(tmp_path).hash)
    (tmp_path / "kettle.md").write_text(GOOD)
    prompts = Prompts(tmp_path)
    hashes.append(prompts.hash)
    assert len(set(hashes)) == len(hashes) == len(REQUIRED) + 2
    assert len(prompts) == len(REQUIRED) + 1
    assert prompts["kettle"].id == "kettle"


def copy_prompts(folder: Path) -> None:
    for path in prompts_folder().glob("*.md"):
        (folder / path.name).write_bytes(path.read_bytes())
