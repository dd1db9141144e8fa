//! The sections, from the command line.

use crate::commands::text;
use crate::serve::open;
use crate::settings::Settings;
use crate::upkeep::print;
use anyhow::{Result, anyhow};
use clap::ArgMatches;
use newsroom::Timestamp;
use newsroom::people::Actor;
use newsroom::section::{NewSection, Section, SectionName, SectionProblem};
use store::Store;
use store::sections::Changed;
use web::Words;

/// Adds, renames or removes a section, or lists them all.
pub async fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let store = open(settings, t).await?;
    match asked.subcommand() {
        Some(("add", asked)) => add(&store, asked, t).await,
        Some(("rename", asked)) => rename(&store, asked, t).await,
        Some(("remove", asked)) => remove(&store, asked, t).await,
        _ => list(&store, t).await,
    }
}

async fn add(store: &Store, asked: &ArgMatches, t: &Words) -> Result<()> {
    let words: Vec<&str> = asked.get_many::<String>("words").into_iter().flatten().map(String::as_str).collect();
    let (slug, name) = match words[..] {
        [slug, name] => (Some(slug), name),
        [name] => (None, name),
        _ => (None, ""),
    };
    let place = asked.get_one::<u32>("position").copied();
    let new = NewSection::new(slug, name, place).map_err(|problems| anyhow!(all_in_words(&problems, t)))?;
    let changed = store.add_section(&new, Actor::Program, Timestamp::now()).await?;
    let told = |key: &str| at(&t.with(key, 1, &[("name", new.name.as_str())]), new.slug.as_str());
    say(changed, t, &told("cli.section.added"), &told("cli.section.there"))
}

async fn rename(store: &Store, asked: &ArgMatches, t: &Words) -> Result<()> {
    let section = find(store, text(asked, "slug"), t).await?;
    let name = SectionName::new(text(asked, "name")).map_err(|problem| anyhow!(in_words(&problem, t)))?;
    let changed = store.rename_section(section.id, &name, Actor::Program, Timestamp::now()).await?;
    let texts = [("was", section.name.as_str()), ("name", name.as_str())];
    let told = |key: &str| at(&t.with(key, 1, &texts), &section.slug);
    say(changed, t, &told("cli.section.renamed"), &told("cli.section.there"))
}

async fn remove(store: &Store, asked: &ArgMatches, t: &Words) -> Result<()> {
    let section = find(store, text(asked, "slug"), t).await?;
    let changed = store.remove_section(section.id, Actor::Program, Timestamp::now()).await?;
    say(changed, t, &t.with("cli.section.removed", 1, &[("name", &section.name)]), "")
}

async fn list(store: &Store, t: &Words) -> Result<()> {
    let lines = store.section_lines().await?;
    if lines.is_empty() {
        print(&t.s("cli.section.none"));
    }
    for (section, has_stories) in lines {
        let empty = if has_stories { String::new() } else { format!("\t{}", t.s("section.empty")) };
        print(&format!("{}\t{}\t{}{empty}", section.position, section.slug, section.name));
    }
    Ok(())
}

/// The section of a slug; of a name, where no slug is spelled so.
async fn find(store: &Store, asked: &str, t: &Words) -> Result<Section> {
    let sections = store.sections().await?;
    let by_slug = sections.iter().find(|section| section.slug == asked);
    if let Some(section) = by_slug.or_else(|| sections.iter().find(|section| section.name == asked)) {
        return Ok(section.clone());
    }
    Err(anyhow!(unknown(asked, &sections, t)))
}

/// That there is no such section, and which there are or how to make one.
pub fn unknown(asked: &str, sections: &[Section], t: &Words) -> String {
    if sections.is_empty() {
        return t.with("cli.section.unknown-none", 1, &[("section", asked)]);
    }
    let known: Vec<&str> = sections.iter().map(|section| section.slug.as_str()).collect();
    t.with("cli.import.no-section", 1, &[("section", asked), ("known", &known.join(", "))])
}

/// A sentence and the address it ends with, without direction marks around it: it will be copied.
fn at(sentence: &str, slug: &str) -> String {
    format!("{sentence} /sections/{slug}")
}

fn say(changed: Changed, t: &Words, done: &str, as_it_was: &str) -> Result<()> {
    match changed {
        Changed::Done(_) => print(done),
        Changed::AsItWas => print(as_it_was),
        Changed::Refused(problem) => return Err(anyhow!(in_words(&problem, t))),
    }
    Ok(())
}

fn in_words(problem: &SectionProblem, t: &Words) -> String {
    t.with(problem.key(), problem.count(), &problem.texts())
}

fn all_in_words(problems: &[SectionProblem], t: &Words) -> String {
    problems.iter().map(|problem| in_words(problem, t)).collect::<Vec<_>>().join(" ")
}
