//! A reader's data go, and then no byte of the database's files and of the export holds any of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // a test that cannot go on says why

#[path = "../../store/tests/both/mod.rs"]
mod both;
#[path = "../../store/tests/paper/mod.rs"]
mod paper;

use both::Trial;
use moderation::{Category, Finding, Reason, Verdict};
use moving::everything::write_everything;
use newsroom::comment::{
    Decision, DisplayName, Ground, Held, NewReport, RefusalReason, Revision, RuledBy, Ruling, Side, Submitted,
};
use newsroom::people::{Actor, Measure, MeasureKind, Visitor};
use newsroom::{CommentId, MeasureId, RulingId, StaffId, StoryId, Timestamp, VisitorId};
use paper::at;
use std::path::{Path, PathBuf};
use store::appeals::NewAppeal;
use store::erasures::{Scope, Wiped};
use store::reports::Reported;
use store::suggestions::{Suggestion, SuggestionMark};
use store::{Place, Store};

const RIM: VisitorId = VisitorId(7_701_234_567_801);
const OTHER: Visitor = Visitor { id: VisitorId(702) };
/// Under which Rim's ban goes on.
const KEPT: VisitorId = VisitorId(-88_001);

/// Words that stand in one place each; no two begin alike, so that no index writes one by what another has.
const MARKS: &[&str] = &[
    "quartzite",
    "vermilion",
    "juniper",
    "falconry",
    "obsidian",
    "marzipan",
    "tamarisk",
    "hyacinth",
    "kestrel",
    "bergamot",
    "saffron",
    "walnut",
    "zeppelin",
    "yarrow",
    "nutmeg",
    "icicle",
    "cinnabar",
    "dulcimer",
    "eglantine",
    "gossamer",
    "lodestar",
    "umbrella",
    "wisteria",
];

/// Somebody who writes down what was marked.
struct Marking {
    store: Store,
    story: StoryId,
    salma: StaffId,
    second: i64,
    marks: std::slice::Iter<'static, &'static str>,
}

impl Marking {
    fn at(&mut self) -> Timestamp {
        self.second += 10;
        at(self.second)
    }

    /// A text with the next mark in it.
    fn words(&mut self) -> String {
        format!("كلام {} عن المحطة", self.marks.next().expect("a mark for every place"))
    }

    async fn sends(&mut self, by: Visitor, name: &str, text: &str, reply_to: Option<CommentId>) -> CommentId {
        let at = self.at();
        let id = CommentId(self.store.id(at));
        self.store.keep_comment(&self.held(id, by, (name, text), reply_to, at)).await.unwrap();
        id
    }

    fn held(
        &self,
        id: CommentId,
        visitor: Visitor,
        (name, text): (&str, &str),
        reply_to: Option<CommentId>,
        at: Timestamp,
    ) -> Held {
        let name = DisplayName::new(name, []).unwrap();
        let host = text.split(' ').nth(1).unwrap_or_default().to_owned();
        let reason = Reason::Link { host };
        let verdict = Verdict {
            findings: vec![Finding { reason, category: Category::Links, ranges: Vec::new(), weight: 1 }],
            ..Verdict::default()
        };
        Held {
            submitted: Submitted { id, story: self.story, visitor, name, text: text.to_owned(), reply_to, at },
            verdict,
        }
    }

    async fn rules(&mut self, comment: CommentId, decision: Decision, revision: Revision, why: &str) -> RulingId {
        let at = self.at();
        let id = RulingId(self.store.id(at));
        let (story, by, why) = (self.story, RuledBy::Staff(self.salma), why.to_owned());
        self.store.rule(&Ruling { id, story, comment, decision, by, at, why }, revision).await.unwrap();
        id
    }

    async fn reports(&mut self, comment: CommentId, by: Visitor, report: NewReport) -> Reported {
        let at = self.at();
        self.store.report_comment((self.story, comment), by, report, None, at).await.unwrap()
    }

    async fn measures(&mut self, kind: MeasureKind) {
        let (at, why) = (self.at(), self.words());
        let id = MeasureId(self.store.id(at));
        let measure = Measure { id, visitor: RIM, kind, why, by: self.salma, at, until: None, acknowledged: None };
        self.store.take_measure(&measure).await.unwrap();
    }
}

const RELEASE: Decision = Decision::Release { collapsed: false, links: false };
const REFUSE: Decision = Decision::Refuse { reason: RefusalReason::Other };

fn report(words: String, law: String, name: &str, email: &str) -> NewReport {
    let (name, email) = (name.to_owned(), email.to_owned());
    NewReport { ground: Ground::Law(law), words, name, email, good_faith: true }
}

/// Marked words of Rim in every place that takes some, and of others about them. The refused and the released comment.
async fn write_everywhere(m: &mut Marking) -> (CommentId, CommentId) {
    let rim = Visitor { id: RIM };
    let name = format!("ريم {}", m.marks.next().unwrap());
    let text = m.words();
    let released = m.sends(rim, &name, &text, None).await;
    let why = m.words();
    m.rules(released, RELEASE, Revision::FIRST, &why).await;
    m.sends(OTHER, "كريم", "أوافقك على هذا", Some(released)).await;
    let (words, law) = (m.words(), m.words());
    m.reports(released, OTHER, report(words, law, "", "")).await;
    let first = m.words();
    let rewritten = m.sends(rim, &name, &first, None).await;
    let (second, at) = (m.words(), m.at());
    m.store.rewrite_comment(&m.held(rewritten, rim, (&name, &second), None, at)).await.unwrap();
    let text = m.words();
    let refused = m.sends(rim, &name, &text, None).await;
    let why = m.words();
    let ruling = m.rules(refused, REFUSE, Revision::FIRST, &why).await;
    object(m, ruling, (Side::Author, None)).await;
    let text = m.words();
    let withdrawn = m.sends(rim, &name, &text, None).await;
    let at = m.at();
    m.store.withdraw_comment(m.story, withdrawn, rim, at).await.unwrap();
    let text = m.words();
    let down = m.sends(rim, &name, &text, None).await;
    m.rules(down, RELEASE, Revision::FIRST, "").await;
    m.rules(down, Decision::TakeDown { reason: RefusalReason::PrivateData }, Revision::FIRST, "").await;
    let text = m.words();
    let answer = m.sends(rim, &name, &text, Some(released)).await;
    beside(m, answer).await;
    of_others(m).await;
    for kind in [MeasureKind::Warn, MeasureKind::Ban] {
        m.measures(kind).await;
    }
    let (note, at) = (m.words(), m.at());
    m.store.note_visitor(RIM, m.salma, &note, at).await.unwrap();
    (refused, released)
}

/// What the desk writes beside a waiting comment; and the same text from another system.
async fn beside(m: &mut Marking, comment: CommentId) {
    let by = Actor::Staff(m.salma);
    let (note, doubt, at) = (m.words(), m.words(), m.at());
    m.store.note_comment((m.story, comment), &note, by, at).await.unwrap();
    m.store.escalate((m.story, comment), (m.salma, false), &doubt, at).await.unwrap();
    let text = m.store.queue_entry(m.story, comment).await.unwrap().text;
    let (client, _) = m.store.add_api_client("ملتقى", &store::people::TokenHash("9".repeat(64)), 6, at).await.unwrap();
    let (token, community, context) = ("t".to_owned(), "c".to_owned(), Vec::new());
    let suggestion = Suggestion { client: client.id, at, text, scores: [].into(), token, community, context };
    m.store.keep_suggestion(&suggestion, &SuggestionMark("8".repeat(64))).await.unwrap();
}

/// Rim reports another reader's comment and complains about the outcome.
async fn of_others(m: &mut Marking) {
    let theirs = m.sends(OTHER, "كريم", "رأي كريم في القطار", None).await;
    m.rules(theirs, RELEASE, Revision::FIRST, "").await;
    let (words, law) = (m.words(), m.words());
    let (name, email) = (m.marks.next().unwrap(), format!("{}@example.org", m.marks.next().unwrap()));
    let Reported::Taken(id, _) = m.reports(theirs, Visitor { id: RIM }, report(words, law, name, &email)).await else {
        panic!("taken")
    };
    let ruling = m.rules(theirs, RELEASE, Revision::FIRST, "").await;
    object(m, ruling, (Side::Reporter, Some(id))).await;
}

async fn object(m: &mut Marking, ruling: RulingId, (side, report): (Side, Option<newsroom::ReportId>)) {
    let (text, at) = (m.words(), m.at());
    let by = Visitor { id: RIM };
    m.store.make_appeal(&NewAppeal { ruling, side, by, report, text, at, due_at: paper::at(9_999_999) }).await.unwrap();
}

/// Everything that the database's own files hold: a folder's, or those of this database in the server's folder.
enum Files {
    Folder(PathBuf),
    /// Of a server whose folder may not be read here: every column as text.
    Rows,
}

impl Files {
    async fn of(place: &Place) -> Self {
        match place {
            Place::Folder(folder) => Self::Folder(folder.clone()),
            Place::Postgres(address) => {
                let sql = "select current_setting('data_directory') || '/base/' || oid from pg_database
                     where datname = current_database()";
                let folder = PathBuf::from(ask(address, sql).await);
                if std::fs::read_dir(&folder).is_ok() {
                    return Self::Folder(folder);
                }
                println!("NOT RUN: the bytes of PostgreSQL's files ({} cannot be read)", folder.display());
                Self::Rows
            }
        }
    }

    /// The marks that are found.
    async fn marks(&self, place: &Place, store: &Store) -> Vec<&'static str> {
        if let Place::Postgres(address) = place {
            ask(address, "checkpoint").await;
        }
        let bytes = match self {
            Self::Folder(folder) => files(folder),
            Self::Rows => vec![exported(store).await],
        };
        MARKS.iter().copied().filter(|mark| bytes.iter().any(|bytes| holds(bytes, mark))).collect()
    }
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    std::fs::read_dir(folder).unwrap().filter_map(|file| std::fs::read(file.unwrap().path()).ok()).collect()
}

fn holds(bytes: &[u8], mark: &str) -> bool {
    String::from_utf8_lossy(bytes).contains(mark)
}

async fn exported(store: &Store) -> Vec<u8> {
    let mut out = Vec::new();
    write_everything(store, &mut out, &mut |_| {}).await.unwrap();
    out
}

/// The first column of the first row, as text; empty when there is none.
async fn ask(address: &str, sql: &str) -> String {
    let (client, connection) = tokio_postgres::connect(address, tokio_postgres::NoTls).await.unwrap();
    let talking = tokio::spawn(connection);
    let said = client.simple_query(sql).await.unwrap();
    drop(client);
    let _ = talking.await;
    let row = said.iter().find_map(|said| match said {
        tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    });
    row.unwrap_or_default()
}

async fn erase_all(store: &Store, second: i64) -> u32 {
    let (by, scope) = (Actor::Visitor(RIM), Scope::Everything(KEPT));
    let asked = store.ask_erasure(RIM, scope, (by, ""), at(second)).await.unwrap();
    let mut steps = 1;
    while !store.carry_on_erasure(asked, at(second + 1)).await.unwrap().done {
        steps += 1;
    }
    let erasure = store.erasure(asked).await.unwrap();
    assert!(erasure.rows_done.is_some() && erasure.bytes_done.is_none());
    assert_eq!(erasure.by, Actor::Visitor(VisitorId(0)));
    steps
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_byte_of_what_a_reader_wrote_is_left_in_the_files_and_in_the_export() {
    for trial in Trial::all().await {
        let store = Store::open(&trial.place).await.unwrap();
        let people = paper::fill(&store).await;
        let marks = MARKS.iter();
        let mut m =
            Marking { store: store.clone(), story: people.tram, salma: people.salma.id, second: 3_000_000, marks };
        let (_, released) = write_everywhere(&mut m).await;
        assert_eq!(m.marks.next(), None, "every mark stands somewhere");
        // Others write before and after, so that rows are moved from page to page.
        for n in 0..400 {
            let text = format!("تعليق طويل رقمه {n} {}", "من قارئ آخر ".repeat(30));
            m.sends(OTHER, "كريم", &text, None).await;
        }
        let files = Files::of(&trial.place).await;
        assert_eq!(files.marks(&trial.place, &store).await, MARKS, "each of them is found before");
        assert!(erase_all(&store, 3_900_000).await > 2, "in steps");
        assert_eq!(store.check().await.unwrap(), []);
        let all = exported(&store).await;
        let left: Vec<_> = MARKS.iter().filter(|mark| holds(&all, mark)).collect();
        assert!(left.is_empty(), "the export has {left:?}");
        assert!(!holds(&all, &RIM.0.to_string()), "nor the number of the device");
        let entry = store.entry_of(people.tram, released).await.unwrap().expect("a tombstone");
        assert!(!matches!(entry.stands, store::thread::Stands::Comment { .. }), "{entry:?}");
        assert!(store.measures_on(RIM, at(3_900_010)).await.unwrap().bar().is_none());
        assert!(store.measures_on_either(RIM, KEPT, at(3_900_010)).await.unwrap().bar().is_some(), "the ban stays");
        assert_eq!(store.wipe(Wiped::Anew, at(3_900_020)).await.unwrap(), 1);
        assert_eq!(files.marks(&trial.place, &store).await, [] as [&str; 0], "{:?}", trial.place);
        assert_eq!(store.bytes_due_since().await.unwrap(), None);
        assert_eq!(store.check().await.unwrap(), []);
        drop((m, store));
        trial.clear().await;
    }
}

#[tokio::test]
async fn one_comment_goes_and_its_author_stays() {
    both::on_both(|store| async move {
        let people = paper::fill(&store).await;
        let before = store.visited(paper::HUDA).await.unwrap();
        let (by, scope) = (Actor::Visitor(paper::HUDA), Scope::Comment(people.answer));
        let asked = store.ask_erasure(paper::HUDA, scope, (by, ""), at(9_500)).await.unwrap();
        assert!(store.carry_on_erasure(asked, at(9_501)).await.unwrap().done);
        assert_eq!(store.carry_on_erasure(asked, at(9_502)).await.unwrap().happenings, [], "once is enough");
        let visited = store.visited(paper::HUDA).await.unwrap();
        assert_eq!((visited.released, visited.refused), (before.released - 1, before.refused));
        let own = store.own_comment(people.tram, people.answer, Visitor { id: paper::HUDA }).await.unwrap();
        assert_eq!((own.text.as_str(), own.name.as_str()), ("", ""));
        assert_eq!(store.check().await.unwrap(), []);
        let theirs = Scope::Comment(people.released);
        let refused = store.ask_erasure(paper::HUDA, theirs, (by, ""), at(9_510)).await;
        assert_eq!(refused, Err(store::StoreError::NotFound), "nobody erases another's");
    })
    .await;
}

#[tokio::test]
async fn an_erasure_that_was_broken_off_is_found_and_goes_on() {
    both::on_both(|store| async move {
        let people = paper::fill(&store).await;
        let rim = Visitor { id: RIM };
        for n in 0..45 {
            paper::comment(&store, people.tram, rim, &format!("كلمة رقمها {n}"), None, 20_000 + n).await;
        }
        let asked =
            store.ask_erasure(RIM, Scope::Everything(KEPT), (Actor::Visitor(RIM), ""), at(30_000)).await.unwrap();
        assert!(!store.carry_on_erasure(asked, at(30_001)).await.unwrap().done);
        assert_eq!(store.check().await.unwrap(), [], "between two steps everything agrees");
        assert!(store.erasures_to_do(10).await.unwrap().contains(&asked));
        assert_eq!(store.erasure(asked).await.unwrap().comments, 20);
        while !store.carry_on_erasure(asked, at(30_002)).await.unwrap().done {}
        assert_eq!(store.erasure(asked).await.unwrap().comments, 45);
        assert!(!store.erasures_to_do(10).await.unwrap().contains(&asked));
        assert!(store.mine(rim, None, 10).await.unwrap().is_empty());
    })
    .await;
}
