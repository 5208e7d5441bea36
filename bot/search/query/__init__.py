"""What a question says beside its words: dates, filters, names, venues, ids."""
