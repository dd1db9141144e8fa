//! The paper as this process has it: by the settings file until the desk says otherwise. A change at the desk is taken up
//! without a restart, by every process, when it is told of the happening.

use super::Paper;
use jiff::tz::TimeZone;
use newsroom::PaperWaysId;
use newsroom::country::{ChosenWays, SaidWays, Ways, WaysProblem};
use std::sync::{Arc, PoisonError, RwLock};
use store::paper_ways::PaperWays;
use store::{Store, StoreError};

/// The paper by the ways that hold, shared by all pages.
#[derive(Debug)]
pub struct PaperInForce {
    by_file: Arc<Paper>,
    now: RwLock<Held>,
}

/// What holds, and since which version.
#[derive(Debug, Clone)]
pub struct Held {
    /// The paper as its readers have it.
    pub paper: Arc<Paper>,
    /// The newest version that the desk chose; none where it never did.
    pub chosen: Option<Arc<PaperWays>>,
    /// The desk's word holds, and not the file's.
    pub by_desk: bool,
}

impl PaperInForce {
    /// As the settings say.
    pub fn given(paper: Paper) -> Self {
        let paper = Arc::new(paper);
        Self { now: RwLock::new(Held { paper: paper.clone(), chosen: None, by_desk: false }), by_file: paper }
    }

    /// What holds now.
    pub fn now(&self) -> Held {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The paper as its readers have it now: the same one, by its address in memory, until something is changed.
    pub fn paper(&self) -> Arc<Paper> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner).paper)
    }

    /// The paper by the settings file alone.
    pub fn by_file(&self) -> &Paper {
        &self.by_file
    }

    /// Reads what the desk chose last.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn take_up(&self, store: &Store) -> Result<(), StoreError> {
        let Some(newest) = store.paper_ways().await? else { return Ok(()) };
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        // Whoever read before another one and comes after it puts nothing back.
        if now.version() < Some(newest.id) {
            *now = self.by(newest);
        }
        Ok(())
    }

    /// The desk's word, or the file's where the desk wants that. A version that this program cannot read is as if it were the
    /// file's, and said in the log.
    fn by(&self, newest: PaperWays) -> Held {
        let paper = match &newest.chosen {
            ChosenWays::File => None,
            ChosenWays::Desk(said) => {
                let ways = read_ways(said);
                ways.inspect_err(|problems| tracing::warn!(?problems, "kept ways of the paper cannot be read")).ok()
            }
        };
        let by_desk = paper.is_some();
        let paper = paper.map_or_else(|| Arc::clone(&self.by_file), |ways| Arc::new(self.by_file.going_by(ways)));
        Held { paper, chosen: Some(Arc::new(newest)), by_desk }
    }
}

impl Held {
    /// The newest version that the desk chose.
    pub fn version(&self) -> Option<PaperWaysId> {
        self.chosen.as_ref().map(|chosen| chosen.id)
    }
}

/// The paper of the settings by what its desk chose last: for whoever works with it at the terminal.
///
/// # Errors
/// When the store cannot answer.
pub async fn paper_in_force(paper: Paper, store: &Store) -> Result<Paper, StoreError> {
    let in_force = PaperInForce::given(paper);
    in_force.take_up(store).await?;
    Ok(Paper::clone(&in_force.paper()))
}

/// What the desk said, with zones of this machine's own data base.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_ways(said: &SaidWays) -> Result<Ways, Vec<WaysProblem>> {
    said.read(known_zone)
}

/// The right name of a time zone that is known here.
fn known_zone(name: &str) -> Option<String> {
    let zone = TimeZone::get(name).ok().filter(|zone| !zone.is_unknown())?;
    zone.iana_name().map(str::to_owned)
}
