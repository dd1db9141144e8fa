//! Pictures at the terminal: they move to where the settings say, and older ones get the sizes that they lack.

use crate::bring::bar;
use crate::serve::open;
use crate::settings::Settings;
use crate::upkeep::{complain, print};
use anyhow::{Result, anyhow};
use clap::{Arg, ArgAction, ArgMatches, Command};
use newsroom::Timestamp;
use store::Store;
use web::Words;

const AT_ONCE: u32 = 100;

/// The command.
pub fn command(t: &Words) -> Command {
    let shrink = Arg::new("shrink").long("shrink").action(ArgAction::SetTrue).help(t.s("cli.pictures.shrink"));
    Command::new("pictures")
        .about(t.s("cli.pictures"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("move").about(t.s("cli.pictures.move")).arg(shrink))
        .subcommand(Command::new("avif").about(t.s("cli.pictures.avif")))
}

/// Moves them, or has them pressed as AVIF.
pub async fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let store = open(settings, t).await?;
    match asked.subcommand() {
        Some(("move", asked)) => move_all(&store, asked.get_flag("shrink"), t).await?,
        Some(_) if !darkroom::HAS_AVIF => return Err(anyhow!(t.s("cli.no-avif"))),
        Some(_) => print(&t.n("cli.pictures.waiting", store.size_those_without_avif().await?)),
        None => {}
    }
    store.close().await;
    Ok(())
}

/// One after the other, each for good: broken off, it goes on where it was when it is called again.
async fn move_all(store: &Store, shrink: bool, t: &Words) -> Result<()> {
    let place = t.s(&format!("cli.pictures.into.{}", store.pictures_go_into().key()));
    print(&place);
    let progress = bar(store.pictures_elsewhere().await?, t);
    let (mut after, mut moved, mut failed) = (String::new(), 0_u64, 0_u64);
    loop {
        let names = store.pictures_to_move(&after, AT_ONCE).await?;
        let Some(last) = names.last() else { break };
        after.clone_from(last);
        for name in names {
            match store.move_picture(&name, Timestamp::now()).await {
                Ok(true) => moved += 1,
                Ok(false) => {}
                Err(problem) => {
                    failed += 1;
                    progress.suspend(|| complain(&format!("{name}: {problem}")));
                }
            }
            progress.inc(1);
        }
    }
    progress.finish_and_clear();
    print(&t.n("cli.pictures.moved", moved));
    if shrink && moved > 0 {
        store.shrink_pictures().await?;
    }
    if failed > 0 { Err(anyhow!(t.n("cli.pictures.not-moved", failed))) } else { Ok(()) }
}
