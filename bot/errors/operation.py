"""Settings, prompts, files and stores that can't be used."""

from bot.errors import PaperbotError


class SettingsError(PaperbotError):
    """A setting can't be used. Facts: `problems`."""

    sentence = "The settings can't be used: {problems}. Fix them in the environment or in .env (see .env.example)."
    exit_code = 78


class TokenMissing(SettingsError):
    """The Discord bot is started without DISCORD_TOKEN."""

    sentence = (
        "DISCORD_TOKEN isn't set. Create an application in Discord's developer portal, reset its bot token "
        "there (README.md says how), and add DISCORD_TOKEN=… to .env."
    )


class IntentRefused(SettingsError):
    """DISCORD_MESSAGE_CONTENT is true and the bot lacks the Message Content Intent."""

    sentence = (
        "Discord doesn't allow what DISCORD_MESSAGE_CONTENT=true needs. Turn on Message Content Intent on the "
        "bot's page in the developer portal, or set DISCORD_MESSAGE_CONTENT=false."
    )


class OutputUnwritable(PaperbotError):
    """A command's result can't be written to a file. Facts: `path`, `reason`."""

    sentence = "{path} can't be written ({reason}). Choose a file in an existing folder that this user can write to."
    exit_code = 73


class OutputFailed(PaperbotError):
    """What a command prints can't be written. Facts: `reason`."""

    sentence = "The output can't be written ({reason}). Make room, or send it elsewhere, and run the command again."
    exit_code = 74


class OutputUnencodable(OutputFailed):
    """What a command prints has characters that standard output can't take. Facts: `encoding`."""

    sentence = (
        "The output has characters that {encoding} doesn't have. Set PYTHONIOENCODING=utf-8; --json, where a command "
        "has it, needs ASCII alone."
    )


class PromptError(PaperbotError):
    """A prompt file is missing or malformed. Facts: `path`, `reason`."""

    sentence = "The prompt {path} can't be used: {reason}. Fix the file, or restore it from the release."
    exit_code = 78


class SourceError(PaperbotError):
    """Papers can't be taken from a file. Facts: `path`, `reason`."""

    sentence = "{path} can't be imported: {reason}. Nothing was changed."
    exit_code = 65


class SourceUnreadable(SourceError):
    """The file can't be opened. Facts: `path`, `reason`."""

    sentence = "{path} can't be read ({reason}). Check the path and its permissions."
    exit_code = 66


class SourceUnknown(SourceError):
    """The file is not what it claims, or none of the known formats. Facts: `path`, `reason`."""

    sentence = (
        "{path} can't be imported: {reason}. Nothing was changed. Use text copied from a Daily Papers page, "
        "JSON from its API, Atom from arXiv, or JSON Lines."
    )


class SourceBroken(SourceError):
    """A long file breaks off or is damaged after some of it is stored. Facts: `path`, `line`, `reason`."""

    sentence = (
        "{path} can't be read beyond line {line:,} ({reason}). Everything before that is stored; import the "
        "file again once it's complete."
    )


class StoreError(PaperbotError):
    """The store failed. Facts: `path`, `reason`."""

    sentence = "The store {path} failed: {reason}. Check the disk and try again; everything already stored is kept."
    exit_code = 74


class StoreUnwritable(StoreError):
    """The store can't be opened or written. Facts: `path`, `reason`."""

    sentence = (
        "The store {path} can't be opened for writing ({reason}). Set STORE_PATH to a file in a folder that "
        "this user can write to."
    )


class StoreForeign(StoreError):
    """The file is not a paperbot store. Facts: `path`."""

    sentence = "{path} isn't a paperbot store. Set STORE_PATH to another file; this file wasn't changed."


class StoreTooNew(StoreError):
    """A newer paperbot wrote the store. Facts: `path`, `found`, `known`."""

    sentence = (
        "The store {path} was written by a newer paperbot (schema {found}; this one supports {known}). Update "
        "paperbot, or set STORE_PATH to another file; this file wasn't changed."
    )


class LeaseLost(StoreError):
    """Another process on this store has taken over. Facts: `name`, of the work."""

    sentence = "Another paperbot using this store has taken over {name}. This one resumes when the other stops."


class StoreEmpty(StoreError):
    """The store has no papers to search."""

    sentence = (
        "There are no papers yet. An operator can add some with: paperbot import FILE (or paperbot import --sample for "
        "52 bundled ones)."
    )
    exit_code = 66
