-- The archive, version 1. What later versions change is in migrations/version_2.rs and migrations/version_3.sql.
--
-- Times are UTC in RFC 3339, `2023-06-19T13:27:00Z`, so that they compare as text. Lists and structures are JSON in the
-- form of `liveblog parse --json`; what is empty there is null here. People read the views at the end.

-- A live blog. What is in the head of its page comes from the latest capture that has it.
CREATE TABLE page (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,   -- the user's own, else made from the file or the address
    address      TEXT UNIQUE,            -- its address, reduced to what identifies a live blog
    url          TEXT,                   -- its address as given
    title        TEXT,
    standfirst   TEXT,
    authors      TEXT,                   -- JSON
    summary      TEXT,                   -- JSON
    media        TEXT,                   -- JSON
    layout       TEXT NOT NULL,
    zone         TEXT,                   -- of the times on the page, an IANA name
    reports_from TEXT,                   -- its coverage: from when it reports
    reports_to   TEXT,                   -- until when it reports
    last         TEXT,                   -- when its last entry was published
    newest_first INTEGER NOT NULL        -- whether the page has its newest entry first
) STRICT;

-- What names a live blog, and what resolves a bare time: without the texts of all page heads.
CREATE INDEX page_in_short ON page (name, address, zone, last);

-- A page as it was saved once, whole.
CREATE TABLE capture (
    id       INTEGER PRIMARY KEY,
    page     INTEGER NOT NULL REFERENCES page,
    captured TEXT,                       -- when it was saved, if the user or the file says so
    kept     TEXT NOT NULL,              -- when it was stored here
    modified TEXT,                       -- when its file was last changed
    source   TEXT NOT NULL,              -- the file or record that it was read from
    url      TEXT,                       -- where it was published, if the user or the record said so
    zone     TEXT,                       -- the zone that the user chose
    layout   TEXT,                       -- the layout that the user chose
    sha256   TEXT NOT NULL,              -- of the original
    shows    TEXT NOT NULL,              -- its entries as on the page, JSON: [[entry.id, version], …]
    original BLOB NOT NULL               -- its bytes, compressed by zstd
) STRICT;

CREATE UNIQUE INDEX capture_by_bytes ON capture (sha256, page);
CREATE INDEX capture_by_page ON capture (page, captured, kept);

-- Who wrote an entry, and as what; each combination once.
CREATE TABLE byline (
    id         INTEGER PRIMARY KEY,
    author     TEXT,
    role       TEXT,
    co_authors TEXT,                     -- JSON
    names      TEXT                      -- of all authors, as plain text
) STRICT;

CREATE UNIQUE INDEX byline_by_words ON byline (author, role, co_authors);

-- An entry as in the latest capture that has it.
CREATE TABLE entry (
    id              INTEGER PRIMARY KEY,
    page            INTEGER NOT NULL REFERENCES page,
    place           INTEGER NOT NULL,    -- orders the entries of a page; says nothing else
    published       TEXT,
    byline          INTEGER REFERENCES byline,
    removed         TEXT,                -- when the first capture was saved that no longer had it
    version         INTEGER NOT NULL,    -- of its words, numbered from 1 in the order of storing
    capture         INTEGER NOT NULL REFERENCES capture, -- that this was parsed from
    first_line      INTEGER,             -- of that capture's lines
    last_line       INTEGER,
    number          INTEGER NOT NULL,    -- its place in that capture, from 1
    key             TEXT NOT NULL,       -- its id within the live blog
    published_local TEXT,                -- with the offset of the stamp
    stamp           TEXT,
    modified        TEXT,
    breaking        INTEGER NOT NULL,
    label           TEXT,
    title           TEXT,
    subtitle        TEXT,
    text            TEXT,                -- the body as plain text
    captions        TEXT,                -- the words of images and media, as plain text
    body            TEXT,                -- the body's blocks, JSON; null where each is a paragraph without links
    images          TEXT,                -- JSON
    media           TEXT,                -- JSON
    url             TEXT,
    doubts          TEXT                 -- JSON
) STRICT;

-- Each covers what it takes to find entries and sort them, so that only those returned are read.
CREATE INDEX entry_by_page ON entry (page, place, published, removed);
CREATE INDEX entry_by_time ON entry (published, page, place, removed);
CREATE INDEX entry_by_byline ON entry (byline, published, page, place, removed) WHERE byline IS NOT NULL;
CREATE INDEX entry_by_capture ON entry (capture);
-- Entries without a time are recognised in other captures by their words alone.
CREATE INDEX entry_by_key ON entry (key) WHERE published IS NULL;

-- The other wordings of entries, earlier ones as a rule.
CREATE TABLE entry_version (
    entry   INTEGER NOT NULL REFERENCES entry,
    version INTEGER NOT NULL,
    capture INTEGER NOT NULL REFERENCES capture, -- that it was parsed from
    content TEXT NOT NULL,               -- the entry, JSON
    PRIMARY KEY (entry, version)
) STRICT, WITHOUT ROWID;

CREATE INDEX entry_version_by_capture ON entry_version (capture);

-- What is searched, from the tables: the full-text index has no copy of it. (The index cannot read a view that parses
-- JSON.)
CREATE VIEW entry_text AS
SELECT entry.id, entry.title, entry.subtitle, entry.text, byline.names AS author, entry.captions
FROM entry LEFT JOIN byline ON byline.id = entry.byline;

CREATE VIRTUAL TABLE entry_fts USING fts5 (
    title, subtitle, text, author, captions,
    content = 'entry_text', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);

-- How many bytes of the index are collected in memory before a segment is written, which must later be merged.
INSERT INTO entry_fts (entry_fts, rank) VALUES ('hashsize', 16777216);

-- Live blogs, for people: `entries` without those `removed`, from the `first` to the `last` published; how many
-- `captures`, and when the latest was saved, or stored where nobody said when it was saved.
CREATE VIEW pages AS
SELECT
    page.name, page.title, page.url, page.layout, page.zone,
    (SELECT count(*) FROM entry WHERE entry.page = page.id AND entry.removed IS NULL) AS entries,
    (SELECT count(*) FROM entry WHERE entry.page = page.id AND entry.removed IS NOT NULL) AS removed,
    (SELECT min(published) FROM entry WHERE entry.page = page.id) AS first,
    page.last,
    (SELECT count(*) FROM capture WHERE capture.page = page.id) AS captures,
    (SELECT max(coalesce(captured, kept)) FROM capture WHERE capture.page = page.id) AS captured,
    page.standfirst, page.authors, page.summary
FROM page;

-- Entries, for people: one row each, as `liveblog filter --csv` prints them, and `entry`, the row in the full-text
-- index.
CREATE VIEW entries AS
SELECT
    page.name AS page, page.title AS page_title, page.url AS page_url,
    entry.key AS id, entry.number, entry.published, entry.published_local, entry.stamp, entry.modified,
    entry.label, entry.breaking, entry.title, entry.subtitle,
    byline.author, byline.role, byline.co_authors,
    entry.text, entry.captions, entry.images, entry.media, entry.url, entry.first_line, entry.last_line, entry.doubts,
    entry.removed, entry.id AS entry
FROM entry JOIN page ON page.id = entry.page LEFT JOIN byline ON byline.id = entry.byline;
