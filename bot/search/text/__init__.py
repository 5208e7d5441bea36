"""Text to terms: how words are split, folded and respelt before they are searched."""
