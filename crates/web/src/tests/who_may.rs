//! Every route as everybody, against the table in `who_may.txt`.

use super::browser::Browser;
use super::open_paper::{Got, OpenPaper};
use super::provider::FakeProvider;
use crate::guard::hash_of;
use crate::layout::{address, assets};
use axum::http::StatusCode;
use newsroom::comment::Revision;
use newsroom::order::{NewOrder, OrderKind};
use newsroom::people::{Measure, MeasureKind, Role};
use newsroom::site::Part;
use newsroom::story::Published;
use newsroom::{SectionId, StaffId, Timestamp};
use std::collections::BTreeMap;
use std::sync::Mutex;
use store::orders::{Document, Removal, Sealed};
use store::pages::Page;
use store::people::NewPasskey;
use store::pictures::PictureFile;
use store::rulebooks::NewRulebook;

const TABLE: &str = include_str!("who_may.txt");
const ROUTES: &str = concat!(
    include_str!("../routes/mod.rs"),
    include_str!("../routes/newsroom.rs"),
    include_str!("../routes/outside.rs"),
    include_str!("../routes/programs.rs"),
    include_str!("../routes/readers.rs")
);
/// Addresses that routes.rs takes by the name of a constant.
const NAMED: &[(&str, &str)] = &[("how_we_review::ADDRESS", crate::how_we_review::ADDRESS)];
/// The section that the staff of another section is bound to; the story of the stage stands in «المدينة».
const ANOTHER: SectionId = SectionId(2);

/// Somebody who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Guest,
    /// Has sent a comment that waits.
    Reader,
    /// May not comment, by a measure.
    Banned,
    /// Is signed in to an account.
    Account,
    /// Was, until that sign-in ran out.
    AccountExpired,
    /// Worked here, until the sign-in ran out.
    Expired,
    Staff(Role),
    /// Bound to another section.
    Elsewhere(Role),
}

const CAST: &[Who] = &[
    Who::Guest,
    Who::Reader,
    Who::Banned,
    Who::Account,
    Who::AccountExpired,
    Who::Expired,
    Who::Staff(Role::Reporter),
    Who::Elsewhere(Role::Moderator),
    Who::Elsewhere(Role::SubEditor),
    Who::Elsewhere(Role::Editor),
    Who::Staff(Role::Moderator),
    Who::Staff(Role::SubEditor),
    Who::Staff(Role::Editor),
    Who::Staff(Role::Owner),
];

/// A line of the table.
#[derive(Debug, Clone)]
struct Line {
    method: &'static str,
    path: &'static str,
    who: &'static str,
    form: &'static str,
}

fn lines() -> Vec<Line> {
    let line = |line: &'static str| {
        let mut words = line.split_whitespace();
        let mut word = || words.next().unwrap_or_default();
        Line { method: word(), path: word(), who: word(), form: word() }
    };
    TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(line).collect()
}

/// Whether the word of a line names somebody.
fn names(word: &str, who: Who) -> bool {
    use Role::{Editor, Moderator, Owner, Reporter, SubEditor};
    let (role, elsewhere) = match who {
        Who::Staff(role) => (Some(role), false),
        Who::Elsewhere(role) => (Some(role), true),
        _ => (None, false),
    };
    let (word, here_only) = match word.strip_prefix("their-") {
        Some(word) => (word, true),
        None => (word, false),
    };
    let one_of = |roles: &[Role]| role.is_some_and(|role| roles.contains(&role)) && !(here_only && elsewhere);
    match word {
        "everybody" => true,
        "author" => who == Who::Reader,
        "who-wrote" => matches!(who, Who::Reader | Who::Banned | Who::Account),
        "commenters" => who != Who::Banned,
        "readers" => who == Who::Account,
        "staff" => role.is_some(),
        "moderators" => one_of(&[Moderator, Editor, Owner]),
        "sub-editors" => one_of(&[SubEditor, Editor, Owner]),
        "writers" => one_of(&[Reporter, SubEditor, Editor, Owner]),
        "editors" => one_of(&[Editor, Owner]),
        "managing-editors" => one_of(&[Editor, Owner]) && !elsewhere,
        "owners" => one_of(&[Owner]),
        "by-key" | "nobody" => false,
        other => panic!("who_may.txt names nobody by {other}"),
    }
}

/// Shown the door: an error of who one is, or of a page the way to the sign-in. What is not there for somebody is refused as
/// well.
fn refused(line: &Line, got: &Got) -> bool {
    let door = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
    let shown_the_way =
        got.status == StatusCode::SEE_OTHER && ["/sign-in", "/reader"].contains(&got.header("location"));
    door.contains(&got.status) || (line.method == "GET" && shown_the_way)
}

type Cookies = BTreeMap<String, String>;

/// A paper with something behind every address.
struct Stage {
    paper: OpenPaper,
    /// What stands in a path or a form in place of `{name}`; by path where the same name means different things.
    things: BTreeMap<&'static str, String>,
    /// The cookies of those who have come so far.
    jars: Mutex<Vec<(Who, Cookies)>>,
}

async fn stage() -> Stage {
    let settings = crate::paper::Paper {
        posts_per_minute: 1_000,
        public_log: true,
        sends_mail: true,
        tells_by_telegram: true,
        ..crate::paper::Paper::default()
    };
    let paper = OpenPaper::open_beside(settings, None, Some(FakeProvider::new().wired())).await;
    let (store, now) = (&paper.app.store, paper.app.now());
    let story = paper.publishes_everything().await;
    let (salma, reader) = (Browser::of_staff(&paper, "قلم", Role::Owner).await, Browser::new(&paper));
    let public = reader.comments(&story, "هدى", "كلمة أولى").await;
    let ruled = salma.rules(&story, public, "release", "").await;
    let own = reader.comments(&story, "هدى", "كلمة ثانية").await;
    let held = Browser::new(&paper).comments(&story, "كريم", "كلمة ثالثة").await;
    let fourth = Browser::new(&paper).comments(&story, "كريم", "كلمة رابعة").await;
    let which = format!("{}.{fourth}.0", story.id);
    salma.post("/desk/bulk", &[("sent_as", "act-1"), ("act", "release"), ("which", &which)]).await;
    let body = newsroom::body::read_text_form("نحن.").0;
    store.keep_page(&Page { slug: "about".into(), title: "من نحن".into(), body, changed_at: now }).await.expect("kept");
    let (name, media_type, size) = ("tram.png".to_owned(), "image/png".to_owned(), (1, 1));
    store.keep_picture(&PictureFile { name, media_type, size, bytes: vec![1], kept_at: now }).await.expect("kept");
    let owner = store.staff().await.expect("staff")[0].id;
    let (key, ticket) = (r#"{"kind":"eddsa","point":""}"#.to_owned(), (hash_of("ticket"), now));
    let new = NewPasskey { credential: "x".into(), public_key: key, sign_count: 0, name: "هاتف".into(), ticket };
    store.add_passkey(owner, new, now).await.expect("added").expect("a new ticket");
    let passkey = store.keys_of(owner).await.expect("keys").passkeys[0].id;
    let session = store.sessions_of(owner, Timestamp::UNIX_EPOCH, now).await.expect("sessions")[0].id;
    let colleague = store.add_staff("زميل", Role::Reporter, now).await.expect("added").id;
    let new =
        NewRulebook {
            was: None, text: String::new(), fingerprint: "0".repeat(16), by: owner, why: "تجربة".into()
        };
    let (rules, _) = store.keep_rulebook(new, now).await.expect("kept rules");
    let link = crate::make_sign_in_link(&paper.app, owner, 1).await.expect("a link");
    let (visitor, measure) = measured(&paper, (story.id, public), owner, MeasureKind::Review).await;
    let banned = Browser::new(&paper);
    let bad = banned.comments(&story, "ضيف", "كلمة خامسة").await;
    measured(&paper, (story.id, bad), owner, MeasureKind::Ban).await;
    let (account, of_account) = of_account(&paper).await;
    let month = &store.months().await.expect("months")[0];
    let month = format!("{:04}-{:02}", month.year, month.month);
    let objected = of_redress(&paper, &story, &salma, &reader, owner).await;
    let (version, own_css) = furnished(&paper, owner).await;
    let (issue, page) = printed(&paper, owner).await;
    let mut things = BTreeMap::from([
        ("story", story.slug.clone()),
        ("number", "1".to_owned()),
        ("comment", own.short()),
        ("month", month),
        ("*path", assets::address("paper.css").trim_start_matches("/assets/").to_owned()),
        ("/pictures/{name}", "tram.png".to_owned()),
        ("ruling", ruled.header("location").trim_start_matches("/desk?done=").to_owned()),
        ("token", link.trim_start_matches("/sign-in/").to_owned()),
        ("visitor", visitor.short()),
        ("form visitor", visitor.short()),
        ("under", story.id.short()),
        ("measure", measure.short()),
        ("passkey", passkey.short()),
        ("session", session.short()),
        ("form story", story.id.short()),
        ("revision", store.story_revisions(story.id, None, 1).await.expect("revisions")[0].id.short()),
        ("note", noted(&paper, story.id, owner).await),
        ("form held", held.short()),
        ("erasure", erased(&paper).await),
        ("act", "act-1".to_owned()),
        ("/sections/{slug}", "city".to_owned()),
        ("/tags/{slug}", "نقل-عام".to_owned()),
        ("/writers/{slug}", story.text.bylines[0].slug.clone()),
        ("/pages/{slug}", "about".to_owned()),
        ("/desk/pages/{slug}", "about".to_owned()),
        ("reason", "insult".to_owned()),
        ("/s/{id}", story.id.short()),
        ("/desk/pictures/{name}", in_library(&paper).await),
        ("way", "hook".to_owned()),
        ("row", "lead".to_owned()),
        ("table", "days".to_owned()),
        ("part", "1".to_owned()),
        ("list", "pages.xml".to_owned()),
        ("format", "rss".to_owned()),
        ("/desk/offline/{language}", "ar".to_owned()),
        ("version", version),
        ("ways", chosen_ways(&paper, owner).await),
        ("issue", "4501".to_owned()),
        ("page", page),
        ("/desk/issues/{id}", issue),
        ("/house/{name}", own_css),
        ("advert", "front-top".to_owned()),
        ("site", other_site(&paper, owner).await),
        ("logo", "light".to_owned()),
        ("font", "text".to_owned()),
        ("slot", "0".to_owned()),
        ("launch", timed_front(&paper, owner).await),
        ("strip", raised(&paper, owner).await),
        ("entry", covered(&paper, story.id, owner).await),
        ("/desk/stories/{id}", story.id.short()),
        ("/desk/staff/{id}", colleague.short()),
        ("/desk/sections/{id}", SectionId(1).short()),
        ("/desk/rules/versions/{id}", rules.short()),
        ("section", SectionId(1).short()),
        ("/fediverse/stories/{id}", story.id.short()),
        ("job", newsroom::JobId(1).short()),
    ]);
    things.extend(objected);
    things.extend(of_orders(&paper, &story, owner).await);
    things.extend(of_account);
    things.extend(followed(&paper, owner).await);
    let jars = [(Who::Reader, &reader), (Who::Banned, &banned), (Who::Account, &account)];
    let jars = Mutex::new(jars.map(|(who, browser)| (who, browser.jar().clone())).to_vec());
    Stage { paper, things, jars }
}

/// Menus, own style rules, an advertisement and ads.txt: the id of a version, and the file's name of the rules.
async fn furnished(paper: &OpenPaper, by: StaffId) -> (String, String) {
    let (app, now) = (&paper.app, paper.app.now());
    let (version, _) = app.store.keep_site(Part::Menus, None, "{}", by, now).await.expect("menus");
    app.store.keep_site(Part::Css, None, "p { margin: 0 }", by, now).await.expect("rules");
    app.store.keep_site(Part::AdsTxt, None, "# none", by, now).await.expect("ads.txt");
    let ad = r#"{"front-top":{"html":"<p>","height":90,"on":true}}"#;
    app.store.keep_site(Part::Ads, None, ad, by, now).await.expect("an advertisement");
    app.site.take_up(&app.store).await.expect("read");
    let css = app.site.now().css_address().expect("rules");
    (version.short(), css.trim_start_matches("/house/").to_owned())
}

/// The paper's ways as the desk chose them; the version.
async fn chosen_ways(paper: &OpenPaper, by: StaffId) -> String {
    let (store, chosen) = (&paper.app.store, newsroom::country::ChosenWays::File);
    store.keep_paper_ways(None, &chosen, by, paper.app.now()).await.expect("chosen").0.short()
}

/// A newsletter that goes out, and a reader of it who has left and may come back.
async fn followed(paper: &OpenPaper, by: StaffId) -> [(&'static str, String); 5] {
    use crate::newsletter::{Purpose, key};
    use newsroom::followers::{FollowersPart, NewsletterSettings, Wish};
    let (app, now) = (&paper.app, paper.app.now());
    let on = NewsletterSettings { on: true, ..NewsletterSettings::default() };
    app.store.keep_follower_settings((FollowersPart::Newsletter, None), &on, by, now).await.expect("switched on");
    app.followers.take_up(&app.store).await.expect("read");
    let reader = super::browser::newsletter_reader(paper, "maya@readers.example", &Wish::default()).await;
    app.store.leave_newsletter(reader, now).await.expect("left");
    let (mine, leave) = (key(app, reader, Purpose::Mine), key(app, reader, Purpose::Leave));
    let (channel, delivery) = told_elsewhere(paper, by).await;
    let part = "key.txt".to_owned();
    [("mine", mine), ("leave", leave), ("channel", channel), ("delivery", delivery), ("keyfile", part)]
}

/// A channel that was told something, and what; search machines and browsers that are told too.
async fn told_elsewhere(paper: &OpenPaper, by: StaffId) -> (String, String) {
    use newsroom::followers::{About, ChannelKind, Event, FollowersPart, MachineSettings, PushSettings};
    let (store, now) = (&paper.app.store, paper.app.now());
    let key = "indexnow-key".to_owned();
    let on = MachineSettings { hub: String::new(), indexnow: "https://search.example/".into(), key };
    store.keep_follower_settings((FollowersPart::Machines, None), &on, by, now).await.expect("switched on");
    store.keep_follower_settings((FollowersPart::Push, None), &PushSettings { on: true }, by, now).await.expect("on");
    crate::fediverse::tests::reaches(paper).await;
    let new = store::channels::NewChannel {
        kind: ChannelKind::Hook,
        name: "برنامج".into(),
        address: "https://hooks.example/".into(),
        secret: String::new(),
        wish: Default::default(),
    };
    let (channel, _) = store.add_channel(new, by, now).await.expect("added").expect("there is room");
    let happening = newsroom::HappeningId(1);
    let new =
        store::channels::NewChannelDelivery { channel, happening, event: Event::Published, about: About::default() };
    store.put_channel_delivery(new, now).await.expect("put");
    let delivery = store.channel_deliveries(channel, None, 1).await.expect("deliveries")[0].id;
    (channel.short(), delivery.short())
}

/// A printed issue that readers have; its id, and the name of its first page.
async fn printed(paper: &OpenPaper, by: StaffId) -> (String, String) {
    let (store, now) = (&paper.app.store, paper.app.now());
    let (name, print, pictures) = ("4501.pdf".into(), "0".repeat(64), vec![(1, vec![1])]);
    let (pages, size, drawn, acts) = (1, (1, 1), true, false);
    let new = store::issues::NewIssueFile { name, bytes: vec![1], print, pages, size, drawn, acts, pictures };
    let file = store.keep_issue_file(new, by, now).await.expect("kept");
    let new = newsroom::printed::NewIssue::new("4501", "2026-01-01", paper.app.today()).expect("an issue");
    let (issue, _) = store.keep_issue(&new, file, by, now).await.expect("put in");
    store.publish_issue((issue, 1), by, now).await.expect("published");
    (issue.short(), format!("{file}-1.jpg"))
}

/// A note at a story.
async fn noted(paper: &OpenPaper, story: newsroom::StoryId, by: StaffId) -> String {
    let note = newsroom::story::NewNote { text: "من قال؟".into(), ..Default::default() };
    paper.app.store.note_story(story, &note, by, paper.app.now()).await.expect("noted").0.short()
}

/// A picture of the library; its name.
async fn in_library(paper: &OpenPaper) -> String {
    let (print, placeholder, words) = ("ab".to_owned(), String::new(), Default::default());
    let new = store::pictures::NewPicture {
        print,
        size: (1, 1),
        placeholder,
        words,
        bytes: vec![1],
        sizes: Vec::new(),
        more: false,
    };
    paper.app.store.keep_in_library(&new, None, paper.app.now()).await.expect("kept");
    "ab.jpg".to_owned()
}

/// A front page that the clock has; its id.
async fn timed_front(paper: &OpenPaper, by: StaffId) -> String {
    let (layout, now) = (newsroom::front::Layout::standard(&[]), paper.app.now());
    let goes_at = now + jiff::SignedDuration::from_hours(1);
    paper.app.store.time_front(&layout, None, goes_at, by, now).await.expect("timed").0.short()
}

/// Another site, under whose pages readers talk here; its id.
async fn other_site(paper: &OpenPaper, by: StaffId) -> String {
    let pages = vec![newsroom::outside::Pages::read("port.example").expect("a host")];
    let rules = newsroom::outside::Rules { pages, keep: Default::default() };
    let said =
        store::outside::SaidOfSite { name: "ميناء".into(), rules, policy: Default::default(), section: None };
    paper.app.store.add_other_site(&said, by, paper.app.now()).await.expect("added").0.short()
}

/// A strip of breaking news that stands; its id.
async fn raised(paper: &OpenPaper, by: StaffId) -> String {
    let now = paper.app.now();
    let until = now + jiff::SignedDuration::from_hours(1);
    let new = newsroom::breaking::NewStrip { text: "عاجل".to_owned(), story: None, until };
    paper.app.store.raise_strip(&new, None, by, now).await.expect("raised").0.short()
}

/// An update of the story's live coverage, which is open; its id.
async fn covered(paper: &OpenPaper, story: newsroom::StoryId, by: StaffId) -> String {
    let (store, now) = (&paper.app.store, paper.app.now());
    store.open_coverage(story, now + jiff::SignedDuration::from_hours(1), by, now).await.expect("opened");
    let new = newsroom::live::NewEntry { headline: String::new(), text: "خبر".to_owned(), important: false };
    store.write_live_entry(story, &new, by, now).await.expect("written").0.short()
}

/// A reader's account with a passkey, and a link that nobody has opened.
async fn of_account(paper: &OpenPaper) -> (Browser<'_>, [(&'static str, String); 4]) {
    let (store, now) = (&paper.app.store, paper.app.now());
    let account = Browser::of_reader(paper, "huda@readers.example").await;
    let token = account.jar()[crate::guard::reader_cookie(&paper.app)].clone();
    let (_, reader) =
        store.reader_session(&hash_of(&token), Timestamp::UNIX_EPOCH, now).await.expect("read").expect("a sign-in");
    let (key, ticket) = (r#"{"kind":"eddsa","point":""}"#.to_owned(), (hash_of("another"), now));
    let new = NewPasskey { credential: "y".into(), public_key: key, sign_count: 0, name: "هاتف".into(), ticket };
    assert!(store.add_reader_passkey(reader.id, new, now).await.expect("added"));
    let own = store.reader_passkeys(reader.id).await.expect("keys")[0].id.short();
    let place = store.reader_sessions(reader.id, Timestamp::UNIX_EPOCH, now).await.expect("places")[0].id.short();
    let link = super::browser::reader_link(paper, "karim@readers.example", now).await;
    let stop = crate::mail::key(&paper.app, reader.id, newsroom::people::NoticeKind::Reply);
    (account, [("own", own), ("place", place), ("link", link), ("stop", stop)])
}

/// A report, a trusted flagger and an objection.
async fn of_redress(
    paper: &OpenPaper,
    story: &Published,
    salma: &Browser<'_>,
    reader: &Browser<'_>,
    owner: StaffId,
) -> [(&'static str, String); 4] {
    let (store, now) = (&paper.app.store, paper.app.now());
    let report = format!("{}/comments/1/report", address::story(&story.slug));
    let sent = Browser::new(paper).post(&report, &[("reason", "insult")]).await;
    let receipt = sent.header("location").trim_start_matches("/reports/").trim_end_matches("?sent=now").to_owned();
    store.add_flagger("مرصد", &crate::guard::hash_of("key"), owner, now).await.expect("a flagger");
    let flagger = store.flaggers().await.expect("flaggers")[0].id.short();
    let refused = reader.comments(story, "هدى", "كلمة مرفوضة").await;
    salma.rules(story, refused, "refuse", "insult").await;
    reader.post(&format!("/me/{refused}/appeal"), &[("text", "لا إهانة فيها")]).await;
    let appeal = store.open_appeals(None, None, 1).await.expect("appeals")[0].id.short();
    [("receipt", receipt), ("key", "key".to_owned()), ("flagger", flagger), ("appeal", appeal)]
}

/// An order that was carried out, with its document, sealed to a key.
async fn of_orders(paper: &OpenPaper, story: &Published, owner: StaffId) -> [(&'static str, String); 4] {
    let (store, now) = (&paper.app.store, paper.app.now());
    let (_, public) = crate::orders::sealing::new_key();
    store.add_order_key(&public, "خزنة", owner, now).await.expect("a key");
    let key = store.order_keys().await.expect("keys")[0].id.short();
    let comment = Browser::new(paper).comments(story, "كريم", "كلمة أُمر بإزالتها").await;
    let new = NewOrder {
        kind: OrderKind::Court,
        authority: "محكمة متخيلة".into(),
        contact: String::new(),
        country: "LB".into(),
        reference: "7".into(),
        received_at: now,
        silent_until: None,
    };
    let (order, _) = store.enter_order(&new, owner, now).await.expect("entered");
    let sealed = Sealed { text: "YWdl".into(), print: "0".repeat(64) };
    let removal = Removal { story: story.id, comment, read: Revision::FIRST, sealed: Some(sealed.clone()) };
    store.carry_out_order(order, vec![removal], (owner, ""), now).await.expect("carried out");
    let (name, media_type) = ("order.txt".into(), "text/plain".into());
    let document = Document { name, media_type, print: "0".repeat(64), at: now };
    store.keep_order_document(order, &document, &sealed, owner).await.expect("kept");
    [("order", order.short()), ("recipient", key), ("ordered", comment.short()), ("form recipient", public)]
}

/// The receipt of an erasure of somebody who never wrote.
async fn erased(paper: &OpenPaper) -> String {
    let (store, now) = (&paper.app.store, paper.app.now());
    let (nobody, by) = (newsroom::VisitorId(store.id(now)), newsroom::people::Actor::Program);
    let scope = store::erasures::Scope::Everything(newsroom::VisitorId(-1));
    let asked = store.ask_erasure(nobody, scope, (by, ""), now).await.expect("asked");
    crate::guard::erasure_receipt(&paper.app, asked)
}

/// Who wrote a comment, with a measure on them.
async fn measured(
    paper: &OpenPaper,
    (story, comment): (newsroom::StoryId, newsroom::CommentId),
    by: newsroom::StaffId,
    kind: MeasureKind,
) -> (newsroom::VisitorId, newsroom::MeasureId) {
    let (store, at) = (&paper.app.store, paper.app.now());
    let (visitor, id) = (store.author_of(story, comment).await.expect("an author"), newsroom::MeasureId(store.id(at)));
    let why = "تجربة".to_owned();
    let measure = Measure { id, visitor, kind, why, by, at, until: None, acknowledged: None };
    store.take_measure(&measure).await.expect("taken");
    (visitor, id)
}

impl Stage {
    /// The same stage as it stands, with a paper of its own.
    async fn copied(&self) -> Self {
        let paper = self.paper.copied(Some(FakeProvider::new().wired())).await;
        let jars = Mutex::new(self.jars.lock().expect("jars").clone());
        Self { paper, things: self.things.clone(), jars }
    }

    /// What stands for a name at a place.
    fn thing(&self, place: &str, name: &str) -> &str {
        let of_path = self.things.iter().find(|(key, _)| key.starts_with('/') && place.starts_with(*key));
        let found = self.things.get(name).or_else(|| of_path.map(|(_, thing)| thing));
        found.unwrap_or_else(|| panic!("the stage has no {{{name}}} for {place}"))
    }

    fn path(&self, line: &Line) -> String {
        let parts = line.path.split('/').map(|part| {
            let cut = part.split_once('{').and_then(|(begins, name)| Some((begins, name.strip_suffix('}')?)));
            match cut.map(|(begins, name)| (begins, name, self.thing(line.path, name))) {
                Some((_, "*path", thing)) => thing.to_owned(),
                Some((begins, _, thing)) => format!("{begins}{}", address::encoded(thing)),
                None => part.to_owned(),
            }
        });
        parts.collect::<Vec<_>>().join("/")
    }

    fn form(&self, line: &Line) -> Vec<(String, String)> {
        let pairs = line.form.split('&').filter_map(|pair| pair.split_once('='));
        let filled = pairs.map(|(name, value)| {
            let thing = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
            let value = thing.map_or(value, |thing| self.thing(line.path, &format!("form {thing}")));
            (name.to_owned(), value.to_owned())
        });
        filled.collect()
    }

    /// Somebody comes with the cookies they got when they came first.
    async fn browser(&self, who: Who) -> Browser<'_> {
        let browser = Browser::new(&self.paper);
        let known = self.jars.lock().expect("jars").iter().find(|(one, _)| *one == who).map(|(_, jar)| jar.clone());
        if let Some(jar) = known {
            *browser.jar() = jar;
            return browser;
        }
        match who {
            Who::Guest | Who::Reader | Who::Banned | Who::Account => {}
            Who::AccountExpired => browser.reads_as_account(Timestamp::UNIX_EPOCH).await,
            Who::Expired => drop(browser.signs_in(Role::Owner, &[], Timestamp::UNIX_EPOCH).await),
            Who::Staff(role) => drop(browser.signs_in(role, &[], self.paper.app.now()).await),
            Who::Elsewhere(role) => drop(browser.signs_in(role, &[ANOTHER], self.paper.app.now()).await),
        }
        self.jars.lock().expect("jars").push((who, browser.jar().clone()));
        browser
    }

    async fn ask(&self, line: &Line, who: Who) -> Got {
        let form = self.form(line);
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let from_here = [("sec-fetch-site", "same-origin")];
        // Some answers are streams without an end: nobody reads them here.
        self.browser(who).await.send_unread(line.method, &self.path(line), &form, &from_here).await
    }
}

/// Methods and paths as routes.rs has them.
fn routes() -> Vec<(&'static str, String)> {
    let mut routes = Vec::new();
    for entry in ROUTES.split(".route(").skip(1) {
        let (path, handlers) = entry.split_once(',').expect("a path and its handlers");
        let path = path.trim().trim_matches('"');
        let path = NAMED.iter().find(|(name, _)| *name == path).map_or(path, |(_, path)| path);
        let handlers = handlers.split(".route(").next().unwrap_or_default();
        let handlers = handlers.split(';').next().unwrap_or_default();
        for (method, word) in [("GET", "get("), ("POST", "post("), ("PUT", "put("), ("DELETE", "delete(")] {
            if handlers.contains(word) {
                routes.push((method, path.to_owned()));
            }
        }
    }
    routes
}

#[test]
fn every_route_has_its_line_and_every_line_its_route() {
    let (routes, lines) = (routes(), lines());
    assert!(routes.len() > 50, "routes.rs was read");
    for (method, path) in &routes {
        let count = lines.iter().filter(|line| line.method == *method && line.path == path).count();
        assert_eq!(count, 1, "{method} {path}: lines in who_may.txt");
    }
    for line in &lines {
        let known = routes.iter().any(|(method, path)| *method == line.method && path == line.path);
        assert!(known, "{} {} stands in who_may.txt and in no route", line.method, line.path);
        names(line.who, Who::Guest);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_comes_in_who_is_not_named_and_everybody_who_is() {
    let (reading, sending): (Vec<_>, Vec<_>) = lines().into_iter().partition(|line| line.method == "GET");
    let mut wrong = Vec::new();
    let (shared, fresh) = (stage().await, stage().await);
    for line in &reading {
        let (in_the_table, not) = cast(line);
        wrong.extend(asked_by(&shared, line, &[not, in_the_table].concat()).await);
    }
    for line in &sending {
        // What is refused changes nothing; what one person does must not be what keeps the next one out.
        let (in_the_table, not) = cast(line);
        wrong.extend(asked_by(&shared, line, &not).await);
        if !in_the_table.is_empty() {
            wrong.extend(asked_by(&fresh.copied().await, line, &in_the_table).await);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Those whom a line names, and those whom it does not.
fn cast(line: &Line) -> (Vec<Who>, Vec<Who>) {
    CAST.iter().partition(|who| names(line.who, **who))
}

async fn asked_by(stage: &Stage, line: &Line, who: &[Who]) -> Vec<String> {
    let mut wrong = Vec::new();
    for who in who.iter().copied() {
        let got = stage.ask(line, who).await;
        let named = names(line.who, who);
        if refused(line, &got) == named {
            let what = if named { "is refused" } else { "comes in" };
            wrong.push(format!("{} {}: {who:?} {what} ({}), named: {}", line.method, line.path, got.status, line.who));
        }
    }
    wrong
}

/// The table itself: section-bound staff is held to less than the whole paper's, never to more.
#[test]
fn another_sections_staff_is_named_nowhere_where_its_own_is_not() {
    for line in lines() {
        for who in CAST {
            if let Who::Elsewhere(role) = who {
                let here = names(line.who, Who::Staff(*role));
                assert!(here || !names(line.who, *who), "{} {}", line.method, line.path);
            }
        }
    }
}
