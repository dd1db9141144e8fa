//! Threads under pages of another site, asked for as a browser does that keeps no cookie there.

use crate::layout::address;
use crate::passkeys::written;
use crate::tests::browser::{Browser, encoded};
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use newsroom::comment::{Decision, RuledBy, Ruling};
use newsroom::outside::{Pages, Rules, Way};
use newsroom::people::Role;
use newsroom::story::{CommentPolicy, Published};
use newsroom::{CommentId, OtherSiteId, RulingId, SectionId, StaffId};
use ring::hmac;
use serde_json::{Value, json};
use store::outside::{NewSiteKey, SaidOfSite};

const ORIGIN: &str = "https://port.example";
const PAGE: &str = "https://www.port.example/quay/?utm=1#x";
const SECRET: [u8; 32] = [7; 32];

struct Stage {
    paper: OpenPaper,
    site: OtherSiteId,
    by: StaffId,
}

async fn stage() -> Stage {
    stage_as(crate::paper::Paper { posts_per_minute: 1_000, ..crate::paper::Paper::default() }).await
}

async fn stage_as(settings: crate::paper::Paper) -> Stage {
    let paper = OpenPaper::open_as(settings).await;
    let by = paper.app.store.add_staff("ليلى", Role::Editor, paper.app.now()).await.expect("staff").id;
    let rules = Rules { pages: vec![Pages::read("port.example").expect("a host")], keep: Default::default() };
    let (policy, section) = (CommentPolicy::OpenAfterReview, Some(SectionId(1)));
    let said = SaidOfSite { name: "الميناء".into(), rules, policy, section };
    let site = paper.app.store.add_other_site(&said, by, paper.app.now()).await.expect("a site").0;
    Stage { paper, site, by }
}

impl Stage {
    async fn ask(&self, method: &str, what: &str, headers: &[(&str, &str)], form: &[(&str, &str)]) -> Got {
        let mut request = Request::builder().method(method).uri(what);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.paper.send(request.body(Body::from(encoded(form))).expect("a request")).await
    }

    fn path(&self, what: &str) -> String {
        format!("/embed/{}/{what}", self.site)
    }

    async fn looks(&self, what: &str, headers: &[(&str, &str)]) -> Got {
        let path = format!("{}?url={}", self.path(what), address::encoded(PAGE));
        self.ask("GET", &path, &[&[("origin", ORIGIN)], headers].concat(), &[]).await
    }

    async fn says(&self, text: &str, headers: &[(&str, &str)]) -> Got {
        let form = [("url", PAGE), ("title", "عنوان غريب"), ("name", "هدى"), ("text", text)];
        self.ask("POST", &self.path("comments"), &[&[("origin", ORIGIN)], headers].concat(), &form).await
    }

    /// The same with the answer to a task, from any page.
    async fn pays(&self, page: &str, answer: &str, headers: &[(&str, &str)]) -> StatusCode {
        let form = [("url", page), ("name", "هدى"), ("text", "كلمة بحسابها"), ("toll", answer)];
        self.ask("POST", &self.path("comments"), &[&[("origin", ORIGIN)], headers].concat(), &form).await.status
    }

    async fn count(&self) -> i64 {
        let path = format!("/api/counts?site={}&url={}&url=x", self.site, address::encoded(PAGE));
        let got = self.ask("GET", &path, &[("origin", ORIGIN)], &[]).await;
        assert_eq!(got.header("access-control-allow-origin"), ORIGIN);
        let counts: Value = serde_json::from_str(&got.text).expect("JSON");
        counts["counts"][PAGE].as_i64().expect("a count")
    }

    async fn thread(&self) -> Published {
        let store = &self.paper.app.store;
        let page = store.other_site(self.site).await.expect("a site").said.rules.page(PAGE).expect("a page");
        store.outside_thread(self.site, &page).await.expect("read").expect("a thread")
    }

    async fn releases(&self, comment: CommentId) {
        let (store, at) = (&self.paper.app.store, self.paper.app.now());
        let story = self.thread().await.id;
        let decision = Decision::Release { collapsed: false, links: false };
        let (id, by) = (RulingId(store.id(at)), RuledBy::Staff(self.by));
        let ruling = Ruling { id, story, comment, decision, by, at, why: String::new() };
        let read = store.queue_entry(story, comment).await.expect("an entry").revision;
        store.rule(&ruling, read).await.expect("ruled");
    }

    async fn adds_key(&self, kid: &str) {
        let new = NewSiteKey { kid: kid.into(), way: Way::Hs256, material: written(&SECRET) };
        self.paper.app.store.add_site_key(self.site, &new, self.by, self.paper.app.now()).await.expect("a key");
    }

    fn claims(&self) -> Value {
        let now = self.paper.app.now().as_second();
        let aud = self.paper.app.paper.address.clone();
        json!({ "aud": aud, "sub": "42", "name": "سامي", "iat": now, "exp": now + 600, "jti": "a" })
    }
}

fn comment_of(got: &Got) -> CommentId {
    let id = got.text.split("data-own-comment=\"").nth(1).and_then(|rest| rest.split('"').next());
    CommentId::from_short(id.expect("an own comment")).expect("an id")
}

fn token(head: &Value, claims: &Value) -> String {
    let signed = format!("{}.{}", written(head.to_string().as_bytes()), written(claims.to_string().as_bytes()));
    let seal = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &SECRET), signed.as_bytes());
    format!("{signed}.{}", written(seal.as_ref()))
}

#[tokio::test]
async fn a_comment_waits_is_seen_by_its_author_alone_and_stands_there_once_released() {
    let stage = stage().await;
    let empty = stage.looks("thread", &[]).await;
    assert_eq!((empty.status, empty.header("access-control-allow-origin")), (StatusCode::OK, ORIGIN));
    assert!(empty.text.contains("<form") && empty.header("set-cookie").is_empty());
    let sent = stage.says("كان الرصيف أوسع", &[]).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
    let key = sent.header("midad-visitor").to_owned();
    assert!(!key.is_empty() && sent.header("set-cookie").is_empty());
    let waits = stage.looks("thread", &[("midad-visitor", &key)]).await;
    assert!(!waits.text.contains("كان الرصيف أوسع"), "the shared part shows nothing that waits");
    let own = stage.looks("own", &[("midad-visitor", &key)]).await;
    assert!(own.text.contains("كان الرصيف أوسع"));
    assert_eq!(own.header("cache-control"), "private, no-store");
    for stranger in ["", "x.y", &key.replace('.', "x."), &format!("{key}x")] {
        let got = stage.looks("own", &[("midad-visitor", stranger)]).await;
        assert!(!got.text.contains("كان الرصيف أوسع"), "{stranger}");
    }
    assert_eq!(stage.count().await, 0);
    stage.releases(comment_of(&sent)).await;
    let released = stage.looks("thread", &[]).await;
    assert!(released.text.contains("كان الرصيف أوسع"));
    assert!(released.text.contains(&format!("{}/stories/~", stage.paper.app.paper.address)), "links lead to the paper");
    assert_eq!(stage.count().await, 1);
}

#[tokio::test]
async fn nothing_of_a_page_stands_in_the_paper_but_its_thread_at_its_own_address() {
    let stage = stage().await;
    let sent = stage.says("كلمة مرفأ", &[]).await;
    let own_page = address::story(&stage.thread().await.slug);
    let before = stage.paper.get(&own_page).await;
    assert_eq!(before.status, StatusCode::OK);
    assert!(!before.text.contains("عنوان غريب") && !before.text.contains("/quay"), "what a stranger sent is not shown");
    stage.releases(comment_of(&sent)).await;
    let page = stage.paper.get(&own_page).await;
    assert!(page.text.contains("كلمة مرفأ") && page.text.contains("noindex"));
    assert!(page.text.contains("port.example/quay") && !page.text.contains("عنوان غريب"));
    for path in ["/", "/sections/city", "/archive", "/feed/rss", "/sitemap.xml", "/search?q=%D9%85%D8%B1%D9%81%D8%A3"] {
        let got = stage.paper.get(path).await;
        assert!(!got.text.contains("كلمة مرفأ") && !got.text.contains("/stories/~"), "{path}");
    }
    let led = stage.looks("page", &[]).await;
    assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, own_page.as_str()));
    let editor = Browser::of_staff(&stage.paper, "محررة", Role::Editor).await;
    assert!(!editor.get("/desk/stories").await.text.contains("الميناء"));
    let story = stage.thread().await.id;
    assert_eq!(editor.get(&format!("/desk/stories/{story}")).await.status, StatusCode::NOT_FOUND);
    stage.says("كلمة ثانية", &[]).await;
    let queue = editor.get("/desk").await.text;
    assert!(queue.contains("الميناء") && queue.contains("عنوان غريب"), "the desk sees where it was written");
}

#[tokio::test]
async fn pages_and_origins_of_others_are_refused_and_make_no_thread() {
    let stage = stage().await;
    let path = format!("{}?url={}", stage.path("thread"), address::encoded(PAGE));
    let other = stage.ask("GET", &path, &[("origin", "https://evil.example")], &[]).await;
    assert_eq!((other.status, other.header("access-control-allow-origin")), (StatusCode::FORBIDDEN, ""));
    let preflight = stage.ask("OPTIONS", &stage.path("comments"), &[("origin", ORIGIN)], &[]).await;
    assert_eq!(preflight.status, StatusCode::NO_CONTENT);
    assert!(preflight.header("access-control-allow-headers").contains("midad-visitor"));
    let form = [("url", "https://evil.example/"), ("name", "هدى"), ("text", "كلمة")];
    let elsewhere = stage.ask("POST", &stage.path("comments"), &[("origin", ORIGIN)], &form).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
    let form = [("url", PAGE), ("name", "هدى"), ("text", "كلمة")];
    let from_nowhere = stage.ask("POST", &stage.path("comments"), &[], &form).await;
    assert_eq!(from_nowhere.status, StatusCode::FORBIDDEN, "no page sent it");
    let wrong = stage.says("", &[]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("value=\"هدى\""), "what was typed comes back");
    let store = &stage.paper.app.store;
    let page = store.other_site(stage.site).await.expect("a site").said.rules.page(PAGE).expect("a page");
    assert_eq!(store.outside_thread(stage.site, &page).await.expect("read"), None, "none of it made a thread");
    store.close_other_site(stage.site, stage.by, stage.paper.app.now()).await.expect("closed");
    assert_eq!(stage.looks("thread", &[]).await.status, StatusCode::NOT_FOUND);
    let many = format!("/api/counts?site={}{}", stage.site, "&url=x".repeat(101));
    assert_eq!(stage.ask("GET", &many, &[], &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_member_writes_under_the_name_that_the_site_signs_and_takes_a_comment_back() {
    let stage = stage().await;
    stage.adds_key("k1").await;
    let head = json!({ "alg": "HS256", "kid": "k1" });
    let member = token(&head, &stage.claims());
    let sent = stage.says("كلمة عضو", &[("midad-member", &member)]).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
    assert!(sent.text.contains("سامي") && !sent.text.contains("هدى") && sent.header("midad-visitor").is_empty());
    let mut later = stage.claims();
    later["jti"] = "b".into();
    let own = stage.looks("own", &[("midad-member", &token(&head, &later))]).await;
    assert!(own.text.contains("كلمة عضو"), "the same member by another token");
    let mut other = stage.claims();
    other["sub"] = "43".into();
    let theirs = stage.looks("own", &[("midad-member", &token(&head, &other))]).await;
    assert!(!theirs.text.contains("كلمة عضو"));
    let id = comment_of(&sent).short();
    let form = [("url", PAGE), ("comment", id.as_str())];
    let path = stage.path("withdrawal");
    let stranger = stage.ask("POST", &path, &[("origin", ORIGIN)], &form).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    let back = stage.ask("POST", &path, &[("origin", ORIGIN), ("midad-member", &member)], &form).await;
    assert_eq!(back.status, StatusCode::NO_CONTENT);
    let own = stage.looks("own", &[("midad-member", &member)]).await;
    assert!(!own.text.contains("كلمة عضو"));
    for n in 0..30 {
        let got = stage.says(&format!("كلمة {n}"), &[("midad-member", &member)]).await;
        if got.status == StatusCode::UNAUTHORIZED {
            assert!(got.text.contains("used-up"), "{}", got.text);
            return;
        }
    }
    panic!("a token is used for ever");
}

#[tokio::test]
async fn tokens_that_are_not_to_be_believed_are_not() {
    let stage = stage().await;
    stage.adds_key("k1").await;
    let (head, now) = (json!({ "alg": "HS256", "kid": "k1" }), stage.paper.app.now().as_second());
    let but = |name: &str, value: Value| {
        let mut claims = stage.claims();
        claims[name] = value;
        token(&head, &claims)
    };
    let good = token(&head, &stage.claims());
    let unsigned = format!("{}.", good.rsplit_once('.').expect("parts").0);
    let none = token(&json!({ "alg": "none", "kid": "k1" }), &stage.claims());
    let wrong = [
        ("unreadable", "x".to_owned()),
        ("wrong-signature", unsigned),
        ("unreadable", format!("{good}AA")),
        ("algorithm", none),
        ("algorithm", token(&json!({ "alg": "ES256", "kid": "k1" }), &stage.claims())),
        ("algorithm", token(&json!({ "alg": "HS256", "kid": "k1", "crit": ["b64"] }), &stage.claims())),
        ("unknown-key", token(&json!({ "alg": "HS256", "kid": "k2" }), &stage.claims())),
        ("not-for-us", but("aud", "https://elsewhere.example".into())),
        ("not-of-now", but("exp", (now - 1).into())),
        ("not-of-now", but("exp", (now + 4_000).into())),
        ("not-of-now", but("iat", (now + 500).into())),
        ("unreadable", but("jti", "".into())),
        ("unreadable", but("sub", "".into())),
        ("unreadable", but("exp", Value::Null)),
    ];
    for (why, member) in wrong {
        let got = stage.says("كلمة", &[("midad-member", &member)]).await;
        assert_eq!(got.status, StatusCode::UNAUTHORIZED, "{why}: {}", got.text);
        assert!(got.text.contains(why), "{why}: {}", got.text);
    }
    stage.paper.app.store.remove_site_key(stage.site, "k1", stage.by, stage.paper.app.now()).await.expect("removed");
    assert!(stage.says("كلمة", &[("midad-member", &good)]).await.text.contains("unknown-key"));
}

#[tokio::test]
async fn the_script_and_its_style_may_be_loaded_by_every_page() {
    let stage = stage().await;
    for path in ["/embed.js", "/embed.css"] {
        let got = stage.paper.get(path).await;
        assert_eq!((got.status, got.header("access-control-allow-origin")), (StatusCode::OK, "*"), "{path}");
        assert_eq!(got.header("cross-origin-resource-policy"), "cross-origin");
        assert!(got.text.len() < 20_000, "it is small");
    }
}

#[tokio::test]
async fn one_network_begins_few_threads_in_an_hour_and_goes_on_writing_under_those_that_there_are() {
    let stage = stage().await;
    let path = stage.path("comments");
    let page = |n: usize| format!("https://www.port.example/quay/{n}");
    let mut begun = 0;
    for n in 0..20 {
        let (url, text) = (page(n), format!("كلمة {n}"));
        let form = [("url", url.as_str()), ("title", ""), ("name", "هدى"), ("text", text.as_str())];
        let got = stage.ask("POST", &path, &[("origin", ORIGIN)], &form).await;
        match got.status {
            StatusCode::CREATED => begun += 1,
            status => assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{}", got.text),
        }
    }
    assert_eq!(begun, 12);
    let url = page(0);
    let form = [("url", url.as_str()), ("title", ""), ("name", "هدى"), ("text", "كلمة أخرى")];
    let again = stage.ask("POST", &path, &[("origin", ORIGIN)], &form).await;
    assert_eq!(again.status, StatusCode::CREATED, "{}", again.text);
}

#[tokio::test]
async fn under_attack_a_page_of_another_site_computes_as_the_papers_own_do() {
    let (posts_per_minute, toll) = (1_000, crate::TollAsked::Always);
    let stage = stage_as(crate::paper::Paper { posts_per_minute, toll, ..crate::paper::Paper::default() }).await;
    let first = stage.says("كلمة أولى", &[]).await;
    assert_eq!(first.status, StatusCode::CREATED, "without an answer, in its turn");
    let key = first.header("midad-visitor").to_owned();
    for n in 0..5 {
        assert_eq!(stage.says(&format!("كلمة {n}"), &[]).await.status, StatusCode::CREATED, "{n}");
    }
    let refused = stage.says("كلمة متأخرة", &[]).await;
    assert_eq!(
        (refused.status, refused.header("access-control-allow-origin")),
        (StatusCode::TOO_MANY_REQUESTS, ORIGIN)
    );
    let said: Value = serde_json::from_str(&refused.text).expect("JSON");
    assert!(said["says"].as_str().is_some_and(|says| says.contains("جافاسكربت")), "{said}");
    assert!(refused.header("access-control-expose-headers").contains("midad-toll"));
    let mine = [("midad-visitor", key.as_str())];
    let asked = stage.looks("toll", &mine).await;
    assert_eq!((asked.status, asked.header("cache-control")), (StatusCode::NO_CONTENT, "no-store"));
    let answer = crate::toll::solve(asked.header("midad-toll"));
    let elsewhere = "https://www.port.example/other";
    let sent = [stage.pays(elsewhere, &answer, &mine).await, stage.pays(PAGE, &answer, &mine).await];
    assert_eq!(sent, [StatusCode::TOO_MANY_REQUESTS, StatusCode::CREATED], "of another page, and of its own");
    assert_eq!(stage.pays(PAGE, &answer, &mine).await, StatusCode::TOO_MANY_REQUESTS, "once");
}
