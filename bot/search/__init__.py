"""Text to tokens, the BM25 index, ranking, and the confidence of a result. No model is called here."""
