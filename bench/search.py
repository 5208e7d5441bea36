"""Measure search: `python -m bench.search --speed` beside other engines, `--beir DIR` by judged queries.

`--speed` measures the first stage alone and then whole searches; `--whole` only these.
"""

import argparse
from pathlib import Path

from bench.speed import run_speed
from bench.whole_search import run_whole_search

_CORPUS = Path("../shared/ir/ml-papers/corpus.jsonl")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--beir", type=Path, metavar="DIR", help="quality on a collection in BEIR layout")
    parser.add_argument("--speed", action="store_true", help="speed and memory beside rank_bm25 and bm25s (Linux)")
    parser.add_argument("--whole", action="store_true", help="whole searches beside bm25s and tantivy, if installed")
    parser.add_argument("--sizes", default="1000,10000,100000", help="abstracts, comma-separated (%(default)s)")
    parser.add_argument(
        "--corpus", type=Path, nargs="+", default=[_CORPUS], help="files of BEIR's corpus.jsonl layout (%(default)s)"
    )
    parser.add_argument("--assistant", action="store_true", help="with --beir: ask the assistant, without a model")
    options = parser.parse_args()
    if not options.speed and not options.whole and options.beir is None:
        parser.error("say --speed, --whole or --beir DIR")
    if options.beir is not None:
        from bench.evaluation import run_beir  # noqa: PLC0415 - not needed for --speed

        run_beir(options.beir, assistant=options.assistant)
    if options.speed or options.whole:
        missing = [path for path in options.corpus if not path.is_file()]
        if missing:
            parser.error(f"no file {missing[0]}: name one with --corpus")
        sizes = [int(size) for size in options.sizes.split(",")]
        if options.speed:
            run_speed(sizes=sizes, corpora=options.corpus)
        run_whole_search(sizes=sizes, corpora=options.corpus)


if __name__ == "__main__":
    main()
