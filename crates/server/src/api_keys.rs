//! Keys of other comment systems, from the command line.

use crate::commands::text;
use crate::serve::open;
use crate::settings::Settings;
use crate::upkeep::print;
use anyhow::{Result, anyhow};
use clap::ArgMatches;
use newsroom::people::Scope;
use newsroom::{StaffId, Timestamp};
use store::api_clients::{ApiClient, NewApiClient};
use store::{Store, StoreError};
use web::Words;

/// Gives a key, takes one away, or lists all of them. A running paper learns of it within a second or so.
pub async fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let store = open(settings, t).await?;
    match asked.subcommand() {
        Some(("add", asked)) => {
            let name = arabic::clean::line(text(asked, "name"));
            let per_minute = asked.get_one::<u32>("per-minute").copied().unwrap_or(1);
            let (staff, scopes) = acts_for(&store, asked, t).await?;
            let new = NewApiClient { name: name.clone(), per_minute, staff, scopes };
            let key = match web::make_program_key(&store, &new, Timestamp::now()).await {
                Err(StoreError::Conflict(_)) => {
                    return Err(anyhow!(t.with("cli.api-key.taken", 1, &[("name", &name)])));
                }
                made => made?.1,
            };
            print(&t.with("cli.api-key.is", 1, &[("name", &name)]));
            // As it is, without direction marks around it: it will be copied.
            print(&key);
        }
        Some(("revoke", asked)) => {
            let name = arabic::clean::line(text(asked, "name"));
            match store.revoke_api_client(&name, Timestamp::now()).await {
                Err(StoreError::NotFound) => {
                    return Err(anyhow!(t.with("cli.api-key.unknown", 1, &[("name", &name)])));
                }
                revoked => drop(revoked?),
            }
            print(&t.with("cli.api-key.revoked", 1, &[("name", &name)]));
        }
        _ => {
            for (client, _) in store.api_clients().await? {
                print(&line(&client, t));
            }
        }
    }
    Ok(())
}

/// For whom the key acts and what it opens: verdicts and nobody where nothing is said of it. Nobody is given a key that opens
/// more than they may.
async fn acts_for(store: &Store, asked: &ArgMatches, t: &Words) -> Result<(Option<StaffId>, Vec<Scope>)> {
    let Some(name) = asked.get_one::<String>("for") else { return Ok((None, vec![Scope::Verdicts])) };
    let name = arabic::clean::line(name);
    let staff = store.staff_at_work().await?.into_iter().find(|somebody| somebody.name == name);
    let staff = staff.ok_or_else(|| anyhow!(t.with("cli.api-key.for-unknown", 1, &[("name", &name)])))?;
    let words = asked.get_many::<String>("scope").into_iter().flatten();
    let mut scopes: Vec<Scope> = words.filter_map(|word| Scope::from_word(word)).collect();
    scopes.sort_unstable();
    scopes.dedup();
    if let Some(unfit) = scopes.iter().find(|scope| !scope.asks().iter().all(|act| staff.role.may(*act))) {
        let texts = [("name", name.as_str()), ("scope", unfit.word())];
        return Err(anyhow!(t.with("cli.api-key.scope-unfit", 1, &texts)));
    }
    Ok((Some(staff.id), scopes))
}

/// Name, pace, and since when or until when, parted by tabs.
fn line(client: &ApiClient, t: &Words) -> String {
    let day = |at: Timestamp| at.strftime("%Y-%m-%d").to_string();
    let holds = match client.revoked_at {
        None => t.with("cli.api-key.since", 1, &[("day", &day(client.added_at))]),
        Some(at) => t.with("cli.api-key.until", 1, &[("day", &day(at))]),
    };
    format!("{}\t{}\t{holds}", client.name, t.n("cli.api-key.pace", client.per_minute))
}
