//! What agencies send becomes drafts, and says why where it does not. The agencies' own files are no part of this
//! repository; where they are not there, the test says so.
#![allow(clippy::expect_used, clippy::print_stderr, missing_docs)] // a test that cannot go on says why

mod own_paper;

use moving::wire::{Brought, WhyUnread, WireOptions, WireReport, bring_wire};
use newsroom::Timestamp;
use newsroom::story::Story;
use own_paper::Paper;
use std::collections::BTreeMap;
use std::path::PathBuf;

impl Paper {
    async fn brings(&self, text: &str) -> WireReport {
        let brought = bring_wire(&self.store, "item", text.as_bytes(), &WireOptions::default(), now()).await;
        brought.expect("the store").expect("an item")
    }
}

fn now() -> Timestamp {
    "2026-01-01T12:00:00Z".parse().expect("a moment")
}

fn item(version: &str, more: &str) -> String {
    format!(
        "{{\"guid\":\"tag:a.example 1\",\"version\":\"{version}\",\"type\":\"text\",\"headline\":\"جسر جديد\",\"byline\":\"By هدى\",\
         \"source\":\"وكالة البستان\",\"located\":\"الميناء\",\"urgency\":3,\"body_html\":\"<p>فتح الجسر.</p>\"{more}}}"
    )
}

#[tokio::test]
async fn an_item_is_a_draft_once_for_each_of_its_versions() {
    let paper = Paper::open().await;
    let first = paper.brings(&item("1", "")).await;
    let Brought::Draft(story) = first.items[0].became else { panic!("{first:?}") };
    let Story::Draft(draft) = paper.store.story(story).await.expect("the story") else { panic!("no draft") };
    let byline = &draft.text.bylines[0];
    assert_eq!((byline.name.as_str(), byline.outlet.as_deref()), ("هدى", Some("وكالة البستان")));
    assert_eq!((draft.text.headline.as_str(), draft.text.dateline.as_str()), ("جسر جديد", "الميناء"));
    assert_eq!(paper.brings(&item("1", "")).await.items[0].became, Brought::Known(story));
    let second = paper.brings(&item("2", "")).await;
    assert!(matches!(second.items[0].became, Brought::Draft(other) if other != story));
    assert_eq!(second.items[0].others, [story]);
}

#[tokio::test]
async fn a_draft_under_embargo_is_under_it_from_its_first_moment() {
    let paper = Paper::open().await;
    let report = paper.brings(&item("1", ",\"embargoed\":\"2026-02-01T00:00:00Z\"")).await;
    let story = report.items[0].became.story().expect("a draft");
    let until: Timestamp = "2026-02-01T00:00:00Z".parse().expect("a moment");
    assert_eq!(report.items[0].embargo, Some(until));
    let on_desk = paper.store.on_desk(story).await.expect("the story");
    assert_eq!(on_desk.work.embargo_until, Some(until));
}

#[tokio::test]
async fn a_kill_and_an_embargo_that_cannot_be_read_make_no_draft() {
    let paper = Paper::open().await;
    let killed = paper.brings(&item("1", ",\"pubstatus\":\"canceled\"")).await;
    assert_eq!(killed.items[0].became, Brought::Cancelled);
    let unread = paper.brings(&item("2", ",\"embargoed\":\"soon\"")).await;
    assert_eq!(unread.items[0].became, Brought::EmbargoUnread);
}

#[tokio::test]
async fn a_dry_run_keeps_nothing() {
    let paper = Paper::open().await;
    let options = WireOptions { dry_run: true, ..WireOptions::default() };
    let brought = bring_wire(&paper.store, "item", item("1", "").as_bytes(), &options, now()).await;
    assert!(matches!(brought.expect("the store").expect("an item").items[0].became, Brought::Draft(_)));
    assert!(matches!(paper.brings(&item("1", "")).await.items[0].became, Brought::Draft(_)));
}

#[tokio::test]
async fn every_file_of_the_agencies_gives_a_draft_or_says_why_not() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/import-cases/wire");
    let Ok(files) = std::fs::read_dir(folder) else {
        eprintln!("SKIPPED: the agencies' files are not there, and nothing of them was looked at");
        return;
    };
    let paper = Paper::open().await;
    let mut became: BTreeMap<String, &str> = BTreeMap::new();
    let mut names: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    names.sort();
    for path in &names {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = std::fs::read(path).expect("the file");
        let options = WireOptions::default();
        let bring = || bring_wire(&paper.store, &name, &bytes, &options, now());
        let (first, second) = (bring().await.expect("the store"), bring().await.expect("the store"));
        let (first, second) = match (first, second) {
            (Ok(first), Ok(second)) => (first, second),
            (Err(first), Err(second)) => {
                assert_eq!(first, second);
                assert!(matches!(first.why, WhyUnread::Mail | WhyUnread::Format), "{name}: {first}");
                became.insert(name, first.why.key());
                continue;
            }
            other => panic!("{name}: {other:?}"),
        };
        assert!(!first.items.is_empty(), "{name}");
        for (one, again) in first.items.iter().zip(&second.items) {
            match one.became {
                Brought::Draft(story) => assert_eq!(again.became, Brought::Known(story), "{name}"),
                other => assert_eq!(again.became, other, "{name}"),
            }
            let headline = !one.called.is_empty();
            assert!(headline, "{name}: an item that is called nothing");
            became.insert(name.clone(), one.became.key());
        }
    }
    let of = |name: &str| became.get(name).copied().unwrap_or("missing");
    assert_eq!(of("nitf-fishing.xml"), "wire.cancelled");
    assert_eq!(of("tag_reuters.com_2016_newsml_L1N14N0FF_version_1542761538"), "wire.cancelled");
    assert_eq!(of("aap-finance-lite.xml"), "wire.empty");
    assert_eq!(of("dpa_copyright.txt"), "wire.empty");
    assert_eq!(of("LISTING 6 Simple NewsML-G2 Package.xml"), "wire.package");
    assert_eq!(of("snep.xml"), "wire.package");
    assert_eq!(of("handle_invalid_fields.xml"), "wire.draft");
    assert_eq!(of("ninjs3.json"), "wire.picture");
    let drafts = became.values().filter(|key| **key == "wire.draft").count();
    assert!(drafts >= 35, "{drafts} drafts of {}: {became:#?}", names.len());
}
