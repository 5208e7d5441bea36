"""Answers that are gone, running, or another's."""

from bot.errors.root import PaperbotError


class AnswerGone(PaperbotError):
    """An answer is asked about that has expired, was forgotten, or whose papers are gone."""

    sentence = "This answer is no longer kept, and its evidence with it. Ask the question again to get a new one."
    exit_code = 66


class ListGone(PaperbotError):
    """A page is asked for of a list that is no longer kept."""

    sentence = "This list is no longer kept, and its other pages with it. Give the command again to get a new one."
    exit_code = 66


class AnswerRunning(PaperbotError):
    """A user asks while an answer of theirs is being written. Facts: `job`, its name."""

    sentence = "I am still at your last question. Wait for its answer, or cancel it and ask again."
    exit_code = 75


class AnswerOver(PaperbotError):
    """An answer is to be stopped that is finished, or that ended with a restart."""

    sentence = "There is nothing left to cancel: this answer has ended. You can ask again."
    exit_code = 66


class NotYours(PaperbotError):
    """Somebody presses what is its asker's alone. Facts: `action`, such as "cancel this answer"."""

    sentence = "Only who asked can {action}. Ask the question yourself, or press Follow up."
    exit_code = 77
