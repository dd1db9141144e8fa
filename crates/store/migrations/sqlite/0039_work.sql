-- Ideas that nobody has begun to write. From here on stories are also taken up and updated: words of the log that an older
-- program cannot read.

create index stories_ideas on stories (touched_at, story_id) where stage = 'idea' and state = 'draft';
