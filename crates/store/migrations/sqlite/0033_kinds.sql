-- Which public story answers, or stands beside, which other one: a right of reply, an obituary, an announcement.

create table story_links (
    -- it is public: a draft's link stands in its text alone
    story_id integer not null primary key,
    -- the other one, public or not
    answers_id integer not null,
    published_at integer not null
) strict;

create index story_links_of_answered on story_links (answers_id, published_at, story_id);
