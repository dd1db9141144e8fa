//! A browser without scripts, and a program with a key: one connection for each request, cookies kept, redirects looked at
//! and not followed. An answer counts only when all of it came.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a machine of a network of several may take to take up a line, as a proxy would wait for it.
const TAKEN_UP_WITHIN: Duration = Duration::from_secs(1);
/// Between the parts of a form with a file.
const PART: &str = "--------midad-faults-part";

/// What became of a request.
#[derive(Debug)]
pub enum Heard {
    /// It was answered, and the answer is whole.
    Whole(Answer),
    /// The line broke after something was sent: it was carried out, perhaps.
    Broken,
    /// Nobody listened.
    NotSent,
}

/// A whole answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Names in small letters.
    headers: Vec<(String, String)>,
    /// What came.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// As text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// As JSON; null where it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// What was asked for was done.
    pub fn is_good(&self) -> bool {
        (200..400).contains(&self.status)
    }
}

/// Somebody who asks.
#[derive(Debug, Clone)]
pub struct Browser {
    at: SocketAddr,
    /// The paper's name, as its address has it.
    host: String,
    /// From where it comes, as a proxy in front of the paper writes it down.
    from: Option<Ipv4Addr>,
    patience: Duration,
    cookies: BTreeMap<String, String>,
    key: Option<String>,
    turned_away: bool,
}

impl Browser {
    /// Nobody in particular.
    pub fn new(port: u16) -> Self {
        let at = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let (host, cookies) = (at.to_string(), BTreeMap::new());
        Self { at, host, from: None, patience: PATIENCE, cookies, key: None, turned_away: false }
    }

    /// Somebody who comes from there, through a proxy, to the paper of this name on a machine of several.
    pub fn through_a_proxy(at: SocketAddr, host: &str, from: Ipv4Addr) -> Self {
        Self { at, host: host.to_owned(), from: Some(from), ..Self::new(0) }
    }

    /// The same with a key.
    pub fn holding(self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self }
    }

    /// The same, who waits no longer than this for an answer.
    pub fn within(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// From here on it asks another machine of the same paper.
    pub fn turn_to(&mut self, at: SocketAddr) {
        self.at = at;
    }

    /// Opens a line and asks for a stream; none where nobody takes it up.
    pub fn open_stream(&self, path: &str, silence: Duration) -> Option<TcpStream> {
        let mut line = TcpStream::connect_timeout(&self.at, TAKEN_UP_WITHIN).ok()?;
        line.set_read_timeout(Some(silence)).ok()?;
        line.write_all(&self.request("GET", path, &[("Accept", "text/event-stream")], &[])).ok()?;
        Some(line)
    }

    /// A program with a key.
    pub fn with_key(port: u16, key: &str) -> Self {
        Self::new(port).holding(key)
    }

    /// The same person at the same paper on another port.
    pub fn at(&self, port: u16) -> Self {
        let at = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        Self { at, host: at.to_string(), ..self.clone() }
    }

    /// The paper knows it again.
    pub fn is_known(&self) -> bool {
        !self.cookies.is_empty()
    }

    /// What it asked for last is for those alone who have signed in.
    pub fn is_turned_away(&self) -> bool {
        self.turned_away
    }

    /// Opens a path.
    pub fn get(&mut self, path: &str) -> Heard {
        self.ask("GET", path, &[], &[])
    }

    /// Sends a form.
    pub fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Heard {
        let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let kind = [("Content-Type", "application/x-www-form-urlencoded")];
        self.ask("POST", path, &kind, pairs.join("&").as_bytes())
    }

    /// Sends JSON, under a name of its own where there is one.
    pub fn call(&mut self, method: &str, path: &str, name: Option<&str>, json: &serde_json::Value) -> Heard {
        let mut headers = vec![("Content-Type", "application/json")];
        headers.extend(name.map(|name| ("Idempotency-Key", name)));
        self.ask(method, path, &headers, json.to_string().as_bytes())
    }

    /// Sends a form with a file.
    pub fn upload(&mut self, path: &str, fields: &[(&str, &str)], file: &str, bytes: &[u8]) -> Heard {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--{PART}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        let head = format!("--{PART}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file}\"\r\n\r\n");
        body.extend([head.as_bytes(), bytes, format!("\r\n--{PART}--\r\n").as_bytes()].concat());
        let kind = format!("multipart/form-data; boundary={PART}");
        self.ask("POST", path, &[("Content-Type", &kind), ("Accept", "application/json")], &body)
    }

    fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Heard {
        let patience = if self.at.ip().is_loopback() { PATIENCE } else { TAKEN_UP_WITHIN };
        let Ok(mut line) = TcpStream::connect_timeout(&self.at, patience) else { return Heard::NotSent };
        let request = self.request(method, path, headers, body);
        let mut came = Vec::new();
        let exchanged = line
            .set_read_timeout(Some(self.patience))
            .and_then(|()| line.write_all(&request))
            .and_then(|()| line.read_to_end(&mut came));
        match exchanged.ok().and_then(|_| whole(&came)) {
            Some(answer) => {
                self.keep_cookies(&answer);
                let to_the_door = answer.header("location") == Some("/sign-in");
                self.turned_away = answer.status == 401 || answer.status == 303 && to_the_door;
                Heard::Whole(answer)
            }
            None => Heard::Broken,
        }
    }

    fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
        let host = &self.host;
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        if method != "GET" {
            head.push_str(&format!("Origin: http://{host}\r\nContent-Length: {}\r\n", body.len()));
        }
        if let Some(from) = self.from {
            head.push_str(&format!("X-Forwarded-For: {from}\r\n"));
        }
        if let Some(key) = &self.key {
            head.push_str(&format!("Authorization: Bearer {key}\r\n"));
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            head.push_str(&format!("Cookie: {}\r\n", cookies.join("; ")));
        }
        headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        [head.as_bytes(), b"\r\n", body].concat()
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for (_, line) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let pair = line.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// An answer, when all of it is there: as long as it says, or with the chunk that ends it.
pub fn whole(came: &[u8]) -> Option<Answer> {
    let end = came.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&came[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let pair = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
    let headers: Vec<(String, String)> = lines.filter_map(pair).collect();
    let mut answer = Answer { status, headers, body: came[end + 4..].to_vec() };
    if answer.header("transfer-encoding").is_some_and(|how| how.contains("chunked")) {
        answer.body = of_chunks(&answer.body)?;
        return Some(answer);
    }
    match answer.header("content-length") {
        Some(length) => (length.parse() == Ok(answer.body.len())).then_some(answer),
        None => [204, 304].contains(&status).then_some(answer),
    }
}

fn of_chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = String::from_utf8_lossy(&rest[..end]).into_owned();
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(body);
        }
        body.extend(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
}

/// A value as forms and addresses send it.
pub fn encoded(value: &str) -> String {
    let letter = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    value.bytes().map(letter).collect()
}

/// The values of an attribute that begin so, each once, in the order of the page.
pub fn values(page: &str, attribute: &str, start: &str) -> Vec<String> {
    let opening = format!("{attribute}=\"");
    let mut found: Vec<String> = Vec::new();
    for rest in page.split(&opening).skip(1) {
        let value = rest.split('"').next().unwrap_or_default().replace("&amp;", "&").replace("&#38;", "&");
        if value.starts_with(start) && !found.contains(&value) {
            found.push(value);
        }
    }
    found
}
