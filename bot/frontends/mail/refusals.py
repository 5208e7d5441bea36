"""What went wrong with the mail server, in words that name neither an address nor a password."""

import ssl

import aiosmtplib

from bot.config import MailSettings
from bot.errors import MailDown, MailError, MailLater, MailRefused, MailUnsure
from bot.translation import phrase

_FOR_GOOD = 500


def mail_error(error: Exception, settings: MailSettings, *, handed_over: bool) -> MailError:
    """Return what an error means for a mail.

    An answer of the server leaves no doubt; without one, nobody knows about a mail that was `handed_over`.
    """
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return _answered(error)
    late = phrase("no answer within {seconds:g} s", seconds=settings.timeout_seconds)
    if handed_over:
        broke = phrase("the connection broke while it was handed over")
        return MailUnsure(reason=late if isinstance(error, TimeoutError) else broke)
    if isinstance(error, TimeoutError):
        return MailDown(reason=late)
    return _unanswered(error)


def _answered(error: aiosmtplib.SMTPResponseException) -> MailError:
    good = error.code >= _FOR_GOOD
    match error:
        case aiosmtplib.SMTPRecipientRefused() if good:
            return MailRefused(reason=phrase("it refuses the address (code {code})", code=error.code))
        case aiosmtplib.SMTPRecipientRefused():
            return MailLater(reason=phrase("it does not take mail for the address now (code {code})", code=error.code))
        case aiosmtplib.SMTPDataError() if good:
            return MailRefused(reason=phrase("it refuses what the mail says (code {code})", code=error.code))
        case aiosmtplib.SMTPDataError():
            return MailLater(reason=phrase("it does not take the mail now (code {code})", code=error.code))
        case aiosmtplib.SMTPSenderRefused():
            return MailDown(reason=phrase("it refuses MAIL_FROM as the sender (code {code})", code=error.code))
        case aiosmtplib.SMTPAuthenticationError():
            return MailDown(reason=phrase("it refuses MAIL_USERNAME or MAIL_PASSWORD (code {code})", code=error.code))
        case _:
            return MailDown(reason=phrase("it answers with code {code}", code=error.code), again=not good)


def _unanswered(error: Exception) -> MailError:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return MailDown(
            reason=phrase("its certificate can't be trusted for MAIL_HOST ({why})", why=cause.verify_message)
        )
    if cause is not None:
        return MailDown(reason=phrase("no encrypted connection could be made; check MAIL_TLS and MAIL_PORT"))
    if isinstance(error, OSError):
        return MailDown(reason=phrase("it can't be reached, or closed the connection"), again=True)
    return MailDown(reason=phrase("it does not offer what MAIL_TLS or MAIL_USERNAME ask for"))
