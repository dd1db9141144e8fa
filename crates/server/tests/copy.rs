//! Which pages are looked for in a copy of the database: those for everybody, and nobody's own.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test may panic, and says why it did not run")]

#[path = "../../store/tests/both/mod.rs"]
mod both;
mod running;

use both::Trial;
use running::{Launch, free_port};
use store::Place;

const NAME: &str = "هدى القارئة";
const WORDS: &str = "الجسر القديم يحتاج إلى ترميم قبل الشتاء المقبل";
/// What is counted of a copy that is away: the database answered in its place.
const IN_ITS_PLACE: &str = "midad_replica_reads_total{by=\"database\"} ";

#[tokio::test(flavor = "multi_thread")]
async fn pages_for_everybody_are_looked_for_in_the_copy_and_nobody_s_own_are() {
    let Some(trial) = Trial::postgres().await else {
        return println!("NOT RUN: PostgreSQL (MIDAD_TEST_POSTGRES is not set)");
    };
    let ended = tokio::spawn(look(trial.place.clone())).await;
    trial.clear().await;
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}

async fn look(place: Place) {
    // Nobody listens there: each look for the copy is counted, and the database answers.
    let (nowhere, measured) = (free_port(), free_port());
    let demo = Launch::new(&["demo"]).on(&place).set(&format!("metrics.listen=127.0.0.1:{measured}"));
    let paper = demo.set(&format!("store.replica=postgres://nobody@127.0.0.1:{nowhere}/none")).start().await;
    let looks = async || {
        let told = reqwest::get(format!("http://127.0.0.1:{measured}/metrics")).await.expect("an answer");
        let told = told.text().await.expect("a text");
        let count = told.lines().find_map(|line| line.strip_prefix(IN_ITS_PLACE)).expect("it is counted");
        count.parse::<u64>().expect("a number")
    };
    let reader = paper.reader();
    let story = reader.open_stories(1).await.remove(0);
    let mut before = looks().await;
    for page in ["/archive", "/search?q=%D8%AA%D8%B1%D8%A7%D9%85"] {
        assert!(reader.get(page).await.status.is_success(), "{page}");
        let after = looks().await;
        assert!(after > before, "{page} is for everybody");
        before = after;
    }

    let posted = reader.try_to_comment(&story, NAME, WORDS).await.expect("an answer");
    assert!(posted.status.is_redirection(), "{}", posted.status);
    let editor = paper.reader();
    let link = paper.link_for("editor").await;
    let path = link.strip_prefix(&paper.address).expect("a link of this paper");
    assert!(editor.send(path, &[]).await.status.is_redirection(), "signed in");
    assert!(reader.get(&story).await.body.contains(WORDS), "the author sees what waits");
    before = looks().await;
    for (who, page) in [(&reader, "/me"), (&editor, "/desk"), (&editor, "/desk/stories")] {
        let got = who.get(page).await;
        assert!(got.status.is_success(), "{page}: {}", got.status);
    }
    assert_eq!(looks().await, before, "nobody's own page is looked for in the copy");
    paper.stop().await;
}
