"""Prompts: files with a header and two parts, validated when they are loaded."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors.operation import PromptError

REQUIRED = (
    "answer",
    "comparison",
    "correction",
    "digest",
    "explanation",
    "headline",
    "overview",
    "plan",
    "questions",
    "reading",
    "summary",
)
"""The prompts without which the assistant can't work."""


class _Header(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    version: int = Field(ge=1)
    variables: list[str]
    max_prompt_tokens: int = Field(ge=500)
    max_output_tokens: int = Field(ge=1)
    temperature: float | None = Field(None, ge=0, le=2)
    json_object: bool = False


@dataclass(frozen=True, slots=True)
class RenderedPrompt:
    """What is sent to a model: the two messages and its limits. `json_object` asks for nothing but one JSON object.

    `id` is the prompt's, or says what else the call is for.
    """

    system: str
    user: str
    max_output_tokens: int
    temperature: float | None
    json_object: bool = False
    id: str = "other"


class Prompt:
    """One prompt file: `+++`, a TOML header, `+++`, then the parts `# system` and `# user` as string.Template."""

    def __init__(self, path: Path) -> None:
        """Load a file. Raises PromptError when it is unreadable, malformed, or uses what it doesn't declare."""
        try:
            text = path.read_text(encoding="utf-8")
            start, header, body = text.split("+++\n", 2) if text.count("+++\n") > 1 else (text, "", "")
            if start or not body:
                raise PromptError(path=path, reason="it doesn't start with a header between two +++ lines")
            self._header = _Header.model_validate(tomllib.loads(header))
        except OSError as error:
            raise PromptError(path=path, reason=error.strerror or type(error).__name__) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
            reason = (
                "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
                if isinstance(error, ValidationError)
                else str(error)
            )
            raise PromptError(path=path, reason=f"its header is invalid ({reason})") from None
        parts = re.fullmatch(r"# system\n(.*?)^# user\n(.*)", body, re.DOTALL | re.MULTILINE)
        if parts is None:
            raise PromptError(path=path, reason="its parts must be '# system' and '# user'")
        if not all(part.strip() for part in parts.groups()):
            raise PromptError(path=path, reason="one of its parts is empty")
        self._system, self._user = (Template(part.strip()) for part in parts.groups())
        self._validate(path)

    @property
    def id(self) -> str:
        """The prompt's name, equal to the file's."""
        return self._header.id

    @property
    def max_prompt_tokens(self) -> int:
        """What both messages together may take."""
        return self._header.max_prompt_tokens

    def render(self, variables: Mapping[str, str]) -> RenderedPrompt:
        """Fill in exactly the declared variables; others are a programming error (KeyError)."""
        values = {name: variables[name] for name in self._header.variables}
        return RenderedPrompt(
            system=self._system.substitute(values),
            user=self._user.substitute(values),
            max_output_tokens=self._header.max_output_tokens,
            temperature=self._header.temperature,
            json_object=self._header.json_object,
            id=self.id,
        )

    def _validate(self, path: Path) -> None:
        if self.id != path.stem:
            raise PromptError(path=path, reason=f"its id is {self.id!r}, not the file's name")
        if not (self._system.is_valid() and self._user.is_valid()):
            raise PromptError(path=path, reason="it has a $ that doesn't start a placeholder; write $$ for a literal $")
        used = {*self._system.get_identifiers(), *self._user.get_identifiers()}
        declared = set(self._header.variables)
        if unknown := sorted(used - declared):
            known = ", ".join(sorted(declared)) or "none"
            raise PromptError(
                path=path, reason=f"unknown placeholder ${', $'.join(unknown)}; its header declares {known}"
            )
        if unused := sorted(declared - used):
            raise PromptError(path=path, reason=f"its header declares {', '.join(unused)}, which no part uses")


class Prompts:
    """All prompts, and one hash over their files, which is kept with each answer."""

    def __init__(self, folder: Path) -> None:
        """Load every prompt of a folder. Raises PromptError when one is wrong or a required one is missing."""
        paths = sorted(folder.glob("*.md"))
        for name in REQUIRED:
            if folder / f"{name}.md" not in paths:
                raise PromptError(path=folder / f"{name}.md", reason="it's missing")
        self._prompts = {prompt.id: prompt for prompt in map(Prompt, paths)}
        self.hash = hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()

    def __getitem__(self, name: str) -> Prompt:
        return self._prompts[name]

    def __len__(self) -> int:
        return len(self._prompts)


def prompts_folder() -> Path:
    """Return where the prompts are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[2]
    installed = package / "prompts"
    return installed if installed.is_dir() else package.parent / "prompts"
