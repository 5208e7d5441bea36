"""Mail that can't be sent, and addresses and codes that are wrong."""

from bot.errors.questions import QuestionError
from bot.errors.root import PaperbotError


class MailAddressWrong(QuestionError):
    """What was given is no address. It is not repeated: it may be one, mistyped."""

    sentence = "That is no mail address that I can write to. Give it like name@example.org, without a name around it."


class MailCodeWrong(QuestionError):
    """Facts: `left`, how many tries are left."""

    sentence = "That is not the code in my mail ({left} tries left). Copy it from there, or use /email start again."


class MailCodeOver(QuestionError):
    """No code is waited for: none was asked for, it has expired, or it was tried too often. Facts: `minutes`."""

    sentence = "No code is waiting for you: one lasts for {minutes} minutes and five tries. Use /email start again."


class MailCodesMany(QuestionError):
    """Facts: `hours`, how long it takes at the most until another one is sent."""

    sentence = "Too many codes were asked for, by you or for this address. Try again in {hours} hours."


class MailError(PaperbotError):
    """Mail can't be sent. Facts: `reason`, without any address."""

    sentence = "The mail was not sent: {reason}. An operator finds out more with: paperbot doctor."
    exit_code = 69


class MailNotSetUp(MailError):
    """There is no mail server to send by."""

    sentence = "Mail is not set up here. An operator can do it with the settings MAIL_HOST and MAIL_FROM."
    exit_code = 78


class MailDown(MailError):
    """The server can't be reached or used now; the mail was not taken. Facts: `reason`."""

    sentence = "The mail server did not take the mail: {reason}. Try again later; an operator can run paperbot doctor."


class MailLater(MailError):
    """The server does not take this recipient's mail now, and may later. Facts: `reason`."""

    sentence = "The mail server does not take this mail now: {reason}. Try again in an hour."


class MailRefused(MailError):
    """The server refuses this mail for good; another try would be refused as well. Facts: `reason`."""

    sentence = "The mail server refuses this mail: {reason}. Check the address, or use another one."


class MailUnsure(MailError):
    """The whole mail was handed over, and no answer came. Facts: `reason`."""

    sentence = "The mail may or may not have been sent: {reason}. Look into your inbox before you try again."
