"""From what a user typed to what is looked for."""
