-- When each public comment was released last: the newest first for those who follow the paper's talk or a story's.
create table released (
    comment_id bigint not null primary key,
    story_id bigint not null,
    released_at bigint not null
);

create index released_of_paper on released (released_at, comment_id);
create index released_of_story on released (story_id, released_at, comment_id);

-- Of those of before nobody wrote down when: when they were sent.
insert into released (comment_id, story_id, released_at)
select comment_id, story_id, received_at from comments where state = 'released';
