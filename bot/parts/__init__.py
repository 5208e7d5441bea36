"""How the parts of an app are put together, one file for each group; bot/app.py calls them all."""
