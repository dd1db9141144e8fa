-- Other comment systems: their keys, and what their moderators decided.
-- Keys that are texts are compared by their bytes, as SQLite does by itself: every engine puts rows in the same order.

-- Only the SHA-256 of a key is kept. A key that was taken away stays, so that its name still says who sent what.
create table api_clients (
    client_id integer not null primary key,
    name text not null,
    key_hash text not null,
    -- comments in a minute
    per_minute integer not null,
    added_at integer not null,
    revoked_at integer,
    constraint api_clients_name unique (name),
    constraint api_clients_key unique (key_hash)
) strict;

-- Kept for learning; shown on no page.
create table suggestions (
    suggestion_id integer not null primary key,
    client_id integer not null references api_clients (client_id),
    -- SHA-256 of the client's token and the text: the same sent twice is one row.
    mark text not null,
    at integer not null,
    text text not null,
    -- JSON: attribute → value
    scores text not null,
    token text not null,
    community text not null,
    -- JSON: a list of texts, as the client sent them
    context text not null,
    constraint suggestions_mark unique (client_id, mark)
) strict;
