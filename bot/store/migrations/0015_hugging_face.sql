-- What Hugging Face says of a paper; NULL: not that we know.
ALTER TABLE papers ADD COLUMN hub_url TEXT;        -- its page there, with the discussion
ALTER TABLE papers ADD COLUMN hub_summary TEXT;    -- written by a model of theirs
ALTER TABLE papers ADD COLUMN thumbnail_url TEXT;
ALTER TABLE papers ADD COLUMN submitter TEXT;      -- who put it on their list

-- Whatever came from Daily Papers has a page there.
UPDATE papers SET hub_url = 'https://huggingface.co/papers/' || arxiv_id
    WHERE origin = 'daily papers' AND arxiv_id IS NOT NULL;
-- A list that is unchanged since it was stored would be skipped, and with it these fields.
DELETE FROM feed_validators WHERE address LIKE '%/api/daily_papers?%';
