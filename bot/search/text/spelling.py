"""British and American spellings as one."""

import re

# Words whose ending is -ise everywhere, by what precedes "ise": supervise, precise, noise, otherwise ...
_ALWAYS_S = re.compile(
    r"(?:superv|adv|rev|dev|telev|improv|prec|conc|inc|exc|circumc|exerc|comprom|prom|prem|dem|desp|surpr|compr|repr"
    r"|enterpr|expert|advert|franch|parad|treat|merchand|mort|\w*w"
    r"|\w*[aeo]|\w*u|r|ar)is"
)
_WORDS = {
    "ageing": "aging",
    "aluminium": "aluminum",
    "artefact": "artifact",
    "artefacts": "artifacts",
    "burnt": "burned",
    "centred": "centered",
    "centring": "centering",
    "focussed": "focused",
    "focussing": "focusing",
    "grey": "gray",
    "greyscale": "grayscale",
    "judgement": "judgment",
    "judgements": "judgments",
    "learnt": "learned",
    "manoeuvre": "maneuver",
    "manoeuvred": "maneuvered",
    "manoeuvres": "maneuvers",
    "manoeuvring": "maneuvering",
    "practise": "practice",
    "practised": "practiced",
    "practising": "practicing",
    "programme": "program",
    "programmes": "programs",
}
# What a word must hold for a rule to be tried, which is the quicker test, and the rule.
_RULES = tuple(
    (part, re.compile(pattern), replacement)
    for part, pattern, replacement in (
        ("is", r"(\w{3,})is(ation|ations|ed|er|ers|es|e|ing|able)$", r"\1iz\2"),
        ("ys", r"(\w{3,})ys(ed|er|ers|e|ing)$", r"\1yz\2"),
        (
            "our",
            r"^((?:mis)?behavi|col|neighb|fav|hon|lab|vap|flav|hum|harb|rum|tum|od|endeav|arm|sav|ferv|rig|vig)our",
            r"\1or",
        ),
        ("ll", r"^(model|label|travel|cancel|channel|signal|level|tunnel|fuel|equal)l(ed|ing|er|ers)$", r"\1\2"),
        ("re", r"^(cent|fib|lit|\w*met|theat|calib|spect|tit)re(s?)$", r"\1er\2"),
        ("ence", r"^(def|off|lic|pret)ence(s?)$", r"\1ense\2"),
        ("logue", r"^(cata|ana|dia)logue(s?)$", r"\1log\2"),
        ("sulph", r"^sulph", r"sulf"),
        ("sceptic", r"^sceptic", r"skeptic"),
        # In medicine: haemoglobin, leukaemia, oestrogen, oedema, foetal, paediatric, anaesthesia, diarrhoea.
        ("haem", r"^haem", r"hem"),
        ("aemi", r"^(an|isch|leuk|hypoglyc|hyperglyc|tox|bacter|ur)aemi", r"\1emi"),
        ("oe", r"^oe(strogen|dema|sophag)", r"e\1"),
        ("foet", r"^foet", r"fet"),
        ("aed", r"^(p|orthop)aed", r"\1ed"),
        ("anaesth", r"^anaesth", r"anesth"),
        ("diarrhoea", r"^diarrhoea", r"diarrhea"),
    )
)


def american(word: str) -> str:
    """Return a lower-case word in American spelling; one that has no other spelling as it is."""
    if word in _WORDS:
        return _WORDS[word]
    if _ALWAYS_S.match(word):
        return word
    for part, pattern, replacement in _RULES:
        if part in word:
            spelled, count = pattern.subn(replacement, word)
            if count:
                return spelled
    return word
