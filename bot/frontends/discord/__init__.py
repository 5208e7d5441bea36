"""Discord: client, commands, rendering, streamed edits."""
