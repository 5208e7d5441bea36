"""Files of papers that can't be read."""

from bot.errors.root import PaperbotError


class SourceError(PaperbotError):
    """Papers can't be taken from a file. Facts: `path`, `reason`."""

    sentence = "{path} can't be imported: {reason}. Nothing was changed."
    exit_code = 65


class SourceUnreadable(SourceError):
    """The file can't be opened. Facts: `path`, `reason`."""

    sentence = "{path} can't be read ({reason}). Check the name and its permissions."
    exit_code = 66


class SourceUnknown(SourceError):
    """The file is not what it claims, or none of the known formats. Facts: `path`, `reason`."""

    sentence = (
        "{path} can't be imported: {reason}. Give the text of a saved Daily Papers page, the JSON of its API, arXiv's "
        "Atom, or JSON Lines. Nothing was changed."
    )


class SourceBroken(SourceError):
    """A long file breaks off or is damaged after some of it is stored. Facts: `path`, `line`, `reason`."""

    sentence = (
        "{path} can't be read beyond line {line:,} ({reason}). What stands before is stored; import the file again "
        "once it is whole."
    )
