"""How many papers a topic has had over time, counted and drawn."""
