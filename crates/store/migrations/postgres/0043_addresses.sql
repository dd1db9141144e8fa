-- Where addresses of before lead, and addresses that lead nowhere and are asked for all the same.

create table redirects (
    -- decoded, without a slash at its end; of a query only ?p=NUMBER, and then of the front page
    path text collate "C" not null primary key,
    -- the story to which it leads, wherever that stands by then; else a path of ours or a whole address elsewhere
    story_id bigint,
    target text,
    -- none: the program, when it brought the story in
    by_id bigint,
    at bigint not null,
    -- how often it was followed, and when last
    hits bigint not null,
    hit_at bigint,
    -- since when it leads nowhere any more; the row stays, to be put back
    removed_at bigint
);

create index redirects_removed on redirects (removed_at, path) where removed_at is not null;

-- The few hundred that were asked for most: how often, how often from a page of others, and when last. Nothing says by whom.
create table missing_addresses (
    path text collate "C" not null primary key,
    hits bigint not null,
    outside bigint not null,
    asked_at bigint not null
);

create index missing_addresses_by_hits on missing_addresses (hits, path);
create index missing_addresses_by_time on missing_addresses (asked_at);
