-- Breaking news: the line over every page, and those that stood there before.

create table strips (
    strip_id bigint not null primary key,
    text text not null,
    -- the story that tells more; it may be not public any more
    story_id bigint,
    by_id bigint not null,
    raised_at bigint not null,
    -- until when it was to stand
    until_at bigint not null,
    -- when it came to its end; none while it stands
    ended_at bigint,
    -- who ended it before its time, or raised the next one; none: it ended by itself
    ended_by bigint
);

create index strips_standing on strips (until_at) where ended_at is null;
