-- The paper as it was printed: its issues by number and day, their files part by part, and their first pages as pictures.

create table issues (
    issue_id integer not null primary key,
    number text not null,
    -- the number as addresses have it: one issue of a number
    slug text not null,
    -- the day that stands on it
    day text not null,
    -- draft, public or withdrawn
    state text not null,
    file_id integer not null,
    by_id integer not null,
    made_at integer not null,
    -- the minute at which the clock publishes it
    goes_at integer,
    published_at integer,
    withdrawn_at integer,
    withdrawn_by integer,
    withdrawn_why text,
    -- grows with each change, so that nobody writes over what they have not read
    version integer not null
) strict;

create unique index issues_slug on issues (slug);
create index issues_by_day on issues (state, day, issue_id);
create index issues_to_go on issues (goes_at) where goes_at is not null;

-- what issues that readers had were known by before their numbers were put right; these addresses lead on
create table former_numbers (
    slug text not null,
    until_at integer not null,
    issue_id integer not null,
    primary key (slug, until_at, issue_id)
) strict, without rowid;

create table issue_files (
    file_id integer not null primary key,
    -- none: it came in and nobody has said of which issue it is
    issue_id integer,
    name text not null,
    bytes integer not null,
    -- SHA-256 of its bytes, in hexadecimal
    print text not null,
    pages integer not null,
    -- of the first page as a picture, in pixels
    width integer not null,
    height integer not null,
    -- 1: it is the page; 0: it could not be drawn, and something stands in
    drawn integer not null,
    -- 1: something in it acts when it is opened
    acts integer not null,
    by_id integer not null,
    at integer not null,
    -- another one stands in its place since, and its bytes are gone
    replaced_at integer,
    replaced_by integer,
    replaced_why text
) strict;

create index issue_files_of_issue on issue_files (issue_id, file_id) where issue_id is not null;
create index issue_files_waiting on issue_files (at) where issue_id is null;

create table issue_parts (
    file_id integer not null,
    -- from 0, each of 256 KiB but the last
    part integer not null,
    bytes blob not null,
    primary key (file_id, part)
) strict;

create table issue_pages (
    file_id integer not null,
    -- in pixels
    width integer not null,
    bytes blob not null,
    primary key (file_id, width)
) strict;
