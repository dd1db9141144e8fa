//! Saved pages are brought into a real paper: SQLite in a folder of the test's own.
#![allow(clippy::expect_used, missing_docs)] // a test that cannot go on says why

mod own_paper;

use moving::page::{PageOptions, bring_page};
use moving::report::{Became, Comments, Need, Outcome, Report, StoryState};
use moving::{MovingError, Unreadable};
use newsroom::comment::State;
use newsroom::happening::What;
use newsroom::profile::Language;
use newsroom::section::Section;
use newsroom::story::{Missing, Story};
use newsroom::{SectionId, StoryId, Timestamp};
use own_paper::Paper;
use std::path::PathBuf;
use store::queue::{Queue, QueueEntry};
use store::thread::{Sort, ThreadPage};

impl Paper {
    async fn brings(&self, text: &str, options: &PageOptions) -> Report {
        bring_page(&self.store, "page.txt", text.as_bytes(), options, at(0)).await.expect("brought in")
    }

    async fn with_section(&self) -> SectionId {
        let id = SectionId(self.store.id(at(0)));
        let section = Section { id, slug: "محليات".into(), name: "محليات".into(), position: 1 };
        self.store.keep_section(&section).await.expect("kept");
        id
    }

    /// What waits under a story, in the order in which it came in.
    async fn waiting(&self, story: StoryId) -> Vec<QueueEntry> {
        let mut waiting = self.store.queue(Queue::Story(story), None, 200).await.expect("the queue");
        waiting.sort_by_key(|entry| (entry.received_at, entry.comment));
        waiting
    }

    async fn log(&self) -> Vec<What> {
        self.store.log(None, 500).await.expect("the log").into_iter().map(|happening| happening.what).collect()
    }

    async fn has_nothing_public(&self, story: StoryId) {
        let page = self.store.thread(story, Sort::Oldest, None, 50).await.expect("the thread");
        assert_eq!(page, ThreadPage::default());
        assert_eq!(self.store.released_count(story).await.expect("a count"), 0);
    }
}

/// A minute of the test's day.
fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + minute * 60).expect("a moment")
}

fn page(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/saved-pages");
    moving::page::decode(&std::fs::read(folder.join(name)).expect("the page")).text
}

fn names_and_texts(waiting: &[QueueEntry]) -> Vec<(String, String)> {
    waiting.iter().map(|entry| (entry.name.clone(), entry.text.clone())).collect()
}

#[tokio::test]
async fn a_page_becomes_a_draft_and_waiting_comments_in_their_order() {
    let paper = Paper::open().await;
    let text = page("plain.txt");
    let saved = moving::page::read(&text);
    let report = paper.brings(&text, &PageOptions::default()).await;

    let story = report.story.id;
    assert_eq!((report.story.outcome, report.story.state), (Outcome::New, StoryState::Draft));
    assert_eq!(report.comments, Comments { new: 6, known: 0, with_findings: report.comments.with_findings });
    assert_eq!(report.needs, [Need::MissingDate, Need::MissingSection]);
    assert_eq!(report.became.last(), Some(&Became::Comments { count: 6 }));
    assert_eq!(report.dropped, saved.dropped);

    let kept = paper.store.story(story).await.expect("the story");
    assert!(matches!(kept, Story::Draft(_)));
    assert_eq!(kept.text().headline, "قارب المكتبة يصل إلى القرى البعيدة");
    assert_eq!(kept.text().body.plain_text(), saved.paragraphs().collect::<Vec<_>>().join("\n"));
    assert_eq!(kept.text().bylines[0].outlet.as_deref(), Some("الضفة الجديدة"));

    let waiting = paper.waiting(story).await;
    let expected: Vec<_> = saved.comments.iter().map(|c| (c.name.clone(), c.text.clone())).collect();
    assert_eq!(names_and_texts(&waiting), expected);
    assert!(waiting.iter().all(|entry| entry.state == State::Held && entry.number.is_none()));
    assert!(waiting.is_sorted_by(|a, b| a.received_at < b.received_at && a.comment < b.comment));
    paper.has_nothing_public(story).await;
}

#[tokio::test]
async fn the_same_name_is_not_the_same_person_and_a_copy_is_noted() {
    let paper = Paper::open().await;
    let report = paper.brings(&page("plain.txt"), &PageOptions::default()).await;
    let waiting = paper.waiting(report.story.id).await;
    // Both comments of «هدى» come from visitors without a history of the other's.
    let findings = |nth: usize| waiting[nth].verdict.findings.iter().map(|f| f.reason.key()).collect::<Vec<_>>();
    assert!(!findings(1).contains(&"finding.repeated-on-story"));
    assert!(findings(5).contains(&"finding.repeated-on-story"), "{:?}", findings(5));
    assert!(!findings(5).contains(&"finding.repeated-by-visitor"));
    assert_eq!(report.comments.with_findings, waiting.iter().filter(|e| !e.verdict.findings.is_empty()).count() as u64);
}

#[tokio::test]
async fn a_page_with_every_quirk_says_what_needs_a_person() {
    let paper = Paper::open().await;
    let text = page("quirky.txt");
    let report = paper.brings(&text, &PageOptions::default()).await;
    let (lead, inside) = ("IMG_2041-1300x866".to_owned(), "السوق-من-الداخل.jpg".to_owned());
    let changed =
        |position, printed: &str, now: &str| Need::NameChanged { position, printed: printed.into(), now: now.into() };
    assert_eq!(
        report.needs,
        [
            Need::MissingPicture { file: lead.clone() },
            Need::MissingAltText { file: lead },
            Need::MissingPicture { file: inside.clone() },
            Need::MissingAltText { file: inside },
            Need::MissingDate,
            Need::MissingSection,
            changed(3, "ليلى\u{A0}(من الحي القديم)", "ليلى من الحي القديم"),
            changed(6, "😊😊", "6"),
        ]
    );
    let waiting = paper.waiting(report.story.id).await;
    let texts: Vec<_> = waiting.iter().map(|entry| entry.text.clone()).collect();
    let saved: Vec<_> = moving::page::read(&text).comments.into_iter().map(|comment| comment.text).collect();
    assert_eq!(texts, saved);
    paper.has_nothing_public(report.story.id).await;
}

#[tokio::test]
async fn bringing_a_page_in_twice_changes_nothing() {
    let paper = Paper::open().await;
    let section = Some(paper.with_section().await);
    let options = PageOptions { publish: true, section, ..PageOptions::default() };
    let text = page("quirky.txt");
    let first = paper.brings(&text, &options).await;
    let (story, log, waiting) =
        (paper.store.story(first.story.id).await, paper.log().await, paper.waiting(first.story.id).await);

    // Again, later, and saved anew in another encoding with other line ends.
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain(text.replace('\n', "\r\n").encode_utf16().collect::<Vec<_>>())
        .flat_map(u16::to_le_bytes)
        .collect();
    let again = bring_page(&paper.store, "again.txt", &utf16, &options, at(90)).await.expect("brought in");
    assert_eq!((again.story.outcome, again.story.id), (Outcome::Unchanged, first.story.id));
    assert_eq!((again.comments.new, again.comments.known), (0, 6));
    assert_eq!(paper.store.story(first.story.id).await, story);
    assert_eq!(paper.log().await, log);
    assert_eq!(paper.waiting(first.story.id).await, waiting);
    assert_eq!(paper.store.check().await.expect("a check"), []);
}

#[tokio::test]
async fn a_story_is_in_the_language_of_its_words_and_not_of_the_paper() {
    let paper = Paper::open().await;
    for (text, of_the_paper, found) in [
        (page("plain.txt"), Language::En, Language::Ar),
        (
            "Le bac de la bibliothèque\n\nIl est arrivé dans le village avec des livres pour les enfants.\n".to_owned(),
            Language::Ar,
            Language::Fr,
        ),
        (
            "The library boat\n\nIt came to the village with books for all of the children.\n".to_owned(),
            Language::Ar,
            Language::En,
        ),
        ("12\n\n34\n".to_owned(), Language::Fr, Language::Fr),
    ] {
        let options = PageOptions { language: of_the_paper, ..PageOptions::default() };
        let report = paper.brings(&text, &options).await;
        let story = paper.store.story(report.story.id).await.expect("a story");
        assert_eq!(story.text().language, found, "{text}");
    }
}

#[tokio::test]
async fn a_page_with_one_more_comment_adds_that_one() {
    let paper = Paper::open().await;
    let text = page("plain.txt");
    let first = paper.brings(&text, &PageOptions::default()).await;
    let before = paper.waiting(first.story.id).await;
    // Put in between: the places of the others move, they do not.
    let more = text.replace("  3. قارئ قديم", "  3. جديدة\n    وصلت متأخرة.\n\n  4. قارئ قديم");
    let again = bring_page(&paper.store, "page.txt", more.as_bytes(), &PageOptions::default(), at(5)).await;
    let again = again.expect("brought in");
    assert_eq!(again.comments, Comments { new: 1, known: 6, ..again.comments });
    let mut after = paper.waiting(first.story.id).await;
    assert_eq!(after.pop().map(|entry| entry.text), Some("وصلت متأخرة.".to_owned()));
    assert_eq!(names_and_texts(&after), names_and_texts(&before));
}

#[tokio::test]
async fn a_dry_run_reports_the_same_and_keeps_nothing() {
    let paper = Paper::open().await;
    let section = Some(paper.with_section().await);
    let log = paper.log().await;
    let wet = PageOptions { publish: true, section, ..PageOptions::default() };
    let dry = PageOptions { dry_run: true, ..wet.clone() };
    let told = paper.brings(&page("quirky.txt"), &dry).await;
    assert!(matches!(paper.store.story(told.story.id).await, Err(store::StoreError::NotFound)));
    assert_eq!(paper.log().await, log);
    assert_eq!(paper.store.queue_counts().await, Ok((0, 0)));

    let mut done = paper.brings(&page("quirky.txt"), &wet).await;
    assert_eq!((told.dry_run, done.dry_run), (true, false));
    (done.dry_run, done.story.id) = (true, told.story.id);
    assert_eq!(told, done);

    let told = paper.brings(&page("quirky.txt"), &dry).await;
    assert_eq!((told.story.outcome, told.comments.new, told.comments.known), (Outcome::Unchanged, 0, 6));
}

#[tokio::test]
async fn publishing_publishes_the_story_alone() {
    let paper = Paper::open().await;
    let section = Some(paper.with_section().await);
    let options = PageOptions { publish: true, section, published_at: Some(at(-9_000)), ..PageOptions::default() };
    let report = paper.brings(&page("plain.txt"), &options).await;
    assert_eq!((report.story.outcome, report.story.state), (Outcome::New, StoryState::Published));
    assert_eq!(report.needs, []);
    let Ok(Story::Published(published)) = paper.store.story(report.story.id).await else { panic!("not published") };
    assert_eq!((published.published_at, published.text.section), (at(-9_000), section));
    assert_eq!(paper.waiting(report.story.id).await.len(), 6);
    paper.has_nothing_public(report.story.id).await;
}

#[tokio::test]
async fn a_story_without_a_section_stays_a_draft_and_is_published_later() {
    let paper = Paper::open().await;
    let options = PageOptions { publish: true, ..PageOptions::default() };
    let report = paper.brings(&page("plain.txt"), &options).await;
    assert_eq!((report.story.state, report.story.missing), (StoryState::Draft, vec![Missing::Section]));
    assert!(report.needs.contains(&Need::MissingSection));
    assert!(matches!(paper.store.story(report.story.id).await, Ok(Story::Draft(_))));
    assert_eq!(report.comments.new, 6);

    let options = PageOptions { section: Some(paper.with_section().await), ..options };
    let again = paper.brings(&page("plain.txt"), &options).await;
    assert_eq!((again.story.outcome, again.story.state), (Outcome::Published, StoryState::Published));
    assert_eq!((again.story.id, again.comments.new), (report.story.id, 0));
    paper.has_nothing_public(report.story.id).await;
}

#[tokio::test]
async fn a_withdrawn_story_stays_withdrawn() {
    let paper = Paper::open().await;
    let section = Some(paper.with_section().await);
    let options = PageOptions { publish: true, section, ..PageOptions::default() };
    let report = paper.brings(&page("plain.txt"), &options).await;
    let Ok(Story::Published(published)) = paper.store.story(report.story.id).await else { panic!("not published") };
    let withdrawn = published.withdraw("", at(1));
    paper.store.withdraw(&withdrawn, newsroom::people::Actor::Program, "").await.expect("withdrawn");
    let again = paper.brings(&page("plain.txt"), &options).await;
    assert_eq!((again.story.outcome, again.story.state), (Outcome::Unchanged, StoryState::Withdrawn));
    assert!(matches!(paper.store.story(report.story.id).await, Ok(Story::Withdrawn(_))));
}

#[tokio::test]
async fn what_is_no_page_is_refused_with_its_line() {
    let paper = Paper::open().await;
    for (bytes, line, why) in [
        (&b""[..], 1, Unreadable::Empty),
        ("\n \n\u{A0}\n".as_bytes(), 1, Unreadable::Empty),
        (b"PK\x03\x04\nabc\0\0", 2, Unreadable::NotText),
    ] {
        let refused = bring_page(&paper.store, "x.zip", bytes, &PageOptions::default(), at(0)).await;
        assert_eq!(refused, Err(MovingError::Unreadable { file: "x.zip".into(), line, why }));
    }
    assert_eq!(paper.log().await, []);
}

#[tokio::test]
async fn a_bare_headline_is_a_draft_that_needs_everything() {
    let paper = Paper::open().await;
    let report = paper.brings("عنوان وحده", &PageOptions::default()).await;
    use Need::{MissingBody, MissingByline, MissingDate, MissingSection, NoComments};
    assert_eq!(report.needs, [MissingDate, MissingSection, MissingByline, MissingBody, NoComments]);
}
