//! What every handler is handed: the store, the paper's settings, and what the process keeps in memory.

use crate::acting::ActingInForce;
use crate::aftermath::AlreadyTold;
use crate::guard::Pacer;
use crate::live::Hub;
use crate::moderation_api::{Callers, Judging};
use crate::page_cache::PageCache;
use crate::paper::Paper;
use crate::rulebook::RulesInForce;
use crate::sign_in::Door;
use crate::story::ReadCounter;
use moderation::{Facts, Models, Rulebook, Submission, Verdict};
use newsroom::Timestamp;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use store::{Store, StoreError};

/// Cheap to clone; one per process.
#[derive(Debug, Clone)]
pub struct App(Arc<Inside>);

/// Reached through [`App`] by its fields' names.
#[derive(Debug)]
pub struct Inside {
    /// The paper's memory.
    pub store: Store,
    /// Its settings.
    pub paper: Paper,
    /// The rules by which comments are examined, as they are now.
    pub rules: RulesInForce,
    /// The rules that decide by themselves, as they are now.
    pub acting: ActingInForce,
    /// What the engine has learned.
    pub models: Models,
    /// Open pages that want to be told.
    pub hub: Hub,
    /// Ready pages, by tag.
    pub page_cache: PageCache,
    /// What was read since it was last written down.
    pub reads: ReadCounter,
    /// What this process was told already.
    pub told: AlreadyTold,
    /// One at a time is told to open pages.
    pub telling: tokio::sync::Mutex<()>,
    /// How fast each network address sends.
    pub pacer: Pacer,
    /// Other comment systems that ask for verdicts.
    pub callers: Callers,
    /// How many of their long texts are read at once.
    pub judging: Judging,
    /// What guards the door of the desk.
    pub door: Door,
    /// Signs visitors' device keys.
    pub visitor_key: [u8; 32],
    /// This process's name among those on the same data; another one at each start.
    pub process: String,
}

impl App {
    /// Wires a process's state around an open store. With a rulebook given, it holds and nobody changes it; without one,
    /// what the desk keeps in the store does.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn new(store: Store, paper: Paper, rulebook: Option<Rulebook>) -> Result<Self, StoreError> {
        let rules = match rulebook {
            Some(rulebook) => RulesInForce::given(rulebook),
            None => RulesInForce::kept(store.rulebook().await?.as_ref()),
        };
        let acting = ActingInForce::kept(store.acting().await?);
        let visitor_key = store.secret("visitor-key").await?;
        let door = Door::new(store.secret("sign-in-key").await?);
        let process = store.id(Timestamp::now()).to_string();
        Ok(Self(Arc::new(Inside {
            pacer: Pacer::new(paper.posts_per_minute),
            store,
            paper,
            rules,
            acting,
            models: Models::shipped(),
            hub: Hub::default(),
            page_cache: PageCache::default(),
            reads: ReadCounter::default(),
            told: AlreadyTold::default(),
            telling: tokio::sync::Mutex::default(),
            callers: Callers::default(),
            judging: Judging::default(),
            door,
            visitor_key,
            process,
        })))
    }

    /// The engine's advice. An engine that fails says so in its verdict; the comment waits and is not lost.
    pub fn examine(&self, submission: &Submission<'_>, facts: &Facts<'_>) -> Verdict {
        let rulebook = self.rules.rulebook();
        let examine = || moderation::examine(submission, facts, &rulebook, &self.models);
        catch_unwind(AssertUnwindSafe(examine)).unwrap_or_else(|_| Verdict::unexamined())
    }

    /// The time, read once per request.
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

impl std::ops::Deref for App {
    type Target = Inside;

    fn deref(&self) -> &Inside {
        &self.0
    }
}
