"""A segment as bytes: versioned, checksummed, little-endian, without pickle.

    header   magic, version, and the numbers of documents, terms, postings and bytes of terms
    body     zlib: documents' lengths (u32), terms' lengths in characters (u32), postings per term (u32),
             document numbers (i32) and frequencies (u16) as byte planes, the terms (UTF-8)
    trailer  BLAKE2b-128 of header and body

Document numbers are kept as differences; byte planes put the many zero bytes side by side, so that the fastest level
of zlib shrinks a posting of 6 bytes to about 2.
"""

import hashlib
import struct
import zlib
from itertools import accumulate, pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from bot.search.segment_runs import Gathered

_HEADER = struct.Struct("<4sIQQQQ")
_MAGIC = b"PBSG"
_VERSION = 1
_DIGEST_SIZE = 16
_LEVEL = 1

_T = TypeVar("_T", bound=np.generic)


def pack(terms: tuple[str, ...], postings: Gathered, lengths: npt.NDArray[np.uint32]) -> bytes:
    """Return the bytes that `unpack` reads."""
    text = "".join(terms).encode("utf-8", "surrogatepass")
    header = _HEADER.pack(_MAGIC, _VERSION, len(lengths), len(terms), len(postings.documents), len(text))
    sections = (
        lengths.astype("<u4"),
        np.fromiter((len(term) for term in terms), dtype="<u4", count=len(terms)),
        np.diff(postings.indptr).astype("<u4"),
        _planes(np.diff(postings.documents, prepend=np.int32(0)).astype("<i4")),
        _planes(postings.frequencies.astype("<u2")),
    )
    squeeze = zlib.compressobj(_LEVEL)
    body = [*(squeeze.compress(section.data) for section in sections), squeeze.compress(text), squeeze.flush()]
    content = b"".join([header, *body])
    return content + _digest(content)


def unpack(data: bytes) -> tuple[tuple[str, ...], Gathered, npt.NDArray[np.uint32]]:
    """Return terms, postings and documents' lengths. Raises ValueError for anything that `pack` has not written."""
    content, digest = memoryview(data)[:-_DIGEST_SIZE], data[-_DIGEST_SIZE:]
    if len(content) < _HEADER.size or content[:4] != _MAGIC:
        raise ValueError("these bytes are no index segment")
    _, version, size, terms, postings, text_size = _HEADER.unpack_from(content)
    if version != _VERSION:
        raise ValueError(f"an index segment of version {version}, known is {_VERSION}")
    if _digest(content) != digest:
        raise ValueError("a damaged index segment: its checksum differs")
    sizes = (4 * size, 4 * terms, 4 * terms, 4 * postings, 2 * postings, text_size)
    try:
        body = memoryview(zlib.decompress(content[_HEADER.size :], bufsize=max(1, sum(sizes))))
    except zlib.error as error:
        raise ValueError(f"a damaged index segment: {error}") from error
    if len(body) != sum(sizes):
        raise ValueError("a damaged index segment: its parts have other sizes than its header says")
    sections = [body[start:end] for start, end in pairwise(accumulate(sizes, initial=0))]
    indptr = np.zeros(terms + 1, dtype=np.int64)
    np.cumsum(np.frombuffer(sections[2], dtype="<u4"), out=indptr[1:])
    if indptr[-1] != postings:
        raise ValueError("a damaged index segment: its counts differ")
    return (
        _terms(sections[5], np.frombuffer(sections[1], dtype="<u4")),
        Gathered(
            indptr,
            np.cumsum(_from_planes(sections[3], np.dtype("<i4")), dtype=np.int32),
            _from_planes(sections[4], np.dtype("<u2")).astype(np.uint16, copy=False),
        ),
        np.frombuffer(sections[0], dtype="<u4").astype(np.uint32),
    )


def _terms(text: memoryview, lengths: npt.NDArray[np.uint32]) -> tuple[str, ...]:
    try:
        characters = str(text, "utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise ValueError("a damaged index segment: its terms are no UTF-8") from error
    ends = np.cumsum(lengths, dtype=np.int64).tolist()
    if (ends[-1] if ends else 0) != len(characters):
        raise ValueError("a damaged index segment: its terms have other lengths")
    return tuple([characters[start:end] for start, end in pairwise([0, *ends])])


def _planes(values: npt.NDArray[np.generic]) -> npt.NDArray[np.uint8]:
    """Return the first bytes of all values, then their second bytes, and so on."""
    return np.ascontiguousarray(values.view(np.uint8).reshape(len(values), values.itemsize).T)


def _from_planes(planes: memoryview, dtype: "np.dtype[_T]") -> npt.NDArray[_T]:
    as_bytes = np.frombuffer(planes, dtype=np.uint8).reshape(dtype.itemsize, -1)
    return np.ascontiguousarray(as_bytes.T).view(dtype).reshape(-1)


def _digest(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_SIZE).digest()
