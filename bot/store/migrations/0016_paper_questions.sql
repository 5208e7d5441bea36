-- Questions that a model wrote for papers (document expansion): search text, never shown. They follow their paper's key
-- and go with it. They count only while the paper has the abstract that they were written from.
CREATE TABLE paper_questions (
    paper         TEXT PRIMARY KEY REFERENCES papers (key) ON UPDATE CASCADE ON DELETE CASCADE,
    abstract_hash TEXT NOT NULL,            -- SHA-256 of the abstract, in hex
    questions     TEXT NOT NULL             -- a JSON list; empty where the model wrote none that can be used
) STRICT;

-- Whether questions were written for the abstract as it is; the index finds those that wait, newest first.
ALTER TABLE papers ADD COLUMN questioned INTEGER NOT NULL DEFAULT 0;
CREATE INDEX papers_to_question ON papers (published) WHERE questioned = 0;

CREATE TRIGGER papers_question_again AFTER UPDATE OF abstract ON papers WHEN new.abstract IS NOT old.abstract BEGIN
    UPDATE papers SET questioned = 0 WHERE rowid = new.rowid;
END;

-- Grows with every paper whose questions came: the index follows it, lists of titles and names needn't.
INSERT INTO state (name, value) VALUES ('questions_revision', '0');
