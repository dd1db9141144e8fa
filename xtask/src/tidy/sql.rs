//! SQL: where it stands, and in which words.

use std::collections::BTreeMap;

use crate::complaint::Complaint;
use crate::rust_text::{is_word, mask};
use crate::tree::{File, Tree};

const MIGRATIONS: &str = "crates/store/migrations/";

/// Words that distributed engines speaking PostgreSQL's language refuse, or
/// that SQLite does not have, so that one text can serve all.
const REFUSED: &[&str] = &[
    "serial",
    "bigserial",
    "smallserial",
    "autoincrement",
    "as identity",
    "create sequence",
    "nextval",
    "create trigger",
    "create or replace trigger",
    "create temp trigger",
    "pg_advisory_lock",
    "pg_advisory_xact_lock",
    "pg_advisory_unlock",
    "pg_try_advisory_lock",
    "pg_try_advisory_xact_lock",
    "pg_notify",
];

/// Statements refused when a text begins with them; the words alone are English.
const REFUSED_STATEMENTS: &[&str] = &["listen", "unlisten", "notify"];

/// No string in another crate's sources begins like a statement.
pub fn outside_store(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let elsewhere = tree.under("crates/", ".rs").filter(|file| file.crate_name() != Some("store") && !file.is_test());
    for file in elsewhere {
        for literal in mask(&file.text).literals {
            if is_statement(&plain(&literal.text)) {
                complaints.push(Complaint::at(
                    &file.path,
                    literal.line,
                    "SQL outside store: it belongs beside the struct it fills",
                ));
            }
        }
    }
    complaints
}

/// `migrations/sqlite` and `migrations/postgres` hold the same names, numbered
/// from 0001 without a gap.
pub fn pairs(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut engines: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for file in tree.under(MIGRATIONS, ".sql") {
        let rest = &file.path[MIGRATIONS.len()..];
        match rest.split_once('/') {
            Some((engine @ ("sqlite" | "postgres"), name)) => {
                engines.entry(name.to_owned()).or_default().push(engine);
            }
            _ => complaints.push(Complaint::about(&file.path, "lies in neither sqlite/ nor postgres/")),
        }
    }
    for (index, (name, found)) in engines.iter().enumerate() {
        let path = format!("{MIGRATIONS}{}/{name}", found[0]);
        if found.len() != 2 {
            complaints.push(Complaint::about(&path, "has no twin for the other engine"));
        }
        if !name.starts_with(&format!("{:04}_", index + 1)) {
            let says = format!("should begin with {:04}_: numbers have no gap and no twin", index + 1);
            complaints.push(Complaint::about(&path, says));
        }
    }
    complaints
}

/// Neither migrations nor the sources of `store` use what some engine refuses.
pub fn refused(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in tree.under(MIGRATIONS, ".sql") {
        for (line, text) in statements(&file.text) {
            complaints.extend(refused_in(file, line, &text));
        }
    }
    for file in tree.under("crates/store/src/", ".rs").filter(|file| !file.is_test()) {
        for literal in mask(&file.text).literals {
            for (line, text) in statements(&literal.text) {
                complaints.extend(refused_in(file, literal.line + line - 1, &text));
            }
        }
    }
    complaints
}

fn refused_in<'a>(file: &'a File, line: usize, text: &'a str) -> impl Iterator<Item = Complaint> + 'a {
    let spaced = format!(" {} ", just_words(text));
    let begins = spaced.clone();
    let anywhere = REFUSED.iter().filter(move |refused| spaced.contains(&format!(" {refused} ")));
    let at_start = REFUSED_STATEMENTS.iter().filter(move |refused| begins.starts_with(&format!(" {refused} ")));
    anywhere.chain(at_start).map(move |refused| {
        let says = format!("«{refused}» is refused by an engine we want to run on");
        Complaint::at(&file.path, line, says)
    })
}

/// The statements of a text, comments taken out, each with its first line.
fn statements(sql: &str) -> Vec<(usize, String)> {
    let uncommented: Vec<&str> = sql.lines().map(|line| line.split("--").next().unwrap_or(line)).collect();
    let mut found = Vec::new();
    let mut line = 1;
    for statement in uncommented.join("\n").split(';') {
        let blank = statement.len() - statement.trim_start().len();
        let first = line + statement[..blank].matches('\n').count();
        found.push((first, plain(statement)));
        line += statement.matches('\n').count();
    }
    found
}

/// Lower case, one space wherever there is any.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

fn just_words(text: &str) -> String {
    let words: Vec<&str> = text.split(|c| !is_word(c)).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

fn is_statement(plain: &str) -> bool {
    const STARTS: &[&str] = &[
        "select ",
        "insert into ",
        "insert or ",
        "delete from ",
        "create table ",
        "create index ",
        "create unique index ",
        "alter table ",
        "drop table ",
    ];
    STARTS.iter().any(|start| plain.starts_with(start))
        || plain.starts_with("update ") && plain.contains(" set ")
        || plain.starts_with("with ") && plain.contains(" as (") && plain.contains("select ")
}
