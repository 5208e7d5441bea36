"""Words with which lists of papers are asked for, in English, German and French: orders, news, the rest of a frame."""

import re
from functools import cache

from bot.search.query.property_words import PAPER_NOUNS
from bot.store.protocol import CountField

NOUN = rf"(?:{PAPER_NOUNS})"
_THINGS = (
    r"(?:anything|something|everything|stuff|things?|entries|titles?|etwas|irgendetwas|was|alles|quelque\s+chose|tout)"
)

_HIGHEST: tuple[tuple[CountField, str], ...] = (
    (
        "comments",
        r"(?:the\s+)?most(?:\s+|-)(?:comments|commented(?:\s+on)?|discussed|discussions?|debated|talked[\s-]+about)"
        r"|(?:sorted\s+|ranked\s+|ordered\s+)?by\s+(?:number\s+of\s+)?comments"
        r"|(?:am\s+)?meist(?:en)?[\s-]*(?:kommentiert|diskutiert)\w*|(?:die\s+"
        r"|den\s+)?meisten\s+kommentaren?|nach\s+kommentaren"
        r"|(?:le\s+|les\s+)?plus\s+(?:de\s+commentaires|commentée?s?|discutée?s?)|par\s+"
        r"(?:nombre\s+de\s+)?commentaires",
    ),
    (
        "author_count",
        r"(?:the\s+)?most\s+authors|(?:the\s+)?largest\s+(?:teams?|number\s+of\s+authors)|(?:die\s+)?meisten\s+autoren"
        r"|(?:le\s+)?plus\s+d['’]auteurs",
    ),
    (
        "stars",
        r"(?:the\s+)?most\s+(?:github\s+)?(?:stars|starred)|by\s+(?:github\s+)?stars|(?:die\s+)?meisten\s+sternen?"
        r"|(?:le\s+)?plus\s+d['’]étoiles",
    ),
    (
        "upvotes",
        r"(?:the\s+)?(?:most|highest|top|best)(?:\s+|-)(?:up-?)?(?:voted|liked|loved|rated|popular)"
        r"|(?:the\s+)?(?:most|highest\s+number\s+of)\s+(?:up-?)?(?:votes|likes|popularity)"
        r"|(?:the\s+)?top(?=\s+(?:\d+|three|five|ten|drei|fünf|trois|cinq)\s*(?:$|[?.!]|(?:this|of"
        r"|today|diese|der|cette|de)\b))"
        r"|(?:the\s+)?(?:hottest|trending|trends\s+(?=this|today|now))|(?:the\s+)?\bhot(?=\s+"
        r"(?:right\s+now|today|this))"
        rf"|(?:the\s+)?(?:top|best|hot|popular)(?=\s+(?:(?:\d+|three|five|ten)\s+)?{NOUN}(?!\w))"
        r"|(?:sorted\s+|ranked\s+|ordered\s+)?by\s+(?:number\s+of\s+)?(?:up-?)?(?:votes|likes"
        r"|popularity)|what['’]?s\s+(?:hot|trending|popular|big)"
        r"|(?:am\s+)?meist(?:en)?[\s-]*(?:gevotet|upgevotet|bewertet|geliked|gelikt|geupvotet)\w*"
        r"|beliebteste[nrs]?|angesagteste[nrs]?"
        r"|(?:die\s+|den\s+)?meisten\s+(?:up-?)?(?:votes|stimmen|likes)|nach\s+(?:up)?(?:votes|stimmen|beliebtheit)"
        r"|(?:le\s+|les\s+)?plus\s+(?:de\s+(?:up)?votes|de\s+likes|votée?s?|populaires?|aimée?s?|likée?s?|appréciée?s?)"
        r"|par\s+(?:nombre\s+de\s+)?(?:votes|popularité)|(?:les\s+)?tendances",
    ),
)
_TRENDING = re.compile(r"trend|hot|angesagt|tendance", re.IGNORECASE)
_NEWEST = (
    r"(?:the\s+)?(?:newest|latest|freshest|most\s+recent(?:ly)?|recent(?:ly)?)(?:\s+(?:ones?\s+)?first)?"
    r"|(?:sorted\s+|ordered\s+|ranked\s+)?by\s+(?:date|recency|age)"
    r"|(?:die\s+|das\s+|den\s+)?(?:aller)?(?:neueste[nrs]?|neuste[nrs]?|aktuellste[nrs]?"
    r"|jüngste[nrs]?)(?:\s+zuerst)?|zuletzt"
    r"|nach\s+datum|(?:les?\s+|la\s+)?plus\s+récente?s?(?:\s+(?:d['’]abord|en\s+premier))?|(?:les\s+)?derni(?:er|ère)s?"
    r"|par\s+date|récente?s?|récemment"
)
_OLDEST = (
    r"(?:the\s+)?(?:oldest|earliest)(?:\s+first)?|(?:die\s+|das\s+)?(?:aller)?älteste[nrs]?(?:\s+zuerst)?"
    r"|(?:les?\s+|la\s+)?plus\s+ancien(?:ne)?s?(?:\s+d['’]abord)?"
)
_NEWS = (
    r"(?:what['’]?s|what\s+(?:is|are|was)|whats)\s+(?:(?:the|all)\s+)?(?:new|news|happening|going\s+on"
    r"|up|interesting|fresh)"
    r"|(?:is\s+there\s+|was\s+there\s+|got\s+|have\s+you\s+(?:got\s+)?)?(?:anything|something)\s+"
    r"(?:new|interesting|exciting|cool|good|fun"
    r"|noteworthy|worth\s+(?:reading|a\s+look|seeing))(?!er)|(?:any\s+|the\s+)?news|what\s+did\s+(?:i|we)\s+miss"
    r"|has\s+anything\s+(?:new\s+)?(?:come\s+(?:out|in)|happened|appeared)"
    r"|what(?:\s+has|['’]s)?\s+(?:came|come)\s+(?:out|in)|what\s+(?:happened|appeared|dropped)"
    rf"|(?:any\s+)?new\s+{NOUN}(?=\s*$|\s+(?:today|this|yesterday|in|on|about)\b|\s*\?)|today['’]s\s+{NOUN}"
    r"|was\s+gibt(?:['’]?s|\s+es)\s+(?:\w+\s+)?(?:neues|interessantes)|was\s+ist\s+(?:neu|los|(?:\w+\s+)?erschienen)"
    r"|(?:gibt(?:['’]?s|\s+es)\s+)?(?:irgend|et)?was\s+(?:neues|interessantes|spannendes)|neuigkeiten"
    r"|neues(?=\s*\??$|\s+(?:zu|von)\b)"
    r"|quoi\s+de\s+(?:neuf|beau)|(?:(?:y\s+a-t-il|il\s+y\s+a)\s+)?(?:du\s+nouveau|(?:des\s+)?nouveautés"
    r"|quelque\s+chose\s+(?:de\s+nouveau|d['’]intéressant))|qu['’]est-ce\s+qui\s+est\s+(?:nouveau|sorti|paru)"
    rf"|qu['’]y\s+a-t-il\s+de\s+(?:neuf|nouveau|intéressant)|rien\s+de\s+nouveau|nouveaux\s+{NOUN}(?=\s*\??$)"
)
_COUNT = (
    r"how\s+many|(?:what(?:['’]s|\s+is)\s+)?(?:the\s+)?(?:total\s+)?number\s+of|count(?:\s+of)?(?=\s+"
    r"(?:the\s+|all\s+)?)"
    r"|wie\s*viele|(?:die\s+)?anzahl(?:\s+(?:der|von|an))?|combien\s+(?:de\s+|d['’])|(?:le\s+)?nombre\s+(?:de\s+|d['’])"
)
_AMONG = (
    r"(?:which|what|who|welche[rs]?|les?quell?e?s?|lequel|quels?|quelles?)(?:\s+(?:one|ones|papers?))?\s+"
    r"(?:(?:of|from|among|von|unter|d['’]entre|parmi|de)\s+(?:(?:all\s+)?(?:of\s+)?(?:these|those"
    r"|them)|the\s+(?:papers|ones|list)(?:\s+above)?|diesen"
    r"|denen|ihnen|ces(?:\s+articles)?|eux|elles|celles?-ci|ceux-ci)|davon)|(?:(?:only|just)\s+)?"
    r"(?:those|the\s+ones|these)(?=\s*$)"
)

_NEWER = (
    r"(?:(?:is|are)\s+there\s+|(?:have\s+)?(?:you\s+)?got\s+|show\s+me\s+|do\s+you\s+have\s+)?"
    rf"(?:(?:anything|something|any|some|the)\s+)?(?:newer|more\s+recent)(?:\s+(?:ones?|{PAPER_NOUNS}))?"
    r"(?:\s+(?:on|about|than)\s+(?:this|that|it|the\s+same(?:\s+topic)?))?"
    rf"|(?:gibt(?:['’]?s|\s+es)\s+)?(?:(?:et|irgend)?was\s+)?neuere[srn]?(?:\s+(?:dazu|darüber|{PAPER_NOUNS}))*"
    rf"|(?:(?:y\s+a-t-il|il\s+y\s+a)\s+)?(?:quelque\s+chose\s+de|(?:des?\s+)?"
    rf"(?:{PAPER_NOUNS}))?\s*plus\s+récente?s?(?:\s+(?:là-dessus|sur\s+ça))?"
)

_COURTESY = (
    r"(?:(?:hey|hi|hello|ok(?:ay)?|so|and|but|now|then|please|pls|bitte|also|und|hallo|danke|salut"
    r"|bonjour|et|stp|svp|s['’]il\s+(?:te|vous)"
    r"\s+pla[iî]t)[,.!\s]+)*"
)
_ASK = (
    r"(?:(?:can|could|would|will)\s+(?:you|u|we|i)\s+(?:please\s+)?|kannst\s+du\s+|könntest\s+du\s+"
    r"|können\s+sie\s+|peux-tu\s+|pouvez-vous\s+"
    r"|pourrais-tu\s+|i(?:['’]d|\s+would)\s+like\s+(?:to\s+(?:see|read)\s+)?|i\s+(?:want|need)\s+"
    r"(?:to\s+(?:see|read)\s+)?"
    r"|(?:i['’]?m\s+|i\s+am\s+)?looking\s+for\s+|ich\s+(?:suche|möchte|brauche|will)\s+|je\s+"
    r"(?:cherche|voudrais|veux)\s+(?:voir\s+)?)?"
)
_VERB = (
    r"(?:(?:show|list|rank|sort|order|find|give|get|recommend|suggest|name|display|fetch|see|browse|search\s+for"
    r"|look\s+for|zeige?|sortiere?|liste|nenne?|gib|finde?"
    r"|suche?|empfiehl|montrez?|classez?|triez?|listez?|trouvez?|donnez?|affichez?|cherchez?|recommandez?|citez?)"
    r"(?:[\s-]+(?:me|us|mir|uns|moi|nous))?"
    r"(?:\s+(?:bitte|mal|please|up|auf))*\s+)?(?:(?:an?\s+|the\s+|eine\s+|die\s+|une\s+|la\s+)?"
    r"(?:\w+\s+)?list(?:es?)?\s+(?:of|von|der|des|de)\s+)?"
)
_THERE = (
    r"(?:(?:(?:which|what|what\s+kind\s+of|welche[rsn]?|quels?|quelles?)\s+)?(?:(?:is|are)\s+there"
    r"|do\s+(?:you|we)\s+(?:have|know(?:\s+of)?)"
    r"|have\s+(?:you|we)(?:\s+got)?|got|you\s+got|did\s+you\s+find|do\s+you\s+hold"
    r"|does\s+the\s+store\s+have|gibt(?:['’]s|\s+es)|hast\s+du|habt\s+ihr"
    r"|haben\s+wir|kennst\s+du|y\s+a-t-il|il\s+y\s+a|est-ce\s+qu['’]il\s+y\s+a|as-tu|avez-vous|connais-tu)\s+|"
    r"(?:what\s+(?:are|is|were|was|has|have|did|does)|was\s+hat|qu['’]est-ce\s+que?\s+a|qu['’]a"
    r"|what['’]?s|whats|which\s+(?:are|is|were)|which|what|(?:was"
    r"|welche[rsn]?)\s+(?:sind|ist|waren)|welche[rsn]?"
    r"|was|quels?\s+(?:sont|est)|quelles?\s+(?:sont|est)|quels?|quelles?"
    r"|qu['’]est-ce\s+qu['’]il\s+y\s+a(?:\s+comme)?)(?:\s+|$))?"
)
_QUANT = (
    r"(?:(?:all|any|some|every|each|the|of|your|my|our|top|best|good|great|interesting|relevant"
    r"|important|new|newer|more|other|different|a"
    r"|an|few|several|kind|these|alle[nsr]?|die|der|das|den|ein(?:e|ige[nr]?)?|irgendwelche|gute[nrs]?"
    r"|interessante[nrs]?|neue[nrs]?"
    r"|weitere|tous|toutes|les?|la|des|quelques|bons|bonnes|nouveaux|nouvelles|de|d['’]|du|autres)(?:\s+|(?<=['’])))*"
)
_PREP = (
    r"(?:(?:that|which)\s+(?:are|is|were)\s+)?(?:on\s+the\s+(?:topic|subject)\s+of|in\s+the\s+(?:area"
    r"|field)\s+of|on|about|for|of|regarding"
    r"|concerning|related\s+to|relating\s+to|dealing\s+with|covering|around|in|with|using|mentioning"
    r"|discussing|studying|addressing"
    r"|(?:that|which)\s+(?:deal\s+with|cover|mention|discuss|study|address|talk\s+about|have\s+to\s+do\s+with)"
    r"|zum\s+thema|zur\s+frage|rund\s+um|über|zu[mr]?|von|vom|in|mit|für|bezüglich|betreffend"
    r"|à\s+propos\s+d(?:e\s+|['’])|au\s+sujet\s+d(?:e\s+|['’])|concernant|portant\s+sur|traitant\s+de|"
    r"(?:qui\s+)?(?:parlent|traitent)\s+d(?:e\s+|['’])"
    r"|sur|de|du|d['’]|des|en|dans|avec|pour|autour\s+de)(?:\s+|(?<=['’]))(?:(?:the|le|la|les|l['’]"
    r"|der|die|das|dem|den)(?:\s+|(?<=['’])))?"
)
_MENTION = r"(?:mention|discuss|cover|deal\s+with|talk\s+about|are\s+about|study|address|use|erwähnen|mentionnent)"
_HAVE = (
    r"(?:\s+(?:are\s+there|is\s+there|there\s+(?:is|are)|do\s+(?:you|we)\s+have|have\s+you(?:\s+got)?"
    r"|exist|(?:that\s+)?(?:you|we)\s+(?:have|know\s+of)"
    r"|(?:(?:were|have\s+been|got)\s+)?(?:published|released)|came\s+out|gibt\s+es|hast\s+du"
    r"|habt\s+ihr|haben\s+wir|kennst\s+du"
    r"|sind\s+erschienen|y\s+a-t-il|as-tu|avez-vous|existe-t-il|sont\s+parus|connais-tu))?"
)
_TRAIL = (
    r"(?:(?:[\s,]+|(?<=\s)|^)(?:(?:are\s+)?in\s+(?:the|your|this)\s+(?:store|database|collection|library|list|index"
    r"|bot)|in\s+store|in\s+total|overall"
    r"|altogether|(?:so\s+far|right\s+now|here|ever|there|out\s+there|currently|now|first|only|please"
    r"|pls)|are\s+there|do\s+(?:you|we)\s+have"
    r"|have\s+you(?:\s+got)?|exist|is\s+there|there\s+are|(?:that\s+)?(?:you|we)(?:['’]ve)?\s+(?:have"
    r"|got|know(?:\s+of)?)"
    r"|(?:that\s+|which\s+|have\s+|has\s+)?(?:(?:were|was|are|been|got|have\s+been)\s+)?(?:published"
    r"|released|accepted|presented|came\s+out|come\s+out|appeared)"
    r"|(?:sind|waren|stammen|kommen|hatten?|with|had|did|does|do|have|has|having|got|has\s+got|have\s+got|gets?"
    r"|received|is|are|who\s+has|that\s+(?:has"
    r"|have|is|are))(?:\s+the)?|were|was"
    r"|im\s+bestand|insgesamt|gibt\s+es|hast\s+du|haben\s+wir|bitte|(?:sind|wurden|ist)\s+"
    r"(?:erschienen|veröffentlicht|publiziert)|erschienen"
    r"|veröffentlicht|(?:hat|haben|mit|bekommen|hatten)(?:\s+(?:die|den|das))?|dans\s+la\s+base"
    r"|au\s+total|y\s+a-t-il|as-tu|existent"
    r"|(?:qui\s+)?(?:sont|ont\s+été|est)\s+(?:sorti|paru|publié)e?s?|(?:sortis|parus|publiés)(?:\s+à)?"
    r"|(?:ont|a|avec|ayant|qui\s+ont|est|sont)(?:\s+l[ea]s?)?))*"
)
_REPORTS = (
    r"(?:(?:trends?|advances?|progress|developments?|works?|research|results?|fortschritte|entwicklungen|avancées"
    r"|progrès)\s+(?:in|on|of|bei|zu|en|sur)\s+)?"
)


class ListPatterns:
    """The expressions, compiled."""

    def __init__(self) -> None:
        """Compile them, which takes a tenth of a second."""
        self.highest = tuple((field, _whole_words(words)) for field, words in _HIGHEST)
        self.newest, self.oldest = _whole_words(_NEWEST), _whole_words(_OLDEST)
        self.news = _whole_words(_NEWS)
        self.among = re.compile(rf"^{_COURTESY}(?:{_AMONG})(?!\w)", re.IGNORECASE)
        self.newer = re.compile(rf"^{_COURTESY}(?:{_NEWER})[\s?.!]*$", re.IGNORECASE)
        start = rf"^{_COURTESY}{_ASK}{_VERB}"
        rest = rf"(?:\s+{_PREP}(?P<topic>.+?))?{_TRAIL}[\s?.!,;:]*$"
        mod = r"(?P<mod>(?:[\w'’+./-]+\s+){0,5}?)"
        self.papers = re.compile(
            rf"{start}(?P<there>{_THERE})(?P<quant>{_QUANT}){mod}(?P<noun>{NOUN})(?!\w){_HAVE}{rest}", re.IGNORECASE
        )
        self.things = re.compile(rf"{start}(?:{_THERE}){_QUANT}(?:{_THINGS}){_HAVE}{rest}", re.IGNORECASE)
        self.count = re.compile(
            rf"^{_COURTESY}{_ASK}(?:tell\s+me\s+)?(?:{_COUNT})\s*{_QUANT}(?:{mod}(?P<noun>{NOUN})(?!\w)"
            rf"|(?:are|sind)\s+there|gibt\s+es){_HAVE}(?:\s+(?:{_PREP}|{_MENTION}\s+)"
            rf"(?P<topic>.+?))?{_TRAIL}[\s?.!,;:]*$",
            re.IGNORECASE,
        )
        self.bare = re.compile(
            rf"{start}(?P<there>{_THERE}){_QUANT}(?:(?:ones?|one)\b)?(?:\s*{_PREP}(?P<topic>.+?))?{_TRAIL}[\s?.!,;:]*$",
            re.IGNORECASE,
        )
        self.keywords = re.compile(rf"{start}{_QUANT}{_REPORTS}(?P<topic>.+?){_TRAIL}[\s?.!,;:]*$", re.IGNORECASE)
        self.first = re.compile(
            rf"(?<![\w-])(?:top|first|the|die|les)?\s*(?P<number>\d{{1,2}}|three|five|ten|drei|fünf|zehn|trois"
            rf"|cinq|dix)(?:\s+(?=(?:\w+\s+){{0,3}}{NOUN}(?!\w))|(?<=^\d)\W*$|(?<=^\d\d)\W*$)",
            re.IGNORECASE,
        )
        self.trending = _TRENDING


@cache
def list_patterns() -> ListPatterns:
    """Return the expressions, compiled when the first question comes."""
    return ListPatterns()


def _whole_words(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


SENTENCE_WORDS = frozenset(
    """who whom whose what which how why when where whether if is are was were be been am do does did done can could
    should would will has have had may might must that than because it its they them he she i we you this these
    those not better worse vs versus compare summarise summarize summarizes explain define describe tell say says
    said show shows shown make makes made need needs want help work works beat beats outperform outperforms hurt
    hurts improve improves reduce reduces use uses used wer wen wem was wie warum wieso weshalb wann wo welche
    welcher welches ist sind war waren wird werden kann können soll sollte hat haben macht machen es sie er ich wir
    du dass ob erkläre erklär fasse fass vergleiche vergleich beschreibe zusammen nicht besser qui que quoi comment
    pourquoi quand où quel quelle est sont était ont peut peuvent doit il elle ils elles je nous vous tu explique
    résume compare décris si mieux""".split()
)
"""Words that make a sentence of what would be a topic otherwise."""
