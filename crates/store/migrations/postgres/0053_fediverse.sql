-- Those who follow the paper from other servers of the Fediverse, what they are told, and what comes from there.

create table fediverse_inboxes (
    inbox_id bigint not null primary key,
    -- where messages go: the inbox that a whole server shares, or that of one account
    address text not null,
    host text not null,
    -- since when nothing arrives, and why
    failed_since bigint,
    why text not null,
    constraint fediverse_inboxes_address unique (address)
);

create index fediverse_inboxes_of_host on fediverse_inboxes (host);
create index fediverse_inboxes_failing on fediverse_inboxes (failed_since) where failed_since is not null;

create table fediverse_followers (
    follower_id bigint not null primary key,
    -- 0: the whole paper; else a section
    followed bigint not null,
    -- who follows, by the address of the account
    actor text not null,
    inbox_id bigint not null references fediverse_inboxes (inbox_id),
    -- where the answer goes
    own_inbox text not null,
    -- the activity by which they asked
    follow text not null,
    since_at bigint not null,
    constraint fediverse_followers_actor unique (actor, followed)
);

create index fediverse_followers_of_inbox on fediverse_followers (inbox_id, followed);
create index fediverse_followers_of_followed on fediverse_followers (followed);

create table fediverse_messages (
    message_id bigint not null primary key,
    -- once for each happening
    once text not null,
    -- 'published', 'changed', 'withdrawn'
    kind text not null,
    story_id bigint not null,
    section_id bigint,
    at bigint not null,
    -- up to which inbox it is jobs, and since when it is for all
    filled_to bigint not null,
    filled_at bigint,
    constraint fediverse_messages_once unique (once)
);

create index fediverse_messages_to_fill on fediverse_messages (message_id) where filled_at is null;
create index fediverse_messages_by_time on fediverse_messages (at);

-- What came and was not looked at yet: whose it is says a signature whose key may have to be asked for first.
create table fediverse_arrivals (
    arrival_id bigint not null primary key,
    host text not null,
    actor text not null,
    key_name text not null,
    signed text not null,
    signature text not null,
    body text not null,
    at bigint not null
);

create index fediverse_arrivals_of_host on fediverse_arrivals (host);
create index fediverse_arrivals_by_time on fediverse_arrivals (at);

-- What accounts of other servers say of themselves, for a day.
create table fediverse_actors (
    actor text not null primary key,
    -- JSON
    said text not null,
    fetched_at bigint not null
);

create index fediverse_actors_by_time on fediverse_actors (fetched_at);

-- As which visitor somebody comments from there; by a keyed hash of the account's address.
create table fediverse_people (
    mark text not null primary key,
    visitor_id bigint not null
);

create index fediverse_people_visitor on fediverse_people (visitor_id);

-- Which comment a message of another server became; by a keyed hash of its address.
create table fediverse_notes (
    mark text not null primary key,
    story_id bigint not null,
    comment_id bigint not null
);

-- Servers that are not heard and not told.
create table fediverse_blocks (
    host text not null primary key,
    why text not null,
    by_id bigint not null,
    at bigint not null
);

-- What went on with other servers, for a month.
create table fediverse_log (
    line_id bigint not null primary key,
    at bigint not null,
    what text not null,
    host text not null,
    why text not null
);

create index fediverse_log_by_time on fediverse_log (at);
