//! The clock that publishes, proved on the program itself: to the second, once, and whatever is killed meanwhile.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test may panic, and says what it measured")]

#[path = "../../store/tests/both/mod.rs"]
mod both;
mod running;

use both::Trial;
use jiff::{SignedDuration, Timestamp};
use newsroom::body::read_text_form;
use newsroom::byline::Byline;
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, Role};
use newsroom::section::{Section, Tag};
use newsroom::story::{Draft, Story, StoryText};
use newsroom::{HappeningId, SectionId, StoryId};
use running::{Launch, Running, until};
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::sync::Mutex;
use store::{Place, Store};

/// The promise: nothing goes public later than this after its second.
const LATE: SignedDuration = SignedDuration::from_secs(2);
/// Stories of the great evening, and how many of them share a second.
const STORIES: usize = 200;
const OF_A_SECOND: usize = 20;
/// One node is killed in the middle: when so many are public, in the middle of a second's stories.
const UNTIL_THE_KILL: usize = 104;
/// Stories whose minute passes while the paper is down.
const MISSED: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_publish_each_story_once_and_on_time_though_one_is_killed() {
    match Trial::postgres().await {
        Some(trial) => on(trial, kill_one_of_two).await,
        None => println!("NOT RUN: PostgreSQL (MIDAD_TEST_POSTGRES is not set)"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_due_while_the_paper_was_down_goes_public_once_at_its_start() {
    on(Trial::sqlite(), be_down_at_the_minute).await;
}

async fn on<F>(trial: Trial, story: impl Fn(Place) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let ended = tokio::spawn(story(trial.place.clone())).await;
    trial.clear().await;
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}

async fn kill_one_of_two(place: Place) {
    let evening = Evening::prepare(&place, STORIES).await;
    let first = serve(&place).await;
    // The first start writes the pages of a fresh paper down, and so tells the number in the ids of this program.
    let of_first = program_of(evening.store.newest_happening().await.expect("read"));
    let second = serve(&place).await;
    let times = evening.time(SignedDuration::from_secs(6), OF_A_SECOND).await;

    let seen = Seen::default();
    evening.until_gone(&times, &seen, UNTIL_THE_KILL).await;
    // The one that does the work is killed, in the midst of it.
    let busiest = evening.by_program().await.into_iter().max_by_key(|(_, many)| *many).expect("somebody publishes").0;
    let (dies, lives) = if busiest == of_first { (first, second) } else { (second, first) };
    let killed = Timestamp::now();
    dies.kill9();
    let public_then = evening.publications().await.len();
    evening.until_gone(&times, &seen, STORIES).await;

    let published = evening.each_once(&times).await;
    let late = |when: &BTreeMap<StoryId, Timestamp>, since: Timestamp| {
        let chosen = when.iter().filter(|(_, at)| **at >= since && **at < since + LATE);
        Lateness::of(chosen.map(|(story, at)| at.duration_since(times[story])))
    };
    let all = |when: &BTreeMap<StoryId, Timestamp>| {
        Lateness::of(when.iter().map(|(story, at)| at.duration_since(times[story])))
    };
    let (written, shown) = (all(&published), all(&seen.all()));
    println!("{STORIES} stories, {OF_A_SECOND} in each second; one of two nodes killed when {public_then} were public");
    let by_the_killed = evening.by_program().await[&busiest];
    println!("{by_the_killed} were published by the one that was killed, the rest by the other");
    assert!(by_the_killed < STORIES, "the other one goes on");
    println!("late as written down: {written}; in the two seconds after the kill: {}", late(&published, killed));
    println!("late as somebody else saw them: {shown}; after the kill: {}", late(&seen.all(), killed));
    assert!(public_then < STORIES - OF_A_SECOND, "the kill came too late");
    for lateness in [written, shown] {
        assert!(lateness.least() >= SignedDuration::ZERO, "before its second: {lateness}");
        assert!(lateness.largest() <= LATE, "too late: {lateness}");
    }
    evening.end(lives, &place).await;
}

async fn be_down_at_the_minute(place: Place) {
    let evening = Evening::prepare(&place, MISSED).await;
    let paper = serve(&place).await;
    let times = evening.time(SignedDuration::from_secs(4), 5).await;
    paper.kill9();
    assert_eq!(evening.publications().await, [], "killed before the first second");
    let last = *times.values().max().expect("a last one");
    until("the last second to pass", || async { (Timestamp::now() > last).then_some(()) }).await;
    assert_eq!(evening.publications().await, [], "nobody publishes while the paper is down");

    let paper = serve(&place).await;
    let answered = Timestamp::now();
    evening.until_gone(&times, &Seen::default(), MISSED).await;
    let published = evening.each_once(&times).await;
    let late = Lateness::of(published.values().map(|at| at.duration_since(answered)));
    println!("{MISSED} stories whose second passed while the paper was down, after it answered again: {late}");
    assert!(late.largest() <= LATE, "at its start, not later: {late}");
    evening.end(paper, &place).await;
}

async fn serve(place: &Place) -> Running {
    Launch::new(&["serve"]).on(place).start().await
}

/// A paper with stories that are ready and wait for their second.
struct Evening {
    store: Store,
    by: Actor,
    stories: Vec<Draft>,
}

impl Evening {
    async fn prepare(place: &Place, stories: usize) -> Self {
        let store = Store::open(place).await.expect("the place opens");
        let now = Timestamp::now();
        for (id, name) in [(1, "المدينة"), (2, "الثقافة")] {
            let section = Section { id: SectionId(id), slug: name.into(), name: name.into(), position: id };
            store.keep_section(&section).await.expect("a kept section");
        }
        let editor = store.add_staff("ليلى", Role::Editor, now).await.expect("an editor").id;
        let by = Actor::Staff(editor);
        let stories: Vec<Draft> = (0..stories).map(|n| draft(&store, n, now)).collect();
        for draft in &stories {
            store.keep_draft(draft, by, now).await.expect("a kept draft");
        }
        Self { store, by, stories }
    }

    /// Gives the stories to the clock, so many for each second, from a whole second `ahead` of now.
    async fn time(&self, ahead: SignedDuration, of_a_second: usize) -> BTreeMap<StoryId, Timestamp> {
        let now = Timestamp::now();
        let begins = Timestamp::from_second((now + ahead).as_second()).expect("a second");
        let mut times = BTreeMap::new();
        for (second, stories) in (0..).zip(self.stories.chunks(of_a_second)) {
            let goes_at = begins + SignedDuration::from_secs(second);
            for story in stories {
                self.store.time_story(story.id, (Some(goes_at), None), self.by, now).await.expect("a timed story");
                times.insert(story.id, goes_at);
            }
        }
        assert!(Timestamp::now() < begins, "this machine is too slow to time the stories before their first second");
        times
    }

    /// Looks until so many of the stories wait for their second no more, and notes when each was first seen so.
    async fn until_gone(&self, times: &BTreeMap<StoryId, Timestamp>, seen: &Seen, how_many: usize) {
        let last = *times.values().max().expect("a last one");
        until("the stories to go public", || async {
            let waiting = self.store.stories_to_go(last, None, STORIES as u32).await.expect("read");
            let waiting: BTreeSet<StoryId> = waiting.into_iter().map(|(story, _)| story).collect();
            seen.note(times.keys().filter(|story| !waiting.contains(story)));
            (waiting.len() + how_many <= times.len()).then_some(())
        })
        .await;
    }

    /// Every publication that was written down, oldest first.
    async fn publications(&self) -> Vec<Happening> {
        let (mut all, mut after) = (Vec::new(), HappeningId(0));
        loop {
            let happenings = self.store.happenings_after(after, 500).await.expect("read");
            let Some(last) = happenings.last() else { return all };
            after = last.id;
            all.extend(happenings.into_iter().filter(|one| matches!(one.what, What::StoryPublished { .. })));
        }
    }

    /// How many stories each program published, by the number of its own that stands in the ids it makes.
    async fn by_program(&self) -> BTreeMap<i64, usize> {
        let mut counts = BTreeMap::new();
        for publication in self.publications().await {
            *counts.entry(program_of(publication.id)).or_default() += 1;
        }
        counts
    }

    /// All of them are public since their second, each was published once, and when that was.
    async fn each_once(&self, times: &BTreeMap<StoryId, Timestamp>) -> BTreeMap<StoryId, Timestamp> {
        for (story, goes_at) in times {
            match self.store.story(*story).await.expect("it is there") {
                Story::Published(published) => assert_eq!(published.published_at, *goes_at, "the date of its second"),
                other => panic!("not public: {other:?}"),
            }
        }
        let publications = self.publications().await;
        assert_eq!(publications.len(), times.len(), "as many publications as stories");
        let each: BTreeMap<StoryId, Timestamp> =
            publications.iter().filter_map(|one| Some((one.what.story()?, one.at))).collect();
        assert!(each.keys().eq(times.keys()), "each story once");
        each
    }

    /// The paper shows them, and its own check finds nothing wrong.
    async fn end(self, paper: Running, place: &Place) {
        for draft in self.stories.iter().step_by(OF_A_SECOND) {
            let page = paper.reader().get(&format!("/stories/{}", draft.id)).await;
            let page = match page.location() {
                Some(address) => paper.reader().get(address).await,
                None => page,
            };
            assert!(page.status.is_success() && page.body.contains(&draft.text.headline), "{}", page.body);
        }
        paper.stop().await;
        self.store.close().await;
        Launch::new(&["check"]).on(place).must();
    }
}

/// The number of the program that made an id.
fn program_of(id: HappeningId) -> i64 {
    (id.0 >> 12) & 0x3ff
}

/// A story with everything it needs. Some share a headline, so that they want the same address.
fn draft(store: &Store, n: usize, now: Timestamp) -> Draft {
    let text = StoryText {
        headline: format!("خبر من ساعة النشر {}", n % 150),
        body: read_text_form(&format!("وصل الترام رقم {n} إلى المرفأ في موعده، ونزل منه ركابه على الرصيف.")).0,
        section: Some(SectionId(if n.is_multiple_of(2) { 1 } else { 2 })),
        bylines: vec![Byline::new("هدى السالمي", None).expect("a byline")],
        tags: vec![Tag { slug: "ترام".into(), name: "ترام".into() }],
        ..StoryText::default()
    };
    Draft { id: StoryId(store.id(now)), text, comments: Default::default(), begun_at: now }
}

/// When each story was first seen not to wait any more, by whoever looked again and again.
#[derive(Default)]
struct Seen(Mutex<BTreeMap<StoryId, Timestamp>>);

impl Seen {
    fn note<'s>(&self, gone: impl Iterator<Item = &'s StoryId>) {
        let (now, mut seen) = (Timestamp::now(), self.0.lock().expect("nobody panicked"));
        for story in gone {
            seen.entry(*story).or_insert(now);
        }
    }

    fn all(&self) -> BTreeMap<StoryId, Timestamp> {
        self.0.lock().expect("nobody panicked").clone()
    }
}

/// How late things were, the least late first.
struct Lateness(Vec<SignedDuration>);

impl Lateness {
    fn of(each: impl Iterator<Item = SignedDuration>) -> Self {
        let mut each: Vec<SignedDuration> = each.collect();
        each.sort();
        Self(each)
    }

    fn least(&self) -> SignedDuration {
        self.0.first().copied().unwrap_or_default()
    }

    fn largest(&self) -> SignedDuration {
        self.0.last().copied().unwrap_or_default()
    }
}

impl std::fmt::Display for Lateness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let median = self.0.get(self.0.len() / 2).copied().unwrap_or_default();
        let (median, largest) = (median.as_secs_f64(), self.largest().as_secs_f64());
        write!(f, "median {median:.3} s, largest {largest:.3} s (of {})", self.0.len())
    }
}
