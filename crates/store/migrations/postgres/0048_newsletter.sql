-- Those who follow the paper: what is sent to them, version by version, and the newsletter: its readers and its editions.

create table follower_settings (
    settings_id bigint not null primary key,
    -- a word: newsletter, machines, push
    part text not null,
    at bigint not null,
    by_id bigint not null references staff (staff_id),
    -- JSON
    settings text not null
);

create index follower_settings_of_part on follower_settings (part, settings_id);

-- Readers of the newsletter: an address and what is wanted, and nothing else. Nothing but the letter with the link goes to
-- an address that has not been confirmed.
create table subscribers (
    subscriber_id bigint not null primary key,
    email text not null,
    -- one spelling for many
    folded text not null,
    -- JSON: how often, which sections, which language
    wish text not null,
    -- a word of it: daily, weekly
    rhythm text not null,
    -- JSON: what was asked for, until its link is opened; SHA-256 of the token
    asked text,
    token_hash text,
    asked_at bigint not null,
    until_at bigint not null,
    -- letters with a link on the last day
    asks bigint not null,
    confirmed_at bigint,
    -- letters in a row that were refused for good, and since when nothing is sent because of them
    bounced bigint not null,
    stopped_at bigint,
    -- since when nothing is sent because the reader wants no more; the row goes some days later
    left_at bigint,
    constraint subscribers_folded unique (folded),
    constraint subscribers_token unique (token_hash)
);

create index subscribers_to_tell on subscribers (rhythm, subscriber_id)
    where confirmed_at is not null and stopped_at is null and left_at is null;
create index subscribers_left on subscribers (left_at) where left_at is not null;
create index subscribers_unconfirmed on subscribers (until_at) where confirmed_at is null;

create table editions (
    edition_id bigint not null primary key,
    -- a word: daily, weekly
    rhythm text not null,
    -- of the paper's clock: YYYY-MM-DD
    day text not null,
    -- the stories of this span are told
    since_at bigint not null,
    until_at bigint not null,
    -- up to which reader its letters are jobs, and since when all are
    filled_to bigint not null,
    filled_at bigint,
    letters bigint not null,
    sent bigint not null,
    -- letters in which there would have been nothing
    empty bigint not null,
    -- letters that were refused for good, and those that were given up
    bounced bigint not null,
    failed bigint not null,
    constraint editions_day unique (rhythm, day)
);

create index editions_to_fill on editions (edition_id) where filled_at is null;
