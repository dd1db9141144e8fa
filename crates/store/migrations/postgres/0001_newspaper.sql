-- The newspaper: stories and where they are listed, readers' comments, what waits, what was decided, what happened.
-- Times are milliseconds since 1970 UTC, yes and no are 1 and 0, ids are made by the program. What is marked as JSON is
-- written and read by the program alone. Foreign keys stand only where both tables are partitioned by the story.
-- Keys that are texts are compared by their bytes, so that every engine puts rows in the same order.

create table sections (
    section_id bigint not null primary key,
    slug text collate "C" not null,
    name text not null,
    position bigint not null,
    constraint sections_slug unique (slug)
);

create table stories (
    story_id bigint not null primary key,
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
    begun_at bigint not null,
    published_at bigint,
    updated_at bigint,
    withdrawn_at bigint,
    withdrawn_note text,
    -- when it was put at the head of the front page, while it is the one that stands there
    led_at bigint,
    touched_at bigint not null
);

create index stories_by_touch on stories (touched_at, story_id);
create index stories_lead on stories (led_at) where led_at is not null;

-- What a story said at each publication and correction.
create table story_revisions (
    story_id bigint not null references stories (story_id),
    revision_id bigint not null,
    at bigint not null,
    -- 'staff', 'visitor', 'program'
    by_kind text not null,
    by_id bigint,
    -- JSON
    text text not null,
    primary key (story_id, revision_id)
);

-- Every address a story ever had; an address is never given to another story.
create table slugs (
    slug text collate "C" not null primary key,
    story_id bigint not null,
    current bigint not null,
    -- one spelling for many: a retyped address is looked for here
    folded text collate "C" not null
);

create index slugs_folded on slugs (folded, current, story_id);
create index slugs_of_story on slugs (story_id);

-- Places of published stories in lists: 'all', 'section:SLUG', 'tag:SLUG', 'writer:SLUG'.
create table listed (
    list text collate "C" not null,
    published_at bigint not null,
    story_id bigint not null,
    primary key (list, published_at, story_id)
);

create index listed_by_story on listed (story_id);

create table archive_months (
    -- 'YYYY-MM', UTC
    month text collate "C" not null primary key,
    stories bigint not null
);

create table tags (
    slug text collate "C" not null primary key,
    name text not null
);

create table writers (
    slug text collate "C" not null primary key,
    name text not null
);

create table story_reads (
    -- 'YYYY-MM-DD', UTC
    day text collate "C" not null,
    story_id bigint not null,
    reads bigint not null,
    primary key (day, story_id)
);

create table comments (
    story_id bigint not null references stories (story_id),
    comment_id bigint not null,
    visitor_id bigint not null,
    name text not null,
    -- byte for byte as sent
    text text not null,
    -- the same number for copies of a text; 0 where nothing was left to compare
    print bigint not null,
    -- the comment it answers
    reply_to bigint,
    -- the number of the comment at level one under which it stands (its own there); none before its first release
    root bigint,
    -- given at first release, kept for ever
    number bigint,
    -- 'held', 'released', 'refused', 'withdrawn', 'taken-down'
    state text not null,
    -- the house rule it broke, where it is refused or taken down
    reason text,
    collapsed bigint not null,
    links bigint not null,
    received_at bigint not null,
    changed_at bigint not null,
    -- 0 to 1,000: the verdict's
    priority bigint not null,
    -- JSON
    verdict text not null,
    -- how often its author rewrote it
    revision bigint not null,
    -- readers' reports of it, when the last one came in, and whether it came after the last ruling
    reports bigint not null,
    reported_at bigint,
    reports_open bigint not null,
    primary key (story_id, comment_id)
);

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
    story_id bigint not null,
    comment_id bigint not null,
    revision bigint not null,
    text text not null,
    at bigint not null,
    primary key (story_id, comment_id, revision),
    foreign key (story_id, comment_id) references comments (story_id, comment_id)
);

-- The last number given under a story, and how many comments readers see.
create table threads (
    story_id bigint not null primary key references stories (story_id),
    last_number bigint not null,
    released bigint not null
);

-- Sixteen counters each, so that posts at the same moment do not wait for one row; their sum is the count.
create table story_counts (
    story_id bigint not null references stories (story_id),
    slot bigint not null,
    waiting bigint not null,
    received bigint not null,
    primary key (story_id, slot)
);

create table desk_counts (
    -- 'waiting', 'reported'
    name text collate "C" not null,
    slot bigint not null,
    n bigint not null,
    primary key (name, slot)
);

create table visitors (
    visitor_id bigint not null primary key,
    first_seen bigint not null,
    last_seen bigint not null,
    -- comments of theirs that are released; that are refused or taken down
    released bigint not null,
    refused bigint not null,
    -- the name signed with last
    name text not null
);

create table visitor_comments (
    visitor_id bigint not null,
    comment_id bigint not null,
    story_id bigint not null,
    print bigint not null,
    received_at bigint not null,
    primary key (visitor_id, comment_id)
);

create index visitor_comments_by_time on visitor_comments (visitor_id, received_at);

-- How often a text came in: in the paper on a day, under a story, from a visitor.
create table prints (
    print bigint not null,
    -- 'YYYY-MM-DD', UTC
    day text collate "C" not null,
    seen bigint not null,
    primary key (print, day)
);

create table story_prints (
    story_id bigint not null references stories (story_id),
    print bigint not null,
    seen bigint not null,
    primary key (story_id, print)
);

create table visitor_prints (
    visitor_id bigint not null,
    print bigint not null,
    seen bigint not null,
    primary key (visitor_id, print)
);

create table reports (
    story_id bigint not null,
    comment_id bigint not null,
    visitor_id bigint not null,
    report_id bigint not null,
    why text not null,
    at bigint not null,
    primary key (story_id, comment_id, visitor_id),
    foreign key (story_id, comment_id) references comments (story_id, comment_id)
);

create table rulings (
    ruling_id bigint not null primary key,
    story_id bigint not null,
    comment_id bigint not null,
    -- JSON
    decision text not null,
    by_id bigint not null,
    at bigint not null,
    why text not null,
    -- JSON: what the comment was before
    was text not null,
    undone_at bigint,
    -- JSON: who undid it
    undone_by text
);

create index rulings_of_comment on rulings (story_id, comment_id, ruling_id);

create table happenings (
    happening_id bigint not null primary key,
    at bigint not null,
    -- JSON: who
    by_actor text not null,
    -- JSON
    what text not null,
    kind text not null,
    story_id bigint,
    comment_id bigint,
    why text not null
);

create index happenings_of_comment on happenings (story_id, comment_id, happening_id) where comment_id is not null;

-- Where each follower of the happenings stopped.
create table cursors (
    follower text collate "C" not null primary key,
    happening_id bigint not null
);

-- What was brought in from elsewhere.
create table imported (
    source text collate "C" not null primary key,
    story_id bigint not null,
    comment_id bigint
);

-- Words to find things by. Words are given cut: each is a lexeme as it is, no configuration looks at them again.
create table story_words (
    story_id bigint not null primary key references stories (story_id),
    words tsvector not null
);

create index story_words_by_word on story_words using gin (words);

create table comment_words (
    story_id bigint not null,
    comment_id bigint not null,
    words tsvector not null,
    primary key (story_id, comment_id),
    foreign key (story_id, comment_id) references comments (story_id, comment_id)
);

create index comment_words_by_word on comment_words using gin (words);
