//! Everything that is kept about a visitor, list by list and page by page: for the copy that the visitor takes along.
//!
//! What the staff wrote for colleagues is not in it: such a note may repeat what another reader wrote and nobody released.
//! That there are notes, and since when, is.

use crate::engine::{Row, values};
use crate::listings::CardFace;
use crate::whole::JsonRow;
use crate::{Store, StoreError};
use newsroom::{Timestamp, VisitorId};
use serde_json::Value as Json;

/// One list of a visitor's data.
#[derive(Debug, Clone, Copy)]
pub struct OwnList {
    /// Its name in the copy.
    pub name: &'static str,
    pub(crate) sql: &'static str,
    /// It leaves out what an order forbids to tell at a time, which is `$5`.
    pub(crate) at: bool,
    columns: &'static [(&'static str, Kind)],
}

/// A row's place in its list: the list goes on from after it.
pub type OwnPlace = (i64, i64);

/// How a column is written in the copy.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// An id in its short form, as in addresses.
    Id,
    Text,
    Number,
    Yes,
    /// RFC 3339, UTC.
    Time,
    Json,
    /// The headline of a story's card.
    Headline,
    /// A statement of reasons without the examination's own keys: some tell of texts of others that nobody released. What it
    /// pointed at, by category, stays.
    Statement,
}
use Kind::{Headline, Id, Json as AsJson, Number, Statement, Text, Time, Yes};

/// The lists, in the order of the copy. The first two columns of each text are the row's place and are not written; `$1` is
/// the visitor, `$2` and `$3` the place, `$4` the limit.
pub(crate) const LISTS: &[OwnList] = &[
    OwnList {
        name: "comments",
        sql:
            "select q.comment_id, 0, c.comment_id, c.story_id, s.card, case when s.state = 'published' then s.slug end,
                 c.name, c.text, c.state,
                 case when exists (select 1 from order_comments x join orders o on o.order_id = x.order_id
                     where x.story_id = c.story_id and x.comment_id = c.comment_id and x.ended_at is null
                         and o.silent_until > $5) then null else c.reason end, c.number, c.reply_to, c.received_at, c.changed_at, c.gone_at,
                 c.collapsed, c.links, c.featured
             from (select story_id, comment_id from visitor_comments
                   where visitor_id = $1 and (comment_id, 0) > ($2, $3) and comment_id >= $2
                   order by comment_id limit $4) q
             join comments c on c.story_id = q.story_id and c.comment_id = q.comment_id
             join stories s on s.story_id = q.story_id
             order by q.comment_id",
        at: true,
        columns: &[
            ("comment", Id),
            ("story", Id),
            ("headline", Headline),
            ("slug", Text),
            ("name", Text),
            ("text", Text),
            ("state", Text),
            ("rule", Text),
            ("number", Number),
            ("in_answer_to", Id),
            ("sent_at", Time),
            ("changed_at", Time),
            ("words_gone_at", Time),
            ("folded", Yes),
            ("links_live", Yes),
            ("chosen", Yes),
        ],
    },
    OwnList {
        name: "earlier_versions",
        sql: "select v.comment_id, r.revision, v.comment_id, r.revision, r.text, r.at
             from visitor_comments v
             join comment_revisions r on r.story_id = v.story_id and r.comment_id = v.comment_id
             where v.visitor_id = $1 and v.comment_id >= $2 and (v.comment_id, r.revision) > ($2, $3)
             order by v.comment_id, r.revision limit $4",
        at: false,
        columns: &[("comment", Id), ("version", Number), ("text", Text), ("until", Time)],
    },
    OwnList {
        name: "decisions",
        sql: "select v.comment_id, l.ruling_id, v.comment_id, l.ruling_id, l.decision, l.at, l.undone_at, l.rule,
                 l.statement
             from visitor_comments v
             join rulings l on l.story_id = v.story_id and l.comment_id = v.comment_id
             where v.visitor_id = $1 and v.comment_id >= $2 and (v.comment_id, l.ruling_id) > ($2, $3)
                 and not exists (select 1 from order_comments x join orders o on o.order_id = x.order_id
                     where x.story_id = v.story_id and x.comment_id = v.comment_id and x.ruling_id = l.ruling_id
                         and o.silent_until > $5)
             order by v.comment_id, l.ruling_id limit $4",
        at: true,
        columns: &[
            ("comment", Id),
            ("decision_number", Id),
            ("decision", AsJson),
            ("at", Time),
            ("undone_at", Time),
            ("by_rule", Text),
            ("statement_of_reasons", Statement),
        ],
    },
    OwnList {
        name: "reports",
        sql:
            "select report_id, 0, report_id, reference, story_id, comment_id, ground, law, why, name, email, good_faith,
                 at, outcome, decided_at
             from reports where visitor_id = $1 and (report_id, 0) > ($2, $3) and report_id >= $2
             order by report_id limit $4",
        at: false,
        columns: &[
            ("report", Id),
            ("reference", Text),
            ("story", Id),
            ("comment", Id),
            ("ground", Text),
            ("law", Text),
            ("words", Text),
            ("name", Text),
            ("email", Text),
            ("good_faith", Yes),
            ("at", Time),
            ("outcome", Text),
            ("decided_at", Time),
        ],
    },
    OwnList {
        name: "appeals",
        sql:
            "select appeal_id, 0, appeal_id, story_id, comment_id, ruling_id, side, text, at, due_at, state, decided_at,
                 answer, same_person
             from appeals where visitor_id = $1 and (appeal_id, 0) > ($2, $3) and appeal_id >= $2
             order by appeal_id limit $4",
        at: false,
        columns: &[
            ("appeal", Id),
            ("story", Id),
            ("comment", Id),
            ("decision_number", Id),
            ("as", Text),
            ("text", Text),
            ("at", Time),
            ("due_at", Time),
            ("state", Text),
            ("decided_at", Time),
            ("answer", Text),
            ("same_person", Yes),
        ],
    },
    OwnList {
        name: "measures",
        sql: "select measure_id, 0, measure_id, kind, why, at, until_at, acknowledged_at, ended_at
             from measures where visitor_id = $1 and (measure_id, 0) > ($2, $3) and measure_id >= $2
             order by measure_id limit $4",
        at: false,
        columns: &[
            ("measure", Id),
            ("kind", Text),
            ("told", Text),
            ("at", Time),
            ("until", Time),
            ("acknowledged_at", Time),
            ("ended_at", Time),
        ],
    },
    OwnList {
        name: "account",
        sql:
            "select reader_id, 0, name, email, language, wants_replies, wants_decisions, began_at, seen_at from readers
             where visitor_id = $1 and (reader_id, 0) > ($2, $3) and reader_id >= $2 order by reader_id limit $4",
        at: false,
        columns: &[
            ("name", Text),
            ("email", Text),
            ("language", Text),
            ("mail_about_replies", Yes),
            ("mail_about_decisions", Yes),
            ("since", Time),
            ("last_seen", Time),
        ],
    },
    OwnList {
        name: "passkeys",
        sql: "select p.passkey_id, 0, p.name, p.added_at, p.used_at
             from readers r join reader_passkeys p on p.reader_id = r.reader_id
             where r.visitor_id = $1 and (p.passkey_id, 0) > ($2, $3) and p.passkey_id >= $2
             order by p.passkey_id limit $4",
        at: false,
        columns: &[("name", Text), ("since", Time), ("last_used", Time)],
    },
    OwnList {
        name: "sign_ins",
        sql: "select s.session_id, 0, s.device, s.begun_at, s.seen_at, s.until_at
             from readers r join reader_sign_ins s on s.reader_id = r.reader_id
             where r.visitor_id = $1 and (s.session_id, 0) > ($2, $3) and s.session_id >= $2
             order by s.session_id limit $4",
        at: false,
        columns: &[("device", Text), ("since", Time), ("last_seen", Time), ("until", Time)],
    },
    OwnList {
        name: "staff_notes",
        sql: "select note_id, 0, at from visitor_notes
             where visitor_id = $1 and (note_id, 0) > ($2, $3) and note_id >= $2 order by note_id limit $4",
        at: false,
        columns: &[("written_at", Time)],
    },
];

impl Store {
    /// The lists of a visitor's data, in the order of the copy.
    pub fn own_lists() -> &'static [OwnList] {
        LISTS
    }

    /// Up to `limit` rows of a list, the oldest first, from after a place, with the place of the last.
    pub async fn own_rows(
        &self,
        list: OwnList,
        visitor: VisitorId,
        after: Option<OwnPlace>,
        (limit, now): (u32, Timestamp),
    ) -> Result<(Vec<JsonRow>, Option<OwnPlace>), StoreError> {
        let (first, second) = after.unwrap_or((0, 0));
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let given = values![visitor, first, second, i64::from(limit), now];
                tx.rows(list.sql, if list.at { given } else { &given[..4] }).await
            })
        });
        let mut last = None;
        let mut rows = Vec::new();
        for row in read.await? {
            last = Some((row.int(0)?, row.int(1)?));
            rows.push(written(list, row)?);
        }
        Ok((rows, last))
    }
}

fn written(list: OwnList, mut row: Row) -> Result<JsonRow, StoreError> {
    let column = |(n, (name, kind)): (usize, &(&str, Kind))| Ok(((*name).to_owned(), json(&mut row, n + 2, *kind)?));
    list.columns.iter().enumerate().map(column).collect()
}

/// A column as the copy has it; what is not there is null.
fn json(row: &mut Row, column: usize, kind: Kind) -> Result<Json, StoreError> {
    Ok(match kind {
        Id => row.maybe_int(column)?.map_or(Json::Null, |id| VisitorId(id).short().into()),
        Text => row.maybe_text(column)?.map_or(Json::Null, Json::String),
        Number => row.maybe_int(column)?.map_or(Json::Null, Json::from),
        Yes => row.yes(column)?.into(),
        Time => row.maybe_time(column)?.map_or(Json::Null, |at| at.to_string().into()),
        AsJson => match row.maybe_text(column)? {
            Some(text) => serde_json::from_str(&text).map_err(|problem| StoreError::Broken(problem.to_string()))?,
            None => Json::Null,
        },
        Headline => row.json::<CardFace>(column)?.headline.into(),
        Statement => match row.maybe_text(column)? {
            Some(text) => stated(&text)?,
            None => Json::Null,
        },
    })
}

fn stated(text: &str) -> Result<Json, StoreError> {
    let mut statement: Json = serde_json::from_str(text).map_err(|problem| StoreError::Broken(problem.to_string()))?;
    if let Some(fields) = statement.as_object_mut() {
        fields.remove("decision_facts");
    }
    Ok(statement)
}
