"""A source, taken apart once for all the sentences that are checked against it, and the names in both."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from bot.answers.extracts.quotable import is_believable, quotable_sentences
from bot.answers.grounding.figures import Figure, figure_values, find_figures, list_length, typeset
from bot.answers.grounding.record import speaks_of_votes
from bot.answers.grounding.restated import list_lengths, worded
from bot.answers.sentences import split_sentences
from bot.models import Paper
from bot.search.text.tokens import fold, tokenize

_WORD = re.compile(r"[^\W_]+(?:[-.+/'’][^\W_]+)*\+*")
_PART = re.compile(r"[+/]|-(?=[^\W\d_]{2})|(?<=[^\W\d_]{2})-(?=[^\W\d_])|(?<=[a-z])\.(?=[A-Z][a-z])")
_MARKED = re.compile(r"[^\W\d_]-?\d|\d[^\W\d_]*[A-Z]|[^\W_][A-Z]")
_POSSESSIVE = re.compile(r"['’]s?$")
_JOINED = 3

# Capitalised in mid-sentence though they name nothing of the sources.
_DATE_WORDS = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
_ORDINARY = _DATE_WORDS | frozenset("i arxiv english yes no".split())


def foreign_names(sentence: str, known: frozenset[str], *, capitals: bool) -> list[str]:
    """Return the names in a sentence that are not among the `known` forms of its sources (see `name_forms`).

    Names are words with a digit beside letters or a capital that doesn't open them; with `capitals`, as English has
    them, also words that begin with one in mid-sentence. Without, the plain parts of a compound may be of another
    language: "RWKV-Architektur", "l'AST".
    """
    names = _names(typeset(sentence), capitals=capitals)
    return [word for word in names if not _stands(word, known, capitals=capitals)]


def proper_names(sentence: str) -> frozenset[str]:
    """Return the names in a sentence, as English has them, as letters and digits in lower case."""
    return frozenset(_fold(word) for word in _names(typeset(sentence), capitals=True))


def name_forms(text: str) -> frozenset[str]:
    """Return every word of a text, its parts, and neighbours joined, as letters and digits in lower case.

    "Spike-GPT", "Spike GPT" and "SpikeGPT" have a form in common; "GPT-40" and "GPT-4" have none.
    """
    words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(typeset(text))]
    forms = {form for word in words for part in (word, *_parts(word), *_stems(word)) for form in _folded(part)}
    for size in range(2, _JOINED + 1):
        forms |= {_fold("".join(words[at : at + size])) for at in range(len(words) - size + 1)}
    hosts = (host for address, host in _HOSTS.items() if address in text.casefold())
    return frozenset(forms).union(*hosts, short_forms(text))


_HOSTS = {
    "github.": {"github"},
    "gitlab.": {"gitlab"},
    "huggingface.": {"hugging", "face", "huggingface"},
    "arxiv.": {"arxiv"},
}
# Whoever hears one of these words of the field says the short form.
_FIELD = {
    "ai": "artificial intelligence", "ann": "artificial neural", "asr": "speech recognition", "bnn": "binary neural",
    "cnn": "convolution", "cot": "chain-of-thought", "cpu": "processor", "cv": "computer vision",
    "dl": "deep learning", "dnn": "deep neural", "gan": "adversarial network", "gnn": "graph neural",
    "icl": "in-context learning", "kd": "distillation", "kg": "knowledge graph", "llm": "language model",
    "lm": "language model", "mae": "masked autoencoder", "ml": "machine learning", "mllm": "multimodal",
    "moe": "mixture",
    "mt": "machine translation", "nas": "architecture search", "ner": "entity recognition", "nlp": "natural language",
    "nmt": "neural machine translation", "ocr": "character recognition", "ode": "differential equation",
    "pde": "differential equation", "qa": "question answering", "rag": "retrieval-augmented",
    "rl": "reinforcement learning", "rnn": "recurrent", "sft": "fine-tuning", "smt": "statistical machine translation",
    "snn": "spiking", "ssm": "state space", "tts": "text-to-speech", "vit": "vision transformer",
    "vlm": "vision-language",
    "vqa": "visual question",
}  # fmt: skip
_INITIALS = 3
"""Letters of a short form that stands for any run of words with its initials. Two are too often there by chance."""

_LONGEST_SHORT = 6


def short_forms(text: str) -> frozenset[str]:
    """Return the short forms, in small letters, of what a text spells out: "gnn" for "graph neural networks".

    These are the usual ones of the field, and the initials of three to six words that have capitals or end in a noun
    such as "network": those of any words at all would be any short form.
    """
    plain = re.sub(r"[-\s]+", " ", text.casefold())
    found = {short for short, words in _FIELD.items() if words.replace("-", " ") in plain}
    for clause in re.split(r"[^\w\s-]|\n", text):
        words = re.findall(r"[^\W\d_]+", clause)
        for end, word in enumerate(words, start=1):
            for size in range(_INITIALS, min(end, _LONGEST_SHORT) + 1):
                run = words[end - size : end]
                if all(it[0].isupper() for it in run) or (
                    word.casefold().rstrip("s") in _HEADS and _SMALL_WORDS.isdisjoint(run)
                ):
                    found.add("".join(it[0] for it in run).casefold())
    return frozenset(found)


_HEADS = frozenset(
    "network model learning attention transformer machine generation recognition detection translation retrieval "
    "search optimization distillation memory equation encoder autoencoder regression expert thought descent tree "
    "forest segmentation adaptation answering processing understanding inference modeling estimation".split()
)
_SMALL_WORDS = frozenset(
    "a an the we our is are was were be been that this these those it its their they has have by from at as which can "
    "not than then into also such both or but while when where show shows using used use with on".split()
)


def _stems(name: str) -> list[str]:
    """Return a name without the number of its size or year: "ImageNet" of "ImageNet-1K", "ResNet" of "ResNet50"."""
    match = re.match(r"([^\W\d_]{3,})-?\d+[A-Za-z]?$", name)
    return [match[1]] if match else []


_NO_CODE = frozenset(tokenize("no code is known"))
_VOTED_ON = "Hugging Face Daily Papers"
"""Where votes come from, which a sentence on them may name."""

_ELIDED = re.compile(r"^(?:[ldnjmcst]|qu|dell|all|nell)['’]", re.IGNORECASE)


def _stands(name: str, known: frozenset[str], *, capitals: bool) -> bool:
    if _folded(name) & known:
        return True
    name = _ELIDED.sub("", name)
    if _folded(name) & known or not (capitals or _MARKED.search(name)):
        return True
    parts = [part for part in _parts(name) if _MARKED.search(part) or (capitals and part[:1].isupper())]
    return len(_parts(name)) > 1 and bool(parts) and all(_folded(part) & known for part in parts)


_COGNATE = 5
"""Letters that "Architektur" and "architecture" have in common, and no two words by chance."""


def beginnings(text: str) -> frozenset[str]:
    """Return the first letters of a text's longer words, folded."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    return frozenset(word[:_COGNATE].replace("k", "c") for word in words if len(word) >= _COGNATE and word.isascii())


def names_at(text: str) -> Iterable[tuple[int, str]]:
    """Yield the names in a sentence, as English has them, with the places where they begin."""
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        if _MARKED.search(word) or (_is_capitalised(word) and _within(text, match.start())):
            yield match.start(), word


def _names(text: str, *, capitals: bool) -> Iterable[str]:
    return (word for _, word in names_at(text) if capitals or _MARKED.search(word))


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and len(word) > 1 and word.casefold() not in _ORDINARY


def _within(text: str, start: int) -> bool:
    """Whether the word at `start` is in mid-sentence, so that its capital means something."""
    return bool(re.search(r"[^\W_][\"”’')]*,?\s+[\"“‘'(]?$", text[:start]))


def _parts(word: str) -> list[str]:
    return [part for part in _PART.split(word) if part]


def _folded(word: str) -> set[str]:
    """Return the forms of a word: letters and digits in lower case, and the same without a plural's s."""
    form = _fold(word)
    return {form, form[:-1]} if len(form) > 2 and form.endswith("s") else {form}


def _fold(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).casefold()


@dataclass(frozen=True)
class SourceText:
    """A paper's title and abstract as sentences, with the terms, names and figures of each."""

    paper: Paper

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The abstract's sentences on which an answer may rest, in order; where there are none, the title."""
        written = [sentence for part in self.paper.abstract.split("\n") for sentence in split_sentences(part)]
        found = [sentence for sentence in written if is_believable(sentence)]
        return tuple(found) or (self.paper.title,)

    @cached_property
    def record(self) -> str:
        """What the store knows of the paper beside its text, as a prompt gives it."""
        paper = self.paper
        facts = [
            f"published {paper.published.day} {paper.published:%B %Y}" if paper.published else "",
            f"withdrawn {paper.withdrawn.day} {paper.withdrawn:%B %Y}" if paper.withdrawn else "",
            f"{paper.author_count} authors" if paper.author_count else "",
            f"authors {', '.join(paper.authors)}" if paper.authors else "",
            f"organisation {paper.organisation}" if paper.organisation else "",
            f"venue {paper.venue}" if paper.venue else "",
            "code is public" if paper.code_url else "no code is known",
            f"{paper.upvotes} upvotes" if paper.upvotes is not None else "",
        ]
        return f"From the record: {'; '.join(filter(None, facts))}."

    @cached_property
    def record_terms(self) -> frozenset[str]:
        """The terms of the record, and its date in figures; not those of "no code is known", which support no claim."""
        paper = self.paper
        votes = "" if paper.upvotes is None else "vote voted"
        terms = frozenset(tokenize(f"{self.record} {paper.published or ''} {votes}"))
        return terms if paper.code_url else terms - _NO_CODE

    @cached_property
    def texts(self) -> list[str]:
        """What a quotation may be taken from."""
        return [self.paper.title, " ".join(self.sentences)]

    @cached_property
    def quotable(self) -> frozenset[str]:
        """The sentences that may be shown word for word."""
        return frozenset(quotable_sentences(self.paper))

    @cached_property
    def terms(self) -> tuple[frozenset[str], ...]:
        """The terms of each sentence."""
        return tuple(frozenset(tokenize(sentence)) for sentence in self.sentences)

    @cached_property
    def title_terms(self) -> frozenset[str]:
        """The title's terms, which count with every sentence: "it" is what the title names."""
        return frozenset(tokenize(self.paper.title))

    @cached_property
    def names(self) -> frozenset[str]:
        """Every form of a name in it, its authors' and organisation's included."""
        paper = self.paper
        voted_on = "" if paper.upvotes is None else _VOTED_ON
        known = [*paper.authors, paper.organisation, paper.venue, *paper.categories, *paper.keywords, voted_on]
        facts = filter(None, known)
        return name_forms("\n".join([*self.texts, *facts, self.paper.code_url or ""]))

    @cached_property
    def figures_of(self) -> tuple[tuple[Figure, ...], ...]:
        """The figures of each sentence."""
        return tuple(tuple(find_figures(sentence)) for sentence in self.sentences)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of title and abstract."""
        return (*find_figures(self.paper.title), *chain.from_iterable(self.figures_of))

    @cached_property
    def listed(self) -> str | None:
        """How many items a numbered list in the abstract has, or None."""
        return list_length(self.paper.abstract)

    @cached_property
    def worded(self) -> frozenset[str]:
        """The figures that its words may be given as."""
        return worded(self.paper.abstract)

    @cached_property
    def lists(self) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        """How many items the lists of each sentence have, with its terms and the title's."""
        found = (
            (list_lengths(text), held | self.title_terms) for text, held in zip(self.sentences, self.terms, strict=True)
        )
        return tuple((lengths, held) for lengths, held in found if lengths)

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first letters of its longer words, by which a word of another language is known to be the same."""
        return beginnings(" ".join(self.texts))

    def facts(self, sentence: str) -> frozenset[str]:
        """Return the figures of the paper's dates, authors and votes, where `sentence` speaks of such.

        Elsewhere they are no support: "6 tasks" is not true because the paper came out on the 6th.
        """
        facts: set[str] = set()
        paper = self.paper
        if paper.published and re.search(rf"\b{paper.published:(?:%Y|%B|%b)}\b", sentence):
            facts |= figure_values(f"{paper.published} {paper.published.day}")
        if paper.withdrawn and re.search(r"\bwithdrawn\b|\bretracted\b", sentence, re.IGNORECASE):
            facts |= figure_values(f"{paper.withdrawn} {paper.withdrawn.day}")
        if paper.author_count and re.search(r"\baut\w*r", sentence, re.IGNORECASE):  # author, Autor, auteur
            facts.add(str(paper.author_count))
        if paper.upvotes is not None and speaks_of_votes(sentence):
            facts.add(str(paper.upvotes))
        return frozenset(facts)
