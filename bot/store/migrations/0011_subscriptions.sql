-- What is followed, and where it is told: user:ID, in private, or channel:ID.
CREATE TABLE subscriptions (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: buttons name it
    destination TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('topic', 'author', 'organisation', 'paper')),
    value       TEXT NOT NULL,              -- what it is compared by: folded words, or a paper's key
    label       TEXT NOT NULL,              -- as it is shown
    pace        TEXT NOT NULL CHECK (pace IN ('soon', 'daily')),
    hour        INTEGER,                    -- of a daily one, in DIGEST_TIME_ZONE; NULL: at DIGEST_TIME
    created_at  REAL NOT NULL,              -- Unix time
    UNIQUE (destination, kind, value)
) STRICT;

-- When a destination was last written to, and why it is not written to any more.
CREATE TABLE destinations (
    name    TEXT PRIMARY KEY,
    sent_at REAL,                           -- Unix time
    paused  TEXT,                           -- the reason; NULL: it is not
    told    INTEGER NOT NULL DEFAULT 0      -- 1: the member knows of the pause
) STRICT, WITHOUT ROWID;

-- One message: written before it is sent, confirmed after.
CREATE TABLE notice_messages (
    nonce       TEXT PRIMARY KEY,
    destination TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('sending', 'sent')),
    message_id  INTEGER,
    made_at     REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX notice_messages_to_send ON notice_messages (made_at) WHERE state = 'sending';

-- One event of one paper that one subscription is to tell of, once.
CREATE TABLE notices (
    subscription INTEGER NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    key          TEXT NOT NULL,             -- the paper's
    event        TEXT NOT NULL,             -- new, or change:ID
    kind         TEXT NOT NULL,             -- new, version, withdrawn, code
    detail       TEXT,
    due_at       REAL NOT NULL,             -- Unix time
    nonce        TEXT,                      -- the message that tells it; NULL: it waits for one
    PRIMARY KEY (subscription, key, event)
) STRICT, WITHOUT ROWID;

CREATE INDEX notices_waiting ON notices (due_at) WHERE nonce IS NULL;
CREATE INDEX notices_by_message ON notices (nonce) WHERE nonce IS NOT NULL;

-- Who gets the daily summary by mail. The token stands for them in mails.
CREATE TABLE mail_subscribers (
    user         TEXT PRIMARY KEY,
    address      TEXT NOT NULL,
    token        TEXT NOT NULL UNIQUE,
    refusals     INTEGER NOT NULL DEFAULT 0, -- days in a row on which the server refused the address for good
    confirmed_at REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- Codes that were mailed and not yet given back; only their hashes.
CREATE TABLE mail_codes (
    user       TEXT PRIMARY KEY,
    address    TEXT NOT NULL,
    salt       TEXT NOT NULL,
    hash       TEXT NOT NULL,
    tries      INTEGER NOT NULL DEFAULT 0,
    expires_at REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- For a day: that a code was asked for, by a hash of the user or of the address.
CREATE TABLE mail_requests (
    who TEXT NOT NULL,
    at  REAL NOT NULL
) STRICT;

CREATE INDEX mail_requests_by_who ON mail_requests (who, at);

-- Which papers a day's mail tells of: those that arrived in (since, until], Unix seconds.
CREATE TABLE mail_days (
    day   TEXT PRIMARY KEY,
    since REAL NOT NULL,
    until REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for each subscriber and day, written before the mail is handed to the server.
CREATE TABLE mail_ledger (
    token TEXT NOT NULL REFERENCES mail_subscribers (token) ON DELETE CASCADE,
    day   TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'refused')),
    at    REAL NOT NULL,
    PRIMARY KEY (token, day)
) STRICT, WITHOUT ROWID;
