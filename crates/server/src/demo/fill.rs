//! Fills an empty store with the fixture newspaper, by the doors that everybody uses: drafts are published, comments are
//! kept and ruled on. What can go together goes together, so that many share a commit.

use super::fixture::{self, FixtureComment, FixtureStory};
use super::{desk, front, issues, pictures, readings};
use crate::settings::Settings;
use anyhow::{Context, Result};
use futures_util::future::try_join_all;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::{SignedDuration, ToSpan};
use moderation::{Facts, Models, Repeats, Rulebook, StoryFacts, Submission, Verdict, examine};
use newsroom::body::{Block, Picture, read_text_form};
use newsroom::comment::{Decision, DisplayName, RefusalReason, Revision, RuledBy, Ruling, State, Submitted};
use newsroom::people::{Actor, Role, Staff, Visitor};
use newsroom::section::Section;
use newsroom::story::{Draft, Published};
use newsroom::{CommentId, RulingId, SectionId, StaffId, StoryId, Timestamp, VisitorId, policy};
use std::collections::{BTreeMap, HashMap};
use store::Store;
use store::pages::Page;
use store::pictures::PictureFile;
use web::Words;

/// Fills everything.
pub async fn newspaper(store: &Store, settings: &Settings, t: &Words) -> Result<()> {
    let progress = bar(6, t);
    let now = Timestamp::now();
    let drawing = tokio::task::spawn_blocking(drawn);
    let sections = sections(store, now).await?;
    let staff = staff(store, now).await?;
    pages(store, now).await?;
    progress.inc(1);
    let pictures = drawing.await??;
    try_join_all(pictures.values().map(|picture| store.keep_picture(picture))).await?;
    let pictures_of_issues = pictures.values().cloned().collect::<Vec<_>>();
    progress.inc(1);
    let printing = tokio::task::spawn_blocking(move || issues::drawn(&pictures_of_issues));
    let library = tokio::task::spawn_blocking(desk::drawn);
    let mut drafts = Vec::new();
    for story in fixture::stories()? {
        drafts.push(dated(store, story, &sections, &pictures, settings, now, t)?);
    }
    drafts.sort_by_key(|(_, draft)| draft.begun_at);
    link(&mut drafts)?;
    let published = publish(store, &drafts, &staff).await?;
    progress.inc(1);
    let rulebook = settings.rulebook(store, t).await?;
    let comments = submitted(store, &published, &rulebook)?;
    try_join_all(comments.iter().map(|comment| store.keep_comment(&comment.held))).await?;
    progress.inc(1);
    rule(store, &comments, &staff).await?;
    progress.inc(1);
    afterwards(store, &published, now).await?;
    let (today, editor) = (readings::day_of(now, &settings.paper(t)?.zone), of_role(&staff, Role::Editor)?);
    readings::fill(store, &published, today).await?;
    issues::fill(store, printing.await??, editor, (today, now)).await?;
    desk::fill(store, library.await??, (&sections, &staff), (today, now)).await?;
    let stories = published.iter().map(|(fixture, story)| (fixture.key.clone(), story.id)).collect();
    front::launch(store, &sections, &stories, editor, now).await?;
    progress.finish_and_clear();
    Ok(())
}

/// Adds generated waiting comments: words of the fixtures, put together anew.
pub async fn more_waiting(store: &Store, rulebook: &Rulebook, count: u32, t: &Words) -> Result<()> {
    let stories = store.list(&store::listings::List::All, None, 40).await?;
    let known: Vec<FixtureComment> =
        fixture::stories()?.iter().map(|story| fixture::comments(&story.key)).collect::<Result<Vec<_>>>()?.concat();
    if stories.is_empty() || known.is_empty() || count == 0 {
        return Ok(());
    }
    let progress = bar(count.into(), t);
    let numbers: Vec<usize> = (0..count as usize).collect();
    for batch in numbers.chunks(500) {
        let now = Timestamp::now();
        let held = batch.iter().map(|n| {
            let (one, two) = (&known[n % known.len()], &known[(n * 7 + 3) % known.len()]);
            let text = format!("{}\n\n{} ({})", one.text, two.text, n + 1);
            let visitor = Visitor { id: VisitorId(store.id(now)) };
            let name = DisplayName::new(&two.name, []).map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
            let id = CommentId(store.id(now));
            let story = stories[n % stories.len()].id;
            let verdict = verdict(&text, &two.name, &Facts::default(), rulebook);
            Ok(policy::receive(Submitted { id, story, visitor, name, text, reply_to: None, at: now }, verdict))
        });
        let held = held.collect::<Result<Vec<_>>>()?;
        try_join_all(held.iter().map(|held| store.keep_comment(held))).await?;
        progress.inc(batch.len() as u64);
    }
    progress.finish_and_clear();
    Ok(())
}

fn bar(length: u64, t: &Words) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style).with_message(t.s("cli.demo.filling"))
}

async fn sections(store: &Store, now: Timestamp) -> Result<HashMap<String, SectionId>> {
    let mut ids = HashMap::new();
    for (position, (slug, name)) in (1_i64..).zip(fixture::sections()?) {
        let id = SectionId(store.id(now));
        ids.insert(slug.clone(), id);
        store.keep_section(&Section { id, slug, name, position }).await?;
    }
    Ok(ids)
}

async fn staff(store: &Store, now: Timestamp) -> Result<Vec<Staff>> {
    let mut all = Vec::new();
    for (name, role) in fixture::staff()? {
        all.push(store.add_staff(&name, role, now).await?);
    }
    Ok(all)
}

async fn pages(store: &Store, now: Timestamp) -> Result<()> {
    for (slug, title, text) in fixture::pages()? {
        let (body, _) = read_text_form(&text);
        store.keep_page(&Page { slug, title, body, changed_at: now }).await?;
    }
    Ok(())
}

/// Every picture that the stories ask for, by story and motif: `tram-line/tram`.
fn drawn() -> Result<BTreeMap<String, PictureFile>> {
    let mut wanted = Vec::new();
    for story in fixture::stories()? {
        for picture in story.text.lead.iter().chain(story.text.body.pictures()) {
            wanted.push((story.key.clone(), picture.file.clone()));
        }
    }
    let threads: Vec<_> = wanted
        .chunks(wanted.len().div_ceil(std::thread::available_parallelism().map_or(2, Into::into)).max(1))
        .map(|part| {
            let part = part.to_vec();
            std::thread::spawn(move || part.iter().map(|(key, motif)| draw(key, motif)).collect::<Result<Vec<_>>>())
        })
        .collect();
    let mut pictures = BTreeMap::new();
    for thread in threads {
        let done = thread.join().map_err(|_| anyhow::anyhow!("a picture could not be drawn"))?;
        pictures.extend(done?);
    }
    Ok(pictures)
}

fn draw(key: &str, motif: &str) -> Result<(String, PictureFile)> {
    let seed = key.bytes().fold(7_u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
    let drawing = pictures::draw(motif, seed)
        .with_context(|| format!("no motif is called {motif}; there are {}", pictures::MOTIFS.join(", ")))?;
    let picture = PictureFile {
        name: format!("{key}-{motif}.png"),
        media_type: "image/png".to_owned(),
        size: (drawing.width, drawing.height),
        bytes: drawing.png,
        kept_at: Timestamp::now(),
    };
    Ok((format!("{key}/{motif}"), picture))
}

/// A fixture story as a draft: its section, its pictures, and the time at which it goes public. A story of "today" whose
/// hour has not come yet is one of yesterday.
fn dated(
    store: &Store,
    story: FixtureStory,
    sections: &HashMap<String, SectionId>,
    pictures: &BTreeMap<String, PictureFile>,
    settings: &Settings,
    now: Timestamp,
    t: &Words,
) -> Result<(FixtureStory, Draft)> {
    let today = now.to_zoned(settings.paper(t)?.zone).start_of_day()?;
    let at = |days: i64, minutes: i64| -> Result<Timestamp> {
        Ok((&today - days.days()).checked_add(SignedDuration::from_mins(minutes))?.timestamp())
    };
    let mut begun_at = at(story.days_ago, story.minutes)?;
    if begun_at > now {
        begun_at = at(story.days_ago + 1, story.minutes)?;
    }
    let mut text = story.text.clone();
    text.section = sections.get(&story.section).copied();
    let supply = |picture: &mut Picture| {
        if let Some(file) = pictures.get(&format!("{}/{}", story.key, picture.file)) {
            (picture.file, picture.size) = (file.name.clone(), file.size);
        }
    };
    text.lead.iter_mut().for_each(supply);
    for block in &mut text.body.0 {
        if let Block::Picture(picture) = block {
            supply(picture);
        }
    }
    let draft = Draft { id: StoryId(store.id(begun_at)), text, comments: story.comments, begun_at };
    Ok((story, draft))
}

/// Leads each story to the one that it answers.
fn link(drafts: &mut [(FixtureStory, Draft)]) -> Result<()> {
    let ids: HashMap<String, StoryId> = drafts.iter().map(|(story, draft)| (story.key.clone(), draft.id)).collect();
    for (story, draft) in drafts {
        let Some(key) = &story.answers else { continue };
        draft.text.answers = Some(*ids.get(key).with_context(|| key.clone())?);
    }
    Ok(())
}

async fn publish(
    store: &Store,
    drafts: &[(FixtureStory, Draft)],
    staff: &[Staff],
) -> Result<Vec<(FixtureStory, Published)>> {
    let editor = Actor::Staff(of_role(staff, Role::Editor)?);
    try_join_all(drafts.iter().map(|(_, draft)| store.keep_draft(draft, editor, draft.begun_at))).await?;
    let public = drafts.iter().filter(|(story, _)| story.state != "draft");
    let publishing = public.map(|(story, draft)| async move {
        let ready = draft.clone().publish(draft.begun_at);
        let ready = ready.map_err(|lacking| anyhow::anyhow!("{}: {:?}", story.key, lacking.missing))?;
        let (published, _) = store.publish(&ready, editor, "", ready.published_at).await?;
        Ok::<_, anyhow::Error>((story.clone(), published))
    });
    try_join_all(publishing).await
}

/// A fixture comment on its way in.
struct Coming {
    fixture: FixtureComment,
    held: newsroom::comment::Held,
}

/// Every comment in the order of time, judged as it would have been.
fn submitted(store: &Store, stories: &[(FixtureStory, Published)], rulebook: &Rulebook) -> Result<Vec<Coming>> {
    let mut coming = Vec::new();
    let (mut seen, mut under) = (HashMap::<i64, u32>::new(), HashMap::<(StoryId, i64), u32>::new());
    for (fixture, published) in stories {
        let mut keys = HashMap::new();
        let text = published.text.plain_text();
        for comment in fixture::comments(&fixture.key)? {
            let at = published.published_at + SignedDuration::from_mins(comment.after_minutes);
            let at = at.min(Timestamp::now() - SignedDuration::from_secs(60));
            let print = arabic::fold::print(&comment.text);
            let repeats = Repeats {
                by_visitor: 0,
                on_story: count(&mut under, (published.id, print)),
                today: count(&mut seen, print),
            };
            let story = StoryFacts { section: &fixture.section, headline: &published.text.headline, text: &text };
            let facts = Facts { repeats, story, ..Facts::default() };
            let name = DisplayName::new(&comment.name, []).map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
            let submitted = Submitted {
                id: CommentId(store.id(at)),
                story: published.id,
                visitor: Visitor { id: VisitorId(store.id(at)) },
                name,
                text: comment.text.clone(),
                reply_to: comment.reply_to.as_ref().and_then(|key| keys.get(key).copied()),
                at,
            };
            keys.insert(comment.key.clone(), submitted.id);
            let verdict = verdict(&comment.text, &comment.name, &facts, rulebook);
            coming.push(Coming { fixture: comment, held: policy::receive(submitted, verdict) });
        }
    }
    coming.sort_by_key(|comment| comment.held.submitted.at);
    Ok(coming)
}

/// How often before this one.
fn count<K: std::hash::Hash + Eq>(seen: &mut HashMap<K, u32>, key: K) -> u32 {
    let times = seen.entry(key).or_default();
    *times += 1;
    *times - 1
}

fn verdict(text: &str, name: &str, facts: &Facts<'_>, rulebook: &Rulebook) -> Verdict {
    examine(&Submission { text, name }, facts, rulebook, &Models::shipped())
}

/// Rules on what was ruled on, and takes back what was taken back.
async fn rule(store: &Store, comments: &[Coming], staff: &[Staff]) -> Result<()> {
    let by = of_role(staff, Role::Moderator)?;
    let first = comments.iter().filter_map(|comment| {
        let decision = first_decision(&comment.fixture)?;
        Some(ruling(store, comment, decision, by, 12))
    });
    let first: Vec<Ruling> = first.collect();
    try_join_all(first.iter().map(|ruling| store.rule(ruling, Revision::FIRST))).await?;
    let down = comments.iter().filter(|comment| comment.fixture.state == State::TakenDown).map(|comment| {
        let reason = comment.fixture.reason.unwrap_or(RefusalReason::Other);
        ruling(store, comment, Decision::TakeDown { reason }, by, 90)
    });
    let down: Vec<Ruling> = down.collect();
    try_join_all(down.iter().map(|ruling| store.rule(ruling, Revision::FIRST))).await?;
    let back = comments.iter().filter(|comment| comment.fixture.state == State::Withdrawn).map(|comment| {
        let sent = &comment.held.submitted;
        store.withdraw_comment(sent.story, sent.id, sent.visitor, later(sent.at, 60))
    });
    try_join_all(back).await?;
    Ok(())
}

fn first_decision(comment: &FixtureComment) -> Option<Decision> {
    let release = Decision::Release { collapsed: comment.collapsed, links: false };
    match comment.state {
        State::Held => None,
        State::Withdrawn if !comment.was_released => None,
        State::Released | State::TakenDown | State::Withdrawn => Some(release),
        State::Refused => Some(Decision::Refuse { reason: comment.reason.unwrap_or(RefusalReason::Other) }),
    }
}

fn ruling(store: &Store, comment: &Coming, decision: Decision, by: StaffId, after_minutes: i64) -> Ruling {
    let sent = &comment.held.submitted;
    let at = later(sent.at, after_minutes);
    let by = RuledBy::Staff(by);
    Ruling { id: RulingId(store.id(at)), story: sent.story, comment: sent.id, decision, by, at, why: String::new() }
}

/// Minutes later, but never in the future.
fn later(at: Timestamp, minutes: i64) -> Timestamp {
    (at + SignedDuration::from_mins(minutes)).min(Timestamp::now())
}

/// What happened to stories after they went public: corrections, a withdrawal, the story that leads.
async fn afterwards(store: &Store, published: &[(FixtureStory, Published)], now: Timestamp) -> Result<()> {
    for (fixture, story) in published {
        if let Some((days, words)) = &fixture.correction {
            let at = (now - SignedDuration::from_hours(24 * days)).max(later(story.published_at, 60));
            store.correct(&story.clone().correct(words, at), Actor::Program, "", at).await?;
        }
        if fixture.state == "withdrawn" {
            let at = later(story.published_at, 240);
            store.withdraw(&story.clone().withdraw("", at), Actor::Program, "").await?;
        }
        if fixture.leads {
            store.lead_with(story.id, now).await?;
        }
    }
    Ok(())
}

fn of_role(staff: &[Staff], role: Role) -> Result<StaffId> {
    staff.iter().find(|staff| staff.role == role).map(|staff| staff.id).context("the fixture staff")
}
