"""Discord's limits on what a bot sends, as far as a text bot can run into them.

Sources: https://discord.com/developers/docs/resources/message (content, embeds, nonce), .../components/reference
(rows, buttons, custom_id), .../interactions/application-commands (names, descriptions, choices). Lengths are in
code points.
"""

from collections.abc import Iterator
from typing import Any

from .errors import DiscordError, Json
from .objects import COMPONENTS_V2

CONTENT, NONCE, CUSTOM_ID = 2_000, 25, 100
EMBEDS, EMBED_TOTAL, FIELDS = 10, 6_000, 25
ROWS, ROW_BUTTONS, LABEL, OPTIONS = 5, 5, 80, 25
V2_COMPONENTS, V2_TEXT = 40, 4_000
CHOICES, CHOICE, DESCRIPTION, COMMAND_OPTIONS = 25, 100, 100, 25
ACTION_ROW, BUTTON, LINK_STYLE, STRING_SELECT = 1, 2, 5, 3


class Form:
    """A request's body under examination; collects Discord's nested errors."""

    def __init__(self) -> None:
        """Start without errors."""
        self.errors: Json = {}

    def refuse(self, path: str, code: str, message: str) -> None:
        """Note an error at a dotted path such as `embeds.0.title`."""
        node = self.errors
        for key in path.split("."):
            node = node.setdefault(key, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def text(self, path: str, value: Any, longest: int, *, required: bool = False) -> int:
        """Check a text and return its length, 0 when it is absent."""
        length = len(value or "")
        if length > longest:
            self.refuse(path, "BASE_TYPE_MAX_LENGTH", f"Must be {longest} or fewer in length.")
        if required and not (value or "").strip():
            self.refuse(path, "BASE_TYPE_REQUIRED", "This field is required")
        return length

    def count(self, path: str, values: list[Any], most: int) -> None:
        """Check the number of things in a list."""
        if len(values) > most:
            self.refuse(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")

    def finish(self) -> None:
        """Raise DiscordError (400, 50035) when anything was refused."""
        if self.errors:
            raise DiscordError(400, 50035, "Invalid Form Body", self.errors)


def check_message(body: Json) -> None:
    """Raise DiscordError (400, 50035) when a message's body, new or edited, breaks a limit."""
    form = Form()
    form.text("content", body.get("content"), CONTENT)
    form.text("nonce", str(body.get("nonce") or ""), NONCE)
    _embeds(form, body.get("embeds") or [])
    components = body.get("components") or []
    if (body.get("flags") or 0) & COMPONENTS_V2:
        _layout(form, body, components)
    else:
        _rows(form, components)
    form.finish()


def check_not_empty(message: Json) -> None:
    """Raise DiscordError (400, 50006) when nothing of a message would be seen."""
    shown = ("content", "embeds", "attachments", "sticker_items", "poll")
    if not any(message.get(key) for key in shown) and not (message["flags"] & COMPONENTS_V2 and message["components"]):
        raise DiscordError(400, 50006, "Cannot send an empty message")


def check_choices(choices: list[Json]) -> None:
    """Raise DiscordError (400, 50035) when the choices of an autocomplete break a limit."""
    form = Form()
    form.count("data.choices", choices, CHOICES)
    for index, choice in enumerate(choices):
        form.text(f"data.choices.{index}.name", choice.get("name"), CHOICE, required=True)
        form.text(f"data.choices.{index}.value", str(choice.get("value")), CHOICE)
    form.finish()


def check_commands(commands: list[Json]) -> None:
    """Raise DiscordError (400, 50035) when commands to be synced break a limit."""
    form = Form()
    for index, command in enumerate(commands):
        _command(form, str(index), command, described=command.get("type", 1) == 1)
    form.finish()


def components_of(components: list[Json]) -> Iterator[Json]:
    """Yield every component, at any depth."""
    for one in components:
        yield one
        inner = list(one.get("components") or [])
        if one.get("accessory"):
            inner.append(one["accessory"])
        yield from components_of(inner)


def _embeds(form: Form, embeds: list[Json]) -> None:
    """Check embeds, one by one and their total."""
    form.count("embeds", embeds, EMBEDS)
    total = 0
    for index, embed in enumerate(embeds):
        path = f"embeds.{index}"
        fields = embed.get("fields") or []
        total += form.text(f"{path}.title", embed.get("title"), 256)
        total += form.text(f"{path}.description", embed.get("description"), 4_096)
        total += form.text(f"{path}.footer.text", (embed.get("footer") or {}).get("text"), 2_048)
        total += form.text(f"{path}.author.name", (embed.get("author") or {}).get("name"), 256)
        form.count(f"{path}.fields", fields, FIELDS)
        for number, field in enumerate(fields):
            total += form.text(f"{path}.fields.{number}.name", field.get("name"), 256, required=True)
            total += form.text(f"{path}.fields.{number}.value", field.get("value"), 1_024, required=True)
    if total > EMBED_TOTAL:
        form.refuse("embeds", "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBED_TOTAL}")


def _rows(form: Form, components: list[Json]) -> None:
    """Check rows of buttons and selects."""
    form.count("components", components, ROWS)
    for index, row in enumerate(components):
        path = f"components.{index}"
        if row.get("type") != ACTION_ROW:
            form.refuse(f"{path}.type", "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1,).')
            continue
        inner = row.get("components") or []
        # A select takes the whole width of its row.
        form.count(f"{path}.components", inner, ROW_BUTTONS if all(c.get("type") == BUTTON for c in inner) else 1)
    _custom_ids(form, components)


def _layout(form: Form, body: Json, components: list[Json]) -> None:
    """Check components of the second version, which stand alone in their message."""
    for key in ("content", "embeds"):
        if body.get(key):
            message = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            form.refuse(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)
    every = list(components_of(components))
    form.count("components", every, V2_COMPONENTS)
    if sum(len(one.get("content") or "") for one in every) > V2_TEXT:
        form.refuse("components", "COMPONENT_MAX_TOTAL_SIZE", f"Must be {V2_TEXT} or fewer in length.")
    _custom_ids(form, components)


def _custom_ids(form: Form, components: list[Json]) -> None:
    """Check what buttons and selects carry: a unique custom_id, labels, options."""
    seen: set[str] = set()
    for one in components_of(components):
        kind, custom_id = one.get("type"), one.get("custom_id")
        is_link = kind == BUTTON and one.get("style") == LINK_STYLE
        if kind in (BUTTON, STRING_SELECT) and not is_link:
            form.text("components.custom_id", custom_id, CUSTOM_ID, required=True)
            if custom_id in seen:
                message = "Component custom id cannot be duplicated"
                form.refuse("components.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", message)
            seen.add(str(custom_id))
        form.text("components.label", one.get("label"), LABEL)
        form.count("components.options", one.get("options") or [], OPTIONS)


def _command(form: Form, path: str, command: Json, *, described: bool) -> None:
    """Check a command or one of its options; context menus have no description."""
    form.text(f"{path}.name", command.get("name"), 32, required=True)
    form.text(f"{path}.description", command.get("description"), DESCRIPTION, required=described)
    options = command.get("options") or []
    form.count(f"{path}.options", options, COMMAND_OPTIONS)
    form.count(f"{path}.choices", command.get("choices") or [], CHOICES)
    for index, option in enumerate(options):
        _command(form, f"{path}.options.{index}", option, described=True)
