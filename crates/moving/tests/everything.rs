//! The whole paper goes out as lines and comes back, on the same engine or on the other one, to the last letter.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // a test that cannot go on says why

#[path = "../../store/tests/both/mod.rs"]
mod both;
#[path = "../../store/tests/paper/mod.rs"]
mod paper;

use both::{Trial, on_both};
use moving::everything::{Tally, WholeError, read_everything, write_everything};
use store::{Store, StoreError};

async fn written(store: &Store) -> (String, Tally) {
    let mut out = Vec::new();
    let tally = write_everything(store, &mut out, &mut |_| {}).await.unwrap();
    (String::from_utf8(out).unwrap(), tally)
}

async fn read(store: &Store, lines: &str) -> Result<Tally, WholeError> {
    read_everything(store, lines.as_bytes(), &mut |_| {}).await
}

#[tokio::test]
async fn a_paper_moves_to_either_engine_and_back_and_its_lines_are_the_same_bytes() {
    for from in Trial::all().await {
        let old = Store::open(&from.place).await.unwrap();
        paper::fill(&old).await;
        let (lines, tally) = written(&old).await;
        assert_eq!(tally.rows(), lines.lines().count() as u64 - 2);
        for to in Trial::all().await {
            let new = Store::open(&to.place).await.unwrap();
            assert_eq!(read(&new, &lines).await.unwrap(), without_none(&tally));
            assert_eq!(written(&new).await.0, lines);
            assert_eq!(new.check().await.unwrap(), []);
            assert_eq!(new.tally().await.unwrap(), old.tally().await.unwrap());
            assert_eq!(new.find_stories("ترام", 10).await.unwrap(), old.find_stories("ترام", 10).await.unwrap());
            assert_eq!(new.staff().await.unwrap(), old.staff().await.unwrap());
            assert_eq!(new.picture("tram.png").await.unwrap(), old.picture("tram.png").await.unwrap());
            drop(new);
            to.clear().await;
        }
        drop(old);
        from.clear().await;
    }
}

fn without_none(tally: &Tally) -> Tally {
    Tally(tally.0.iter().filter(|(_, rows)| **rows > 0).map(|(table, rows)| (table.clone(), *rows)).collect())
}

#[tokio::test]
async fn a_paper_goes_on_where_it_was_after_the_move() {
    let from = Trial::sqlite();
    let old = Store::open(&from.place).await.unwrap();
    let people = paper::fill(&old).await;
    let (lines, _) = written(&old).await;
    drop(old);
    from.clear().await;
    on_both(move |store| {
        let (people, lines) = (people.clone(), lines.clone());
        async move {
            read(&store, &lines).await.unwrap();
            let visitor = newsroom::people::Visitor { id: newsroom::VisitorId(601) };
            paper::comment(&store, people.tram, visitor, "بعد النقل", None, 9_500).await;
            store.withdraw_comment(people.tram, people.held, huda(), paper::at(9_600)).await.unwrap();
            assert_eq!(store.check().await.unwrap(), []);
        }
    })
    .await;
}

fn huda() -> newsroom::people::Visitor {
    newsroom::people::Visitor { id: newsroom::VisitorId(501) }
}

#[tokio::test]
async fn the_lines_say_what_they_are_and_count_themselves() {
    on_both(|store| async move {
        let (empty, tally) = written(&store).await;
        assert_eq!(tally.rows(), 0);
        assert!(empty.starts_with(r#"{"midad":1,"schema":"#) && empty.contains(r#""at":null"#), "{empty}");
        paper::fill(&store).await;
        let (lines, tally) = written(&store).await;
        let newest = store.log(None, 1).await.unwrap()[0].at;
        assert!(lines.lines().next().unwrap().ends_with(&format!(r#""at":"{newest}"}}"#)));
        let last: serde_json::Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
        assert_eq!(last["end"]["comments"], tally.0["comments"]);
        assert_eq!(tally.0["comments"], 9);
        assert_eq!(tally.0.len(), Store::tables().len(), "tables without rows are counted too");
        assert_eq!(written(&store).await.0, lines, "an unchanged paper gives the same bytes again");
    })
    .await;
}

#[tokio::test]
async fn progress_is_told_and_ends_with_the_last_row() {
    on_both(|store| async move {
        let rows = (0..1_700).map(|n| tag(&format!("t{n:04}"))).collect::<Vec<_>>();
        store.put_rows("tags", &rows).await.unwrap();
        let (mut told, mut out) = (Vec::new(), Vec::new());
        write_everything(&store, &mut out, &mut |rows| told.push(rows)).await.unwrap();
        assert_eq!(told, [500, 1_000, 1_500, 1_700]);
        let trial = Trial::sqlite();
        let other = Store::open(&trial.place).await.unwrap();
        told.clear();
        read_everything(&other, &out[..], &mut |rows| told.push(rows)).await.unwrap();
        assert_eq!(told, [500, 1_000, 1_500, 1_700]);
        drop(other);
        trial.clear().await;
    })
    .await;
}

fn tag(slug: &str) -> store::whole::JsonRow {
    serde_json::json!({ "slug": slug, "name": slug }).as_object().unwrap().clone()
}

#[tokio::test]
async fn a_paper_that_is_not_empty_is_not_filled() {
    on_both(|store| async move {
        let (lines, _) = written(&store).await;
        store.secret("visitors").await.unwrap();
        assert!(matches!(read(&store, &lines).await, Err(WholeError::NotEmpty)));
    })
    .await;
}

/// Reads lines into an empty paper on one engine (what is wrong with them is found before any engine is asked).
async fn refusal(lines: &str) -> WholeError {
    let trial = Trial::sqlite();
    let store = Store::open(&trial.place).await.unwrap();
    let read = read(&store, lines).await;
    drop(store);
    trial.clear().await;
    read.expect_err("it is refused")
}

fn head() -> &'static str {
    r#"{"midad":1,"schema":58,"at":null}"#
}

fn row(slug: &str) -> String {
    format!(r#"{{"table":"tags","row":{{"slug":"{slug}","name":"وسم"}}}}"#)
}

#[tokio::test]
async fn what_is_no_export_is_refused_by_its_first_line() {
    assert!(matches!(refusal("").await, WholeError::CutOff { line: 0 }));
    assert!(matches!(refusal("<html>\n").await, WholeError::NotOurs));
    assert!(matches!(refusal(r#"{"midad":2,"schema":58,"at":null}"#).await, WholeError::NotOurs));
    assert!(matches!(refusal(&row("a")).await, WholeError::NotOurs));
}

#[tokio::test]
async fn another_schema_is_refused_and_both_are_named() {
    let lines = r#"{"midad":1,"schema":77,"at":null}"#;
    assert!(matches!(refusal(lines).await, WholeError::OtherSchema { theirs: 77, ours: 58 }));
}

#[tokio::test]
async fn a_file_that_was_cut_off_anywhere_is_refused_and_the_line_is_named() {
    let lines = format!("{}\n{}\n{}\n{}\n", head(), row("a"), row("b"), r#"{"end":{"tags":2}}"#);
    let letters = lines.char_indices().map(|(at, _)| at).skip(1).collect::<Vec<_>>();
    for at in letters {
        let cut = &lines[..at];
        let refused = match cut.trim_end() == lines.trim_end() {
            true => continue,
            false => refusal(cut).await,
        };
        let last = cut.lines().count() as u64;
        let in_the_head = last == 1 && !cut.ends_with('\n') && at < head().len();
        match refused {
            WholeError::NotOurs => assert!(in_the_head, "{cut}"),
            WholeError::CutOff { line } => assert_eq!(line, last, "{cut}"),
            other => panic!("{cut}: {other}"),
        }
    }
}

#[tokio::test]
async fn a_wrong_count_is_refused_and_the_line_and_the_table_are_named() {
    for (end, said, came) in [(r#"{"end":{"tags":3}}"#, 3, 2), (r#"{"end":{}}"#, 0, 2)] {
        let lines = format!("{}\n{}\n{}\n{end}\n", head(), row("a"), row("b"));
        match refusal(&lines).await {
            WholeError::WrongCount { line: 4, table, said: s, came: c } => {
                assert_eq!((table.as_str(), s, c), ("tags", said, came));
            }
            other => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn lines_that_do_not_belong_there_are_refused_by_their_number() {
    let end = r#"{"end":{"tags":1}}"#;
    let wrong = [
        (format!("{}\n{}\nنص\n", head(), row("a")), 3),
        (format!("{}\n{}\n{{\"story\":1}}\n", head(), row("a")), 3),
        (format!("{}\n\n{}\n{end}\n{}\n", head(), row("a"), row("b")), 5),
    ];
    for (lines, number) in wrong {
        match refusal(&lines).await {
            WholeError::Line { line, .. } => assert_eq!(line, number, "{lines}"),
            other => panic!("{lines}: {other}"),
        }
    }
}

#[tokio::test]
async fn rows_that_fit_no_table_are_refused_by_line_and_table() {
    on_both(|store| async move {
        let lines = format!("{}\n{}\n{}\n{{\"table\":\"weather\",\"row\":{{}}}}\n", head(), row("a"), row("b"));
        let end = r#"{"end":{"tags":2,"weather":1}}"#;
        match read(&store, &format!("{lines}{end}\n")).await {
            Err(WholeError::Rows { table, problem: StoreError::Schema(_), .. }) => assert_eq!(table, "weather"),
            other => panic!("{other:?}"),
        }
    })
    .await;
    on_both(|store| async move {
        let lines = format!("{}\n{}\n{}\n{}\n", head(), row("a"), row("a"), r#"{"end":{"tags":2}}"#);
        match read(&store, &lines).await {
            Err(WholeError::Rows { line: 3, table, problem: StoreError::Conflict(_) }) => assert_eq!(table, "tags"),
            other => panic!("{other:?}"),
        }
    })
    .await;
}
