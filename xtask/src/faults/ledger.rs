//! What was done on the paper, as those know it who did it: acknowledged, or perhaps.

use std::collections::BTreeMap;
use std::time::Instant;

use super::fate::{Fate, Settled};

/// Something that is done on a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A visitor's comment.
    Comment,
    /// A ruling that lets a comment through.
    Release,
    /// A ruling that refuses it.
    Refusal,
    /// A ruling that takes a public comment down.
    TakeDown,
    /// A ruling is undone.
    Undo,
    /// A story is begun.
    Draft,
    /// It goes public.
    Publication,
    /// It is taken back.
    Withdrawal,
    /// A picture comes in.
    Picture,
    /// A printed issue comes in and goes public.
    Issue,
    /// Stories of an old paper are brought in.
    Import,
    /// The paper's own export, taken while it is served.
    Export,
}

impl Kind {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 12] = [
        Self::Comment,
        Self::Release,
        Self::Refusal,
        Self::TakeDown,
        Self::Undo,
        Self::Draft,
        Self::Publication,
        Self::Withdrawal,
        Self::Picture,
        Self::Issue,
        Self::Import,
        Self::Export,
    ];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Comment => "comment posted",
            Self::Release => "comment released",
            Self::Refusal => "comment refused",
            Self::TakeDown => "public comment taken down",
            Self::Undo => "ruling undone",
            Self::Draft => "story begun",
            Self::Publication => "story published",
            Self::Withdrawal => "story withdrawn",
            Self::Picture => "picture uploaded",
            Self::Issue => "printed issue uploaded and published",
            Self::Import => "story brought in by `midad import`",
            Self::Export => "`midad export` beside it",
        }
    }
}

/// How an act ended for whoever did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Acknowledged: the whole answer came, and it was a good one.
    Done,
    /// No answer, or half of one.
    Perhaps,
    /// It was never sent, or it was refused.
    Not,
}

/// Where a comment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It waits.
    Held,
    /// Readers have it.
    Released,
    /// It was never public.
    Refused,
    /// It was public once.
    TakenDown,
}

impl State {
    const ALL: [Self; 4] = [Self::Held, Self::Released, Self::Refused, Self::TakenDown];

    /// The word that the paper uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Released => "released",
            Self::Refused => "refused",
            Self::TakenDown => "taken-down",
        }
    }

    /// By the word that the paper uses.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Where a story stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// For the house alone.
    Draft,
    /// Readers have it.
    Public,
    /// Readers had it.
    Withdrawn,
}

impl Standing {
    /// By the word that the paper uses.
    pub fn named(word: &str) -> Option<Self> {
        let known = [("draft", Self::Draft), ("published", Self::Public), ("withdrawn", Self::Withdrawn)];
        known.iter().find(|(known, _)| *known == word).map(|(_, standing)| *standing)
    }
}

/// A comment of the run.
#[derive(Debug, Clone)]
pub struct Comment {
    /// The path of its story.
    pub story: String,
    /// Its words.
    pub text: String,
    /// Where it may stand.
    pub fate: Fate<State>,
    /// The short ids of story and comment, once a moderator has seen it.
    pub ids: Option<(String, String)>,
    /// Since when readers must not get it any more, who got it once.
    pub gone_at: Option<Instant>,
}

/// A story of the run.
#[derive(Debug, Clone)]
pub struct Story {
    /// Where it may stand.
    pub fate: Fate<Standing>,
    /// Its short id, where the paper has told it.
    pub id: Option<String>,
    /// The number of its text.
    pub version: i64,
    /// The path at which readers find it.
    pub path: Option<String>,
    /// Since when readers must not get it any more, who got it once.
    pub gone_at: Option<Instant>,
    /// It was sent a second time.
    pub sent_again: bool,
    /// Somebody comments on it: it is not taken back.
    pub talked_about: bool,
}

impl Story {
    /// Keeps what the API says of it.
    pub fn note(&mut self, said: &serde_json::Value) {
        if let Some(id) = said["id"].as_str() {
            self.id = Some(id.to_owned());
        }
        if let Some(version) = said["version"].as_i64() {
            self.version = version;
        }
        let path = said["url"].as_str().and_then(|url| url.splitn(4, '/').nth(3));
        if let Some(path) = path {
            self.path = Some(format!("/{path}"));
        }
    }
}

/// A file that the paper has acknowledged.
#[derive(Debug, Clone)]
pub struct File {
    /// Where it is.
    pub path: String,
    /// The hash of its bytes: as they were served before, or as they were sent; none where nobody saw them before a kill.
    pub print: Option<String>,
}

/// A file whose upload was never answered.
#[derive(Debug, Clone)]
pub enum Unsure {
    /// A picture: sent once more, the paper says whether it has it.
    Picture(Vec<u8>),
    /// A printed issue: it stands at its address, as it was sent, or nothing does.
    Issue(File),
}

/// How often something was done.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count {
    /// Acknowledged.
    pub done: usize,
    /// Without an answer.
    pub perhaps: usize,
    /// Of these, found done afterwards.
    pub came_true: usize,
    /// Of these, found not done.
    pub came_to_nothing: usize,
    /// Refused by the paper, or never sent.
    pub not: usize,
}

/// Requests that were sent a second time under the same name, after a kill took the answer to the first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Again {
    /// Answered as the first one was.
    pub replayed: usize,
    /// Carried out: the first one never was.
    pub first: usize,
    /// The paper says that it does not know how the first one ended.
    pub unknown: usize,
}

/// A loss, a leak, or whatever else must not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// After which kill it was seen.
    pub kill: usize,
    /// In two or three words.
    pub what: &'static str,
    /// Enough to look for it again.
    pub detail: String,
}

/// Everything that was done.
#[derive(Debug, Default)]
pub struct Ledger {
    /// With what every mark begins.
    pub word: String,
    /// Kills so far.
    pub kill: usize,
    /// Comments by their number.
    pub comments: BTreeMap<u32, Comment>,
    /// Stories by their number.
    pub stories: BTreeMap<u32, Story>,
    /// Pictures and printed issues.
    pub files: Vec<File>,
    /// How often what was done.
    pub counts: BTreeMap<Kind, Count>,
    /// Answers that said to come again later.
    pub come_again: usize,
    /// Pages that were read while people were at work.
    pub read_meanwhile: usize,
    /// Files whose upload was never answered.
    pub unsure: Vec<Unsure>,
    /// Stories that were begun again under their name.
    pub again: Again,
    /// Rulings that were pressed again under their name.
    pub pressed_again: Again,
    /// What must not be.
    pub findings: Vec<Finding>,
    /// The last number given, to stories or comments.
    last: u32,
}

/// The word by which the paper's search is asked for a comment, so that the mark itself stands in no question.
pub fn asked_for(number: u32) -> String {
    format!("zv{number:06}w")
}

impl Ledger {
    /// An empty one, whose marks begin with this word.
    pub fn new(word: &str) -> Self {
        Self { word: word.to_owned(), ..Self::default() }
    }

    /// The mark of a comment.
    pub fn of_comment(&self, number: u32) -> String {
        format!("{}c{number:06}q", self.word)
    }

    /// The mark of a story.
    pub fn of_story(&self, number: u32) -> String {
        format!("{}s{number:06}q", self.word)
    }

    /// A visitor is about to comment.
    ///
    /// The words get a mark, and a second word by which the paper's search is asked for them.
    pub fn begin_comment(&mut self, story: &str, words: (&str, &str)) -> (u32, String) {
        self.last += 1;
        let fate = Fate::begun(Kind::Comment, State::Held);
        let mark = self.of_comment(self.last);
        let text = format!("{} {mark}, {} {}.", words.0, words.1, asked_for(self.last));
        let comment = Comment { story: story.to_owned(), text: text.clone(), fate, ids: None, gone_at: None };
        self.comments.insert(self.last, comment);
        (self.last, text)
    }

    /// Somebody is about to begin a story: a draft, or what an import brings.
    pub fn begin_story(&mut self, kind: Kind, standing: Standing) -> u32 {
        self.last += 1;
        let fate = Fate::begun(kind, standing);
        let story =
            Story { fate, id: None, version: 0, path: None, gone_at: None, sent_again: false, talked_about: false };
        self.stories.insert(self.last, story);
        self.last
    }

    /// Counts how an act ended.
    pub fn count(&mut self, kind: Kind, ended: Ended) {
        let count = self.counts.entry(kind).or_default();
        match ended {
            Ended::Done => count.done += 1,
            Ended::Perhaps => count.perhaps += 1,
            Ended::Not => count.not += 1,
        }
    }

    /// It has come out how an act without an answer went.
    pub fn came_out(&mut self, kind: Kind, done: bool) {
        let count = self.counts.entry(kind).or_default();
        if done { count.came_true += 1 } else { count.came_to_nothing += 1 }
    }

    /// A comment's last act has ended.
    pub fn end_comment(&mut self, number: u32, ended: Ended) {
        let Some(comment) = self.comments.get_mut(&number) else { return };
        let kind = comment.fate.end(ended);
        if ended == Ended::Done && !comment.fate.may_be(State::Released) {
            comment.gone_at = Some(Instant::now());
        }
        if let Some(kind) = kind {
            self.count(kind, ended);
        }
    }

    /// A story's last act has ended.
    pub fn end_story(&mut self, number: u32, ended: Ended) {
        let Some(story) = self.stories.get_mut(&number) else { return };
        let kind = story.fate.end(ended);
        if ended == Ended::Done && !story.fate.may_be(Standing::Public) {
            story.gone_at = Some(Instant::now());
        }
        if let Some(kind) = kind {
            self.count(kind, ended);
        }
    }

    /// Notes what must not be.
    pub fn find(&mut self, what: &'static str, detail: String) {
        let finding = Finding { kill: self.kill, what, detail };
        if !self.findings.contains(&finding) {
            eprintln!("FOUND after kill {}: {what}: {}", finding.kill, finding.detail);
            self.findings.push(finding);
        }
    }

    /// A comment was looked for, and stands so or is not there.
    pub fn settle_comment(&mut self, number: u32, seen: Option<State>) {
        let mark = self.of_comment(number);
        let Some(comment) = self.comments.get_mut(&number) else { return };
        let (settled, story) = (comment.fate.settle(seen), comment.story.clone());
        self.judge(settled, || format!("comment {mark} under {story}"));
    }

    /// A story was looked for, and stands so or is not there.
    pub fn settle_story(&mut self, number: u32, seen: Option<Standing>) {
        let mark = self.of_story(number);
        let Some(story) = self.stories.get_mut(&number) else { return };
        let settled = story.fate.settle(seen);
        self.judge(settled, || format!("story {mark}"));
    }

    fn judge<S: std::fmt::Debug>(&mut self, settled: Settled<S>, which: impl Fn() -> String) {
        match settled {
            Settled::AsKnown => {}
            Settled::CameTrue(kind) => self.came_out(kind, true),
            Settled::CameToNothing(kind) => self.came_out(kind, false),
            Settled::Lost => self.find("acknowledged and lost", which()),
            Settled::Ghost => self.find("there without having been done", which()),
            Settled::Wrong { known, seen } => {
                self.find("in another state", format!("{}: known as {known}, found {seen:?}", which()));
            }
        }
    }
}
