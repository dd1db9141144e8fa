-- The newspaper: stories and where they are listed, readers' comments, what waits, what was decided, what happened.
-- Times are milliseconds since 1970 UTC, yes and no are 1 and 0, ids are made by the program. What is marked as JSON is
-- written and read by the program alone. Foreign keys stand only where both tables are partitioned by the story.

create table sections (
    section_id integer not null primary key,
    slug text not null,
    name text not null,
    position integer not null,
    constraint sections_slug unique (slug)
) strict;

create table stories (
    story_id integer not null primary key,
    -- 'draft', 'published', 'withdrawn'
    state text not null,
    -- its present address; none before it was public first
    slug text,
    -- JSON: what it says
    text text not null,
    -- JSON: what lists show of it
    card text not null,
    -- headline, standfirst and body without form: what comments are compared with
    plain text not null,
    -- 'open-after-review', 'closed', 'hidden'
    comment_policy text not null,
    language text not null,
    begun_at integer not null,
    published_at integer,
    updated_at integer,
    withdrawn_at integer,
    withdrawn_note text,
    -- when it was put at the head of the front page, while it is the one that stands there
    led_at integer,
    touched_at integer not null
) strict;

create index stories_by_touch on stories (touched_at, story_id);
create index stories_lead on stories (led_at) where led_at is not null;

-- What a story said at each publication and correction.
create table story_revisions (
    story_id integer not null references stories (story_id),
    revision_id integer not null,
    at integer not null,
    -- 'staff', 'visitor', 'program'
    by_kind text not null,
    by_id integer,
    -- JSON
    text text not null,
    primary key (story_id, revision_id)
) strict, without rowid;

-- Every address a story ever had; an address is never given to another story.
create table slugs (
    slug text not null primary key,
    story_id integer not null,
    current integer not null,
    -- one spelling for many: a retyped address is looked for here
    folded text not null
) strict;

create index slugs_folded on slugs (folded, current, story_id);
create index slugs_of_story on slugs (story_id);

-- Places of published stories in lists: 'all', 'section:SLUG', 'tag:SLUG', 'writer:SLUG'.
create table listed (
    list text not null,
    published_at integer not null,
    story_id integer not null,
    primary key (list, published_at, story_id)
) strict, without rowid;

create index listed_by_story on listed (story_id);

create table archive_months (
    -- 'YYYY-MM', UTC
    month text not null primary key,
    stories integer not null
) strict;

create table tags (
    slug text not null primary key,
    name text not null
) strict;

create table writers (
    slug text not null primary key,
    name text not null
) strict;

create table story_reads (
    -- 'YYYY-MM-DD', UTC
    day text not null,
    story_id integer not null,
    reads integer not null,
    primary key (day, story_id)
) strict, without rowid;

create table comments (
    story_id integer not null references stories (story_id),
    comment_id integer not null,
    visitor_id integer not null,
    name text not null,
    -- byte for byte as sent
    text text not null,
    -- the same number for copies of a text; 0 where nothing was left to compare
    print integer not null,
    -- the comment it answers
    reply_to integer,
    -- the number of the comment at level one under which it stands (its own there); none before its first release
    root integer,
    -- given at first release, kept for ever
    number integer,
    -- 'held', 'released', 'refused', 'withdrawn', 'taken-down'
    state text not null,
    -- the house rule it broke, where it is refused or taken down
    reason text,
    collapsed integer not null,
    links integer not null,
    received_at integer not null,
    changed_at integer not null,
    -- 0 to 1,000: the verdict's
    priority integer not null,
    -- JSON
    verdict text not null,
    -- how often its author rewrote it
    revision integer not null,
    -- readers' reports of it, when the last one came in, and whether it came after the last ruling
    reports integer not null,
    reported_at integer,
    reports_open integer not null,
    primary key (story_id, comment_id)
) strict, without rowid;

create unique index comments_number on comments (story_id, number) where number is not null;
create index comments_oldest on comments (story_id, root, number) where number is not null;
create index comments_newest on comments (story_id, root desc, number) where number is not null;
create index comments_waiting on comments (priority desc, received_at, comment_id, story_id) where state = 'held';
create index comments_waiting_of_story on comments (story_id, priority desc, received_at, comment_id)
    where state = 'held';
create index comments_reported on comments (reported_at, comment_id, story_id)
    where reports_open = 1 and state = 'released';
create index comments_own on comments (story_id, visitor_id, received_at, comment_id)
    where state in ('held', 'refused');
create index comments_by_id on comments (comment_id);

-- The one door out: a row only for what was released once, words only while it is released.
create view public_comments as
select
    story_id,
    comment_id,
    number,
    root,
    reply_to,
    state,
    case when state = 'released' then name end as name,
    case when state = 'released' then text end as text,
    case when state = 'released' then received_at end as received_at,
    case when state = 'released' then collapsed end as collapsed,
    case when state = 'released' then links end as links
from comments
where number is not null;

-- What stood there before its author rewrote it.
create table comment_revisions (
    story_id integer not null,
    comment_id integer not null,
    revision integer not null,
    text text not null,
    at integer not null,
    primary key (story_id, comment_id, revision),
    foreign key (story_id, comment_id) references comments (story_id, comment_id)
) strict, without rowid;

-- The last number given under a story, and how many comments readers see.
create table threads (
    story_id integer not null primary key references stories (story_id),
    last_number integer not null,
    released integer not null
) strict;

-- Sixteen counters each, so that posts at the same moment do not wait for one row; their sum is the count.
create table story_counts (
    story_id integer not null references stories (story_id),
    slot integer not null,
    waiting integer not null,
    received integer not null,
    primary key (story_id, slot)
) strict, without rowid;

create table desk_counts (
    -- 'waiting', 'reported'
    name text not null,
    slot integer not null,
    n integer not null,
    primary key (name, slot)
) strict, without rowid;

create table visitors (
    visitor_id integer not null primary key,
    first_seen integer not null,
    last_seen integer not null,
    -- comments of theirs that are released; that are refused or taken down
    released integer not null,
    refused integer not null,
    -- the name signed with last
    name text not null
) strict;

create table visitor_comments (
    visitor_id integer not null,
    comment_id integer not null,
    story_id integer not null,
    print integer not null,
    received_at integer not null,
    primary key (visitor_id, comment_id)
) strict, without rowid;

create index visitor_comments_by_time on visitor_comments (visitor_id, received_at);

-- How often a text came in: in the paper on a day, under a story, from a visitor.
create table prints (
    print integer not null,
    -- 'YYYY-MM-DD', UTC
    day text not null,
    seen integer not null,
    primary key (print, day)
) strict, without rowid;

create table story_prints (
    story_id integer not null references stories (story_id),
    print integer not null,
    seen integer not null,
    primary key (story_id, print)
) strict, without rowid;

create table visitor_prints (
    visitor_id integer not null,
    print integer not null,
    seen integer not null,
    primary key (visitor_id, print)
) strict, without rowid;

create table reports (
    story_id integer not null,
    comment_id integer not null,
    visitor_id integer not null,
    report_id integer not null,
    why text not null,
    at integer not null,
    primary key (story_id, comment_id, visitor_id),
    foreign key (story_id, comment_id) references comments (story_id, comment_id)
) strict, without rowid;

create table rulings (
    ruling_id integer not null primary key,
    story_id integer not null,
    comment_id integer not null,
    -- JSON
    decision text not null,
    by_id integer not null,
    at integer not null,
    why text not null,
    -- JSON: what the comment was before
    was text not null,
    undone_at integer,
    -- JSON: who undid it
    undone_by text
) strict;

create index rulings_of_comment on rulings (story_id, comment_id, ruling_id);

create table happenings (
    happening_id integer not null primary key,
    at integer not null,
    -- JSON: who
    by_actor text not null,
    -- JSON
    what text not null,
    kind text not null,
    story_id integer,
    comment_id integer,
    why text not null
) strict;

create index happenings_of_comment on happenings (story_id, comment_id, happening_id) where comment_id is not null;

-- Where each follower of the happenings stopped.
create table cursors (
    follower text not null primary key,
    happening_id integer not null
) strict;

-- What was brought in from elsewhere.
create table imported (
    source text not null primary key,
    story_id integer not null,
    comment_id integer
) strict;

-- Words to find things by: nothing but the index is kept, rowid is the id. Words are given cut, one space between them;
-- whatever a word is made of, it stays one.
create virtual table story_words using fts5 (
    words, content = '', contentless_delete = 1, detail = none,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
create virtual table comment_words using fts5 (
    words, content = '', contentless_delete = 1, detail = none,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
