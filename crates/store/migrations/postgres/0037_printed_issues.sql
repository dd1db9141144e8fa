-- The paper as it was printed: its issues by number and day, their files part by part, and their first pages as pictures.

create table issues (
    issue_id bigint not null primary key,
    number text not null,
    -- the number as addresses have it: one issue of a number
    slug text not null,
    -- the day that stands on it
    day text not null,
    -- draft, public or withdrawn
    state text not null,
    file_id bigint not null,
    by_id bigint not null,
    made_at bigint not null,
    -- the minute at which the clock publishes it
    goes_at bigint,
    published_at bigint,
    withdrawn_at bigint,
    withdrawn_by bigint,
    withdrawn_why text,
    -- grows with each change, so that nobody writes over what they have not read
    version bigint not null
);

create unique index issues_slug on issues (slug);
create index issues_by_day on issues (state, day, issue_id);
create index issues_to_go on issues (goes_at) where goes_at is not null;

-- what issues that readers had were known by before their numbers were put right; these addresses lead on
create table former_numbers (
    slug text not null,
    until_at bigint not null,
    issue_id bigint not null,
    primary key (slug, until_at, issue_id)
);

create table issue_files (
    file_id bigint not null primary key,
    -- none: it came in and nobody has said of which issue it is
    issue_id bigint,
    name text not null,
    bytes bigint not null,
    -- SHA-256 of its bytes, in hexadecimal
    print text not null,
    pages bigint not null,
    -- of the first page as a picture, in pixels
    width bigint not null,
    height bigint not null,
    -- 1: it is the page; 0: it could not be drawn, and something stands in
    drawn bigint not null,
    -- 1: something in it acts when it is opened
    acts bigint not null,
    by_id bigint not null,
    at bigint not null,
    -- another one stands in its place since, and its bytes are gone
    replaced_at bigint,
    replaced_by bigint,
    replaced_why text
);

create index issue_files_of_issue on issue_files (issue_id, file_id) where issue_id is not null;
create index issue_files_waiting on issue_files (at) where issue_id is null;

create table issue_parts (
    file_id bigint not null,
    -- from 0, each of 256 KiB but the last
    part bigint not null,
    bytes bytea not null,
    primary key (file_id, part)
);

create table issue_pages (
    file_id bigint not null,
    -- in pixels
    width bigint not null,
    bytes bytea not null,
    primary key (file_id, width)
);
