"""The one SQLite file that holds everything. It knows nothing of prompts and messages."""
