//! The paper by programs: what each call answers, compared with what is described of it; and that a key opens no more than
//! it says and its member may.

use super::description::described;
use super::problem::{ApiProblem, MEDIA_TYPE, in_words};
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use newsroom::people::{Actor, Role, Scope, Staff};
use newsroom::story::Published;
use newsroom::{CommentId, SectionId};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::api_clients::NewApiClient;
use tower::ServiceExt;

const ROUTES: &str = include_str!("../routes/programs.rs");

/// A program with a key.
struct Caller<'p> {
    paper: &'p OpenPaper,
    key: String,
    staff: Staff,
}

impl<'p> Caller<'p> {
    async fn of(paper: &'p OpenPaper, role: Role, scopes: &[Scope]) -> Self {
        Self::slow(paper, role, scopes, 10_000).await
    }

    async fn slow(paper: &'p OpenPaper, role: Role, scopes: &[Scope], per_minute: u32) -> Self {
        let (store, now) = (&paper.app.store, paper.app.now());
        let name = store.id(now).to_string();
        let staff = store.add_staff(&name, role, now).await.expect("staff");
        let new = NewApiClient { name, per_minute, staff: Some(staff.id), scopes: scopes.to_vec() };
        let (_, key) = crate::make_program_key(store, &new, now).await.expect("a key");
        paper.app.callers.forget();
        Self { paper, key, staff }
    }

    async fn all(paper: &'p OpenPaper) -> Self {
        Self::of(paper, Role::Owner, &Scope::ALL).await
    }

    async fn ask(&self, method: &str, path: &str, body: Option<&Value>, more: &[(&str, &str)]) -> Got {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        request = request.header("authorization", format!("Bearer {}", self.key));
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.paper.send(request.body(body).expect("a request")).await
    }

    async fn get(&self, path: &str) -> Got {
        self.ask("GET", path, None, &[]).await
    }

    async fn post(&self, path: &str, body: &Value) -> Got {
        self.ask("POST", path, Some(body), &[]).await
    }
}

fn json_of(got: &Got) -> Value {
    serde_json::from_str(&got.text).unwrap_or_else(|error| panic!("{error}: {}", got.text))
}

async fn comment(paper: &OpenPaper, story: &Published, text: &str) -> CommentId {
    Browser::new(paper).comments(story, "هدى", text).await
}

#[tokio::test]
async fn a_story_is_begun_changed_published_and_taken_back_in_the_name_of_its_member() {
    let paper = OpenPaper::open().await;
    let program = Caller::of(&paper, Role::Editor, &[Scope::StoriesRead, Scope::StoriesWrite]).await;
    let new = json!({ "headline": "جسر جديد", "body": "فُتح الجسر.", "section": SectionId(1).short() });
    let list = program.post("/stories", &json!([null, null])).await;
    assert_eq!(list.status, StatusCode::BAD_REQUEST, "a list is no story: {}", list.text);
    let begun = program.post("/stories", &new).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text);
    let (id, version) = (json_of(&begun)["id"].as_str().expect("an id").to_owned(), json_of(&begun)["version"].clone());
    assert_eq!(begun.header("location"), format!("/api/v1/stories/{id}"));
    let place = format!("/stories/{id}");
    let text = json!({ "standfirst": "مقدمة" });
    let changed = program.ask("PUT", &place, Some(&json!({ "version": version, "text": text })), &[]).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    assert_eq!(json_of(&changed)["headline"], "جسر جديد", "what is left out stays");
    let listed = program.ask("PUT", &place, Some(&json!({ "version": version, "text": ["news"] })), &[]).await;
    assert_eq!((listed.status, &json_of(&listed)["pointer"]), (StatusCode::BAD_REQUEST, &json!("/text")));
    let late = program.ask("PUT", &place, Some(&json!({ "version": version, "text": text })), &[]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let version = json_of(&changed)["version"].clone();
    let published = program.post(&format!("{place}/publication"), &json!({ "version": version })).await;
    assert_eq!(
        (published.status, &json_of(&published)["state"]),
        (StatusCode::OK, &json!("published")),
        "{}",
        published.text
    );
    let url = json_of(&published)["url"].as_str().expect("an address").to_owned();
    let page = paper.get(url.trim_start_matches(paper.app.paper.address.trim_end_matches('/'))).await;
    assert!(page.text.contains("فُتح الجسر."));
    let log = paper.app.store.log(None, 9).await.expect("a log");
    assert!(log.iter().any(|one| one.what.key() == "story-published" && one.by == Actor::Staff(program.staff.id)));
    for (change, why) in [(json!({}), "change"), (json!({ "change": "correction" }), "correction")] {
        let mut sent = change;
        sent["version"] = json_of(&published)["version"].clone();
        let refused = program.post(&format!("{place}/publication"), &sent).await;
        assert_eq!((refused.status, &json_of(&refused)["errors"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!([why])));
    }
    let back = program.post(&format!("{place}/withdrawal"), &json!({ "note": "سُحب" })).await;
    assert_eq!(json_of(&back)["state"], "withdrawn");
    let again = program.post(&format!("{place}/withdrawal"), &json!({})).await;
    assert_eq!((again.status, &json_of(&again)["now"]), (StatusCode::CONFLICT, &json!("withdrawn")));
    let bare = program.post("/stories", &json!({})).await;
    let unready = format!("/stories/{}/publication", json_of(&bare)["id"].as_str().expect("an id"));
    let refused = program.post(&unready, &json!({ "version": json_of(&bare)["version"] })).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!json_of(&refused)["errors"].as_array().expect("why").is_empty());
}

#[tokio::test]
async fn what_waits_is_read_ruled_on_and_brought_back_by_a_key_that_opens_it() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("الترام").await;
    let held = comment(&paper, &story, "كلمة تنتظر").await;
    let program = Caller::of(&paper, Role::Moderator, &[Scope::CommentsModerate, Scope::CommentsRead]).await;
    let queue = program.get("/queue").await;
    assert!(queue.text.contains("كلمة تنتظر") && queue.header("cache-control").contains("no-store"));
    let thread = format!("/stories/{}/comments", story.id);
    assert!(!program.get(&thread).await.text.contains("كلمة تنتظر"), "what waits is not public");
    let place = format!("/queue/{}/{held}", story.id);
    let revision = json_of(&program.get(&place).await)["revision"].clone();
    let ruling = json!({ "decision": "release", "revision": revision });
    let ruled = program.post(&format!("{place}/ruling"), &ruling).await;
    assert_eq!(ruled.status, StatusCode::CREATED, "{}", ruled.text);
    assert!(!ruled.text.contains("كلمة تنتظر"), "an answer that is kept holds no words of a reader");
    assert_eq!(json_of(&program.get(&thread).await)["items"][0]["text"], "كلمة تنتظر");
    let log = paper.app.store.log(None, 9).await.expect("a log");
    assert!(log.iter().any(|one| one.what.key() == "comment-released" && one.by == Actor::Staff(program.staff.id)));
    let undo = format!("/rulings/{}/undo", json_of(&ruled)["ruling"].as_str().expect("a ruling"));
    let undone = program.post(&undo, &json!({ "story": story.id.short() })).await;
    assert_eq!((undone.status, &json_of(&undone)["state"]), (StatusCode::OK, &json!("held")), "{}", undone.text);
    let without =
        program.post(&format!("{place}/ruling"), &json!({ "decision": "refuse", "revision": revision })).await;
    assert_eq!(json_of(&without)["errors"], json!(["reason"]));
    let late = json!({ "decision": "release", "revision": 7 });
    assert_eq!(program.post(&format!("{place}/ruling"), &late).await.status, StatusCode::CONFLICT);
    // A colleague of another section sees nothing of it.
    let elsewhere = Caller::of(&paper, Role::Moderator, &[Scope::CommentsModerate]).await;
    let (sections, now) = ([SectionId(2)], paper.app.now());
    let place_of = (Role::Moderator, &sections[..]);
    paper.app.store.place_staff(elsewhere.staff.id, place_of, Actor::Program, now).await.expect("placed");
    assert!(!elsewhere.get("/queue").await.text.contains("كلمة تنتظر"));
    assert_eq!(elsewhere.get(&place).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_key_opens_what_it_says_and_never_more_than_its_member_may() {
    let paper = OpenPaper::open().await;
    let reads = Caller::of(&paper, Role::Owner, &[Scope::StoriesRead]).await;
    for path in ["/queue", "/staff"] {
        let got = reads.get(path).await;
        assert_eq!((got.status, got.header("content-type")), (StatusCode::FORBIDDEN, MEDIA_TYPE), "{path}");
    }
    assert_eq!(reads.post("/stories", &json!({})).await.status, StatusCode::FORBIDDEN);
    // The key says more than its member may: what counts is what they may.
    let reporter = Caller::of(&paper, Role::Reporter, &Scope::ALL).await;
    assert_eq!(reporter.get("/queue").await.status, StatusCode::FORBIDDEN);
    assert_eq!(reporter.get("/staff").await.status, StatusCode::FORBIDDEN);
    let story = paper.publishes("الترام").await;
    let publication = format!("/stories/{}/publication", story.id);
    assert_eq!(reporter.post(&publication, &json!({ "version": 1 })).await.status, StatusCode::FORBIDDEN);
    let owner = Caller::all(&paper).await;
    assert!(owner.get("/staff").await.text.contains(&owner.staff.name));
    paper.app.store.disable_staff(reads.staff.id, Actor::Program, paper.app.now()).await.expect("gone");
    assert_eq!(reads.get("/stories").await.status, StatusCode::UNAUTHORIZED, "who left the house left it here");
    let verdicts = crate::make_api_key(&paper.app.store, "آخر", 9, paper.app.now()).await.expect("a key").1;
    paper.app.callers.forget();
    let stranger = Caller { paper: &paper, key: verdicts, staff: owner.staff.clone() };
    assert_eq!(
        stranger.get("/stories").await.status,
        StatusCode::UNAUTHORIZED,
        "a key for verdicts opens nothing else"
    );
    let examine = Request::post("/api/moderation/examine").header("authorization", format!("Bearer {}", reads.key));
    let got = paper.send(examine.body(Body::from("{}")).expect("a request")).await;
    assert_eq!(got.status, StatusCode::UNAUTHORIZED, "and the other way round");
}

#[tokio::test]
async fn a_named_request_is_carried_out_once() {
    let paper = OpenPaper::open().await;
    let program = Caller::all(&paper).await;
    let name = [("idempotency-key", "one")];
    let new = json!({ "headline": "مرة واحدة" });
    let first = program.ask("POST", "/stories", Some(&new), &name).await;
    let again = program.ask("POST", "/stories", Some(&new), &name).await;
    assert_eq!((first.status, &first.text), (again.status, &again.text));
    assert_eq!(again.header("idempotency-replayed"), "true");
    let other = program.ask("POST", "/stories", Some(&json!({ "headline": "غيرها" })), &name).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(json_of(&other)["type"].as_str().expect("a type").ends_with("name-used"));
    let somebody = Caller::all(&paper).await;
    let theirs = somebody.ask("POST", "/stories", Some(&new), &name).await;
    assert_ne!(theirs.text, first.text, "names are each key's own");
    let wrong = [("idempotency-key", "two")];
    let failed = program.ask("POST", "/stories", Some(&json!({ "headline": 7 })), &wrong).await;
    assert_eq!((failed.status, &json_of(&failed)["pointer"]), (StatusCode::BAD_REQUEST, &json!("/headline")));
    let mended = program.ask("POST", "/stories", Some(&new), &wrong).await;
    assert_eq!(mended.status, StatusCode::CREATED, "what failed may be sent again, mended");
    let lines = json_of(&program.get("/stories").await);
    assert_eq!(lines["items"].as_array().expect("stories").len(), 3);
}

#[tokio::test]
async fn lists_go_on_by_cursors_and_calls_have_a_pace_and_a_language() {
    let paper = OpenPaper::open().await;
    for n in 0..5 {
        paper.publishes(&format!("خبر {n}")).await;
    }
    let program = Caller::all(&paper).await;
    let (mut seen, mut next) = (BTreeSet::new(), String::new());
    for _ in 0..3 {
        let page = json_of(&program.get(&format!("/stories?limit=2{next}")).await);
        for item in page["items"].as_array().expect("stories") {
            assert!(seen.insert(item["id"].to_string()), "each once");
        }
        next = page["next"].as_str().map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
    }
    assert_eq!((seen.len(), next.as_str()), (5, ""));
    let slow = Caller::slow(&paper, Role::Owner, &Scope::ALL, 2).await;
    let first = slow.get("/sections").await;
    assert!(first.header("ratelimit").starts_with("\"minute\";r="), "{}", first.header("ratelimit"));
    let mut last = first;
    // A minute may begin in between; two do not.
    for _ in 0..10 {
        last = slow.ask("GET", "/sections", None, &[("accept-language", "de, fr;q=0.5, en;q=0.9")]).await;
        if last.status == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!last.header("retry-after").is_empty() && !last.header("ratelimit").is_empty());
    assert_eq!(last.header("content-language"), "en");
    let arabic = program.ask("GET", "/stories/none", None, &[("accept-language", "ar-LB")]).await;
    assert_eq!((arabic.status, arabic.header("content-language")), (StatusCode::NOT_FOUND, "ar"));
    assert!(json_of(&arabic)["title"].as_str().is_some_and(|title| !title.is_ascii()));
}

/// Every operation: path, method, and its description.
fn operations(whole: &Value) -> Vec<(String, String, Value)> {
    let paths = whole["paths"].as_object().expect("paths");
    let of_path = |(path, item): (&String, &Value)| {
        let methods = item.as_object().expect("methods").iter();
        methods.map(|(method, operation)| (path.clone(), method.to_uppercase(), operation.clone())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

#[test]
fn the_description_has_every_route_and_no_other() {
    let whole = described();
    assert!(whole["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")), "{}", whole["openapi"]);
    let said: BTreeSet<(String, String)> =
        operations(&whole).into_iter().map(|(path, method, _)| (path, method)).collect();
    let mut routed = BTreeSet::new();
    for entry in ROUTES.split(".route(\"").skip(1) {
        let (path, handlers) = entry.split_once('"').expect("a path");
        let line = handlers.lines().next().unwrap_or_default();
        for method in ["get", "post", "put"] {
            if line.contains(&format!("{method}(api::")) && !path.contains('*') && !path.ends_with(".json") {
                routed.insert((path.to_owned(), method.to_uppercase()));
            }
        }
    }
    assert_eq!(said, routed);
    let text = whole.to_string();
    for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(whole["components"]["schemas"].get(name).is_some(), "{name} is not described");
    }
}

/// A body that a schema allows: what is required, and nothing else.
fn body_of(whole: &Value, operation: &Value) -> Option<Value> {
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    Some(example(whole, schema)).filter(|_| !schema.is_null())
}

fn example(whole: &Value, schema: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str().and_then(|at| at.rsplit('/').next()) {
        return example(whole, &whole["components"]["schemas"][name]);
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object");
    match kind {
        "string" => json!("x"),
        "integer" => json!(1),
        "array" => json!([]),
        "boolean" => json!(true),
        _ => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let field = |name: &Value| {
                let name = name.as_str().unwrap_or_default().to_owned();
                let value = example(whole, &schema["properties"][&name]);
                (name, value)
            };
            Value::Object(required.iter().map(field).collect())
        }
    }
}

fn holds(operation: &Value, got: &Got, what: &str) {
    let said = &operation["responses"][got.status.as_str()];
    assert!(!said.is_null(), "{what}: {} is not described: {}", got.status, got.text);
    let kind = got.header("content-type").split(';').next().unwrap_or_default();
    assert!(said["content"].get(kind).is_some(), "{what}: {} as {kind:?}", got.status);
}

#[tokio::test]
async fn every_call_answers_as_it_is_described_whatever_is_sent() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("الترام").await;
    let held = comment(&paper, &story, "كلمة تنتظر").await;
    let (whole, owner) = (described(), Caller::all(&paper).await);
    let nobody = Caller { paper: &paper, key: "midad_x".into(), staff: owner.staff.clone() };
    for (path, method, operation) in operations(&whole) {
        let path = path.strip_prefix("/api/v1").expect("a path of ours");
        let real = path.replace("{story}", &story.id.short()).replace("{comment}", &held.short());
        let valid = body_of(&whole, &operation);
        for path in [real, path.replace(['{', '}'], ""), path.replace('{', "%00").replace('}', "")] {
            let bodies = [valid.clone(), None, Some(json!([])), Some(json!({ "nothing": 1 }))];
            for body in bodies {
                for query in ["", "?limit=0", "?limit=x", "?cursor=%00", "?nothing=1"] {
                    let (path, what) = (format!("{path}{query}"), format!("{method} {path}{query} {body:?}"));
                    let got = owner.ask(&method, &path, body.as_ref(), &[]).await;
                    holds(&operation, &got, &what);
                    let stranger = nobody.ask(&method, &path, body.as_ref(), &[]).await;
                    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED, "{what}");
                    holds(&operation, &stranger, &what);
                }
            }
        }
    }
    let got = owner.get("/nothing/here").await;
    assert_eq!((got.status, got.header("content-type")), (StatusCode::NOT_FOUND, MEDIA_TYPE));
    let wrong = owner.ask("DELETE", "/stories", None, &[]).await;
    assert_eq!((wrong.status, wrong.header("content-type")), (StatusCode::METHOD_NOT_ALLOWED, MEDIA_TYPE));
    let described = paper.get("/api/v1/openapi.json").await;
    assert_eq!((described.status, described.header("content-type")), (StatusCode::OK, "application/json"));
}

#[tokio::test]
async fn a_call_that_the_store_cannot_answer_says_when_to_call_again() {
    let paper = OpenPaper::open().await;
    let away = || async { ApiProblem::from(store::StoreError::Unreachable("away".to_owned())) };
    let slow = || async { StatusCode::SERVICE_UNAVAILABLE };
    let calls = axum::Router::new().route("/away", axum::routing::get(away)).route("/slow", axum::routing::get(slow));
    let calls = calls.layer(axum::middleware::from_fn_with_state(paper.app.clone(), in_words));
    for path in ["/away", "/slow"] {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let got = calls.clone().oneshot(request).await.expect("an answer");
        assert_eq!(got.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!(got.headers().get("retry-after").map(|wait| wait.as_bytes()), Some(&b"10"[..]), "{path}");
    }
}
