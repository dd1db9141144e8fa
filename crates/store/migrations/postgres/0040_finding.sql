-- Finding stories at the desk: the words of what readers do not have, and stories by what the desk calls their state. And
-- pages that editors remove.

-- Of drafts, withdrawn stories, and what is written beside a public story. The search of public stories never looks here.
create table desk_words (
    story_id bigint not null primary key references stories (story_id),
    words tsvector not null
);

create index desk_words_by_word on desk_words using gin (words);

-- Stories of before whose words are still to be cut, in the background.
create table desk_words_due (story_id bigint not null primary key);
insert into desk_words_due (story_id)
select story_id from stories where state <> 'published' union select story_id from working_texts;

create index stories_in_state on stories (
    (case when state <> 'draft' then state when stage = 'killed' then 'killed' when hold_why is not null then 'legal-hold'
     when goes_at is not null then 'scheduled' else stage end),
    touched_at, story_id
);

-- Since when readers have it no more; its text stays, to be put back.
alter table pages add column removed_at bigint;
