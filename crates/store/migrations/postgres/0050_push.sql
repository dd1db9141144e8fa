-- Browsers that their readers let the paper wake, and what they are told.

create table push_subscriptions (
    push_id bigint not null primary key,
    -- the address of the browser's push service; SHA-256 of it
    endpoint text not null,
    mark text not null,
    -- the browser's public key and its secret, as it said them
    public_key text not null,
    secret text not null,
    -- JSON: which sections
    wish text not null,
    since_at bigint not null,
    constraint push_subscriptions_mark unique (mark)
);

create table push_messages (
    message_id bigint not null primary key,
    -- once for each happening
    once text not null,
    story_id bigint,
    strip_id bigint,
    section_id bigint,
    at bigint not null,
    -- up to which browser its messages are jobs, and since when all are
    filled_to bigint not null,
    filled_at bigint,
    sent bigint not null,
    gone bigint not null,
    failed bigint not null,
    constraint push_messages_once unique (once)
);

create index push_messages_to_fill on push_messages (message_id) where filled_at is null;
create index push_messages_by_time on push_messages (at);
