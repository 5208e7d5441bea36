-- Where papers were first discussed: ids of messages and keys of papers, no text and no author.
CREATE TABLE discussed_papers (
    guild   TEXT NOT NULL,
    channel TEXT NOT NULL,                  -- of a thread its own id
    key     TEXT NOT NULL,                  -- the unversioned arXiv id
    message TEXT NOT NULL,                  -- the first one in this channel
    at      REAL NOT NULL,                  -- Unix time
    PRIMARY KEY (guild, key, channel)
) STRICT, WITHOUT ROWID;

CREATE INDEX discussed_papers_by_message ON discussed_papers (message);
CREATE INDEX discussed_papers_by_time ON discussed_papers (at);

-- When a channel was last told that a paper was discussed before, so that it isn't told again at once.
CREATE TABLE discussions_told (
    channel TEXT NOT NULL,
    key     TEXT NOT NULL,
    at      REAL NOT NULL,                  -- Unix time
    PRIMARY KEY (channel, key)
) STRICT, WITHOUT ROWID;
