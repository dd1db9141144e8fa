//! The line to a provider, which here is a listener of the test's own that says one thing to whoever asks.

use super::{Line, MOST, host};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use web::{Fetch, FetchError};

/// A certificate of this machine that nobody else has signed, and its key.
const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/organisation/here.pem");

/// Reads one request, answers and closes. What was asked comes out; nothing where nobody could ask.
async fn answer(stream: Option<impl AsyncRead + AsyncWrite + Unpin>, says: String) -> String {
    let Some(mut stream) = stream else { return String::new() };
    let mut asked = Vec::new();
    let mut piece = [0_u8; 4096];
    loop {
        let read = stream.read(&mut piece).await.unwrap_or(0);
        asked.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&asked).to_ascii_lowercase();
        let length = text.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
        let whole = text.split_once("\r\n\r\n").is_some_and(|(_, body)| body.len() >= length.unwrap_or(0));
        if whole || read == 0 {
            break;
        }
    }
    // Whoever was told enough goes away before the end.
    let _ = stream.write_all(says.as_bytes()).await;
    let _ = stream.shutdown().await;
    String::from_utf8(asked).unwrap()
}

/// Listens for one request; the address, and what was asked.
async fn says(answer_text: impl Into<String>) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let text = answer_text.into();
    let asked = tokio::spawn(async move { answer(listener.accept().await.ok().map(|(stream, _)| stream), text).await });
    (address, asked)
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn line(issuer: &str) -> Line {
    Line::new(issuer, "").unwrap()
}

#[tokio::test]
async fn a_description_is_asked_for_as_json_in_the_programs_name() {
    let (address, asked) = says(ok("{}")).await;
    let url = format!("{address}/realms/paper/.well-known/openid-configuration?x=1");
    assert_eq!(line(&address).get(&url).await, Ok(b"{}".to_vec()));
    let asked = asked.await.unwrap();
    assert!(asked.starts_with("GET /realms/paper/.well-known/openid-configuration?x=1 HTTP/1.1\r\n"), "{asked}");
    let host = address.trim_start_matches("http://");
    assert!(asked.contains(&format!("host: {host}\r\n")) && asked.contains("accept: application/json\r\n"), "{asked}");
    assert!(asked.contains(concat!("user-agent: Midad/", env!("CARGO_PKG_VERSION"), "\r\n")), "{asked}");
}

#[tokio::test]
async fn a_form_is_sent_with_name_and_secret() {
    let (address, asked) = says(ok("{}")).await;
    let form = vec![("grant_type", "authorization_code".to_owned()), ("code", "a b&c=د+".to_owned())];
    let basic = Some(("paper".to_owned(), "s%3Acret".to_owned()));
    assert_eq!(line(&address).post(&format!("{address}/token"), form, basic).await, Ok(b"{}".to_vec()));
    let asked = asked.await.unwrap();
    assert!(asked.starts_with("POST /token HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains("authorization: Basic cGFwZXI6cyUzQWNyZXQ=\r\n"), "{asked}");
    assert!(asked.contains("content-type: application/x-www-form-urlencoded\r\n"), "{asked}");
    assert!(asked.ends_with("\r\n\r\ngrant_type=authorization%5Fcode&code=a%20b%26c%3D%D8%AF%2B"), "{asked}");
}

#[tokio::test]
async fn a_redirect_is_an_answer_like_any_other_that_is_not_200() {
    let (elsewhere, never) = says(ok("{}")).await;
    for status in [301, 302, 307, 308, 400, 401, 500] {
        let (address, _) =
            says(format!("HTTP/1.1 {status} So\r\nLocation: {elsewhere}/\r\nContent-Length: 0\r\n\r\n")).await;
        assert_eq!(line(&address).get(&address).await, Err(FetchError::Status(status)));
    }
    assert!(!never.is_finished(), "nobody went there");
    never.abort();
}

#[tokio::test]
async fn an_answer_is_counted_whatever_it_says_of_its_length() {
    let chunk = "x".repeat(0x1_0000);
    let chunks = |count: usize| {
        let chunks = format!("10000\r\n{chunk}\r\n").repeat(count);
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}0\r\n\r\n")
    };
    for (text, much) in [
        (ok(&"x".repeat(MOST)), false),
        (ok(&"x".repeat(MOST + 1)), true),
        (chunks(4), false),
        (chunks(5), true),
        (format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(MOST)), false),
        (format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(MOST + 1)), true),
    ] {
        let (address, _asked) = says(text).await;
        let read = line(&address).get(&address).await.map(|read| read.len());
        assert_eq!(read, if much { Err(FetchError::TooMuch) } else { Ok(MOST) });
    }
}

#[tokio::test]
async fn half_an_answer_is_none() {
    for text in ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", "SSH-2.0-x\r\n"] {
        let (address, _asked) = says(text).await;
        let read = line(&address).get(&address).await;
        assert!(matches!(read, Err(FetchError::NotReached(_))), "{text:?}: {read:?}");
    }
}

#[tokio::test]
async fn nobody_is_asked_without_tls_on_another_machine_and_from_another_one_nobody_here() {
    let (address, never) = says(ok("{}")).await;
    for (issuer, url) in [
        (address.as_str(), "http://192.0.2.1/"),
        (address.as_str(), "http://localhost.example/"),
        (address.as_str(), "ftp://127.0.0.1/"),
        (address.as_str(), "/token"),
        (address.as_str(), ""),
        (address.as_str(), "http://a:b@127.0.0.1/"),
        ("https://id.example", address.as_str()),
    ] {
        assert_eq!(line(issuer).get(url).await, Err(FetchError::NotAsked), "{url}");
        assert_eq!(line(issuer).post(url, Vec::new(), None).await, Err(FetchError::NotAsked), "{url}");
    }
    assert!(!never.is_finished());
    never.abort();
}

#[tokio::test]
async fn a_certificate_of_the_house_is_trusted_where_its_file_is_named_and_only_there() {
    let read = std::fs::read(HERE).unwrap();
    let chain = vec![CertificateDer::from_pem_slice(&read).unwrap()];
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let config = config.with_single_cert(chain, PrivateKeyDer::from_pem_slice(&read).unwrap()).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    for (file, trusted) in [(HERE, true), ("", false)] {
        let (listener, acceptor) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), acceptor.clone());
        let address = format!("https://{}", listener.local_addr().unwrap());
        let serving = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            answer(acceptor.accept(stream).await.ok(), ok("{}")).await
        });
        let read = Line::new(&address, file).unwrap().get(&format!("{address}/keys")).await;
        match trusted {
            true => assert_eq!(read, Ok(b"{}".to_vec())),
            false => {
                assert!(matches!(&read, Err(FetchError::NotReached(why)) if why.contains("certificate")), "{read:?}")
            }
        }
        assert_eq!(serving.await.unwrap().starts_with("GET /keys "), trusted, "what is secret stays here");
    }
    assert!(Line::new("https://id.example", "/no/such.pem").is_none());
    assert!(Line::new("https://id.example", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).is_none());
}

#[test]
fn an_issuer_is_https_or_on_this_machine_and_nothing_more_than_an_address() {
    for (issuer, expected) in [
        ("https://id.example", Some("id.example")),
        ("https://id.example/", Some("id.example")),
        ("https://id.example:8443/realms/paper", Some("id.example")),
        ("http://127.0.0.1:8080/realms/paper", Some("127.0.0.1")),
        ("http://[::1]:8080", Some("[::1]")),
        ("http://localhost", Some("localhost")),
        ("http://id.example", None),
        ("https://id.example/?tenant=1", None),
        ("https://id.example/#x", None),
        ("https://name:secret@id.example", None),
        ("id.example", None),
        (" https://id.example", None),
        ("https://", None),
        ("", None),
    ] {
        assert_eq!(host(issuer).as_deref(), expected, "{issuer}");
    }
}

#[test]
fn a_line_is_not_told_with_what_it_sends() {
    assert_eq!(format!("{:?}", line("https://id.example")), "Line { .. }");
}
