-- Phrases are found by marks of two words that follow one another: public stories are cut anew, in the background.
insert into story_index_due (story_id) select story_id from stories where state = 'published' on conflict (story_id) do nothing;
