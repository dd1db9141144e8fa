//! The line to the paper's mail server: SMTP (RFC 5321), with TLS where its address says so.

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use newsroom::followers::is_about_the_address;
use std::time::Duration;
use url::Url;
use web::Letter;

/// An answer of the mail server is waited for so long.
const PATIENCE: Duration = Duration::from_secs(30);
/// And for a whole letter so long: a server that answers each line late is given up.
const TAKEN_WITHIN: Duration = Duration::from_secs(120);

/// Why a letter was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotTaken {
    /// In words, without the reader's address.
    pub why: String,
    /// It was refused for good, and because of its address.
    pub is_bounce: bool,
}

/// Where letters go out, and in whose name.
#[derive(Debug, Clone)]
pub struct Post {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Post {
    /// Reads the address of a mail server (`smtps://name:password@host`, `smtp://host:587?tls=required`, `smtp://127.0.0.1`)
    /// and of the paper; `None` when one of them cannot be read, or a password would travel unprotected to another machine.
    pub fn new(server: &str, name: &str, from: &str) -> Option<Self> {
        let url = Url::parse(server).ok()?;
        let protected =
            url.scheme() == "smtps" || url.query_pairs().any(|(name, how)| name == "tls" && how == "required");
        // The last is how whole IPv6 addresses stand in URLs.
        let is_here = url.host_str().is_some_and(|host| ["127.0.0.1", "localhost", "[::1]"].contains(&host));
        if url.password().is_some() && !protected && !is_here {
            return None;
        }
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(server).ok()?;
        let address = from.parse::<Address>().ok()?;
        let name = Some(name.to_owned()).filter(|name| !name.is_empty());
        Some(Self { server: server.timeout(Some(PATIENCE)).build(), from: Mailbox::new(name, address) })
    }

    /// Hands a letter over.
    ///
    /// # Errors
    /// Why the mail server did not take it, without the reader's address.
    pub async fn send(&self, letter: &Letter) -> Result<(), String> {
        self.hand_over(letter).await.map_err(|not_taken| not_taken.why)
    }

    /// The same, for whoever asks whether it was the address.
    ///
    /// # Errors
    /// Why the mail server did not take it.
    pub async fn hand_over(&self, letter: &Letter) -> Result<(), NotTaken> {
        let no = |why: &str| NotTaken { why: why.to_owned(), is_bounce: false };
        let message = self.message(letter).ok_or_else(|| no("the letter could not be written"))?;
        let sent = tokio::time::timeout(TAKEN_WITHIN, self.server.send(message)).await;
        let sent = sent.map_err(|_| no("the mail server did not answer in time"))?;
        sent.map(drop).map_err(|error| match error.status() {
            Some(code) => {
                // What the server said may repeat the address: it is looked at and not kept.
                let is_bounce = error.is_permanent() && is_about_the_address(u16::from(code), &error.to_string());
                NotTaken { why: format!("the mail server answered {code}"), is_bounce }
            }
            None => no(unreached(&error)),
        })
    }

    /// Connects, greets and signs in as for a letter, and sends none.
    ///
    /// # Errors
    /// Why that cannot be done within this time.
    pub async fn greets(&self, within: Duration) -> Result<(), String> {
        match tokio::time::timeout(within, self.server.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err("the mail server went away".to_owned()),
            Ok(Err(error)) => Err(match error.status() {
                Some(code) => format!("the mail server answered {code}"),
                None => unreached(&error).to_owned(),
            }),
            Err(_) => Err("the mail server did not answer in time".to_owned()),
        }
    }

    /// The letter as it travels: plain text and the same as HTML, and where its reader ends such letters (RFC 2369, RFC 8058).
    fn message(&self, letter: &Letter) -> Option<Message> {
        let to = letter.to.as_str().parse::<Address>().ok()?;
        let mut id = [0_u8; 16];
        getrandom::fill(&mut id).ok()?;
        let id = format!("<{:032x}@{}>", u128::from_be_bytes(id), self.from.email.domain());
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.as_str())
            .message_id(Some(id))
            .raw_header(header("Auto-Submitted", "auto-generated".to_owned()));
        if let Some(stop) = &letter.unsubscribe {
            builder = builder
                .raw_header(header("List-Unsubscribe", format!("<{stop}>")))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        }
        builder.multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone())).ok()
    }
}

/// Why a mail server said nothing.
fn unreached(error: &lettre::transport::smtp::Error) -> &'static str {
    if error.is_timeout() {
        "the mail server did not answer in time"
    } else if error.is_tls() {
        "no TLS with the mail server"
    } else {
        "the mail server cannot be reached"
    }
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}
