-- What readers report and object to: reports with their grounds and what became of them, trusted flaggers, appeals.

-- In words that a person can read out: the day and five signs.
alter table reports add column reference text not null default '';
-- The word of a house rule, or 'law'; empty on reports from before this step, whose ground stands in `why`.
alter table reports add column ground text not null default '';
-- Which law, in the reporter's words; empty where it is a house rule.
alter table reports add column law text not null default '';
-- Whoever reports, where they say so; needed only for some reports of what is against the law.
alter table reports add column name text not null default '';
alter table reports add column email text not null default '';
alter table reports add column good_faith bigint not null default 0;
alter table reports add column flagger_id bigint;
-- 'open', 'kept', 'taken-down', 'withdrawn'
alter table reports add column outcome text not null default 'open';
alter table reports add column decided_at bigint;
alter table reports add column ruling_id bigint;

create index reports_by_id on reports (report_id);

update reports set outcome = coalesce((
    select case
        when c.state = 'taken-down' then 'taken-down'
        when c.state = 'withdrawn' then 'withdrawn'
        when c.reports_open = 1 then 'open'
        else 'kept' end
    from comments c where c.story_id = reports.story_id and c.comment_id = reports.comment_id), 'open');

-- Whose reports the desk looks at first. Only the SHA-256 of a key is kept.
create table trusted_flaggers (
    flagger_id bigint not null primary key,
    name text collate "C" not null,
    key_hash text collate "C" not null,
    added_at bigint not null,
    added_by bigint not null references staff (staff_id),
    revoked_at bigint,
    constraint trusted_flaggers_name unique (name),
    constraint trusted_flaggers_key unique (key_hash)
);

create table appeals (
    appeal_id bigint not null primary key,
    story_id bigint not null,
    comment_id bigint not null,
    -- the ruling objected to
    ruling_id bigint not null,
    -- 'author', 'reporter'
    side text collate "C" not null,
    visitor_id bigint not null,
    -- the report whose outcome is objected to
    report_id bigint,
    text text not null,
    at bigint not null,
    due_at bigint not null,
    -- 'open', 'upheld', 'reversed', 'settled'
    state text not null,
    decided_by bigint,
    decided_at bigint,
    answer text not null,
    -- decided by whoever had ruled, since nobody else works here
    same_person bigint not null,
    -- the ruling that reversed the other
    reversal_id bigint,
    constraint appeals_once unique (ruling_id, side, visitor_id)
);

create index appeals_open on appeals (due_at, appeal_id) where state = 'open';
create index appeals_decided on appeals (decided_at, appeal_id) where decided_at is not null;
create index appeals_of_comment on appeals (story_id, comment_id, appeal_id);
