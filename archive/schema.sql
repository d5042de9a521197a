-- The archive, whole, in reading order: where articles come from, how they were fetched, what they say,
-- what they repeat and cite, what went wrong, and the views that answer questions.
--
-- What a site claims is named date_*: local time, +07:00, only as precise as printed ('2021-06',
-- '2021-06-11', '2021-06-11T08:05:00+07:00'), so that text order is time order. What we observed is named
-- *_at: UTC with Z. Names are schema.org's in snake_case; captures follow CDX. Lists and maps are JSON.
-- WARC files are the source; everything here can be derived from them again.

PRAGMA application_id = 1986096747;  -- 'vank', so that another program's database is never taken for ours
PRAGMA user_version = 2;

-- ---------------------------------------------------------------------------------------------- sources

-- The 63 provinces that ended with 30 June 2025, and the one of 34 that each became part of
-- (Resolution 202/2025/QH15). A site keeps the province it was named for.
CREATE TABLE provinces (
    name      TEXT PRIMARY KEY,
    successor TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One website of one Party organ. The name stays when the host changes.
CREATE TABLE sites (
    name      TEXT PRIMARY KEY CHECK (name <> '' AND name NOT GLOB '*[/ ]*'),
    title     TEXT NOT NULL,
    publisher TEXT NOT NULL,
    level     TEXT NOT NULL,            -- central, province, district, commune
    province  TEXT,                     -- as named at the time; NULL for central organs
    home      TEXT NOT NULL,
    family    TEXT NOT NULL             -- the CMS whose rules read it
) STRICT, WITHOUT ROWID;

-- ------------------------------------------------------------------------------------------------ crawls

-- One execution of one site's spider.
CREATE TABLE runs (
    id           INTEGER PRIMARY KEY,
    site         TEXT NOT NULL REFERENCES sites (name),
    command      TEXT NOT NULL,
    process      TEXT NOT NULL,         -- host:pid, to tell who holds the archive
    started_at   TEXT NOT NULL CHECK (started_at GLOB '*Z'),
    finished_at  TEXT CHECK (finished_at GLOB '*Z'),  -- NULL while it runs, and for ever if it was killed
    reason       TEXT,                  -- why it ended: finished, interrupted, limit, challenged, network
    requests     INTEGER,
    bytes        INTEGER,
    listings     INTEGER,
    fetched      INTEGER,
    new          INTEGER,
    same         INTEGER,
    changed      INTEGER,
    duplicates   INTEGER,
    issues       INTEGER,
    remaining    INTEGER,               -- articles seen and still to fetch when it ended
    other_counts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(other_counts)),
    CHECK ((finished_at IS NULL) = (reason IS NULL))
) STRICT;
CREATE INDEX runs_by_site ON runs (site, started_at);

-- One HTTP exchange: a CDX index of the WARC files. The bytes are at (warc_file, warc_offset, warc_length).
CREATE TABLE captures (
    id          INTEGER PRIMARY KEY,
    run_id      INTEGER NOT NULL REFERENCES runs (id),
    kind        TEXT NOT NULL CHECK (kind <> ''),  -- article, gone, issue, listing, feed, sitemap, robots...
    article_id  INTEGER REFERENCES articles (id),  -- the article it shows, or shows to be gone
    url         TEXT NOT NULL,
    captured_at TEXT NOT NULL CHECK (captured_at GLOB '*Z'),
    status      INTEGER NOT NULL,
    mime        TEXT,
    digest      TEXT NOT NULL CHECK (digest GLOB 'sha256:*'),  -- of the payload as received
    warc_file   TEXT NOT NULL,          -- relative to the data folder
    warc_offset INTEGER NOT NULL CHECK (warc_offset >= 0),
    warc_length INTEGER NOT NULL CHECK (warc_length > 0),
    UNIQUE (warc_file, warc_offset)
) STRICT;
CREATE INDEX captures_by_article ON captures (article_id, captured_at) WHERE article_id IS NOT NULL;
CREATE INDEX captures_by_run ON captures (run_id);
CREATE INDEX captures_by_url ON captures (url, captured_at);

-- An article's link on a listing, with what was printed beside it.
CREATE TABLE sightings (
    id            INTEGER PRIMARY KEY,
    site          TEXT NOT NULL REFERENCES sites (name),
    uid           TEXT NOT NULL,
    listing_url   TEXT NOT NULL,
    url           TEXT NOT NULL,
    section       TEXT,
    headline      TEXT,
    description   TEXT,
    date          TEXT CHECK (length(date) IN (4, 7, 10, 25)),
    date_raw      TEXT,
    date_source   TEXT CHECK (date_source IN ('listing', 'feed', 'sitemap')),
    first_seen_at TEXT NOT NULL CHECK (first_seen_at GLOB '*Z'),
    last_seen_at  TEXT NOT NULL CHECK (last_seen_at GLOB '*Z'),
    UNIQUE (uid, listing_url)
) STRICT;
CREATE INDEX sightings_by_section ON sightings (section) WHERE section IS NOT NULL;

-- What is still to fetch. A row becomes done in the transaction that records what was fetched, never before.
CREATE TABLE frontier (
    id            INTEGER PRIMARY KEY,
    uid           TEXT NOT NULL UNIQUE,
    site          TEXT NOT NULL REFERENCES sites (name),
    run_id        INTEGER NOT NULL REFERENCES runs (id),  -- the run that saw it first
    attempts      INTEGER NOT NULL DEFAULT 0,
    next_try_at   TEXT CHECK (next_try_at GLOB '*Z'),     -- NULL: at once; where done, of its re-check
    done_at       TEXT CHECK (done_at GLOB '*Z'),
    parked_reason TEXT,                                   -- given up, and why
    CHECK (done_at IS NULL OR parked_reason IS NULL)
) STRICT;
CREATE INDEX frontier_waiting ON frontier (site, run_id DESC, id)
    WHERE done_at IS NULL AND parked_reason IS NULL;

-- How far the pages of one section have been walked, so that a killed first crawl goes on where it was.
CREATE TABLE listings (
    site         TEXT NOT NULL REFERENCES sites (name),
    url          TEXT NOT NULL,         -- of the section's first page
    resume_url   TEXT,                  -- the page to go on with; NULL when none is left
    completed_at TEXT CHECK (completed_at GLOB '*Z'),  -- when the last page was reached; NULL if never
    PRIMARY KEY (site, url)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------- articles

-- The distinct texts articles have or had, folded, as far as "the same text" goes. Texts under 30 words count
-- together with their headline, so that photo stories under one stock caption stay apart.
CREATE TABLE texts (
    id        INTEGER PRIMARY KEY,
    digest    TEXT NOT NULL UNIQUE,     -- blake2b of the folded words
    words     INTEGER NOT NULL,         -- syllables, as Vietnamese is written
    fragments INTEGER NOT NULL,         -- how many of its shingles are in text_fragments
    sketch    BLOB NOT NULL             -- its 128 lowest shingle hashes, 4 bytes each: how alike two texts are
) STRICT;

-- One news item, in its latest reading.
CREATE TABLE articles (
    id                 INTEGER PRIMARY KEY,
    uid                TEXT NOT NULL UNIQUE CHECK (uid <> ''),
    site               TEXT REFERENCES sites (name),   -- NULL for a page of an undeclared host
    family             TEXT,
    url                TEXT NOT NULL,
    headline           TEXT NOT NULL CHECK (headline <> ''),
    description        TEXT,
    body               TEXT NOT NULL,   -- paragraphs joined by a blank line; clean, never folded
    authors            TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(authors)),
    author_role        TEXT,
    byline             TEXT,
    source             TEXT,
    section            TEXT,            -- what the page itself prints; listings' sections are with sightings
    keywords           TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(keywords)),
    date_published     TEXT CHECK (length(date_published) IN (4, 7, 10, 25)),
    date_published_raw TEXT,
    date_source        TEXT CHECK (date_source IN ('page', 'meta', 'listing', 'feed', 'sitemap', 'url')),
    date_precision     TEXT CHECK (date_precision IN ('second', 'minute', 'day', 'month', 'year')),
    view_count         INTEGER,         -- at capture time
    read_by            TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(read_by)),  -- field -> layer: rule
    capture_id         INTEGER NOT NULL REFERENCES captures (id),  -- the bytes this reading is of
    first_captured_at  TEXT NOT NULL CHECK (first_captured_at GLOB '*Z'),
    last_captured_at   TEXT NOT NULL CHECK (last_captured_at GLOB '*Z'),
    removed_at         TEXT CHECK (removed_at GLOB '*Z'),  -- when the site was first found without it
    text_id            INTEGER REFERENCES texts (id),  -- NULL: too short to be compared
    content_digest     TEXT NOT NULL,   -- of folded headline and body: what makes a version
    -- The article's row in the full-text index: minutes since 1970 of date_published, local, times 65536,
    -- and a number; so the index's own order is newest first. Undated articles are negative: last.
    search_rowid       INTEGER NOT NULL UNIQUE,
    CHECK (date_published IS NULL OR date_source IS NOT NULL)
) STRICT;
CREATE INDEX articles_by_site ON articles (site, date_published);
CREATE INDEX articles_by_section ON articles (section) WHERE section IS NOT NULL;
CREATE INDEX articles_by_date ON articles (date_published);
CREATE INDEX articles_by_text ON articles (text_id, date_published, uid);
CREATE INDEX articles_removed ON articles (removed_at) WHERE removed_at IS NOT NULL;
CREATE INDEX articles_by_capture ON articles (capture_id);

-- Earlier readings that the site replaced.
CREATE TABLE versions (
    id                 INTEGER PRIMARY KEY,
    article_id         INTEGER NOT NULL REFERENCES articles (id),
    capture_id         INTEGER NOT NULL REFERENCES captures (id),
    captured_at        TEXT NOT NULL CHECK (captured_at GLOB '*Z'),
    replaced_at        TEXT NOT NULL CHECK (replaced_at GLOB '*Z'),
    headline           TEXT NOT NULL,
    description        TEXT,
    body               TEXT NOT NULL,
    authors            TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(authors)),
    byline             TEXT,
    source             TEXT,
    date_published     TEXT,
    date_published_raw TEXT,
    content_digest     TEXT NOT NULL,
    UNIQUE (article_id, captured_at, content_digest)
) STRICT;

CREATE TABLE images (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    position   INTEGER NOT NULL,
    url        TEXT NOT NULL,
    caption    TEXT,
    credit     TEXT,
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachments (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    position   INTEGER NOT NULL,
    url        TEXT NOT NULL,
    title      TEXT,
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

-- Party and State documents named in the body. One number names another document in every term and province.
CREATE TABLE citations (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    position   INTEGER NOT NULL,        -- in the body, in characters
    document   TEXT NOT NULL,           -- 05-CT/TW, in its usual spelling
    kind       TEXT,                    -- Chỉ thị: as printed before the number, else as its code means
    issuer     TEXT NOT NULL,           -- TW, TU, HU, UBND
    province   TEXT,                    -- whose TU, HU or UBND; NULL for central issuers
    date       TEXT CHECK (length(date) = 10),  -- of the document, where printed
    sentence   TEXT NOT NULL,
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX citations_by_document ON citations (document, province);

-- Full text in two spellings side by side. The first three columns keep their marks, so Đảng is not đang
-- (lower case, NFC, one tone placement: hoà = hòa); the *_plain columns hold the same without marks and
-- with d for đ, so dang bo finds Đảng bộ. A word typed with marks can only match the first three, one typed
-- without matches the plain ones, each word on its own; so the stock search box of Datasette works too.
-- Contentless: the text is in articles; rowid is articles.search_rowid; written by archive/search.py alone.
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    headline, body, beside,             -- beside: captions, byline, source, keywords
    headline_plain, body_plain, beside_plain,
    content = '', tokenize = 'unicode61 remove_diacritics 0'
);

-- -------------------------------------------------------------------------------------------- duplicates

-- An article whose text repeats an earlier published one's: each is linked to the earliest it resembles.
-- Dated before undated, then by uid, so that arrival in any order gives the same links. Nothing is dropped.
-- exact: the same words. near: similarity is the shared part of both texts' shingles (Jaccard), at least
-- half. excerpt: one stands within the other; similarity is the part of the shorter one found in the longer.
CREATE TABLE duplicates (
    article_id  INTEGER NOT NULL REFERENCES articles (id),
    original_id INTEGER NOT NULL REFERENCES articles (id),
    kind        TEXT NOT NULL CHECK (kind IN ('exact', 'near', 'excerpt')),
    similarity  REAL NOT NULL CHECK (similarity > 0 AND similarity <= 1),
    PRIMARY KEY (article_id, original_id),
    CHECK (article_id <> original_id),
    CHECK (kind <> 'exact' OR similarity = 1)
) STRICT, WITHOUT ROWID;
CREATE INDEX duplicates_by_original ON duplicates (original_id);

-- Where texts alike are looked for: 32 bands of 4 MinHash rows of each text; two texts that share half of
-- their shingles (runs of 5 syllables) meet in some band.
CREATE TABLE text_bands (
    band    INTEGER NOT NULL,           -- hash of the band's number and its 4 rows
    text_id INTEGER NOT NULL,
    PRIMARY KEY (band, text_id)
) STRICT, WITHOUT ROWID;

-- Where a reprint inside a longer text is looked for: every sixteenth shingle, chosen by its hash. One that a
-- hundred texts share is a stock phrase: it is kept once, with text_id 0.
CREATE TABLE text_fragments (
    fragment INTEGER NOT NULL,
    text_id  INTEGER NOT NULL,
    PRIMARY KEY (fragment, text_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX text_fragments_common ON text_fragments (fragment) WHERE text_id = 0;

-- The newest texts, whose bands and fragments are not yet in the two tables above: some thousand at a time are
-- sorted in. Bands take eight bytes each, fragments four, little end first; stock phrases are left out.
CREATE TABLE recent_texts (
    text_id   INTEGER PRIMARY KEY REFERENCES texts (id),
    bands     BLOB NOT NULL,
    fragments BLOB NOT NULL
) STRICT;

-- Texts found alike, each pair in both directions. duplicates is made from these and the articles' dates.
CREATE TABLE text_pairs (
    text_id    INTEGER NOT NULL REFERENCES texts (id),
    other_id   INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('near', 'excerpt')),
    similarity REAL NOT NULL CHECK (similarity > 0 AND similarity <= 1),
    PRIMARY KEY (text_id, other_id),
    CHECK (text_id <> other_id)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------- troubles

-- Something a run could not understand. Silence is a failure; this is its opposite.
CREATE TABLE issues (
    id          INTEGER PRIMARY KEY,
    run_id      INTEGER NOT NULL REFERENCES runs (id),
    site        TEXT,
    kind        TEXT NOT NULL,          -- the error's class name
    severity    TEXT NOT NULL CHECK (severity IN ('error', 'warning')),
    message     TEXT NOT NULL,
    url         TEXT,
    uid         TEXT,
    capture_id  INTEGER REFERENCES captures (id),
    reported_at TEXT NOT NULL CHECK (reported_at GLOB '*Z')
) STRICT;
CREATE INDEX issues_by_run ON issues (run_id, kind);
CREATE INDEX issues_by_uid ON issues (uid) WHERE uid IS NOT NULL;

-- ------------------------------------------------------------------------------------------------- views

-- Every section an article was listed in or printed itself.
CREATE VIEW article_sections AS
SELECT a.uid, a.site, a.section, 'page' AS seen_on
  FROM articles a
 WHERE a.section IS NOT NULL
UNION
SELECT s.uid, s.site, s.section, 'listing'
  FROM sightings s
  JOIN articles a USING (uid)
 WHERE s.section IS NOT NULL;

-- One row a text: articles that repeat no earlier one. section is the page's own, else a listing's.
CREATE VIEW unique_articles AS
SELECT a.id, a.uid, a.site, s.title AS site_title, s.level,
       s.province, coalesce(p.successor, s.province) AS province_now,
       coalesce(a.section, (SELECT g.section FROM sightings g
                             WHERE g.uid = a.uid AND g.section IS NOT NULL
                             ORDER BY g.id LIMIT 1)) AS section,
       substr(a.date_published, 1, 4) AS year,
       a.date_published, a.date_precision, a.date_source,
       a.headline, a.description, a.body, a.authors, a.byline, a.source, a.keywords,
       a.url, a.removed_at, a.first_captured_at, a.search_rowid
  FROM articles a
  LEFT JOIN sites s ON s.name = a.site
  LEFT JOIN provinces p ON p.name = s.province
 WHERE NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = a.id AND d.kind <> 'excerpt');

-- Who repeated whom, how closely, and how many days later; lag_days is NULL where either has no day.
CREATE VIEW duplicate_pairs AS
SELECT d.kind, d.similarity,
       o.uid AS original_uid, o.site AS original_site, o.date_published AS original_date,
       o.headline AS original_headline,
       a.uid AS duplicate_uid, a.site AS duplicate_site, a.date_published AS duplicate_date,
       a.headline AS duplicate_headline,
       CASE WHEN length(a.date_published) >= 10 AND length(o.date_published) >= 10
            THEN round(julianday(substr(a.date_published, 1, 19))
                       - julianday(substr(o.date_published, 1, 19)), 3) END AS lag_days
  FROM duplicates d
  JOIN articles a ON a.id = d.article_id
  JOIN articles o ON o.id = d.original_id;

-- Every reading of every article in order: number 1 is the oldest, replaced_at NULL the latest.
CREATE VIEW history AS
SELECT r.uid, row_number() OVER (PARTITION BY r.uid ORDER BY r.captured_at, r.replaced_at IS NULL)
           AS number,
       r.captured_at, r.replaced_at, r.headline, r.description, r.body, r.authors, r.byline, r.source,
       r.date_published, c.digest, c.warc_file, c.warc_offset
  FROM (SELECT a.uid, v.article_id, v.capture_id, v.captured_at, v.replaced_at, v.headline, v.description,
               v.body, v.authors, v.byline, v.source, v.date_published
          FROM versions v JOIN articles a ON a.id = v.article_id
        UNION ALL
        SELECT a.uid, a.id, a.capture_id, k.captured_at, NULL, a.headline, a.description,
               a.body, a.authors, a.byline, a.source, a.date_published
          FROM articles a JOIN captures k ON k.id = a.capture_id) r
  JOIN captures c ON c.id = r.capture_id;

-- How many articles each site has of each month; month is NULL for undated ones.
CREATE VIEW coverage AS
SELECT a.site, s.title AS site_title, s.level, s.province, coalesce(p.successor, s.province) AS province_now,
       CASE WHEN length(a.date_published) >= 7 THEN substr(a.date_published, 1, 7) END AS month,
       count(*) AS articles,
       count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM duplicates d
                                           WHERE d.article_id = a.id AND d.kind <> 'excerpt'))
           AS unique_articles
  FROM articles a
  LEFT JOIN sites s ON s.name = a.site
  LEFT JOIN provinces p ON p.name = s.province
 GROUP BY a.site, month;

-- One row for each author of each article.
CREATE VIEW article_authors AS
SELECT j.value AS author, j.key + 1 AS position, a.uid, a.site, a.author_role, a.byline, a.source,
       a.date_published, a.headline
  FROM articles a, json_each(a.authors) j;

-- What to cite: the record, and the bytes behind it.
CREATE VIEW provenance AS
SELECT a.uid, a.headline, a.url, s.title AS site_title, s.publisher, a.date_published, a.date_source,
       a.read_by, c.captured_at, c.status, c.digest, c.warc_file, c.warc_offset, c.warc_length,
       r.id AS run_id, r.command, r.started_at AS run_started_at
  FROM articles a
  JOIN captures c ON c.id = a.capture_id
  JOIN runs r ON r.id = c.run_id
  LEFT JOIN sites s ON s.name = a.site;

-- Which documents articles name, how often and when. Documents of one number are told apart by province and,
-- where articles print them, by dates.
CREATE VIEW cited_documents AS
SELECT c.document, min(c.kind) AS kind, c.issuer, c.province,
       count(*) AS citations, count(DISTINCT c.article_id) AS articles, count(DISTINCT a.site) AS sites,
       group_concat(DISTINCT c.date) AS dates,
       min(a.date_published) AS first_cited, max(a.date_published) AS last_cited
  FROM citations c
  JOIN articles a ON a.id = c.article_id
 GROUP BY c.document, c.issuer, c.province;

-- Articles the site no longer shows, with the answer it gave when last asked.
CREATE VIEW removed_articles AS
SELECT a.uid, a.site, a.headline, a.date_published, a.url, a.last_captured_at, a.removed_at,
       g.status, g.digest, g.warc_file, g.warc_offset
  FROM articles a
  LEFT JOIN captures g ON g.id = (SELECT k.id FROM captures k
                                   WHERE k.article_id = a.id AND k.kind = 'gone'
                                   ORDER BY k.captured_at DESC, k.id DESC LIMIT 1)
 WHERE a.removed_at IS NOT NULL;

-- For operators: the last run of each site and what it left behind.
CREATE VIEW site_health AS
SELECT s.name AS site, s.title, s.family,
       r.id AS last_run, r.started_at, r.finished_at, r.reason, r.requests, r.fetched, r.new, r.changed,
       (SELECT count(*) FROM issues i WHERE i.run_id = r.id) AS issues,
       (SELECT count(*) FROM frontier f
         WHERE f.site = s.name AND f.done_at IS NULL AND f.parked_reason IS NULL) AS waiting,
       (SELECT count(*) FROM frontier f WHERE f.site = s.name AND f.parked_reason IS NOT NULL) AS parked,
       (SELECT count(*) FROM articles a WHERE a.site = s.name) AS articles,
       (SELECT max(a.date_published) FROM articles a WHERE a.site = s.name) AS newest,
       (SELECT max(a.first_captured_at) FROM articles a WHERE a.site = s.name) AS last_new_at
  FROM sites s
  LEFT JOIN runs r ON r.id = (SELECT max(l.id) FROM runs l WHERE l.site = s.name);
