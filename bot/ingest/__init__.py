"""From feeds into the store: runs, polls, single papers, and how fresh it all is."""
