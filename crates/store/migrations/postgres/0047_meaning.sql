-- What texts mean, as vectors. Of public stories, which go with what readers have of them; and of comments that wait at the
-- desk, which go with the waiting. Both are made again from the texts.
create table story_vectors (
    story_id bigint not null primary key references stories (story_id),
    weights text not null,
    print text not null,
    language text not null,
    made_at bigint not null,
    vector bytea not null
);

create index story_vectors_by_time on story_vectors (made_at, story_id);

-- Public stories whose vector is to be made, or whose neighbours are to be found anew, in the background.
create table story_vectors_due (story_id bigint not null primary key);
insert into story_vectors_due (story_id) select story_id from stories where state = 'published';

-- The stories that are nearest to a story, in thousandths of likeness.
create table story_kin (
    story_id bigint not null,
    other_id bigint not null,
    nearness bigint not null,
    primary key (story_id, other_id)
);

create index story_kin_of_other on story_kin (other_id, story_id);

create table comment_vectors (
    story_id bigint not null,
    comment_id bigint not null,
    received_at bigint not null,
    weights text not null,
    vector bytea not null,
    primary key (story_id, comment_id)
);

create index comment_vectors_by_time on comment_vectors (received_at, comment_id);

-- Comments that wait and have no vector yet.
create table comment_vectors_due (
    story_id bigint not null,
    comment_id bigint not null,
    primary key (story_id, comment_id)
);
insert into comment_vectors_due (story_id, comment_id) select story_id, comment_id from comments where state = 'held';
