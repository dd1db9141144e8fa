-- Phrases are found by marks of two words that follow one another: public stories are cut anew, in the background.
insert into story_index_due (story_id) select story_id from stories where state = 'published' on conflict (story_id) do nothing;

-- Of a word that very many comments have, those that came in last are found by looking at the last comments.
create index comment_words_by_id on comment_words (comment_id);
