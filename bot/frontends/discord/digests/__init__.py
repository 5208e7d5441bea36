"""/digest, and the posting of digests."""
