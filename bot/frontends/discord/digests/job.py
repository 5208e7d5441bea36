"""The loop that looks after digests."""

import logging
import random
from datetime import timedelta

from discord.ext import commands, tasks

from bot.app import App
from bot.digests.delivery import DigestDelivery
from bot.digests.scheduler import DigestScheduler
from bot.errors import PaperbotError
from bot.frontends.discord.digests.outlet import DiscordDigestOutlet

log = logging.getLogger(__name__)

POLL_S = 20.0


class DailyCog(commands.Cog):
    """Looks often whether a digest is due, instead of sleeping until its slot: clocks jump and computers sleep."""

    def __init__(self, *, client: commands.Bot, app: App) -> None:
        self._client = client
        outlet = DiscordDigestOutlet(client=client, app=app)
        self.rounds = DigestScheduler(
            definitions=app.digest_definitions,
            store=app.digest_store,
            ledger=app.ledger,
            delivery=DigestDelivery(
                ledger=app.ledger, writer=app.digests, papers=app.papers, outlet=outlet, clock=app.clock
            ),
            outlet=outlet,
            lease=app.digest_lease,
            window=timedelta(hours=app.settings.digest.catch_up_hours),
            clock=app.clock,
            chance=random.Random(),  # noqa: S311  # spreads attempts in time
        )

    async def cog_load(self) -> None:
        """Start looking."""
        self._look.start()

    async def cog_unload(self) -> None:
        """Stop looking."""
        self._look.cancel()
        await self.rounds.stop()

    @tasks.loop(seconds=POLL_S)
    async def _look(self) -> None:
        # An exception would end the loop for good, or let it run twice.
        try:
            await self.rounds.look()
        except PaperbotError as error:
            log.warning("the digests were not looked at: %s", error)
        except Exception:
            log.exception("the digests were not looked at")

    @_look.before_loop
    async def _connected(self) -> None:
        await self._client.wait_until_ready()
