-- The rules that a guild's admins set. What the values mean is the assistant's affair.
CREATE TABLE guild_settings (
    guild    TEXT PRIMARY KEY,
    settings TEXT NOT NULL,                 -- a JSON object; names that this version doesn't know stay in it
    left_at  REAL                           -- Unix time when the bot was removed; NULL while it is there
) STRICT, WITHOUT ROWID;

-- How many answers users got on a day, for the limits. Rows go after the next day.
CREATE TABLE answer_counts (
    day       TEXT NOT NULL,                -- YYYY-MM-DD in UTC
    user      TEXT NOT NULL,
    guild     TEXT NOT NULL,                -- '' in private
    answers   INTEGER NOT NULL,
    last_at   REAL NOT NULL,                -- Unix time of the last one
    forgotten INTEGER NOT NULL DEFAULT 0,   -- 1: goes when the day is over
    PRIMARY KEY (day, user, guild)
) STRICT, WITHOUT ROWID;

CREATE INDEX answer_counts_by_user ON answer_counts (user);
CREATE INDEX answer_counts_by_guild ON answer_counts (guild, day);
