//! Whole papers move in from WordPress, into a real paper: SQLite in a folder of the test's own.
#![allow(clippy::expect_used, clippy::print_stderr, missing_docs)] // a test that cannot go on says why

mod brought;
mod own_paper;

use brought::options;
use moving::MovingError;
use moving::old::report::Kinds;
use moving::old::{
    BringOptions, Broken, Developed, Item, Items, Kept, OldFile, Place, Placed, Report, WhyBroken, WhyChanged, WhyLeft,
    bring,
};
use moving::wxr::Wxr;
use newsroom::Timestamp;
use newsroom::story::Story;
use own_paper::Paper;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::pictures::{NewPicture, PictureWords};
use store::stories::Found;
use store::thread::Sort;

impl Paper {
    async fn brings(&self, kept: &dyn Kept, options: &BringOptions) -> Result<Report, MovingError> {
        bring(&self.store, kept, options, now(), &mut |_| {}).await
    }

    async fn brings_whole(&self, kept: &dyn Kept, options: &BringOptions) -> Report {
        let report = self.brings(kept, options).await.expect("it comes in");
        assert_eq!(report.problems(), [], "{report:#?}");
        assert_eq!(self.store.check().await.expect("it is looked at"), []);
        report
    }

    async fn public(&self, slug: &str) -> Option<newsroom::story::Published> {
        match self.store.find_story(slug).await.expect("it is looked for") {
            Some(Found::Here(story)) => match *story {
                Story::Published(published) => Some(published),
                Story::Draft(_) | Story::Withdrawn(_) => None,
            },
            _ => None,
        }
    }
}

fn now() -> Timestamp {
    "2026-03-01T09:00:00Z".parse().expect("a time")
}

fn released() -> BringOptions {
    BringOptions { release_approved: true, ..options() }
}

/// The folder of exports that others wrote; none where this machine has none.
fn collection() -> Option<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = ["../../shared", "../../../shared"].map(|shared| here.join(shared).join("import-cases/wxr"));
    let found = found.into_iter().find(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("NOT TESTED: shared/import-cases/wxr is not there");
    }
    found
}

fn export(paths: &[&Path]) -> Wxr {
    let file = |path: &&Path| OldFile::of_bytes(&path.display().to_string(), std::fs::read(path).expect("the export"));
    Wxr::new(paths.iter().map(file).collect(), Vec::new())
}

fn of_text(text: String) -> Wxr {
    Wxr::new(vec![OldFile::of_bytes("export.xml", text.into_bytes())], Vec::new())
}

/// File, stories, pages, comments, other pieces.
const COLLECTION: [(&str, [u64; 4]); 32] = [
    ("superdesk-core/wordpress_wxr.xml", [5, 0, 0, 0]),
    ("superdesk-core/wordpress_wxr_funke.xml", [1, 0, 0, 0]),
    ("theme-test-data/64-block-test-data.xml", [61, 1, 2, 1]),
    ("theme-test-data/theme-preview.xml", [7, 0, 2, 0]),
    ("theme-test-data/themeunittestdata.wordpress.xml", [58, 21, 33, 70]),
    ("theme-unit-test/theme-preview.xml", [7, 0, 2, 0]),
    ("tryghost-migrate/co-authors-plus.xml", [4, 0, 0, 0]),
    ("tryghost-migrate/has-meta.xml", [0, 0, 0, 1]),
    ("tryghost-migrate/multiple/attachments-only.xml", [0, 0, 0, 0]),
    ("tryghost-migrate/multiple/pages-only.xml", [0, 1, 0, 0]),
    ("tryghost-migrate/multiple/posts-only.xml", [3, 0, 0, 1]),
    ("tryghost-migrate/sample-no-slug.xml", [3, 1, 0, 1]),
    ("tryghost-migrate/sample.xml", [3, 1, 0, 1]),
    ("wordpress-importer/authors-multiline.xml", [1, 0, 0, 0]),
    ("wordpress-importer/blank-lines.xml", [1, 0, 0, 0]),
    ("wordpress-importer/chunked-meta.xml", [1, 0, 0, 0]),
    ("wordpress-importer/crazy-cdata-escaped.xml", [1, 0, 0, 0]),
    ("wordpress-importer/large-authors.xml", [0, 0, 0, 0]),
    // Five items, and one whose namespace only looks like WordPress's.
    ("wordpress-importer/namespace-edge-cases.xml", [5, 0, 0, 1]),
    ("wordpress-importer/slashes.xml", [1, 0, 1, 0]),
    ("wordpress-importer/small-export.xml", [6, 5, 1, 0]),
    ("wordpress-importer/term-formats.xml", [0, 0, 0, 0]),
    ("wordpress-importer/test-serialized-postmeta-no-cdata.xml", [1, 0, 0, 0]),
    ("wordpress-importer/test-serialized-postmeta-with-cdata.xml", [1, 0, 0, 0]),
    ("wordpress-importer/test-serialized-term-meta.xml", [1, 0, 0, 0]),
    ("wordpress-importer/theme-unit-test-data.xml", [58, 21, 33, 70]),
    ("wordpress-importer/valid-wxr-1.0.xml", [3, 3, 1, 0]),
    ("wordpress-importer/wxr-comprehensive.xml", [1, 1, 1, 0]),
    ("wordpress-importer/wxr-flat-attachment-different-site.xml", [1, 0, 0, 0]),
    ("wordpress-importer/wxr-flat-attachment-same-site.xml", [1, 0, 0, 0]),
    ("wordpress-importer/wxr-simple.xml", [1, 0, 0, 0]),
    ("wordpress-importer/wxr-utf-8-challenges.xml", [1, 0, 0, 0]),
];

#[tokio::test]
async fn every_export_of_the_collection_comes_in_whole_and_a_second_time_changes_nothing() {
    let Some(folder) = collection() else { return };
    for (file, counts) in COLLECTION {
        let paper = Paper::open().await;
        let kept = export(&[&folder.join(file)]);
        let report = paper.brings_whole(&kept, &released()).await;
        assert_eq!([report.stories.read, report.pages.read, report.comments.read, report.others], counts, "{file}");
        let again = paper.brings_whole(&kept, &released()).await;
        for (first, second) in
            [(report.stories, again.stories), (report.pages, again.pages), (report.comments, again.comments)]
        {
            assert_eq!((second.public, second.inside), (0, 0), "{file}: {again:#?}");
            assert_eq!(second.known, first.public + first.inside, "{file}: {first:?} {second:?}");
        }
        assert_eq!(report.stored, again.stored, "{file}");
    }
}

#[tokio::test]
async fn a_bad_export_is_refused_before_anything_is_written() {
    let Some(folder) = collection() else { return };
    let cases = [
        ("invalid-version-tag.xml", WhyBroken::Version),
        ("missing-version-tag.xml", WhyBroken::NoVersion),
        ("malformed.xml", WhyBroken::OtherFormat),
    ];
    let paper = Paper::open().await;
    for (file, why) in cases {
        let path = folder.join("wordpress-importer").join(file);
        match paper.brings(&export(&[&path]), &options()).await {
            Err(MovingError::Broken(broken)) => {
                assert_eq!(broken.why, why, "{file}: {broken}");
                assert!(broken.place.line > 1 && broken.place.column > 0, "{broken}");
            }
            other => panic!("{file}: {other:?}"),
        }
    }
    assert_eq!(paper.store.imported_count("wxr:").await.expect("a count"), (0, 0));
    assert_eq!(paper.store.sections().await.expect("the sections"), []);
}

#[tokio::test]
async fn split_files_may_come_in_any_order() {
    let Some(folder) = collection() else { return };
    let [a, b, c] = ["attachments-only.xml", "pages-only.xml", "posts-only.xml"]
        .map(|file| folder.join("tryghost-migrate/multiple").join(file));
    let mut found = Vec::new();
    for order in [[&a, &b, &c], [&c, &b, &a], [&b, &c, &a]] {
        let paper = Paper::open().await;
        let files: Vec<&Path> = order.iter().map(|path| path.as_path()).collect();
        let report = paper.brings_whole(&export(&files), &options()).await;
        assert_eq!((report.stories.read, report.pages.read, report.pictures.files), (3, 1, 1));
        found.push((report.stories, report.pages, report.pictures, report.stored));
    }
    assert!(found.iter().all(|one| *one == found[0]), "{found:#?}");
    assert!(found[0].2.used > 0, "the picture of another file is known: {found:#?}");
}

#[tokio::test]
async fn comments_wait_unless_an_administrator_says_that_the_old_decisions_hold() {
    let Some(folder) = collection() else { return };
    let kept = export(&[&folder.join("wordpress-importer/theme-unit-test-data.xml")]);
    let waiting = Paper::open().await;
    let report = waiting.brings_whole(&kept, &options()).await;
    assert_eq!(report.comments.public, 0);
    let came = report.comments.inside;
    assert_eq!(waiting.store.tally().await.expect("a tally")[0], ("held".to_owned(), as_signed(came)));
    let public = Paper::open().await;
    let report = public.brings_whole(&kept, &released()).await;
    assert_eq!(report.comments.public + report.comments.inside, came);
    // Three waited there; two of them stood under a page, and pages have no comments.
    assert_eq!(report.comments.inside, 1, "{report:#?}");
    let tally = public.store.tally().await.expect("a tally");
    let of = |state: &str| tally.iter().find(|(word, _)| word == state).map(|(_, n)| *n);
    assert_eq!((of("held"), of("released")), (Some(1), Some(as_signed(report.comments.public))));
    assert_eq!(report.left[&WhyLeft::Pingback].count, 4);
    let rulings = public.store.rulings(None, 500).await.expect("the log");
    assert_eq!(rulings.len() as u64, report.comments.public, "each release is a ruling with its reason");
    assert!(rulings.iter().all(|line| line.ruling.why == "moved" && line.ruling.by.staff().is_none()));
}

fn as_signed(n: u64) -> i64 {
    i64::try_from(n).expect("not so many")
}

#[tokio::test]
async fn stories_of_the_theme_data_stand_where_they_stood() {
    let Some(folder) = collection() else { return };
    let paper = Paper::open().await;
    let kept = export(&[&folder.join("wordpress-importer/theme-unit-test-data.xml")]);
    let report = paper.brings_whole(&kept, &released()).await;
    let Kinds { public, inside, left, .. } = report.stories;
    assert_eq!(public + inside + left, 58);
    assert_eq!(report.changed[&WhyChanged::Locked].count, 1, "the password is kept nowhere, and nothing shows");
    assert_eq!(report.changed[&WhyChanged::Timed].count, 1);
    assert_eq!(report.left[&WhyLeft::Menu].count, 70);
    assert!(report.addresses.sampled.len() >= 50 && report.addresses.sampled.iter().all(|one| one.leads.is_some()));
    assert!(report.sections.1 > 0 && report.bodies.values().any(|lines| lines.count > 0));
    let json = serde_json::to_string(&report).expect("JSON");
    assert!(!json.contains("@example.com") && !json.contains("enter\""), "no address and no password is in a report");
}

fn item(number: usize, more: &str) -> String {
    format!(
        "<item><title>خبر رقم {number} عن الميناء</title><link>https://old.example/2019/05/khabar-{number}/</link>\
         <guid>https://old.example/?p={number}</guid><dc:creator>salma</dc:creator>\
         <content:encoded><![CDATA[وصلت السفينة رقم {number} إلى الميناء صباح اليوم.\n\nوقال المدير إن العمل مستمر. \
         <a href=\"https://old.example/2019/05/khabar-1/\">الخبر الأول</a>]]></content:encoded>\
         <wp:post_id>{number}</wp:post_id><wp:post_date>2019-05-02 12:00:00</wp:post_date>\
         <wp:post_date_gmt>2019-05-02 09:00:00</wp:post_date_gmt><wp:comment_status>open</wp:comment_status>\
         <wp:post_name>khabar-{number}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>\
         <category domain=\"category\" nicename=\"mina\"><![CDATA[الميناء]]></category>\
         <category domain=\"post_tag\" nicename=\"bahr\"><![CDATA[بحر]]></category>{more}</item>\n"
    )
}

fn comment(id: usize, parent: usize, approved: &str) -> String {
    format!(
        "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>قارئ {id}</wp:comment_author>\
         <wp:comment_date_gmt>2019-05-03 09:{:02}:00</wp:comment_date_gmt>\
         <wp:comment_content>تعليق رقم {id} على السفينة</wp:comment_content>\
         <wp:comment_approved>{approved}</wp:comment_approved><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>",
        id % 60
    )
}

fn paper_of(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>\
         <title>المرفأ</title><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example</wp:base_site_url>\
         <wp:base_blog_url>https://old.example</wp:base_blog_url><wp:author><wp:author_login>salma</wp:author_login>\
         <wp:author_display_name>سلمى ن.</wp:author_display_name></wp:author>{items}</channel></rss>"
    )
}

#[tokio::test]
async fn a_story_keeps_its_words_date_section_writer_tags_and_address() {
    let paper = Paper::open().await;
    let comments = [comment(11, 0, "1"), comment(12, 11, "1"), comment(13, 12, "0")].concat();
    let report = paper.brings_whole(&of_text(paper_of(&item(1, &comments))), &released()).await;
    let story = paper.public("khabar-1").await.expect("it is public");
    assert_eq!(story.published_at.to_string(), "2019-05-02T09:00:00Z");
    assert_eq!(story.text.bylines[0].name, "سلمى ن.");
    assert_eq!(story.text.tags[0].name, "بحر");
    let sections = paper.store.sections().await.expect("the sections");
    assert_eq!(
        sections.iter().map(|one| (one.slug.as_str(), one.name.as_str())).collect::<Vec<_>>(),
        [("mina", "الميناء")]
    );
    assert_eq!(story.text.section, Some(sections[0].id));
    let led = ["/2019/05/khabar-1", "/?p=1", "/category/mina", "/tag/bahr", "/author/salma"];
    for path in led {
        assert!(paper.store.redirect_of(&[path.to_owned()]).await.expect("asked").is_some(), "{path}");
    }
    assert_eq!((report.links.all, report.links.broken), (1, 0));
    let thread = paper.store.thread(story.id, Sort::Oldest, None, 50).await.expect("the thread");
    let shown: Vec<_> = thread.entries.iter().map(|entry| (entry.number, entry.root)).collect();
    assert_eq!(shown, [(1, 1), (2, 1)], "the third one waits");
}

#[tokio::test]
async fn a_dry_run_counts_the_same_and_keeps_nothing() {
    let text = paper_of(&(1..=5).map(|n| item(n, &comment(n, 0, "1"))).collect::<String>());
    let paper = Paper::open().await;
    let looked = paper.brings_whole(&of_text(text.clone()), &BringOptions { dry_run: true, ..released() }).await;
    assert_eq!(paper.store.imported_count("wxr:").await.expect("a count"), (0, 0));
    assert_eq!(paper.store.sections().await.expect("the sections"), []);
    let brought = paper.brings_whole(&of_text(text), &released()).await;
    assert_eq!((looked.stories, looked.comments), (brought.stories, brought.comments));
}

#[tokio::test]
async fn as_drafts_nothing_is_public() {
    let paper = Paper::open().await;
    let options = BringOptions { publish: false, ..options() };
    let report = paper.brings_whole(&of_text(paper_of(&item(1, ""))), &options).await;
    assert_eq!((report.stories.public, report.stories.inside), (0, 1));
    assert!(paper.public("khabar-1").await.is_none());
}

/// Stops in the second reading, as a machine that is switched off.
struct Stopped {
    wxr: Wxr,
    after: usize,
    readings: AtomicU32,
}

impl Kept for Stopped {
    fn format(&self) -> &'static str {
        self.wxr.format()
    }

    fn items(&self) -> Items<'_> {
        if self.readings.fetch_add(1, Ordering::Relaxed) == 0 {
            return self.wxr.items();
        }
        let place = Place { file: "export.xml".into(), line: 0, column: 0 };
        let stop = Err(Broken { place, why: WhyBroken::Unread, said: String::new() });
        Box::new(self.wxr.items().take(self.after).chain(std::iter::once::<Result<Placed, Broken>>(stop)))
    }

    fn progress(&self) -> (u64, u64) {
        self.wxr.progress()
    }
}

#[tokio::test]
async fn whoever_is_stopped_begins_again_and_has_the_same_paper() {
    let text = paper_of(
        &(1..=1_400)
            .map(|n| item(n, &[comment(n * 10, 0, "1"), comment(n * 10 + 1, n * 10, "1")].concat()))
            .collect::<String>(),
    );
    let paper = Paper::open().await;
    let stopped = Stopped { wxr: of_text(text.clone()), after: 3_300, readings: AtomicU32::new(0) };
    assert!(paper.brings(&stopped, &released()).await.is_err());
    let (stories, comments) = paper.store.imported_count("wxr:").await.expect("a count");
    assert!(stories > 0 && stories < 1_400 && comments > 0, "some came: {stories}, {comments}");
    let report = paper.brings_whole(&of_text(text), &released()).await;
    assert_eq!((report.stories.known, report.comments.known), (stories, comments));
    assert_eq!(report.stored, Some((1_400, 2_800)));
    assert_eq!(report.comments.read, 2_800);
}

/// Hands items on in another order: comments before everything.
struct CommentsFirst(Wxr);

impl Kept for CommentsFirst {
    fn format(&self) -> &'static str {
        self.0.format()
    }

    fn items(&self) -> Items<'_> {
        let is_comment = |placed: &Result<Placed, Broken>| {
            placed.as_ref().is_ok_and(|placed| matches!(placed.item, Item::Comment(_)))
        };
        Box::new(self.0.items().filter(is_comment).chain(self.0.items().filter(move |placed| !is_comment(placed))))
    }

    fn progress(&self) -> (u64, u64) {
        self.0.progress()
    }
}

#[tokio::test]
async fn comments_may_stand_anywhere() {
    let paper = Paper::open().await;
    let text = paper_of(
        &(1..=3)
            .map(|n| item(n, &[comment(n * 10 + 1, n * 10, "1"), comment(n * 10, 0, "1")].concat()))
            .collect::<String>(),
    );
    let report = paper.brings_whole(&CommentsFirst(of_text(text)), &released()).await;
    assert_eq!((report.comments.read, report.comments.public), (6, 6));
    let story = paper.public("khabar-2").await.expect("it is public");
    let thread = paper.store.thread(story.id, Sort::Oldest, None, 50).await.expect("the thread");
    assert_eq!(thread.entries.iter().map(|entry| entry.root).collect::<Vec<_>>(), [1, 1]);
}

/// With a folder in which one picture lies.
fn with_picture(path: &'static str) -> BringOptions {
    let words = PictureWords { focus: (50, 50), ..PictureWords::default() };
    let (print, size, bytes) = ("5".repeat(32), (90, 60), vec![0xff, 0xd8]);
    let new = NewPicture { print, size, placeholder: String::new(), words, bytes, sizes: vec![], more: false };
    let in_folder = move |asked: &str| (asked == path).then(|| Developed::Picture(Box::new(new.clone())));
    BringOptions { files: Some(Arc::new(in_folder)), ..released() }
}

#[tokio::test]
async fn pictures_for_which_stories_wait_come_with_a_later_run_and_everything_else_stays() {
    let paper = Paper::open().await;
    let picture = "\n\n<img src=\"https://old.example/wp-content/uploads/2019/05/tram.jpg\" alt=\"ترام أبيض\">\n\nوقال";
    let text = paper_of(&[item(1, "").replace("\n\nوقال", picture), item(2, "")].concat());
    let brings = async |options: BringOptions| paper.brings_whole(&of_text(text.clone()), &options).await;
    let first = brings(released()).await;
    assert_eq!((first.stories.public, first.pictures.used, first.pictures.missing), (2, 1, 1));
    let before = paper.public("khabar-1").await.expect("it is public");
    let lately = |report: &Report| (report.pictures.filled, report.pictures.waiting);
    let looked = brings(BringOptions { dry_run: true, ..with_picture("2019/05/tram.jpg") }).await;
    assert_eq!(lately(&looked), (1, 0));
    let elsewhere = brings(with_picture("2019/05/bridge.jpg")).await;
    assert_eq!(lately(&elsewhere), (0, 1));
    assert_eq!(elsewhere.changed[&WhyChanged::PictureMissing].count, 1, "it is named");
    assert_eq!(paper.public("khabar-1").await.as_ref(), Some(&before), "nothing came");
    let second = brings(with_picture("2019/05/tram.jpg")).await;
    assert_eq!((second.stories.known, second.stories.public, lately(&second)), (2, 0, (1, 0)));
    assert!(!second.changed.contains_key(&WhyChanged::PictureMissing));
    let after = paper.public("khabar-1").await.expect("it is public");
    let came = after.text.pictures().next().expect("a picture");
    assert!(came.is_supplied() && came.alt == "ترام أبيض");
    let kept = paper.store.library_picture(&came.file).await.expect("looked for").expect("in the library");
    assert_eq!(kept.uses, (1, 1), "readers have it");
    assert_eq!((&after.slug, after.published_at, after.updated_at), (&before.slug, before.published_at, None));
    assert_eq!(after.text.plain_text(), before.text.plain_text());
    assert_eq!(lately(&brings(with_picture("2019/05/tram.jpg")).await), (0, 0), "none waits any more");
}
