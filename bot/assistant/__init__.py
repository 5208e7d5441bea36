"""What the bot is for: plan a question, gather sources, prompt, stream, check each sentence; digests. No Discord."""
