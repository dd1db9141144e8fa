//! How the paper is reached, and how its letters go out.

use super::database::is_here;
use super::report::Report;
use crate::computer;
use crate::settings::Settings;
use newsroom::Timestamp;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;
use store::condition::Seen;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use web::{ProcessSays, Words};

/// A server that does not answer within this time does not answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes of an answer that are looked at.
const MOST_ANSWER: u64 = 8 * 1024;

/// The paper's public address.
pub fn address(report: &mut Report<'_>, settings: &Settings, t: &Words) {
    let Ok(paper) = settings.paper(t) else { return };
    let texts = [("address", paper.address.as_str())];
    match settings.public_host() {
        None => return report.wrong("address", "unread", &texts),
        Some(host) if is_here(&host) => return report.warn("address", "local", &texts),
        Some(_) => {}
    }
    if !paper.address.starts_with("https://") {
        return report.warn("address", "plain", &texts);
    }
    match settings.certificate_file().is_some() || paper.behind_proxy {
        true => report.fine("address", "good", &texts),
        false => report.warn("address", "nobody-ends-tls", &texts),
    }
}

/// Whether the system gives files for as many lines as are wanted.
pub fn lines(report: &mut Report<'_>, settings: &Settings, t: &Words) {
    let Ok((wanted, given)) = settings.lines_wanted_and_given(t) else { return };
    let said = (wanted.to_string(), given.to_string());
    let texts = [("wanted", said.0.as_str()), ("given", said.1.as_str())];
    match given < wanted {
        true => report.warn("files", "few", &texts),
        false => report.fine("files", "enough", &texts),
    }
}

/// Whether the paper can listen where it should, or does so already.
pub async fn port(report: &mut Report<'_>, settings: &Settings, seen: Option<&Seen>, t: &Words) {
    let Ok(listen) = settings.listen(t) else { return };
    let said = listen.to_string();
    let texts = [("address", said.as_str())];
    match TcpListener::bind(listen).await {
        // Let go of at once.
        Ok(_) => report.fine("port", "free", &texts),
        Err(problem) if problem.kind() == ErrorKind::AddrInUse => {
            match works_here(seen) || (settings.scheme() == "http" && answers_as_we_do(listen).await) {
                true => report.fine("port", "ours", &texts),
                false if settings.scheme() == "https" => report.warn("port", "taken", &texts),
                false => report.wrong("port", "taken", &texts),
            }
        }
        Err(problem) => report.wrong("port", "refused", &[("address", &said), ("why", &problem.to_string())]),
    }
}

/// A process of this paper was seen on this machine a moment ago.
fn works_here(seen: Option<&Seen>) -> bool {
    let (now, here) = (Timestamp::now(), computer::name());
    let works = |one: &store::leases::SeenProcess| one.until > now && ProcessSays::read(&one.says).machine == here;
    !here.is_empty() && seen.is_some_and(|seen| seen.processes.iter().any(works))
}

/// Whoever listens there says how they are as this program does.
async fn answers_as_we_do(listen: SocketAddr) -> bool {
    let ask = async {
        let mut line = TcpStream::connect(listen).await.ok()?;
        line.write_all(b"GET /healthz HTTP/1.0\r\nhost: localhost\r\n\r\n").await.ok()?;
        let mut answer = String::new();
        line.take(MOST_ANSWER).read_to_string(&mut answer).await.ok()?;
        Some(answer.contains(r#"{"status":""#))
    };
    tokio::time::timeout(PATIENCE, ask).await.ok().flatten().unwrap_or(false)
}

/// Whether the mail server greets; no letter is sent.
pub async fn mail(report: &mut Report<'_>, settings: &Settings, t: &Words) {
    // A setting that cannot be read was told already.
    let Ok(post) = settings.post(t) else { return };
    let Some(post) = post else { return report.warn("mail", "none", &[]) };
    match post.greets(PATIENCE).await {
        Ok(()) => report.fine("mail", "greets", &[]),
        Err(why) => report.wrong("mail", "away", &[("why", &why)]),
    }
}
