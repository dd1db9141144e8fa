//! Somebody who reads the paper over HTTP as a browser without scripts does: cookies are kept, forms are sent with their
//! origin, redirects are looked at and not followed.

use reqwest::header::{HeaderMap, LOCATION, ORIGIN};
use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect};

/// A browser without scripts. Clones share their cookies.
#[derive(Debug, Clone)]
pub struct Reader {
    client: Client,
    address: String,
}

/// An answer.
#[derive(Debug)]
pub struct Got {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its text, as sent.
    pub body: String,
}

impl Got {
    /// Where it sends the reader.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION).and_then(|place| place.to_str().ok())
    }

    /// The values of an attribute that begin so: addresses in `href` for example. Each once, in the order of the page.
    pub fn values(&self, attribute: &str, start: &str) -> Vec<String> {
        let opening = format!("{attribute}=\"");
        let mut found: Vec<String> = Vec::new();
        for rest in self.body.split(&opening).skip(1) {
            let value = rest.split('"').next().unwrap_or_default().replace("&amp;", "&");
            if value.starts_with(start) && !found.contains(&value) {
                found.push(value);
            }
        }
        found
    }
}

impl Reader {
    /// Reads the paper at this address.
    pub fn new(address: &str) -> Self {
        let client = Client::builder().cookie_store(true).redirect(redirect::Policy::none()).build();
        Self { client: client.expect("a client without TLS"), address: address.to_owned() }
    }

    /// The paper answers at all.
    pub async fn answers(&self) -> bool {
        let asked = self.client.get(format!("{}/healthz", self.address)).send().await;
        asked.is_ok_and(|answer| answer.status().is_success())
    }

    /// Opens a path of the paper.
    pub async fn get(&self, path: &str) -> Got {
        got(self.client.get(format!("{}{path}", self.address))).await.expect(path)
    }

    /// The same before its body is read: a stream has no end.
    pub async fn open(&self, path: &str) -> reqwest::Result<Response> {
        self.client.get(format!("{}{path}", self.address)).send().await
    }

    /// Sends a form.
    pub async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Got {
        self.try_to_send(path, fields).await.expect(path)
    }

    /// Sends a form; an error when the line broke before the answer was whole.
    pub async fn try_to_send(&self, path: &str, fields: &[(&str, &str)]) -> reqwest::Result<Got> {
        self.try_to_send_from(&self.address, path, fields).await
    }

    /// The same from a page of another origin.
    pub async fn try_to_send_from(&self, origin: &str, path: &str, fields: &[(&str, &str)]) -> reqwest::Result<Got> {
        got(self.client.post(format!("{}{path}", self.address)).header(ORIGIN, origin).form(fields)).await
    }

    /// Sends a comment under a story, as its form does.
    pub async fn try_to_comment(&self, story: &str, name: &str, text: &str) -> reqwest::Result<Got> {
        let fields = [("name", name), ("text", text), ("reply_to", ""), ("website", "")];
        self.try_to_send(&format!("{story}/comments"), &fields).await
    }

    /// Paths of stories on the front page under which comments are taken.
    pub async fn open_stories(&self, most: usize) -> Vec<String> {
        let mut open = Vec::new();
        for story in self.get("/").await.values("href", "/stories/") {
            if open.len() < most && self.get(&story).await.body.contains("id=\"comment-form\"") {
                open.push(story);
            }
        }
        assert!(!open.is_empty(), "no story of the front page takes comments");
        open
    }
}

async fn got(request: RequestBuilder) -> reqwest::Result<Got> {
    let answer = request.send().await?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    Ok(Got { status, headers, body: answer.text().await? })
}
