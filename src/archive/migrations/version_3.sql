-- The archive, version 3: what it has beside version 1, in schema.sql.

-- Datasette shows no table with a foreign key that leaves out the column it refers to.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(replace(replace(sql,
    'REFERENCES page', 'REFERENCES page (id)'), 'REFERENCES capture', 'REFERENCES capture (id)'),
    'REFERENCES byline', 'REFERENCES byline (id)'), 'REFERENCES entry', 'REFERENCES entry (id)')
WHERE type = 'table' AND name IN ('capture', 'entry', 'entry_version');
PRAGMA writable_schema = RESET;

-- The names of all authors, as plain text, for the index: of an entry from its byline, which has them no more.
ALTER TABLE entry ADD COLUMN authors TEXT;
UPDATE entry SET authors = (SELECT names FROM byline WHERE id = entry.byline) WHERE byline IS NOT NULL;

-- What is searched. Datasette and sqlite-utils look for the words `content="entry"`, as they are here, to know that
-- `entry` can be searched.
DROP TABLE entry_fts;
DROP VIEW entry_text;
ALTER TABLE byline DROP COLUMN names;
CREATE VIRTUAL TABLE entry_fts USING fts5 (
    title, subtitle, text, authors, captions,
    content="entry", content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO entry_fts (entry_fts, rank) VALUES ('hashsize', 16777216);
INSERT INTO entry_fts (entry_fts) VALUES ('rebuild');

-- Of other wordings, what is not in their JSON in this form.
ALTER TABLE entry_version ADD COLUMN authors TEXT;
ALTER TABLE entry_version ADD COLUMN text TEXT;
ALTER TABLE entry_version ADD COLUMN captions TEXT;

-- Edits, for people: one row for each field whose words changed. `captured` is when the first capture with the words
-- `after` was saved, or stored where nobody said when it was saved; `since`, the same of the last capture before it that
-- shows the entry, with the words `before`: the edit was made between the two. Entries that were removed are in `entries`.
CREATE VIEW changes AS
WITH sight AS MATERIALIZED (
    SELECT
        shown.value ->> 0 AS entry, shown.value ->> 1 AS version, coalesce(captured, kept) AS captured,
        lag(shown.value ->> 1) OVER earlier AS version_before, lag(coalesce(captured, kept)) OVER earlier AS since
    FROM capture, json_each(iif(json_valid(shows), shows, NULL)) AS shown
    -- Most live blogs were captured once.
    WHERE EXISTS (SELECT 1 FROM capture AS other WHERE other.page = capture.page AND other.id <> capture.id)
    WINDOW earlier AS (PARTITION BY shown.value ->> 0 ORDER BY coalesce(captured, kept), capture.id)
),
-- The words of each field: the current ones, and those of the versions before and after, null where that is current.
edit AS (
    SELECT
        sight.entry, since, captured, old.entry IS NULL AS was_current, new.entry IS NULL AS is_current,
        json_object(
            'label', json_array(current.label, old.content ->> 'label', new.content ->> 'label'),
            'title', json_array(current.title, old.content ->> 'title', new.content ->> 'title'),
            'breaking', json_array(
                iif(current.breaking, 'Breaking', NULL), iif(old.content ->> 'breaking', 'Breaking', NULL),
                iif(new.content ->> 'breaking', 'Breaking', NULL)
            ),
            'subtitle', json_array(current.subtitle, old.content ->> 'subtitle', new.content ->> 'subtitle'),
            'author', json_array(current.authors, old.authors, new.authors),
            'role', json_array(byline.role, old.content ->> 'role', new.content ->> 'role'),
            'text', json_array(current.text, old.text, new.text),
            'captions', json_array(current.captions, old.captions, new.captions)
        ) AS fields
    FROM sight
    JOIN entry AS current ON current.id = sight.entry
    LEFT JOIN byline ON byline.id = current.byline
    LEFT JOIN entry_version AS old
        ON old.entry = sight.entry AND old.version = sight.version_before AND json_valid(old.content)
    LEFT JOIN entry_version AS new
        ON new.entry = sight.entry AND new.version = sight.version AND json_valid(new.content)
    WHERE sight.version <> sight.version_before
        AND (old.entry IS NOT NULL OR current.version = sight.version_before)
        AND (new.entry IS NOT NULL OR current.version = sight.version)
),
words AS (
    SELECT
        edit.entry, field.key AS field, since, captured,
        iif(was_current, field.value ->> 0, field.value ->> 1) AS before,
        iif(is_current, field.value ->> 0, field.value ->> 2) AS after
    FROM edit, json_each(fields) AS field
)
SELECT
    page.name AS page, page.title AS page_title, page.url AS page_url, entry.key AS id, entry.published, entry.title,
    words.field, words.before, words.after, words.since, words.captured, entry.id AS entry
FROM words JOIN entry ON entry.id = words.entry JOIN page ON page.id = entry.page
WHERE before IS NOT after;
