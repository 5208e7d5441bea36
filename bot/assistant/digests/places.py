"""Where the post of a day is: its digest may have moved to another channel since."""

from dataclasses import replace

from bot.assistant.digests import digest_json
from bot.store.digests import DigestDefinition
from bot.store.ledger import LedgerEntry


def at_its_post(definition: DigestDefinition, entry: LedgerEntry) -> DigestDefinition:
    """Return the digest as it was when the day's post was sent off: with that channel, as far as it is known."""
    channel = digest_json.channel_of(entry.content) if entry.content else None
    return definition if channel is None else replace(definition, channel=channel)
