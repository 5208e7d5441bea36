ALTER TABLE papers ADD COLUMN venue TEXT;          -- where it appeared: NeurIPS 2023

-- The paper's number in the index; NULL until it is indexed, and again once what is searched of it has changed.
ALTER TABLE papers ADD COLUMN document INTEGER;
CREATE UNIQUE INDEX papers_by_document ON papers (document);
CREATE INDEX papers_to_index ON papers (added_at) WHERE document IS NULL;

-- Documents first to first + count - 1, inverted; what the bytes mean is the search's affair (state index_form).
CREATE TABLE index_segments (
    first INTEGER PRIMARY KEY,
    count INTEGER NOT NULL,
    data  BLOB NOT NULL
) STRICT;

-- Documents whose paper has changed or gone, in the order in which that happened.
CREATE TABLE index_dead (
    number   INTEGER PRIMARY KEY,
    document INTEGER NOT NULL
) STRICT;

-- The generation grows when documents are numbered anew.
INSERT INTO state (name, value) VALUES ('index_form', ''), ('index_generation', '0');
