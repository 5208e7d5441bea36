"""What the bot is for: a question becomes an answer whose sentences are checked."""
