//! The staff, from the command line.

use crate::commands::text;
use crate::sections::unknown;
use crate::serve::open;
use crate::settings::Settings;
use crate::upkeep::print;
use anyhow::{Result, anyhow};
use clap::ArgMatches;
use newsroom::people::{Actor, Role, Staff};
use newsroom::{SectionId, Timestamp};
use store::people::{StaffChanged, StaffLine};
use store::{Store, StoreError};
use web::{App, Words};

/// Adds somebody, makes a link for somebody, gives somebody another place, lets somebody go and come back, ends somebody's
/// sign-ins, or lists everybody.
pub async fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let (store, now) = (open(settings, t).await?, Timestamp::now());
    match asked.subcommand() {
        Some(("add", asked)) => {
            let name = arabic::clean::line(text(asked, "name"));
            let role = Role::from_key(text(asked, "role")).unwrap_or(Role::Moderator);
            let staff = match store.add_staff(&name, role, now).await {
                Err(StoreError::Conflict(_)) => return Err(anyhow!(t.with("cli.staff.taken", 1, &[("name", &name)]))),
                added => added?,
            };
            link(settings, store, &staff, t).await
        }
        Some(("link", asked)) => {
            let line = named(&store, asked, t).await?;
            if line.disabled_at.is_some() {
                return Err(anyhow!(t.with("cli.staff.gone", 1, &[("name", &line.staff.name)])));
            }
            link(settings, store, &line.staff, t).await
        }
        Some(("place", asked)) => {
            let staff = named(&store, asked, t).await?.staff;
            let sections = sections(&store, asked, &staff, t).await?;
            let role = Role::from_key(text(asked, "role")).unwrap_or(staff.role);
            said(store.place_staff(staff.id, (role, &sections), Actor::Program, now).await?, &staff, t)
        }
        Some(("disable", asked)) => {
            let staff = named(&store, asked, t).await?.staff;
            said(store.disable_staff(staff.id, Actor::Program, now).await?, &staff, t)
        }
        Some(("enable", asked)) => {
            let staff = named(&store, asked, t).await?.staff;
            said(store.enable_staff(staff.id, Actor::Program, now).await?, &staff, t)
        }
        Some(("sign-out", asked)) => {
            let staff = named(&store, asked, t).await?.staff;
            let happening = store.end_sessions(staff.id, Actor::Program, now).await?;
            said(StaffChanged::Done(happening), &staff, t)
        }
        _ => list(&store, t).await,
    }
}

async fn named(store: &Store, asked: &ArgMatches, t: &Words) -> Result<StaffLine> {
    let name = arabic::clean::line(text(asked, "name"));
    let line = store.staff_lines("").await?.into_iter().find(|line| line.staff.name == name);
    line.ok_or_else(|| anyhow!(t.with("cli.staff.unknown", 1, &[("name", &name)])))
}

/// The sections that were named by their slugs; those from before where none was named, and none for the whole paper.
async fn sections(store: &Store, asked: &ArgMatches, staff: &Staff, t: &Words) -> Result<Vec<SectionId>> {
    if asked.get_flag("whole-paper") {
        return Ok(Vec::new());
    }
    let Some(slugs) = asked.get_many::<String>("section") else { return Ok(staff.sections.clone()) };
    let all = store.sections().await?;
    let found = slugs.map(|slug| {
        let section = all.iter().find(|section| section.slug == *slug);
        section.map(|section| section.id).ok_or_else(|| anyhow!(unknown(slug, &all, t)))
    });
    found.collect()
}

fn said(changed: StaffChanged, staff: &Staff, t: &Words) -> Result<()> {
    let key = match changed {
        StaffChanged::Done(_) => "cli.staff.done",
        StaffChanged::AsItWas => "cli.staff.as-it-was",
        StaffChanged::LastOwner => return Err(anyhow!(t.s("staff.last-owner"))),
    };
    print(&t.with(key, 1, &[("name", &staff.name)]));
    Ok(())
}

/// Name, role, sections, when they were here last, and whether they work here no more; columns are divided by tabs.
async fn list(store: &Store, t: &Words) -> Result<()> {
    let sections = store.sections().await?;
    for line in store.staff_lines("").await? {
        let bound = line.staff.bound_to().unwrap_or_default();
        let slugs = sections.iter().filter(|section| bound.contains(&section.id)).map(|section| section.slug.as_str());
        let (role, slugs) = (t.s(&format!("role.{}", line.staff.role.key())), slugs.collect::<Vec<_>>().join(" "));
        let seen =
            line.seen_at.map_or_else(|| t.s("cli.staff.never"), |at| at.strftime("%Y-%m-%d %H:%M UTC").to_string());
        let gone = line.disabled_at.map(|_| t.s("cli.staff.left")).unwrap_or_default();
        print(format!("{}\t{role}\t{slugs}\t{seen}\t{gone}", line.staff.name).trim_end());
    }
    Ok(())
}

async fn link(settings: &Settings, store: Store, staff: &Staff, t: &Words) -> Result<()> {
    let app = App::new(store, settings.paper(t)?, settings.rulebook_file(t)?, None).await?;
    let path = web::make_sign_in_link(&app, staff.id, 24).await?;
    print(&t.with("cli.staff.link-is", 1, &[("name", &staff.name)]));
    print(&format!("{}{path}", app.paper.address));
    Ok(())
}
