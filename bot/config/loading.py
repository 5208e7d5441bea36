"""Reading the settings, and saying what is wrong with them."""

import re

from pydantic import ValidationError
from pydantic_settings import SettingsError as UnparsedError

from bot.config.settings import Settings
from bot.errors import SettingsError

_BY_ITSELF = "names a group of settings and is no setting by itself; unset it"


def load_settings() -> Settings:
    """Read the settings.

    Raises SettingsError with every wrong setting by its name; values are not repeated, since one may be a secret.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(problems="; ".join(_problem(item["loc"], item["msg"]) for item in error.errors())) from None
    except UnparsedError as error:  # of a variable such as LOG, which would have to be all of LOG_* in JSON
        field = re.search(r'field "(\w+)"', str(error))
        raise SettingsError(problems=f"{field[1].upper()} {_BY_ITSELF}" if field else str(error)) from None
    except (UnicodeDecodeError, OSError) as error:
        raise SettingsError(problems=f".env can't be read ({type(error).__name__})") from None


def _problem(loc: tuple[int | str, ...], message: str) -> str:
    name = "_".join(str(part) for part in loc[:2]).upper()
    # Within a list of objects: which of them, and its field.
    name += "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc[2:])
    return f"{name}: {message.removeprefix('Value error, ')}" if len(loc) > 1 else f"{name} {_BY_ITSELF}"
