-- Other comment systems: their keys, and what their moderators decided.
-- Keys that are texts are compared by their bytes, so that every engine puts rows in the same order.

-- Only the SHA-256 of a key is kept. A key that was taken away stays, so that its name still says who sent what.
create table api_clients (
    client_id bigint not null primary key,
    name text collate "C" not null,
    key_hash text collate "C" not null,
    -- comments in a minute
    per_minute bigint not null,
    added_at bigint not null,
    revoked_at bigint,
    constraint api_clients_name unique (name),
    constraint api_clients_key unique (key_hash)
);

-- Kept for learning; shown on no page.
create table suggestions (
    suggestion_id bigint not null primary key,
    client_id bigint not null references api_clients (client_id),
    -- SHA-256 of the client's token and the text: the same sent twice is one row.
    mark text collate "C" not null,
    at bigint not null,
    text text not null,
    -- JSON: attribute → value
    scores text not null,
    token text not null,
    community text not null,
    -- JSON: a list of texts, as the client sent them
    context text not null,
    constraint suggestions_mark unique (client_id, mark)
);
