//! Readers' reports of one comment, grouped by what they say that it breaks; trusted flaggers' stand first.

use crate::app::App;
use crate::comments::when;
use crate::words::Words;
use askama::Template;
use newsroom::comment::ReportOutcome;
use store::StoreError;
use store::queue::QueueEntry;
use store::reports::ReportLine;

/// Reports of one comment that a card shows.
const AT_ONCE: u32 = 50;

/// The reports of a comment, for its card.
#[derive(Debug, Template)]
#[template(path = "desk/reports.html")]
pub struct Reports {
    t: Words,
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    word: String,
    ground: String,
    count: String,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    line: ReportLine,
    when: String,
    /// Empty while nobody has decided.
    outcome: String,
}

impl Reports {
    /// Those of a card's comment; none: nothing is read.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn of(app: &App, t: Words, entry: &QueueEntry) -> Result<Option<Self>, StoreError> {
        if entry.reports == 0 {
            return Ok(None);
        }
        let mut groups: Vec<Group> = Vec::new();
        for line in app.store.reports_of(entry.story, entry.comment, AT_ONCE).await? {
            let at = groups.iter().position(|group| group.word == line.ground);
            let line = Line {
                when: when(&t, &app.paper, line.at),
                outcome: match line.outcome {
                    ReportOutcome::Open => String::new(),
                    decided => t.s(&format!("report.outcome.{}", decided.key())),
                },
                line,
            };
            match at.and_then(|at| groups.get_mut(at)) {
                Some(group) => group.lines.push(line),
                None => groups.push(Group::of(&t, line)),
            }
        }
        for group in &mut groups {
            group.count = t.n("desk.reports", group.lines.len());
        }
        Ok(Some(Self { t, groups }))
    }
}

impl Group {
    fn of(t: &Words, first: Line) -> Self {
        let word = first.line.ground.clone();
        let key = if word.is_empty() { "other" } else { word.as_str() };
        Self { ground: t.s(&format!("refusal.{key}")), word, count: String::new(), lines: vec![first] }
    }
}
