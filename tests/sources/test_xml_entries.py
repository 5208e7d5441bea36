from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.xml_entries import DEPTH, TEXT_CHARS, XmlRefusedError, children

BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><feed><entry>&j;</entry></feed>"
)


def test_the_roots_children_come_one_by_one_whatever_the_pieces() -> None:
    document = "<feed><a>é</a> between <b><c>2</c></b></feed>".encode()
    pieces = [document[at : at + 1] for at in range(len(document))]
    assert [(e.tag, "".join(e.itertext())) for e in children(pieces)] == [("a", "é"), ("b", "2")]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (BILLION_LAUGHS, "document type or entities"),
        (b'<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><r><a>&f;</a></r>', "document type or entities"),
        (b"<!DOCTYPE html><html><body>Just a moment</body></html>", "document type or entities"),
        (b'<?xml version="1.0"?><!DOCTYPE r SYSTEM "http://example.org/x.dtd"><r/>', "document type or entities"),
        (b"<a>" * 100_000, "more than 16 deep"),
        (b"<r><a>" + b"x" * (TEXT_CHARS + 1), "it has an entry longer than 1,000,000 characters"),
        (b"<r><a b='" + b"x" * 3 * TEXT_CHARS, "longer than 1,000,000"),
        (b"<r><!--" + b"x" * 3 * TEXT_CHARS, "it has a piece longer than 1,000,000 bytes"),
        (b"<r><a>1</a><b>", "the XML is broken at line 1"),
        (b"<r><a>1</b></r>", "the XML is broken at line 1, column 10"),
        (b"", "the XML is broken at line 1"),
        (b'{"papers": []}', "the XML is broken at line 1, column 1"),
        (b"<r>&undeclared;</r>", "the XML is broken"),
        (b'<?xml version="1.0" encoding="no-such-thing"?><r/>', "encoding"),
    ],
    ids=range(14),
)
def test_what_no_feed_needs_is_refused_with_a_reason(document: bytes, reason: str) -> None:
    with pytest.raises(XmlRefusedError, match=reason):
        list(children([document]))


def test_as_deep_as_is_taken() -> None:
    inner = DEPTH - 2
    document = "<r><a>" + "<b>" * inner + "x" + "</b>" * inner + "</a></r>"
    assert [element.tag for element in children([document.encode()])] == ["a"]


def test_a_stream_of_any_length_takes_no_more_memory_than_an_entry() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"<r>"
        for _ in range(300):
            yield b"<a>" + b"x" * 10_000 + b"</a>" + b" " * 1_000
        yield b"</r>"

    assert sum(len(element.text or "") for element in children(pieces())) == 3_000_000


@settings(max_examples=60)
@given(st.binary(max_size=300) | st.text("<>/ab&;#x0'\"=![]-?", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(document: bytes) -> None:
    with suppress(XmlRefusedError):
        list(children([document]))
