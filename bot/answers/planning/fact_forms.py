"""The forms of questions about a paper's record, in English, German and French."""

import re
from enum import StrEnum
from functools import cache


class Fact(StrEnum):
    """What of a paper's record is asked for."""

    AUTHORS = "authors"
    AUTHOR_COUNT = "author_count"
    DATE = "date"
    VENUE = "venue"
    CODE = "code"
    UPVOTES = "upvotes"
    COMMENTS = "comments"
    STARS = "stars"
    ORGANISATION = "organisation"
    LINK = "link"
    WITHDRAWN = "withdrawn"


_X = r"(?P<x>.+?)"
_OPEN = r"(?:(?:publicly|freely|openly|öffentlich|frei|librement)\s+)?"
_CODE = (
    r"(?:(?:any|some|a|an|the|public|open|official|available|its|their|released|einen?|den|der"
    r"|öffentlichen|offiziellen|du|un|le|des)"
    r"\s+)*(?:source[\s-]?code|code(?:\s+source)?|quell(?:code|text)|implementation|implementierung"
    r"|implémentation|repo(?:sitory)?"
    r"|github(?:[\s-]repo(?:sitory)?)?|dépôt)"
)
_AVAILABLE = (
    rf"{_OPEN}(?:available|public|open(?:[\s-]source[d]?)?|out|released|online|published|shared|there"
    rf"|verfügbar|öffentlich|offen"
    r"|veröffentlicht|zugänglich|disponible|public|publié|ouvert|accessible)(?:\s+(?:yet|already"
    r"|online|on\s+github|schon|auf\s+github))?"
)
_OF = r"(?:of|for|to|behind|on|from|with|zu|zum|zur|für|von|vom|pour|de|du|d['’]|des)"
_VOTES = {
    Fact.UPVOTES: r"(?:up-?)?(?:votes?|likes?|stimmen)",
    Fact.COMMENTS: r"(?:comments?|kommentare|commentaires?)",
    Fact.STARS: r"(?:github[\s-]?)?(?:stars?|sterne|étoiles?)",
}
_LAB = (
    r"(?:labs?|laborator(?:y|ies)|organi[sz]ations?|institutions?|universit(?:y|ies)|compan(?:y|ies)"
    r"|groups?|institutes?|affiliations?"
    r"|labor|uni(?:versität)?|firma|institut|einrichtung|gruppe|labo(?:ratoire)?|université|entreprise"
    r"|organisme|équipe)"
)
_PLACE = r"(?:venue|conference|journal|workshop|konferenz|tagung|zeitschrift|conférence|revue)"
_CAME = (
    r"(?:come\s+out|came\s+out|appear(?:ed)?|(?:been\s+)?(?:first\s+)?(?:published|released|submitted"
    r"|posted|uploaded|written|accepted"
    r"|presented|put\s+(?:out|on\s+arxiv))|get\s+(?:published|released|accepted)|erschienen"
    r"|veröffentlicht|publiziert|eingereicht"
    r"|vorgestellt|(?:he)?rausgekommen|(?:he)?raus|(?:été\s+)?(?:publiée?|sortie?|parue?|présentée?|acceptée?))"
    r"(?:\s+(?:at|in|on|on\s+arxiv|worden))?"
)

_FORMS: tuple[tuple[Fact, str], ...] = (
    # How many authors: before who they are.
    (
        Fact.AUTHOR_COUNT,
        rf"how\s+many\s+(?:co-?)?(?:authors|people|researchers)\s+(?:(?:does|do|did|has|have"
        rf"|are\s+there|are|worked|contributed|wrote)\s+)"
        rf"(?:on\s+|for\s+|of\s+|to\s+|behind\s+|in\s+)?{_X}(?:\s+(?:have|has|got))?",
    ),
    (Fact.AUTHOR_COUNT, rf"how\s+many\s+authors(?:\s+{_OF}\s+{_X})?"),
    (
        Fact.AUTHOR_COUNT,
        rf"wie\s*viele\s+(?:autor(?:en|innen)|leute|personen)\s+(?:hat|haben)\s+{_X}(?:\s+(?:geschrieben|verfasst))?",
    ),
    (Fact.AUTHOR_COUNT, rf"combien\s+d['’]auteurs\s+(?:a|ont|compte|pour|y\s+a-t-il\s+(?:pour|dans|sur))\s+{_X}"),
    (Fact.AUTHOR_COUNT, rf"combien\s+d['’]auteurs\s+{_X}\s+a-t-(?:il|elle)"),
    (
        Fact.AUTHORS,
        r"who(?:\s+all)?\s+(?:has\s+|have\s+)?(?:wrote|written|authored|published|made|created"
        r"|developed|proposed|introduced|invented|built"
        rf"|released|did|came\s+up\s+with|(?:is|are|was|were)\s+behind|(?:stands?\s+)?behind)\s+{_X}",
    ),
    (Fact.AUTHORS, rf"who['’]?s\s+behind\s+{_X}"),
    (
        Fact.AUTHORS,
        rf"(?:who|what)(?:['’]s|\s+(?:is|are|were|was))\s+(?:the\s+|its\s+|their\s+)?"
        rf"(?:names?\s+of\s+the\s+)?(?:lead\s+|first\s+)?"
        rf"(?:authors?|writers?|people|team|researchers)(?:\s+{_OF}\s+{_X})?",
    ),
    (Fact.AUTHORS, rf"(?:(?:list|name|show|give)\s+(?:me\s+)?)?(?:the\s+)?authors?\s+{_OF}\s+{_X}"),
    (
        Fact.AUTHORS,
        r"(?P<x6>(?!(?:the|which|what|how|many|all|other|more|most|no|some)\b)[\w.+-]+)(?:['’]s)?\s+authors?",
    ),
    (Fact.DATE, r"(?:publication|release)\s+date\s+(?P<x7>[\w.+-]+)"),
    (Fact.AUTHORS, rf"(?:who\s+is\s+{_X}\s+by|by\s+whom\s+(?:is|was)\s+(?P<x2>.+?)(?:\s+written)?)"),
    (Fact.AUTHORS, r"(?:the\s+)?authors"),
    (
        Fact.AUTHORS,
        rf"wer\s+hat\s+{_X}\s+(?:geschrieben|verfasst|veröffentlicht|entwickelt|gemacht|vorgeschlagen"
        rf"|erfunden|publiziert)",
    ),
    (Fact.AUTHORS, rf"wer\s+(?:schrieb|steckt\s+hinter|steht\s+hinter|ist\s+hinter)\s+{_X}"),
    (
        Fact.AUTHORS,
        rf"wer\s+(?:sind|ist|waren)\s+(?:die|der)\s+(?:autor(?:en|in|innen)?|verfasser)(?:\s+(?:von|vom"
        rf"|des|der|hinter)\s+{_X})?",
    ),
    (Fact.AUTHORS, rf"(?:die\s+)?autoren\s+(?:von|vom|des)\s+{_X}"),
    (Fact.AUTHORS, rf"von\s+wem\s+(?:ist|stammt|wurde|kommt)\s+{_X}(?:\s+(?:geschrieben|verfasst))?"),
    (Fact.AUTHORS, rf"qui\s+a\s+(?:écrit|publié|fait|proposé|rédigé|développé|créé|inventé)\s+{_X}"),
    (Fact.AUTHORS, rf"qui\s+(?:est|se\s+cache)\s+derrière\s+{_X}"),
    (Fact.AUTHORS, rf"(?:qui|quels?)\s+(?:sont|est)\s+(?:les\s+|l['’])auteurs?(?:\s+(?:de|du|d['’]|des)\s*{_X})?"),
    (Fact.AUTHORS, rf"(?:les\s+)?auteurs\s+(?:de|du|d['’])\s*{_X}"),
    (Fact.AUTHORS, rf"(?:de|par)\s+qui\s+(?:est|vient|a\s+été\s+écrit)\s+{_X}"),
    (
        Fact.DATE,
        rf"(?:when|(?:in\s+)?(?:what|which)\s+(?:year|month)|(?:on\s+)?(?:what|which)\s+(?:date|day))\s+"
        rf"(?:did|was|is|were|has|does)\s+{_X}(?:\s+(?:{_CAME}|from|out))?",
    ),
    (Fact.DATE, rf"(?:what(?:['’]s|\s+is)\s+)?(?:the\s+)?(?:publication\s+|release\s+|submission\s+)?date\s+of\s+{_X}"),
    (Fact.DATE, rf"how\s+(?:old|recent|new)\s+is\s+{_X}"),
    (Fact.DATE, rf"wann\s+(?:ist|wurde|erschien|kam|war)\s+{_X}(?:\s+{_CAME})?"),
    (
        Fact.DATE,
        rf"(?:von\s+wann|aus\s+welchem\s+jahr|in\s+welchem\s+jahr)\s+(?:ist|stammt|wurde"
        rf"|erschien)\s+{_X}(?:\s+{_CAME})?",
    ),
    (Fact.DATE, rf"wie\s+(?:alt|neu)\s+ist\s+{_X}"),
    (Fact.DATE, rf"quand\s+(?:est|a\s+été|est-ce\s+qu(?:e\s+|['’]))\s*(?:{_CAME}\s+)?{_X}(?:\s+(?:est|a)\s+{_CAME})?"),
    (
        Fact.DATE,
        rf"(?:quand|en\s+quelle\s+année)\s+(?:est\s+{_CAME}\s+)?{_X}\s*(?:\s(?:est|a)-t?-?(?:il|elle)\s+{_CAME})?",
    ),
    (Fact.DATE, rf"de\s+(?:quand|quelle\s+année)\s+(?:date|est)\s+{_X}"),
    (Fact.DATE, rf"(?:la\s+)?date\s+de\s+(?:publication|parution|sortie)\s+(?:de|du|d['’])\s*{_X}"),
    (
        Fact.ORGANISATION,
        rf"(?:from\s+)?(?:which|what)\s+{_LAB}\s+(?:is|are|was|did|does)\s+{_X}\s+(?:come\s+)?(?:from"
        rf"|by|at|written\s+at|made\s+(?:at|by))",
    ),
    (
        Fact.ORGANISATION,
        rf"(?:from\s+)?(?:which|what)\s+{_LAB}\s+(?:published|wrote|made|released|built|developed|is\s+behind)\s+{_X}",
    ),
    (Fact.ORGANISATION, rf"from\s+(?:which|what)\s+{_LAB}\s+(?:is|does|did)\s+{_X}(?:\s+come)?"),
    (Fact.ORGANISATION, rf"where\s+(?:is|does|do|did)\s+{_X}\s+(?:come\s+)?from"),
    (Fact.ORGANISATION, rf"(?:what(?:['’]s|\s+is|\s+are)\s+)?(?:the\s+)?affiliations?\s+of\s+{_X}"),
    (Fact.ORGANISATION, rf"(?:aus|von)\s+(?:welche[mrs]?)\s+{_LAB}\s+(?:ist|kommt|stammt)\s+{_X}"),
    (Fact.ORGANISATION, rf"welche[srn]?\s+{_LAB}\s+(?:steckt|steht)\s+hinter\s+{_X}"),
    (Fact.ORGANISATION, rf"woher\s+(?:kommt|stammt)\s+{_X}"),
    (Fact.ORGANISATION, rf"(?:de|d['’])\s*quell?e?\s+{_LAB}\s+(?:vient|est|provient)\s+{_X}"),
    (Fact.ORGANISATION, rf"d['’]où\s+vient\s+{_X}"),
    (Fact.VENUE, rf"where\s+(?:was|is|did|has|were)\s+{_X}\s+{_CAME}"),
    (
        Fact.VENUE,
        rf"(?:at\s+|in\s+)?(?:which|what)\s+{_PLACE}\s+(?:did|was|is|has|were)\s+{_X}(?:\s+(?:{_CAME}|at|in|from))?",
    ),
    (Fact.VENUE, rf"(?:at\s+|in\s+)?(?:which|what)\s+{_PLACE}"),
    (Fact.VENUE, rf"(?:what(?:['’]s|\s+is)\s+)?(?:the\s+)?{_PLACE}\s+(?:of|for)\s+{_X}"),
    (
        Fact.VENUE,
        rf"(?:was|is|has)\s+{_X}\s+(?:been\s+)?(?:accepted|published|presented)(?:\s+(?:anywhere"
        rf"|somewhere|at\s+an?\s+\w+|in\s+an?\s+\w+|yet))?",
    ),
    (Fact.VENUE, rf"wo\s+(?:ist|wurde|erschien)\s+{_X}(?:\s+{_CAME})?"),
    (Fact.VENUE, rf"(?:auf|bei|in|an)\s+welche[rm]\s+{_PLACE}\s+(?:ist|wurde|erschien|war)\s+{_X}(?:\s+{_CAME})?"),
    (Fact.VENUE, rf"où\s+(?:est|a\s+été)\s+{_CAME}\s+{_X}"),
    (Fact.VENUE, rf"où\s+{_X}\s+(?:est|a)-t?-?(?:il|elle)\s+{_CAME}"),
    (Fact.VENUE, rf"(?:dans|à|lors\s+de)\s+quelle\s+{_PLACE}\s+(?:est|a\s+été)\s+{_CAME}\s+{_X}"),
    (Fact.VENUE, rf"(?:dans|à|lors\s+de)\s+quelle\s+{_PLACE}\s+{_X}\s+(?:est|a)-t?-?(?:il|elle)\s+{_CAME}"),
    (Fact.CODE, rf"(?:le\s+)?code\s+(?:de|du|d['’])\s*{_X}\s+est-il\s+{_AVAILABLE}"),
    (Fact.VENUE, rf"(?:is|was|has)\s+{_X}\s+(?:been\s+)?peer[\s-]reviewed"),
    (Fact.CODE, rf"(?:where\s+|how\s+)?(?:can|could|may)\s+i\s+(?:get|find|have|see)\s+{_CODE}\s+{_OF}\s+{_X}"),
    (Fact.CODE, r"(?:the\s+)?link\s+to\s+(?:the\s+)?(?P<x8>[\w.+-]+)\s+(?:repo(?:sitory)?|code|github)"),
    (Fact.CODE, rf"(?:is|are|was)\s+there\s+{_CODE}(?:\s+{_AVAILABLE})?(?:\s+{_OF}\s+{_X})?(?:\s+{_AVAILABLE})?"),
    (
        Fact.CODE,
        rf"(?:does|do|did|has|have)\s+{_X}\s+(?:have|has|got|provide|release[d]?|come\s+with|share[d]?"
        rf"|publish(?:ed)?|include)\s+{_CODE}(?:\s+{_AVAILABLE})?",
    ),
    (Fact.CODE, rf"(?:is|are|was)\s+(?:the\s+)?code\s+{_OF}\s+{_X}\s+{_AVAILABLE}"),
    (Fact.CODE, rf"(?:is|are|was)\s+(?P<x3>its|their|the)\s+code\s+{_AVAILABLE}"),
    (Fact.CODE, rf"(?:is|are|was|has)\s+{_X}(?:['’]s)?\s+code\s+(?:been\s+)?{_AVAILABLE}"),
    (Fact.CODE, rf"(?:is|are)\s+{_X}\s+open[\s-]?source[d]?"),
    (
        Fact.CODE,
        rf"where(?:['’]s|\s+(?:is|are|can\s+i\s+(?:find|get)|do\s+i\s+(?:find|get)))\s+{_CODE}(?:\s+{_OF}\s+{_X})?",
    ),
    (Fact.CODE, rf"(?:(?:show|give|send|get)\s+(?:me\s+)?|any\s+|link\s+to\s+)?{_CODE}\s+{_OF}\s+{_X}"),
    (Fact.CODE, rf"(?:any\s+|the\s+)?{_CODE}"),
    (
        Fact.CODE,
        r"(?P<x4>(?!(?:with|without|any|open|has|have|only|mit|ohne|avec|sans|public|some|no"
        r"|more)\b)[\w.+-]+)(?:['’]s)?\s+(?:code|github|repo)",
    ),
    (Fact.CODE, rf"gibt(?:['’]s|\s+es)\s+(?:auch\s+|schon\s+)?{_CODE}(?:\s+{_OF}\s+{_X})?"),
    (Fact.CODE, rf"hat\s+{_X}\s+(?:auch\s+|schon\s+)?{_CODE}"),
    (Fact.CODE, rf"ist\s+(?:der\s+)?(?:quell)?code(?:\s+{_OF}\s+{_X})?\s+{_AVAILABLE}"),
    (Fact.CODE, rf"ist\s+{_X}\s+(?:open[\s-]?source|quelloffen)"),
    (Fact.CODE, rf"wo\s+(?:ist|finde\s+ich|gibt\s+es|liegt)\s+{_CODE}(?:\s+{_OF}\s+{_X})?"),
    (Fact.CODE, rf"(?:est-ce\s+qu['’]il\s+y\s+a|y\s+a-t-il|il\s+y\s+a)\s+{_CODE}(?:\s+(?:pour|de|du|d['’])\s*{_X})?"),
    (Fact.CODE, rf"est-ce\s+qu(?:e\s+|['’]){_X}\s+a\s+{_CODE}"),
    (Fact.CODE, rf"{_X}\s+a-t-(?:il|elle)\s+{_CODE}"),
    (Fact.CODE, rf"a-t-(?P<x5>il|elle)\s+{_CODE}"),
    (Fact.CODE, rf"(?:le|son)\s+code\s+est-il\s+{_AVAILABLE}"),
    (Fact.CODE, rf"{_X}\s+est-(?:il|elle)\s+open[\s-]?source"),
    (Fact.CODE, rf"où\s+(?:est|trouver|se\s+trouve)\s+{_CODE}(?:\s+(?:pour|de|du|d['’])\s*{_X})?"),
    *(
        form
        for fact, noun in _VOTES.items()
        for form in (
            (
                fact,
                rf"how\s+many\s+{noun}\s+(?:has|does|did|have|do)\s+{_X}(?:\s+(?:have|got|get|gotten"
                rf"|received|receive))?",
            ),
            (fact, rf"how\s+many\s+{noun}(?:\s+{_OF}\s+{_X})?"),
            (fact, rf"(?:the\s+)?(?:number\s+of\s+)?{noun}\s+of\s+{_X}"),
            (fact, rf"wie\s*viele\s+{noun}\s+(?:hat|haben|bekam)\s+{_X}(?:\s+(?:bekommen|erhalten))?"),
            (fact, rf"combien\s+(?:de\s+|d['’]){noun}\s+(?:a|ont|pour|a\s+reçu[s]?)\s+{_X}"),
            (fact, rf"combien\s+(?:de\s+|d['’]){noun}\s+{_X}\s+a-t-(?:il|elle)(?:\s+reçu[se]*)?"),
        )
    ),
    (Fact.UPVOTES, rf"how\s+popular\s+is\s+{_X}"),
    (
        Fact.LINK,
        rf"(?:what(?:['’]s|\s+is)\s+)?(?:the\s+)?(?:arxiv[\s-]+)?(?:id|identifier|link|url|doi)\s+(?:of|for|to)\s+{_X}",
    ),
    (Fact.LINK, rf"where\s+can\s+i\s+(?:read|find|get)\s+{_X}"),
    (Fact.LINK, rf"(?:was\s+ist\s+)?(?:die|der)\s+(?:arxiv[\s-]?id|link)\s+(?:von|zu|zum)\s+{_X}"),
    (Fact.LINK, rf"(?:quel\s+est\s+)?(?:l['’]identifiant|le\s+lien)(?:\s+arxiv)?\s+(?:de|du|vers|d['’])\s*{_X}"),
    (Fact.WITHDRAWN, rf"(?:was|is|has|were)\s+{_X}\s+(?:been\s+)?(?:withdrawn|retracted)"),
    (Fact.WITHDRAWN, rf"wurde\s+{_X}\s+zurückgezogen"),
    (Fact.WITHDRAWN, rf"{_X}\s+a-t-(?:il|elle)\s+été\s+retirée?"),
)


@cache
def fact_patterns() -> tuple[tuple[Fact, re.Pattern[str]], ...]:
    """Compile the forms when the first question comes: it takes a tenth of a second."""
    return tuple((fact, re.compile(form, re.IGNORECASE)) for fact, form in _FORMS)
