//! An order from its receipt to its end, through the desk.

mod carried;
mod kept;

use super::sealing::new_key;
use crate::layout::address;
use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::Body;
use axum::http::Request;
use newsroom::people::Role;
use newsroom::story::Published;

/// The words that an order takes away; invented, and mild.
const WORDS: &str = "كلمات الزهر البري";

/// A paper with a story, its owner, and a key whose secret half nobody at the paper has.
struct Ordered {
    paper: OpenPaper,
    story: Published,
    secret: String,
}

impl Ordered {
    async fn open() -> Self {
        let paper = OpenPaper::open_as(Paper { public_log: true, ..Default::default() }).await;
        let story = paper.publishes("افتتاح محطة المرفأ").await;
        Self { paper, story, secret: String::new() }
    }

    async fn owner(&self) -> Browser<'_> {
        let name = format!("نادية {}", self.paper.app.store.id(self.paper.app.now()));
        Browser::of_staff(&self.paper, &name, Role::Owner).await
    }

    /// The owner sets a key.
    async fn with_key(&mut self) {
        let (secret, public) = new_key();
        let owner = Browser::of_staff(&self.paper, "مالكة", Role::Owner).await;
        let got = owner.post("/desk/orders/keys", &[("recipient", &public), ("name", "خزنة")]).await;
        assert_eq!(got.header("location"), "/desk/orders", "{}", got.text);
        self.secret = secret;
    }

    /// Enters an order of an invented authority, received now; its address.
    async fn enters(&self, by: &Browser<'_>, more: &[(&str, &str)]) -> String {
        let form = [("kind", "terrorist-content"), ("authority", "هيئة متخيلة"), ("country", "fr")];
        let rest = [("contact", "redress@authority.example"), ("reference", "ص-٧")];
        let got = by.post("/desk/orders", &[&form[..], &rest, more].concat()).await;
        let order = got.header("location").to_owned();
        assert!(order.starts_with("/desk/orders/"), "{}", got.text);
        order
    }

    /// Looks at what the order takes, and takes it.
    async fn carries_out(&self, by: &Browser<'_>, order: &str, numbers: &[i64]) -> Got {
        let story = address::whole(&self.paper.app.paper, &address::story(&self.story.slug));
        let lines = numbers.iter().map(|number| format!("{story}#c-{number}")).collect::<Vec<_>>().join("\n");
        let seen = by.post(&format!("{order}/preview"), &[("addresses", &lines)]).await;
        let which = chosen(&seen);
        assert_eq!(which.len(), numbers.len(), "{}", seen.text);
        let mut form: Vec<(&str, &str)> = which.iter().map(|which| ("which", which.as_str())).collect();
        form.push(("sure", "yes"));
        by.post(&format!("{order}/execution"), &form).await
    }

    /// What every reader's page has of the words: nothing, or something.
    async fn is_public(&self, words: &str) -> bool {
        let story = address::story(&self.story.slug);
        for path in [story.clone(), format!("{story}/comments/1"), "/".to_owned(), "/moderation-log".to_owned()] {
            if self.paper.get(&path).await.text.contains(words) {
                return true;
            }
        }
        false
    }
}

/// What is ticked on a preview.
fn chosen(seen: &Got) -> Vec<String> {
    let inputs = seen.text.split("name=\"which\" value=\"").skip(1);
    let ticked = inputs.filter_map(|rest| rest.split_once('"').filter(|(_, after)| after.starts_with(" checked")));
    ticked.map(|(which, _)| which.to_owned()).collect()
}

/// Sends a form with a file in it.
async fn uploads(paper: &OpenPaper, by: &Browser<'_>, path: &str, fields: &[(&str, &str)], file: (&str, &[u8])) -> Got {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    let head = format!("--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\r\n", file.0);
    body.extend(head.bytes());
    body.extend(file.1);
    body.extend(b"\r\n--edge--\r\n");
    let cookies = by.jar().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let request = Request::post(path)
        .header("cookie", cookies)
        .header("content-type", "multipart/form-data; boundary=edge")
        .header("sec-fetch-site", "same-origin");
    paper.send(request.body(Body::from(body)).expect("a request")).await
}
