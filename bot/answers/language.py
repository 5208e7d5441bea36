"""Which language a text is in, as far as the checks need to know it."""

import re
import unicodedata
from collections import Counter

ENGLISH = "en"

# The most frequent function words that English doesn't have, or that distinguish languages.
_WORDS = {
    "en": "the of and to is in that it for with as on are by this from was which an be or not at what how does do",
    "de": "der die das und ist nicht ein eine von mit für auf dem den des im auch wie wird sich was welche als zu sind",
    "fr": "le la les des est et une un dans que qui pour pas sur avec au du ce cette quels comment sont plus par en",
    "es": "el los las una un es y que en para con por del se lo como más qué cuál son su al cómo esta este de la",
    "it": "il lo gli una un è e che di per con non del della si come più quali sono nel al dei le la cosa",
    "pt": "o os as uma um é e que em para com não do da se como mais quais são no na dos ao por",
    "nl": "de het een en van is niet met voor op dat die zijn wat welke hoe wordt ook aan bij te",
    "pl": "i w na nie się z jest do to że jak co dla są przez jakie czy od po ten ta",
}
_LEXICA = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_LEAST = 2


def language(text: str) -> str | None:
    """Return a language's code, the name of a script other than Latin, or None where it is unclear."""
    letters = [char for char in text if char.isalpha()]
    if script := _foreign_script(letters):
        return script
    words = re.findall(r"[^\W\d_]+", text.casefold())
    counts = Counter({code: sum(word in lexicon for word in words) for code, lexicon in _LEXICA.items()})
    (best, most), (_, second) = counts.most_common(2)
    return best if most >= _LEAST and most > second else None


def is_foreign(text: str) -> bool:
    """Whether a text is in another language than English."""
    return language(text) not in {ENGLISH, None}


def _foreign_script(letters: list[str]) -> str | None:
    """Return the script that most letters have, where that is not Latin or Greek, which formulas have too."""
    scripts = Counter(unicodedata.name(char, "?").split()[0].split("-")[0] for char in letters[:500])
    script, count = scripts.most_common(1)[0] if scripts else ("LATIN", 0)
    return None if script in {"LATIN", "GREEK", "?"} or count * 2 < len(letters[:500]) else script.casefold()
