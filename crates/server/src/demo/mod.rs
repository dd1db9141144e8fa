//! A small invented newspaper, alive in the browser a moment after it is asked for.

mod fill;
mod fixture;
pub mod pictures;

use crate::serve::{self, open};
use crate::settings::Settings;
use anyhow::{Context, Result};
use clap::ArgMatches;
use newsroom::people::Role;
use std::path::Path;
use store::Place;
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

/// Fills the demo newspaper if it is not there yet, and serves it.
pub async fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let mut settings = settings.clone();
    for (key, text) in SUGGESTED {
        settings.suggest(key, text, t);
    }
    let (name, tagline) = fixture::paper();
    settings.suggest("paper.name", name, t);
    settings.suggest("paper.tagline", tagline, t);
    let listen = settings.listen(t)?;
    settings.suggest("paper.address", &format!("http://{listen}"), t);
    if asked.get_flag("fresh") {
        clear(&settings.place()).await.with_context(|| t.s("cli.demo.not-cleared"))?;
    }
    let store = open(&settings, t).await?;
    if store.is_empty().await? {
        fill::newspaper(&store, &settings, t).await?;
    }
    let waiting = asked.get_one::<u32>("waiting").copied().unwrap_or(0);
    fill::more_waiting(&store, &settings.rulebook(t)?, waiting, t).await?;
    let app = App::new(store, settings.paper(t)?, settings.rulebook(t)?).await?;
    let mut lines = vec![String::new()];
    for staff in app.store.staff().await? {
        if matches!(staff.role, Role::Owner | Role::Moderator) {
            let link = web::make_sign_in_link(&app, staff.id, 24).await?;
            let role = t.s(&format!("role.{}", staff.role.key()));
            lines.push(t.with("cli.demo.link", 1, &[("name", &staff.name), ("role", &role)]));
            lines.push(format!("  {}{link}", app.paper.address));
        }
    }
    lines.push(String::new());
    serve::listen(&settings, app, t, &lines).await
}

/// Takes an older demo's files away: nothing but the files of a demo is touched.
async fn clear(place: &Place) -> Result<()> {
    let Place::Folder(folder) = place else { return Ok(()) };
    for file in ["midad.db", "midad.db-wal", "midad.db-shm"] {
        remove(&folder.join(file))?;
    }
    Ok(())
}

fn remove(file: &Path) -> Result<()> {
    match std::fs::remove_file(file) {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => {
            Err(problem).with_context(|| file.display().to_string())
        }
        _ => Ok(()),
    }
}
