//! The engines alone: savepoints, commits, panics, parameters.

use super::sqlite::numbered;
use super::{Engine, Place, StoreError, values};

struct Trial {
    engine: Engine,
    folder: Option<std::path::PathBuf>,
    /// A table of the test's own, so that several runs on one server do not meet.
    table: String,
}

impl Trial {
    async fn all() -> Vec<Self> {
        let since = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos();
        let table = format!("midad_engine_{}_{since}", std::process::id());
        let folder = std::env::temp_dir().join(&table);
        let engine = Engine::open(&Place::Folder(folder.clone())).await.unwrap();
        let mut all = vec![Self { engine, folder: Some(folder), table: table.clone() }];
        if let Ok(server) = std::env::var("MIDAD_TEST_POSTGRES") {
            on_server(&server, &format!("create database {table}")).await;
            let (base, _) = server.rsplit_once('/').unwrap();
            let engine = Engine::open(&Place::Postgres(format!("{base}/{table}"))).await.unwrap();
            all.push(Self { engine, folder: None, table });
        } else {
            println!("NOT RUN: PostgreSQL (MIDAD_TEST_POSTGRES is not set)");
        }
        for trial in &all {
            trial.run(format!("create table {} (id bigint primary key, words text)", trial.table)).await;
        }
        all
    }

    async fn run(&self, sql: String) {
        let running = self.engine.write(move |tx| {
            let sql = sql.clone();
            Box::pin(async move { tx.run(&sql, &[]).await })
        });
        running.await.unwrap();
    }

    async fn put(&self, id: i64, panics: bool) -> Result<u64, StoreError> {
        let sql = format!("insert into {} (words, id) values ($2, $1)", self.table);
        let writing = self.engine.write(move |tx| {
            let sql = sql.clone();
            Box::pin(async move {
                let touched = tx.run(&sql, values![id, "كلمات"]).await?;
                assert!(!panics, "on purpose");
                Ok(touched)
            })
        });
        writing.await
    }

    async fn ids(&self) -> Vec<i64> {
        let sql = format!("select id from {} where words = $2 and id >= $1 order by id", self.table);
        let reading = self.engine.read(move |tx| {
            let sql = sql.clone();
            Box::pin(async move {
                let rows = tx.rows(&sql, values![0, "كلمات"]).await?;
                rows.iter().map(|row| row.int(0)).collect()
            })
        });
        reading.await.unwrap()
    }

    async fn clear(self) {
        self.engine.close().await;
        match self.folder {
            Some(folder) => std::fs::remove_dir_all(folder).unwrap(),
            None => {
                let server = std::env::var("MIDAD_TEST_POSTGRES").unwrap();
                on_server(&server, &format!("drop database {} with (force)", self.table)).await;
            }
        }
    }
}

async fn on_server(server: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await.unwrap();
    let talking = tokio::spawn(connection);
    client.batch_execute(sql).await.unwrap();
    drop(client);
    talking.await.unwrap().unwrap();
}

#[test]
fn dollar_parameters_are_numbered_and_quoted_texts_left_alone() {
    assert_eq!(numbered("select $2, $10, '$1' from t where a = $1"), "select ?2, ?10, '$1' from t where a = ?1");
    assert_eq!(numbered("select 1"), "select 1");
}

#[tokio::test]
async fn parameters_bind_by_number_whatever_their_order() {
    for trial in Trial::all().await {
        trial.put(7, false).await.unwrap();
        assert_eq!(trial.ids().await, [7]);
        trial.clear().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_or_panicking_job_never_fails_its_neighbours() {
    for trial in Trial::all().await {
        // Every third key is taken already; every seventh job panics after it wrote.
        let key = |n: i64| if n % 3 == 0 { 0 } else { n };
        let jobs = (0..300).map(|n| {
            let (engine, table) = (trial.engine.clone(), trial.table.clone());
            let one = Trial { engine, table, folder: None };
            tokio::spawn(async move { one.put(key(n), n % 7 == 6).await.is_ok().then_some(key(n)) })
        });
        let mut kept: Vec<i64> = Vec::new();
        for job in jobs.collect::<Vec<_>>() {
            // On PostgreSQL the panic reaches the caller's task; on SQLite it is an answer.
            kept.extend(job.await.ok().flatten());
        }
        kept.sort_unstable();
        assert_eq!(trial.ids().await, kept);
        assert!(kept.len() > 150, "{} of 300 were kept", kept.len());
        trial.clear().await;
    }
}

#[tokio::test]
async fn a_reader_cannot_write() {
    for trial in Trial::all().await {
        let sql = format!("insert into {} (id) values (1)", trial.table);
        let writing = trial.engine.read(move |tx| {
            let sql = sql.clone();
            Box::pin(async move { tx.run(&sql, &[]).await })
        });
        assert!(writing.await.is_err());
        trial.clear().await;
    }
}

#[tokio::test]
async fn sums_of_big_numbers_are_read_whole() {
    for trial in Trial::all().await {
        for id in [1, 9_999, 10_000, 123_456_789_012] {
            trial.put(id, false).await.unwrap();
        }
        let sql = format!("select sum(id), sum(-id) from {}", trial.table);
        let reading = trial.engine.read(move |tx| {
            let sql = sql.clone();
            Box::pin(async move {
                let row = tx.row(&sql, &[]).await?.ok_or(StoreError::NotFound)?;
                Ok((row.int(0)?, row.int(1)?))
            })
        });
        assert_eq!(reading.await.unwrap(), (123_456_809_012, -123_456_809_012));
        trial.clear().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_that_turn_away_take_no_connection_with_them() {
    for trial in Trial::all().await {
        trial.put(1, false).await.unwrap();
        for _ in 0..200 {
            let reading = trial.ids();
            tokio::select! {
                biased;
                () = tokio::task::yield_now() => {}
                _ = reading => {}
            }
        }
        for id in 2..52 {
            assert_eq!(trial.ids().await.len(), id - 1);
            // Nobody writes on a line on which somebody else had begun to read.
            trial.put(i64::try_from(id).unwrap(), false).await.unwrap();
        }
        trial.clear().await;
    }
}

#[tokio::test]
async fn a_statement_that_takes_long_is_counted_on_both() {
    for trial in Trial::all().await {
        let many =
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 400000) select max(i) from n";
        let count = || trial.engine.read(move |tx| Box::pin(async move { tx.row(many, values![]).await.map(drop) }));
        count().await.unwrap();
        assert_eq!(trial.engine.slow_statements(), 0, "as opened nothing is slow");
        trial.engine.tell_slower_than(std::time::Duration::from_millis(1));
        count().await.unwrap();
        let seen = trial.engine.slow_statements();
        assert!(seen > 0);
        trial.engine.tell_slower_than(std::time::Duration::ZERO);
        count().await.unwrap();
        assert_eq!(trial.engine.slow_statements(), seen);
        trial.clear().await;
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_folder_that_cannot_be_written_says_why() {
    // Nobody makes a file there, not even root.
    let folder = std::path::PathBuf::from("/proc");
    let Err(refused) = Engine::open(&Place::Folder(folder.clone())).await else { panic!("nothing is made there") };
    let why = std::fs::File::create(folder.join("midad.db")).expect_err("nothing is made there").to_string();
    assert!(matches!(&refused, StoreError::Unreachable(said) if said.contains(&why)), "{refused}");
}
