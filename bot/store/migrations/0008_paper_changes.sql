ALTER TABLE papers ADD COLUMN withdrawn TEXT;      -- YYYY-MM-DD; NULL: not that we know
ALTER TABLE papers ADD COLUMN stars INTEGER;       -- of the code's repository

-- What became of papers after they came, for those who follow them. Arrivals are told by papers.added_at.
CREATE TABLE paper_changes (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used again, so that a reader can go on after the last one
    key    TEXT NOT NULL,                       -- the paper's key after the change
    kind   TEXT NOT NULL CHECK (kind IN ('version', 'withdrawn', 'code')),
    detail TEXT NOT NULL,                       -- the version's number; YYYY-MM-DD; the link
    at     REAL NOT NULL                        -- Unix time
) STRICT;

CREATE INDEX paper_changes_by_key ON paper_changes (key, id);
