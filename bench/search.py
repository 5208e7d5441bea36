"""Measure search: `python -m bench.search --speed` beside rank_bm25 and bm25s, `--beir DIR` by judged queries."""

import argparse
from pathlib import Path

from bench.speed import run_speed

_CORPUS = Path("../shared/ir/ml-papers/corpus.jsonl")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--beir", type=Path, metavar="DIR", help="quality on a collection in BEIR layout")
    parser.add_argument("--speed", action="store_true", help="speed and memory beside rank_bm25 and bm25s (Linux)")
    parser.add_argument("--sizes", default="1000,10000,100000", help="abstracts, comma-separated (%(default)s)")
    parser.add_argument(
        "--corpus", type=Path, nargs="+", default=[_CORPUS], help="files of BEIR's corpus.jsonl layout (%(default)s)"
    )
    parser.add_argument("--assistant", action="store_true", help="with --beir: ask the assistant, without a model")
    options = parser.parse_args()
    if not options.speed and options.beir is None:
        parser.error("say --speed or --beir DIR")
    if options.beir is not None:
        from bench.evaluation import run_beir  # noqa: PLC0415 - not needed for --speed

        run_beir(options.beir, assistant=options.assistant)
    if options.speed:
        missing = [path for path in options.corpus if not path.is_file()]
        if missing:
            parser.error(f"no file {missing[0]}: name one with --corpus")
        sizes = [int(size) for size in options.sizes.split(",")]
        run_speed(sizes=sizes, corpora=options.corpus)


if __name__ == "__main__":
    main()
