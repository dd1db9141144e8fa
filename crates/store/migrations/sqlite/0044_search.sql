-- Readers' search: the words of public stories by field and with their places, what puts them in order, and the words by
-- which slips of the pen are put right.
create virtual table story_index using fts5 (
    headline, standfirst, names, captions, body, also, marks,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);

-- Terms of the fields by which what was found is put in order; and the words of the story that index_words counts.
create table story_fields (
    story_id integer not null primary key references stories (story_id),
    published_at integer not null,
    headline text not null,
    standfirst text not null,
    names text not null,
    captions text not null,
    said text not null
) strict;

-- Words of public stories: folded and without their article, as they are printed, in how many stories.
create table index_words (
    word text not null primary key,
    shown text not null,
    stories integer not null
) strict, without rowid;

-- A word under what is left of it when one letter falls out, and under itself.
create table word_slips (
    slip text not null,
    word text not null,
    primary key (slip, word)
) strict, without rowid;

create index word_slips_of_word on word_slips (word);

-- Public stories of before whose words are still to be cut, in the background.
create table story_index_due (story_id integer not null primary key) strict;
insert into story_index_due (story_id) select story_id from stories where state = 'published';
