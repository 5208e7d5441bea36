"""British and American spellings as one."""

import re

# Words whose ending is -ise everywhere, by what stands before "ise": supervise, precise, noise, otherwise ...
_ALWAYS_S = re.compile(
    r"(?:superv|adv|rev|dev|telev|improv|prec|conc|inc|exc|circumc|exerc|comprom|prom|prem|dem|desp|surpr|compr"
    r"|enterpr|expert|advert|franch|parad|treat|merchand|\w*w"
    r"|\w*[aeo]|\w*u|r|ar)is"
)
_SUFFIXES = (
    (re.compile(r"(\w{3,})is(ation|ations|ed|er|ers|es|e|ing|able)$"), r"\1iz\2"),
    (re.compile(r"(\w{3,})ys(ed|er|ers|e|ing)$"), r"\1yz\2"),
    (re.compile(r"^(behavi|col|neighb|fav|hon|lab|vap|flav|hum|harb)our"), r"\1or"),
    (re.compile(r"^(model|label|travel|cancel|channel|signal|level|tunnel)l(ed|ing|er|ers)$"), r"\1\2"),
    (re.compile(r"^(cent|fib|lit|met|theat|calib)re(s?)$"), r"\1er\2"),
    (re.compile(r"^(def|off|lic)ence(s?)$"), r"\1ense\2"),
    (re.compile(r"^(cata|ana|dia)log(?:ue)(s?)$"), r"\1log\2"),
    (re.compile(r"^programme(s?)$"), r"program\1"),
)


def american(word: str) -> str:
    """Return a lower-case word in American spelling; one that has no other spelling as it is."""
    if _ALWAYS_S.match(word):
        return word
    for pattern, replacement in _SUFFIXES:
        spelled, count = pattern.subn(replacement, word)
        if count:
            return spelled
    return word
