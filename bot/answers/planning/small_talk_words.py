"""The forms of small talk in English, German and French, folded: without capitals, accents and curly apostrophes.

A line holds one form or several with "
        " between them; a blank stands for any white space. The forms under None tell
no language: "hi", "ok" and "help" are typed everywhere. In forms BOT stands for what the bot may be taken for.
"""

from collections.abc import Mapping

Forms = Mapping[str | None, str]

BOT = (
    r"(?:real )?(?:bot|robot|human(?: being)?|person|machine|ai|llm|chatgpt|program|computer|real|(?:language )?model"
    r"|roboter|mensch|maschine|ki|programm|humain|personne|ia|programme)"
)

GREETINGS: Forms = {
    None: r"""
        hi+(?:ya)? | hello+ | hey+(?:a|o)? | heya | yo | howdy | greetings | good (?:morning|afternoon|evening|day)
        morning | evening | what'?s up | sup | how are you(?: doing)?(?: today)? | how'?s it going
        nice to meet you
    """,
    "de": r"""
        hallo+ | hallochen | moin(?: moin)? | servus | gru(?:ss|ß) gott | gruezi | gruss? dich
        guten? (?:morgen|tag|abend) | wie geht'?\s?e?s(?: (?:dir|ihnen))?
    """,
    "fr": r"""
        bonjour | bonsoir | salut | coucou | bonne journee | (?:comment )?ca va
        comment (?:vas[- ]tu|allez[- ]vous)
    """,
}
THANKS: Forms = {
    None: r"""
        (?:many |ok(?:ay)? )?thanks?(?: (?:you|u))?
        thank (?:you|u) | thx | ty | tysm | cheers | much appreciated | ta
        (?:that|this|it) (?:really )?(?:helped|helps|was (?:very )?(?:helpful|useful))
    """,
    "de": r"""
        (?:vielen|besten|herzlichen|schonen|1000|tausend) dank
        dank(?: dir| euch| ihnen)? | dank(?:e| dir| euch| ihnen)?(?:sch?on|sehr|vielmals)?
    """,
    "fr": r"""
        (?:un grand |mille )?merci | je (?:te|vous) remercie
    """,
}
NOTED: Forms = {
    None: r"""
        ok(?:ay|i)? | k+ | cool | nice | great | perfect | awesome | excellent | lovely | neat | wow | good
        (?:good|great|nice|perfect|excellent|helpful|awesome) (?:bot|job|work|one|stuff|answer|reply|summary)
        (?:(?:that|it|you)'?(?:s|re)? )?(?:so |very |really )?(?:helpful|useful|amazing|brilliant|great|awesome)
        well done | got it | i see | understood | alright | all right | sure | fine | right
        interesting | yes | yeah | yep | yup | no | nope | nah | hm+ | aha? | oh | never\s*mind | nvm | lol | haha+
        sounds good | makes sense | no problem | that'?s (?:all|great|cool|good|fine) | done
    """,
    "de": r"""
        (?:gute|tolle|super) (?:antwort|arbeit|zusammenfassung)
        (?:das (?:ist|war) )?(?:sehr |echt |wirklich )?(?:hilfreich|nutzlich|gut|toll|klasse|super) | alles klar
        verstanden | in ordnung | gut
        ach\s?so | (?:ich )?verstehe | sehr gut | super | prima | toll | passt | genau | ja | nein
        nee | doch | schon | aha | danke nein | nein danke | gut gemacht | klasse | spitze | einverstanden
    """,
    "fr": r"""
        (?:bonne|super) reponse | d'?\s?accord | oui | non | compris | j'ai compris | parfait | super | genial
        (?:c'est )?(?:tres |vraiment )?(?:utile|bien|clair|parfait|super|genial) | entendu
        ca marche | c'est (?:bon|parfait|note) | bravo | bien joue | ok merci
    """,
}
PARTINGS: Forms = {
    None: r"""
        (?:good\s*)?bye+(?:[- ]?bye)?
        see (?:you|ya)(?: (?:later|soon|tomorrow))?
        good\s*night | cya | later | farewell | take care
    """,
    "de": r"""
        tschu(?:ss|ß|s)i? | auf wieder(?:sehen|horen) | bis (?:bald|spater|dann|morgen) | gute nacht | ciao
        schonen (?:tag|abend)(?: noch)?
    """,
    "fr": r"""
        au revoir | a (?:bientot|demain|plus(?: tard)?) | bonne (?:nuit|soiree)
    """,
}
HELP: Forms = {
    None: r"""
        (?:what|which) commands (?:do you (?:have|know|support)|are there|exist|can i use) | what else can you do
        what (?:kinds? of |sorts? of )?(?:questions?|things) can (?:i ask(?: you)?|you (?:answer|do))
        help(?: (?:me|us|pls))? | commands? | (?:can|could) you help(?: (?:me|us))? | i need (?:some )?help
        (?:show|list|give) (?:me )?(?:the |all |your )*(?:help|commands|features)
        what (?:all )?(?:can|could|do) (?:you|u|it|this|(?:the|this) bot) (?:do|offer)(?: (?:here|for (?:me|us)))?
        what (?:all )?(?:can|could|should|do) i (?:do|ask(?: you)?)(?: (?:here|with (?:you|this|it)))?
        what (?:else )?can (?:you|i) (?:help (?:me )?with|(?:do|ask)(?: (?:you|here))?)
        what are (?:you (?:able to do|good (?:at|for)|for)|your (?:commands|features|capabilities|abilities|skills))
        how (?:do|can|should) (?:i|one|we) (?:use|work with|talk to|ask) (?:you|this|it|(?:the|this) (?:bot|thing|tool))
        how to (?:use|work with|talk to|ask) (?:you|this|it|(?:the|this) (?:bot|thing|tool))
        how (?:do|can|should|to)(?: (?:i|one|we))? ask(?: you)?(?: a)? questions?
        how (?:do|does) (?:you|it|this|the bot|this bot|this thing) work
        how can you help(?: (?:me|us))? | get(?:ting)? started | where do i (?:start|begin)
    """,
    "de": r"""
        hilfe(?: bitte)? | hilf mir | befehle | anleitung
        (?:kannst|konntest) du (?:mir|uns) helfen
        ich brauche hilfe
        zeig(?:e)? (?:mir )?(?:die |alle )?(?:hilfe|befehle)
        was (?:kannst|konnen) (?:du|sie)(?: (?:alles|so|denn|eigentlich|hier))*(?: (?:tun|machen))?
        was kann (?:ich|man|der bot)(?: (?:alles|so|hier|dich|sie|mit dir))*(?: (?:tun|machen|fragen|anfangen))?
        wie (?:funktionierst du|funktioniert (?:das|es|(?:der|dieser) bot))
        wie (?:benutze|nutze|verwende|frage) ich (?:dich|das|den bot)
        wie kann ich (?:dich|das|den bot) (?:(?:etwas )?fragen|benutzen|nutzen|verwenden)
        wie (?:benutzt|nutzt|fragt) man (?:dich|das|den bot)
        wobei kannst du (?:mir )?helfen | wozu bist du (?:da|gut)
        welche befehle (?:gibt es|hast du|kennst du)
    """,
    "fr": r"""
        aide(?:[- ]moi)? | a l'aide | au secours | commandes | mode d'emploi | (?:peux[- ]tu|pouvez[- ]vous) m'aider
        tu peux m'aider | j'ai besoin d'aide
        que (?:peux[- ]tu|sais[- ]tu|pouvez[- ]vous|savez[- ]vous|puis[- ]je)(?: (?:faire|(?:te |vous )?demander))?
        qu'est[- ]ce que (?:tu (?:peux|sais)|vous (?:pouvez|savez)|je peux)(?: (?:faire|(?:te )?demander))?
        tu (?:peux|sais) faire quoi | tu sers a quoi | a quoi tu sers | a quoi (?:sers[- ]tu|servez[- ]vous)
        comment (?:ca (?:marche|fonctionne)|tu fonctionnes|fonctionnes[- ]tu)
        comment (?:puis[- ]je )?(?:t'utiliser|vous utiliser|utiliser (?:ce|le) bot)
        comment peux[- ]tu m'aider
        quelles (?:commandes|questions) (?:as[- ]tu|y a[- ]t[- ]il|existent|puis[- ]je poser)
    """,
}
IDENTITY: Forms = {
    None: r"""
        (?:so )?who(?: are you|\s*r\s*u|'?s this| is this| am i talking to)(?: (?:exactly|then))?
        what are you(?: exactly)? | what'?s your name | what is your name | your name
        (?:are|r) (?:you|u) (?:an? )?BOT(?: or (?:an? )?BOT)?
        who (?:made|built|created|wrote|programmed|runs|operates) you
        (?:tell (?:me|us) about|introduce) yourself
        (?:what|which) (?:language )?(?:model|llm|ai) (?:are you(?: using)?|do you use|is this)
        is this (?:a )?bot | what is (?:this|paperbot)(?: bot)?
    """,
    "de": r"""
        wer (?:bist du|sind sie|ist das)(?: (?:eigentlich|denn))?
        was bist du(?: (?:eigentlich|denn))? | wie hei(?:ss|ß)t du
        bist du (?:eine? )?(?:echter )?BOT(?: oder (?:eine? )?BOT)?
        wer hat dich (?:gemacht|gebaut|programmiert|erschaffen)
        stell(?:e)? dich (?:bitte )?vor | welches modell (?:bist|benutzt|nutzt) du
    """,
    "fr": r"""
        (?:qui|qu')\s?(?:es[- ]tu|etes[- ]vous)
        (?:t'es|tu es|vous etes|c'est) (?:qui|quoi)
        comment (?:t'appelles[- ]tu|tu t'appelles|vous appelez[- ]vous)
        quel est (?:ton|votre) nom
        (?:es[- ]tu|etes[- ]vous|tu es|t'es|est[- ]ce que tu es) (?:une? )?(?:vrai )?BOT(?: ou (?:une? )?BOT)?
        qui t'a (?:cree|fait|programme) | presente[- ]toi
    """,
}

ADDRESSED = (
    "there|all|everyone|everybody|folks|guys|team|again|(?:paper\\s?|dear )?bot|mate|friend|buddy|"
    "zusammen|miteinander|leute|alle|nochmal|tout le monde|a tous|le bot|encore"
)
"""Whom a greeting may be for."""

TRIMMINGS = (
    "(?:so|very) much|a (?:lot|bunch|million|ton)|again|please|pls|then|now|today|heaps|man|exactly|"
    "for (?:that|this|everything|the (?:help|answer|info|summary)|your help)|"
    "dir|euch|ihnen|sehr|schon|dafur|vielmals|bitte|"
    "fur (?:alles|(?:die|deine) (?:\\w+ )?(?:hilfe|antwort|info|auskunft))|"
    "beaucoup|bien|infiniment|stp|svp|s'?il (?:te|vous) plait|a toi|a vous|"
    "pour (?:tout|ca|(?:ton|votre) aide|l'aide|la reponse)"
)
"""What may end a form, as in "thanks a lot"."""
