//! What the tests need and cargo cannot build: a PostgreSQL server, a browser.
//!
//! The contract with the tests: a variable is set when the thing was found, and
//! unset when it was not. A test that needs a thing and does not find its
//! variable prints a line that begins with `NOT RUN:` and returns.

use std::net::{TcpStream, ToSocketAddrs};
use std::path::Path;
use std::time::Duration;

use super::program::in_path;

const POSTGRES: &str = "MIDAD_TEST_POSTGRES";
const POSTGRES_DEFAULT: &str = "postgres://postgres@127.0.0.1:5432/postgres";
const PATIENCE: Duration = Duration::from_secs(2);

/// What was looked for on this machine.
pub struct Surroundings(Vec<Probe>);

/// One thing looked for.
pub struct Probe {
    /// The thing.
    pub what: &'static str,
    /// How the tests are told.
    pub variable: &'static str,
    /// What they are told; nothing when the thing is missing.
    pub value: Option<String>,
    /// Where it was found, in words that may be shown: a password never is.
    pub found: Option<String>,
    /// Where it was looked for.
    pub looked_at: String,
    /// What does not run without it.
    pub needed_by: &'static str,
    /// How to get it.
    pub remedy: &'static str,
}

impl Surroundings {
    /// Looks for everything; takes a few seconds when a server does not answer.
    pub fn probe() -> Self {
        Self(vec![postgres(), chromedriver(), chromium()])
    }

    /// In the order looked for.
    pub fn probes(&self) -> &[Probe] {
        &self.0
    }

    /// What was not found.
    pub fn missing(&self) -> Vec<&Probe> {
        self.0.iter().filter(|probe| probe.found.is_none()).collect()
    }

    /// Surroundings made by hand, for tests.
    #[cfg(test)]
    pub fn of(probes: Vec<Probe>) -> Self {
        Self(probes)
    }
}

fn postgres() -> Probe {
    let url = std::env::var(POSTGRES).unwrap_or_else(|_| POSTGRES_DEFAULT.to_owned());
    let address = host_and_port(&url);
    let looked_at = address.clone().unwrap_or_else(|| "an address nobody can read".to_owned());
    let answers = address.as_deref().is_some_and(answers);
    Probe {
        what: "PostgreSQL",
        variable: POSTGRES,
        value: answers.then_some(url),
        found: answers.then(|| looked_at.clone()),
        looked_at,
        needed_by: "tests of the store, the moves and the pages on PostgreSQL",
        remedy: "apt-get install postgresql, start it, or set MIDAD_TEST_POSTGRES=postgres://NAME@HOST:PORT/postgres",
    }
}

fn chromedriver() -> Probe {
    program(
        "ChromeDriver",
        "MIDAD_CHROMEDRIVER",
        "/usr/bin/chromedriver",
        &["chromedriver"],
        "apt-get install chromium-driver",
    )
}

fn chromium() -> Probe {
    program(
        "Chromium",
        "MIDAD_CHROMIUM",
        "/usr/bin/chromium",
        &["chromium", "chromium-browser", "google-chrome"],
        "apt-get install chromium",
    )
}

/// Looks where the variable says, then at the usual place, then in `PATH`.
fn program(what: &'static str, variable: &'static str, usual: &str, names: &[&str], remedy: &'static str) -> Probe {
    let named = std::env::var(variable).ok();
    let place = [named.as_deref(), Some(usual)]
        .into_iter()
        .flatten()
        .find(|place| Path::new(place).is_file())
        .map(str::to_owned)
        .or_else(|| Some(in_path(names)?.to_string_lossy().into_owned()));
    Probe {
        what,
        variable,
        value: place.clone(),
        found: place,
        looked_at: format!("{usual} and PATH ({})", names.join(", ")),
        needed_by: "browser tests (crates/server/tests/browser*.rs)",
        remedy,
    }
}

/// `host:port` of a PostgreSQL address, as `ToSocketAddrs` reads it.
pub fn host_and_port(url: &str) -> Option<String> {
    let rest = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://"))?;
    let authority = rest.split(['/', '?']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let after_brackets = host.rsplit(']').next()?;
    match (host.is_empty(), after_brackets.contains(':')) {
        (true, _) => None,
        (false, true) => Some(host.to_owned()),
        (false, false) => Some(format!("{host}:5432")),
    }
}

/// Whether something accepts a connection there.
pub fn answers(address: &str) -> bool {
    let Ok(mut addresses) = address.to_socket_addrs() else {
        return false;
    };
    addresses.any(|address| TcpStream::connect_timeout(&address, PATIENCE).is_ok())
}
