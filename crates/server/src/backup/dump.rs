//! PostgreSQL's own programs: `pg_dump` makes a copy, `pg_restore` reads it through and puts it back. They get the address in
//! their variables, so that no password stands on a command line.

use super::files::new_file;
use anyhow::{Context, Result, anyhow};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use store::copies::{Dumping, Moment};
use store::{Place, Store, StoreError};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::Command;
use web::Words;

const DUMP: &str = "pg_dump";
const RESTORE: &str = "pg_restore";
/// Of a line of a dump so much is looked at: the line that begins a table is shorter.
const MOST_SEEN: usize = 64 * 1024;
/// Bytes of a complaint that are told.
const MOST_TOLD: u64 = 4_096;

/// `pg_dump` is here and no older than the server.
pub async fn must_fit(store: &Store, t: &Words) -> Result<()> {
    let server = store.server_version().await?;
    for program in [DUMP, RESTORE] {
        let ours = version(program, t).await?;
        if ours < server {
            let texts = [("program", program), ("ours", &ours.to_string()), ("server", &server.to_string())];
            return Err(anyhow!(t.with("cli.backup.old-program", 1, &texts)));
        }
    }
    Ok(())
}

/// The first number of the version of `pg_dump` and `pg_restore`, of the older one where they differ.
pub async fn dump_version(t: &Words) -> Result<u32> {
    Ok(version(DUMP, t).await?.min(version(RESTORE, t).await?))
}

/// `pg_restore` is here.
pub async fn must_be_here(t: &Words) -> Result<()> {
    version(RESTORE, t).await.map(drop)
}

/// The first number of `pg_dump (PostgreSQL) 15.4 (Debian …)`.
async fn version(program: &str, t: &Words) -> Result<u32> {
    let missing = || t.with("cli.backup.no-program", 1, &[("program", program)]);
    let said = Command::new(program).arg("--version").stdin(Stdio::null()).output().await.with_context(missing)?;
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    let number = text.split_whitespace().find_map(|word| word.split(['.', 'b', 'r', 'd']).next()?.parse().ok());
    number.ok_or_else(|| anyhow!("{program} --version: {text}"))
}

/// Dumps a database into a new file; what it held.
pub async fn dump(store: &Store, place: &Place, to: &Path) -> Result<Moment> {
    new_file(to).with_context(|| to.display().to_string())?;
    let (environment, to) = (place.environment()?, to.to_owned());
    let dumping: Dumping = Arc::new(move |snapshot| {
        let mut command = quiet(DUMP, &environment);
        command.args(["--format=custom", "--no-password", "--snapshot", &snapshot, "--file"]).arg(&to);
        Box::pin(async move { ended(DUMP, command).await.map_err(|problem| StoreError::Broken(problem.to_string())) })
    });
    Ok(store.dump(dumping).await?)
}

/// Reads a dump to its end as `pg_restore` does, without a database; the rows of each table in it.
pub async fn read_through(dump: &Path) -> Result<BTreeMap<String, u64>> {
    let mut command = quiet(RESTORE, &[]);
    command.args(["--data-only", "--file=-"]).arg(dump).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().context(RESTORE)?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let (Some(out), Some(err)) = (out, err) else { return Err(anyhow!(RESTORE)) };
    let mut said = String::new();
    let told = async {
        let mut first = err.take(MOST_TOLD);
        first.read_to_string(&mut said).await?;
        // Whoever complains at length is heard to the end, or would wait for it.
        tokio::io::copy(&mut first.into_inner(), &mut tokio::io::sink()).await
    };
    let (rows, told) = tokio::join!(count(BufReader::new(out)), told);
    told?;
    let status = child.wait().await?;
    if status.success() { rows } else { Err(anyhow!("{RESTORE}: {status}: {}", said.trim())) }
}

/// Puts a dump into a database, whole or not at all.
pub async fn restore(dump: &Path, place: &Place) -> Result<()> {
    let environment = place.environment()?;
    let named = environment.iter().find(|(name, _)| *name == "PGDATABASE").map_or("", |(_, database)| database);
    let database = format!("dbname='{}'", named.replace('\\', r"\\").replace('\'', r"\'"));
    let mut command = quiet(RESTORE, &environment);
    command.args(["--no-password", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]);
    command.args(["--dbname", &database]).arg(dump);
    ended(RESTORE, command).await
}

/// A program with its variables; those that would lead elsewhere are taken away.
fn quiet(program: &str, environment: &[(&'static str, String)]) -> Command {
    let mut command = Command::new(program);
    for name in ["PGSERVICE", "PGHOSTADDR", "PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGOPTIONS"] {
        command.env_remove(name);
    }
    command.envs(environment.iter().map(|(name, value)| (*name, value)));
    command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true);
    command
}

async fn ended(program: &str, mut command: Command) -> Result<()> {
    let output = command.stderr(Stdio::piped()).output().await.with_context(|| program.to_owned())?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(()) } else { Err(anyhow!("{program}: {}: {}", output.status, said.trim())) }
}

/// Rows between `COPY schema.table (…) FROM stdin;` and `\.`, each on a line of its own. A line may be as long as a picture
/// and is never in memory whole.
async fn count(mut dump: impl AsyncBufRead + Unpin) -> Result<BTreeMap<String, u64>> {
    let (mut rows, mut table, mut line) = (BTreeMap::new(), None::<String>, Vec::new());
    while read_line(&mut dump, &mut line).await? {
        match &table {
            Some(_) if line == b"\\." => table = None,
            Some(table) => *rows.entry(table.clone()).or_default() += 1,
            None => {
                table = begins(&line);
                if let Some(table) = &table {
                    rows.entry(table.clone()).or_default();
                }
            }
        }
    }
    if table.is_none() { Ok(rows) } else { Err(anyhow!("{RESTORE}: a table without an end")) }
}

/// The table whose rows begin behind this line.
fn begins(line: &[u8]) -> Option<String> {
    let line = std::str::from_utf8(line).ok()?.strip_prefix("COPY ")?.strip_suffix(" FROM stdin;")?;
    let named = line.split(" (").next()?;
    Some(named.rsplit('.').next()?.trim_matches('"').to_owned())
}

/// The beginning of the next line, without its end; `false` where there is none.
async fn read_line(from: &mut (impl AsyncBufRead + Unpin), line: &mut Vec<u8>) -> Result<bool> {
    line.clear();
    let mut any = false;
    loop {
        let some = from.fill_buf().await?;
        if some.is_empty() {
            return Ok(any);
        }
        any = true;
        let end = some.iter().position(|byte| *byte == b'\n');
        let seen = &some[..end.unwrap_or(some.len())];
        line.extend_from_slice(&seen[..seen.len().min(MOST_SEEN.saturating_sub(line.len()))]);
        let used = seen.len() + usize::from(end.is_some());
        from.consume(used);
        if end.is_some() {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[tokio::test]
    async fn rows_of_a_dump_are_counted_table_by_table() {
        let dump = "SET x;\nCOPY public.stories (id, text) FROM stdin;\n1\tCOPY a (b) FROM stdin;\n2\tb\\.\n\\.\n\n\
                    COPY public.empty (id) FROM stdin;\n\\.\n";
        let rows = count(dump.as_bytes()).await.unwrap();
        assert_eq!(rows.into_iter().collect::<Vec<_>>(), [("empty".to_owned(), 0), ("stories".to_owned(), 2)]);
        assert!(count(&b"COPY public.stories (id) FROM stdin;\n1\n"[..]).await.is_err(), "cut off");
    }
}
