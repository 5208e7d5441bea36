"""Small random collections of documents, with few different terms so that they share many."""

from hypothesis import strategies as st

Documents = list[list[str]]

TERMS = st.sampled_from(["a", "b", "c", "d", "attention", "büro", "注意", "e\n\x00f", "𝛼"])
DOCUMENTS: st.SearchStrategy[Documents] = st.lists(st.lists(TERMS, max_size=12), max_size=12)
QUERIES = st.lists(st.one_of(TERMS, st.just("unknown")), max_size=8)
