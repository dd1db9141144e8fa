-- Steps on the front page that is being prepared, to be taken back and taken again. A step holds the other side of itself:
-- while it stands, the page before it; once it was taken back, the page after it.

create table front_draft_steps (
    step_id integer not null primary key,
    -- JSON
    layout text not null,
    -- 1: it was taken back
    undone integer not null
) strict;
