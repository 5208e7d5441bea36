"""What the payloads are made of: texts as a model might write them, a server's rules, papers with all facts, feeds.

The model's texts go through the same checks as any other answer.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.ingest.freshness import FeedHistory, FeedState, feed_state
from bot.models import HubLinks, HubRepositories, Paper
from bot.sources.feed import FeedCalendar
from bot.store.feeds import FeedRun, Outcome
from bot.store.protocol import UpsertCounts

ANSWER = """Stormer is a transformer for weather forecasting that changes the standard backbone only a little [1]. \
It is trained to predict the weather over intervals of differing length, so that several forecasts for one lead time \
can be merged into a better one [1]. On WeatherBench 2 it beats existing methods beyond 7 days, with orders of \
magnitude less training data and compute [1]."""

FOLLOW_UP = """Stormer gets there with orders of magnitude less training data and compute than existing methods [1]."""

SUMMARY = """\
In short | 1 | Stormer forecasts the weather with an almost unchanged transformer and wins at long lead times [1].
Problem | 1 | not stated
Method | 1 | A randomized objective teaches it intervals of differing length, so that several predictions for one lead \
time are merged; pressure-weighted loss and weather-specific embedding are its other key components [1].
Result | 1 | On WeatherBench 2 it is competitive at short to medium range and better than existing methods at lead \
times longer than 7 days [1].
Limits | 1 | not stated
"""

LINES = """\
In short | 1 | STEP is a framework in which Spiking Transformers are evaluated in the same way [1].
Result | 1 | Its ablations suggest that current models lean on convolutional frontends and are weak at temporal \
modeling [1].
In short | 2 | Meta-SpikeFormer is a general architecture for spiking networks, meant for neuromorphic computing [2].
Result | 2 | With 55M parameters it reaches 80.0% top-1 accuracy on ImageNet-1K, 3.7% more than the SNN baselines [2].
In short | 3 | QSD-Transformer quantizes a spike-driven Transformer to low bit-width parameters [3].
Result | 3 | It reaches 80.3% top-1 accuracy on ImageNet while power consumption falls by 6.0 times [3].
In short | 4 | SpikeGPT is a language model built from binary, event-driven spiking activation units [4].
Result | 4 | It stays competitive with non-spiking models with 20x fewer operations on neuromorphic hardware [4].
"""

OVERVIEW = """Two of these papers build spike-driven Transformers for vision and report about 80% top-1 accuracy on \
ImageNet [2][3]. SpikeGPT brings spiking activation units to language instead [4]. STEP evaluates such models in the \
same framework, and its ablations suggest that they lean on convolutional frontends [1]."""

COMPARISON = """\
Problem | A | Large spiking Transformers demand resources, and the quantized baseline alone loses much performance [1].
Problem | B | No neuromorphic chip is designed especially for spiking networks of the Transformer kind [2].
Method | A | A bi-level strategy: an information-enhanced LIF rectifies the Q-SDSA distribution, and fine-grained \
distillation aligns it with the ANN counterpart [1].
Method | B | A general meta-architecture with spike-driven self-attention and only sparse addition [2].
Data | A | It is evaluated on ImageNet [1].
Data | B | It is evaluated on ImageNet-1K [2].
Result | A | 80.3% top-1 accuracy on ImageNet [1].
Result | B | Meta-SpikeFormer (55M) reaches 80.0% top-1 accuracy on ImageNet-1K, 3.7% more than the SNN baselines [2].
Cost | A | Power consumption falls by 6.0 times and model size by 8.1 times against the prior SNN benchmark [1].
Cost | B | not stated
Code | A | not stated
"""

EXPLANATION = """Spiking neural networks (SNNs) are energy-efficient but harder to train [2]. Their activation units \
are binary and event-driven, and with them SpikeGPT needs 20x fewer operations on neuromorphic hardware that exploits \
sparse, event-driven activations [2]. Most SNNs for neuromorphic computing are based on CNNs; Meta-SpikeFormer is a \
Transformer-based architecture for them [1]. Spiking Transformers join their efficiency to self-attention [4]."""

_KETTLES = """Kettles whistle for many reasons, and nobody listens to all of them. We present KettleNet, a network of \
12 layers that tells 31 kinds of whistles apart by their overtones alone. On KettleBench it reaches 91.5% accuracy, \
4.2 points more than the best method before it, with a tenth of the parameters. Our results hold for small kettles \
too; electric ones remain open. Code and recordings are available."""

RULES: dict[str, Any] = {
    "channels": ("100000000000000101", "100000000000000102"),
    "roles": ("100000000000000201",),
    "answer_language": "de",
    "cooldown_seconds": 30,
    "user_answers": 20,
}
"""The rules of a server, as its admins set them."""

GUILD: dict[str, Any] = {
    "channels": ["100000000000000101", "100000000000000102"],
    "roles": ["100000000000000201"],
    "looked_at": ["100000000000000101", "100000000000000102"],
    "lacking": [("100000000000000102", ["Embed Links", "Read Message History"])],
    "digests": ["**Spikes and speech** in <#100000000000000101>, on Mon to Fri at 08:30, Europe/Berlin"],
}
"""What else /setup shows of that server."""

LISTED = (
    Paper(
        title="KettleNet: Telling Whistles Apart by Their Overtones",
        abstract=_KETTLES,
        origin="example",
        arxiv_id="2611.01234",
        version=2,
        authors=("Ada Kettle", "Ben Spout", "Çelik Demir", "Dana Lid"),
        published=date(2026, 11, 18),
        listed=date(2026, 11, 20),
        upvotes=48,
        comments=6,
        code_url="https://github.com/example/kettlenet",
        project_url="https://kettlenet.example/",
        organisation="Example Institute of Tea",
        venue="NeurIPS 2026",
        categories=("cs.SD", "cs.LG"),
        stars=312,
        hub_url="https://huggingface.co/papers/2611.01234",
        hub_summary="KettleNet recognises 31 kinds of kettle whistles by their overtones, with a tenth of the "
        "parameters of earlier methods.",
        thumbnail_url="https://cdn.kettlenet.example/2611.01234.png",
        submitter="Taz Hill",
    ),
    Paper(
        title="PotBench: Do Language Models Know When Water Boils?",
        abstract="PotBench asks 1,200 questions on boiling water. The best of nine models answers 61% of them.",
        origin="example",
        arxiv_id="2611.04321",
        authors=("Eve Burner", "Finn Steam"),
        published=date(2026, 11, 19),
        listed=date(2026, 11, 20),
        upvotes=31,
        comments=2,
        categories=("cs.CL",),
        hub_url="https://huggingface.co/papers/2611.04321",
    ),
    Paper(
        title="Whistle Less: Pruning Overtones from Audio Transformers",
        abstract="We prune audio transformers by their overtones. Half of the heads go without loss.",
        origin="example",
        arxiv_id="2611.05555",
        authors=("Gus Handle", "Hana Mug", "Ida Cosy", "Jan Saucer", "Kim Leaf"),
        published=date(2026, 11, 21),
        upvotes=7,
        code_url="https://github.com/example/whistle-less",
        categories=("cs.SD",),
    ),
)


LINKS = HubLinks(
    models=HubRepositories(
        tuple((name, f"https://huggingface.co/{name}") for name in ("example/kettlenet-s", "example/kettlenet-l")), 2
    ),
    datasets=HubRepositories((("example/kettlebench", "https://huggingface.co/datasets/example/kettlebench"),), 1),
    spaces=HubRepositories((("example/which-kettle", "https://huggingface.co/spaces/example/which-kettle"),), 1),
)
"""What Hugging Face links to the first of them."""


def feeds(now: datetime) -> tuple[FeedState, ...]:
    """Return a feed in each state of freshness; `now` is the morning of a Monday."""
    early, late = _calendar(time(6)), _calendar(time(20))
    today, friday, before = now.date(), now.date() - timedelta(days=3), now.date() - timedelta(days=9)
    return tuple(
        feed_state("example", title, calendar, history, now=now, poll=timedelta(minutes=30))
        for title, calendar, history in (
            ("Daily Papers", early, _read(now, today)),
            ("arXiv (API)", early, _read(now, friday)),
            ("arXiv (announcements)", late, _read(now, friday)),
            ("The lab's feed", early, _read(now, before)),
            ("The club's feed", early, _read(now, friday, reason="the feed is unreachable or failing (HTTP 503)")),
        )
    )


def _calendar(hour: time) -> FeedCalendar:
    weekdays = frozenset(range(5))
    return FeedCalendar(zone=ZoneInfo("UTC"), weekdays=weekdays, hour=hour, late_after=timedelta(hours=6))


def _read(at: datetime, newest: date, *, reason: str | None = None) -> FeedHistory:
    outcome = Outcome.FAILED if reason else Outcome.DONE
    run = FeedRun(
        number=1,
        feed="example",
        job="poll",
        started_at=at,
        ended_at=at,
        outcome=outcome,
        reason=reason,
        counts=UpsertCounts(0, 0, 0),
        refused=0,
        refusals=(),
        newest=newest,
    )
    return FeedHistory(runs=[run], last_done=run, newest=newest)
