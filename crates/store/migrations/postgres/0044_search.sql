-- Readers' search: the words of public stories by field and with their places, what puts them in order, and the words by
-- which slips of the pen are put right.
create table story_index (
    story_id bigint not null primary key references stories (story_id),
    head tsvector not null,
    words tsvector not null
);

-- What matches is counted without its words being read: they lie apart.
alter table story_index set (toast_tuple_target = 128);

create index story_index_by_head on story_index using gin (head) with (fastupdate = off);
create index story_index_by_word on story_index using gin (words) with (fastupdate = off);

-- Terms of the fields by which what was found is put in order; and the words of the story that index_words counts.
create table story_fields (
    story_id bigint not null primary key references stories (story_id),
    published_at bigint not null,
    headline text not null,
    standfirst text not null,
    names text not null,
    captions text not null,
    said text not null
);

-- Words of public stories: folded and without their article, as they are printed, in how many stories.
create table index_words (
    word text not null primary key,
    shown text not null,
    stories bigint not null
);

-- A word under what is left of it when one letter falls out, and under itself.
create table word_slips (
    slip text not null,
    word text not null,
    primary key (slip, word)
);

create index word_slips_of_word on word_slips (word);

-- Public stories of before whose words are still to be cut, in the background.
create table story_index_due (story_id bigint not null primary key);
insert into story_index_due (story_id) select story_id from stories where state = 'published';
