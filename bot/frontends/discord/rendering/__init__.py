"""From answers, results and digests to Discord embeds."""
