//! Runs a story on every engine present: SQLite in a folder of its own, PostgreSQL in a database of its own, both gone
//! afterwards. Other crates' tests take this file in by path.
#![allow(dead_code)]

use std::future::Future;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Place, Store};

/// Runs `story` on each engine. PostgreSQL is the server named by `MIDAD_TEST_POSTGRES`; without it that half says so.
pub async fn on_both<F, S>(story: S)
where
    S: Fn(Store) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    let mut failures = Vec::new();
    for trial in Trial::all().await {
        let store = Store::open(&trial.place).await.expect("the trial's place opens");
        failures.extend(tokio::spawn(story(store)).await.err());
        trial.clear().await;
    }
    // Only now, so that a story that fails on one engine leaves nothing behind on the other.
    if let Some(failure) = failures.into_iter().next() {
        std::panic::resume_unwind(failure.into_panic());
    }
}

/// A place for one test.
pub struct Trial {
    /// Where.
    pub place: Place,
    server: Option<String>,
}

impl Trial {
    /// One of each engine present.
    pub async fn all() -> Vec<Self> {
        let mut all = vec![Self::sqlite()];
        match Self::postgres().await {
            Some(trial) => all.push(trial),
            None => println!("NOT RUN: PostgreSQL (MIDAD_TEST_POSTGRES is not set)"),
        }
        all
    }

    /// An SQLite folder that does not exist yet.
    pub fn sqlite() -> Self {
        Self { place: Place::Folder(std::env::temp_dir().join(name())), server: None }
    }

    /// A fresh database on the server named by `MIDAD_TEST_POSTGRES`.
    pub async fn postgres() -> Option<Self> {
        let server = std::env::var("MIDAD_TEST_POSTGRES").ok()?;
        let name = name();
        run_on(&server, &format!("create database {name}")).await;
        // What is written here is gone in a minute, whatever befalls the machine: nobody waits for the disk.
        run_on(&server, &format!("alter database {name} set synchronous_commit = off")).await;
        let (base, _) = server.rsplit_once('/').expect("an address ends in /database");
        Some(Self { place: Place::Postgres(format!("{base}/{name}")), server: Some(server) })
    }

    /// The folder of an SQLite trial.
    pub fn folder(&self) -> Option<&PathBuf> {
        match &self.place {
            Place::Folder(folder) => Some(folder),
            Place::Postgres(_) => None,
        }
    }

    /// Takes the place away again.
    pub async fn clear(self) {
        match (&self.place, &self.server) {
            (Place::Folder(folder), _) => {
                let _ = std::fs::remove_dir_all(folder);
            }
            (Place::Postgres(address), Some(server)) => {
                let (_, name) = address.rsplit_once('/').expect("an address ends in /database");
                run_on(server, &format!("drop database {name} with (force)")).await;
            }
            (Place::Postgres(_), None) => {}
        }
    }
}

fn name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed().expect("the clock is past 1970").as_nanos();
    format!("midad_test_{}_{}_{since}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

async fn run_on(server: &str, sql: &str) {
    let (client, connection) =
        tokio_postgres::connect(server, tokio_postgres::NoTls).await.expect("PostgreSQL answers");
    let talking = tokio::spawn(connection);
    client.batch_execute(sql).await.expect(sql);
    drop(client);
    let _ = talking.await;
}
