-- How often the paper was read, by day: sums alone. story_reads has the stories; from here on its days are the paper's own.

create table reading_days (
    -- 'pages', 'hour', 'section', 'source', 'readers'
    kind text not null,
    -- 'YYYY-MM-DD', the paper's day
    day text not null,
    -- which page, hour, section or host
    key text not null,
    reads integer not null,
    primary key (kind, day, key)
) strict, without rowid;

create index story_reads_by_reads on story_reads (day, reads, story_id);
create index story_reads_of_story on story_reads (story_id, day, reads);

-- The salt under which the marks of a day are made. It goes at the end of the day, and the marks with it.
create table reading_salts (
    day text not null primary key,
    value text not null
) strict, without rowid;

-- Whom a day has counted already: numbers, of use for nothing without the salt.
create table reading_marks (
    day text not null,
    mark integer not null,
    primary key (day, mark)
) strict, without rowid;
