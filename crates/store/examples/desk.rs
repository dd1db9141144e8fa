//! What `cargo xtask bench desk` measures: a paper with many comments, and the desk's reads and acts on it, one after the
//! other. It prints one line of JSON for each.
#![allow(clippy::print_stdout, reason = "its answer is what it prints")]

use moderation::{Finding, Reason, Verdict};
use newsroom::body::{Block, Body, Span};
use newsroom::byline::Byline;
use newsroom::comment::{Decision, RefusalReason, Revision, RuledBy, Ruling};
use newsroom::people::{Actor, Role, Staff};
use newsroom::section::Section;
use newsroom::story::{Draft, StoryText};
use newsroom::{RulingId, SectionId, StoryId, Timestamp};
use std::error::Error;
use std::future::Future;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use store::measured::YearsOfComments;
use store::queue::{Asked, Place as QueuePlace, Queue};
use store::{Place, Store};

type Outcome<T> = Result<T, Box<dyn Error>>;

const USAGE: &str = "desk FOLDER-OR-POSTGRES COMMENTS ROUNDS";
const STORIES: i64 = 500;
const SECTIONS: i64 = 8;
/// Cards of a page, as the desk has them.
const CARDS: u32 = 20;

#[tokio::main]
async fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [place, comments, rounds] = &words[..] else { return Err(USAGE.into()) };
    let (comments, rounds): (i64, usize) = (comments.parse()?, rounds.parse()?);
    let place = if place.starts_with("postgres") {
        Place::Postgres(place.clone())
    } else {
        Place::Folder(PathBuf::from(place))
    };
    let store = Store::open(&place).await?;
    let salma = store.add_staff("salma", Role::Moderator, Timestamp::now()).await?;
    stories(&store).await?;
    let start = Instant::now();
    store.live_through(years(&store, &salma, comments)?).await?;
    told("comments made at once", &[start.elapsed()], comments);
    reads(&store, rounds).await?;
    acts(&store, &salma, rounds).await?;
    let wrong = store.check().await?;
    if !wrong.is_empty() {
        return Err(format!("the data do not agree with themselves: {wrong:?}").into());
    }
    store.close().await;
    Ok(())
}

async fn stories(store: &Store) -> Outcome<()> {
    for id in 1..=SECTIONS {
        let slug = format!("section-{id}");
        store.keep_section(&Section { id: SectionId(id), name: slug.clone(), slug, position: id }).await?;
    }
    for number in 0..STORIES {
        let now = Timestamp::now();
        let text = StoryText {
            headline: format!("story {number}"),
            body: Body(vec![Block::Paragraph { text: vec![Span { text: "words".into(), ..Span::default() }] }]),
            bylines: Byline::new("nobody", None).into_iter().collect(),
            section: Some(SectionId(number % SECTIONS + 1)),
            ..StoryText::default()
        };
        let draft = Draft { id: StoryId(store.id(now)), text, comments: Default::default(), begun_at: now };
        store.keep_draft(&draft, Actor::Program, now).await?;
        let ready = draft.publish(now).map_err(|lacking| format!("{:?}", lacking.missing))?;
        store.publish(&ready, Actor::Program, "", now).await?;
    }
    Ok(())
}

fn years(store: &Store, salma: &Staff, comments: i64) -> Outcome<YearsOfComments> {
    let since = Timestamp::now().saturating_sub(Duration::from_millis(u64::try_from(comments)? + 60_000))?;
    let found = Verdict { findings: vec![Finding::whole(Reason::Empty, 10)], ..Verdict::default() };
    let (release, refusal) =
        (Decision::Release { collapsed: false, links: false }, Decision::Refuse { reason: RefusalReason::OffTopic });
    Ok(YearsOfComments {
        comments,
        since,
        first: store.id(since) & !0x003f_ffff,
        verdicts: [serde_json::to_string(&Verdict::default())?, serde_json::to_string(&found)?],
        decisions: [serde_json::to_string(&release)?, serde_json::to_string(&refusal)?],
        was: r#"{"state":"held","reason":null,"collapsed":false,"links":false,"reports_open":false}"#.to_owned(),
        by: salma.id.0,
    })
}

async fn reads(store: &Store, rounds: usize) -> Outcome<()> {
    for (name, queue) in [
        ("queue page: everything that waits", Queue::Waiting),
        ("queue page: one section", Queue::Section(SectionId(3))),
        ("queue page: one kind of finding", Queue::Finding(moderation::Category::Form)),
    ] {
        let mut after: Option<QueuePlace> = None;
        let mut times = Vec::with_capacity(rounds);
        for _ in 0..rounds {
            let (time, page) = timed(async {
                let page = store.queue_page(queue, None, after, CARDS).await?;
                store.beside(&page.entries).await?;
                Ok(page)
            })
            .await?;
            after = page.next;
            times.push(time);
        }
        told(name, &times, 1);
    }
    let two = [SectionId(2), SectionId(5)];
    told(
        "queue page: somebody bound to two sections",
        &repeat(rounds, async || store.queue_page(Queue::Waiting, Some(&two), None, CARDS).await.map(drop)).await?,
        1,
    );
    told("counts of all queues", &repeat(rounds, async || store.desk_counts().await.map(drop)).await?, 1);
    let find = |words: &str| Asked { words: words.to_owned(), ..Asked::default() };
    for (name, asked) in [
        ("search: a word of one in a thousand", find("w17")),
        ("search: a word of every comment", find("measured")),
        (
            "search: a word of one in seven, waiting",
            Asked { state: Some(newsroom::comment::State::Held), ..find("v3") },
        ),
    ] {
        told(name, &repeat(rounds, async || store.find_for_desk(&asked, 30).await.map(drop)).await?, 1);
    }
    Ok(())
}

async fn acts(store: &Store, salma: &Staff, rounds: usize) -> Outcome<()> {
    let page = store.queue_page(Queue::Waiting, None, None, u32::try_from(rounds)? * 2).await?;
    let ruling = |entry: &store::queue::QueueEntry, decision| {
        let at = Timestamp::now();
        let id = RulingId(store.id(at));
        Ruling {
            id,
            story: entry.story,
            comment: entry.comment,
            decision,
            by: RuledBy::Staff(salma.id),
            at,
            why: String::new(),
        }
    };
    let (mut released, mut refused) = (Vec::new(), Vec::new());
    for (turn, entry) in page.entries.iter().enumerate() {
        let (times, decision) = if turn % 2 == 0 {
            (&mut released, Decision::Release { collapsed: false, links: false })
        } else {
            (&mut refused, Decision::Refuse { reason: RefusalReason::OffTopic })
        };
        let ruling = ruling(entry, decision);
        times.push(
            timed(async {
                store.rule_in_act(&ruling, Revision::FIRST, &format!("act-{turn}")).await.map_err(Into::into)
            })
            .await?
            .0,
        );
    }
    told("act: a release", &released, 1);
    told("act: a refusal", &refused, 1);
    Ok(())
}

async fn timed<T>(what: impl Future<Output = Outcome<T>>) -> Outcome<(Duration, T)> {
    let start = Instant::now();
    let done = what.await?;
    Ok((start.elapsed(), done))
}

async fn repeat(rounds: usize, what: impl AsyncFn() -> Result<(), store::StoreError>) -> Outcome<Vec<Duration>> {
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        times.push(timed(async { what().await.map_err(Into::into) }).await?.0);
    }
    Ok(times)
}

/// Name, how often, the median and the slowest hundredth in milliseconds.
fn told(what: &str, times: &[Duration], of: i64) {
    let mut ms: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1000.0).collect();
    ms.sort_by(f64::total_cmp);
    let at =
        |share: usize| ms.get((ms.len() * share / 100).min(ms.len().saturating_sub(1))).copied().unwrap_or_default();
    let line = serde_json::json!({ "what": what, "times": ms.len(), "of": of, "p50_ms": at(50), "p99_ms": at(99) });
    println!("{line}");
}
