"""The rules of the house: where, by whom and how much may be asked in a guild, and in which languages."""
