"""Mail: its text, and the server that takes it."""
