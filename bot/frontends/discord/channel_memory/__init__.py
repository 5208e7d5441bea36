"""Which papers a channel has discussed, noted and told."""
