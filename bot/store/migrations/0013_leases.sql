-- Work that one process at a time may do, such as posting digests; see bot/store/leases.py.
CREATE TABLE leases (
    name  TEXT PRIMARY KEY,
    owner TEXT NOT NULL,                    -- of the process that holds it; nobody's when empty
    term  INTEGER NOT NULL,                 -- counts the owners: who holds an older term has lost the lease
    beats INTEGER NOT NULL,                 -- counts the renewals
    until REAL NOT NULL                     -- Unix time up to which it is the owner's without another renewal
) STRICT;
