-- What users think of answers: one verdict for each user and answer. It goes with its answer.
CREATE TABLE feedback (
    answer  TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
    user    TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('good', 'bad')),
    at      REAL NOT NULL,                  -- Unix time
    PRIMARY KEY (answer, user)
) STRICT;

CREATE INDEX feedback_by_user ON feedback (user);
