"""Questions and papers that nobody should write: each has a defined result, and none fails or takes long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.confidence import Confidence
from bot.search.field_words import find_fields
from bot.search.ids import arxiv_ids
from bot.search.index import Bm25Index
