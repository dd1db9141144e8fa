//! From the desk's decisions to a layer: which of them teach, twice around the teaching, and the measuring between. Texts are
//! read a few at a time; what is held is numbers.

use moderation::learned::personal::{Learner, Lesson, ROUTED};
use moderation::{Facts, Heads, Models, Personal, Rulebook, StoryFacts, Submission, examine};
use newsroom::learning::{Chooser, Chosen, Lessons, Report, Source, Teacher};
use newsroom::{StaffId, SuggestionId};
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use store::learning::NewLayer;
use store::queue::Judged;
use store::{Store, StoreError};

/// How often all lessons are taken.
const TIMES: usize = 3;
/// Rulings read at a time.
const RULINGS: u32 = 1_000;
/// Texts held at a time.
const TEXTS: usize = 100;
/// From here on another system's moderators said yes.
const YES: f64 = 0.5;

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    /// Decisions of the paper that were taught.
    pub decisions: usize,
    /// How often «no» and «yes» was said of abuse, of support and of advertising.
    pub counts: [[usize; 2]; ROUTED.len()],
    /// The layer, and before and after; none where too little was decided.
    pub layer: Option<(Personal, Report)>,
}

/// Steps done, of all steps.
pub type Steps = (u64, u64);

/// Teaches a layer by everything that was decided, and measures one that was taught by everything but the last decisions on
/// those. `note` is told how far it is.
///
/// # Errors
/// When the store cannot answer, or `note` cannot.
pub async fn learn<Noted>(
    store: &Store,
    rulebook: &Rulebook,
    models: &Models,
    suggestions: bool,
    note: impl Fn(Steps) -> Noted,
) -> Result<Learned, StoreError>
where
    Noted: Future<Output = Result<(), StoreError>>,
{
    let lessons = lessons(store, suggestions).await?;
    let (before, last) = lessons.split();
    let (decisions, counts) = (lessons.decisions(), lessons.counts());
    let Some(heads) = models.heads.clone().filter(|_| before.enough().contains(&true)) else {
        return Ok(Learned { decisions, counts, layer: None });
    };
    let lengths = [before.all(), lessons.all()].map(|lessons| lessons.len() * TIMES);
    let total = (lengths[0] + last.all().len() + lengths[1]) as u64;
    let far = |done: usize| note((done as u64, total));
    let course = Course { store, rulebook, heads };
    let trial = course.taught(&before, 0, &far).await?;
    let report = course.measured(&trial, &before, &last, lengths[0], &far).await?;
    let layer = course.taught(&lessons, lengths[0] + last.all().len(), &far).await?;
    Ok(Learned { decisions, counts, layer: Some((layer, report)) })
}

/// A layer as the store keeps it.
pub fn new_layer(models: &Models, by: Option<StaffId>, decisions: usize, layer: &Personal, report: Report) -> NewLayer {
    let heads = Models { heads: models.heads.clone(), own: None };
    let both = heads.with_own(Some(Arc::new(layer.clone())));
    let prints = [heads.fingerprint(), layer.fingerprint(), both.fingerprint()];
    let fingerprints = prints.map(|print| format!("{print:016x}"));
    NewLayer { by, decisions: decisions as u64, fingerprints, report, bytes: layer.to_bytes() }
}

async fn lessons(store: &Store, suggestions: bool) -> Result<Lessons, StoreError> {
    let (mut chooser, mut before) = (Chooser::default(), None);
    while !chooser.is_full() {
        let page = store.decisions_before(before, RULINGS).await?;
        let Some(last) = page.last() else { break };
        before = Some(last.ruling);
        page.iter().for_each(|decided| chooser.take(decided));
    }
    let of_others = if suggestions { of_others(store).await? } else { Vec::new() };
    Ok(chooser.lessons(of_others))
}

/// What other systems' moderators said, without their texts.
async fn of_others(store: &Store) -> Result<Vec<Chosen>, StoreError> {
    let (mut all, mut after) = (Vec::new(), SuggestionId(0));
    loop {
        let page = store.suggestions_after(after, 200).await?;
        let Some((last, _)) = page.last() else { return Ok(all) };
        after = *last;
        for (id, suggestion) in page {
            let answers = [abuse(&suggestion.scores), None, said(&suggestion.scores, &["SPAM"])];
            let (source, teacher) = (Source::Suggestion(id), Teacher::System(suggestion.client));
            if answers.iter().any(Option::is_some) {
                all.push(Chosen { source, answers, teacher, second: false, weight: 1.0 });
            }
        }
    }
}

fn abuse(scores: &BTreeMap<String, f64>) -> Option<bool> {
    let names =
        ["TOXICITY", "SEVERE_TOXICITY", "IDENTITY_ATTACK", "INSULT", "THREAT", "PROFANITY", "SEXUALLY_EXPLICIT"];
    said(scores, &names)
}

/// Yes where any of these is; not known where none was said.
fn said(scores: &BTreeMap<String, f64>, names: &[&str]) -> Option<bool> {
    let said = names.iter().filter_map(|name| scores.get(*name));
    said.map(|score| *score >= YES).reduce(|one, other| one || other)
}

/// What teaching needs.
struct Course<'a> {
    store: &'a Store,
    rulebook: &'a Rulebook,
    heads: Heads,
}

impl Course<'_> {
    async fn taught<Noted>(
        &self,
        lessons: &Lessons,
        from: usize,
        far: &impl Fn(usize) -> Noted,
    ) -> Result<Personal, StoreError>
    where
        Noted: Future<Output = Result<(), StoreError>>,
    {
        let mut learner = Learner::new(&self.heads, lessons.enough());
        let mut done = from;
        for _ in 0..TIMES {
            for few in lessons.all().chunks(TEXTS) {
                let texts = self.store.texts_of(few.iter().map(|lesson| lesson.source).collect()).await?;
                let (few, rules) = (few.to_vec(), self.rulebook.stance.clone());
                done += few.len();
                learner = aside(move || {
                    for (lesson, text) in few.iter().zip(texts) {
                        let Some(text) = text else { continue };
                        learner.learn(&Lesson { text: &text, answers: lesson.answers, weight: lesson.weight }, &rules);
                    }
                    learner
                })
                .await?;
                far(done).await?;
            }
        }
        aside(move || learner.learned()).await
    }

    async fn measured<Noted>(
        &self,
        trial: &Personal,
        before: &Lessons,
        last: &Lessons,
        from: usize,
        far: &impl Fn(usize) -> Noted,
    ) -> Result<Report, StoreError>
    where
        Noted: Future<Output = Result<(), StoreError>>,
    {
        let mut measuring = Report::begin(before.decisions() as u64);
        let without = Models { heads: Some(self.heads.clone()), own: None };
        let with = without.with_own(Some(Arc::new(trial.clone())));
        let mut done = from;
        for few in last.all().chunks(TEXTS / 2) {
            let answers: BTreeMap<_, _> =
                few.iter().filter_map(|one| comment(one).map(|id| (id, one.answers))).collect();
            let judged = self.store.judged_of(answers.keys().copied().collect()).await?;
            let (rulebook, without, with) = (self.rulebook.clone(), without.clone(), with.clone());
            measuring = aside(move || {
                for comment in judged.iter().filter(|comment| !comment.text.is_empty()) {
                    let about = (comment.story, comment.comment);
                    let [was, now] = [&without, &with].map(|models| again(comment, &rulebook, models));
                    let answers = answers.get(&about).copied().unwrap_or_default();
                    measuring.take(about, answers, &was, &now);
                }
                measuring
            })
            .await?;
            done += few.len();
            far(done).await?;
        }
        let (policy, taught) = (self.rulebook.laws.policy("").into_owned(), before.enough());
        aside(move || measuring.report(taught, |head| policy.thresholds(head, &without))).await
    }
}

fn comment(lesson: &Chosen) -> Option<(newsroom::StoryId, newsroom::CommentId)> {
    match lesson.source {
        Source::Comment(story, comment) => Some((story, comment)),
        Source::Suggestion(_) => None,
    }
}

fn again(comment: &Judged, rules: &Rulebook, models: &Models) -> moderation::Verdict {
    let story = StoryFacts { section: &comment.section, headline: &comment.headline, text: &comment.story_text };
    let facts = Facts { story, parent: &comment.parent, ..Facts::default() };
    examine(&Submission { text: &comment.text, name: &comment.name }, &facts, rules, models)
}

/// Does what takes long where nobody waits for it.
async fn aside<Done: Send + 'static>(work: impl FnOnce() -> Done + Send + 'static) -> Result<Done, StoreError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Broken("the learner fell over".to_owned()))
}
