//! The only crate that knows SQL. One text in the dialect that both engines speak, over two thin engines: SQLite
//! (embedded, group commit) and PostgreSQL.
//!
//! It makes no decision and compares no role. What readers may see of comments leaves through [`thread`] alone, which
//! reads a view that holds no text of a comment that is not released.

mod engine;
mod hex;

pub mod accounts;
pub mod acting;
pub mod api_clients;
pub mod appeals;
pub mod buckets;
pub mod channels;
pub mod checklists;
pub mod checkup;
pub mod comments;
pub mod condition;
pub mod copies;
pub mod desk_notices;
pub mod erasures;
pub mod fediverse;
pub mod flaggers;
pub mod followers;
pub mod front;
pub mod happenings;
pub mod imported;
pub mod issues;
pub mod learning;
pub mod leases;
pub mod leaving;
pub mod listings;
pub mod live;
pub mod log_of_writes;
pub mod meaning;
#[doc(hidden)]
pub mod measured;
pub mod networks;
pub mod newsletter;
pub mod orders;
pub mod outbox;
pub mod outside;
pub mod pages;
pub mod paper_ways;
pub mod people;
pub mod pictures;
mod plans;
pub mod probes;
pub mod push;
pub mod quality;
pub mod queue;
pub mod readers;
pub mod readings;
pub mod reasons;
pub mod redirects;
pub mod reports;
pub mod retention;
pub mod rulebooks;
pub mod sealed_log;
pub mod search;
pub mod secrets;
pub mod sections;
pub mod site;
pub mod stories;
pub mod strips;
pub mod suggestions;
pub mod talk;
pub mod thread;
pub mod traced;
pub mod visitors;
pub mod whole;
pub mod wire;

pub use engine::{CopyState, Place, ReplicaCondition, StoreError, newest_schema};

use newsroom::{IdMaker, Timestamp};

/// The paper's memory.
#[derive(Debug, Clone)]
pub struct Store {
    engine: engine::Engine,
    ids: std::sync::Arc<IdMaker>,
    shelves: std::sync::Arc<pictures::Shelves>,
    seen: std::sync::Arc<sealed_log::Seen>,
}

impl Store {
    /// Opens the data, makes the folder or connects, and brings the schema up to date under a lock.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when the folder cannot be made or the server not reached, [`StoreError::Schema`] when
    /// the data were written by a newer version.
    pub async fn open(place: &Place) -> Result<Self, StoreError> {
        let store = Self::over(engine::Engine::open(place).await?)?;
        // Ids are the order of the log and of whoever follows it: a clock that was set back since makes none below those that are there.
        store.ids.go_on_after(store.newest_happening().await?.0);
        Ok(store)
    }

    fn over(engine: engine::Engine) -> Result<Self, StoreError> {
        let mut node = [0_u8; 2];
        getrandom::fill(&mut node).map_err(|problem| StoreError::Unreachable(problem.to_string()))?;
        let ids = std::sync::Arc::new(IdMaker::new(u16::from_le_bytes(node)));
        Ok(Self { engine, ids, shelves: std::sync::Arc::default(), seen: std::sync::Arc::default() })
    }

    /// The same paper with its pictures in these places; until this is said they are in the database.
    pub fn with_pictures_in(self, shelves: pictures::Shelves) -> Self {
        Self { shelves: std::sync::Arc::new(shelves), ..self }
    }

    /// The same paper with a copy of its PostgreSQL server beside it, which [`Store::for_readers`] asks. An address may name several
    /// copies. They need not answer yet.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when the address cannot be read, or the paper is on SQLite; [`StoreError::Broken`] when the server
    /// does not say how far its log has come.
    pub async fn with_replica(self, address: &str) -> Result<Self, StoreError> {
        Ok(Self { engine: self.engine.with_replica(address).await?, ..self })
    }

    /// The same paper for what pages show to everybody: it is read from the copy, where there is one and it has everything that this
    /// process has written or heard of. What one has just written, and what decides about one, is read from the store itself.
    pub fn for_readers(&self) -> Self {
        Self { engine: self.engine.for_readers(), ..self.clone() }
    }

    /// How the copy stands; none where there is none.
    ///
    /// # Errors
    /// When the server itself cannot answer.
    pub async fn replica(&self) -> Result<Option<ReplicaCondition>, StoreError> {
        self.engine.replica().await
    }

    /// From now on a statement that takes longer is told in the log, with its text and never with what it was asked with, and
    /// counted; with no time at all, none is. As opened, none is.
    pub fn tell_slower_than(&self, beyond: std::time::Duration) {
        self.engine.tell_slower_than(beyond);
    }

    /// How many took longer since the store was opened.
    pub fn slow_statements(&self) -> u64 {
        self.engine.slow_statements()
    }

    /// A new id; wrap it in the type of what it is for: `StoryId(store.id(now))`.
    pub fn id(&self, now: Timestamp) -> i64 {
        self.ids.make(now)
    }

    /// Ends the engine's threads and connections after what is waiting has been committed.
    pub async fn close(self) {
        self.engine.close().await;
    }
}
