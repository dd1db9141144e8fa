-- Readers' data on their way out: asked for, rows emptied, and the bytes of them gone from the files too.

create table erasures (
    erasure_id integer not null primary key,
    -- whose data; 0 once nothing is left to be found by it
    visitor_id integer not null,
    -- the keyed hash under which measures in force go on, as a negative number; 0 where one comment is meant
    kept_id integer not null,
    -- the one comment that is meant; none: everything
    story_id integer,
    comment_id integer,
    -- JSON: who asked; a reader is nobody's number here
    by_actor text not null,
    -- why, where the staff asked
    why text not null,
    asked_at integer not null,
    -- comments emptied so far
    comments integer not null,
    rows_done_at integer,
    bytes_done_at integer
) strict;

create index erasures_to_do on erasures (erasure_id) where rows_done_at is null;
create index erasures_in_the_files on erasures (rows_done_at, erasure_id)
    where rows_done_at is not null and bytes_done_at is null;
create index erasures_of_visitor on erasures (visitor_id, erasure_id) where visitor_id <> 0;
