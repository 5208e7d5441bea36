"""What in a German or French question points back at what was said: "hat es Code?", "et son coût d'entraînement ?"."""

import re
from collections.abc import Iterator

_NOUN = (
    r"(?:papers?|arbeit(?:en)?|artikel|modelle?|methoden?|ansatz|verfahren|autor(?:in|en)?|ergebniss?e?|daten(?:satz|sätze)?|code"
    r"|kosten|papiers?|articles?|modèles?|modeles?|méthodes?|methodes?|approches?|travail|travaux|auteure?s?|résultats?|données|coûts?"
    r"|limites?)"
)
# "das Paper zu Pruning" says itself which one is meant.
_UNDESCRIBED = (
    r"\b(?!\s+(?:zu[mr]?|über|von|vom|mit|namens|aus|in|de|du|des|d['’]|sur|avec|par|qui|que|où|"
    r"das|die|der)\b|\s+(?-i:[\"“„«A-Z0-9]))"
)
_GERMAN = re.compile(
    rf"\b(?:(?:dies(?:e[mnrs]?)?|jene[mnrs]?)\s+{_NOUN}{_UNDESCRIBED}"
    rf"|(?:das|die|der|dem|den)\s+(?:paper|arbeit|artikel|autoren){_UNDESCRIBED}"
    rf"|(?:das|die|der)\s+(?:erste|zweite|dritte|letzte|andere|beiden)\b|beide[n]?\b(?=\s*[?.!]?$)"
    r"|davon|dazu|darin|darüber|daran|dessen|deren|dieses|ihn|ihm|ihre[mnrs]?|sein(?:e[mnrs])?(?=\s+[A-ZÄÖÜ]))\b"
    r"|\b(?-i:[Ee]s|sie)\b(?!\s+(?:gibt|geht|ist\s+\w+,\s+(?:dass|ob)|möglich|bekannt))",
    re.IGNORECASE,
)
_GERMAN_IDLE = re.compile(r"\b(?:gibt|geht|handelt|steht)\s+$", re.IGNORECASE)
_FRENCH = re.compile(
    rf"\b(?:(?:cet?|cette|ces)\s+{_NOUN}{_UNDESCRIBED}|(?:le|la|les|l['’])\s*(?:papier|article|auteurs?){_UNDESCRIBED}"
    r"|(?:le|la)\s+(?:premi(?:er|ère)|deuxième|second|seconde|dernier|dernière)\b|les\s+deux\b(?=\s*[?.!]?$)"
    r"|celui-ci|celle-ci|ceux-ci|celles-ci|(?:-t)?-(?:il|elle|ils|elles)|qu['’](?:il|elle|ils|elles)|elle|elles|leurs?|lui|cela|ça)\b"
    r"|\b(?:ce\s+modèle|son|sa|ses)\b(?=\s+\w)|(?:^|\s)il\b",
    re.IGNORECASE,
)
_FRENCH_IDLE = re.compile(
    r"\b(?:y\s+a-t|y\s+a|existe(?:-t)?|s['’]agit|faut|vaut|est-ce\s+qu['’]il\s+(?:existe|y)|est)$", re.IGNORECASE
)
_IL_IDLE = re.compile(r"^\s*(?:y\s+a|existe|faut|est\s+(?:possible|vrai))", re.IGNORECASE)
_IS_FRENCH = re.compile(
    r"\b(?:et|est|quel(?:le)?s?|combien|comment|pourquoi|que|qui|où|du|des|les|avec|sur|sont|a-t|quoi|mais)\b|\b[dlcqn]['’]|\s\?$",
    re.IGNORECASE,
)
# "Was ist Stormer, und wie weit sagt es …": the question has said itself what it speaks of.
_SAID_BEFORE = re.compile(
    r"^(?:(?:was|wer)\s+(?:ist|sind)|qu['’]est[- ]ce\s+qu|c['’]est\s+quoi|qui\s+est).*(?:\b(?:und|et)\b|,)",
    re.IGNORECASE,
)
_OPENER = re.compile(
    r"^(?:(?-i:[Uu]nd|[Aa]ber|[Oo]der)\b|was\s+ist\s+mit\b|wie\s+(?:sieht|steht)\s+es\s+mit\b|sonst\s+noch\b"
    r"|(?-i:[Ee]t|[Mm]ais)\b(?!\s+al\b)|qu['’]en\s+est-il\b|et\s+pour\b|quoi\s+d['’]autre\b)",
    re.IGNORECASE,
)
_ANEW = re.compile(
    rf"^(?:was\s+(?:ist|sind|bedeutet|heißt)|wer\s+ist|erkläre?|definiere)\s+(?!(?:d(?:as|er|ie)|sein\w*|ihr\w*)\s+{_NOUN}\b|das\b|es\b|mit\b)\w"
    rf"|^(?:qu['’]est[- ]ce\s+qu(?:e\s+|['’])|c['’]est\s+quoi\s+|qui\s+est\s+|explique\s+|définis\s+)"
    rf"(?!(?:l[ea]s?|son|sa|ses)\s+{_NOUN}\b|ça\b|cela\b)\w"
    r"|\b(?:papers?|arbeiten|artikel|etwas|was)\s+(?:zu[mr]?|über|mit)\s+\w|\b(?:articles?|papiers?|travaux)\s+(?:sur|avec|à\s+propos)\s+\w",
    re.IGNORECASE,
)


def pointers_abroad(question: str) -> Iterator[tuple[int, int]]:
    """Yield the places of words that point back; those that stand for nothing ("gibt es", "y a-t-il") are left out."""
    for start, end in _pointers(question):
        if not _SAID_BEFORE.match(question[:start]):
            yield start, end


def _pointers(question: str) -> Iterator[tuple[int, int]]:
    for match in _GERMAN.finditer(question):
        if not (match.group().casefold() == "es" and _GERMAN_IDLE.search(question[: match.start()])):
            yield match.span()
    if not _IS_FRENCH.search(question):
        return
    for match in _FRENCH.finditer(question):
        before, after = question[: match.start()], question[match.end() :]
        il = match.group().strip().casefold().endswith("il")
        if not (il and (_FRENCH_IDLE.search(before) or _IL_IDLE.match(after))):
            yield match.span()


def opens_abroad(question: str) -> bool:
    """Whether a question opens as a reply to what was said."""
    return _OPENER.match(question) is not None


def opens_anew_abroad(question: str) -> bool:
    """Whether a question opens a new subject, however short it is."""
    return _ANEW.search(question) is not None
