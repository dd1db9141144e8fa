//! Open pages that wait for news of a story: how long it takes until all of them have heard of a comment that became public.

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};
use store::Store;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use url::Url;

/// Lines that are being opened at once: no system takes ten thousand in one moment.
const OPENING: usize = 100;
/// What a page says of itself when it has begun to listen, and of a comment that has become public.
const BEGUN: &[u8] = b"event: strip";
const NEWS: &[u8] = b"event: comment";
/// Whoever has not heard by then never will.
const HEARD_WITHIN: Duration = Duration::from_secs(60);

/// Opens so many pages' streams, releases a comment, and waits until each has heard of it. Each page comes as from a network of
/// its own: the paper must believe proxies (`paper.behind-proxy`).
pub async fn listen(address: &str, store: &Store, slug: &str, many: usize) -> Result<String> {
    ensure!((1..=20_000).contains(&many), "between 1 and 20,000 pages");
    let address = Url::parse(address)?;
    let host = address.socket_addrs(|| None)?.into_iter().next().context("an address")?;
    let story = super::published(store, slug).await?;
    let begun = Instant::now();
    let mut listening = Vec::with_capacity(many);
    for from in (0..many).step_by(OPENING) {
        let mut opening = JoinSet::new();
        for number in from..many.min(from + OPENING) {
            let (path, host) = (format!("/stories/{}/live", story.slug), host);
            opening.spawn(async move { open(host, &path, number).await });
        }
        while let Some(opened) = opening.join_next().await {
            listening.push(opened??);
        }
    }
    let opened = begun.elapsed();
    let mut hearing: JoinSet<Result<Instant>> = JoinSet::new();
    for mut line in listening {
        hearing.spawn(async move {
            until(&mut line, NEWS).await?;
            Ok(Instant::now())
        });
    }
    super::release(store, story.id, 1).await?;
    let released = Instant::now();
    let mut heard = Vec::with_capacity(many);
    let all = async {
        while let Some(one) = hearing.join_next().await {
            heard.push(one??.saturating_duration_since(released));
        }
        Ok::<_, anyhow::Error>(())
    };
    tokio::time::timeout(HEARD_WITHIN, all).await.context("some have not heard")??;
    heard.sort_unstable();
    let at =
        |share: usize| heard.get(heard.len() * share / 100).or(heard.last()).map_or(0.0, |it| it.as_secs_f64() * 1e3);
    Ok(json!({
        "listeners": heard.len(),
        "opened_s": opened.as_secs_f64(),
        "first_ms": at(0),
        "median_ms": at(50),
        "p99_ms": at(99),
        "last_ms": at(100),
    })
    .to_string())
}

/// A line on which a page listens, once it has heard the first word.
async fn open(host: SocketAddr, path: &str, number: usize) -> Result<TcpStream> {
    let mut line = TcpStream::connect(host).await?;
    let [_, a, b, c] = u32::try_from(number)?.to_be_bytes();
    let (path, network) = (path.replace(' ', "%20"), Ipv4Addr::new(10, a, b, c));
    let path: String = path
        .bytes()
        .map(|byte| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    let asks = format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\nX-Forwarded-For: {network}\r\nX-Forwarded-Proto: http\r\n\r\n"
    );
    line.write_all(asks.as_bytes()).await?;
    until(&mut line, BEGUN).await?;
    Ok(line)
}

/// Reads until something was said; words that are cut between two readings are put together.
async fn until(line: &mut TcpStream, wanted: &[u8]) -> Result<()> {
    let (mut heard, mut piece) = (Vec::new(), [0_u8; 4096]);
    loop {
        let read = line.read(&mut piece).await?;
        if read == 0 {
            bail!("the line was closed after {:?}", String::from_utf8_lossy(&heard[..heard.len().min(200)]));
        }
        heard.extend_from_slice(&piece[..read]);
        if heard.windows(wanted.len()).any(|words| words == wanted) {
            return Ok(());
        }
        let kept = heard.len().saturating_sub(4 * 1024);
        heard.drain(..kept);
    }
}
