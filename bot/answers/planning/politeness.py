"""What may come before an order and says nothing of it: "ok, could you please", "kannst du mir bitte", "peux-tu me"."""

import re

_WORD = re.compile(
    r"(?:(?:can|could|would|will)\s+(?:you|u|someone|anyone)|i\s*(?:['’]d|\s+would)\s+like\s+(?:you\s+)?to"
    r"|i\s+(?:want|wanna|need)\s+(?:you\s+)?to|let['’]?s|(?:kannst|könntest|würdest)\s+du|können\s+sie"
    r"|ich\s+(?:möchte|will|würde\s+gern)|(?:peux|pourrais)[- ]tu|(?:pouvez|pourriez)[- ]vous|tu\s+(?:peux|pourrais)"
    r"|je\s+(?:veux|voudrais|souhaite)|s['’]il\s+(?:te|vous)\s+pla[iî]t"
    r"|please|pls|plz|hey|hi|ok|okay|now|then|so|and|also|bitte|jetzt|nun|dann|und|mal|kurz|mir|dir|uns|gern|maintenant|alors|et|puis"
    r"|stp|svp|me|nous)(?:\s*,\s*|\s+)|m['’](?=\w)",
    re.IGNORECASE,
)
LONGEST = 400
"""Characters of a message that can be an order: longer ones are texts, and reading them takes time."""


def without_please(text: str) -> str:
    """Return an order without what is polite before it. One word after the other, so that no text takes long."""
    at = 0
    while match := _WORD.match(text, at):
        at = match.end()
    return text[at:]
