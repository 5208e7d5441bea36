"""/email: the daily summary by mail, switched on with a code that was mailed."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.errors.services import MailError, MailNotSetUp
from bot.frontends.discord.shared.markdown import escape
from bot.i18n.translation import gettext
from bot.mail.message import code_mail
from bot.mail.opt_in import CODE_LIFE, LONGEST_ADDRESS, MailStatus, masked


def status_text(status: MailStatus, *, set_up: bool, at: str) -> str:
    """Return it; `at` is the time of the daily summary with its zone."""
    lines: list[str] = []
    if status.confirmed and status.refused:
        said = gettext(
            "{address} was refused by its mail server three days in a row, so that I send nothing there any more. Use "
            "`/email start` with this or another address."
        )
        lines.append(said.format(address=escape(status.confirmed)))
    elif status.confirmed:
        said = gettext("{address} gets the summary of each day at {at}. `/email stop` ends it.")
        lines.append(said.format(address=escape(status.confirmed), at=escape(at)))
    if status.waiting:
        said = gettext("{address} waits for its code: `/email confirm`.")
        lines.append(said.format(address=escape(status.waiting)))
    if not lines:
        lines.append(gettext("You get no mail. `/email start` begins with it."))
    if not set_up:
        lines.append(gettext("Mail is not set up here, so that none is sent."))
    return "\n".join(lines)


class EmailCog(commands.Cog):
    """Mail. All of it is seen by who asks alone, and addresses are shown masked."""

    email = app_commands.Group(name="email", description="Get the daily summary by mail.")

    def __init__(self, *, app: App) -> None:
        self._app = app

    @email.command(description="Get the daily summary by mail: I mail a code to the address first.")
    @app_commands.describe(address="Only you see it, and I keep it until you stop")
    async def start(
        self, interaction: discord.Interaction[commands.Bot], address: app_commands.Range[str, 3, LONGEST_ADDRESS]
    ) -> None:
        """Mail a code."""
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
        said = gettext(
            "I mailed a code to {address}. Give it to me within {minutes} minutes with `/email confirm`; nothing else "
            "is mailed before."
        )
        await interaction.followup.send(said.format(address=escape(masked(checked)), minutes=minutes), ephemeral=True)

    @email.command(description="Confirm your address with the code from my mail.")
    @app_commands.describe(code="The eight letters and digits in the mail")
    async def confirm(
        self, interaction: discord.Interaction[commands.Bot], code: app_commands.Range[str, 1, 40]
    ) -> None:
        """Switch it on."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        address = await self._app.mail_opt_in.confirm(str(interaction.user.id), code)
        digest = self._app.settings.digest
        said = gettext("From now on {address} gets the summary of each day at {at}. `/email stop` ends it.")
        at = f"{digest.time:%H:%M} {digest.time_zone}"
        await interaction.followup.send(said.format(address=escape(address), at=escape(at)), ephemeral=True)

    @email.command(description="Get no more mail, and have your address deleted.")
    async def stop(self, interaction: discord.Interaction[commands.Bot]) -> None:
        """Delete the address."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        stopped = await self._app.mail_opt_in.stop(str(interaction.user.id))
        said = gettext("You get no more mail. Your address is deleted.") if stopped else gettext("I have no address.")
        await interaction.followup.send(said, ephemeral=True)

    @email.command(description="Whether you get mail, and where.")
    async def status(self, interaction: discord.Interaction[commands.Bot]) -> None:
        """Tell it."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        status = await self._app.mail_opt_in.status(str(interaction.user.id))
        set_up = self._app.mailer.settings.configured
        digest = self._app.settings.digest
        text = status_text(status, set_up=set_up, at=f"{digest.time:%H:%M} {digest.time_zone}")
        await interaction.followup.send(text, ephemeral=True)
