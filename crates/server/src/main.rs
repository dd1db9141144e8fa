//! The program `midad`: wiring, settings, command line.

mod api_keys;
mod backup;
mod bring;
mod bring_wire;
mod certifier;
mod commands;
mod computer;
mod countries;
mod demo;
mod doctor;
mod files;
mod followers;
mod judgement;
mod learn;
mod leaving;
mod lines;
mod log;
mod mail;
mod meaning;
mod measures;
mod mirror;
mod moved;
mod notices;
mod old_site;
mod orders;
mod organisation;
mod pages;
mod pictures;
mod sections;
mod serve;
mod settings;
mod staff;
mod statements;
mod traces;
mod upkeep;
mod wordpress;
mod worker;

use anyhow::Result;
use clap::ArgMatches;
use commands::words;
use settings::Settings;
use std::process::ExitCode;
use traces::Traces;
use web::Words;

fn main() -> ExitCode {
    // Before anything else is there: it reads no settings, and what it needs is little.
    if std::env::args().nth(1).as_deref() == Some(worker::NAME) {
        return worker::work();
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(problem) => return fail(&problem.into()),
    };
    match runtime.block_on(run()) {
        Ok(code) => code,
        Err(problem) => fail(&problem),
    }
}

async fn run() -> Result<ExitCode> {
    let t = words();
    let asked = commands::command(&t).get_matches();
    // Made where there is no paper: it reads no settings.
    if let Some(("orders", asked)) = asked.subcommand() {
        log::begin(None);
        return orders::run(asked, &t).map(|()| ExitCode::SUCCESS);
    }
    // It says itself what is wrong with the settings.
    if let Some(("doctor", of)) = asked.subcommand() {
        log::begin(None);
        return doctor::run(&asked, of, &t).await;
    }
    let settings = Settings::gather(&asked, &t)?;
    let traces = settings.traces(&t)?.map(|wanted| Traces::open(&wanted)).transpose()?;
    log::begin(traces.as_ref());
    let done = obey(&settings, &asked, &t).await;
    if let Some(traces) = traces {
        traces.finish().await;
    }
    done
}

async fn obey(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<ExitCode> {
    match asked.subcommand() {
        Some(("demo", asked)) => demo::run(settings, asked, t).await?,
        Some(("import", asked)) => bring::import(settings, asked, t).await?,
        Some(("export", asked)) => bring::export(settings, asked, t).await?,
        Some(("backup", asked)) => return backup::run(settings, asked, t).await,
        Some(("restore", asked)) => return backup::restore::run(settings, asked, t).await,
        Some(("check", asked)) => return upkeep::check(settings, asked, t).await,
        Some(("staff", asked)) => staff::run(settings, asked, t).await?,
        Some(("learn", asked)) => learn::run(settings, asked, t).await?,
        Some(("section", asked)) => sections::run(settings, asked, t).await?,
        Some(("page", asked)) => pages::run(settings, asked, t).await?,
        Some(("api-key", asked)) => api_keys::run(settings, asked, t).await?,
        Some(("mirror", asked)) => mirror::run(settings, asked, t).await?,
        Some(("statements", asked)) => statements::run(settings, asked, t).await?,
        Some(("pictures", asked)) => pictures::run(settings, asked, t).await?,
        Some(("mail", asked)) => mail::command(settings, asked, t).await?,
        Some(("settings", _)) => upkeep::print(&settings::table(t)),
        Some((name, asked)) => match judgement::run(name, settings, asked, t).await {
            Some(done) => done?,
            None => serve::run(settings, t).await?,
        },
        None => serve::run(settings, t).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// One line for a person, then what lies beneath it.
fn fail(problem: &anyhow::Error) -> ExitCode {
    let causes: Vec<String> = problem.chain().map(ToString::to_string).collect();
    upkeep::complain(&format!("midad: {}", causes.join(": ")));
    ExitCode::FAILURE
}
