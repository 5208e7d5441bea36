CREATE TABLE papers (
    key          TEXT PRIMARY KEY,          -- the unversioned arXiv id, else the title's slug
    title_slug   TEXT NOT NULL,             -- finds a paper again when its arXiv id becomes known later
    title        TEXT NOT NULL,
    abstract     TEXT NOT NULL,
    origin       TEXT NOT NULL,             -- sample, saved page, daily papers, json lines
    arxiv_id     TEXT,
    version      INTEGER,
    authors      TEXT NOT NULL,             -- a JSON list of names
    author_count INTEGER,
    published    TEXT,                      -- YYYY-MM-DD
    listed       TEXT,                      -- YYYY-MM-DD
    comments     INTEGER,
    upvotes      INTEGER,
    code_url     TEXT,
    project_url  TEXT,
    organisation TEXT,
    keywords     TEXT NOT NULL,             -- a JSON list
    categories   TEXT NOT NULL,             -- a JSON list
    added_at     REAL NOT NULL,             -- Unix time of the first sight
    changed_at   REAL NOT NULL              -- Unix time of the last change
) STRICT;

CREATE INDEX papers_by_title ON papers (title_slug);
CREATE INDEX papers_by_arrival ON papers (added_at);

-- One row for each channel and day: written before the digest is posted, confirmed after.
CREATE TABLE digest_ledger (
    channel_id INTEGER NOT NULL,
    day        TEXT NOT NULL,               -- YYYY-MM-DD in the digest's time zone
    since      REAL NOT NULL,               -- the papers it tells of arrived after this Unix time ...
    until      REAL NOT NULL,               -- ... and not after this one
    state      TEXT NOT NULL CHECK (state IN ('pending', 'posted')),
    message_id INTEGER,
    changed_at REAL NOT NULL,
    PRIMARY KEY (channel_id, day)
) STRICT;

-- Small values that outlive a run, each under a name.
CREATE TABLE state (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

INSERT INTO state (name, value) VALUES ('papers_revision', '0');
