-- What was answered: for its evidence, for equal questions, and as the turns of a conversation.
CREATE TABLE answers (
    id           TEXT PRIMARY KEY,
    conversation TEXT NOT NULL,             -- turns with the same value follow each other
    place        TEXT NOT NULL,             -- where it goes on: console, discord:<channel>
    user         TEXT,                      -- the asker; only their own turns are their history
    guild        TEXT,
    question     TEXT NOT NULL,
    content      TEXT NOT NULL,             -- the answer as JSON; what it means is the assistant's affair
    sources      TEXT NOT NULL,             -- a JSON list of the papers' keys
    cache_key    TEXT,                      -- of prompts, model, question and source versions; NULL: not to be reused
    created_at   REAL NOT NULL              -- Unix time
) STRICT;

CREATE INDEX answers_by_conversation ON answers (conversation, created_at);
CREATE INDEX answers_by_place ON answers (place, user, created_at);
CREATE INDEX answers_by_cache_key ON answers (cache_key, created_at) WHERE cache_key IS NOT NULL;
CREATE INDEX answers_by_age ON answers (created_at);
CREATE INDEX answers_by_user ON answers (user);

-- Which messages show an answer, so that a reply to one of them goes on with it.
CREATE TABLE answer_messages (
    message TEXT PRIMARY KEY,
    answer  TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX answer_messages_by_answer ON answer_messages (answer);

-- Conversations that begin at somebody else's answer: of it they have the papers alone, never the words.
CREATE TABLE conversation_starts (
    conversation TEXT PRIMARY KEY,
    user         TEXT,                      -- whose conversation it is
    sources      TEXT NOT NULL,             -- a JSON list of the papers' keys
    started_at   REAL NOT NULL              -- Unix time
) STRICT;

CREATE INDEX conversation_starts_by_age ON conversation_starts (started_at);
CREATE INDEX conversation_starts_by_user ON conversation_starts (user);

-- One row for each call of a model: reserved before it, settled after it. What a killed process reserved stays counted.
CREATE TABLE model_calls (
    id            INTEGER PRIMARY KEY,
    day           TEXT NOT NULL,            -- YYYY-MM-DD in UTC
    user          TEXT,
    guild         TEXT,
    purpose       TEXT NOT NULL,            -- the prompt's id: plan, answer, ...
    model         TEXT NOT NULL,
    input_tokens  INTEGER NOT NULL,         -- the most that may be used, while reserved; then what was used
    output_tokens INTEGER NOT NULL,
    cost          REAL NOT NULL,            -- in the currency of OPENAI_PRICE_*
    estimated     INTEGER NOT NULL,         -- 1: the server told no usage
    settled       INTEGER NOT NULL,         -- 0: reserved
    forgotten     INTEGER NOT NULL DEFAULT 0, -- 1: the user is to be taken out when the day is over
    at            REAL NOT NULL             -- Unix time
) STRICT;

CREATE INDEX model_calls_by_day ON model_calls (day, user);
CREATE INDEX model_calls_by_guild ON model_calls (day, guild);
CREATE INDEX model_calls_by_user ON model_calls (user);
CREATE INDEX model_calls_to_forget ON model_calls (day) WHERE forgotten = 1;
