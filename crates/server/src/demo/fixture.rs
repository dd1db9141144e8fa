//! Reads the fixture newspaper that is built into the program.

use anyhow::{Context, Result, anyhow};
use include_dir::{Dir, include_dir};
use newsroom::body::{Picture, read_text_form};
use newsroom::byline::Byline;
use newsroom::comment::{RefusalReason, State};
use newsroom::people::Role;
use newsroom::section::Tag;
use newsroom::story::{CommentPolicy, Stage, StoryKind, StoryLanguage, StoryText};
use serde::Deserialize;
use store::pictures::PictureWords;

static FIXTURES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../fixtures");

/// A story of the fixtures.
#[derive(Debug, Clone)]
pub struct FixtureStory {
    /// The end of its file's name: `tram-line`.
    pub key: String,
    /// Slug of its section.
    pub section: String,
    /// What it says; pictures name motifs.
    pub text: StoryText,
    /// The key of the story that it answers.
    pub answers: Option<String>,
    /// `published`, `draft` or `withdrawn`.
    pub state: String,
    /// Days before today on which it went public.
    pub days_ago: i64,
    /// At what time of that day: minutes.
    pub minutes: i64,
    /// A correction: days before today, words.
    pub correction: Option<(i64, String)>,
    /// What readers may do.
    pub comments: CommentPolicy,
    /// How often it was read.
    pub reads: i64,
    /// It stands at the head of the front page.
    pub leads: bool,
}

/// A comment of the fixtures.
#[derive(Debug, Clone, Deserialize)]
pub struct FixtureComment {
    /// Unique in its file.
    pub key: String,
    /// Signed with.
    pub name: String,
    /// As sent.
    pub text: String,
    /// Where it ended up.
    pub state: State,
    /// Key of the comment it answers.
    pub reply_to: Option<String>,
    /// Minutes after the story.
    pub after_minutes: i64,
    /// By which rule it was refused or taken down.
    pub reason: Option<RefusalReason>,
    /// Folded away.
    #[serde(default)]
    pub collapsed: bool,
    /// Of a withdrawn one: it was public first.
    #[serde(default)]
    pub was_released: bool,
}

/// The paper's name and the line below it.
pub fn paper() -> (&'static str, &'static str) {
    let text = FIXTURES.get_file("paper.txt").and_then(|file| file.contents_utf8()).unwrap_or_default();
    let mut lines = text.lines();
    (lines.next().unwrap_or_default(), lines.next().unwrap_or_default())
}

/// Slugs and names of the sections, in the order of the masthead.
pub fn sections() -> Result<Vec<(String, String)>> {
    lines_of("sections.txt")
}

/// A line of the front page: a row with its slots, or a headline that a story has there alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontLine {
    /// What kind of row; `headline`.
    pub word: String,
    /// The slug of its section; the key of the story.
    pub of: Option<String>,
    /// Keys of stories; the headline.
    pub rest: String,
}

impl FrontLine {
    /// The key of a story and the headline that it has on the front page.
    pub fn headline(&self) -> Option<(&str, &str)> {
        let key = self.of.as_deref().filter(|_| self.word == "headline")?;
        Some((key, &self.rest))
    }
}

/// The front page as it is laid out, from the top.
pub fn front() -> Result<Vec<FrontLine>> {
    let text = FIXTURES.get_file("front.txt").and_then(|file| file.contents_utf8()).context("fixtures/front.txt")?;
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let read = |line: &str| {
        let (head, rest) = line.split_once(':').ok_or_else(|| anyhow!("fixtures/front.txt: {line}"))?;
        let mut words = head.split_whitespace().map(str::to_owned);
        let word = words.next().unwrap_or_default();
        Ok(FrontLine { word, of: words.next(), rest: rest.trim().to_owned() })
    };
    lines.map(read).collect()
}

/// Names and roles of the staff.
pub fn staff() -> Result<Vec<(String, Role)>> {
    let people = lines_of("staff.txt")?;
    let read = |(role, name): (String, String)| Role::from_key(&role).map(|role| (name, role));
    people.into_iter().map(|person| read(person).context("staff.txt: a role")).collect()
}

/// Every story, in the order of the files.
pub fn stories() -> Result<Vec<FixtureStory>> {
    let files = FIXTURES.get_dir("stories").context("stories")?.files();
    let mut stories = Vec::new();
    for file in files {
        let name = file.path().file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let key = name.split_once('-').map_or(name, |(_, key)| key);
        let text = file.contents_utf8().with_context(|| name.to_owned())?;
        stories.push(story(key, text).with_context(|| name.to_owned())?);
    }
    Ok(stories)
}

/// The comments under a story, in the order in which they came.
pub fn comments(key: &str) -> Result<Vec<FixtureComment>> {
    let Some(file) = FIXTURES.get_file(format!("comments/{key}.jsonl")) else { return Ok(Vec::new()) };
    let lines = file.contents_utf8().with_context(|| key.to_owned())?.lines();
    lines.filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).context(key.to_owned())).collect()
}

/// Something that is being worked on.
#[derive(Debug, Clone)]
pub struct DeskWork {
    /// How far it is.
    pub stage: Stage,
    /// Slug of its section.
    pub section: String,
    /// Who writes it: the how many-th of a role.
    pub to: Option<(Role, usize)>,
    /// In how many hours it is due.
    pub due_hours: Option<i64>,
    /// What it is called.
    pub headline: String,
    /// What is said beside it.
    pub note: String,
    /// What is written so far, in text form.
    pub written: String,
}

/// A picture of the library.
#[derive(Debug, Clone)]
pub struct DeskPicture {
    /// What is drawn.
    pub motif: String,
    /// Chooses its drawing.
    pub seed: u64,
    /// What is said about it.
    pub words: PictureWords,
    /// For how many days its rights last.
    pub rights_days: Option<i64>,
    /// The headline of the work that shows it.
    pub shown_in: String,
}

/// What stands on the newsroom's desk.
pub fn desk() -> Result<(Vec<DeskWork>, Vec<DeskPicture>)> {
    let text = FIXTURES.get_file("desk.txt").and_then(|file| file.contents_utf8()).context("fixtures/desk.txt")?;
    let (mut work, mut pictures) = (Vec::<DeskWork>::new(), Vec::new());
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        match (parts.as_slice(), work.last_mut()) {
            (["text", paragraph], Some(last)) => last.written += &format!("{paragraph}\n\n"),
            (["picture", rest @ ..], _) => pictures.push(desk_picture(rest).with_context(|| line.to_owned())?),
            (parts, _) => work.push(desk_work(parts).with_context(|| line.to_owned())?),
        }
    }
    Ok((work, pictures))
}

fn desk_work(parts: &[&str]) -> Result<DeskWork> {
    let [stage, section, to, due, headline, note] = parts else { return Err(anyhow!("six parts")) };
    let to = given(to).map(|to| {
        let (role, n) = to.split_once(' ').context("a role and a number")?;
        Ok::<_, anyhow::Error>((Role::from_key(role).context("a role")?, n.parse()?))
    });
    Ok(DeskWork {
        stage: Stage::from_key(stage).context("a stage")?,
        section: (*section).to_owned(),
        to: to.transpose()?,
        due_hours: given(due).map(str::parse).transpose()?,
        headline: (*headline).to_owned(),
        note: (*note).to_owned(),
        written: String::new(),
    })
}

fn desk_picture(parts: &[&str]) -> Result<DeskPicture> {
    let [motif, seed, alt, caption, credit, holder, days, focus, shown_in] = parts else {
        return Err(anyhow!("nine parts"));
    };
    let (across, down) = focus.split_once(' ').context("across and down")?;
    Ok(DeskPicture {
        motif: (*motif).to_owned(),
        seed: seed.parse()?,
        words: PictureWords {
            alt: (*alt).to_owned(),
            caption: (*caption).to_owned(),
            credit: (*credit).to_owned(),
            holder: (*holder).to_owned(),
            rights_until: None,
            focus: (across.parse()?, down.parse()?),
        },
        rights_days: given(days).map(str::parse).transpose()?,
        shown_in: (*shown_in).to_owned(),
    })
}

/// A part that is not `-`.
fn given(part: &str) -> Option<&str> {
    Some(part).filter(|part| *part != "-")
}

/// Slug, title and text form of every page.
pub fn pages() -> Result<Vec<(String, String, String)>> {
    let files = FIXTURES.get_dir("pages").context("pages")?.files();
    let read = |file: &include_dir::File<'static>| -> Result<(String, String, String)> {
        let slug = file.path().file_stem().and_then(|name| name.to_str()).context("a page's name")?;
        let text = file.contents_utf8().with_context(|| slug.to_owned())?;
        let (head, body) = text.split_once("\n\n").with_context(|| slug.to_owned())?;
        let title = head.strip_prefix("title:").with_context(|| slug.to_owned())?;
        Ok((slug.to_owned(), title.trim().to_owned(), body.to_owned()))
    };
    files.map(read).collect()
}

/// Lines of the form `first | second`.
fn lines_of(name: &str) -> Result<Vec<(String, String)>> {
    let text = FIXTURES.get_file(name).and_then(|file| file.contents_utf8()).with_context(|| name.to_owned())?;
    let split = |line: &str| line.split_once('|').map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned()));
    text.lines().filter(|line| !line.is_empty()).map(|line| split(line).with_context(|| name.to_owned())).collect()
}

fn story(key: &str, text: &str) -> Result<FixtureStory> {
    let (head, body) = text.split_once("\n\n").context("a header, an empty line, a body")?;
    let (body, problems) = read_text_form(body);
    if let Some(problem) = problems.first() {
        return Err(anyhow!("body, line {}: {:?}", problem.line, problem.kind));
    }
    let head: Vec<(&str, &str)> =
        head.lines().filter_map(|line| line.split_once(':')).map(|(name, value)| (name.trim(), value.trim())).collect();
    let all = |name: &'static str| head.iter().filter(move |(n, _)| *n == name).map(|(_, value)| *value);
    let one = |name: &'static str| all(name).next().unwrap_or_default();
    let number = |name: &'static str| one(name).parse::<i64>().with_context(|| name.to_owned());
    let (hours, minutes) = one("time").split_once(':').context("time")?;
    let policy = match one("comments") {
        "closed" => CommentPolicy::Closed,
        "hidden" => CommentPolicy::Hidden,
        _ => CommentPolicy::OpenAfterReview,
    };
    let correction =
        one("correction").split_once('|').map(|(days, words)| (days.trim().parse(), words.trim().to_owned()));
    Ok(FixtureStory {
        key: key.to_owned(),
        section: one("section").to_owned(),
        text: StoryText {
            translates: one("translates") == "yes",
            kind: StoryKind::from_key(one("kind")).unwrap_or_default(),
            answers: None,
            kicker: one("kicker").to_owned(),
            front_headline: String::new(),
            push_headline: String::new(),
            headline: one("headline").to_owned(),
            standfirst: one("standfirst").to_owned(),
            body,
            lead: picture(one("picture")),
            bylines: all("byline").filter_map(byline).collect(),
            dateline: one("dateline").to_owned(),
            section: None,
            tags: all("tag").filter_map(tag).collect(),
            language: StoryLanguage::from_tag(one("language")).unwrap_or_default(),
            corrections: Vec::new(),
        },
        answers: all("answers").next().map(str::to_owned),
        state: one("state").to_owned(),
        days_ago: number("days_ago")?,
        minutes: hours.parse::<i64>()? * 60 + minutes.parse::<i64>()?,
        correction: match correction {
            Some((days, words)) => Some((days?, words)),
            None => None,
        },
        comments: policy,
        reads: number("reads")?,
        leads: one("lead") == "yes",
    })
}

/// `motif | alt | caption | credit`.
fn picture(line: &str) -> Option<Picture> {
    let mut parts = line.split('|').map(|part| part.trim().to_owned());
    let file = parts.next().filter(|file| !file.is_empty())?;
    let alt = parts.next().unwrap_or_default();
    let mut said = || parts.next().filter(|text| !text.is_empty());
    Some(Picture { file, alt, caption: said(), credit: said(), size: (0, 0), ..Default::default() })
}

fn byline(line: &str) -> Option<Byline> {
    let (name, outlet) = line.split_once('|').map_or((line, None), |(name, outlet)| (name, Some(outlet)));
    Byline::new(name, outlet)
}

fn tag(name: &str) -> Option<Tag> {
    Some(Tag { slug: arabic::slug::slug(name, 60)?, name: name.to_owned() })
}
