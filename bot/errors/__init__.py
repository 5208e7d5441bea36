"""Every error that a user can meet, and the one place where each is put into a sentence.

    PaperbotError
    ├── SettingsError             a setting has a wrong value                     exit 78
    │   ├── TokenMissing          DISCORD_TOKEN is not set                        exit 78
    │   └── IntentRefused         Discord doesn't let the bot read all messages   exit 78
    ├── DiscordError              Discord can't be reached or refuses             exit 69
    │   ├── TokenRefused          Discord doesn't accept the token                exit 77
    │   └── DigestRefused         Discord refuses a digest until somebody mends what is wrong
    ├── StoreError                                                                exit 74
    │   ├── StoreUnwritable       the file can't be opened or written
    │   ├── StoreForeign          the file is not a paperbot store
    │   ├── StoreTooNew           written by a newer paperbot
    │   ├── LeaseLost             another process has taken over
    │   └── StoreEmpty            no papers yet                                   exit 66
    ├── SourceError                                                               exit 65
    │   ├── SourceUnreadable      the file can't be read                          exit 66
    │   ├── SourceUnknown         the file is none of the known formats, or broken
    │   └── SourceBroken          a long file breaks off after some of it is stored
    ├── FeedError                 a feed gave nothing that can be used            exit 69
    │   ├── FeedDown              no connection, or 5xx
    │   │   └── FeedPaused        it failed often, so it is left alone for a while
    │   ├── FeedRefused           403, 406, 429 and other 4xx
    │   ├── FeedLate              no whole answer in time
    │   ├── FeedTooLarge          an answer longer than what is taken
    │   └── FeedMalformed         an answer that is not what the feed promises
    ├── FeedsOff                  papers are to be fetched and no feed is on      exit 78
    ├── OutputUnwritable          a file can't be written                         exit 73
    ├── PromptError               a prompt file is missing or wrong               exit 78
    ├── QuestionError                                                             exit 2
    │   ├── QuestionEmpty         there is nothing to look for
    │   ├── QuestionTooLong       longer than LIMITS_QUESTION_CHARS
    │   ├── PaperUnknown          a paper is named that the store doesn't hold
    │   ├── NoPaperNamed          a message is to be worked on and names none
    │   ├── SavedFull             a user's list of saved papers has no room
    │   ├── FollowFull            a member or a channel follows as much as it may
    │   ├── FollowElsewhere       a channel is named where the bot can't post
    │   ├── FollowVague           nothing can be compared with what is to be followed
    │   ├── MailAddressWrong      it can't be an address
    │   ├── MailCodeWrong         it is not the code that was mailed
    │   ├── MailCodeOver          there is no code, or no longer
    │   ├── MailCodesMany         codes were asked for too often
    │   ├── DayUnknown            what should be a day, or a span of them, is none
    │   ├── FilterUnknown         a filter has a value that can't be one
    │   ├── DigestWrong           a digest is to have a value that can't be one
    │   ├── DigestUnknown         a digest is named that the server doesn't have
    │   ├── DigestNameTaken       the server has a digest of this name
    │   ├── DigestsFull           the server has as many digests as it may
    │   ├── DigestOfSettings      it is the operator's, and can't be changed by commands
    │   ├── DigestChannelUnfit    the bot may not post there
    │   ├── SidesWrong            a comparison of fewer than two or more than five things
    │   ├── TopicsWrong           no topic to count the papers of, or too many
    │   ├── ConversationOver      it needs a conversation that has expired
    │   ├── ReplyUnreadable       Discord withholds its text
    │   └── RuleWrong             a rule of a guild has a value that can't be one
    ├── AnswerGone                an answer is asked about that is no longer kept exit 66
    ├── ListGone              a page is asked for of a list that is no longer kept exit 66
    ├── AnswerRunning             its user is being answered already              exit 75
    ├── AnswerOver                it is to be stopped, and has ended              exit 66
    ├── NotYours                  only its asker may do this                      exit 77
    ├── ThreadRefused             no thread can be opened here                    exit 69
    ├── PostingFailed             a message can't be posted where an admin tries  exit 69
    ├── HouseRefusal              the rules of a guild or of the operator         exit 77
    │   ├── ChannelRefused        questions go to other channels
    │   ├── RoleRefused           the asker has none of the roles
    │   ├── AskedTooSoon          the time between two answers isn't over
    │   ├── UserAnswersUsed       the user's answers of the day are used
    │   └── GuildAnswersUsed      the guild's answers of the day are used
    ├── MailError                 mail can't be sent                              exit 69
    │   ├── MailNotSetUp          no MAIL_HOST or MAIL_FROM                       exit 78
    │   ├── MailDown              no connection, no TLS, no login, or no mail taken from this sender
    │   ├── MailLater             the server does not take this recipient's mail now
    │   ├── MailRefused           the server refuses this recipient for good
    │   └── MailUnsure            the connection broke when the mail may have been taken
    ├── BudgetUsed                a limit of the day is reached; extracts are shown
    └── ModelError                the model gave no usable answer                 exit 69
        ├── ModelUnauthorised     401 or 403
        ├── ModelMissing          404
        ├── ModelBusy             429
        ├── ModelRefused          another 4xx
        ├── ModelOverflow         the prompt is too long for this model
        ├── ModelDown             5xx, or no connection
        ├── ModelLate             no answer within the deadline
        ├── ModelSilent           an answer without text
        └── ModelInterrupted      the stream ended in the middle

Exit codes are those of sysexits.h where it has one. `str(error)` is the sentence for the user in English: what
is wrong and what to do next. `localized()` is the same in the reader's language. An error's facts never hold a secret.
"""

from typing import ClassVar

from bot.i18n.translation import fill, gettext


class PaperbotError(Exception):
    """The root. `facts` fill the placeholders of `sentence`."""

    sentence: ClassVar[str] = "Something went wrong in paperbot. The details are in the log."
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))

    def localized(self) -> str:
        """Return the sentence in the reader's language, with those facts that are phrases or errors."""
        return fill(gettext(self.sentence), self.facts)
