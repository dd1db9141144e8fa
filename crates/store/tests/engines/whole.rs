//! The whole paper, row by row: out of one store, into another, on the same engine or the other one.

use crate::both::{Trial, on_both};
use crate::paper;
use store::whole::JsonRow;
use store::{Store, StoreError};

/// Every row of every table, as text.
async fn everything(store: &Store) -> Vec<String> {
    let mut out = Vec::new();
    let mut whole = store.whole();
    while let Some((table, rows)) = whole.next().await.unwrap() {
        out.extend(rows.into_iter().map(|row| format!("{table} {}", serde_json::Value::Object(row))));
    }
    out
}

#[tokio::test]
async fn rows_are_read_from_after_a_key_and_none_is_left_out() {
    on_both(|store| async move {
        paper::fill(&store).await;
        for table in Store::tables() {
            let at_once = store.table_rows(table, None, 1_000).await.unwrap();
            let mut one_by_one: Vec<JsonRow> = Vec::new();
            while let [row] = &store.table_rows(table, one_by_one.last().cloned(), 1).await.unwrap()[..] {
                one_by_one.push(row.clone());
            }
            assert_eq!(one_by_one, at_once, "{table}");
            assert_eq!(store.table_count(table).await.unwrap(), at_once.len() as i64, "{table}");
            assert!(!at_once.is_empty(), "{table}: a bit of everything is in it");
        }
        let rows = store.table_rows("pictures", None, 9).await.unwrap();
        let tram = rows.iter().find(|row| row["name"] == "tram.png").unwrap();
        assert_eq!(tram["bytes"]["hex"].as_str().unwrap().len(), 512);
    })
    .await;
}

#[tokio::test]
async fn the_whole_paper_is_the_tables_one_after_the_other() {
    on_both(|store| async move {
        paper::fill(&store).await;
        let mut expected = Vec::new();
        for table in Store::tables() {
            let rows = store.table_rows(table, None, 1_000).await.unwrap();
            expected.extend(rows.into_iter().map(|row| format!("{table} {}", serde_json::Value::Object(row))));
        }
        assert_eq!(everything(&store).await, expected);
    })
    .await;
}

#[tokio::test]
async fn what_happens_while_the_whole_paper_is_read_is_not_in_it() {
    on_both(|store| async move {
        paper::fill(&store).await;
        // More than is handed over at once, so that reading has to wait for us.
        let rows = (0..1_200).map(|n| tag(&format!("t{n:04}"))).collect::<Vec<_>>();
        store.put_rows("tags", &rows).await.unwrap();
        let before = store.table_count("secrets").await.unwrap();
        let mut whole = store.whole();
        let mut secrets = 0;
        while let Some((table, rows)) = whole.next().await.unwrap() {
            if table == "tags" {
                store.secret(&format!("made at {}", rows.len())).await.unwrap();
            }
            secrets += if table == "secrets" { rows.len() as i64 } else { 0 };
        }
        assert!(store.table_count("secrets").await.unwrap() > before);
        assert_eq!(secrets, before, "secrets are told last, and the new one came after the first row was read");
    })
    .await;
}

fn tag(slug: &str) -> JsonRow {
    let row = serde_json::json!({ "slug": slug, "name": slug });
    row.as_object().unwrap().clone()
}

#[tokio::test]
async fn a_paper_is_put_back_on_either_engine_to_the_last_letter() {
    let froms = Trial::all().await;
    for from in &froms {
        let old = Store::open(&from.place).await.unwrap();
        paper::fill(&old).await;
        for to in Trial::all().await {
            let new = Store::open(&to.place).await.unwrap();
            assert_eq!(new.schema_number().await.unwrap(), old.schema_number().await.unwrap());
            for table in Store::tables() {
                let rows = old.table_rows(table, None, 1_000).await.unwrap();
                new.put_rows(table, &rows).await.unwrap();
            }
            new.rebuild_search().await.unwrap();
            assert_eq!(everything(&new).await, everything(&old).await);
            assert_eq!(new.check().await.unwrap(), []);
            assert!(!new.is_empty().await.unwrap());
            drop(new);
            to.clear().await;
        }
    }
    for from in froms {
        from.clear().await;
    }
}

#[tokio::test]
async fn rows_that_are_there_already_are_an_error_and_none_of_them_is_put() {
    on_both(|store| async move {
        assert!(store.is_empty().await.unwrap());
        store.put_rows("tags", &[tag("b")]).await.unwrap();
        assert!(!store.is_empty().await.unwrap());
        let again = store.put_rows("tags", &[tag("a"), tag("b")]).await;
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
        assert_eq!(store.table_rows("tags", None, 10).await.unwrap(), [tag("b")]);
    })
    .await;
}

#[tokio::test]
async fn a_row_of_other_columns_is_refused_and_the_column_named() {
    on_both(|store| async move {
        let wrong = [
            ("tags", r#"{"slug":"a"}"#, "table tags: column name is missing"),
            ("tags", r#"{"slug":"a","name":"a","colour":1}"#, "table tags has no column colour"),
            ("tags", r#"{"slug":"a","name":1.5}"#, "table tags: column name holds no value of ours"),
            ("tags", r#"{"slug":"a","name":{"hex":"abc"}}"#, "table tags: column name holds no value of ours"),
            ("tags", r#"{"slug":"a","name":["a"]}"#, "table tags: column name holds no value of ours"),
            ("weather", r#"{"day":1}"#, "no table of an export is called weather"),
            ("leases; drop table tags", r#"{}"#, "no table of an export is called leases; drop table tags"),
        ];
        for (table, row, why) in wrong {
            let row = serde_json::from_str(row).unwrap();
            assert_eq!(store.put_rows(table, &[row]).await, Err(StoreError::Schema(why.to_owned())));
        }
        assert!(store.is_empty().await.unwrap());
        let after = store.table_rows("tags", Some(JsonRow::new()), 1).await;
        assert_eq!(after, Err(StoreError::Schema("table tags: column slug is missing".to_owned())));
        assert!(store.table_count("weather").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_value_of_another_kind_than_its_column_fails() {
    on_both(|store| async move {
        let row = serde_json::json!({ "section_id": "one", "slug": "a", "name": "a", "position": 1 });
        assert!(store.put_rows("sections", &[row.as_object().unwrap().clone()]).await.is_err());
        assert!(store.is_empty().await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_reading_that_ends_too_early_is_an_error_and_not_an_end() {
    on_both(|store| async move {
        paper::fill(&store).await;
        store.run_for_tests("drop table secrets").await.unwrap();
        let mut whole = store.whole();
        let failed = loop {
            match whole.next().await {
                Ok(Some(_)) => {}
                other => break other,
            }
        };
        assert!(matches!(failed, Err(StoreError::Broken(_))), "{failed:?}");
    })
    .await;
}
