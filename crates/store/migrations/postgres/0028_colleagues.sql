-- How colleagues work on stories together: what the clock could not publish, a day's plan, notes at a passage, and what is
-- looked at before a story goes public.

-- when the clock could not publish it, and why: keys between spaces
alter table stories add column held_up_at bigint;
alter table stories add column held_up_why text;
-- while there is one, nothing of the story is published or timed
alter table stories add column hold_why text;
alter table stories add column hold_by bigint;
alter table stories add column hold_at bigint;
-- kept beside story_notes
alter table stories add column open_notes bigint not null default 0;
-- points of the list that an editor says are met, between spaces
alter table stories add column ticked text not null default '';

create index stories_due on stories (due_at, story_id) where due_at is not null and state = 'draft';
create index stories_embargoed on stories (embargo_until, story_id) where embargo_until is not null and state = 'draft';
create index stories_held_up on stories (held_up_at, story_id) where held_up_at is not null and state = 'draft';
create index stories_in_hand on stories ((coalesce(assigned_to, begun_by)), touched_at, story_id)
    where state = 'draft' and stage <> 'killed';

-- What colleagues say to one another at a story: notes, and below each what was answered and how it was settled.
create table story_notes (
    note_id bigint not null primary key,
    story_id bigint not null references stories (story_id),
    -- the note to which it belongs; its own number where it is one
    root_id bigint not null,
    -- a word: note, answer, settled, reopened
    kind text not null,
    by_id bigint not null,
    at bigint not null,
    text text not null,
    -- the words of the story that a note is about; empty: the whole story
    quote text not null,
    -- the block in which they stood, from 0
    block bigint,
    -- of a note: 1 while nobody has settled it
    open bigint not null
);

create index story_notes_roots on story_notes (story_id, open, note_id) where kind = 'note';
create index story_notes_below on story_notes (root_id, note_id);

-- What is looked at before a story goes public, version by version; the newest holds.
create table checklists (
    checklist_id bigint not null primary key,
    at bigint not null,
    by_id bigint not null,
    -- JSON
    settings text not null
);

-- When public stories were corrected: places in a list of their own. A text may hold a sign that no jsonb takes: it is read
-- without it. What is finer than a millisecond is cut off, not rounded, as the program does.
insert into listed (list, published_at, story_id)
select distinct 'corrections',
    floor(extract(epoch from regexp_replace(c.value ->> 'at', '(\.\d{3})\d*', '\1')::timestamptz) * 1000)::bigint,
    s.story_id
from stories s, jsonb_array_elements(coalesce(
    case when strpos(s.text, '\u0000') = 0 then s.text
        else regexp_replace(s.text, '(?<!\\)((?:\\\\)*)\\u0000', '\1', 'g') end::jsonb -> 'corrections',
    '[]'::jsonb)) as c(value)
where s.state = 'published';
