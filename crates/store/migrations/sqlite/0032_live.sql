-- Live coverage of stories: for how long, its updates, and what they said before they were put right.

create table live_coverages (
    coverage_id integer not null primary key,
    story_id integer not null,
    by_id integer not null,
    -- when the story was covered first; this one may be a later coverage of it
    since_at integer not null,
    opened_at integer not null,
    -- until when updates can be written
    until_at integer not null,
    -- when it came to its end; none while it is open
    ended_at integer,
    -- who ended it before its time; none: it ended by itself
    ended_by integer,
    -- when readers got the last update, or another text of one
    changed_at integer
) strict;

create index live_coverages_of_story on live_coverages (story_id, coverage_id);
create index live_coverages_open on live_coverages (until_at) where ended_at is null;

create table live_entries (
    entry_id integer not null primary key,
    story_id integer not null,
    headline text not null,
    text text not null,
    important integer not null,
    at integer not null,
    by_id integer not null,
    -- which text of it this is, from 0
    revision integer not null,
    edited_at integer,
    edited_by integer,
    -- readers see that there was one, and no word of it
    removed_at integer,
    removed_by integer,
    removed_why text
) strict;

create index live_entries_of_story on live_entries (story_id, entry_id);

create table live_entry_revisions (
    entry_id integer not null,
    revision integer not null,
    headline text not null,
    text text not null,
    important integer not null,
    -- from when readers had it, and whose it was
    at integer not null,
    by_id integer not null,
    primary key (entry_id, revision)
) strict;
