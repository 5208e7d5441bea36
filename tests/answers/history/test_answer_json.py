"""Answers as JSON and back."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer import Answer, Column, Evidence, Kind, Row, Source, Statement, Task, number_sources
from bot.answers.history.archive import dump, load
from bot.errors.services import ModelLate
from bot.models import Paper
from tests.factories import make_papers

PAPERS = make_papers("Kettles", "Pots", "Pans")
BY_KEY = {paper.key: paper for paper in PAPERS}
FIRST = Statement("Kettles whistle.", (1, 2), "\n- ", (Evidence(1, "They whistle."), Evidence(2, "Pots hum.")))
SECOND = Statement("Pots hum.", (2,), evidence=(Evidence(2, "Pots hum."),))
ANSWER = Answer(
    task=Task.COMPARISON,
    question="which vessel whistles?",
    kind=Kind.ANSWER,
    statements=(FIRST, SECOND),
    columns=(Column("Kettles", (1,)), Column("Pots", (2, 3))),
    rows=(Row("result", ((SECOND,), ())),),
    sources=number_sources(PAPERS),
    searched=412,
    span=(date(2024, 1, 1), date(2024, 1, 5)),
    wording="Which vessel of 水壶 whistles?",
    keywords=("kettle", "whistle"),
    notice="The answer breaks off here.",
    model="small",
    prompts_hash="abc",
    id="id0123456789",
    cached=True,
)

numbers = st.lists(st.integers(1, 3), max_size=3).map(tuple)
texts = st.text(max_size=30)
statements = st.lists(
    st.builds(
        Statement,
        texts,
        numbers,
        st.sampled_from([" ", "\n", "\n- "]),
        st.lists(st.builds(Evidence, st.integers(1, 3), texts), max_size=2).map(tuple),
    ),
    max_size=3,
).map(tuple)
answers = st.builds(
    Answer,
    task=st.sampled_from(Task),
    kind=st.sampled_from(Kind),
    question=texts,
    statements=statements,
    columns=st.lists(st.builds(Column, texts, numbers), max_size=3).map(tuple),
    rows=st.lists(st.builds(Row, texts, st.lists(statements, max_size=2).map(tuple)), max_size=2).map(tuple),
    sources=st.sampled_from([number_sources(PAPERS), number_sources(PAPERS[:1]), (Source(3, PAPERS[1]),), ()]),
    searched=st.integers(0, 10**9),
    span=st.none() | st.tuples(st.dates(), st.dates()),
    wording=st.none() | texts,
    keywords=st.lists(texts, max_size=3).map(tuple),
    notice=st.none() | texts,
    failure=st.none(),
    model=st.none() | texts,
    prompts_hash=st.none() | texts,
    id=st.none() | texts,
    cached=st.booleans(),
)


@given(answers)
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    assert load(dump(answer), BY_KEY) == answer


def test_the_json_holds_the_keys_of_papers_and_nothing_of_their_text() -> None:
    stored = json.loads(dump(ANSWER))
    assert stored["sources"] == [[1, "2401.00001"], [2, "2401.00002"], [3, "2401.00003"]]
    assert PAPERS[0].abstract not in dump(ANSWER)
    assert "水壶" in dump(ANSWER), "readable for who looks into the store"


def test_a_failure_is_not_kept_but_its_notice_is() -> None:
    loaded = load(dump(replace(ANSWER, failure=ModelLate(detail="1 s"))), BY_KEY)
    assert loaded == ANSWER


def gone(*titles: str) -> dict[str, Paper]:
    return {key: paper for key, paper in BY_KEY.items() if paper.title not in titles}


def test_a_source_whose_paper_is_gone_is_cited_nowhere_and_the_reader_is_told() -> None:
    loaded = load(dump(ANSWER), gone("Pots"))
    assert loaded is not None
    assert [source.number for source in loaded.sources] == [1, 3]
    assert loaded.statements == (
        Statement("Kettles whistle.", (1,), "\n- ", (Evidence(1, "They whistle."),)),
        Statement("Pots hum.", ()),
    )
    assert loaded.columns == (Column("Kettles", (1,)), Column("Pots", (3,)))
    assert loaded.rows == (Row("result", ((Statement("Pots hum.", ()),), ())),)
    assert loaded.notice == (
        "The answer breaks off here. One source of this answer is no longer available, so its citations were removed."
    )


def test_several_that_are_gone_are_counted() -> None:
    loaded = load(dump(replace(ANSWER, notice=None)), gone("Pots", "Pans"))
    assert loaded is not None
    assert loaded.notice == "2 sources of this answer are no longer available, so their citations were removed."


WHOLE = json.loads(dump(ANSWER))


@pytest.mark.parametrize(
    "text",
    [
        *("", "null", "[]", "{}", "{", dump(ANSWER)[:-20], "\x00", "1e999"),
        json.dumps({**WHOLE, "version": 2}),
        json.dumps({**WHOLE, "kind": "poem"}),
        json.dumps({**WHOLE, "searched": "412"}),
        json.dumps({**WHOLE, "more": 1}),
        json.dumps({**WHOLE, "statements": [{"text": 3, "citations": []}]}),
        json.dumps({**WHOLE, "sources": [["1", "2401.00001"]]}),
        json.dumps({**WHOLE, "span": ["2024-01-01"]}),
        json.dumps({name: value for name, value in WHOLE.items() if name != "rows"}),
    ],
)
def test_what_is_malformed_counts_as_not_there_and_is_logged_without_its_words(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert load(text, BY_KEY) is None
    [message] = caplog.messages
    assert message.startswith("a stored answer is malformed, so it is ignored")
    assert "whistle" not in message


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)))
def test_nothing_that_stands_in_a_field_raises(value: object) -> None:
    for name in WHOLE:
        load(json.dumps({**WHOLE, name: value}), BY_KEY)


def test_a_lone_surrogate_costs_one_character_and_not_the_answer() -> None:
    loaded = load(dump(replace(ANSWER, question="which \ud800 kettle?")), BY_KEY)
    assert loaded is not None
    assert loaded.question == "which ? kettle?"
