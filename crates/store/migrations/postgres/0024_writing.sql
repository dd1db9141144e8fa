-- Writing: how far a story is on its way, who has it in hand, and what is written on it before readers see it.

alter table stories add column begun_by bigint;
-- a word: idea, writing, proof, ready, killed; means something while the state is 'draft'
alter table stories add column stage text not null default 'writing';
alter table stories add column assigned_to bigint;
alter table stories add column due_at bigint;
alter table stories add column embargo_until bigint;
-- when the clock publishes it
alter table stories add column goes_at bigint;
alter table stories add column killed_why text;
-- one more with every text that is kept: whoever saves says which one they read
alter table stories add column version bigint not null default 0;
alter table stories add column saved_by bigint;
alter table stories add column saved_at bigint;

create index stories_to_go on stories (goes_at) where goes_at is not null;
create index stories_begun_by on stories (begun_by, touched_at, story_id);
create index stories_assigned_to on stories (assigned_to, touched_at, story_id);

-- What is written on a story that readers have in an earlier form.
create table working_texts (
    story_id bigint not null primary key references stories (story_id),
    -- JSON
    text text not null
);

-- 'public': what readers had; 'kept': somebody said so; 'working': as it was when somebody stopped for a while
alter table story_revisions add column kind text not null default 'public';
-- of a working one: when its writing began; it is written on for some minutes
alter table story_revisions add column begun_at bigint;

-- Who has a story open, until when that is believed.
create table open_stories (
    story_id bigint not null references stories (story_id),
    staff_id bigint not null references staff (staff_id),
    since bigint not null,
    until_at bigint not null,
    primary key (story_id, staff_id)
);
