-- A paper's day is that of the list it stood on, else that of its publication: /latest would read every paper otherwise.
CREATE INDEX papers_by_day ON papers (coalesce(listed, published));
