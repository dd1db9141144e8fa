-- Which public story answers, or stands beside, which other one: a right of reply, an obituary, an announcement.

create table story_links (
    -- it is public: a draft's link stands in its text alone
    story_id bigint not null primary key,
    -- the other one, public or not
    answers_id bigint not null,
    published_at bigint not null
);

create index story_links_of_answered on story_links (answers_id, published_at, story_id);
