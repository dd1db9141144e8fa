//! A paper with years of comments in it, made at once: for `cargo xtask bench desk` and nothing else. Every counter and every
//! place is made with the comments, so that the data agree with themselves. And an index of millions of known texts without
//! the texts, for `cargo xtask bench pastes`.

use crate::engine::{Dialect, Tx, Value, values};
use crate::probes::{UBIQUITOUS, likeliest};
use crate::{Store, StoreError};
use newsroom::Timestamp;
use std::sync::Arc;

/// Rows of the index in one statement, and in one transaction.
const ROWS: usize = 500;
const OF_A_JOB: usize = 200_000;

/// What the comments are made of.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct YearsOfComments {
    /// How many, over all published stories of the store in turn.
    pub comments: i64,
    /// When the first one came in; each comes a millisecond after the one before.
    pub since: Timestamp,
    /// The first id.
    pub first: i64,
    /// Verdicts as JSON: of a comment without a finding, and with one of the kind `form`.
    pub verdicts: [String; 2],
    /// Decisions as JSON: a release, a refusal for something off the topic.
    pub decisions: [String; 2],
    /// What a comment stood as before its ruling, as JSON.
    pub was: String,
    /// Who ruled: the id of a member of the staff.
    pub by: i64,
}

/// One of twenty waits, one of twenty was refused, the others are public.
macro_rules! each {
    ($rest:literal) => {
        concat!(
            "with recursive n(i) as (select cast(0 as bigint) union all select i + 1 from n where i < $1 - 1),
             s as (select story_id, section_id, row_number() over (order by story_id) - 1 as k,
                          count(*) over () as stories from stories where state = 'published'),
             c as (select n.i, s.story_id, s.section_id, $2 + n.i * 4194304 as comment_id, $3 + n.i as at,
                       case n.i % 20 when 7 then 'held' when 13 then 'refused' else 'released' end as state,
                       n.i / s.stories + 1 as number, (n.i * 7919) % 1000 as priority, n.i % 50021 + 1 as visitor_id
                   from n join s on s.k = n.i % s.stories) ",
            $rest
        )
    };
}

const COMMENTS: &str = each!(
    "insert into comments
         (story_id, comment_id, visitor_id, name, text, print, reply_to, root, number, state, reason, collapsed, links,
          received_at, changed_at, priority, verdict, revision, reports, reports_open)
     select story_id, comment_id, visitor_id, 'visitor ' || visitor_id,
         'comment ' || i || ' of those that stand here to be measured and to be read by nobody', i + 1, null,
         case state when 'released' then number end, case state when 'released' then number end, state,
         case state when 'refused' then 'off-topic' end, 0, 0, at, at, priority,
         case i % 3 when 0 then $5 else $4 end, 0, 0, 0
     from c"
);
const VISITORS: &str = each!(
    "insert into visitors (visitor_id, first_seen, last_seen, released, refused, name)
     select visitor_id, min(at), max(at), sum(case state when 'released' then 1 else 0 end),
         sum(case state when 'refused' then 1 else 0 end), 'visitor ' || visitor_id
     from c group by visitor_id"
);
const VISITOR_COMMENTS: &str = each!(
    "insert into visitor_comments (visitor_id, comment_id, story_id, print, received_at)
     select visitor_id, comment_id, story_id, i + 1, at from c"
);
const THREADS: &str = each!(
    "insert into threads (story_id, last_number, released)
     select story_id, max(number), count(*) from c where state = 'released' group by story_id"
);
const STORY_COUNTS: &str = each!(
    "insert into story_counts (story_id, slot, waiting, received)
     select story_id, 0, sum(case state when 'held' then 1 else 0 end), count(*) from c group by story_id"
);
const IN_SECTIONS: &str = each!(
    "insert into queue_places (queue, rank, received_at, comment_id, story_id)
     select 'section:' || section_id, -priority, at, comment_id, story_id from c
     where state = 'held' and section_id is not null"
);
const WITH_FINDINGS: &str = each!(
    "insert into queue_places (queue, rank, received_at, comment_id, story_id)
     select 'finding:form', -priority, at, comment_id, story_id from c where state = 'held' and i % 3 = 0"
);
const RULINGS: &str = each!(
    "insert into rulings (ruling_id, story_id, comment_id, decision, by_id, at, why, was)
     select comment_id + 1, story_id, comment_id, case state when 'released' then $4 else $5 end, $6, at, '', $7
     from c where state <> 'held'"
);
const HAPPENINGS: &str = each!(
    "insert into happenings (happening_id, at, by_actor, what, kind, story_id, comment_id, why)
     select comment_id + 2, at, '{\"kind\":\"program\"}', '{}', 'comment-held', story_id, comment_id, '' from c"
);
const QUEUE_COUNTS: &str =
    "insert into desk_counts (name, slot, n) select queue, 0, count(*) from queue_places group by queue";
const WAITING_COUNT: &str =
    "insert into desk_counts (name, slot, n) select 'waiting', 0, count(*) from comments where state = 'held'";
const WORDS_SQLITE: &str = each!(
    "insert into comment_words (rowid, words) select comment_id, 'measured w' || (i % 1000) || ' v' || (i % 7) from c"
);
const WORDS_POSTGRES: &str = each!(
    "insert into comment_words (story_id, comment_id, words)
     select story_id, comment_id, array_to_tsvector(array['measured', 'w' || (i % 1000), 'v' || (i % 7)]) from c"
);

impl Store {
    /// Fills a paper that has stories and no comments.
    #[doc(hidden)]
    pub async fn live_through(&self, years: YearsOfComments) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            let years = years.clone();
            Box::pin(async move { fill(tx, &years).await })
        });
        write.await
    }

    /// Fills an empty index of known texts with rows (a probe, its source), and says how many it kept: as everywhere, a probe
    /// for so many sources at most.
    #[doc(hidden)]
    pub async fn know_by_probes(&self, mut rows: Vec<(i64, i64)>) -> Result<usize, StoreError> {
        rows.sort_unstable();
        rows.dedup();
        let mut kept: Vec<(i64, i64)> = Vec::with_capacity(rows.len());
        for row in rows {
            let full =
                kept.len().checked_sub(UBIQUITOUS).and_then(|at| kept.get(at)).is_some_and(|first| first.0 == row.0);
            if !full {
                kept.push(row);
            }
        }
        let kept = Arc::new(kept);
        for from in (0..kept.len()).step_by(OF_A_JOB) {
            let kept = Arc::clone(&kept);
            let write = self.engine.write(move |tx| {
                let kept = Arc::clone(&kept);
                Box::pin(async move { insert(tx, &kept[from..kept.len().min(from + OF_A_JOB)]).await })
            });
            write.await?;
        }
        Ok(kept.len())
    }

    /// The likeliest sources of a text, as they are looked up for every comment, without their texts.
    #[doc(hidden)]
    pub async fn likeliest_sources(&self, text: &str) -> Result<Vec<i64>, StoreError> {
        let text = text.to_owned();
        let read = self.engine.read(move |tx| {
            let text = text.clone();
            Box::pin(async move { likeliest(tx, &text, &[]).await })
        });
        read.await
    }
}

async fn insert(tx: &mut Tx, rows: &[(i64, i64)]) -> Result<(), StoreError> {
    for some in rows.chunks(ROWS) {
        let given: Vec<Value> =
            some.iter().flat_map(|(probe, source)| [Value::Int(*probe), Value::Int(*source)]).collect();
        let marks: Vec<String> = (0..some.len()).map(|n| format!("(${}, ${})", 2 * n + 1, 2 * n + 2)).collect();
        tx.run(&format!("insert into probes (probe, source) values {}", marks.join(", ")), &given).await?;
    }
    Ok(())
}

async fn fill(tx: &mut Tx, years: &YearsOfComments) -> Result<(), StoreError> {
    let at = values![years.comments, years.first, years.since];
    let [plain, found] = &years.verdicts;
    tx.run(COMMENTS, &[at, values![plain, found]].concat()).await?;
    for text in [VISITORS, VISITOR_COMMENTS, THREADS, STORY_COUNTS, IN_SECTIONS, WITH_FINDINGS, HAPPENINGS] {
        tx.run(text, at).await?;
    }
    let [release, refusal] = &years.decisions;
    tx.run(RULINGS, &[at, values![release, refusal, years.by, &years.was]].concat()).await?;
    tx.run(QUEUE_COUNTS, values![]).await?;
    tx.run(WAITING_COUNT, values![]).await?;
    let words = match tx.dialect() {
        Dialect::Sqlite => WORDS_SQLITE,
        Dialect::Postgres => WORDS_POSTGRES,
    };
    tx.run(words, at).await?;
    if tx.dialect() == Dialect::Postgres {
        tx.run("analyze", values![]).await?;
    }
    Ok(())
}
