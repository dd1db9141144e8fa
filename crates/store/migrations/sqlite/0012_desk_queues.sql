-- Where a comment stands in the desk's saved queues, besides the one of everything that waits: 'section:ID', 'finding:NAME',
-- 'copies', 'kin:COMMENT', 'escalated', 'assigned:STAFF', and, for what is public and reported, 'reported:SECTION'.
create table queue_places (
    queue text not null,
    -- minus the priority (where it was reported: minus the time of the last report), so that the first stands first
    rank integer not null,
    received_at integer not null,
    comment_id integer not null,
    story_id integer not null,
    primary key (queue, rank, received_at, comment_id, story_id)
) strict, without rowid;

create index queue_places_of_comment on queue_places (story_id, comment_id);

-- Comments that are copies of one another, or nearly so: the group has the id of the comment that it began with.
create table kin (
    story_id integer not null,
    comment_id integer not null,
    kin_id integer not null,
    primary key (story_id, comment_id)
) strict, without rowid;

create index kin_by_comment on kin (comment_id, kin_id);
create index comments_waiting_by_print on comments (print, comment_id) where state = 'held' and print <> 0;

-- What the desk keeps beside a comment: whom it is assigned to, and whether somebody asked for a second opinion.
create table comment_care (
    story_id integer not null,
    comment_id integer not null,
    assigned_to integer,
    escalated_at integer,
    escalated_by integer,
    -- who may not settle it alone; none where whoever asked may
    not_alone integer,
    note text not null,
    primary key (story_id, comment_id)
) strict, without rowid;

create table comment_notes (
    note_id integer not null primary key,
    story_id integer not null,
    comment_id integer not null,
    by_id integer not null,
    at integer not null,
    text text not null
) strict;

create index comment_notes_of_comment on comment_notes (story_id, comment_id, note_id);

-- A moderator says that a finding is wrong.
create table disputes (
    story_id integer not null,
    comment_id integer not null,
    -- the key of the finding's reason
    reason text not null,
    by_id integer not null,
    at integer not null,
    primary key (story_id, comment_id, reason)
) strict, without rowid;

create index disputes_by_reason on disputes (reason, at);

create table staff_settings (
    staff_id integer not null primary key,
    -- JSON
    settings text not null
) strict;

-- Who has a card open, and until when that is believed.
create table claims (
    story_id integer not null,
    comment_id integer not null,
    staff_id integer not null,
    at integer not null,
    until_at integer not null,
    primary key (story_id, comment_id)
) strict, without rowid;

create index claims_by_time on claims (at);

-- What one press of a button decided, so that it can be sent twice and undone at once.
alter table rulings add column act text;
create index rulings_of_act on rulings (act, ruling_id) where act is not null;
create index rulings_by_staff on rulings (by_id, ruling_id);

alter table comments add column featured integer not null default 0;
alter table comments add column of_paper integer not null default 0;
create index comments_featured on comments (story_id, number) where featured = 1;

drop view public_comments;

-- What readers may know: a row only for comments that were released once, name and text only while they are released.
create view public_comments as
select
    story_id,
    comment_id,
    number,
    root,
    reply_to,
    state,
    case when state = 'released' then name end as name,
    case when state = 'released' then text end as text,
    case when state = 'released' then received_at end as received_at,
    case when state = 'released' then collapsed end as collapsed,
    case when state = 'released' then links end as links,
    case when state = 'released' then featured end as featured,
    case when state = 'released' then of_paper end as of_paper
from comments
where number is not null;

-- Which numbers the paper has chosen among what is public now: no name and no text.
create view chosen_comments as
select story_id, number from comments where featured = 1 and state = 'released' and number is not null;

-- What waits already takes its places.
insert into queue_places (queue, rank, received_at, comment_id, story_id)
select 'section:' || s.section_id, -c.priority, c.received_at, c.comment_id, c.story_id
from comments c join stories s on s.story_id = c.story_id
where c.state = 'held' and s.section_id is not null;

insert into queue_places (queue, rank, received_at, comment_id, story_id)
select 'reported:' || s.section_id, -c.reported_at, c.received_at, c.comment_id, c.story_id
from comments c join stories s on s.story_id = c.story_id
where c.state = 'released' and c.reports_open = 1 and s.section_id is not null;

insert into queue_places (queue, rank, received_at, comment_id, story_id)
select distinct 'finding:' || json_extract(f.value, '$.category'), -c.priority, c.received_at, c.comment_id, c.story_id
from comments c, json_each(c.verdict, '$.findings') f
where c.state = 'held';

insert into desk_counts (name, slot, n) select queue, 0, count(*) from queue_places group by queue;
