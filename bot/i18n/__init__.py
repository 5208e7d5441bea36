"""The words of paperbot in each language."""
