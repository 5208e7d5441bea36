"""The rules of the house in Discord: /setup, /settings, and who asks where."""
