ALTER TABLE papers ADD COLUMN venue TEXT;          -- where it appeared: NeurIPS 2023
