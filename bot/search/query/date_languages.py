"""German and French dates put into English, so that one grammar reads all: "seit letztem Monat", "l'été dernier".

Only whole expressions are replaced. A word alone, such as "in", "mars" or "an", may be of any language.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

_UNITS = {
    "day": r"tag(?:en?|e?s)?|jours?",
    "week": r"wochen?|semaines?",
    "month": r"monat(?:en?|e?s)?|mois",
    "quarter": r"quartal(?:en?|s)?|trimestres?",
    "year": r"jahr(?:en?|e?s)?|ann[ée]es?|ans?",
    "decade": r"jahrzehnt(?:en?|e?s)?|d[ée]cennies?",
    "weekend": r"wochenendes?|week-?ends?|fin\s+de\s+semaine",
}
_SEASONS = {
    "spring": r"fr(?:ü|ue)hlings?|fr(?:ü|ue)hjahre?s?|printemps",
    "summer": r"sommers?|[ée]t[ée]",
    "autumn": r"herbste?s?|automne",
    "winter": r"winters?|hiver",
}
_MONTHS = {
    "january": r"januar|jänner|janvier",
    "february": r"februar|f[ée]vrier",
    "march": r"m(?:ä|ae)rz|mars",
    "april": r"april|avril",
    "may": r"mai",
    "june": r"juni|juin",
    "july": r"juli|juillet",
    "august": r"august|ao[uû]t",
    "september": r"septemb(?:er|re)",
    "october": r"oktober|octobre",
    "november": r"novemb(?:er|re)",
    "december": r"dezember|d[ée]cembre",
}
_WEEKDAYS = {
    "monday": "montag|lundi",
    "tuesday": "dienstag|mardi",
    "wednesday": "mittwoch|mercredi",
    "thursday": "donnerstag|jeudi",
    "friday": "freitag|vendredi",
    "saturday": "samstag|sonnabend|samedi",
    "sunday": "sonntag|dimanche",
}
_COUNTS = {
    "1": r"ein(?:e[rmn]?)?|une?",
    "2": r"zwei|deux",
    "3": r"drei|trois|paar|einigen?|wenigen?|quelques",
    "4": r"vier|quatre",
    "5": r"f(?:ü|ue)nf|cinq|mehreren?|plusieurs",
    "6": r"sechs|six",
    "7": r"sieben|sept",
    "8": r"acht|huit",
    "9": r"neun|neuf",
    "10": r"zehn|dix",
    "11": r"elf|onze",
    "12": r"zw(?:ö|oe)lf|douze",
}
_ORDINALS = {
    "first": r"1\.|erste[nsmr]?|1er|premier|premi[èe]re",
    "second": r"2\.|zweite[nsmr]?|2e|deuxi[èe]me|second",
    "third": r"3\.|dritte[nsmr]?|3e|troisi[èe]me",
    "fourth": r"4\.|vierte[nsmr]?|letzte[nsmr]?|4e|quatri[èe]me|dernier",
}
_CUES = {
    "since": r"seit(?:\s+de[mr])?|ab|depuis(?:\s+l['’]ann[ée]e|\s+l[ea])?|[àa]\s+partir\s+d(?:e|u|['’])|d[èe]s",
    "before": r"vor(?:\s+de[mr])?|avant(?:\s+l['’]ann[ée]e|\s+l[ea])?",
    "after": r"nach(?:\s+de[mr])?|apr[èe]s(?:\s+l['’]ann[ée]e|\s+l[ea])?",
    "until": r"bis(?:\s+(?:zum?|einschließlich|ende))?|jusqu['’](?:en|[àa]|au)",
    "in": r"in(?:\s+de[rnm])?|im|aus(?:\s+de[mrn])?|vo[nm](?:\s+de[rn])?|am|während(?:\s+de[rs])?|en"
    r"|im\s+monat|du\s+mois\s+d(?:e|['’])|au\s+cours\s+d(?:e|u)|dat(?:ant|[ée]s?)\s+d(?:e|u|['’])|du|de|d['’]|au|dans|pendant|durant|le"
    r"|parus?\s+en|publi[ée]s?\s+en",
}


def _any(words: Mapping[str, str]) -> str:
    return "|".join(words.values())


_YEAR = r"(?:19|20)[0-9]{2}"
_UNIT, _SEASON, _MONTH, _WEEKDAY = _any(_UNITS), _any(_SEASONS), _any(_MONTHS), _any(_WEEKDAYS)
_COUNT = rf"[0-9]{{1,3}}|{_any(_COUNTS)}"
_SAID = rf"{_UNIT}|{_SEASON}|{_MONTH}|{_WEEKDAY}"
_THIS = (
    r"(?:in\s+|aus\s+|(?:im\s+laufe|anfang|mitte|ende)\s+)?"
    r"(?:dies(?:e[rnms]?|es)|(?:de[rnms]|das|die)\s+laufenden?)"
)
_LAST = (
    r"(?:(?:anfang|mitte|ende)\s+)?(?:de[rnms]\s+|die\s+|das\s+|im\s+|vom\s+)?"
    r"(?:letzte[nrsm]?|vergangene[nrsm]?|vorige[nrsm]?)"
)
_DERNIER = r"(?:derni(?:er|[èe]re)|pass[ée]e?|pr[ée]c[ée]dente?)"
_DE = r"(?:(?:de\s+l['’]|de\s+|du\s+|d['’]|von\s+|des\s+jahres\s+|en\s+|im\s+jahr\s+)(?:ann[ée]e\s+)?)?"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A kind of expression. `alone`: it says a date without a word such as "seit" before it."""

    pattern: str
    put: Callable[[re.Match[str]], str]
    alone: bool = True


def _word(words: Mapping[str, str], said: str) -> str:
    """Return the English word for one of a table's."""
    said = " ".join(said.split())
    return next((word for word, forms in words.items() if re.fullmatch(forms, said, re.IGNORECASE)), said)


def _named(said: str) -> str:
    for words in (_UNITS, _SEASONS, _MONTHS, _WEEKDAYS):
        if (word := _word(words, said)) != said:
            return word
    return said


def _count(match: re.Match[str]) -> str:
    return f"{_word(_COUNTS, match['count'])} {_word(_UNITS, match['unit'])}"


def _day(match: re.Match[str]) -> str:
    number = re.sub(r"\D", "", match["number"])
    return " ".join(filter(None, (number, _word(_MONTHS, match["month"]), match["year"])))


_RULES = (
    _Rule(
        rf"(?:(?:in\s+|aus\s+|von\s+)?(?:den|die|der)\s+)?(?:letzten?|vergangenen?)\s+(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})",
        lambda match: f"the last {_count(match)}",
    ),
    _Rule(
        rf"(?:(?:dans|pendant|durant|depuis|au\s+cours\s+de)\s+)?(?:les|ces|des)\s+(?P<count>{_COUNT})\s+derni(?:er|[èe]re)s\s+"
        rf"(?P<unit>{_UNIT})",
        lambda match: f"the last {_count(match)}",
    ),
    _Rule(
        r"(?:(?:die|den|der|les|ces|des)\s+)?(?:letzten|vergangenen|derni(?:er|[èe]re)s)\s+(?P<unit>tagen?|wochen|monaten?|"
        r"jahren?|jours|semaines|mois|ann[ée]es)",
        lambda match: f"the last 3 {_word(_UNITS, match['unit'])}",
    ),
    _Rule(rf"(?:vor|il\s+y\s+a)\s+(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})", lambda match: f"{_count(match)} ago"),
    _Rule(rf"(?:seit|depuis)\s+(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})", lambda match: f"the last {_count(match)}"),
    _Rule(
        rf"(?P<no>nicht|keine|pas)\s+(?:älter|plus\s+vieux)\s+(?:als|que)\s+(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})",
        lambda match: f"not older than {_count(match)}",
    ),
    _Rule(rf"{_THIS}\s+(?P<said>{_SAID})", lambda match: f"this {_named(match['said'])}"),
    _Rule(rf"(?:ce(?:tte|t)?)\s+(?P<said>{_SAID})(?:-ci)?", lambda match: f"this {_named(match['said'])}"),
    _Rule(rf"{_LAST}\s+(?P<said>{_SAID})", lambda match: f"last {_named(match['said'])}"),
    _Rule(
        rf"(?:l[ea]\s+|l['’]|du\s+|de\s+l(?:a\s+|['’])|en\s+)?(?P<said>{_SAID})\s+{_DERNIER}",
        lambda match: f"last {_named(match['said'])}",
    ),
    _Rule(
        r"(?:de[mr]\s+)?(?:jahres(?:beginn|anfang)|(?:anfang|beginn)\s+des\s+jahres(?!\s+[0-9]))|(?:le\s+)?d[ée]but\s+de\s+(?:cette\s+|l['’])ann[ée]e",
        lambda _: "this year",
    ),
    _Rule(r"vorgestern|avant-?hier", lambda _: "the day before yesterday"),
    _Rule(r"gestern|d['’]hier|hier(?=\s*(?:$|[?.!,;])|\s+(?:sur|soir))", lambda _: "yesterday"),
    _Rule(r"heute\s+(?:früh|morgen)|ce\s+matin", lambda _: "this morning"),
    _Rule(r"heutigen?|heute|d['’]aujourd['’]hui|aujourd['’]hui", lambda _: "today"),
    _Rule(
        rf"(?P<number>(?:0?[1-9]|[12][0-9]|3[01])(?:\.|er)?)\s+(?P<month>{_MONTH})(?:\s+(?P<year>{_YEAR}))?",
        _day,
    ),
    _Rule(
        rf"(?:(?:anfang|mitte|ende|d[ée]but|mi|fin)[\s-]+)?(?P<month>(?!mars)(?:{_MONTH}))\s+(?P<year>{_YEAR})",
        lambda match: f"{_word(_MONTHS, match['month'])} {match['year']}",
    ),
    _Rule(rf"mars\s+(?P<year>{_YEAR})", lambda match: f"march {match['year']}", alone=False),
    _Rule(
        rf"(?:l['’]|le\s+)?(?P<season>{_SEASON})\s+{_DE}(?P<year>{_YEAR})",
        lambda match: f"{_word(_SEASONS, match['season'])} {match['year']}",
    ),
    _Rule(
        rf"(?P<nth>{_any(_ORDINALS)})\s+(?:quartal|trimestre)\s+{_DE}(?P<year>{_YEAR})",
        lambda match: f"{_word(_ORDINALS, match['nth'])} quarter of {match['year']}",
    ),
    _Rule(
        r"(?:den|der|die|les|des)\s+(?:ann[ée]es\s+)?(?P<decade>(?:19|20)[0-9]0)er(?:n|\s*-?\s*jahren?)?"
        r"|(?:les|des)\s+ann[ée]es\s+(?P<annees>(?:19|20)[0-9]0)",
        lambda match: f"the {match['decade'] or match['annees']}s",
    ),
    _Rule(
        rf"(?:zu\s+)?(?:anfang|beginn|mitte|ende|d[ée]but|fin)\s+(?:des\s+jahres\s+|de\s+)?(?P<year>{_YEAR})",
        lambda match: f"early {match['year']}",
    ),
    _Rule(
        rf"(?:(?:de[nrms]\s+)?jahr(?:e[ns]?)?|l['’]ann[ée]e|l['’]an)\s+(?P<year>{_YEAR})",
        lambda match: f"year {match['year']}",
    ),
    _Rule(rf"(?P<month>{_MONTH})", lambda match: _word(_MONTHS, match["month"]), alone=False),
    _Rule(rf"(?P<weekday>{_WEEKDAY})", lambda match: _word(_WEEKDAYS, match["weekday"]), alone=False),
    _Rule(rf"(?P<year>{_YEAR})", lambda match: match["year"], alone=False),
)
_ORDERS = (
    (r"gibt\s+es\s+(?:et)?was\s+neues", "what's new"),
    (r"(?:was\s+(?:gibt\s+es|gibt['’]?s|ist)\s+(?:denn\s+|so\s+)?neu(?:es)?|quoi\s+de\s+neuf)", "what's new"),
    (r"(?:die\s+)?(?:neu(?:e)?ste[nrsm]?|aktuellste[nrsm]?|jüngste[nrsm]?)(?:\s+zuerst)?", "newest"),
    (r"(?:die\s+)?älteste[nrsm]?(?:\s+zuerst)?", "oldest"),
    (r"(?:l[ea]s?\s+|du\s+)?plus\s+r[ée]cente?s?(?:\s+(?:d['’]abord|en\s+premier|au\s+plus\s+ancien))?", "newest"),
    (
        r"(?:les\s+)?derni(?:er|[èe]re)s(?=\s+(?:articles?|papiers?|publications?|travaux|[ée]tudes?|papers?)\b)",
        "newest",
    ),
    (r"(?:l[ea]s?\s+)?plus\s+ancien(?:ne)?s?(?:\s+(?:d['’]abord|en\s+premier))?", "oldest"),
)


def _unnamed(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


_CLEAR = "|".join(_unnamed(rule.pattern) for rule in _RULES if rule.alone)
_ALL = "|".join(_unnamed(rule.pattern) for rule in _RULES)
_LEFT, _RIGHT = r"(?<![\w./$€£#@-])", r"(?![\w%])(?!-\w)(?![.,:/][0-9])"
_CUE = "|".join(f"(?:{words})" for words in _CUES.values())
_BETWEEN = r"(?P<open>zwischen(?:\s+de[mn])?|entre)"
_FROM = r"(?P<from>vo[nm]|ab|seit|de|du|d['’])"
_EXPRESSION = (
    rf"{_LEFT}(?:{_BETWEEN}\s+(?P<first>{_ALL})\s+(?:und|et)\s+(?P<last>{_ALL})"
    rf"|{_FROM}\s*(?<![^\W_])(?P<begin>{_ALL})\s+(?:bis(?:\s+zum?)?|[àa]|au|jusqu['’](?:en|[àa]|au))\s+(?P<end>{_ALL}|heute|aujourd['’]hui)"
    rf"|(?P<cue>{_CUE})\s*(?<![^\W_])(?P<days>{_ALL})"
    rf"|(?P<clear>{_CLEAR})"
    rf"|(?P<order>{'|'.join(pattern for pattern, _ in _ORDERS)})){_RIGHT}"
)
# Without one of these, a text has no such date. It saves compiling the rest, which takes a quarter of a second.
_HINT = re.compile(
    r"\b(?:diese|letzte|vergang|vorige|laufend|seit|ab\s|vor\s|nach\s|bis\s|im\s|aus\s|vo[nm]\s|am\s|zwischen|entre|heut"
    r"|(?:vor)?gestern|gibt\s+es|neu|aktuell|jüngst|älte|was\s|ce(?:tte|t)?\s|derni|depuis|avant|après|apres|dans\s|jusqu|en\s|d[ue]\s"
    r"|d['’]|l['’]|[àa]\s+partir|dès|hier|il\s+y|plus\s|quoi|au\s|le[s]?\s|den\s|die\s|de[mrs]\s|ann[ée]e|jahr|fr(?:ü|ue)h|sommer"
    r"|herbst|été|automne|hiver|printemps|anfang|mitte|ende|d[ée]but|januar|jänner|janvier|februar|f[ée]vrier|m(?:ä|ae)rz|avril|mai"
    r"|jui|juli|juni|ao[uû]t|oktober|octobre|dezember|d[ée]cembre|septembre|novembre|quartal|trimestre|aujourd)",
    re.IGNORECASE,
)


@cache
def _expression() -> re.Pattern[str]:
    return re.compile(_EXPRESSION, re.IGNORECASE)


@cache
def _compiled() -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    return [(re.compile(rule.pattern, re.IGNORECASE), rule.put) for rule in _RULES]


# "Hier" is yesterday in French and here in German.
_HERE = re.compile(r"hier", re.IGNORECASE)
_FRENCH = re.compile(
    r"^\W*hier\W*$|\b(?:qui|quoi|les|des|du|une?|est|sont|sur|depuis|articles|papiers|travaux|sorti\w*|parus?|publi[ée]\w*|quels?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Translated:
    """A text in which foreign dates are English, and from where to where each character comes."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where the words stand that became `text[start:end]`."""
        return self.starts[start], self.ends[end - 1]


def in_english(text: str) -> Translated:
    """Return `text` with the dates that are German or French in English."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0

    def keep(end: int) -> None:
        pieces.append(text[at:end])
        starts.extend(range(at, end))
        ends.extend(range(at + 1, end + 1))

    for match in _expression().finditer(text) if _HINT.search(text) else ():
        put = _put(match)
        if put.casefold() == match.group().casefold():
            continue
        if put == "yesterday" and _HERE.fullmatch(match.group()) and not _FRENCH.search(text):
            continue
        keep(match.start())
        pieces.append(put)
        starts.extend([match.start()] * len(put))
        ends.extend([match.end()] * len(put))
        at = match.end()
    keep(len(text))
    return Translated("".join(pieces), tuple(starts), tuple(ends))


def _put(match: re.Match[str]) -> str:
    if match["open"]:
        return f"between {_days(match['first'])} and {_days(match['last'])}"
    if match["from"]:
        return f"from {_days(match['begin'])} to {_days(match['end'])}"
    if match["cue"]:
        days = _days(match["days"])
        cue = _word(_CUES, match["cue"])
        # "Le mois dernier", "im letzten Monat": such days need no word before them.
        return (
            days if cue == "in" and re.match(r"(?:the\s+last|this|last|yesterday|today)\b", days) else f"{cue} {days}"
        )
    if match["clear"]:
        return _days(match["clear"])
    return next(
        word
        for pattern, word in _ORDERS
        if re.match(pattern, match["order"] + match.string[match.end() :], re.IGNORECASE)
    )


def _days(said: str) -> str:
    for pattern, put in _compiled():
        if match := pattern.fullmatch(said):
            return put(match)
    return said
