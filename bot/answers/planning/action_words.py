"""The forms of orders in English, German and French: saving papers, following topics, authors, organisations, papers.

A line holds one form, without regard to capitals, for a text with single blanks; `what` is what is named.
"""

from typing import Final

from bot.answers.events import Followed

_LIST = (
    r"(?:saved(?: papers?)?|(?:reading |saved |paper )?list|library|favou?rites|bookmarks|collection"
    r"|(?:gespeicherten )?(?:Papern?|Papers|Arbeiten)|Liste|Leseliste|Merkliste|Favoriten|Lesezeichen|gespeicherten"
    r"|liste(?: de lecture)?|favoris|signets|(?:articles|papiers)(?: (?:enregistrés|sauvegardés))?)"
)
_TO = (
    rf"(?: (?:to|on|in|into|among) (?:my |the )?{_LIST}| (?:zu|in|auf|unter) meine[rn]? {_LIST}"
    rf"| (?:dans|à|sur|parmi) (?:mes|ma|la) {_LIST})"
)
_FROM = rf"(?: (?:from|off|aus|von|de|des) (?:my |meine[rnm]? |mes |ma |the |der |la |les )?{_LIST})"

_NO_QUESTION = r"(?!kann|können|wie|was|warum|wo|wer|welche|man|um)"

SAVE: Final = rf"""
    save|bookmark|favou?rite|(?:ab)?speichern|merken|enregistrer|sauvegarder
    (?:save|bookmark|favou?rite)(?: for me| me)? (?P<what>.+?){_TO}?
    (?:add|put) (?P<what>.+?){_TO}
    (?:speicher[en]?|merke?|sicher[en]?)(?: (?:dir|mir|bitte|mal))* (?P<what>.+?){_TO}?(?: ab)?
    (?:füge?|setze?|nimm|packe?) (?P<what>.+?){_TO}(?: (?:hinzu|auf))?
    {_NO_QUESTION}(?P<what>\S+(?: \S+){{0,5}}?){_TO} (?:hinzufügen|setzen|packen|aufnehmen)
    {_NO_QUESTION}(?P<what>\S+(?: \S+){{0,5}}?){_TO}? (?<!und )(?<!zu )(?:ab)?(?:speichern|merken)
    (?:enregistre[rz]?|sauvegarde[rz]?|garde[rz]?|mémorise[rz]?)(?:[- ]moi)?(?P<what>(?: |-(?=l)).+?){_TO}?
    (?:ajoute[rz]?|mets|mettre|mettez)(?P<what>(?: |-(?=l)).+?){_TO}
"""
UNSAVE: Final = rf"""
    (?:unsave|unbookmark) (?P<what>.+?){_FROM}?
    (?:remove|delete|drop|take) (?P<what>.+?){_FROM}
    (?:entferne|lösche?|nimm|streiche?) (?P<what>.+?){_FROM}
    (?:retire[rz]?|supprime[rz]?|enlève|enleve[rz]?)(?P<what>(?: |-(?=l)).+?){_FROM}
"""
_NOTICES = r"(?:notifications?|updates?|alerts?|subscriptions?|follows?)"

FOLLOW: Final = rf"""
    follow|subscribe
    follow (?!up\b|ups\b)(?P<what>.+)
    subscribe(?: me| us)? to (?P<what>.+)
    (?:notify|alert|inform|tell) me when(?:ever)? there(?: is| are|['’]s) (?P<what>.+)
    (?:notify|alert|inform|ping) me (?:about|of|on|for) (?P<what>.+)
    (?:notify|alert|tell|ping) me (?:when|if) (?:new )?papers? (?:on|about) (?P<what>.+?) (?:come|appear)s?(?: out)?
    let me know (?:about|of|when(?:ever)? there(?: is| are|['’]s)) (?P<what>(?:any(?:thing)? )?new .+)
    send me (?:all |any |the )?(?:updates|news|notifications|alerts|new papers) (?:on|about|for|regarding) (?P<what>.+)
    sign me up for (?P<what>.+)
    (?:set up|create|add) (?:an )?alerts? (?:for|on|about) (?P<what>.+)
    (?:get|be) (?:notified|alerted|informed) (?:about|of|on) (?P<what>.+)
    keep me (?:posted|updated|informed|up to date) (?:about|on|with) (?P<what>.+)
    (?:folge|verfolge|abonniere|beobachte)(?: (?:mal|bitte|mir))* (?P<what>.+)
    {_NO_QUESTION}(?P<what>\S+(?: \S+){{0,5}}?) (?<!und )(?<!zu )(?:folgen|verfolgen|abonnieren)
    (?:benachrichtige|informiere) mich (?:über|zu|bei) (?P<what>.+)
    halte? mich (?:über|zu|bei) (?P<what>.+?) auf dem laufenden
    halte? mich auf dem laufenden (?:über|zu|bei) (?P<what>.+)
    (?:sage?|gib) mir bescheid,? (?:wenn es (?P<what>.+?) gibt|(?:bei|zu|über) (?P<other>.+))
    schicke? mir (?P<what>(?:neues|neue \w+|alles neue) .+)
    (?:suis|suivre|suivez)(?P<what>(?: |-(?=l)).+)
    (?:m['’])?abonne[rz]?(?:[- ]moi)? (?:aux?|à)(?P<what> .+)
    (?:préviens|prévenez|notifie|avertis|informe|alerte)[- ]?moi (?:de|des|du|sur|quand il y a|pour)(?P<what> .+)
    (?:dis|fais)[- ]moi (?:savoir )?(?:quand|s['’])\s?il y a (?:de |du |des |d['’])?(?P<what>nouve.+)
    envoie[- ]moi (?P<what>(?:les |des |tous les )?(?:nouveautés|nouveaux|news) .+)
    tiens[- ]moi (?:au courant|informée?) (?:de|des|du|sur)(?P<what> .+)
"""
UNFOLLOW: Final = rf"""
    unfollow|unsubscribe
    (?:unfollow|unsubscribe(?: me)? from|unsubscribe) (?P<what>.+)
    (?:stop|quit) (?:following|(?:notifying|alerting) me (?:about|of|on)) (?P<what>.+)
    (?:i )?(?:don['’]?t|do not|no longer) (?:want to |wanna )?follow (?P<what>.+?)(?: any ?more| any longer)?
    i no longer want to follow (?P<what>.+)
    (?:stop|cancel|end|no more) (?:my |the |all |any )?{_NOTICES} (?:for|on|about|to|of) (?P<what>.+)
    (?:entfolge|deabonniere) (?P<what>.+)
    (?:folge|verfolge) (?P<what>.+?) nicht (?:mehr|länger)
    {_NO_QUESTION}(?P<what>\S+(?: \S+){{0,5}}?) nicht mehr (?:folgen|verfolgen)
    {_NO_QUESTION}(?P<what>\S+(?: \S+){{0,5}}?) (?:entfolgen|abbestellen|deabonnieren)
    bestelle? (?P<what>.+?) ab
    keine (?:nachrichten|meldungen|updates|benachrichtigungen|papers) mehr (?:zu|über|von) (?P<what>.+)
    (?:das |mein )?(?:abo|abonnement) (?:von|zu|für) (?P<what>.+?) (?:kündigen|beenden|löschen)
    (?:kündige|beende|lösche) (?:das |mein )?(?:abo|abonnement) (?:von|zu|für) (?P<what>.+)
    je ne veux plus suivre(?P<what> .+)
    (?:ne (?:plus suivre|suis plus)|(?:arrête[rz]?|cesse[rz]?) de suivre)(?P<what> .+)
    (?:me )?d[ée]sabonne[rz]?(?:[- ]moi)? (?:de l['’]|d['’]|de |du |des )(?P<what>.+)
"""
SAVED: Final = r"""
    (?:(?:show|list|open|see|view)(?: me)? )?(?:all )?my saved (?:papers?|list|ones)
    (?:(?:show|list|open|see|view)(?: me)? )?(?:all )?my (?:(?:reading )?list|bookmarks|favou?rites|library)
    (?:what|which papers?) (?:have i|did i) (?:saved?|bookmark(?:ed)?)
    (?:zeige?(?: mir)? )?meine (?:gespeicherten \w+|leseliste|merkliste|liste|favoriten)
    (?:was|welche \w+) habe ich gespeichert
    (?:(?:montre|affiche|liste)(?:[- ]moi)? )?mes (?:favoris|(?:articles|papiers) (?:enregistrés|sauvegardés))
    (?:(?:montre|affiche)(?:[- ]moi)? )?ma liste(?: de lecture)?
    (?:qu['’]est[- ]ce que j['’]ai|quels \w+ ai[- ]je) (?:enregistrée?s?|sauvegardée?s?)
"""
FOLLOWING: Final = r"""
    (?:(?:show|list|see|view)(?: me)? )?(?:all )?my (?:follows|subscriptions|followed \w+)
    (?:what|who|which \w+) (?:do i|am i) (?:follow(?:ing)?|subscribed to)
    (?:zeige?(?: mir)? )?meine (?:abos|abonnements)
    (?:was|wem|welchen \w+) folge ich
    (?:(?:montre|affiche|liste)(?:[- ]moi)? )?mes abonnements
    (?:qu['’]est[- ]ce que je suis|à quoi suis[- ]je abonnée?)
"""

_A_PAPER = r"(?: (?:an?|the|new|some|something|things|it|this|papers?|topics?|authors?|organi[sz]ations?))*"
_EIN_PAPER = r"(?: (?:ein(?:en?|em)?|etwas|dem|das|mir|papers?|thema|themen|arbeiten?|autor(?:en)?))*"
_UN_PAPIER = r"(?: (?:une?|des|du|de|à|articles?|papiers?|sujets?|thèmes?|auteurs?))*"

HOW: Final = rf"""
    (?:how|where) (?:do|can|to|could)(?: i| we| one)? (?P<save>save|bookmark){_A_PAPER}
    (?:how|where) (?:do|can|to|could)(?: i| we| one)? (?P<unfollow>unfollow|unsubscribe(?: from)?){_A_PAPER}
    (?:how|where) (?:do|can|to|could)(?: i| we| one)? (?P<follow>follow|subscribe(?: to)?){_A_PAPER}
    wie kann (?:ich|man){_EIN_PAPER} (?P<save>speichern|merken)
    wie kann (?:ich|man){_EIN_PAPER} (?P<follow>folgen|verfolgen|abonnieren)
    wie (?P<save>speichere|merke) ich{_EIN_PAPER}
    wie (?P<follow>folge|verfolge|abonniere) ich{_EIN_PAPER}
    comment (?:puis[- ]je |faire pour )?(?P<save>enregistrer|sauvegarder){_UN_PAPIER}
    comment (?:puis[- ]je |faire pour )?(?P<unfollow>ne plus suivre|me désabonner){_UN_PAPIER}
    comment (?:puis[- ]je |faire pour )?(?P<follow>suivre|m['’]abonner){_UN_PAPIER}
"""
"""How something is done: the group that matches is the action's name."""

_NEW = (
    r"(?:(?:all |the |any |alle |toutes? |tous |les |des |aux )*"
    r"(?:new(?:est)?|latest|recent|neuen?|neueste[nr]?|nouveaux|nouveautés|derniers) |les |des |aux )?"
)
_PAPERS = (
    r"(?:papers?|publications?|preprints?|articles?|works?|stuff|papern?|arbeiten|artikeln?|veröffentlichungen|papiers)"
)
_AUTHOR = r"(?:the )?(?:author|researcher|(?:de[mnr] )?autor(?:in)?|(?:l['’])?auteure?)"
_LAB = r"(?:organi[sz]ation|lab|company|institute|firma|labor|institut|entreprise|laboratoire)"
_FIELD = r"(?:topics?|subject|area|field|keywords?|themen?|thema|gebiet|stichwort|sujet|thème|theme|domaine)"
_ON = r"(?:coming out on|on|about|regarding|over|in|using|with|zu|zum|zur|über|mit|sur|à propos de)"
_NEWS = r"(?:anything|everything|news|updates|alles|neues|neuigkeiten|tout|du nouveau)(?: new)?"

FOLLOWED: Final[tuple[tuple[Followed, str], ...]] = (
    ("author", r"author: ?(?P<what>.+)"),
    ("author", rf"{_NEW}{_AUTHOR} (?P<what>.+)"),
    ("organisation", rf"(?:the |de[mrn] |die |das |l['’])?{_LAB} (?P<what>.+)"),
    ("topic", rf"(?:the |dem |das |den |le |la )?{_FIELD}(?: of)? (?P<what>.+)"),
    ("author", rf"{_NEW}{_PAPERS}(?: written)? (?:by|de l['’]auteure?) (?P<what>.+)"),
    ("organisation", rf"{_NEW}{_PAPERS} (?:from|out of) (?P<what>.+)"),
    ("author", rf"{_NEW}{_PAPERS} (?:von|de) (?P<what>(?-i:[A-ZÄÖÜÉ])[\w.'’-]+(?: (?-i:[A-ZÄÖÜÉ])[\w.'’-]+)+)"),
    ("organisation", rf"{_NEW}{_PAPERS} (?:von|de|d['’]) ?(?P<what>(?-i:[A-ZÄÖÜÉ])[\w.'’-]+)"),
    ("author", r"(?P<what>.+?)['’]s? (?:new |latest |recent )*(?:papers|publications|work|works)"),
    ("topic", rf"{_NEW}{_PAPERS} {_ON}(?: (?:the|dem|le) {_FIELD})?(?: of| de)? (?P<what>.+)"),
    ("topic", rf"{_NEWS} {_ON} (?P<what>.+)"),
    (
        "paper",
        r"(?:the |das |dem |die |l['’]|le |cet |ce |this )?(?:paper|article|preprint|artikel|papier) (?P<what>.+)",
    ),
    ("topic", rf"{_NEW}(?P<what>.+?) (?:{_PAPERS}|research|news)"),
)
"""How it shows what is followed; the first form that fits counts. Without any of them the store decides."""

SPOKEN: Final = {
    "de": (
        r"^(?:speicher|merke?\b|sicher|füge?\b|setze?\b|nimm|ver?folge\b|folge\b|abonniere|beobachte|benachrichtige"
        r"|halte? mich|entfolge|bestelle?\b|entferne|lösche?\b|streiche?\b|zeige?\b|meine\b|wie\b|wem\b|welche|was )"
        r"|\b(?:speichern|merken|folgen|verfolgen|abonnieren|entfolgen|abbestellen)$"
    ),
    "fr": (
        r"^(?:enregistre|sauvegarde|garde|mémorise|ajoute|mets|retire|supprime|enl[eè]ve|suis\b|suivre|suivez|m['’]abonne"
        r"|abonne|préviens|prévenez|notifie|avertis|alerte|tiens|ne plus|arr[eê]te|cesse|(?:me )?d[ée]sabonne|montre"
        r"|affiche|mes\b|ma\b|comment\b|qu['’]est|quels?\b|à quoi)"
    ),
}
"""The language of the words of an order, where these don't stand in another language too."""

BETWEEN: Final = (
    r"[.?!;,]+ |,? (?:and|und|et)(?: (?:then|also|please|dann|auch|bitte|ensuite|puis|aussi))* "
    r"|,? (?:then|dann|puis|ensuite) "
)
"""What stands between two wishes of one message."""
