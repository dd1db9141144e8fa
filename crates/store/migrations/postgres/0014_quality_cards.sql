-- Each week some decisions are drawn by lot and looked at a second time by somebody else, who does not see the first one.

create table quality_cards (
    ruling_id bigint not null primary key,
    -- the first millisecond of the week
    week bigint not null,
    -- the order in which they are looked at
    place bigint not null,
    story_id bigint not null,
    comment_id bigint not null,
    -- 'release', or the house rule by which the second one would have refused
    second text,
    second_by bigint,
    second_at bigint
);

create index quality_cards_of_week on quality_cards (week, place);
