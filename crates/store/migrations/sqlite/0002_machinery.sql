-- The machinery around the newspaper: who works here, pages that are no stories, pictures, and what processes share.
-- Keys that are texts are compared by their bytes, as SQLite does by itself: every engine puts rows in the same order.

create table staff (
    staff_id integer not null primary key,
    name text not null,
    -- 'owner', 'editor', 'reporter', 'moderator'
    role text not null,
    added_at integer not null,
    constraint staff_name unique (name)
) strict;

-- One-time links. Only the SHA-256 of a token is kept.
create table sign_in_links (
    token_hash text not null primary key,
    staff_id integer not null references staff (staff_id),
    until_at integer not null,
    used_at integer
) strict;

create index sign_in_links_by_end on sign_in_links (until_at);

create table sessions (
    token_hash text not null primary key,
    session_id integer not null,
    staff_id integer not null references staff (staff_id),
    begun_at integer not null,
    until_at integer not null,
    constraint sessions_session unique (session_id)
) strict;

create index sessions_by_end on sessions (until_at);

create table pages (
    slug text not null primary key,
    title text not null,
    -- blocks as JSON
    body text not null,
    changed_at integer not null
) strict;

create table pictures (
    name text not null primary key,
    media_type text not null,
    width integer not null,
    height integer not null,
    bytes blob not null,
    kept_at integer not null
) strict;

create table jobs (
    job_id integer not null primary key,
    kind text not null,
    -- JSON
    payload text not null,
    once text not null,
    due_at integer not null,
    -- 0: nobody has it
    claimed_until integer not null,
    attempts integer not null,
    -- set aside, at the end of the claim in which it failed for good
    dead_at integer,
    -- finished: kept for a while, so that its key still holds
    done_at integer,
    -- why it failed last; empty when it did not
    why text not null,
    constraint jobs_once unique (once)
) strict;

create index jobs_to_claim on jobs (kind, due_at, job_id) where dead_at is null and done_at is null;
create index jobs_dead on jobs (dead_at, job_id) where dead_at is not null;
create index jobs_done on jobs (done_at) where done_at is not null;

create table leases (
    duty text not null primary key,
    holder text not null,
    until_at integer not null
) strict;

-- 32 bytes each, in hexadecimal.
create table secrets (
    name text not null primary key,
    value text not null
) strict;
