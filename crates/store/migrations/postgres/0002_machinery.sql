-- The machinery around the newspaper: who works here, pages that are no stories, pictures, and what processes share.
-- Keys that are texts are compared by their bytes, so that every engine puts rows in the same order.

create table staff (
    staff_id bigint not null primary key,
    name text collate "C" not null,
    -- 'owner', 'editor', 'reporter', 'moderator'
    role text not null,
    added_at bigint not null,
    constraint staff_name unique (name)
);

-- One-time links. Only the SHA-256 of a token is kept.
create table sign_in_links (
    token_hash text collate "C" not null primary key,
    staff_id bigint not null references staff (staff_id),
    until_at bigint not null,
    used_at bigint
);

create index sign_in_links_by_end on sign_in_links (until_at);

create table sessions (
    token_hash text collate "C" not null primary key,
    session_id bigint not null,
    staff_id bigint not null references staff (staff_id),
    begun_at bigint not null,
    until_at bigint not null,
    constraint sessions_session unique (session_id)
);

create index sessions_by_end on sessions (until_at);

create table pages (
    slug text collate "C" not null primary key,
    title text not null,
    -- blocks as JSON
    body text not null,
    changed_at bigint not null
);

create table pictures (
    name text collate "C" not null primary key,
    media_type text not null,
    width bigint not null,
    height bigint not null,
    bytes bytea not null,
    kept_at bigint not null
);

create table jobs (
    job_id bigint not null primary key,
    kind text collate "C" not null,
    -- JSON
    payload text not null,
    once text collate "C" not null,
    due_at bigint not null,
    -- 0: nobody has it
    claimed_until bigint not null,
    attempts bigint not null,
    -- set aside, at the end of the claim in which it failed for good
    dead_at bigint,
    -- finished: kept for a while, so that its key still holds
    done_at bigint,
    -- why it failed last; empty when it did not
    why text not null,
    constraint jobs_once unique (once)
);

create index jobs_to_claim on jobs (kind, due_at, job_id) where dead_at is null and done_at is null;
create index jobs_dead on jobs (dead_at, job_id) where dead_at is not null;
create index jobs_done on jobs (done_at) where done_at is not null;

create table leases (
    duty text collate "C" not null primary key,
    holder text not null,
    until_at bigint not null
);

-- 32 bytes each, in hexadecimal.
create table secrets (
    name text collate "C" not null primary key,
    value text not null
);
