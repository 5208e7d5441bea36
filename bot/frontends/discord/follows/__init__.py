"""/follow and /following, and the posting of notifications."""
