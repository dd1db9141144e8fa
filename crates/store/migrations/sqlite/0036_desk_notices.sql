-- What colleagues want to hear of and by which ways, what they are to be told, and the messages that tell it.

create table staff_notices (
    staff_id integer not null primary key references staff (staff_id),
    -- JSON: what by which way, quiet hours, how long comments may wait
    choices text not null
) strict;

-- Where a colleague is told by a way. An address of mail and a chat are asked for first: the one holds when its owner has
-- opened the link, the other when they have typed the code.
create table staff_ways (
    staff_id integer not null references staff (staff_id),
    -- a word: mail, hook, telegram
    way text not null,
    -- an address of mail or of the web, or a chat; empty: none yet
    address text not null,
    -- by which messages to an address of the web are signed; elsewhere empty
    secret text not null,
    since_at integer,
    -- what was asked for, until its link is opened or its code typed; SHA-256 of the token or the code
    asked text,
    token_hash text,
    asked_at integer,
    until_at integer,
    -- codes that were typed until then
    tries integer not null,
    -- since when nothing could be delivered, and why: a word, with a number behind it where there is one
    failed_since integer,
    why text not null,
    -- messages in a row that were given up, and since when nothing is sent because of them
    given_up integer not null,
    stopped_at integer,
    primary key (staff_id, way),
    constraint staff_ways_token unique (token_hash)
) strict;

create table desk_notices (
    notice_id integer not null primary key,
    staff_id integer not null,
    way text not null,
    -- once for each happening, colleague and way
    once text not null,
    -- JSON, ids alone
    told text not null,
    at integer not null,
    due_at integer not null,
    -- the message that tells it
    delivery_id integer,
    constraint desk_notices_once unique (once)
) strict;

create index desk_notices_due on desk_notices (due_at, staff_id, way) where delivery_id is null;
create index desk_notices_of_delivery on desk_notices (delivery_id, notice_id) where delivery_id is not null;
create index desk_notices_by_time on desk_notices (at);

create table desk_deliveries (
    delivery_id integer not null primary key,
    staff_id integer not null,
    way text not null,
    made_at integer not null
) strict;

create index desk_deliveries_of_staff on desk_deliveries (staff_id, made_at);
create index desk_deliveries_by_time on desk_deliveries (made_at);

-- Who set a story's minute last, and how long comments have waited.
create index happenings_of_timing on happenings (story_id, happening_id) where kind = 'story-timed';
-- By an expression, and for whoever asks with it, so that only the question about waiting finds it: the queue
-- goes by its own indexes.
create index comments_waiting_since on comments ((received_at + 0)) where state = 'held' and received_at + 0 > 0;
