//! Statements of reasons, for whoever hands them on.

use crate::commands::text;
use crate::serve::open;
use crate::settings::Settings;
use crate::upkeep::print;
use anyhow::{Result, anyhow};
use clap::ArgMatches;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use newsroom::Timestamp;
use web::Words;

/// Prints the statements of the days from one to another, both counted, a line of JSON each.
pub async fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let day = |name| text(asked, name).parse::<Date>().map_err(|_| anyhow!(t.s("cli.statements.bad-day")));
    let (from, to) = (day("from")?, day("to")?);
    let store = open(settings, t).await?;
    let period = (beginning(from)?, beginning(to.tomorrow()?)?);
    let paper = web::paper_in_force(settings.paper(t)?, &store).await?;
    let words = Words::new(paper.writing.language, paper.writing.digits);
    let lines = web::statement_lines(&store, &words, period).await?;
    if !lines.is_empty() {
        print(lines.trim_end());
    }
    Ok(())
}

fn beginning(day: Date) -> Result<Timestamp> {
    Ok(day.to_zoned(TimeZone::UTC)?.timestamp())
}
