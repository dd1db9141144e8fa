-- Browsers that their readers let the paper wake, and what they are told.

create table push_subscriptions (
    push_id integer not null primary key,
    -- the address of the browser's push service; SHA-256 of it
    endpoint text not null,
    mark text not null,
    -- the browser's public key and its secret, as it said them
    public_key text not null,
    secret text not null,
    -- JSON: which sections
    wish text not null,
    since_at integer not null,
    constraint push_subscriptions_mark unique (mark)
) strict;

create table push_messages (
    message_id integer not null primary key,
    -- once for each happening
    once text not null,
    story_id integer,
    strip_id integer,
    section_id integer,
    at integer not null,
    -- up to which browser its messages are jobs, and since when all are
    filled_to integer not null,
    filled_at integer,
    sent integer not null,
    gone integer not null,
    failed integer not null,
    constraint push_messages_once unique (once)
) strict;

create index push_messages_to_fill on push_messages (message_id) where filled_at is null;
create index push_messages_by_time on push_messages (at);
