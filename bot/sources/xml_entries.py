"""XML from outside, read one entry at a time and refused where it is more than a feed needs."""

from collections import deque
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

DEPTH = 16
"""How deep elements may be nested; a feed's are five deep."""

TEXT_CHARS = 1_000_000
"""How much one child of the root may hold, in characters, and how long one piece of markup may be, in bytes."""

_PIECE_BYTES = 65_536


class XmlRefusedError(Exception):
    """The document is broken or does what no feed needs. Its text says why, as part of another sentence."""


def children(pieces: Iterable[bytes]) -> Iterator[Element]:
    """Yield the root's children as they end, without keeping them: memory stays that of one.

    Raises XmlRefusedError, also after some are yielded: for what is not well-formed, document types and entities
    (they can grow without bound or read files), and for what is deeper or longer than the limits above.
    """
    target = _Children()
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        for piece in pieces:
            for start in range(0, len(piece), _PIECE_BYTES):
                part = piece[start : start + _PIECE_BYTES]
                target.expect(len(part))
                parser.feed(part)
                yield from target.ended()
        parser.close()
        yield from target.ended()
    except ParseError as error:
        line, column = error.position
        raise XmlRefusedError(f"the XML is broken at line {line}, column {column + 1}") from None
    except DefusedXmlException:
        raise XmlRefusedError("it declares a document type or entities, as HTML does and feeds don't") from None
    except (ValueError, LookupError):  # an encoding that nobody knows
        raise XmlRefusedError("its encoding is unknown") from None


class _Children(TreeBuilder):
    """Builds elements, and lets go of each child of the root as it ends."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []
        self._done: deque[Element] = deque()
        self._chars = 0
        self._silent = 0

    def expect(self, size: int) -> None:
        """Count bytes that are about to be fed: markup that begins and never ends is held in memory by the parser."""
        self._silent += size
        if self._silent > TEXT_CHARS:
            raise XmlRefusedError(f"it has a piece longer than {TEXT_CHARS:,} bytes")

    def ended(self) -> Iterator[Element]:
        """Yield the children that ended since the last call."""
        while self._done:
            yield self._done.popleft()

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._silent = 0
        if len(self._open) >= DEPTH:
            raise XmlRefusedError(f"its elements are nested more than {DEPTH} deep")
        self._count(sum(len(name) + len(value) for name, value in attrs.items()) + len(tag))
        element = super().start(tag, attrs)
        self._open.append(element)
        return element

    def data(self, data: str) -> None:
        self._silent = 0
        self._count(len(data))
        if len(self._open) > 1:  # the white space between entries would be kept for ever
            super().data(data)

    def end(self, tag: str) -> Element:
        self._silent = 0
        element = super().end(tag)
        self._open.pop()
        if len(self._open) == 1:
            self._done.append(element)
            self._open[0].clear()
            self._chars = 0
        return element

    def _count(self, chars: int) -> None:
        self._chars += chars
        if self._chars > TEXT_CHARS:
            raise XmlRefusedError(f"it has an entry longer than {TEXT_CHARS:,} characters")
