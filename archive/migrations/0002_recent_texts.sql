-- The newest texts' bands and fragments are kept together until some thousand are sorted in.
CREATE INDEX text_fragments_common ON text_fragments (fragment) WHERE text_id = 0;
CREATE TABLE recent_texts (
    text_id   INTEGER PRIMARY KEY REFERENCES texts (id),
    bands     BLOB NOT NULL,
    fragments BLOB NOT NULL
) STRICT;
