//! The staff, from the command line.

use crate::commands::text;
use crate::serve::open;
use crate::settings::Settings;
use crate::upkeep::print;
use anyhow::{Result, anyhow};
use clap::ArgMatches;
use newsroom::Timestamp;
use newsroom::people::{Role, Staff};
use store::StoreError;
use web::{App, Words};

/// Adds somebody, makes a link for somebody, or lists everybody.
pub async fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let store = open(settings, t).await?;
    match asked.subcommand() {
        Some(("add", asked)) => {
            let name = arabic::clean::line(text(asked, "name"));
            let role = Role::from_key(text(asked, "role")).unwrap_or(Role::Moderator);
            let staff = match store.add_staff(&name, role, Timestamp::now()).await {
                Err(StoreError::Conflict(_)) => return Err(anyhow!(t.with("cli.staff.taken", 1, &[("name", &name)]))),
                added => added?,
            };
            link(settings, store, &staff, t).await
        }
        Some(("link", asked)) => {
            let name = arabic::clean::line(text(asked, "name"));
            let staff = store.staff().await?.into_iter().find(|staff| staff.name == name);
            let staff = staff.ok_or_else(|| anyhow!(t.with("cli.staff.unknown", 1, &[("name", &name)])))?;
            link(settings, store, &staff, t).await
        }
        _ => {
            for staff in store.staff().await? {
                print(&format!("{}\t{}", staff.name, t.s(&format!("role.{}", staff.role.key()))));
            }
            Ok(())
        }
    }
}

async fn link(settings: &Settings, store: store::Store, staff: &Staff, t: &Words) -> Result<()> {
    let app = App::new(store, settings.paper(t)?, settings.rulebook_file(t)?).await?;
    let path = web::make_sign_in_link(&app, staff.id, 24).await?;
    print(&t.with("cli.staff.link-is", 1, &[("name", &staff.name)]));
    print(&format!("{}{path}", app.paper.address));
    Ok(())
}
