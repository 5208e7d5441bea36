"""The forms of orders for a summary, a comparison or an explanation, in English, German and French.

A line holds one form, without regard to capitals, for a text with single blanks; `rest` is what is named.
"""

from typing import Final

_SHORT = r"(?:short |brief |quick |kurze[nr]? |knappe[nr]? |bref |court |petit |rapide )?"
_SOFT = r"(?: (?:mir|uns|bitte|mal|kurz|doch),?)*"
_GET_ME = r"(?:(?:give|get|write|show|provide|make)(?: me| us)? |i (?:need|want) |(?:can|could|may) i (?:get|have) )?"
_A_SUMMARY = r"(?:summary|overview|gist|tl;?dr|recap|(?:key|main) (?:points?|ideas?))"
_GIVE_ME = r"(?:ich (?:brauche|möchte|hätte gern) |(?:gib|schreib|mach|erstell)e? (?:(?:mir|uns|bitte) )*)?"
_DONNE_MOI = r"(?:j['’]aimerais |je (?:veux|voudrais) |(?:fais|donne|écris|faites|donnez)(?:[- ](?:moi|nous))? )?"
_DE = r"(?:de l['’]|d['’]|de |du |des |sur )"

SUMMARISE: Final = rf"""
    (?:summari[sz]e|sum up|tl;?dr(?: (?:of|for|zu|von|de|du))?)\b[: ]+(?P<rest>.+)
    sum (?P<rest>.+) up
    {_GET_ME}(?:an? |the )?{_SHORT}{_A_SUMMARY} (?:of|on|for) (?P<rest>.+)
    recap (?P<rest>.+)
    fass(?:e|en sie)?{_SOFT} (?P<rest>.+?){_SOFT} zusammen
    (?P<rest>.+?){_SOFT} zusammen(?:zu)?fassen
    {_GIVE_ME}(?:eine )?{_SHORT}(?:zusammenfassung|kurzfassung)(?: (?:von|zu[mr]?|de[rs]|über)|:) (?P<rest>.+)
    {_GIVE_ME}(?:einen )?{_SHORT}überblick (?:über|zu[mr]?) (?P<rest>.+)
    worum geht(?:['’]?s| es)(?: (?:genau|eigentlich|denn))? (?:in|im|bei(?:m)?) (?P<rest>.+)
    wovon handelt (?P<rest>.+)
    r[ée]sum(?:e|er|ez)[- ](?:moi|nous) (?P<rest>.+)
    résum(?:e|er|ez) (?P<rest>.+)
    r[ée]sum(?:e|er|ez)(?P<rest>-(?:le|la|les)\b.*)
    {_DONNE_MOI}(?:un |le )?{_SHORT}résumé(?: court| bref| rapide| simple)? {_DE}(?P<rest>.+)
    {_DONNE_MOI}(?:une )?{_SHORT}synthèse {_DE}(?P<rest>.+)
    de quoi (?:parle|traite|s['’]agit[- ]il dans) (?P<rest>.+)
"""
RESUME: Final = r"resum(?:e|er|ez) (?P<rest>.+)"
"""French typed without accents; as "resume training" is English, only where it names a paper."""

COMPARE: Final = rf"""
    (?:compare|contrast) (?P<rest>.+)
    compar(?:er|ez|e[- ](?:moi|nous)) (?P<rest>.+)
    (?:put|set|show) (?P<rest>.+?) side by side
    compare(?P<rest>-(?:le|la|les|l['’]).*)
    {_DONNE_MOI}(?:une )?comparaison (?:entre |de |d['’]|des )(?P<rest>.+)
    vergleich(?:e|en sie)?{_SOFT} (?P<rest>.+)
    (?P<rest>.+?){_SOFT} (?:miteinander )?vergleichen
    {_GIVE_ME}(?:einen |ein )?vergleich (?:von|zwischen) (?P<rest>.+)
    stelle?{_SOFT} (?P<rest>.+) gegenüber
"""
EXPLAIN: Final = rf"""
    (?:explain|define)\b (?P<rest>.+)
    erklär(?:e|en sie)?{_SOFT} (?P<rest>.+)
    (?P<rest>.+?){_SOFT} (?:erklären|erläutern)
    (?:erläutere|definiere){_SOFT} (?P<rest>.+)
    was (?:bedeutet|heißt|versteht man unter) (?P<rest>.+)
    expliqu(?:e|er|ez)(?:[- ](?:moi|nous))? (?P<rest>.+)
    défini(?:s|r|ssez)(?:[- ](?:moi|nous))? (?P<rest>.+)
    (?:la )?définition (?:de l['’]|d['’]|de |du |des )(?P<rest>.+)
    que (?:signifie|veut dire) (?P<rest>.+)
"""

ASPECTS: Final = (
    r"[\s,]+(?:in\s+terms\s+of|with\s+(?:respect|regard)\s+to|regarding|on|by|hinsichtlich|bezüglich|in\s+bezug\s+auf|nach"
    r"|en\s+termes?\s+d['’]|en\s+termes?\s+de|sur|selon|concernant|du\s+point\s+de\s+vue\s+(?:de|du|des))\s*"
    r"(?:(?:their|the|ihre[mnrs]?|de[mnrs]|die|das|le|la|les|leur|leurs)\s+|l['’])?(?P<aspects>[^?.!:;]{2,120})[?.!]*$"
)
"""What a comparison is to look at, at its end."""

FOR_WHOM: Final = (
    r"[\s,]+(?:to|for|as\s+if\s+(?:to\s+)?|like\s+i(?:['’]?m|\s+am)|für|wie\s+für|wie|einem|einer|als\s+wäre\s+ich|à|pour"
    r"|comme\s+(?:à|pour|si)(?:\s+j['’](?:étais|avais))?)\s*(?:me\s+)?(?:like\s+i(?:['’]?m|\s+am)\s+)?"
    r"(?:(?:an?|the|ein(?:e[mnr]?)?|de[mnr]|une?|le|la|les|des)\s+)?(?P<who>[^?.!,]{0,40})"
)
NEWCOMER: Final = (
    r"\b(?:newcomer|beginner|newbie|child|kid|five|5|student|layman|lay\s*person|outsider|anfänger|neuling|laie|kind|einsteiger"
    r"|schüler|fünf|débutant|novice|enfant|profane|néophyte|cinq)"
)
EXPERT: Final = (
    r"\b(?:expert|researcher|specialist|professional|phd|fachleute|fachmann|forscher|profi|chercheu|spécialiste)"
)
PRACTITIONER: Final = (
    r"\b(?:practitioner|engineer|developer|me\b|us\b|praktiker|entwickler|ingenieur|ingénieur|développeu)"
)

IN_LANGUAGE: Final = {
    "de": r"[\s,]+(?:in\s+german|auf\s+deutsch|en\s+allemand)\b",
    "en": r"[\s,]+(?:in\s+english|auf\s+englisch|en\s+anglais)\b",
    "fr": r"[\s,]+(?:in\s+french|auf\s+französisch|en\s+français)\b",
}
"""The language in which something is to be told."""

FILLER: Final = (
    r"^(?:(?:me|us|the\s+(?:paper|term|concept|idea)s?|papers?\s+(?:on|about)|what\s+is|of|mir|uns|bitte"
    r"|(?:das|dem|die|den|der)\s+(?:papers?|arbeit|artikel|begriff|konzept|idee)|was|what|moi|nous|ce\s+qu(?:['’]est|e?\s+(?:c['’]est(?:\s+que)?|sont|est))"
    r"|(?:le|la|les)\s+(?:papier|terme|concept|notion|idée)s?)\s+"
    r"|l['’](?:article|idée)\s+|qu['’]est[- ]ce\s+qu(?:e\s+|['’]))"
    r"|[\s,]+(?:for\s+(?:me|us)|für\s+mich|pour\s+moi|briefly|shortly|kurz|brièvement|in\s+short"
    r"|(?:in|en|auf)\s+(?:\w+\s+){0,2}(?:sentences?|words|terms|sätzen|worten|phrases?|mots))\s*[?.!]*$"
    r"|(?:[\s,]+(?:please|pls|bitte|stp|svp|s['’]il\s+(?:te|vous)\s+pla[iî]t)|\s+(?:is|are|means?|ist|sind|bedeutet|est|signifie))?[\s?.!]*$"
)
"""What says nothing of the subject, at its beginning or its end."""
