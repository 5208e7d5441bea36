"""/email: the daily summary by mail, switched on with a code that was mailed."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.errors.services import MailError, MailNotSetUp
from bot.frontends.discord.shared.interactions import AppClient
from bot.frontends.discord.shared.markdown import escape
from bot.i18n.translation import gettext
from bot.mail.message import code_mail
from bot.mail.opt_in import CODE_LIFE, LONGEST_ADDRESS, MailStatus, masked


def status_text(status: MailStatus, *, set_up: bool, at: str) -> str:
    """Return a user's subscription in words; `at` is the time of the daily summary with its zone."""
    lines: list[str] = []
    if status.confirmed and status.refused:
        text = gettext(
            "The mail server rejected {address} three days in a row, so I've stopped sending to it. Use "
            "`/email start` with this or another address."
        )
        lines.append(text.format(address=escape(status.confirmed)))
    elif status.confirmed:
        text = gettext("{address} gets the daily summary at {at}. Use `/email stop` to unsubscribe.")
        lines.append(text.format(address=escape(status.confirmed), at=escape(at)))
    if status.waiting:
        text = gettext("{address} isn't confirmed yet. Enter the code I sent with `/email confirm`.")
        lines.append(text.format(address=escape(status.waiting)))
    if not lines:
        lines.append(gettext("You're not subscribed. Use `/email start`."))
    if not set_up:
        lines.append(gettext("Email isn't set up here, so none is sent."))
    return "\n".join(lines)


class EmailCog(commands.Cog):
    """The daily summary by mail. Replies are seen by the user alone, and addresses are shown masked."""

    email = app_commands.Group(name="email", description="Get the daily summary by email.")

    def __init__(self, *, app: App) -> None:
        self._app = app

    @email.command(description="Subscribe to the daily summary by email. I'll send a code to the address first.")
    @app_commands.describe(address="Only you can see it; I keep it until you unsubscribe")
    async def start(
        self, interaction: discord.Interaction, address: app_commands.Range[str, 3, LONGEST_ADDRESS]
    ) -> None:
        """Mail a code to the address. Raises MailNotSetUp and MailError."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        mailer = self._app.mailer
        if not mailer.settings.configured:
            raise MailNotSetUp
        user = str(interaction.user.id)
        checked, code = await self._app.mail_opt_in.start(user, address)
        message = code_mail(code, to=checked, settings=mailer.settings, now=self._app.clock())
        try:
            await mailer.send(message, checked)
        except MailError:
            await self._app.mail_opt_in.withdraw(user)
            raise
        minutes = round(CODE_LIFE.total_seconds() / 60)
        text = gettext(
            "I emailed a code to {address}. Enter it within {minutes} minutes with `/email confirm`; until "
            "then, I send nothing else."
        )
        await interaction.followup.send(text.format(address=escape(masked(checked)), minutes=minutes), ephemeral=True)

    @email.command(description="Confirm your address with the code from my email.")
    @app_commands.describe(code="The eight letters and digits from the email")
    async def confirm(self, interaction: discord.Interaction, code: app_commands.Range[str, 1, 40]) -> None:
        """Subscribe the address that the code was mailed to."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        address = await self._app.mail_opt_in.confirm(str(interaction.user.id), code)
        digest = self._app.settings.digest
        text = gettext("Subscribed: {address} gets the daily summary at {at}. Use `/email stop` to unsubscribe.")
        at = f"{digest.time:%H:%M} {digest.time_zone}"
        await interaction.followup.send(text.format(address=escape(address), at=escape(at)), ephemeral=True)

    @email.command(description="Unsubscribe and have your address deleted.")
    async def stop(self, interaction: discord.Interaction) -> None:
        """Unsubscribe, and delete the address."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        stopped = await self._app.mail_opt_in.stop(str(interaction.user.id))
        text = (
            gettext("You're unsubscribed, and your address was deleted.")
            if stopped
            else gettext("You weren't subscribed.")
        )
        await interaction.followup.send(text, ephemeral=True)

    @email.command(description="Show whether you're subscribed, and with which address.")
    async def status(self, interaction: discord.Interaction) -> None:
        """Show the subscription to the user alone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        status = await self._app.mail_opt_in.status(str(interaction.user.id))
        set_up = self._app.mailer.settings.configured
        digest = self._app.settings.digest
        text = status_text(status, set_up=set_up, at=f"{digest.time:%H:%M} {digest.time_zone}")
        await interaction.followup.send(text, ephemeral=True)


async def setup(client: AppClient) -> None:
    """Add the cog."""
    await client.add_cog(EmailCog(app=client.app))
