//! The load of `cargo xtask bench`: fills a paper, reads and sends over HTTP, and keeps comments without HTTP. It talks to
//! this machine alone, for a given number of seconds, and prints one line of JSON.
#![allow(clippy::print_stdout, reason = "its answer is what it prints")]

use anyhow::{Context, Result, bail, ensure};
use futures_util::future::{join_all, try_join_all};
use moderation::{Facts, Models, Rulebook, Submission, examine};
use newsroom::comment::{Decision, DisplayName, Revision, RuledBy, Ruling, Submitted};
use newsroom::people::{Actor, Role, Visitor};
use newsroom::story::{CommentPolicy, Draft, Story};
use newsroom::{CommentId, RulingId, StoryId, Timestamp, VisitorId, policy};
use reqwest::header::{ACCEPT_ENCODING, ORIGIN};
use reqwest::{Client, StatusCode, Url, redirect};
use serde_json::json;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use store::stories::Found;
use store::{Place, Store};

#[path = "load/listen.rs"]
mod listen;
#[path = "load/send.rs"]
mod send;
#[path = "load/shown.rs"]
mod shown;

const USAGE: &str = "load fill PLACE SLUG COMMENTS | keep PLACE SLUG SECONDS WRITERS | read ADDRESS SECONDS CONNECTIONS [gzip] \
                     | post ADDRESS STORY SECONDS POSTERS | analyze ADDRESS PLACE SECONDS CONNECTIONS \
                     | fetch ADDRESS FILE [gzip|br] | listen ADDRESS PLACE SLUG PAGES | shown ADDRESS PLACE SLUG READERS \
                     | send ADDRESS SECONDS SENDERS STATUS TYPE BODY [HEADER…]";
/// Words of about 150 letters, as long as an ordinary comment.
const WORDS: &str = "قرأت الخبر كاملا وأشكر من كتبه. أتمنى أن نعرف في الأسبوع المقبل ما الذي تم تنفيذه فعلا، \
                     ومن المسؤول عن المتابعة، ومتى يبدأ العمل في الحي الغربي.";

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let answer = match words[..] {
        ["fill", place, slug, comments] => fill(&place_of(place), slug, comments.parse()?).await?,
        ["keep", place, slug, seconds, writers] => {
            keep(&place_of(place), slug, seconds_of(seconds)?, writers.parse()?).await?
        }
        ["read", address, seconds, connections] => {
            read(address, seconds_of(seconds)?, connections.parse()?, false).await?
        }
        ["read", address, seconds, connections, "gzip"] => {
            read(address, seconds_of(seconds)?, connections.parse()?, true).await?
        }
        ["post", address, story, seconds, posters] => {
            post(address, story, seconds_of(seconds)?, posters.parse()?).await?
        }
        ["analyze", address, place, seconds, connections] => {
            analyze(address, &place_of(place), seconds_of(seconds)?, connections.parse()?).await?
        }
        ["fetch", address, file] => fetch(address, Path::new(file), "identity").await?,
        ["fetch", address, file, coding @ ("gzip" | "br")] => fetch(address, Path::new(file), coding).await?,
        ["listen", address, place, slug, pages] => {
            let store = Store::open(&place_of(place)).await?;
            listen::listen(address, &store, slug, pages.parse()?).await?
        }
        ["shown", address, place, slug, readers] => {
            let store = Store::open(&place_of(place)).await?;
            shown::shown(address, &store, slug, readers.parse()?).await?
        }
        ["send", address, seconds, senders, taken, kind, body, ref headers @ ..] => {
            let form = send::Form::new(address, taken.parse()?, (kind, body), headers)?;
            send::send(&form, seconds_of(seconds)?, senders.parse()?).await?
        }
        _ => bail!(USAGE),
    };
    println!("{answer}");
    Ok(())
}

/// A folder, or the address of a database.
fn place_of(word: &str) -> Place {
    if word.starts_with("postgres") { Place::Postgres(word.to_owned()) } else { Place::Folder(PathBuf::from(word)) }
}

fn seconds_of(word: &str) -> Result<Duration> {
    let seconds: f64 = word.parse()?;
    ensure!((0.1..=120.0).contains(&seconds), "between 0.1 and 120 seconds");
    Ok(Duration::from_secs_f64(seconds))
}

/// Publishes a copy of the story at `slug` and releases `comments` comments under it; says where it stands.
async fn fill(place: &Place, slug: &str, comments: usize) -> Result<String> {
    let store = Store::open(place).await?;
    let now = Timestamp::now();
    let model = published(&store, slug).await?;
    let mut text = model.text;
    text.headline = format!("{} ({comments})", text.headline);
    let draft = Draft { id: StoryId(store.id(now)), text, comments: CommentPolicy::OpenAfterReview, begun_at: now };
    store.keep_draft(&draft, Actor::Program, now).await?;
    let ready = draft.publish(now).map_err(|lacking| anyhow::anyhow!("{:?}", lacking.missing))?;
    let (story, _) = store.publish(&ready, Actor::Program, "", now).await?;
    release(&store, story.id, comments).await?;
    store.close().await;
    Ok(json!({ "slug": story.slug }).to_string())
}

/// Keeps so many comments and releases each.
async fn release(store: &Store, story: StoryId, comments: usize) -> Result<()> {
    let staff = store.staff().await?;
    let by = staff.iter().find(|staff| staff.role == Role::Moderator).context("a moderator")?.id;
    let by = RuledBy::Staff(by);
    for number in 0..comments {
        let submitted = comment(store, story, number)?;
        let (comment, at) = (submitted.id, submitted.at);
        store.keep_comment(&judged(submitted)).await?;
        let decision = Decision::Release { collapsed: false, links: false };
        let id = RulingId(store.id(at));
        store.rule(&Ruling { id, story, comment, decision, by, at, why: String::new() }, Revision::FIRST).await?;
    }
    Ok(())
}

/// Keeps comments as a request does after its form was checked: look up, judge, store. Without HTTP.
async fn keep(place: &Place, slug: &str, time: Duration, writers: usize) -> Result<String> {
    let store = Store::open(place).await?;
    let story = published(&store, slug).await?.id;
    let next = Arc::new(AtomicU64::new(0));
    let measured = measure(time, writers, |_| {
        let (store, next) = (store.clone(), next.clone());
        async move {
            let number = usize::try_from(next.fetch_add(1, Ordering::Relaxed)).unwrap_or_default();
            let submitted = comment(&store, story, number)?;
            store.facts_about(&submitted).await?;
            store.keep_comment(&judged(submitted)).await?;
            Ok(())
        }
    });
    let measured = measured.await?;
    store.close().await;
    Ok(measured)
}

async fn published(store: &Store, slug: &str) -> Result<newsroom::story::Published> {
    match store.find_story(slug).await? {
        Some(Found::Here(story)) => match *story {
            Story::Published(published) => Ok(published),
            Story::Draft(_) | Story::Withdrawn(_) => bail!("{slug} is not public"),
        },
        Some(Found::Moved { slug }) => bail!("the story stands at {slug}"),
        None => bail!("there is no story {slug}"),
    }
}

fn comment(store: &Store, story: StoryId, number: usize) -> Result<Submitted> {
    let at = Timestamp::now();
    let name = DisplayName::new("قارئ من الحي", []).map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
    let (id, visitor) = (CommentId(store.id(at)), Visitor { id: VisitorId(store.id(at)) });
    Ok(Submitted { id, story, visitor, name, text: format!("{WORDS} {}", unlike(number)), reply_to: None, at })
}

fn judged(submitted: Submitted) -> newsroom::comment::Held {
    let submission = Submission { text: &submitted.text, name: submitted.name.as_str() };
    let verdict = examine(&submission, &Facts::default(), &Rulebook::default(), &Models::default());
    policy::receive(submitted, verdict)
}

/// Letters that no other comment of any run has.
fn unlike(number: usize) -> String {
    format!("{:x}-{number:x}", Timestamp::now().as_nanosecond())
}

/// Opens an address again and again on connections that stay open.
async fn read(address: &str, time: Duration, connections: usize, gzip: bool) -> Result<String> {
    let clients: Vec<Client> = (0..connections).map(|_| Client::new()).collect();
    measure(time, connections, |one| {
        let mut request = clients[one].get(address);
        if gzip {
            request = request.header(ACCEPT_ENCODING, "gzip");
        }
        async move {
            let answer = request.send().await?.error_for_status()?;
            answer.bytes().await?;
            Ok(())
        }
    })
    .await
}

/// Sends comments as browsers do; only an answer that says where the comment stands counts.
async fn post(address: &str, story: &str, time: Duration, posters: usize) -> Result<String> {
    let clients = (0..posters).map(|_| Client::builder().cookie_store(true).redirect(redirect::Policy::none()).build());
    let clients: Vec<Client> = clients.collect::<reqwest::Result<_>>()?;
    let (next, place) = (AtomicU64::new(0), format!("{address}{story}/comments"));
    measure(time, posters, |one| {
        let text = format!("{WORDS} {}", unlike(usize::try_from(next.fetch_add(1, Ordering::Relaxed)).unwrap_or(0)));
        let form = [("name", "قارئ من الحي"), ("text", text.as_str()), ("reply_to", ""), ("website", "")];
        let request = clients[one].post(&place).header(ORIGIN, address).form(&form);
        async move {
            let answer = request.send().await?;
            ensure!(answer.status().as_u16() == 303, "{} is no acknowledgement", answer.status());
            Ok(())
        }
    })
    .await
}

/// Asks for scores as another comment system does, each time of another text, over connections that stay open. The key is
/// given on the paper's own data, as an administrator gives it.
async fn analyze(address: &str, place: &Place, time: Duration, connections: usize) -> Result<String> {
    let store = Store::open(place).await?;
    let now = Timestamp::now();
    let name = format!("load {}", store.id(now));
    let (_, key) = web::make_api_key(&store, &name, web::MOST_PER_MINUTE, now).await?;
    let call = Url::parse(&format!("{address}/v1alpha1/comments:analyze?key={key}"))?;
    let (client, next) = (Client::new(), AtomicU64::new(0));
    // A running paper believes its list of keys for a while.
    let ready = async {
        let ask = || client.post(call.clone()).body("{}").send();
        while ask().await?.status() == StatusCode::FORBIDDEN {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Ok::<_, reqwest::Error>(())
    };
    tokio::time::timeout(Duration::from_secs(90), ready).await.context("the key is not known")??;
    let measured = measure(time, connections, |_| {
        let number = usize::try_from(next.fetch_add(1, Ordering::Relaxed)).unwrap_or_default();
        let body = json!({
            "comment": { "text": format!("{WORDS} {}", unlike(number)) },
            "requestedAttributes": { "TOXICITY": {} },
            "languages": ["en"],
            "doNotStore": true,
        });
        let request = client.post(call.clone()).body(body.to_string());
        async move {
            let answer = request.send().await?;
            ensure!(answer.status() == StatusCode::OK, "{} is no score", answer.status());
            let said: serde_json::Value = serde_json::from_slice(&answer.bytes().await?)?;
            let value = said["attributeScores"]["TOXICITY"]["summaryScore"]["value"].as_f64().context("a score")?;
            ensure!((value - 0.9).abs() > 1e-9, "the key sends too fast, or the engine fails");
            Ok(())
        }
    });
    let measured = measured.await?;
    store.revoke_api_client(&name, Timestamp::now()).await?;
    store.close().await;
    Ok(measured)
}

/// Keeps a page's bytes as they came over the wire.
async fn fetch(address: &str, file: &Path, coding: &str) -> Result<String> {
    let request = Client::new().get(address).header(ACCEPT_ENCODING, coding);
    let answer = request.send().await?.error_for_status()?;
    let bytes = answer.bytes().await?;
    std::fs::write(file, &bytes).with_context(|| file.display().to_string())?;
    Ok(json!({ "bytes": bytes.len() }).to_string())
}

/// Lets `many` work side by side until the time is over; a failure ends everything. How many in a second, and how long the
/// slowest hundredth took.
async fn measure<F, W>(time: Duration, many: usize, work: W) -> Result<String>
where
    W: Fn(usize) -> F,
    F: Future<Output = Result<()>>,
{
    ensure!((1..=256).contains(&many), "between 1 and 256 at once");
    // One round unmeasured: connections are opened, caches are filled.
    try_join_all((0..many).map(&work)).await?;
    let start = Instant::now();
    let one = |one: usize| {
        let work = &work;
        async move {
            let mut took = Vec::new();
            while start.elapsed() < time {
                let begun = Instant::now();
                work(one).await?;
                took.push(begun.elapsed());
            }
            Ok::<_, anyhow::Error>(took)
        }
    };
    let took: Vec<Result<Vec<Duration>>> = join_all((0..many).map(one)).await;
    let whole = start.elapsed().as_secs_f64();
    let mut took: Vec<Duration> = took.into_iter().collect::<Result<Vec<_>>>()?.concat();
    took.sort_unstable();
    let p99 = took.get(took.len() * 99 / 100).or(took.last()).context("nothing was done in that time")?;
    let per_second = took.len() as f64 / whole;
    Ok(json!({ "per_second": per_second, "p99_ms": p99.as_secs_f64() * 1000.0, "count": took.len() }).to_string())
}
