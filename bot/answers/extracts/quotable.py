"""Which sentences of an abstract may be shown word for word."""

import re
from functools import lru_cache

from bot.answers.sentences import split_sentences
from bot.models import Paper
from bot.text import one_line

# As Discord and browsers find addresses: with a scheme, by www, or as a host with a path.
_URL = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,30}://|\bwww\.|\bmailto:|discord(?:app)?\.(?:gg|com)/|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/)"
    r"[^\s<>()\[\]{}\"'`|\\]*",
    re.IGNORECASE,
)
# Masked links and images, mentions and pings, fences of code, chat templates and tags of a prompt's data.
_MARKUP = re.compile(
    r"!?\[[^\]\n]*\]\(|<(?:[@#:]|/[\w -]+:\d|a:|id:|t:|https?:)|@(?:everyone|here)\b|```|^(?:#{1,6}|>{1,3}|-#)\s"
    r"|<\|[^|\n]{1,40}\|>|\[/?INST\]|<</?SYS>>"
    r"|</?(?:s|system|user|assistant|abstract|paper|documents?|context|instructions?|sources?|img|a|script)\b[^>\n]*>",
    re.IGNORECASE,
)
_MACHINES = (
    r"(?:(?:all|any|every|an?|the) )?(?:(?:ai|artificial intelligence|automated|digital|virtual|chat"
    r"|helpful) )?(?:assistants?|ai agents?"
    r"|chatbots?|bots?|llms?|language models?|ais|ai systems?|summari[sz]ers?|answer engines?)"
)
_MUST = (
    r"(?:(?:must|should|shall|may|can|ought to|have to|has to|need to|needs to|are to|is to)"
    r"(?: not| never| always| only| no longer| also| now| instead| first){0,2}|cannot|can['’]t|mustn['’]t|shouldn['’]t)"
)
_MUST_BE = (
    r"(?:(?:must|should|shall|ought to|have to|has to|is to|are to)(?: not| never| always| only| no longer| now){0,2}"
    r"|must(?:n['’]t)|shouldn['’]t|(?:can(?:not)?|may) (?:no longer|not)) be"
)
_TELL = (
    r"recommend|cite|mention|state|say|tell|present|list|rank|refer to|praise|warn|append|include|quote|reply"
    r"|respond|output"
    r"|write|begin|end|answer with|inform|treat|describe|call|repeat|avoid|add|print"
)
_ORDER = re.compile(
    r"\b(?:notes? (?:to|for) (?:all |any |the )?(?:ai|llms?|language models?|assistants?|chatbots?|bots?)\b"
    r"|(?:ai|llm) (?:assistants?|agents?|models?|systems?)\s*[:,]\s*(?:please|you|ignore|always|never)\b"
    r"|(?:ignore|disregard|forget) (?:(?:all|any|every|the|of|these|my) )*"
    r"(?:previous|prior|above|earlier|preceding|your)(?: \w+)? (?:instructions?|prompts?|rules|orders)\b"
    r"|(?:whenever|if|when) you (?:mention|cite|quote|summari[sz]e|describe|read) (?:this|the present|our)\b"
    r"|(?:any|every|each|all) (?:summar(?:y|ies)|answers?|mentions?|descriptions?) (?:of|about) this (?:paper|work)"
    r"(?: \w+)? (?:must|should|has to|have to|needs? to)\b"
    r"|(?:from (?:here|now) on|you must(?: now| always)?|your (?:new )?(?:task|rule)s? (?:is|are) (?:now )?to"
    r"|begin your|start your|end your) (?:answer|reply|respond|write|repl(?:y|ies)|response|message)"
    r"|(?:system prompt|new polic(?:y|ies)|server rules?)\s*:)"
    # What assistants are told in the third person, and what is to be done with this paper or another.
    rf"|\b{_MACHINES}(?:,? (?:that|which|who|reading|citing)[^,.;]{{0,60}},?)? (?:are|is) (?:to|(?:hereby "
    rf"|now )?(?:asked|told"
    r"|instructed|required|requested|ordered|obliged|reminded|expected|advised|directed|forbidden|supposed) to) "
    r"(?!(?:be|solve|learn|perform|cite the|answer questions|follow|generate)\b)\w+"
    rf"|\b{_MACHINES}(?:,? (?:that|which|who|reading|citing)[^,.;]{{0,60}},?)? {_MUST} (?:{_TELL}) (?:that|this"
    rf"|our|the present"
    r"|the (?:above|following|words?|phrase|sentence|user|reader)|it as|them as|(?:every|all) other"
    r"|other (?:papers|work)|only this"
    r"|an? (?:\w+ )?(?:link|warning|note|notice|disclaimer)|(?:the )?(?:users?|readers?|members?)|\W)"
    rf"|\b(?:recommended|required|advised|requested|mandatory|essential|important|necessary) that {_MACHINES} "
    r"|\b(?:readers?|users?|members?|everyone) (?:must|should|have to|need to|are (?:to|asked to|advised to"
    r"|required to)) (?:now "
    r"|first |always |never |again )*(?:be (?:told|informed|warned|advised|reminded)|verify|click|log in|visit"
    r"|install|send|join|buy"
    r"|confirm (?:their|your)|download)\b"
    r"|\b(?:must|should)(?:n['’]t| not| no longer| never) be (?:cited|recommended|trusted|quoted|relied on)\b"
    r"|^(?:in|with|for|at the (?:start|end) of) (?:every|each|all|any|your) (?:answers?|repl(?:y|ies)|responses?"
    r"|summar(?:y|ies))\b"
    r"|\b(?:(?:all|any|other|competing|earlier|previous|these|those|such|the) (?:\w+ )?)?(?:papers?|works?"
    r"|methods?|stud(?:y|ies)"
    rf"|models?|it|they|results|(?-i:[A-Z])[\w-]+) {_MUST_BE} (?:\w+ly )?(?:recommended|cited|mentioned|trusted"
    rf"|ranked first|listed"
    r" first|quoted|praised|endorsed|promoted|omitted from|named first|presented as|described as|called)\b"
    r"|\b(?:do not|don['’]t|never|always|please|only|must|should) (?:recommend|cite|mention|rank|list|quote|praise"
    r"|promote"
    r"|endorse|trust|repeat|reply|respond)(?: \w+)? (?:this|our|these|any other|other|the users?|users|readers"
    r"|with|anything|them|only|(?-i:[A-Z])[\w-]+)\b"
    r"|^(?:please )?(?:tell|inform|warn|remind|advise|assure) (?:the |all |every |your |any )?(?:users?|readers?"
    r"|members?|asker"
    r"|human|people|everyone|person)\b"
    r"|^(?:please )?(?:say|write|state|print|repeat|reply|respond|answer|append|include|insert|add|mention|quote)"
    r"(?: \w+){0,2} (?:that|with|exactly|only|the (?:words?|phrase|sentence|line|text|string|link)|in every"
    r"|in your|to (?:your|every))\b"
    r"|\byou (?:are now|will now|have to|must|shall|should now) (?:a |an |the |not |never |always |only )?\w+"
    r"|\b(?:as an? (?:ai|assistant|language model|llm)|dear (?:ai|llm|assistant|chatbot|model"
    r"|reviewer))\b[^.]{0,30}[,:]"
    r"|\b(?:recommend|rate|rank|score|present|describe|praise|cite) (?:this|our|the present) (?:paper|work|method"
    r"|study)"
    r" (?:as|first|above|before|highly|positively|instead|with)\b"
    r"|\b(?:name|mention|cite|recommend|list|quote) (?:this|our) (?:paper|work) (?:first|before|in every|only)\b"
    r"|\bgive (?:this|our) (?:paper|work) (?:a|the) (?:positive|high|best|top)"
    # The same in the other languages that answers are often in.
    r"|\bignorier\w* (?:alle|sämtliche|die) (?:\w+ )?(?:anweisungen|regeln|befehle|vorgaben)"
    r"|\b(?:ki|sprachmodelle|assistenten|chatbots)\S* (?:sollen|müssen|dürfen|haben)\b.*\b(?:antworten|erwähnen"
    r"|empfehlen|nennen"
    r"|schreiben|sagen|zitieren)\b"
    r"|\bignore[zr]? (?:toutes |les )+(?:instructions|consignes|règles)"
    r"|\bles (?:assistants|chatbots|modèles de langue|ia) (?:doivent|sont tenus|ne doivent)\b.*\b(?:répondre"
    r"|mentionner|recommander"
    r"|citer|écrire|dire)\b"
    r"|忽略(?:之前|以上|所有|先前)|(?:助手|模型|聊天机器人)(?:必须|务必|应当)(?:回答|推荐|提及|说|写|引用)",
    re.IGNORECASE,
)
# What only the record of a paper may say of it: that it is withdrawn, or that it is no honest work.
_WORK = (
    r"(?:papers?|preprints?|articles?|publications?|stud(?:y|ies)|works?|results?|findings|experiments|numbers"
    r"|figures|claims"
    r"|authors?|evaluations?|tables?|[\w-]*[a-z][A-Z]\w*|[A-Z][\w-]*\d[\w-]*|[A-Z]{3,}[\w-]*|it|they|this|which"
    r"|et al\.?)"
)
_DISOWNED = (
    r"(?:retracted|withdrawn|fraudulent|fabricated|faked?|fakes?|falsified|plagiari[sz]ed|invented|forged|debunked"
    r"|discredited"
    r"|invalidated|no longer (?:valid|reliable|correct|trustworthy)|made up by|copied from|stolen|bogus"
    r"|a (?:\w+ )?(?:fraud|hoax|scam|fake|forgery|sham)|proven? (?:false|wrong)"
    r"|scientific misconduct|unsafe to (?:use|cite)|not to be trusted|under investigation|pulled by)"
)
_SLANDER = re.compile(
    rf"\b{_WORK}(?:['’]s? (?:\w+ )?\w+)?(?: (?:of|by|in|from|on) [^,.;]{{1,50}})?,? (?:is|are|was|were|has been"
    rf"|have been|had been"
    rf"|being|got|turned? out to be|proved to be|appears? to be)(?: (?:\w+ly|now|since|later|all|both|also|partly"
    rf"|in part|meanwhile"
    rf"|found to be|known to be|shown to be|considered|deemed|been)){{0,3}} {_DISOWNED}(?!\w)"
    r"|\b(?:is|are|was|were) (?:\w+ly |all |nothing but )?(?:a|an) (?:\w+ )?(?:hoax|scam|sham|forgery|fraud)\b"
    rf"|\b(?:retraction|withdrawal) (?:of|notice)\b|\b(?:retracted|withdrew|fabricated|faked|falsified|plagiari[sz]ed)"
    r" (?:the|their|its|his|her|all|this|that|most of (?:the|their)) (?:\w+ )?(?:papers?|preprint|article|data"
    r"|results?|numbers"
    r"|findings|experiments|figures|work)\b"
    r"|\b(?:authors|paper|preprint|work|study|article) of [\w-]+ (?:\w+ )?(?:admit|confess)"
    r"|\b(?:accused|guilty|convicted) of (?:\w+ )?(?:fraud|misconduct|plagiarism|fabricat\w+|cheating)"
    r"|\b(?:wurden?|ist|sind|war|waren) (?:\w+ )?(?:zurückgezogen|gefälscht|erfunden|plagiiert|widerrufen)"
    r"|\b(?:est|sont|a été|ont été) (?:\w+ )?(?:rétractée?s?|frauduleu(?:x|ses?)|falsifiée?s?|inventée?s?|plagiée?s?)"
    r"|(?:已被?撤回|撤稿|造假|伪造|抄袭)",
)


def quotable_sentences(paper: Paper) -> list[str]:
    """Return the sentences of an abstract in reading order, without those that no user is shown.

    Left out are sentences with markup that a front end would act upon, with an address other than the paper's own
    `code_url` and `project_url`, such as give orders to an AI assistant, and such as call a paper withdrawn or false.
    No real sentence among 67,336 of ml-papers is taken for an order or for slander; `python -m bench.extracts` counts
    what is lost.
    """
    return list(_quotable(paper.abstract, tuple(url for url in (paper.code_url, paper.project_url) if url)))


# One answer looks at each of its papers several times, and a conversation stays with the same papers.
@lru_cache(maxsize=256)
def _quotable(abstract: str, urls: tuple[str, ...]) -> tuple[str, ...]:
    own = frozenset(map(_plain, urls))
    found = (sentence for line in abstract.split("\n") for sentence in split_sentences(line))
    return tuple(sentence for sentence in found if _is_quotable(sentence, own))


def forget() -> None:
    """Let go of what is kept from earlier calls, so that the next ones can be timed."""
    _quotable.cache_clear()


def _is_quotable(sentence: str, own: frozenset[str]) -> bool:
    """Whether a sentence may be shown; `own` are the addresses of its paper without scheme and end."""
    if has_markup(sentence) or gives_orders(sentence) or slanders(sentence):
        return False
    return not has_link(sentence) or all(_plain(url) in own for url in _URL.findall(sentence))


def hub_summary(paper: Paper) -> str:
    """Return what Hugging Face's model wrote about a paper, "" where that is nothing or may not be shown.

    It is shown whole or not at all: a model that one sentence led astray is not believed in the next. No address is
    taken for the paper's own, since a summary has no need of one.
    """
    summary = paper.hub_summary or ""
    parts = (summary, *split_sentences(summary))
    return summary if all(_is_quotable(part, frozenset()) for part in parts) else ""


# What a paper says of its own code and data, usually with an address that the store doesn't know.
_RELEASE = re.compile(
    r"\b(?:code|data|datasets?|models?|weights|checkpoints|benchmarks?|corpus|project|demos?|implementation|github"
    r"|repository"
    r"|released?|available|website|page|videos?)\b",
    re.IGNORECASE,
)


def is_believable(sentence: str) -> bool:
    """Whether a sentence of an abstract counts as what its paper says, so that an answer may rest on it.

    Orders, slander of other work and markup don't, nor does a link, unless it is to what the paper releases: that is
    not quoted where the address is unknown, but that there is code may be said.
    """
    if gives_orders(sentence) or slanders(sentence):
        return False
    if has_link(sentence):
        return _RELEASE.search(sentence) is not None
    return not has_markup(sentence)


def has_link(sentence: str) -> bool:
    """Whether a sentence has an address in it."""
    # The first test is for speed: nearly every sentence ends there.
    return any(sign in sentence for sign in ("/", "www.", "mailto:")) and _URL.search(sentence) is not None


def has_markup(sentence: str) -> bool:
    """Whether a front end would make something of a sentence: a masked link, a mention, a heading, a block of code."""
    return _MARKUP.search(sentence) is not None


def gives_orders(sentence: str) -> bool:
    """Whether a sentence tells an AI assistant what to do, rather than its reader about a paper."""
    return _ORDER.search(one_line(sentence)) is not None


def slanders(sentence: str) -> bool:
    """Whether a sentence calls a paper withdrawn, or its work dishonest: only the store's record may say that."""
    return _SLANDER.search(one_line(sentence)) is not None


def _plain(url: str) -> str:
    """Return an address by which two spellings of it are compared."""
    address = re.sub(r"^[a-z0-9+.-]*https?://(?:www\.)?|^www\.", "", url.casefold())  # also "athttps://"
    return address.rstrip(".,;:!?/*_~").removesuffix(".git")
