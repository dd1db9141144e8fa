//! How long it takes until readers who ask again and again see a comment that another process has released.

use anyhow::{Context, Result, ensure};
use futures_util::future::try_join_all;
use newsroom::comment::{Decision, Revision, RuledBy, Ruling};
use newsroom::people::Role;
use newsroom::{RulingId, Timestamp};
use reqwest::Client;
use serde_json::json;
use std::time::{Duration, Instant};
use store::Store;

/// Readers are no faster.
const BETWEEN: Duration = Duration::from_millis(20);
const SHOWN_WITHIN: Duration = Duration::from_secs(30);
const TIMES: usize = 5;

/// Releases a comment, five times; how long the last of so many readers waited, each time.
pub async fn shown(address: &str, store: &Store, slug: &str, readers: usize) -> Result<String> {
    ensure!((1..=256).contains(&readers), "between 1 and 256 readers");
    let story = super::published(store, slug).await?;
    let page = format!("{address}/stories/{}", story.slug);
    let clients: Vec<Client> = (0..readers).map(|_| Client::new()).collect();
    let staff = store.staff().await?;
    let by = RuledBy::Staff(staff.iter().find(|staff| staff.role == Role::Moderator).context("a moderator")?.id);
    let mut took = Vec::with_capacity(TIMES);
    for number in 0..TIMES {
        let submitted = super::comment(store, story.id, number)?;
        let (comment, words) = (submitted.id, submitted.text.rsplit(' ').next().unwrap_or_default().to_owned());
        store.keep_comment(&super::judged(submitted)).await?;
        let at = Timestamp::now();
        let decision = Decision::Release { collapsed: false, links: false };
        let id = RulingId(store.id(at));
        let ruling = Ruling { id, story: story.id, comment, decision, by, at, why: String::new() };
        store.rule(&ruling, Revision::FIRST).await?;
        let released = Instant::now();
        let look = |client: &Client| {
            let asked = client.get(&page);
            let words = words.clone();
            async move {
                loop {
                    let again = asked.try_clone().context("a question that can be asked again")?;
                    if again.send().await?.error_for_status()?.text().await?.contains(&words) {
                        return Ok::<_, anyhow::Error>(released.elapsed());
                    }
                    tokio::time::sleep(BETWEEN).await;
                }
            }
        };
        let all = tokio::time::timeout(SHOWN_WITHIN, try_join_all(clients.iter().map(look)));
        took.push(all.await.context("some never saw it")??.into_iter().max().unwrap_or_default().as_secs_f64() * 1e3);
    }
    Ok(json!({ "last_ms": took }).to_string())
}
