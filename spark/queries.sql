-- Selections over the Parquet, in SQL that Spark and DuckDB share; each beside the command that selects the same.
-- The table `entries` is OUT/entries of the job, or a folder that the program wrote with `--format parquet -o DIR/`.
-- What DuckDB calls otherwise (`array_join`, `cardinality`, `regexp_like`) is a macro in test_queries.py.

-- liveblog filter --author harbour
SELECT page_url, id FROM entries
WHERE lower(author) LIKE '%harbour%' OR lower(array_join(co_authors, ' ')) LIKE '%harbour%';

-- liveblog filter --role correspondent
SELECT page_url, id FROM entries WHERE lower(role) LIKE '%correspondent%';

-- liveblog filter --title tunnel
SELECT page_url, id FROM entries WHERE lower(title) LIKE '%tunnel%';

-- liveblog filter --label analysis
SELECT page_url, id FROM entries WHERE lower(label) LIKE '%analysis%';

-- liveblog filter --text pumps?
SELECT page_url, id FROM entries
WHERE regexp_like(title, '(?i)pumps?') OR regexp_like(subtitle, '(?i)pumps?') OR regexp_like(text, '(?i)pumps?');

-- liveblog filter --has image
SELECT page_url, id FROM entries WHERE cardinality(images) > 0;

-- liveblog filter --since 2023-06-19T12:00Z
SELECT page_url, id FROM entries WHERE published >= CAST('2023-06-19T12:00:00Z' AS TIMESTAMP);

-- liveblog filter --on 2024-03-04 --tz UTC
SELECT page_url, id FROM entries WHERE published_date = DATE '2024-03-04';

-- liveblog filter --until 2023-12-31T23:59:59Z --has author
SELECT page_url, id FROM entries
WHERE published < CAST('2024-01-01T00:00:00Z' AS TIMESTAMP) AND author IS NOT NULL;

-- liveblog filter --title tunnel --text water --invert
SELECT page_url, id FROM entries
WHERE NOT (coalesce(lower(title) LIKE '%tunnel%', false)
    AND (coalesce(regexp_like(title, '(?i)water'), false) OR coalesce(regexp_like(subtitle, '(?i)water'), false)
        OR regexp_like(text, '(?i)water')));

-- liveblog timeline --since 2023-12-31T22:00Z --until 2024-01-01T03:00Z
SELECT page_url, id FROM entries
WHERE published >= CAST('2023-12-31T22:00:00Z' AS TIMESTAMP) AND published < CAST('2024-01-01T03:01:00Z' AS TIMESTAMP)
ORDER BY published, number DESC;

-- liveblog count --by label
SELECT label, count(*) AS entries FROM entries GROUP BY label;

-- liveblog count --by role --has author --since 2023-06-19 --until 2023-06-20 --tz UTC
SELECT role, count(*) AS entries FROM entries
WHERE author IS NOT NULL AND published_date BETWEEN DATE '2023-06-19' AND DATE '2023-06-20' GROUP BY role;
