-- Accounts of what was decided, the words of reasons, and the end of what was refused.

-- Its text had its time and is gone; what is left is that it was there, and what was decided.
alter table comments add column gone_at bigint;
create index comments_refused_kept on comments (changed_at, comment_id, story_id)
    where gone_at is null and state in ('refused', 'taken-down');

-- How often what was decided on a day, in sixteen rows each whose sum counts.
create table ruling_days (
    -- 'YYYY-MM-DD', UTC
    day text collate "C" not null,
    -- 'release', 'fold', 'refuse', 'take-down', 'undo'
    act text collate "C" not null,
    -- the word of a house rule; empty where none was broken
    reason text collate "C" not null,
    -- who brought it up: 'own', 'report', 'notice', 'flagger'
    source text collate "C" not null,
    -- the examination had pointed at something
    detected bigint not null,
    -- what the examination advised: its word
    advice text collate "C" not null,
    -- minutes until it was decided, at most; 0: longer than any step
    took bigint not null,
    slot bigint not null,
    n bigint not null,
    primary key (day, act, reason, source, detected, advice, took, slot)
);

create table appeal_days (
    day text collate "C" not null,
    -- 'author', 'reporter'
    side text collate "C" not null,
    -- 'made', 'upheld', 'reversed'
    what text collate "C" not null,
    slot bigint not null,
    n bigint not null,
    primary key (day, side, what, slot)
);

-- What the paper says beside a reason, in each language; it is copied into each statement of reasons.
create table reason_texts (
    reason text collate "C" not null,
    language text collate "C" not null,
    text text not null,
    changed_at bigint not null,
    by_id bigint not null,
    primary key (reason, language)
);

insert into ruling_days (day, act, reason, source, detected, advice, took, slot, n)
select to_char(to_timestamp(at / 1000) at time zone 'UTC', 'YYYY-MM-DD'), cast(decision as json) ->> 'act',
    coalesce(cast(decision as json) ->> 'reason', ''), 'own', 0, '', 0, 0, count(*)
from rulings group by 1, 2, 3;
