//! A paper goes to WordPress and comes back: what `write_wxr` writes, the importer of WordPress's files reads.
#![allow(clippy::expect_used, missing_docs)] // a test that cannot go on says why

mod brought;
mod own_paper;

use jiff::tz::TimeZone;
use moving::leaving::{Departed, LeavingPaper, write_wxr};
use moving::old::{BringOptions, Developed, OldFile, Report, bring};
use moving::wxr::Wxr;
use newsroom::story::Story;
use own_paper::Paper;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use store::leaving::LeavingStory;
use store::pictures::{NewPicture, PictureWords};

const SITE: &str = include_str!("wordpress-site.xml");

fn options() -> BringOptions {
    let picture = |path: &str| {
        path.ends_with(".jpg").then(|| {
            let words = PictureWords { focus: (50, 50), ..PictureWords::default() };
            let sum = path.bytes().fold(7_u128, |sum, byte| sum.wrapping_mul(31).wrapping_add(u128::from(byte)));
            let print = format!("{sum:032x}");
            let (size, bytes, placeholder) = ((90, 60), path.as_bytes().to_vec(), String::new());
            Developed::Picture(Box::new(NewPicture {
                print,
                size,
                placeholder,
                words,
                bytes,
                sizes: vec![],
                more: false,
            }))
        })
    };
    BringOptions { release_approved: true, files: Some(Arc::new(picture)), ..brought::options() }
}

impl Paper {
    async fn takes(&self, text: &[u8]) -> Report {
        let kept = Wxr::new(vec![OldFile::of_bytes("site.xml", text.to_vec())], Vec::new());
        let now = "2026-03-01T09:00:00Z".parse().expect("a time");
        let report = bring(&self.store, &kept, &options(), now, &mut |_| {}).await.expect("it comes in");
        assert_eq!(report.problems(), [], "{report:#?}");
        report
    }

    async fn leaves(&self) -> (Vec<u8>, Departed) {
        let paper = LeavingPaper {
            name: "المرفأ & أهله".into(),
            tagline: "من ورق".into(),
            address: "https://paper.example".into(),
            language: "ar".into(),
            zone: TimeZone::get("Asia/Beirut").expect("a zone"),
            correction: "تصحيح".into(),
        };
        let (mut out, mut told) = (Vec::new(), 0);
        let departed =
            write_wxr(&self.store, &mut out, &paper, &mut |pieces| told = pieces).await.expect("it goes out");
        assert!(told >= departed.public + departed.drafts + departed.withdrawn);
        (out, departed)
    }

    /// Every story by its headline and time: what readers and colleagues see of it, and its thread.
    async fn said(&self) -> BTreeMap<String, Vec<String>> {
        let stories = self.store.leaving_stories(None, 1000).await.expect("the stories");
        let sections = self.store.sections().await.expect("the sections");
        let mut said = BTreeMap::new();
        for LeavingStory { story, .. } in stories {
            let text = story.text();
            let section = sections.iter().find(|one| Some(one.id) == text.section).map(|one| one.name.clone());
            let mut lines = vec![
                match &story {
                    Story::Published(one) => format!("public {} {}", one.published_at, one.slug),
                    Story::Draft(_) | Story::Withdrawn(_) => "inside".to_owned(),
                },
                text.headline.clone(),
                text.standfirst.clone(),
                text.body.plain_text(),
                format!("{section:?} {:?} {:?}", text.tags, text.bylines),
                format!("{:?}", text.lead.as_ref().map(|lead| &lead.alt)),
            ];
            lines.extend(self.thread_of(&story).await);
            said.insert(format!("{} {}", text.headline, lines[0]), lines);
        }
        said
    }

    /// Name, words, state and what each answers.
    async fn thread_of(&self, story: &Story) -> Vec<String> {
        let places = self.store.leaving_places(story.id(), None, 1000).await.expect("the places");
        let comments = self.store.leaving_comments(story.id(), None, 1000).await.expect("the comments");
        let words: HashMap<_, _> = comments.iter().map(|one| (one.id, format!("{}: {}", one.name, one.text))).collect();
        let places: HashMap<_, _> = places.into_iter().map(|place| (place.id, place)).collect();
        let mut lines: Vec<String> = comments
            .iter()
            .map(|one| {
                let place = places[&one.id];
                let above = place.reply_to.and_then(|above| words.get(&above));
                format!("{} {} {:?} «{above:?}»", one.received_at, place.state.key(), words[&one.id])
            })
            .collect();
        lines.sort();
        lines
    }
}

#[tokio::test]
async fn a_paper_that_went_to_wordpress_comes_back_with_the_same_stories_and_threads() {
    let (first, second) = (Paper::open().await, Paper::open().await);
    let came = first.takes(SITE.as_bytes()).await;
    let (file, departed) = first.leaves().await;
    assert_eq!((departed.public, departed.drafts, departed.withdrawn, departed.pages), (27, 5, 0, 2));
    assert_eq!((departed.approved, departed.waiting), (came.comments.public, came.comments.inside));
    assert!(departed.pictures > 0 && departed.pictures_left == 0, "{departed:?}");
    let report = second.takes(&file).await;
    assert_eq!((report.stories.public, report.stories.inside, report.pages.public), (27, 5, 2));
    assert_eq!(
        (report.comments.public, report.comments.inside, report.comments.left),
        (departed.approved, departed.waiting, 0)
    );
    let (was, is) = (first.said().await, second.said().await);
    assert_eq!(was.keys().collect::<Vec<_>>(), is.keys().collect::<Vec<_>>());
    for (headline, lines) in &was {
        assert_eq!(is[headline], *lines, "{headline}");
    }
    let (again, _) = first.leaves().await;
    assert!(again == file, "an unchanged paper gives the same bytes");
}

#[tokio::test]
async fn what_stays_here_is_counted_and_stands_nowhere_in_the_file() {
    let paper = Paper::open().await;
    paper.takes(SITE.as_bytes()).await;
    let (file, _) = paper.leaves().await;
    let text = String::from_utf8(file).expect("UTF-8");
    for never in ["@", "192.0.2.", "kalimat-sirr"] {
        assert!(!text.contains(never), "{never}");
    }
    let tree = roxmltree::Document::parse(&text).expect("well-formed");
    let named = |name: &str| tree.descendants().filter(|node| node.tag_name().name() == name).count();
    assert_eq!(named("comment_approved"), 51);
    // Every answer answers a comment of its own story that stands before it.
    for item in tree.descendants().filter(|node| node.tag_name().name() == "item") {
        let numbers = |name: &str| -> Vec<u64> {
            let all = item.descendants().filter(|node| node.tag_name().name() == name);
            all.map(|node| node.text().expect("a number").parse().expect("a number")).collect()
        };
        let ids = numbers("comment_id");
        for (at, parent) in numbers("comment_parent").into_iter().enumerate() {
            assert!(parent == 0 || ids[..at].contains(&parent), "{parent} of {ids:?}");
        }
    }
}
