"""The Discord client: intents, the command tree, the cogs."""

import logging

import discord
import yarl
from discord.ext import commands

from bot.app import App
from bot.config import DiscordSettings
from bot.errors.operation import StoreEmpty
from bot.frontends.discord.about.help import HelpCog
from bot.frontends.discord.about.privacy import PRIVACY_BUTTONS, PrivacyCog
from bot.frontends.discord.about.status import StatusCog
from bot.frontends.discord.answers.buttons import BadButton, EvidenceButton, FollowUpButton, GoodButton, SimilarButton
from bot.frontends.discord.answers.cancel import CancelButton
from bot.frontends.discord.answers.commands import AskCog, CompareCog, ExplainCog, FollowUpCog, SummariseCog
from bot.frontends.discord.answers.mentions import MentionsCog
from bot.frontends.discord.answers.regenerate import RegenerateButton
from bot.frontends.discord.answers.thread import ThreadButton
from bot.frontends.discord.channel_memory.cog import ChannelMemoryCog
from bot.frontends.discord.digests.commands import DigestsCog
from bot.frontends.discord.digests.editing import DIGEST_BUTTONS
from bot.frontends.discord.follows.commands import FollowCog
from bot.frontends.discord.follows.follow_list import FOLLOWING_BUTTONS
from bot.frontends.discord.mail.commands import EmailCog
from bot.frontends.discord.papers.card import PaperButton
from bot.frontends.discord.papers.commands import ListsCog, PapersCog, SearchCog
from bot.frontends.discord.papers.pages import PageButton
from bot.frontends.discord.saved.commands import SavedCog
from bot.frontends.discord.saved.message_menus import MessageMenusCog
from bot.frontends.discord.saved.saved_list import SAVED_BUTTONS
from bot.frontends.discord.setup.commands import SetupCog
from bot.frontends.discord.setup.components import SETUP_BUTTONS, SETUP_MENUS
from bot.frontends.discord.shared.permissions import CONTEXTS, INSTALLS
from bot.frontends.discord.tree import PaperbotTree
from bot.frontends.discord.trends.commands import TrendsCog

log = logging.getLogger(__name__)

BROKEN_OFF_WITHIN_S = 5.0
"""How long answers have for their end when the bot stops; services are killed 10 s after being asked to."""


class PaperbotClient(commands.Bot):
    """The bot's connection to Discord. It asks for no privileged intent unless the settings say so."""

    def __init__(self, *, app: App) -> None:
        intents = discord.Intents.none()
        intents.guilds = True
        intents.guild_messages = True
        intents.dm_messages = True
        intents.message_content = app.settings.discord.message_content
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=intents,
            tree_cls=PaperbotTree,
            allowed_contexts=CONTEXTS,
            allowed_installs=INSTALLS,
            # Nothing that a paper, a user or a model wrote may ping anybody.
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self._app = app

    @property
    def app(self) -> App:
        """The parts, for buttons."""
        return self._app

    async def setup_hook(self) -> None:
        """Load the cogs, warm the index, and register the commands when they changed."""
        await self.add_cogs()
        await self._app.titles.current()  # so that the first member who types has choices
        await self._app.names.current()
        try:
            await self._app.searcher.index()
        except StoreEmpty as error:
            log.warning("%s", error)
        assert isinstance(self.tree, PaperbotTree)
        await self.tree.sync_when_changed(self._app.state)

    async def close(self) -> None:
        """Break off the answers that are being written, while their readers can still be told; then disconnect."""
        await self._app.answer_queue.close(seconds=BROKEN_OFF_WITHIN_S)
        await super().close()

    async def add_cogs(self) -> None:
        """Add the commands, the listeners and the kinds of buttons."""
        app = self._app
        for cog in (
            AskCog(app=app),
            SummariseCog(app=app),
            CompareCog(app=app),
            ExplainCog(app=app),
            SearchCog(app=app),
            PapersCog(app=app),
            ListsCog(app=app),
            TrendsCog(app=app),
            MentionsCog(client=self, app=app),
            ChannelMemoryCog(client=self, app=app),
            DigestsCog(app=app),
            HelpCog(client=self, app=app),
            SetupCog(client=self, app=app),
            StatusCog(app=app),
            PrivacyCog(app=app),
            SavedCog(app=app),
            FollowCog(app=app),
            FollowUpCog(app=app),
            EmailCog(app=app),
            MessageMenusCog(client=self, app=app),
        ):
            await self.add_cog(cog)
        self.add_dynamic_items(
            CancelButton,
            EvidenceButton,
            FollowUpButton,
            SimilarButton,
            RegenerateButton,
            ThreadButton,
            GoodButton,
            BadButton,
            PageButton,
            PaperButton,
            *PRIVACY_BUTTONS,
            *SAVED_BUTTONS,
            *SETUP_MENUS,
            *SETUP_BUTTONS,
            *DIGEST_BUTTONS,
            *FOLLOWING_BUTTONS,
        )

    async def on_ready(self) -> None:
        """Log that Discord is there; this comes again after each new session."""
        log.info("connected to Discord as %s, in %d servers", self.user, len(self.guilds))

    async def on_message(self, message: discord.Message) -> None:
        """Leave messages to the cogs: there are no prefix commands."""


def configure_library(settings: DiscordSettings) -> None:
    """Send discord.py to the settings' addresses and keep it quiet about voice. This holds for the whole process."""
    discord.http.Route.BASE = settings.api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway_url)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
