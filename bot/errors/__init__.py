"""Every error that a user can meet, and the one place where each is put into a sentence.

                            exit
    PaperbotError              1
    ├── SettingsError         78
    ├── StoreError            74   StoreEmpty 66
    ├── SourceError           65   SourceUnreadable 66
    ├── DiscordError          69   TokenRefused 77
    ├── FeedError             69
    ├── MailError             69   MailNotSetUp 78
    ├── ModelError            69
    ├── QuestionError          2   a request can't be carried out as it was made
    ├── AccessRefused         77   a limit of the server or of the operator
    └── without subclasses         PromptError, FeedsOff 78, OutputUnwritable 73, OutputFailed 74, BudgetUsed,
                                   PostingFailed 69, AnswerGone, AnswerOver, ListGone 66, AnswerRunning 75,
                                   NotYours 77, ThreadRefused 1

`operation.py` has what is wrong with an installation, `services.py` what other services refuse, `requests.py` the rest.
Exit codes are those of sysexits.h where it has one. `str(error)` is the sentence for the user in English: what
is wrong and what to do next. `localized()` is the same in the reader's language. An error's facts never hold a secret.
"""

from typing import ClassVar

from bot.i18n.translation import fill, gettext


class PaperbotError(Exception):
    """The root of all. `facts` fill the placeholders of `sentence`; each subclass names those that it needs."""

    sentence: ClassVar[str] = "Something went wrong in paperbot. The details are in the log."
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))

    def localized(self) -> str:
        """Return the sentence in the reader's language, with those facts that are phrases or errors."""
        return fill(gettext(self.sentence), self.facts)
