-- The archive, version 4: what it has beside version 3.

-- Which entries are not in the full-text index `entry_fts` yet: those from this row on. It has a row while a run stores
-- many pages, and after one that was killed, until the archive is opened again; else none.
CREATE TABLE unindexed (
    first INTEGER NOT NULL               -- an entry.id, which may be that of no entry yet
) STRICT;
