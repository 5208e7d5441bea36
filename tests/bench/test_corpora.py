"""Abstracts and queries for the benchmarks."""

from pathlib import Path

from bench.corpora import make_queries, read_abstracts, read_documents, sampled, write_documents
from bot.search.text.tokens import tokenize
from tests.bench.beir import CORPUS, write_beir


def test_abstracts_are_read_in_order(tmp_path: Path) -> None:
    found = read_abstracts([write_beir(tmp_path) / "corpus.jsonl"])
    assert [abstract.title for abstract in found] == [title for _, title, _ in CORPUS]


def test_a_sample_is_real_while_there_are_enough_and_then_mixed(tmp_path: Path) -> None:
    real = read_abstracts([write_beir(tmp_path) / "corpus.jsonl"])
    found = list(sampled(real, 5, seed=1))
    assert set(found[:3]) == set(real)
    assert {abstract.title for abstract in found[3:]} <= {abstract.title for abstract in real}
    words = {word for abstract in real for word in abstract.text.split()}
    assert {word for abstract in found for word in abstract.text.split()} <= words
    assert found == list(sampled(real, 5, seed=1))


def test_queries_are_different_terms_of_one_abstract(tmp_path: Path) -> None:
    real = read_abstracts([write_beir(tmp_path) / "corpus.jsonl"])
    for query in make_queries(real, 10, seed=1, words=4):
        assert len(set(query)) == 4
        assert any(set(query) <= set(tokenize(abstract.text)) for abstract in real)


def test_documents_come_back_as_written(tmp_path: Path) -> None:
    documents = [["kettl", "whistl"], ["teapot"]]
    assert write_documents(tmp_path / "documents.txt", documents) == 2
    assert list(read_documents(tmp_path / "documents.txt")) == documents
