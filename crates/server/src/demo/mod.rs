//! A small invented newspaper, alive in the browser a moment after it is asked for.

mod desk;
mod fill;
mod fixture;
mod front;
mod issues;
pub mod pictures;
mod readings;

use crate::serve::{self, open};
use crate::settings::Settings;
use anyhow::{Context, Result, anyhow};
use clap::ArgMatches;
use std::path::Path;
use store::{Place, Store};
use web::{App, Words};

/// What the demo brings along, unless somebody has said otherwise.
const SUGGESTED: &[(&str, &str)] = &[
    ("data", "./midad-data/demo"),
    ("paper.language", "ar"),
    ("paper.country", "LB"),
    ("paper.digits", "western"),
    ("paper.double-months", "yes"),
    ("paper.hijri", "0"),
    ("paper.time-zone", "Asia/Beirut"),
    ("paper.facebook", "https://www.facebook.com/"),
];

/// A follower of this name stands in the data of a demo, and in no other.
const MARK: &str = "demo-newspaper";

/// Fills the demo newspaper if it is not there yet, and serves it.
pub async fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let mut settings = settings.clone();
    for (key, text) in SUGGESTED {
        settings.suggest(key, text, t);
    }
    let (name, tagline) = fixture::paper();
    settings.suggest("paper.name", name, t);
    settings.suggest("paper.tagline", tagline, t);
    if asked.get_flag("fresh") {
        clear(&settings, t).await.with_context(|| t.s("cli.demo.not-cleared"))?;
    }
    let store = open(&settings, t).await?;
    if store.is_empty().await? {
        fill::newspaper(&store, &settings, t).await?;
        store.keep_cursor(MARK, store.newest_happening().await?).await?;
    }
    refuse_another(&store, t).await?;
    let waiting = asked.get_one::<u32>("waiting").copied().unwrap_or(0);
    fill::more_waiting(&store, &settings.rulebook(&store, t).await?, waiting, t).await?;
    let (paper, rulebook) = (settings.paper(t)?, settings.rulebook_file(t)?);
    let app = App::new(store, paper, rulebook, settings.organisation(t)?).await?;
    let (mut lines, mut roles) = (vec![String::new()], Vec::new());
    for staff in app.store.staff().await? {
        // One of each role is enough to hand a story from desk to desk.
        if !roles.contains(&staff.role) {
            roles.push(staff.role);
            let link = web::make_sign_in_link(&app, staff.id, 24).await?;
            let role = t.s(&format!("role.{}", staff.role.key()));
            lines.push(t.with("cli.demo.link", 1, &[("name", &staff.name), ("role", &role)]));
            lines.push(format!("  {}{link}", app.paper.address));
        }
    }
    lines.push(String::new());
    serve::listen(&settings, app, t, &lines).await
}

/// A newspaper that is none of the demo's is neither shown with sign-in links nor filled nor cleared.
async fn refuse_another(store: &Store, t: &Words) -> Result<()> {
    match store.cursor(MARK).await? {
        Some(_) => Ok(()),
        None => Err(anyhow!(t.s("cli.demo.not-a-demo"))),
    }
}

/// Takes an older demo's files away, after a look that it is one.
async fn clear(settings: &Settings, t: &Words) -> Result<()> {
    let Place::Folder(folder) = settings.place() else { return Err(anyhow!(t.s("cli.demo.fresh-in-folder"))) };
    if !folder.join("midad.db").exists() {
        return Ok(());
    }
    let store = open(settings, t).await?;
    if !store.is_empty().await? {
        refuse_another(&store, t).await?;
    }
    store.close().await;
    for file in ["midad.db", "midad.db-wal", "midad.db-shm"] {
        remove(&folder.join(file))?;
    }
    let pictures = folder.join("pictures");
    gone(std::fs::remove_dir_all(&pictures), &pictures)
}

fn remove(file: &Path) -> Result<()> {
    gone(std::fs::remove_file(file), file)
}

fn gone(removed: std::io::Result<()>, file: &Path) -> Result<()> {
    match removed {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => {
            Err(problem).with_context(|| file.display().to_string())
        }
        _ => Ok(()),
    }
}
