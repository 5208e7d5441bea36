"""Sentences that lost the space between them when their text was taken out of a PDF: "and Wikipedia.We evaluate"."""

import re

# Words that begin a sentence and no part of a name: after them a full stop without a space is a lost space.
_OPENERS = frozenset(
    """a across additionally after all although among an and as at based because besides beyond both but by compared
    consequently current despite due during each empirical evaluation existing experimental experiments extensive
    finally first firstly for from furthermore given hence here how however i if importantly in inspired instead it its
    lastly leveraging many meanwhile moreover most motivated nevertheless next nonetheless notably on once one our
    overall particularly previous prior recent recently results second secondly several similarly since so some
    specifically state such surprisingly that the their then there therefore these they this those through thus to
    towards traditional typically under unfortunately unlike using we what when where whereas which while with within
    without yet you""".split()
)
# Before them a full stop joins names of code and of sites; the longer words after it are no openers either.
_LIBRARIES = frozenset(
    """torch numpy tensorflow keras pandas sklearn scipy java javax system math flax transformers datasets array string
    object window document console self this node react""".split()
)
_SITES = frozenset("com org net edu gov info js ai io py ts co dev app sh".split())

_JOINT = re.compile(r"[.?](?=([A-Z][a-z]*)(?:[\s,:]|$))")
_ADDRESS = re.compile(r"://|www\.|[/@\\_=]")
_WORD = re.compile(r"(?:^|[-(“\"'\[])[a-z]{3,}\)?$")
_INITIAL = re.compile(r"(?:^|\W)(?:[^\W\d]|[vV]\d+)$")


def unglued(text: str) -> str:
    """Return `text` with a space after each full stop and question mark that ends a sentence.

    What stands in an address, a version or a name ("Node.js", "torch.Tensor", "v2.Beta") stays.
    """
    parts: list[str] = []
    start = 0
    for match in _JOINT.finditer(text):
        before = text[start : match.start()].rpartition(" ")[2].rpartition("\n")[2]
        if before and _ends(before, match.group(), match[1]):
            parts.append(text[start : match.end()])
            start = match.end()
    return " ".join([*parts, text[start:]]) if parts else text


def _ends(before: str, stop: str, right: str) -> bool:
    """Whether a sentence ends between `before`, all that stands before the stop up to a space, and `right`."""
    word = right.casefold()
    if word in _SITES or before[-1] in ".?!" or _ADDRESS.search(before):
        return False
    if word in _OPENERS and len(word) > 1:
        return not _INITIAL.search(before)  # "e.g.In" and "U.S.The" are no two sentences
    if _WORD.search(before) is None:
        return False
    return word in _OPENERS or (stop == "." and len(word) > 3 and before.strip("(“\"'[") not in _LIBRARIES)
