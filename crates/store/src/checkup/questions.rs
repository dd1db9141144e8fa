//! What the data are asked. Each question names only what does not agree, in one text column; none keeps more than sums
//! in memory.

use crate::engine::Dialect;

/// A question to the data.
pub(super) struct Question {
    /// The kind of disagreement.
    pub(super) what: &'static str,
    /// Gives a line for each.
    pub(super) sql: String,
}

/// Every question, counters first.
pub(super) fn questions(dialect: Dialect) -> Vec<Question> {
    let mut all: Vec<Question> = SUMS.iter().map(sums).collect();
    all.push(archive_months(dialect));
    all.extend(search(dialect));
    all.extend(PLAIN.iter().map(|(what, sql)| Question { what, sql: (*sql).to_owned() }));
    all
}

/// A number that is kept beside the rows it counts.
struct Sum {
    what: &'static str,
    /// What it is kept of: `'story ' || story_id`, in words for the report.
    of: &'static str,
    /// Gives `k` and `n`: what is kept.
    kept: &'static str,
    /// Gives `k` and `n`: what is counted.
    counted: &'static str,
}

const SUMS: &[Sum] = &[
    Sum {
        what: "counters.released",
        of: "story",
        kept: "select story_id as k, released as n from threads",
        counted: "select story_id as k, count(*) as n from comments where state = 'released' group by story_id",
    },
    Sum {
        what: "numbers.last",
        of: "story",
        kept: "select story_id as k, last_number as n from threads",
        counted: "select story_id as k, max(number) as n from comments where number is not null group by story_id",
    },
    Sum {
        what: "counters.waiting",
        of: "story",
        kept: "select story_id as k, waiting as n from story_counts",
        counted: "select story_id as k, count(*) as n from comments where state = 'held' group by story_id",
    },
    Sum {
        what: "counters.received",
        of: "story",
        kept: "select story_id as k, received as n from story_counts",
        counted: "select story_id as k, count(*) as n from comments group by story_id",
    },
    Sum {
        what: "counters.desk",
        of: "queue",
        kept: "select name as k, n from desk_counts",
        counted: "select 'waiting' as k, count(*) as n from comments where state = 'held'
                  union all
                  select 'reported', count(*) from comments where state = 'released' and reports_open = 1
                  union all
                  select queue, count(*) from queue_places where queue not like 'kin:%' group by queue",
    },
    Sum {
        what: "counters.visitor-released",
        of: "visitor",
        kept: "select visitor_id as k, released as n from visitors",
        counted: "select visitor_id as k, count(*) as n from comments where state = 'released' and visitor_id <> 0
                  group by visitor_id",
    },
    Sum {
        what: "counters.visitor-refused",
        of: "visitor",
        kept: "select visitor_id as k, refused as n from visitors",
        counted: "select visitor_id as k, count(*) as n from comments where state in ('refused', 'taken-down')
                  and visitor_id <> 0 group by visitor_id",
    },
];

/// Both sides in one list, one of them negative: what does not cancel out does not agree. It also finds counters of
/// nothing, and rows that no counter knows.
fn sums(sum: &Sum) -> Question {
    let Sum { what, of, kept, counted } = sum;
    let sql = format!(
        "select '{of} ' || k || ': ' || sum(kept) || ' is kept, ' || sum(counted) || ' is counted'
         from (select k, n as kept, 0 as counted from ({kept}) a
               union all
               select k, 0, n from ({counted}) b) both_sides
         group by k having sum(kept) <> sum(counted) order by k"
    );
    Question { what, sql }
}

/// Months are cut from milliseconds: the engines have their own words for it.
fn archive_months(dialect: Dialect) -> Question {
    let counted = match dialect {
        Dialect::Sqlite => {
            "select strftime('%Y-%m', published_at / 1000.0, 'unixepoch') as k, count(*) as n
             from stories where state = 'published' group by 1"
        }
        Dialect::Postgres => {
            "select to_char(to_timestamp(published_at / 1000.0) at time zone 'UTC', 'YYYY-MM') as k, count(*) as n
             from stories where state = 'published' group by 1"
        }
    };
    sums(&Sum {
        what: "counters.archive-months",
        of: "month",
        kept: "select month as k, stories as n from archive_months",
        counted,
    })
}

/// SQLite's index of words knows rows by their rowid alone.
fn search(dialect: Dialect) -> [Question; 4] {
    let (story, comment) = match dialect {
        Dialect::Sqlite => ("w.rowid = s.story_id", "w.rowid = c.comment_id"),
        Dialect::Postgres => ("w.story_id = s.story_id", "w.story_id = c.story_id and w.comment_id = c.comment_id"),
    };
    let no_story = format!("not exists (select 1 from story_words w where {story})");
    let no_comment = format!("not exists (select 1 from comment_words w where {comment})");
    let a_story = no_story.replace("not exists", "exists");
    [
        format!(
            "select 'published story ' || s.story_id || ' cannot be found' from stories s
             where s.state = 'published' and {no_story}"
        ),
        "select 'published story ' || s.story_id || ' cannot be found by readers' from stories s
         where s.state = 'published' and not exists (select 1 from story_fields w where w.story_id = s.story_id)
             and not exists (select 1 from story_index_due d where d.story_id = s.story_id)"
            .to_owned(),
        format!(
            "select s.state || ' story ' || s.story_id || ' can be found' from stories s
             where s.state <> 'published' and {a_story}"
        ),
        format!(
            "select 'comment ' || c.comment_id || ' of story ' || c.story_id || ' cannot be found' from comments c
             where {no_comment}"
        ),
    ]
    .map(|sql| Question { what: "search", sql })
}

/// Questions that need no more than a `where`.
const PLAIN: &[(&str, &str)] = &[
    (
        "pictures.bytes",
        "select p.name || ' has no bytes anywhere' from pictures p
         where length(p.bytes) = 0 and not exists (select 1 from picture_files f where f.name = p.name)",
    ),
    (
        "numbers",
        "select 'story ' || story_id || ': number ' || number || ' was given ' || count(*) || ' times' from comments
         where number is not null group by story_id, number having count(*) > 1",
    ),
    (
        "numbers",
        "select 'story ' || story_id || ': ' || count(*) || ' numbers, and the last is ' || max(number) from comments
         where number is not null group by story_id having count(distinct number) <> max(number)",
    ),
    (
        "numbers",
        "select state || ' comment ' || comment_id || ' of story ' || story_id || ' has no number or no root'
         from comments where (state in ('released', 'taken-down') and number is null)
         or (number is null and root is not null) or (number is not null and root is null)",
    ),
    (
        "talk",
        "select 'released comment ' || c.comment_id || ' of story ' || c.story_id || ' has no time of release'
         from comments c where c.state = 'released'
         and not exists (select 1 from released r where r.comment_id = c.comment_id and r.story_id = c.story_id)",
    ),
    (
        "talk",
        "select 'comment ' || r.comment_id || ' of story ' || r.story_id || ' has a time of release and is not released'
         from released r where not exists (select 1 from comments c
         where c.comment_id = r.comment_id and c.story_id = r.story_id and c.state = 'released')",
    ),
    (
        "lists",
        "select 'published story ' || s.story_id || ' is not listed' from stories s where s.state = 'published'
         and not exists (select 1 from listed l where l.list = 'all' and l.story_id = s.story_id)",
    ),
    (
        "lists",
        "select 'list ' || l.list || ' holds story ' || l.story_id || ', which is not published at that time'
         from listed l left join stories s on s.story_id = l.story_id
         where s.story_id is null or s.state <> 'published'
         or (l.list <> 'corrections' and s.published_at <> l.published_at)",
    ),
    (
        "lists",
        "select 'story ' || l.story_id || ' leads to another one, and is not published at that time'
         from story_links l left join stories s on s.story_id = l.story_id
         where s.story_id is null or s.state <> 'published' or s.published_at <> l.published_at",
    ),
    (
        "notes",
        "select 'story ' || s.story_id || ' is said to have ' || s.open_notes || ' open notes' from stories s
         where s.open_notes <> (select count(*) from story_notes n
         where n.story_id = s.story_id and n.kind = 'note' and n.open = 1)",
    ),
    (
        "addresses",
        "select s.state || ' story ' || s.story_id || ' does not stand at its address' from stories s
         where s.state <> 'draft' and not exists (select 1 from slugs a
         where a.slug = s.slug and a.story_id = s.story_id and a.current = 1)",
    ),
    (
        "happenings",
        "select 'comment ' || c.comment_id || ' of story ' || c.story_id || ' never came in' from comments c
         where not exists (select 1 from happenings h where h.story_id = c.story_id and h.comment_id = c.comment_id
         and h.kind = 'comment-held')",
    ),
    (
        "places",
        "select c.state || ' comment ' || c.comment_id || ' of story ' || c.story_id || ' stands in queue ' || q.queue
         from queue_places q join comments c on c.story_id = q.story_id and c.comment_id = q.comment_id
         where not (c.state = 'held' or (c.state = 'released' and c.reports_open = 1))",
    ),
    (
        "places",
        "select 'waiting comment ' || c.comment_id || ' of story ' || c.story_id || ' stands in no queue of its section'
         from comments c join stories s on s.story_id = c.story_id
         where c.state = 'held' and s.section_id is not null
         and not exists (select 1 from queue_places q where q.story_id = c.story_id and q.comment_id = c.comment_id
         and q.queue = 'section:' || s.section_id)",
    ),
    (
        "visitors",
        "select 'comment ' || c.comment_id || ' of story ' || c.story_id || ' is missing among those of its visitor'
         from comments c where c.visitor_id <> 0 and not exists (select 1 from visitor_comments v
         where v.visitor_id = c.visitor_id and v.comment_id = c.comment_id)",
    ),
    (
        "orders",
        "select 'comment ' || c.comment_id || ' of story ' || c.story_id || ' is sealed and still has words'
         from order_comments x join comments c on c.story_id = x.story_id and c.comment_id = x.comment_id
         where x.sealed is not null and c.text <> ''",
    ),
    (
        "reports",
        "select 'comment ' || c.comment_id || ' of story ' || c.story_id || ': ' || c.reports || ' reports are kept'
         from comments c where c.reports <> (select count(*) from reports r
         where r.story_id = c.story_id and r.comment_id = c.comment_id)",
    ),
    (
        "erasures",
        "select 'comment ' || c.comment_id || ' of story ' || c.story_id || ' has words, and they were to be gone'
         from comments c where c.gone_at is not null and (c.text <> '' or c.name <> '' or c.state in ('held', 'released'))",
    ),
    (
        "erasures",
        "select 'comment ' || c.comment_id || ' of story ' || c.story_id || ' has words and nobody who wrote them'
         from comments c where c.visitor_id = 0 and c.gone_at is null",
    ),
];
