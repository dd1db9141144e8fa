-- Accounts of what was decided, the words of reasons, and the end of what was refused.

-- Its text had its time and is gone; what is left is that it was there, and what was decided.
alter table comments add column gone_at integer;
create index comments_refused_kept on comments (changed_at, comment_id, story_id)
    where gone_at is null and state in ('refused', 'taken-down');

-- How often what was decided on a day, in sixteen rows each whose sum counts.
create table ruling_days (
    -- 'YYYY-MM-DD', UTC
    day text not null,
    -- 'release', 'fold', 'refuse', 'take-down', 'undo'
    act text not null,
    -- the word of a house rule; empty where none was broken
    reason text not null,
    -- who brought it up: 'own', 'report', 'notice', 'flagger'
    source text not null,
    -- the examination had pointed at something
    detected integer not null,
    -- what the examination advised: its word
    advice text not null,
    -- minutes until it was decided, at most; 0: longer than any step
    took integer not null,
    slot integer not null,
    n integer not null,
    primary key (day, act, reason, source, detected, advice, took, slot)
) strict, without rowid;

create table appeal_days (
    day text not null,
    -- 'author', 'reporter'
    side text not null,
    -- 'made', 'upheld', 'reversed'
    what text not null,
    slot integer not null,
    n integer not null,
    primary key (day, side, what, slot)
) strict, without rowid;

-- What the paper says beside a reason, in each language; it is copied into each statement of reasons.
create table reason_texts (
    reason text not null,
    language text not null,
    text text not null,
    changed_at integer not null,
    by_id integer not null,
    primary key (reason, language)
) strict, without rowid;

insert into ruling_days (day, act, reason, source, detected, advice, took, slot, n)
select strftime('%Y-%m-%d', at / 1000, 'unixepoch'), json_extract(decision, '$.act'),
    coalesce(json_extract(decision, '$.reason'), ''), 'own', 0, '', 0, 0, count(*)
from rulings group by 1, 2, 3;
