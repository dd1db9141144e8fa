-- Stories of an archive whose probes are still to be made: many of them at once, in their order, is many times cheaper than each
-- with its story.
create table story_probes_due (story_id bigint not null primary key);
