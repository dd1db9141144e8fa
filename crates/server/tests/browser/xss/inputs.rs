//! What is typed and by whom: readers, the staff, and readers under a page of another site. Everything goes in by the forms.

use super::payloads::Payload;
use crate::running::mailbox::{Arrived, Mailbox};
use crate::running::{Reader, Running};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::SET_COOKIE;
use serde_json::{Value, json};
use std::time::Duration;

/// How a reader signs who says it in the words.
pub const NAME: &str = "قارئة من الميناء";
/// The most that the name of a section takes.
const MOST_OF_SECTION: usize = 40;
/// The most that a dateline takes.
const MOST_OF_DATELINE: usize = 100;
/// The most that breaking news take.
const MOST_OF_STRIP: usize = 120;
/// The most that a search takes, and a report.
const MOST_OF_SEARCH: usize = 190;
const MOST_OF_REPORT: usize = 1_900;
/// How long a letter may take.
const LETTER: Duration = Duration::from_secs(90);
/// To whom the newsletter's trial goes.
const TO: &str = "desk@harbour.example";

/// A public story: its short id and its path.
pub struct Written {
    /// As the desk calls it.
    pub id: String,
    /// Where readers find it.
    pub path: String,
}

/// A comment as the desk calls it: of which story, which one.
pub struct Waiting {
    /// The story's short id.
    pub story: String,
    /// Its own.
    pub comment: String,
}

/// Somebody of the staff who signed in by a link, and the cookies by which a browser is them, too.
pub async fn signed_in(paper: &Running, role: &str) -> (Reader, Vec<(String, String)>) {
    let reader = paper.reader();
    let link = paper.link_for(role).await;
    let path = link.strip_prefix(&paper.address).expect("a link of this paper");
    let came = reader.send(path, &[]).await;
    assert_eq!(came.status, 303, "{}", came.body);
    let set = came.headers.get_all(SET_COOKIE).iter();
    let pairs = set.filter_map(|one| one.to_str().ok()?.split(';').next()?.split_once('='));
    let cookies = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    (reader, cookies)
}

/// Sends a form that must be taken; where its answer leads.
pub async fn takes(reader: &Reader, path: &str, fields: &[(&str, &str)]) -> String {
    let sent = reader.send(path, fields).await;
    assert_eq!(sent.status, 303, "{path} {fields:?}: {}", sent.body);
    sent.location().unwrap_or_default().to_owned()
}

/// A text as a part of an address.
pub fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// The file of a picture of the library; empty where it has none.
pub async fn picture(owner: &Reader) -> String {
    let library = owner.get("/desk/pictures.json").await;
    let library: Value = serde_json::from_str(&library.body).expect("JSON");
    library["pictures"][0]["file"].as_str().unwrap_or_default().to_owned()
}

/// A section with such a name at this address; its short id.
pub async fn section(owner: &Reader, slug: &str, some: &[Payload]) -> String {
    let fits = some.iter().find(|payload| payload.is_line() && payload.text.chars().count() <= MOST_OF_SECTION);
    let name = fits.map_or(slug, |payload| payload.text.as_str());
    takes(owner, "/desk/sections", &[("name", name), ("slug", slug)]).await;
    let edit = takes(owner, "/desk/stories", &[]).await;
    let page = owner.get(&edit).await.body;
    let options =
        page.split("id=\"w-section\"").nth(1).and_then(|rest| rest.split("</select>").next()).unwrap_or_default();
    // The one that came last stands last.
    let last = options.rsplit("<option value=\"").next().and_then(|option| option.split('"').next());
    last.filter(|id| !id.is_empty()).expect("a section").to_owned()
}

/// A story with a text in each of its fields and in each kind of block, published.
pub async fn story(owner: &Reader, (section, picture): (&str, &str), some: &[Payload], at: usize) -> Written {
    let edit = takes(owner, "/desk/stories", &[]).await;
    let desk = edit.strip_suffix("/edit").expect("where it is written");
    let version = owner.get(&edit).await.values("data-version", "").remove(0);
    let text = |field: usize| some[(at + field) % some.len()].text.as_str();
    let dateline = if text(5).chars().count() <= MOST_OF_DATELINE { text(5) } else { "" };
    let (standfirst, body) = (format!("{} {}", text(4), text(20)), body(some, at, picture).to_string());
    let fields = [
        ("version", version.as_str()),
        ("headline", text(0)),
        ("kicker", text(1)),
        ("front_headline", text(2)),
        ("push_headline", text(3)),
        ("standfirst", standfirst.as_str()),
        ("dateline", dateline),
        ("bylines", text(6)),
        ("tags", text(7)),
        ("section", section),
        ("comments", "open-after-review"),
        ("lead", picture),
        ("lead_alt", text(8)),
        ("lead_caption", text(9)),
        ("lead_credit", text(10)),
        ("note_text", text(11)),
        ("body", body.as_str()),
    ];
    let kept = owner.send(&format!("{desk}/text"), &fields).await;
    // Where an address leads to where a page may not lead, it is left out, and the page says so.
    assert!([200, 303].contains(&kept.status.as_u16()), "{}: {}", kept.status, kept.body);
    let path = takes(owner, &format!("{desk}/publication"), &[("section", section)]).await;
    assert!(path.starts_with("/stories/"), "{path}");
    Written { id: desk.rsplit('/').next().unwrap_or_default().to_owned(), path }
}

/// A body with each kind of block, as the editor's script sends it.
fn body(some: &[Payload], at: usize, picture: &str) -> Value {
    let text = |field: usize| some[(at + field) % some.len()].text.as_str();
    let words = |field: usize| json!([{ "text": text(field) }]);
    let mut blocks: Vec<Value> = (0..4).map(|field| json!({ "block": "paragraph", "text": words(field) })).collect();
    blocks.extend([
        json!({ "block": "heading", "level": 2, "text": words(4) }),
        json!({ "block": "list", "ordered": false, "entries": [words(5), words(6)] }),
        json!({ "block": "quote", "text": words(7), "source": text(8) }),
        json!({ "block": "paragraph", "text": [{ "text": text(9), "strong": true, "link": text(9) }] }),
        json!({ "block": "link-card", "address": "https://harbour.example/quay", "title": text(10), "description": text(11) }),
        json!({ "block": "link-card", "address": text(12), "title": text(12), "description": text(12) }),
        json!({ "block": "table", "header": true, "rows": [[words(13)], [words(14)]] }),
        json!({ "block": "note", "text": words(15) }),
        json!({ "block": "correction", "text": words(16) }),
    ]);
    if !picture.is_empty() {
        let said =
            json!({ "block": "picture", "file": picture, "alt": text(17), "caption": text(18), "credit": text(19) });
        blocks.push(said);
    }
    Value::Array(blocks)
}

/// What is put right in a public story, and what colleagues note at it.
pub async fn corrects(owner: &Reader, story: &Written, some: &[Payload]) {
    let desk = format!("/desk/stories/{}", story.id);
    let correction = joined(some, MOST_OF_SEARCH).remove(0);
    takes(owner, &format!("{desk}/changes"), &[("how", "correction"), ("correction", correction.as_str())]).await;
    for payload in some {
        takes(owner, &format!("{desk}/notes"), &[("note_text", payload.text.as_str())]).await;
    }
}

/// A comment that waits.
pub async fn comment(guest: &Reader, story: &str, text: &str) {
    let sent = guest.try_to_comment(story, NAME, text).await.expect("an answer");
    assert_eq!(sent.status, 303, "{text}: {}", sent.body);
}

/// The form as it comes back where the name is no name: with what was typed.
pub async fn refused_name(guest: &Reader, story: &str, text: &str) -> String {
    let long = format!("{text} {}", "x".repeat(60));
    let sent = guest.try_to_comment(story, &long, text).await.expect("an answer");
    assert_eq!(sent.status, 422, "{text}: {}", sent.body);
    sent.body
}

/// The comments of a story that wait, as far as a page of the desk shows them.
pub async fn waiting(owner: &Reader, story: &str) -> Vec<Waiting> {
    let ticks = owner.get(&format!("/desk?story={story}")).await.values("value", &format!("{story}."));
    let pairs = ticks.iter().filter_map(|tick| tick.split_once('.'));
    pairs.map(|(story, comment)| Waiting { story: story.to_owned(), comment: comment.to_owned() }).collect()
}

/// Lets everything through that waits under a story; how many that were. `act`: the beginning of the acts' names.
pub async fn release(owner: &Reader, story: &str, act: &str) -> usize {
    let mut released = 0;
    for turn in 0..100 {
        let some = waiting(owner, story).await;
        if some.is_empty() {
            return released;
        }
        let name = format!("{act}-{turn}");
        let which: Vec<String> = some.iter().map(|one| format!("{}.{}.0", one.story, one.comment)).collect();
        let mut fields = vec![("act", "release"), ("sent_as", name.as_str())];
        fields.extend(which.iter().map(|one| ("which", one.as_str())));
        takes(owner, "/desk/bulk", &fields).await;
        released += some.len();
    }
    panic!("there is no end of what waits under {story}");
}

/// What moderators write for colleagues about a comment and its author, with which it is refused; the author's page.
pub async fn refuses(owner: &Reader, about: &Waiting, some: &[Payload]) -> String {
    let ids = [("story", about.story.as_str()), ("comment", about.comment.as_str())];
    let author = owner.get(&format!("/desk/comments/{}/{}/visitor", about.story, about.comment)).await;
    let author = author.location().expect("the author's page").to_owned();
    for payload in some {
        let note = [("act", "note"), ("note", payload.text.as_str())];
        takes(owner, "/desk/care", &[&ids[..], &note[..]].concat()).await;
        takes(owner, &format!("{author}/notes"), &[("text", payload.text.as_str())]).await;
    }
    let why = joined(some, MOST_OF_SEARCH).remove(0);
    // A reason that its author reads in the moderator's own words.
    let ruling = [("state", "held"), ("revision", "0"), ("act", "refuse"), ("reason", "other"), ("why", why.as_str())];
    takes(owner, "/desk/rulings", &[&ids[..], &ruling[..]].concat()).await;
    author
}

/// The author of a refused comment objects.
pub async fn objects(guest: &Reader, about: &Waiting, some: &[Payload]) {
    let words = joined(some, MOST_OF_REPORT).remove(0);
    takes(guest, &format!("/me/{}/appeal", about.comment), &[("text", words.as_str())]).await;
}

/// A reader reports the first comments of a story, as many as it takes for all texts; the receipts.
pub async fn reports(reader: &Reader, story: &str, some: &[Payload]) -> Vec<String> {
    let forms = reader.get(story).await.values("href", "/stories/");
    let forms: Vec<String> = forms.into_iter().filter(|path| path.ends_with("/report")).collect();
    let mut receipts = Vec::new();
    for (form, words) in forms.iter().zip(joined(some, MOST_OF_REPORT)) {
        receipts.push(takes(reader, form, &[("reason", "other"), ("words", words.as_str())]).await);
    }
    assert!(!receipts.is_empty(), "nothing under {story} can be reported");
    receipts
}

/// What is looked for: every text, as many at once as a search takes.
pub fn searches(some: &[Payload]) -> Vec<String> {
    joined(some, MOST_OF_SEARCH)
}

/// Breaking news with the first text that fits.
pub async fn raises(owner: &Reader, some: &[Payload]) {
    let fits = |payload: &&Payload| payload.is_line() && payload.text.chars().count() <= MOST_OF_STRIP;
    let text = some.iter().find(fits).expect("a short one").text.as_str();
    takes(owner, "/desk/breaking", &[("act", "raise"), ("text", text), ("stands", "hour")]).await;
}

/// Ends them.
pub async fn lowers(owner: &Reader) {
    let ends = owner.get("/desk/breaking").await.values("action", "/desk/breaking/");
    takes(owner, ends.first().expect("a strip that stands"), &[]).await;
}

/// Another site, with pages at this host; its short id.
pub async fn site(owner: &Reader, host: &str) -> String {
    let fields = [("name", "Quay"), ("pages", host), ("policy", "open-after-review")];
    let page = takes(owner, "/desk/embeds", &fields).await;
    page.rsplit('/').next().expect("a site").to_owned()
}

/// Comments under a page of another site; the path of the thread in the paper and its short id.
pub async fn comments_elsewhere(reader: &Reader, site: &str, page: &str, some: &[Payload]) -> (String, String) {
    let origin = page.split('/').take(3).collect::<Vec<_>>().join("/");
    // As many texts as one comment takes: another site's readers are taken at a pace that no setting changes.
    for (words, payload) in joined(some, MOST_OF_REPORT).iter().zip(some).take(1) {
        let fields = [("url", page), ("title", payload.text.as_str()), ("name", NAME), ("text", words.as_str())];
        let sent = reader.try_to_send_from(&origin, &format!("/embed/{site}/comments"), &fields).await;
        let sent = sent.expect("an answer");
        assert_eq!(sent.status, 201, "{words}: {}", sent.body);
    }
    let there = reader.get(&format!("/embed/{site}/page?url={}", encoded(page))).await;
    let path = there.location().expect("a thread").to_owned();
    let id = path.replace("%7E", "~").rsplit('~').next().unwrap_or_default().to_owned();
    (path, id)
}

/// A letter of the newsletter as it arrives, about the stories of now.
pub async fn letter(owner: &Reader, mailbox: &Mailbox, paper: &str) -> Arrived {
    takes(owner, "/desk/me/notices/mail", &[("address", TO)]).await;
    let asked = tokio::time::timeout(LETTER, mailbox.letter(TO, |_| true)).await.expect("a letter with a link");
    let link = asked.text.split_whitespace().find(|word| word.contains("/desk/me/notices/address/")).expect("a link");
    takes(owner, link.strip_prefix(paper).expect("a link of this paper"), &[]).await;
    takes(owner, "/desk/newsletter/trial", &[]).await;
    let is_told = |letter: &Arrived| letter.html.contains("role=\"presentation\"");
    tokio::time::timeout(LETTER, mailbox.letter(TO, is_told)).await.expect("the newsletter")
}

/// The texts behind one another, as many at once as there is room for.
fn joined(some: &[Payload], most: usize) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for payload in some {
        match all.last_mut() {
            Some(last) if last.chars().count() + payload.text.chars().count() < most => {
                last.push(' ');
                last.push_str(&payload.text);
            }
            _ => all.push(payload.text.clone()),
        }
    }
    all
}
