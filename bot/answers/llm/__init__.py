"""The model: endpoints that stand in for each other, their streams, and what calls cost."""
