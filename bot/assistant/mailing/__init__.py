"""The daily summary by mail: who gets it, and that they get it once."""
