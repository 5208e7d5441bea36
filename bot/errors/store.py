"""The store can't be used."""

from bot.errors.root import PaperbotError


class StoreError(PaperbotError):
    """The store failed. Facts: `path`, `reason`."""

    sentence = "The store {path} failed: {reason}. Check the disk and try again; what was stored before is kept."
    exit_code = 74


class StoreUnwritable(StoreError):
    """The store can't be opened or written. Facts: `path`, `reason`."""

    sentence = (
        "The store {path} can't be opened for writing ({reason}). Set STORE_PATH to a file in a folder that this user "
        "may write."
    )


class StoreForeign(StoreError):
    """The file is something else. Facts: `path`."""

    sentence = "{path} is not a paperbot store. Set STORE_PATH to another file; this one was left as it is."


class StoreTooNew(StoreError):
    """A newer paperbot wrote the store. Facts: `path`, `found`, `known`."""

    sentence = (
        "The store {path} was written by a newer paperbot (schema {found}; this one knows {known}). Update paperbot, "
        "or set STORE_PATH to another file; this one was left as it is."
    )


class LeaseLost(StoreError):
    """Another process on this store does this work now. Facts: `name`."""

    sentence = "Another paperbot on this store has taken over {name}. This one goes on when that one ends."


class StoreEmpty(StoreError):
    """There is nothing to search."""

    sentence = (
        "There are no papers yet. An operator can add some with: paperbot import FILE (or paperbot import --sample for "
        "52 bundled ones)."
    )
    exit_code = 66
