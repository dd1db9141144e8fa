-- Public stories in the order in which they were begun, a thousand after another, and comments in that in which they came in, four
-- thousand: each has its era among its words, a comment that of sixteen together as well, so that the index itself leaves out all others where the last ones are looked for.
create table story_index_eras (
    era bigint not null primary key,
    -- from this one on; the first era has no beginning
    first_story bigint not null
);
insert into story_index_eras (era, first_story) values (1, -9223372036854775808);
insert into story_index_eras (era, first_story)
select 1 + s.place / 1000, s.story_id from (
    select story_id, row_number() over (order by story_id) - 1 as place from stories where state = 'published'
) s where s.place > 0 and s.place % 1000 = 0;

create table comment_words_eras (
    era bigint not null primary key,
    first_comment bigint not null unique
);
insert into comment_words_eras (era, first_comment) values (1, -9223372036854775808);
insert into comment_words_eras (era, first_comment)
select 1 + c.place / 4000, c.comment_id from (
    select comment_id, row_number() over (order by comment_id) - 1 as place from comment_words
) c where c.place > 0 and c.place % 4000 = 0;

-- Stories are cut anew in the background. Comments are marked here, and their index is made from the beginning, which is quick: some 50
-- seconds for a million.
insert into story_index_due (story_id) select story_id from stories where state = 'published' on conflict (story_id) do nothing;
drop index comment_words_by_word;
update comment_words w set words = w.words || array_to_tsvector(array['=e' || e.era, '=a' || e.era / 16])
from (
    select era, first_comment, lead(first_comment, 1, 9223372036854775807) over (order by era) as first_of_next from comment_words_eras
) e where w.comment_id >= e.first_comment and w.comment_id < e.first_of_next;
create index comment_words_by_word on comment_words using gin (words) with (gin_pending_list_limit = 128);

-- What came in last waits beside an index of words and is read through by each search: little of it, so that this takes no time.
alter index story_words_by_word set (gin_pending_list_limit = 128);
alter index desk_words_by_word set (gin_pending_list_limit = 128);
