-- Readers' data on their way out: asked for, rows emptied, and the bytes of them gone from the files too.

create table erasures (
    erasure_id bigint not null primary key,
    -- whose data; 0 once nothing is left to be found by it
    visitor_id bigint not null,
    -- the keyed hash under which measures in force go on, as a negative number; 0 where one comment is meant
    kept_id bigint not null,
    -- the one comment that is meant; none: everything
    story_id bigint,
    comment_id bigint,
    -- JSON: who asked; a reader is nobody's number here
    by_actor text not null,
    -- why, where the staff asked
    why text not null,
    asked_at bigint not null,
    -- comments emptied so far
    comments bigint not null,
    rows_done_at bigint,
    bytes_done_at bigint
);

create index erasures_to_do on erasures (erasure_id) where rows_done_at is null;
create index erasures_in_the_files on erasures (rows_done_at, erasure_id)
    where rows_done_at is not null and bytes_done_at is null;
create index erasures_of_visitor on erasures (visitor_id, erasure_id) where visitor_id <> 0;

-- The planner keeps samples of what stands in a column, in tables of its own that no erasure reaches: of readers' words it
-- keeps none.
alter table comments
    alter column name set statistics 0, alter column text set statistics 0, alter column verdict set statistics 0;
alter table comment_revisions alter column text set statistics 0;
alter table comment_words alter column words set statistics 0;
alter table comment_notes alter column text set statistics 0;
alter table comment_care alter column note set statistics 0;
alter table visitors alter column name set statistics 0;
alter table visitor_notes alter column text set statistics 0;
alter table measures alter column why set statistics 0, alter column ended_why set statistics 0;
alter table reports
    alter column why set statistics 0, alter column law set statistics 0, alter column name set statistics 0,
    alter column email set statistics 0;
alter table appeals alter column text set statistics 0, alter column answer set statistics 0;
alter table rulings alter column why set statistics 0;
alter table happenings alter column why set statistics 0;
alter table suggestions
    alter column text set statistics 0, alter column context set statistics 0, alter column token set statistics 0;
alter table jobs alter column payload set statistics 0;
