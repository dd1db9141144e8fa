-- The ways that the paper goes by (country, months, digits, calendar, week, clock) as the desk chose them, version by version.
-- The newest holds; an earlier one is taken back by being put there again.

create table paper_ways (
    -- 1, 2, 3 …
    version_id integer not null primary key,
    at integer not null,
    by_id integer not null,
    -- JSON
    chosen text not null
) strict;
