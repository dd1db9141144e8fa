//! A paper of one's own, from nothing to its first published story, by the commands that the README names.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test may panic, and says why it did not run")]

#[path = "../../store/tests/both/mod.rs"]
mod both;
mod running;

use both::Trial;
use running::{Launch, Ran, until};
use std::path::Path;
use store::Place;

/// Runs a story on a fresh place of every engine.
async fn on_every_engine<F, S>(story: S)
where
    S: Fn(Place) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    for trial in Trial::all().await {
        let ended = tokio::spawn(story(trial.place.clone())).await;
        trial.clear().await;
        if let Err(failure) = ended {
            std::panic::resume_unwind(failure.into_panic());
        }
    }
}

fn midad(place: &Place, words: &[&str]) -> Ran {
    Launch::new(words).on(place).run()
}

/// What a command says when it refuses.
fn refused(place: &Place, words: &[&str]) -> String {
    let ran = midad(place, words);
    assert!(!ran.success && ran.out.is_empty(), "midad {} did not refuse:\n{}", words.join(" "), ran.out);
    ran.err
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_paper_publishes_its_first_story() {
    on_every_engine(|place| async move {
        let paper = Launch::new(&["serve"]).on(&place).set("paper.name=جريدة الحي").start().await;
        let reader = paper.reader();
        let front = reader.get("/").await;
        assert!(front.body.contains("midad section add") && front.body.contains("href=\"/desk\""), "{}", front.body);
        let mut pages = front.values("href", "/pages/");
        pages.sort();
        pages.dedup();
        assert_eq!(pages, ["/pages/about", "/pages/contact", "/pages/house-rules", "/pages/privacy"]);
        for page in pages {
            let shown = reader.get(&page).await;
            assert!(shown.status == 200 && shown.body.contains("جريدة الحي"), "{page}");
        }

        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/saved-pages/plain.txt");
        let file = file.display().to_string();
        let import = ["import", "page", "--publish", "--date", "2024-03-14", "--section", "محليات", &file];
        assert!(refused(&place, &import).contains("midad section add"), "it says how to make a section");
        assert!(midad(&place, &["section", "add", "محليات"]).success);
        let ran = midad(&place, &import);
        assert!(ran.success && ran.out.contains("published"), "{}{}", ran.out, ran.err);
        // Another process wrote it: the one that serves hears of it within a second or two.
        let stories = until("the story on the front page", || async {
            let front = reader.get("/").await;
            let stories = front.values("href", "/stories/");
            (!stories.is_empty() && !front.body.contains("midad section add")).then_some(stories)
        })
        .await;
        assert!(reader.get(&stories[0]).await.body.contains("id=\"comment-form\""), "it takes comments");
        assert!(midad(&place, &["check"]).success);
        paper.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sections_are_added_renamed_listed_and_removed_by_commands() {
    on_every_engine(|place| async move {
        assert!(midad(&place, &["section", "list"]).out.contains("midad section add"));
        let added = midad(&place, &["section", "add", "أخبار المدينة"]);
        assert!(added.out.contains("/sections/أخبار-المدينة"), "{}{}", added.out, added.err);
        let again = midad(&place, &["section", "add", "أخبار المدينة"]);
        assert!(again.success && again.out.contains("already"), "{}{}", again.out, again.err);
        assert!(midad(&place, &["section", "add", "sport", "الرياضة", "--position", "1"]).success);
        let list = midad(&place, &["section", "list"]).out;
        let lines: Vec<Vec<&str>> = list.lines().map(|line| line.split('\t').take(3).collect()).collect();
        assert_eq!(lines, [["1", "sport", "الرياضة"], ["2", "أخبار-المدينة", "أخبار المدينة"]]);

        assert!(refused(&place, &["section", "add", "Bad Slug", "اسم"]).contains("bad-slug"));
        assert!(refused(&place, &["section", "add", "sport", "الملاعب"]).contains("الرياضة"));
        assert!(refused(&place, &["section", "add", "stadium", "الرياضة"]).contains("/sections/sport"));
        assert!(refused(&place, &["section", "add", &"ط".repeat(41)]).contains("forty"));
        assert!(refused(&place, &["section", "rename", "nowhere", "اسم"]).contains("sport"));
        assert!(!midad(&place, &["section", "add", "sport", "الرياضة", "--position", "0"]).success);

        assert!(midad(&place, &["section", "rename", "sport", "الملاعب"]).out.contains("الملاعب"));
        assert!(midad(&place, &["section", "remove", "أخبار-المدينة"]).success);
        assert!(midad(&place, &["section", "list"]).out.starts_with("1\tsport\tالملاعب"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_the_paper_s_own_once_they_are_set_and_are_never_overwritten() {
    on_every_engine(|place| async move {
        let set = Launch::new(&["page", "set", "about", "about.txt", "--title", "هيئة التحرير"]).on(&place);
        std::fs::write(set.folder().join("about.txt"), "جريدة الحي.\n\n- خبر\n").expect("a file");
        assert!(set.must().out.contains("about"));
        assert!(set.must().out.contains("nothing changed"));
        let broken = Launch::new(&["page", "set", "about", "broken.txt"]).on(&place);
        std::fs::write(broken.folder().join("broken.txt"), "title: من نحن\n\n![صورة](\n").expect("a file");
        let ran = broken.run();
        assert!(!ran.success && ran.err.contains("broken.txt:3"), "{}", ran.err);

        Launch::new(&["serve"]).on(&place).set("paper.language=fr").start().await.stop().await;
        let list = midad(&place, &["page", "list"]).out;
        assert_eq!(list.lines().count(), 4, "{list}");
        assert!(list.contains("about\tهيئة التحرير") && list.contains("privacy\tVie privée"), "{list}");
        let shown = midad(&place, &["page", "show", "about"]).out;
        assert_eq!(shown, "title: هيئة التحرير\n\nجريدة الحي.\n\n- خبر\n");
        assert!(refused(&place, &["page", "show", "nowhere"]).contains("midad page list"));
    })
    .await;
}
