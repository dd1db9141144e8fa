-- Breaking news: the line over every page, and those that stood there before.

create table strips (
    strip_id integer not null primary key,
    text text not null,
    -- the story that tells more; it may be not public any more
    story_id integer,
    by_id integer not null,
    raised_at integer not null,
    -- until when it was to stand
    until_at integer not null,
    -- when it came to its end; none while it stands
    ended_at integer,
    -- who ended it before its time, or raised the next one; none: it ended by itself
    ended_by integer
) strict;

create index strips_standing on strips (until_at) where ended_at is null;
