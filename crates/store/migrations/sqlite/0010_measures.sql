-- What the staff does about a reader and writes down about one. Both are about a device key or an account, never about a
-- name.

create table measures (
    measure_id integer not null primary key,
    visitor_id integer not null,
    -- 'warn', 'review', 'pause', 'ban'
    kind text not null,
    -- what the reader is told
    why text not null,
    by_id integer not null,
    at integer not null,
    -- none: until somebody takes it back
    until_at integer,
    acknowledged_at integer,
    -- taken back, or come to its end
    ended_at integer,
    -- JSON: by whom
    ended_by text,
    ended_why text not null
) strict;

create index measures_of_visitor on measures (visitor_id, measure_id);
create index measures_by_end on measures (until_at, measure_id) where ended_at is null and until_at is not null;

-- For the staff alone.
create table visitor_notes (
    note_id integer not null primary key,
    visitor_id integer not null,
    by_id integer not null,
    at integer not null,
    text text not null
) strict;

create index visitor_notes_of_visitor on visitor_notes (visitor_id, note_id);
