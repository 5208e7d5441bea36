"""Settings, prompts and outputs that can't be used."""

from bot.errors.root import PaperbotError


class SettingsError(PaperbotError):
    """A setting can't be used. Facts: `problems`."""

    sentence = "The settings can't be used: {problems}. Mend them in the environment or in .env (see .env.example)."
    exit_code = 78


class TokenMissing(SettingsError):
    """The Discord bot is to run and has no token."""

    sentence = (
        "DISCORD_TOKEN is not set. Create an application on Discord's developer portal, reset its bot token there "
        "(README.md says how), and put DISCORD_TOKEN=… into .env."
    )


class IntentRefused(SettingsError):
    """Discord doesn't let the bot read all messages."""

    sentence = (
        "Discord refuses what DISCORD_MESSAGE_CONTENT=true asks for. Switch Message Content Intent on, on the bot's "
        "page in the developer portal, or set DISCORD_MESSAGE_CONTENT=false."
    )


class OutputUnwritable(PaperbotError):
    """A result can't be kept. Facts: `path`, `reason`."""

    sentence = "{path} can't be written ({reason}). Name a file in a folder that exists and that this user may write."
    exit_code = 73


class PromptError(PaperbotError):
    """A prompt file can't be used. Facts: `path`, `reason`."""

    sentence = "The prompt {path} can't be used: {reason}. Mend the file or restore it from the release."
    exit_code = 78
