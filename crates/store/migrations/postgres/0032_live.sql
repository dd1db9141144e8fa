-- Live coverage of stories: for how long, its updates, and what they said before they were put right.

create table live_coverages (
    coverage_id bigint not null primary key,
    story_id bigint not null,
    by_id bigint not null,
    -- when the story was covered first; this one may be a later coverage of it
    since_at bigint not null,
    opened_at bigint not null,
    -- until when updates can be written
    until_at bigint not null,
    -- when it came to its end; none while it is open
    ended_at bigint,
    -- who ended it before its time; none: it ended by itself
    ended_by bigint,
    -- when readers got the last update, or another text of one
    changed_at bigint
);

create index live_coverages_of_story on live_coverages (story_id, coverage_id);
create index live_coverages_open on live_coverages (until_at) where ended_at is null;

create table live_entries (
    entry_id bigint not null primary key,
    story_id bigint not null,
    headline text not null,
    text text not null,
    important bigint not null,
    at bigint not null,
    by_id bigint not null,
    -- which text of it this is, from 0
    revision bigint not null,
    edited_at bigint,
    edited_by bigint,
    -- readers see that there was one, and no word of it
    removed_at bigint,
    removed_by bigint,
    removed_why text
);

create index live_entries_of_story on live_entries (story_id, entry_id);

create table live_entry_revisions (
    entry_id bigint not null,
    revision bigint not null,
    headline text not null,
    text text not null,
    important bigint not null,
    -- from when readers had it, and whose it was
    at bigint not null,
    by_id bigint not null,
    primary key (entry_id, revision)
);
