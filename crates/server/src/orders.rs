//! Keys of removal orders, on their owner's own machine: the server has no need of this, and no use for the secret half.

use crate::commands::text;
use crate::upkeep::print;
use anyhow::{Context, Result, anyhow};
use clap::ArgMatches;
use std::io::Write;
use std::path::Path;
use web::Words;
use web::orders::sealing;

/// Makes a key, or opens what was sealed to one.
pub fn run(asked: &ArgMatches, t: &Words) -> Result<()> {
    match asked.subcommand() {
        Some(("open", asked)) => open(asked, t),
        Some((_, asked)) => key(asked.get_one::<String>("file").map(Path::new), t),
        None => Ok(()),
    }
}

/// The public half is printed; the secret one too, once, or it is written to a file that is its owner's alone.
fn key(file: Option<&Path>, t: &Words) -> Result<()> {
    let (secret, public) = sealing::new_key();
    print(&t.s("cli.orders.public"));
    print(&public);
    match file {
        None => {
            print(&t.s("cli.orders.secret"));
            print(&secret);
        }
        Some(file) => {
            let lines = format!("# public key: {public}\n{secret}\n");
            write_new(file, lines.as_bytes())?;
            print(&t.s("cli.orders.kept"));
            print(&file.display().to_string());
        }
    }
    Ok(())
}

fn open(asked: &ArgMatches, t: &Words) -> Result<()> {
    let read = |name: &str| {
        let path = text(asked, name);
        std::fs::read(path).with_context(|| path.to_owned())
    };
    let (sealed, keys) = (read("file")?, read("key")?);
    let opened = sealing::open(&String::from_utf8_lossy(&keys), &sealed);
    let opened = opened.ok_or_else(|| anyhow!(t.s("cli.orders.shut")))?;
    match asked.get_one::<String>("to") {
        Some(file) => write_new(Path::new(file), &opened),
        // Byte for byte: the paper knows it again by a number of these bytes.
        None => Ok(std::io::stdout().lock().write_all(&opened)?),
    }
}

/// Writes a file that was not there, for its owner alone.
fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| path.display().to_string())?;
    file.write_all(bytes).with_context(|| path.display().to_string())
}
