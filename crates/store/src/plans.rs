//! How the engines go about the statements that readers and the desk wait for. For tests: a statement that loses its index
//! fails one.

use crate::engine::{Dialect, Tx, Value, values};
use crate::queue::LogOf;
use crate::search::Among;
use crate::{
    Store, StoreError, accounts, acting, appeals, channels, comments, desk_notices, fediverse, followers, front,
    happenings, issues, learning, listings, live, meaning, networks, newsletter, orders, people, pictures, probes,
    push, queue, readers, readings, redirects, reports, retention, search, site, stories, strips, talk, thread,
    visitors,
};
use newsroom::StaffId;
use newsroom::acting::ActingRule;

/// A statement and the engine's plan for it, a line a step.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Plan {
    /// What it is for.
    pub name: &'static str,
    /// The engine's words.
    pub steps: Vec<String>,
}

impl Store {
    /// The plan of every hot statement on the engine in use, with full scans made as dear as the engine allows.
    #[doc(hidden)]
    pub async fn plans(&self) -> Result<Vec<Plan>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                if tx.dialect() == Dialect::Postgres {
                    tx.run("set local enable_seqscan = off", values![]).await?;
                }
                let mut plans = Vec::new();
                for (name, text, given) in hot(tx.dialect()) {
                    plans.push(Plan { name, steps: steps(tx, &text, &given).await? });
                }
                Ok(plans)
            })
        });
        read.await
    }
}

async fn steps(tx: &mut Tx, text: &str, given: &[Value]) -> Result<Vec<String>, StoreError> {
    let (explain, column) = match tx.dialect() {
        Dialect::Sqlite => ("explain query plan", 3),
        Dialect::Postgres => ("explain", 0),
    };
    let rows = tx.rows(&format!("{explain} {text}"), given).await?;
    rows.into_iter().map(|mut row| row.text(column)).collect()
}

/// Name, text and values of each; the values are usual ones in the paper of `tests/engines/plans.rs`.
fn hot(dialect: Dialect) -> Vec<(&'static str, String, Vec<Value>)> {
    let words = search::query(dialect, &["tram".to_owned()]);
    let given: [(&'static str, String, &[Value]); _] = [
        ("thread.oldest", thread::OLDEST.into(), values![1, 1, 1, 51]),
        ("thread.rest-of-root", thread::REST_OF_ROOT.into(), values![1, 1, 1, 51]),
        ("thread.roots-below", thread::ROOTS_BELOW.into(), values![1, 1, 51]),
        ("thread.by-number", thread::BY_NUMBER.into(), values![1, 1]),
        ("thread.places-before", thread::PLACES_BEFORE.into(), values![1, 1, 1, 26]),
        ("thread.featured", thread::FEATURED.into(), values![1, 5]),
        ("queue.waiting-same", queue::WAITING_SAME.into(), values![0, 1, 1, 50]),
        ("queue.waiting-below", queue::WAITING_BELOW.into(), values![1000, 50]),
        ("queue.story-same", queue::STORY_SAME.into(), values![1, 0, 1, 1, 50]),
        ("queue.story-below", queue::STORY_BELOW.into(), values![1, 1000, 50]),
        ("queue.reported", queue::REPORTED.into(), values![1, 1, 50]),
        ("queue.places", queue::PLACES.into(), values!["section:1", 0, 1, 1, 50]),
        ("queue.same-print", queue::SAME_PRINT.into(), values![10, 1]),
        ("queue.kin-size", queue::KIN_SIZE.into(), values!["kin:1", 200]),
        ("queue.notes", queue::NOTES.into(), values![1, 1, 20]),
        ("queue.others", queue::OTHERS.into(), values![1, 1, 1, 5]),
        ("queue.lately", queue::LATELY.into(), values![1, 100]),
        ("queue.rulings", queue::log_of(LogOf::All), values![1, 50]),
        ("queue.rulings-of", queue::log_of(LogOf::Rule(ActingRule::Limits)), values![1, 50, "limits"]),
        ("queue.rulings-by", queue::log_of(LogOf::Staff(StaffId(1))), values![1, 50, 1]),
        ("acting.refused-lately", acting::REFUSED_LATELY.into(), values![1, 1]),
        ("story.by-slug", stories::BY_SLUG.into(), values!["a"]),
        ("story.by-folded", stories::BY_FOLDED.into(), values!["a"]),
        ("story.lines", stories::LINES.into(), values![1, 1, 50]),
        ("story.lines-of-section", stories::LINES_OF_SECTION.into(), values![1, 1, 50, 1]),
        ("comments.facts", comments::FACTS.into(), values![1, 1, 1, "2026-01-01"]),
        ("comments.sent-since", comments::SENT_SINCE.into(), values![1, 19_990]),
        ("comments.answered", comments::ANSWERED.into(), values![1, 1]),
        ("comments.own", comments::OWN.into(), values![1, 1, 1]),
        ("comments.mine", comments::MINE.into(), values![1, 100_000, 20]),
        ("comments.first-happening", comments::FIRST_HAPPENING.into(), values![1, 1]),
        ("visitors.names", visitors::NAMES.into(), values![1, 500]),
        ("visitors.in-sections", visitors::IN_SECTIONS.into(), values![1, ",1,"]),
        ("visitors.comments", visitors::COMMENTS.into(), values![1, 20_000, 1, 20]),
        ("visitors.measures-in-force", visitors::IN_FORCE.into(), values![1, 1, 100, 2]),
        ("visitors.measures", visitors::MEASURES_OF_VISITOR.into(), values![1, 100]),
        ("visitors.notes", visitors::NOTES_OF_VISITOR.into(), values![1, 100]),
        ("visitors.neighbours", networks::NEIGHBOURS.into(), values![1, 50]),
        ("visitors.ending-measures", visitors::ENDING.into(), values![1, 100]),
        ("happenings.after", happenings::AFTER.into(), values![1, 100]),
        ("happenings.before", happenings::BEFORE.into(), values![1, 100]),
        ("probes.sources", probes::sources_text(8), values![0, 1, 2, 3, 4, 5, 6, 7]),
        ("probes.texts", probes::texts_text(), values![1, 2, 3, 4, 105, 106, 107, 108]),
        ("probes.ageing", probes::AGEING.into(), values![1, 100]),
        ("search.stories", search::stories_text(dialect), values![&words, 20, 2000]),
        ("search.comments", search::comments_text(dialect).into(), values![&words, 20]),
        ("queue.last-ruling", queue::LAST.into(), values![1, 1]),
    ];
    given
        .into_iter()
        .map(|(name, text, values)| (name, text, values.to_vec()))
        .chain(of_fronts())
        .chain(found(dialect, &words))
        .chain(sought(dialect, &words))
        .chain(looked_for(dialect, &words).into_iter().chain(followed()))
        .collect()
}

/// What readers look for.
fn looked_for(dialect: Dialect, words: &str) -> Vec<(&'static str, String, Vec<Value>)> {
    let rest = values![search::PUT_IN_ORDER, 0, i64::MAX];
    let words = values![words];
    let plain = [words, rest].concat();
    let more = match dialect {
        Dialect::Sqlite => plain.clone(),
        Dialect::Postgres => [words, words, rest].concat(),
    };
    let keys = values!["a", "b", "c", "d", "e", "f", "g", "h"].to_vec();
    let mut voices = [words, values![i64::MAX, 200, i64::MIN, i64::MAX]].concat();
    if dialect == Dialect::Postgres {
        voices.push(Value::from(i64::MIN));
    }
    let mut all = vec![
        ("search.known", search::known_text(8), keys),
        ("search.voices", search::voices_text(dialect).into(), voices),
        ("search.said", thread::by_ids_text(4), values![1, 2, 3, 104].to_vec()),
        ("search.in-head", search::readers_text(dialect, Among::Head), plain.clone()),
        ("search.in-head-and-more", search::readers_text(dialect, Among::HeadAndMore), more),
        ("search.anywhere", search::readers_text(dialect, Among::All), plain.clone()),
    ];
    if dialect == Dialect::Postgres {
        let statements = [
            ("search.begin-era", search::BEGIN_OF_STORIES, values![1, 1_000]),
            ("search.era", search::OF_STORY, values![1]),
            ("search.begin-era-of-voices", search::BEGIN_OF_COMMENTS, values![1, 4_000]),
            ("search.era-of-voice", search::OF_COMMENT, values![1]),
            ("search.eras-before", search::ERAS_BEFORE, values![i64::MAX]),
        ];
        all.extend(statements.map(|(name, text, given)| (name, text.to_owned(), given.to_vec())));
    }
    all
}

/// Lists, the front page, pictures, breaking news, and how often the paper is read.
fn of_fronts() -> Vec<(&'static str, String, Vec<Value>)> {
    let given: [(&'static str, String, &[Value]); _] = [
        ("pictures.latest", pictures::LATEST.into(), values![1, "a", 40]),
        ("pictures.named", pictures::NAMED.into(), values!["a"]),
        ("list.page", listings::page_text(""), values!["all", 1, 1, 20]),
        ("list.feed", listings::feed_text(), values!["all", 30]),
        ("list.enclosure", listings::ENCLOSURE.into(), values!["tram.jpg"]),
        ("list.month", listings::page_text("and published_at >= $5"), values!["all", 1, 1, 20, 0]),
        ("redirects.of-path", redirects::OF_PATH.into(), values!["/was/1"]),
        ("redirects.list", redirects::LIST.into(), values!["/was", "/was/1", "/x", 50]),
        ("redirects.removed", redirects::REMOVED.into(), values![20]),
        ("redirects.missing", redirects::MISSING.into(), values![50]),
        ("list.mapped", listings::mapped_text(), values![0, 1, 20]),
        ("list.translated", listings::translated_text(), values![0, 1, 20]),
        ("front.lists", listings::candidates_text(2, 1, (false, false)), values![13, "section:a", "section:b", 1]),
        ("front.pictured", listings::candidates_text(1, 0, (true, true)), values![13, "section:a"]),
        ("front.cards", listings::cards_text(3), values![1, 2, 3]),
        ("front.lead", listings::LED.into(), values![]),
        ("front.most-discussed", listings::most_discussed_text(), values![0, 200, 5]),
        ("front.in-force", front::IN_FORCE.into(), values![]),
        ("front.launched", front::LAUNCHED.into(), values![i64::MAX, i64::MAX, 20]),
        ("front.waiting", front::WAITING.into(), values![1, 20]),
        ("front.most-read", listings::most_read_text(2), values![20, "2026-01-10", "2026-01-11"]),
        ("readings.by-day", readings::BY_DAY.into(), values!["pages", "2026-01-01", "2026-01-31"]),
        ("readings.by-key", readings::BY_KEY.into(), values!["source", "2026-01-01", "2026-01-31", 60]),
        ("readings.of-story", readings::OF_STORY.into(), values![1]),
        ("site.newest", site::NEWEST.into(), values!["menus"]),
        ("site.versions", site::VERSIONS.into(), values!["menus", i64::MAX, 10]),
        ("strips.standing", strips::STANDING.into(), values![1]),
        ("strips.over", strips::OVER.into(), values![1, 20]),
        ("strips.lately", strips::LATELY.into(), values![i64::MAX, 10]),
        ("live.coverage", live::NEWEST_COVERAGE.into(), values![1]),
        ("live.over", live::OVER.into(), values![1, 20]),
        ("live.newest", live::NEWEST.into(), values![1, 10_000]),
        ("live.below", live::BELOW.into(), values![1, 10_000, 21]),
        ("live.above", live::ABOVE.into(), values![1, 10_000, 21]),
        ("live.of-desk", live::DESK_BELOW.into(), values![1, 10_000, 21]),
        ("live.one", live::DESK_ONE.into(), values![1, 20]),
        ("live.earlier", live::EARLIER.into(), values![20, 20]),
    ];
    given.into_iter().map(|(name, text, values)| (name, text, values.to_vec())).collect()
}

/// The desk's search over all comments.
fn found(dialect: Dialect, words: &str) -> Vec<(&'static str, String, Vec<Value>)> {
    let find = queue::find_texts(dialect).into_iter().map(|(name, text)| {
        let begins = if name == "find.words" { Value::from(words) } else { Value::Int(1) };
        (name, text, [&[begins][..], values![1000, 0]].concat())
    });
    find.chain(answering()).chain(written()).chain(pictured()).chain(printed()).collect()
}

/// What readers, the desk and the clock read of printed issues.
fn printed() -> Vec<(&'static str, String, Vec<Value>)> {
    let given: [(&'static str, &str, &[Value]); _] = [
        ("issues.by-slug", issues::BY_SLUG, values!["slug-1"]),
        ("issues.moved", issues::MOVED, values!["was-1"]),
        ("issues.public", issues::PUBLIC, values!["2026-02-01", 1, 25]),
        ("issues.next", issues::NEXT, values!["2026-02-01", 1]),
        ("issues.previous", issues::PREVIOUS, values!["2026-02-01", 1]),
        ("issues.first-day", issues::FIRST_DAY, values![]),
        ("issues.last-day", issues::LAST_DAY, values![]),
        ("issues.of-desk", issues::OF_DESK, values![i64::MAX, 20]),
        ("issues.to-go", issues::TO_GO, values![20, 20]),
        ("issues.part", issues::PART, values![1, 0]),
        ("issues.page", issues::PAGE, values![1, 480]),
        ("issues.past-files", issues::PAST, values![1, 10]),
        ("issues.waiting-files", issues::WAITING, values![100, 20]),
    ];
    given.into_iter().map(|(name, text, values)| (name, text.to_owned(), values.to_vec())).collect()
}

/// What readers and the desk read of pictures, and what feeds of comments do.
fn pictured() -> Vec<(&'static str, String, Vec<Value>)> {
    let names: Vec<Value> = (0..32).map(|n| Value::from(format!("slug-{n}"))).collect();
    vec![
        ("talk.of-paper", talk::OF_PAPER.into(), values![1, 30].to_vec()),
        ("talk.of-story", talk::OF_STORY.into(), values![1, 30, 1].to_vec()),
        ("pictures.served", pictures::SERVED.into(), values!["a", "a"].to_vec()),
        ("pictures.kept-from-readers", pictures::known_text(), names.clone()),
        ("pictures.readers-may-have", pictures::may_have_text(), names),
        ("pictures.file", pictures::FILE.into(), values!["a"].to_vec()),
        ("pictures.to-size", pictures::TO_SIZE.into(), values![1, 1].to_vec()),
        ("pictures.card", pictures::CARD.into(), values![1].to_vec()),
        ("pictures.to-draw", pictures::TO_DRAW.into(), values![1, 1].to_vec()),
        ("pictures.old-to-draw", pictures::OLD_TO_DRAW.into(), values![1, 1].to_vec()),
        ("pictures.strays", pictures::STRAYS.into(), values![1, 20].to_vec()),
        ("pictures.uses", pictures::USES.into(), values!["slug-1", i64::MAX, 20].to_vec()),
        ("pictures.of-story", pictures::OF_STORY.into(), values![1].to_vec()),
        ("pictures.due", pictures::DUE.into(), values!["2026-01-01", 20].to_vec()),
        ("pictures.ending", pictures::ENDING.into(), values!["2026-01-01", "2026-01-08", 20].to_vec()),
        ("pictures.ending-of", pictures::ENDING_OF.into(), values![1, "2026-01-01", "2026-01-08"].to_vec()),
        ("pictures.away", pictures::AWAY.into(), values![i64::MAX, "", 20].to_vec()),
    ]
}

/// What the newsroom reads of its stories.
fn written() -> Vec<(&'static str, String, Vec<Value>)> {
    vec![
        ("stories.revisions", stories::REVISIONS.into(), values![1, i64::MAX, 40].to_vec()),
        ("stories.to-go", stories::TO_GO.into(), values![1, 0, 0, 20].to_vec()),
        ("stories.begun-by", stories::LINES_BEGUN_BY.into(), values![i64::MAX, i64::MAX, 40, 1].to_vec()),
        ("stories.assigned-to", stories::LINES_ASSIGNED_TO.into(), values![i64::MAX, i64::MAX, 40, 1].to_vec()),
        ("plan.timed", stories::TIMED.into(), values![1, 9, 50, ",1,", 1].to_vec()),
        ("plan.due", stories::DUE.into(), values![1, 9, 50, ",1,", 1].to_vec()),
        ("plan.late", stories::LATE.into(), values![1, 9, 50, ",1,", 1].to_vec()),
        ("plan.embargoed", stories::EMBARGOED.into(), values![1, 9, 50, ",1,", 1].to_vec()),
        ("plan.held-up", stories::HELD_UP.into(), values![1, 9, 50, ",1,", 1].to_vec()),
        ("plan.ideas", stories::IDEAS.into(), values![1, 9, 50, ",1,", 1].to_vec()),
        ("plan.open-ideas", stories::OPEN_IDEAS.into(), values![1, 9, 50, ",1,", 1].to_vec()),
        ("plan.in-hand", stories::IN_HAND.into(), values![1, 9, 50, ",1,", 1].to_vec()),
        ("list.corrections", listings::CORRECTED.into(), values!["corrections", 1, 1, 20].to_vec()),
        ("notes.of-story", stories::NOTES_OF_STORY.into(), values![1, 1, 50].to_vec()),
        ("meaning.related", meaning::related_text(), values![1, 8].to_vec()),
        ("meaning.comment", meaning::VECTOR_OF_COMMENT.into(), values![1, 1, "w"].to_vec()),
        ("meaning.waiting", meaning::WAITING_VECTORS.into(), values![1, 5_000, "w"].to_vec()),
        ("stories.answering", stories::ANSWERING.into(), values![1, 50].to_vec()),
        ("notes.below", stories::steps_text(3), values![51, 1, 2, 3].to_vec()),
        ("desk-notices.due", desk_notices::DUE.into(), values![1, 50].to_vec()),
        ("desk-notices.of-delivery", desk_notices::OF_DELIVERY.into(), values![1].to_vec()),
        ("desk-notices.lately", desk_notices::LATELY.into(), values![1, 1, 20].to_vec()),
        ("desk-notices.timed-by", desk_notices::TIMED_BY.into(), values![1].to_vec()),
        ("desk-notices.waiting-in", desk_notices::WAITING_IN.into(), values!["section:1", 1, 50].to_vec()),
        ("desk-notices.waiting-since", desk_notices::WAITING_SINCE.into(), values![1, 50].to_vec()),
    ]
}

/// What goes to those who follow the paper.
fn followed() -> Vec<(&'static str, String, Vec<Value>)> {
    vec![
        ("followers.newest", followers::NEWEST.into(), values!["newsletter"].to_vec()),
        ("newsletter.to-tell", newsletter::TO_TELL.into(), values!["daily", 1, 500].to_vec()),
        ("newsletter.editions", newsletter::EDITIONS.into(), values![i64::MAX, 10].to_vec()),
        ("channels.lately", channels::LATELY.into(), values![1, i64::MAX, 20].to_vec()),
        ("fediverse.blocked", fediverse::BLOCKED.into(), values!["social.example"].to_vec()),
        ("fediverse.note", fediverse::NOTE.into(), values!["1"].to_vec()),
        ("fediverse.to-tell", fediverse::TO_TELL.into(), values![1, 500, 0, 1].to_vec()),
        ("fediverse.unfilled", fediverse::UNFILLED.into(), values![].to_vec()),
        ("push.to-wake", push::TO_WAKE.into(), values![1, 500].to_vec()),
    ]
}

/// The desk's search of its stories.
fn sought(dialect: Dialect, words: &str) -> Vec<(&'static str, String, Vec<Value>)> {
    let [in_words, in_desk_words] = stories::words_texts(dialect);
    let by_words = values![words, i64::MAX, 40].to_vec();
    let listed = stories::LOOKED_THROUGH.map(|(name, text)| {
        let given = values![i64::MAX, i64::MAX, 40, 1].to_vec();
        let of_all = ["sought.all", "sought.corrected"].contains(&name);
        (name, text.to_owned(), if of_all { given[..3].to_vec() } else { given })
    });
    let by_state = [
        ("sought.words", in_words, by_words.clone()),
        ("sought.desk-words", in_desk_words, by_words),
        ("sought.in-state", stories::IN_STATE.into(), values![i64::MAX, i64::MAX, 40, "proof"].to_vec()),
        ("sought.under-embargo", stories::UNDER_EMBARGO.into(), values![i64::MAX, i64::MAX, 40, 1].to_vec()),
        ("sought.lines", stories::lines_text(3), values![1, 2, 3].to_vec()),
    ];
    listed.into_iter().chain(by_state).collect()
}

/// What the desk reads where it answers for what it decided.
fn answering() -> Vec<(&'static str, String, Vec<Value>)> {
    let given: [(&'static str, String, &[Value]); _] = [
        ("accounts.days", accounts::DAYS.into(), values!["2026-01-01", "2026-02-01"]),
        ("accounts.statements", accounts::STATEMENTS.into(), values![1, 2_000, 50]),
        ("queue.settled", queue::SETTLED.into(), values![1, 50]),
        ("accounts.public", accounts::PUBLIC.into(), values![1, 50, 1]),
        ("learning.decisions", learning::DECISIONS.into(), values![1_000, 50]),
        ("retention.due", retention::DUE.into(), values![1, 50]),
        ("appeals.open", appeals::OPEN.into(), values![1, 1, 20, ",1,"]),
        ("appeals.decided", appeals::DECIDED.into(), values![20, ",1,"]),
        ("appeals.counted", appeals::COUNTED.into(), values![500, ",1,"]),
        ("orders.list", orders::LIST.into(), values![1, 1, 50]),
        ("orders.open", orders::OPEN.into(), values![]),
        ("orders.due", orders::DUE.into(), values![1, 20]),
        ("reports.of-comment", reports::OF_COMMENT.into(), values![1, 1, 50]),
        ("readers.concerned", readers::CONCERNED.into(), values![1, 1]),
        ("readers.session", readers::RUNNING.into(), values!["a", 1, 1]),
        ("readers.of-visitor", readers::OF_VISITOR.into(), values![1]),
        ("readers.links-lately", readers::LATELY_TO.into(), values!["a", 1]),
        ("people.language", people::LANGUAGE.into(), values![1]),
        ("people.organisation-account", people::ORGANISATION_ACCOUNT.into(), values!["https://id.example", "a"]),
        ("people.organisation-accounts-of", people::ORGANISATION_ACCOUNTS_OF.into(), values![1]),
    ];
    let given = given.into_iter().map(|(name, text, values)| (name, text, values.to_vec()));
    given.chain(copies()).collect()
}

/// What a reader's copy of their own data is read by.
fn copies() -> impl Iterator<Item = (&'static str, String, Vec<Value>)> {
    let names = [
        "own.comments",
        "own.earlier-versions",
        "own.decisions",
        "own.reports",
        "own.appeals",
        "own.measures",
        "own.account",
        "own.passkeys",
        "own.sign-ins",
        "own.notes",
    ];
    let list = |(name, list): (&'static str, &visitors::OwnList)| {
        let given = values![1, 1, 0, 50, 1];
        (name, list.sql.to_owned(), given[..if list.at { 5 } else { 4 }].to_vec())
    };
    names.into_iter().zip(visitors::OWN_LISTS).map(list)
}
