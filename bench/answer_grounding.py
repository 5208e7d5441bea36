"""How many planted errors the checks catch, and how many true claims they let through."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.answer_claims import Claim, Prompts, expert, read_collection, read_real, rearranged, retold, verbatim
from bench.answer_figures import figures_in, numbers_in, spelled_in
from bench.answer_planted import NEAREST, PLANTS, Planting, cite, names_of, texts_of, true_quote
from bench.answer_table import Reached, at_least, at_most
from bot.answers.grounding.check import Problem
from bot.models import Paper

_SEED = 7
_TARGETS = {
    "figure, random": 0.98,
    "figure, another of the same abstract": 0.90,
    "citation, nearest other source": 0.75,
    "citation, random paper": 0.97,
    "citation beyond the sources": 1.0,
    "no citation": 1.0,
    "quotation, one word altered": 1.0,
}
_FALSE_ALARMS = 0.03
_ALL = 1_000


@dataclass(slots=True)
class Judged:
    """What the checks said of the claims of one kind: whether each plant was caught, each true claim stopped."""

    caught: dict[str, list[bool]] = field(default_factory=dict)
    stopped: list[bool] = field(default_factory=list)
    stopped_with_figures: list[bool] = field(default_factory=list)
    stopped_quotes: list[bool] = field(default_factory=list)
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    alarms: list[tuple[str, str]] = field(default_factory=list)


def grounding_rows(shared: Path, *, abstracts: int, experts: int) -> tuple[list[Reached], list[str]]:
    """Return the rows about claims, and lines about what was missed and left out.

    `abstracts` of the collection are taken for verbatim claims, and `experts` of the expert claims; without abstracts
    the collection isn't read at all.
    """
    real = read_real(shared / "eval")
    collection = read_collection(shared / "ir" / "ml-papers") if abstracts else []
    prompts = Prompts([*real, *collection])
    told = random.Random(_SEED).sample(collection, min(abstracts, len(collection)))
    kinds = {"retold": retold(real), "verbatim": verbatim(told)}
    kinds["rearranged"] = rearranged(kinds["verbatim"], seed=_SEED)
    rows: list[Reached] = []
    notes: list[str] = []
    for kind, claims in kinds.items():
        if not claims:
            continue
        judged = judge(claims, prompts, strangers=collection or real, most=_ALL if kind == "retold" else 1)
        rows += _rows(kind, judged)
        notes += [f"missed, {kind}, {plant}: {wrong} || {right}" for plant, wrong, right in judged.missed]
        notes += [f"stopped, {kind}, {why}: {text}" for text, why in judged.alarms]
        notes += [f"left out, {kind}: {_left_out(claims)}"]
    return [*rows, *(_expert_rows(shared, experts) if experts else [])], notes


def judge(claims: Sequence[Claim], prompts: Prompts, *, strangers: Sequence[Paper], most: int = 1) -> Judged:
    """Check every claim as it is, and with each error that can be planted into it: of figures `most` at the most."""
    judged = Judged()
    names, ordinary = names_of(strangers)
    for place, claim in enumerate(claims):
        sources, grounder = prompts.of(claim.paper)
        planting = Planting(texts_of(sources), names, ordinary, random.Random(_SEED + place), most)
        problems = grounder.check(cite(claim.text, 1)).problems
        judged.stopped.append(bool(problems))
        if figures_in(claim.text) or spelled_in(claim.text):
            judged.stopped_with_figures.append(bool(problems))
        if problems:
            judged.alarms.append((claim.text, problems[0].name))
        judged.stopped_quotes += [Problem.QUOTE in grounder.check(it).problems for it in true_quote(claim, planting)]
        for name, plant in PLANTS.items():
            if name.startswith("citation, nearest") and len(sources) < NEAREST:
                continue
            for wrong in plant(claim, planting):
                _note(judged, name, wrong, claim, caught=bool(grounder.check(wrong).problems))
        if strange := prompts.with_stranger(claim.paper, strangers):
            wrong = cite(claim.text, NEAREST)
            _note(judged, "citation, random paper", wrong, claim, caught=bool(strange.check(wrong).problems))
    return judged


def _note(judged: Judged, plant: str, wrong: str, claim: Claim, *, caught: bool) -> None:
    judged.caught.setdefault(plant, []).append(caught)
    if not caught:
        judged.missed.append((plant, wrong, claim.text))


def _rows(kind: str, judged: Judged) -> list[Reached]:
    rows = [
        at_least(f"planted in {kind} claims: {plant}, caught", judged.caught[plant], _TARGETS.get(plant))
        for plant in [*PLANTS, "citation, random paper"]
        if plant in judged.caught
    ]
    return [
        *rows,
        at_most(f"true {kind} claims stopped", judged.stopped, _FALSE_ALARMS),
        at_most(f"true {kind} claims with figures stopped", judged.stopped_with_figures, _FALSE_ALARMS),
        at_most(f"true quotations stopped ({kind})", judged.stopped_quotes, _FALSE_ALARMS),
    ]


def _expert_rows(shared: Path, count: int) -> list[Reached]:
    """Return how far a paraphrase may go: expert claims share few words with their abstracts."""
    papers, claims = expert(shared / "ir" / "scifact")
    prompts = Prompts(papers)
    chosen = random.Random(_SEED).sample(claims, min(count, len(claims)))
    passed: list[bool] = []
    caught: list[bool] = []
    for claim in chosen:
        _, grounder = prompts.of(claim.paper)
        passed.append(not grounder.check(cite(claim.text, 1)).problems)
        caught.append(bool(grounder.check(cite(claim.text, NEAREST)).problems))
    return [
        at_least("expert claims (scifact) that pass, cited rightly", passed),
        at_least("expert claims (scifact) caught, nearest other source cited", caught),
    ]


def _left_out(claims: Sequence[Claim]) -> str:
    """Tell which numbers are no figures to plant upon."""
    numbers = [number for claim in claims for number in numbers_in(claim.text)]
    why = Counter(number.excluded or "figure" for number in numbers)
    return ", ".join(f"{count:,} {reason}" for reason, count in why.most_common())
