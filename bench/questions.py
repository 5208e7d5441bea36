"""Questions made from a collection of papers, the same at every run.

A question's gold papers are the ones that it was made from. What each kind is, and why it is taken to be fair:

- **named** ("What is X?"): X stands before the colon of one title only, in one or two words, and is distinctive:
  written like a name (BERT4Rec, GPT-4, ALERT), or a single word of at most three papers. Half of the wordings are typed
  in lower case, where ALERT becomes an everyday word. Names with a year ("NADI 2020") are left out: a year is a date,
  and BEIR's papers have none. Other papers may speak of X; the one that is named after it is wanted.
- **described** ("which paper proposes a … for …?"): from the first words of what an abstract says that it contributes
  ("we propose …"), up to twelve content words or the end of the clause, at least six; two thirds of them, drawn at
  random, since people don't quote. Names are left out (words with an inner capital or a digit, and the title's own
  name): a person who knew the name would give it. The words are still the paper's own, so this is a person who
  remembers well; questions with quite other words are not made here.
- **remembered**: half of those words: a person who remembers less.
- **compared** ("X vs Y"): two names as above.
- **invented** ("What is Zorblatt?"): a made-up name which no paper has, by itself or with the field's words around it
  ("How does Zorblatt train diffusion models?"). Names one typing error away from a paper's word are kept.
- **everyday**: weather, cooking, sports, law, code.

Those that ask about papers that were taken away (`held_out`) are of the first two kinds; of the names, only such as no
other paper mentions.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.answers.planning.followups import content_words, is_name
from bot.models import Paper
from bot.search.text.tokens import STOP_WORDS, tokenize

MOST_WORDS = 12
FEWEST_WORDS = 6
_RARE = 3

_WHAT_IS = ("What is {}?", "what's {}", "explain {}", "tell me about {}", "what is {}?", "What does {} do?")
_DESCRIBED = (
    "which paper proposes {}?",
    "is there a paper that presents {}?",
    "Looking for work on {}",
    "has anyone done {}",
    "I remember something about {}, which paper was that?",
    "{}?",
)
_COMPARED = (
    "How does {} compare to {}?",
    "{} vs {}",
    "What is the difference between {} and {}?",
    "{} or {}, which one is better?",
    "how does {} differ from {}?",
    "compare {} and {}",
)
_IN_CONTEXT = (
    "How does {} train diffusion models?",
    "What datasets does {} use for machine translation?",
    "does {} work better than a transformer for image classification?",
    "how many parameters does the {} language model have",
    "Which loss does {} optimize in reinforcement learning?",
    "is {} a graph neural network or an attention model",
)

EVERYDAY = tuple(
    """What will the weather be like in Lisbon tomorrow?
how do I cook basmati rice without it sticking
Who won the football world cup in 1998?
my landlord keeps the deposit, what can I do
how long do I boil an egg
best pizza place near the station
What is the capital of Mongolia?
how do I centre a div in css
can I drive in France with a British licence
why is my tomato plant yellow
How much does a train ticket from Paris to Berlin cost?
give me a recipe for banana bread
how do I get red wine out of a carpet
is it legal to record a phone call
what time does the pharmacy close on sunday
who is the president of Brazil
how to change a bicycle tyre
my dog ate chocolate, what now?
what should I wear to a wedding in november
how do I apply for a tourist visa to Japan
segmentation fault when I free a pointer twice in C
git says detached HEAD, how do I get my commits back
how many calories does an avocado have
when does the new season of the baking show start
tips for running a first marathon
how do I unclog a kitchen sink
which guitar strings are good for beginners
what is the offside rule
how do I claim back value added tax
can you write a birthday poem for my grandmother
what's a good name for a kitten
how late does the supermarket open
how do I renew my passport
what's the exchange rate of the euro to the yen
who wrote Pride and Prejudice
how do I treat a bee sting
what is the tallest mountain in Africa
should I buy or rent a flat
how do I sharpen a kitchen knife
what does a notary do""".splitlines()
)

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_CONTRIBUTES = re.compile(
    r"\b(?:we|(?:this|our)\s+(?:paper|work|article|study))\s+(?:\w+ly\s+)?"
    r"(?:propose|introduce|present|develop|describe|design)(?:e?s)?\s+",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[;:.?!]|,?\s(?=(?:that|which|and|where)\s)|\s[-–—]\s|—")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\$[^$]*\$")
_PRAISE = frozenset("novel new simple effective efficient powerful first called named termed dubbed namely".split())


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the keys of the papers that it is about; none where the collection has no answer."""

    kind: str
    text: str
    gold: tuple[str, ...] = ()


def paper_names(papers: Iterable[Paper]) -> dict[str, str]:
    """Return the papers' distinctive names by key: what stands before the colon of exactly one title."""
    papers = list(papers)
    held = _held_by(papers)
    before_colon: dict[str, str] = {}
    for paper in papers:
        name, colon, _ = paper.title.partition(":")
        if colon:
            before_colon[paper.key] = name.strip()
    times = Counter(_folded(name) for name in before_colon.values())
    return {
        key: name
        for key, name in before_colon.items()
        if times[_folded(name)] == 1 and 1 <= len(name.split()) <= 2 and _distinctive(name, held)
    }


def _folded(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


def _distinctive(name: str, held: Counter[str]) -> bool:
    if len(_folded(name)) < 2 or not tokenize(name) or _YEAR.search(name):
        return False
    return is_name(name) or (len(name.split()) == 1 and all(held[term] <= _RARE for term in tokenize(name)))


def named_questions(names: dict[str, str], *, count: int, seed: int) -> list[Question]:
    """Return "What is X?" in several wordings."""
    draw = random.Random(seed)
    keys = draw.sample(sorted(names), min(count, len(names)))
    asked = (draw.choice(_WHAT_IS).format(names[key]) for key in keys)
    return [
        Question("named", text.lower() if draw.random() < 0.5 else text, (key,))
        for key, text in zip(keys, asked, strict=True)
    ]


def compared_questions(names: dict[str, str], *, count: int, seed: int) -> list[Question]:
    """Return comparisons of two names each."""
    draw = random.Random(seed)
    pairs = (draw.sample(sorted(names), 2) for _ in range(count))
    return [Question("compared", draw.choice(_COMPARED).format(names[a], names[b]), (a, b)) for a, b in pairs]


def described_questions(
    papers: Sequence[Paper], *, count: int, seed: int, kind: str = "described", drawn: float = 2 / 3
) -> list[Question]:
    """Return questions that describe a paper by a share of the words with which it says what it contributes."""
    draw = random.Random(seed)
    questions: list[Question] = []
    for paper, words in _drawn_contributions(papers, count, draw):
        content = [place for place, word in enumerate(words) if _is_content(word)]
        forgotten = set(draw.sample(content, len(content) - round(drawn * len(content))))
        text = " ".join(word for place, word in enumerate(words) if place not in forgotten)
        questions.append(Question(kind, draw.choice(_DESCRIBED).format(text), (paper.key,)))
    return questions


def remembered_questions(papers: Sequence[Paper], *, count: int, seed: int) -> list[Question]:
    """Return questions that describe a paper by half of those words."""
    return described_questions(papers, count=count, seed=seed, kind="remembered", drawn=1 / 2)


def _drawn_contributions(papers: Sequence[Paper], count: int, draw: random.Random) -> Iterator[tuple[Paper, list[str]]]:
    found = ((paper, contribution(paper)) for paper in draw.sample(papers, len(papers)))
    for _, (paper, words) in zip(range(count), ((p, words) for p, words in found if words), strict=False):
        yield paper, words


def contribution(paper: Paper) -> list[str]:
    """Return the words with which the abstract says what it contributes, without names; none where it doesn't."""
    own = set(tokenize(paper.title.partition(":")[0])) if ":" in paper.title else set()
    for sentence in _SENTENCE_END.split(paper.abstract):
        if match := _CONTRIBUTES.search(sentence):
            rest = _BRACKETS.sub(" ", sentence[match.end() :])
            words: list[str] = []
            for clause in _CLAUSE_END.split(rest):
                words += [word for word in map(_bare, clause.split()) if word and not _left_out(word, own)]
                if sum(map(_is_content, words)) >= FEWEST_WORDS:
                    break
            words = _first(words, MOST_WORDS)
            return words if sum(map(_is_content, words)) >= FEWEST_WORDS else []
    return []


def _bare(word: str) -> str:
    return word.strip(".,;:!?()[]\"'“”‘’*_")


def _left_out(word: str, own: set[str]) -> bool:
    # The words of a title's name that are everyday words ("Attention: …") still describe the paper.
    return is_name(word) or word.lower() in _PRAISE or (word[:1].isupper() and bool(own & set(tokenize(word))))


def _is_content(word: str) -> bool:
    return bool(content_words(word))


def _first(words: list[str], count: int) -> list[str]:
    """Return the words up to the content word number `count`."""
    found = 0
    for place, word in enumerate(words):
        found += _is_content(word)
        if found == count:
            return words[: place + 1]
    while words and words[-1].lower() in STOP_WORDS:
        words = words[:-1]
    return words


def invented_questions(
    is_known: Callable[[str], bool], *, count: int, seed: int, in_context: bool = False
) -> list[Question]:
    """Return questions about made-up names, none of which has a term for which `is_known`."""
    draw = random.Random(seed)
    questions: list[Question] = []
    while len(questions) < count:
        name = invented_name(draw)
        if any(map(is_known, tokenize(name))) or is_known(_folded(name)):
            continue
        text = draw.choice(_IN_CONTEXT if in_context else _WHAT_IS).format(name)
        if not in_context and draw.random() < 0.5:
            text = text.lower()
        questions.append(Question("invented in context" if in_context else "invented", text))
    return questions


def invented_name(draw: random.Random) -> str:
    """Return a name as methods have them: Zorblatt, TraveQo, GALBERT3, BQT-7."""
    syllables = [
        draw.choice("bdfgklmnprstvz") + draw.choice("aeiou") + draw.choice(["", *"lmnrstxk"]) for _ in range(3)
    ]
    letters = "".join(draw.choices("BCDFGKLMNPQRSTVXZ", k=draw.choice([3, 4])))
    forms: list[str] = [
        "".join(syllables).capitalize(),
        syllables[0].capitalize() + "".join(syllables[1:]).capitalize(),
        f"{''.join(syllables).capitalize()}{draw.choice(['Net', 'Former', 'GAN', 'BERT', 'LM'])}",
        f"{letters}{draw.randint(2, 9)}",
        f"{letters}-{draw.randint(2, 9)}",
    ]
    return draw.choice(forms)


def everyday_questions() -> list[Question]:
    """Return questions that no collection of papers is for."""
    return [Question("everyday", text) for text in EVERYDAY]


def held_out(papers: Sequence[Paper], *, count: int, seed: int) -> tuple[list[Paper], list[Paper]]:
    """Split a collection in what stays and `count` papers that are taken away.

    Half of them have a name that no other paper mentions, the others say what they contribute.
    """
    draw = random.Random(seed)
    alone = sorted(lone_names(papers))
    taken = set(draw.sample(alone, min(count // 2, len(alone))))
    telling = sorted(paper.key for paper in papers if paper.key not in taken and contribution(paper))
    taken.update(draw.sample(telling, min(count - len(taken), len(telling))))
    return [paper for paper in papers if paper.key not in taken], [paper for paper in papers if paper.key in taken]


def lone_names(papers: Sequence[Paper]) -> dict[str, str]:
    """Return the names that have a term which no other paper has."""
    held = _held_by(papers)
    names = paper_names(papers)
    return {key: name for key, name in names.items() if any(held[term] == 1 for term in tokenize(name))}


def _held_by(papers: Iterable[Paper]) -> Counter[str]:
    """Return how many papers hold each term."""
    held: Counter[str] = Counter()
    for paper in papers:
        held.update(set(tokenize(f"{paper.title} {paper.abstract}")))
    return held
