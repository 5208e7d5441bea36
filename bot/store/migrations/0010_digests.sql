-- Digests that members of a server with Manage Server set up. Those of DIGEST_CHANNEL_IDS have no row here.
CREATE TABLE digests (
    id            INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: the ledger goes by it
    guild         TEXT NOT NULL,
    channel       INTEGER NOT NULL,
    name          TEXT NOT NULL COLLATE NOCASE,
    at            TEXT NOT NULL,            -- HH:MM ...
    zone          TEXT NOT NULL,            -- ... in this time zone
    weekdays      TEXT NOT NULL,            -- a JSON list of numbers, Monday 0
    period        TEXT NOT NULL CHECK (period IN ('daily', 'weekly', 'monthly')),
    topics        TEXT NOT NULL,            -- JSON lists of texts
    excluded      TEXT NOT NULL,
    categories    TEXT NOT NULL,
    authors       TEXT NOT NULL,
    organisations TEXT NOT NULL,
    min_upvotes   INTEGER NOT NULL,
    length        INTEGER NOT NULL CHECK (length BETWEEN 1 AND 25),
    writer        TEXT NOT NULL CHECK (writer IN ('model', 'extracts')),
    when_empty    TEXT NOT NULL CHECK (when_empty IN ('tell', 'silent')),
    thread        INTEGER NOT NULL CHECK (thread IN (0, 1)),
    made_by       TEXT,                     -- the user's id; NULL once they are forgotten
    created_at    REAL NOT NULL,            -- Unix time
    paused        TEXT,                     -- why nothing is posted; NULL: it is posted
    UNIQUE (guild, name)
) STRICT;

CREATE INDEX digests_by_maker ON digests (made_by);

-- The ledger: one row for each digest and day, written before it is posted, confirmed after.
CREATE TABLE digest_posts (
    digest       TEXT NOT NULL,             -- the number in digests, or settings-<channel>
    day          TEXT NOT NULL,             -- YYYY-MM-DD in the digest's time zone
    since        REAL NOT NULL,             -- the papers it tells of arrived after this Unix time ...
    until        REAL NOT NULL,             -- ... and not after this one
    state        TEXT NOT NULL CHECK (state IN ('pending', 'posted', 'missed', 'skipped')),
    message      INTEGER,
    thread       INTEGER,
    content      TEXT,                      -- what was posted, as JSON; what it means is the assistant's affair
    content_hash TEXT,                      -- of what the message shows
    reason       TEXT,                      -- why it was missed or skipped
    attempts     INTEGER NOT NULL DEFAULT 0,
    changed_at   REAL NOT NULL,
    PRIMARY KEY (digest, day)
) STRICT;

CREATE INDEX digest_posts_by_thread ON digest_posts (thread) WHERE thread IS NOT NULL;

INSERT INTO digest_posts (digest, day, since, until, state, message, changed_at)
SELECT 'settings-' || channel_id, day, since, until, state, message_id, changed_at FROM digest_ledger;

DROP TABLE digest_ledger;
