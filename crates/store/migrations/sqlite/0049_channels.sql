-- Channels of others that hear of what is published, what each was told, and what of it stands in a channel of Telegram.

create table channels (
    channel_id integer not null primary key,
    -- a word: telegram, hook
    kind text not null,
    name text not null,
    -- a chat, or an address of the web
    address text not null,
    -- the token of a bot, or the key by which messages are signed
    secret text not null,
    -- JSON: of what it hears, and of which sections
    wish text not null,
    made_at integer not null,
    by_id integer not null references staff (staff_id),
    -- since when nothing could be delivered, and why: a word, with a number behind it where there is one
    failed_since integer,
    why text not null,
    -- since when nothing is sent: by an editor, or because nothing arrived for days
    stopped_at integer,
    stopped_by integer references staff (staff_id),
    removed_at integer
) strict;

create table channel_deliveries (
    delivery_id integer not null primary key,
    channel_id integer not null,
    -- once for each happening and channel
    once text not null,
    event text not null,
    -- JSON: ids alone
    about text not null,
    at integer not null,
    tries integer not null,
    sent_at integer,
    -- there was nothing to tell any more
    dropped_at integer,
    given_up_at integer,
    why text not null,
    constraint channel_deliveries_once unique (once)
) strict;

create index channel_deliveries_of_channel on channel_deliveries (channel_id, delivery_id);
create index channel_deliveries_by_time on channel_deliveries (at);

create table channel_posts (
    channel_id integer not null,
    story_id integer not null,
    message_id integer not null,
    at integer not null,
    primary key (channel_id, story_id)
) strict;

create index channel_posts_by_time on channel_posts (at);
