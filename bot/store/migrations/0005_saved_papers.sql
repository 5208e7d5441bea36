-- The papers that users keep for themselves. A paper that leaves the store stays here by its key.
CREATE TABLE saved_papers (
    user     TEXT NOT NULL,
    key      TEXT NOT NULL,                 -- the paper's key when it was saved
    note     TEXT,                          -- the user's own words
    saved_at REAL NOT NULL,                 -- Unix time
    PRIMARY KEY (user, key)
) STRICT, WITHOUT ROWID;
