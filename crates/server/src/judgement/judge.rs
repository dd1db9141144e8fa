//! `midad judge`: texts in, advice out.

use super::drawn::drawn;
use super::lines::each_line;
use crate::settings::Settings;
use crate::upkeep::print;
use anyhow::{Context, Result};
use clap::ArgMatches;
use moderation::{Alike, Facts, Models, Origin, Rulebook, StoryFacts, Submission, Verdict, examine};
use serde::Deserialize;
use web::Words;

/// One line: a text, or an object that says more about it.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
struct Asked {
    id: String,
    text: String,
    name: String,
    parent: String,
    story: Story,
    known: Vec<Known>,
}

/// The story under which the text stands.
#[derive(Debug, Deserialize, Default, Clone)]
#[serde(default)]
struct Story {
    headline: String,
    text: String,
    section: String,
}

/// A text that may stand in the comment.
#[derive(Debug, Deserialize)]
struct Known {
    origin: Origin,
    #[serde(default)]
    title: String,
    text: String,
}

/// Reads texts, one a line, plain or as JSON objects with a `text`, and prints what the engine advises.
pub fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let (rulebook, models) = (settings.rulebook(t)?, Models::shipped());
    let said = |name: &str| asked.get_one::<String>(name).map(String::as_str);
    let story = match said("story") {
        Some(file) => read_story(file)?,
        None => Story::default(),
    };
    let (json, explained) = (asked.get_flag("json"), asked.get_flag("explain"));
    each_line(said("file").unwrap_or("-"), |line| {
        let asked = read(line, &story)?;
        let verdict = judged(&asked, &rulebook, &models);
        if json {
            let id = Some(asked.id.as_str()).filter(|id| !id.is_empty());
            print(&serde_json::to_string(&serde_json::json!({ "id": id, "verdict": verdict }))?);
        } else {
            print(&summed_up(&asked, &verdict, t));
        }
        if explained {
            drawn(&asked.text, &verdict, t).iter().for_each(|line| print(line));
        }
        Ok(())
    })
}

/// A story as text: the first line is its headline.
fn read_story(file: &str) -> Result<Story> {
    let text = std::fs::read_to_string(file).with_context(|| file.to_owned())?;
    let headline = text.lines().next().unwrap_or_default().trim().to_owned();
    Ok(Story { headline, text, section: String::new() })
}

/// A line that begins like an object is one; everything else is the text itself.
fn read(line: &str, story: &Story) -> Result<Asked> {
    if !line.trim_start().starts_with('{') {
        return Ok(Asked { text: line.to_owned(), story: story.clone(), ..Asked::default() });
    }
    let mut asked: Asked = serde_json::from_str(line)?;
    if asked.story.text.is_empty() && asked.story.headline.is_empty() {
        asked.story = story.clone();
    }
    Ok(asked)
}

fn judged(asked: &Asked, rulebook: &Rulebook, models: &Models) -> Verdict {
    let known = asked.known.iter();
    let alike: Vec<Alike<'_>> =
        known.map(|known| Alike { origin: known.origin, title: &known.title, text: &known.text }).collect();
    let Story { headline, text, section } = &asked.story;
    let facts = Facts {
        story: StoryFacts { section, headline, text },
        parent: &asked.parent,
        alike: &alike,
        ..Facts::default()
    };
    examine(&Submission { text: &asked.text, name: &asked.name }, &facts, rulebook, models)
}

/// Advice, priority, the id or the beginning of the text, and what was found, on one line.
fn summed_up(asked: &Asked, verdict: &Verdict, t: &Words) -> String {
    let advice = t.s(&format!("advice.{}", verdict.advice.name()));
    let mut found: Vec<String> =
        verdict.findings.iter().filter(|finding| finding.weight > 0).map(|f| t.s(f.category.key())).collect();
    found.dedup();
    let which = if asked.id.is_empty() { beginning(&asked.text) } else { asked.id.clone() };
    format!("{advice}\t{}\t{which}\t{}", verdict.priority, found.join("، "))
}

/// The first letters of a text on one line, without signs that nobody sees.
fn beginning(text: &str) -> String {
    let line = arabic::clean::line(text);
    let mut shown: String = line.chars().take(60).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    shown
}
