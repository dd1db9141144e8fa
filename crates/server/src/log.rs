//! What the program says while it works: its log, on the error output; and its traces, where an administrator collects them.

use crate::traces::Traces;
use store::traced::TRACED;
use tracing_subscriber::filter::{EnvFilter, LevelFilter, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry, fmt};

/// From now on it is said. Once in a process, before anything is.
pub fn begin(traces: Option<&Traces>) {
    let Some(traces) = traces else {
        return fmt().with_env_filter(wanted()).with_writer(std::io::stderr).init();
    };
    // Spans of ours alone. Nothing of the log goes to a collector: it may name somebody.
    let ours = filter_fn(|of| of.is_span() && of.target() == TRACED).with_max_level_hint(LevelFilter::INFO);
    let log = fmt::layer().with_writer(std::io::stderr).with_filter(wanted());
    Registry::default().with(traces.layer().with_filter(ours)).with(log).init();
}

/// What of the log is wanted. Spans stand in none: where nobody collects them they are not made, whatever is wanted.
fn wanted() -> EnvFilter {
    let filter = EnvFilter::try_from_env("MIDAD_LOG").unwrap_or_else(|_| "warn".into());
    match format!("{TRACED}=off").parse() {
        Ok(without) => filter.add_directive(without),
        Err(_) => filter,
    }
}
