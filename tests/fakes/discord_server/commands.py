"""The application's commands as the client synced them."""

from collections.abc import Mapping

from .errors import Json
from .limits import check_commands
from .world import World

CHAT_INPUT = 1
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, NUMBER = 1, 2, 3, 4, 5, 10
VALUE_TYPES: dict[int, tuple[type, ...]] = {STRING: (str,), INTEGER: (int,), BOOLEAN: (bool,), NUMBER: (int, float)}

Value = str | int | bool | float


class Commands:
    """Commands by scope (None is global, else a guild's id), found by name when a user calls one."""

    def __init__(self, world: World) -> None:
        """Start without commands; `syncs` counts the times that a scope was replaced."""
        self.syncs = 0
        self._world = world
        self._scopes: dict[int | None, list[Json]] = {}

    def all(self) -> list[Json]:
        """Return the commands of all scopes, guilds first, as a user there sees them."""
        scopes = sorted(self._scopes, key=lambda scope: scope is None)
        return [command for scope in scopes for command in self._scopes[scope]]

    def of(self, guild_id: int | None) -> list[Json]:
        """Return the commands of one scope."""
        return self._scopes.get(guild_id, [])

    def replace(self, guild_id: int | None, bodies: list[Json]) -> list[Json]:
        """Put new commands into a scope and return them with their ids, which same names keep.

        Raises DiscordError (400) when one breaks a limit.
        """
        check_commands(bodies)
        known = {(one["name"], one["type"]): one["id"] for one in self.of(guild_id)}
        synced = []
        for body in bodies:
            kind = body.get("type", CHAT_INPUT)
            command_id = known.get((body["name"], kind)) or str(self._world.ids.next())
            made = {"description": "", **body, "type": kind, "id": command_id}
            made |= {"application_id": str(self._world.bot_id), "version": str(self._world.ids.next())}
            if guild_id is not None:
                made["guild_id"] = str(guild_id)
            synced.append(made)
        self._scopes[guild_id] = synced
        self.syncs += 1
        self._world.changes.notify()
        return synced

    def find(self, name: str, kind: int = CHAT_INPUT) -> Json:
        """Return a command by name. Raises KeyError with the names there are."""
        for command in self.all():
            if command["name"] == name and command["type"] == kind:
                return command
        names = [command["name"] for command in self.all() if command["type"] == kind]
        message = f"{name!r} is not among the synced commands: {names}"
        raise KeyError(message)

    def call(self, name: str, options: Mapping[str, Value], *, focused: str | None = None) -> Json:
        """Return the data of an interaction that calls `name`, such as "ask" or "digest on" (a subcommand).

        With `focused` it is that of an autocomplete of this option, and other options may be missing. Raises
        KeyError for an unknown command or option, ValueError for a missing option, TypeError for one of
        another type than declared.
        """
        words = name.split()
        command = node = self.find(words[0])
        path = []
        for word in words[1:]:
            node = _child(node, word, (SUBCOMMAND, GROUP))
            path.append(node)
        declared = {one["name"]: one for one in node.get("options") or []}
        missing = [one["name"] for one in declared.values() if one.get("required") and one["name"] not in options]
        if any(one["type"] in (SUBCOMMAND, GROUP) for one in declared.values()):
            message = f"{name!r} is a group of {list(declared)}"
            raise KeyError(message)
        given = [_option(_child(node, key, tuple(range(3, 12))), value) for key, value in options.items()]
        if missing and focused is None:
            message = f"{name!r} needs {missing}"
            raise ValueError(message)
        for one in given:
            if one["name"] == focused:
                one["focused"] = True
        for step in reversed(path):
            given = [{"name": step["name"], "type": step["type"], "options": given}]
        data = {"id": command["id"], "name": command["name"], "type": CHAT_INPUT, "options": given}
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        return data


def _child(node: Json, name: str, kinds: tuple[int, ...]) -> Json:
    """Return a declared option or subcommand by name."""
    for one in node.get("options") or []:
        if one["name"] == name and one["type"] in kinds:
            return dict(one)
    message = f"{node['name']!r} has no {name!r}, but {[one['name'] for one in node.get('options') or []]}"
    raise KeyError(message)


def _option(declared: Json, value: Value) -> Json:
    """Return an option with its value."""
    types = VALUE_TYPES.get(declared["type"], (str,))
    # A bool is an int in Python, but not in Discord.
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        message = f"option {declared['name']!r} of type {declared['type']} cannot be {value!r}"
        raise TypeError(message)
    return {"name": declared["name"], "type": declared["type"], "value": value}
