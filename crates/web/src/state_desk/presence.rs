//! Every process says from time to time that it works, so that whoever looks at one sees all.

use crate::app::App;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use store::StoreError;

/// Said anew each minute: who has not for so long is gone.
const HOLDS: SignedDuration = SignedDuration::from_mins(3);

/// What a process says of itself, as it stands in its row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProcessSays {
    /// The name of its machine.
    pub machine: String,
    /// The version of the program.
    pub program: String,
}

impl ProcessSays {
    /// Out of its row; what cannot be read is empty.
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }
}

/// This process works.
///
/// # Errors
/// When the store cannot answer.
pub fn show_process(app: &App) -> impl Future<Output = Result<(), StoreError>> {
    let says = ProcessSays { machine: app.computer.name(), program: env!("CARGO_PKG_VERSION").to_owned() };
    async move {
        let says = serde_json::to_string(&says).map_err(|problem| StoreError::Broken(problem.to_string()))?;
        let now = app.now();
        app.store.show_process(&app.process, &says, now, now.saturating_add(HOLDS).unwrap_or(now)).await
    }
}
