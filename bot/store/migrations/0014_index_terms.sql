-- The terms of each numbered document, in order: ranking again reads them instead of the paper's text. What the bytes
-- mean is the search's affair (state index_form); stores of an older form are indexed again, a batch after the other.
CREATE TABLE index_terms (
    document INTEGER PRIMARY KEY,           -- as in papers
    terms    BLOB NOT NULL
) STRICT;

-- Once a paper has changed or gone its terms are as dead as its document.
CREATE TRIGGER index_terms_of_dead AFTER INSERT ON index_dead BEGIN
    DELETE FROM index_terms WHERE document = new.document;
END;
