-- The front page as editors lay it out: every page that was launched or is to be, and the one that is being prepared.

create table front_launches (
    launch_id integer not null primary key,
    -- JSON
    layout text not null,
    by_id integer,
    made_at integer not null,
    -- the minute at which the clock launches it; none: it was launched at once
    goes_at integer,
    -- since when readers have it; none while it waits, or when it was taken from the clock
    launched_at integer,
    called_off_at integer,
    called_off_by integer
) strict;

create index front_launches_launched on front_launches (launched_at, launch_id) where launched_at is not null;
create index front_launches_waiting on front_launches (goes_at, launch_id)
    where launched_at is null and called_off_at is null;

-- The page that is being prepared: one row at most. Whoever saves says which version they read.
create table front_draft (
    draft_id integer not null primary key,
    version integer not null,
    -- JSON
    layout text not null,
    by_id integer not null,
    at integer not null
) strict;
