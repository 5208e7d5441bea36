"""Ways of choosing one sentence, against claims."""

from pathlib import Path

from bench.one_sentence import Chosen, choices, measure_choices, read_claims
from bot.answers.sentences import split_sentences
from bot.search.engine.index import Bm25Index
from tests.bench.beir import write_beir
from tests.factories import make_paper

PAPER = make_paper(
    title="Copper lids rattle",
    abstract="Kitchens are old. Lids hum. Lids of copper rattle. Copper shines. Pots boil.",
)


def test_each_way_chooses_a_sentence_of_the_abstract() -> None:
    sentences = split_sentences(PAPER.abstract)
    chosen = {name: choose(PAPER, sentences) for name, choose in choices(Bm25Index([PAPER])).items()}
    assert set(chosen.values()) <= set(sentences)
    assert chosen["lead"] == "Kitchens are old."
    assert chosen["last"] == "Pots boil."
    assert chosen["title overlap"].startswith("Lids of copper")
    assert chosen["LexRank"].startswith("Lids of copper")
    assert chosen["TextRank"].startswith("Lids of copper")


def test_the_oracle_is_the_best() -> None:
    figures = {one.name: one for one in measure_choices([PAPER], [(PAPER, "pots boil"), (PAPER, "kitchens are old")])}
    assert figures["oracle"].rouge_1 == figures["oracle"].rouge_l == 1.0
    assert figures["lead"].rouge_1 == 0.5
    assert all(one.rouge_1 <= 1.0 and one.pairs == 2 for one in figures.values())


def test_a_row_of_the_table() -> None:
    assert str(Chosen("lead", 0.24, 0.2, 1200)) == "| lead | 0.240 | 0.200 | 1,200 |"


def test_claims_are_read_with_their_papers(tmp_path: Path) -> None:
    papers, pairs = read_claims(write_beir(tmp_path))
    assert len(papers) == 3
    assert all(paper in papers and claim for paper, claim in pairs)
