"""Which language a text is in, as far as the checks need to know it."""

import re
import unicodedata
from collections import Counter

ENGLISH = "en"

# The most frequent function words that English doesn't have, or that distinguish languages.
_WORDS = {
    "en": "the of and to is in that it for with as on are by this from was which an be or not at what how does do",
    "de": """der die das und ist nicht ein eine von mit für auf dem den des im auch wie wird sich was welche als zu sind
        es oder aus bei zur zum kein keine keinem keiner keines nur einem einen einer gibt viele mehr warum wozu wann
        wer wo welcher welches welchen haben hat werden kann können über vor nach durch beim wenn weil dass sie er aber
        braucht steht macht sagt""",
    "fr": """le la les des est et une un dans que qui pour pas sur avec au du ce cette quels comment sont plus par en de
        aux ces aucun aucune quel quelle quelles pourquoi combien leur ont ne ou il elle mais entre l' d' qu' n' c'""",
    "es": "el los las una un es y que en para con por del se lo como más qué cuál son su al cómo esta este de la",
    "it": "il lo gli una un è e che di per con non del della si come più quali sono nel al dei le la cosa",
    "pt": "o os as uma um é e que em para com não do da se como mais quais são no na dos ao por",
    "nl": "de het een en van is niet met voor op dat die zijn wat welke hoe wordt ook aan bij te",
    "pl": "i w na nie się z jest do to że jak co dla są przez jakie czy od po ten ta",
}
_LEXICA = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_LEAST = 2
_DISTINCT = 4
"""Letters of a function word that tells a language alone, where no English one stands beside it."""
_SHORTEST = 3
"""Words of a text that may be told so: "Nicht" alone may be anything."""
# Words of English too, or parts of names.
_SHARED = frozenset("comment plus entre elle para come more".split())
_WORD = re.compile(r"(?:[ldnc]|qu)['’](?=\w)|[^\W\d_]+")


def language(text: str) -> str | None:
    """Return a language's code, the name of a script other than Latin, or None where it is unclear."""
    if script := _foreign_script(text):
        return script
    words = [word.replace("’", "'") for word in _WORD.findall(text.casefold())]
    counts = Counter({code: sum(word in lexicon for word in words) for code, lexicon in _LEXICA.items()})
    (best, most), (_, second) = counts.most_common(2)
    if most >= _LEAST and most > second:
        return best
    if most == 1 and second == 0 and len(words) >= _SHORTEST:
        distinct = any(word in _LEXICA[best] and len(word) >= _DISTINCT and word not in _SHARED for word in words)
        return best if distinct else None
    return None


def function_words(code: str | None) -> frozenset[str]:
    """Return the most frequent function words of a language; none of one that isn't known."""
    return _LEXICA.get(code or "", frozenset())


def is_foreign(text: str) -> bool:
    """Whether a text is in another language than English."""
    return language(text) not in {ENGLISH, None}


def has_english(text: str) -> bool:
    """Whether a function word of English stands in a text: a line of names alone is in any language."""
    return not _LEXICA[ENGLISH].isdisjoint(_WORD.findall(text.casefold()))


_SCRIPTS = {
    "zh": "cjk",
    "ja": "cjk",
    "ko": "hangul",
    "hi": "devanagari",
    "ru": "cyrillic",
    "uk": "cyrillic",
    "ar": "arabic",
}
"""What `language` tells of languages that aren't written in Latin letters."""

_ALIKE = {"hiragana": "cjk", "katakana": "cjk", "it": "es", "pt": "es"}
"""What short texts don't distinguish."""

_JUDGED = 8
"""Words, or characters in scripts without blanks, from which on a text tells its language for certain."""


def is_in_another(written: str, *, question: str, fixed: str | None) -> bool:
    """Whether an answer is neither in the `fixed` language, or else in that of its question, nor in English.

    English, which the abstracts are in, is no fault: extracts in its place would be English too.
    """
    told, wanted = language(written), fixed or language(question)
    size = len(re.findall(r"[^\W\d_\u3040-\u9fff]+|[\u3040-\u9fff]", written))
    if told in {None, ENGLISH} or wanted is None or size < _JUDGED:
        return False
    wanted = _SCRIPTS.get(wanted, wanted)
    return _ALIKE.get(str(told), told) != _ALIKE.get(wanted, wanted)


# Scripts without blanks between words: a character counts as much as a word of Latin beside it.
_UNSPACED = frozenset({"CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"})
_LONGEST = 500


def _foreign_script(text: str) -> str | None:
    """Return the script that most words have, where that is not Latin or Greek, which formulas have too."""
    scripts: Counter[str] = Counter()
    for word in re.findall(r"[^\W\d_]+", text[:_LONGEST]):
        names = [unicodedata.name(char, "?").split()[0].split("-")[0] for char in word]
        for name in dict.fromkeys(names):
            scripts[name] += names.count(name) if name in _UNSPACED else 1
    script, count = scripts.most_common(1)[0] if scripts else ("LATIN", 0)
    return None if script in {"LATIN", "GREEK", "?"} or count * 2 < scripts.total() else script.casefold()
