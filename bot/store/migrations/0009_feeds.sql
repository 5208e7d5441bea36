-- The next start of requests that must keep a distance, over all processes on this store.
CREATE TABLE feed_gates (
    name TEXT PRIMARY KEY,
    at   REAL NOT NULL                      -- Unix time of the last start that was taken
) STRICT;

-- What servers gave with answers that are stored, to ask whether they changed.
CREATE TABLE feed_validators (
    address       TEXT PRIMARY KEY,
    etag          TEXT,
    last_modified TEXT,
    note          TEXT NOT NULL,             -- what the feed noted of that answer
    at            REAL NOT NULL
) STRICT;

-- One row for each run of a feed.
CREATE TABLE feed_runs (
    id         INTEGER PRIMARY KEY,
    feed       TEXT NOT NULL,               -- its name, such as daily-papers
    job        TEXT NOT NULL,               -- poll, or since YYYY-MM-DD
    started_at REAL NOT NULL,
    ended_at   REAL,                        -- NULL: under way, or killed
    outcome    TEXT NOT NULL CHECK (outcome IN ('running', 'done', 'failed', 'stopped')),
    reason     TEXT,                        -- why it failed, to stand within a sentence
    new        INTEGER NOT NULL DEFAULT 0,
    changed    INTEGER NOT NULL DEFAULT 0,
    unchanged  INTEGER NOT NULL DEFAULT 0,
    refused    INTEGER NOT NULL DEFAULT 0,
    refusals   TEXT NOT NULL DEFAULT '[]',  -- a JSON list of the first reasons
    newest     TEXT                         -- YYYY-MM-DD: the newest list or announcement that was seen
) STRICT;

CREATE INDEX feed_runs_by_feed ON feed_runs (feed, id);

-- Where a run that was broken off goes on.
CREATE TABLE feed_cursors (
    feed   TEXT NOT NULL,
    job    TEXT NOT NULL,
    cursor TEXT NOT NULL,
    at     REAL NOT NULL,
    PRIMARY KEY (feed, job)
) STRICT;
