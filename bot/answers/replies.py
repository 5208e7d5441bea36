"""The bot's own words: on itself, on how to ask, and on where something can be done that this front end can't do."""

from collections.abc import Sequence

from bot.answers.events import Action, ActionWanted
from bot.answers.planning.small_talk import Talk
from bot.i18n.translation import gettext, phrase
from bot.text import shorten

_WHO = phrase("I'm paperbot: I answer questions about research papers, from their abstracts, with sources.")
_NO_HUMAN = phrase(
    "I'm a program. What an abstract doesn't say, I don't know; every sentence that a model writes for me is checked "
    "against the abstracts before you see it."
)
_CAN = phrase(
    "Ask in your own words, or have papers summarised, compared or explained. Save papers and follow topics, too."
)
_COMMANDS = phrase("In Discord, /help lists all commands.")
_SHORT = {
    Talk.THANKS: phrase("You're welcome!"),
    Talk.NOTED: phrase("Fine. Ask me whenever you want to know more."),
    Talk.PARTING: phrase("Bye! I'm here whenever you have a question."),
}
_NAME_CHARS = 60
_TITLE_CHARS = 100


def talk_text(talk: Talk, names: Sequence[str]) -> str:
    """Return the reply to small talk; `names` are those of up to two papers in the store, for examples to try."""
    if talk in _SHORT:
        return _SHORT[talk].localized()
    said = {
        Talk.GREETING: [_hello()],
        Talk.HELP: [_WHO.localized(), _CAN.localized(), _COMMANDS.localized()],
        Talk.IDENTITY: [_WHO.localized(), _NO_HUMAN.localized()],
    }[talk]
    examples = "\n".join(f"• {example}" for example in _examples([shorten(name, _NAME_CHARS) for name in names]))
    return "\n\n".join([" ".join(said), f"{gettext('Try one of these:')}\n{examples}"])


def _hello() -> str:
    return gettext("Hi! {who}").format(who=_WHO.localized())


def _examples(names: Sequence[str]) -> list[str]:
    """Return three messages that are understood in the current language."""
    if not names:
        return [
            gettext("explain diffusion models to a newcomer"),
            gettext("what's new this week?"),
            gettext("follow diffusion models"),
        ]
    first = names[0]
    compared = gettext("compare {first} and {second}").format(first=first, second=names[1]) if names[1:] else None
    return [
        gettext("summarise {name}").format(name=first),
        compared or gettext("what's new this week?"),
        gettext("save {name}").format(name=first),
    ]


def where_to(wanted: ActionWanted) -> str:
    """Say where something can be done that isn't done here: papers are saved and topics followed in Discord."""
    name = shorten(wanted.papers[0].title if wanted.papers else wanted.subject, _TITLE_CHARS)
    match wanted.action:
        case Action.SAVE if name:
            said = gettext("I can't save papers here. In Discord, send me “save {name}”, or use /save.")
        case Action.SAVE | Action.UNSAVE | Action.SHOW_SAVED:
            said = gettext("There are no saved papers here. In Discord, /save keeps one, and /saved lists yours.")
        case Action.FOLLOW if name:
            said = gettext("I can't notify you here. In Discord, send me “follow {name}”, or use /follow.")
        case _:
            said = gettext("Nothing is followed from here. In Discord, /follow does it, and /following lists it.")
    return said.format(name=name)
