//! `midad judge`: texts in, advice out.

use super::around::{Around, Story};
use super::drawn::drawn;
use super::lines::each_line;
use crate::settings::Settings;
use crate::upkeep::print;
use anyhow::{Context, Result};
use clap::ArgMatches;
use moderation::{Models, Verdict};
use serde::Deserialize;
use web::Words;

/// One line: a text, or an object that says more about it.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
struct Asked {
    id: String,
    text: String,
    name: String,
    #[serde(flatten)]
    around: Around,
}

/// Reads texts, one a line, plain or as JSON objects with a `text`, and prints what the engine advises.
pub fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let (rulebook, models) = (settings.rulebook_file(t)?.unwrap_or_default(), Models::shipped());
    let said = |name: &str| asked.get_one::<String>(name).map(String::as_str);
    let story = match said("story") {
        Some(file) => read_story(file)?,
        None => Story::default(),
    };
    let (json, explained) = (asked.get_flag("json"), asked.get_flag("explain"));
    each_line(said("file").unwrap_or("-"), |line| {
        let asked = read(line, &story)?;
        let verdict = asked.around.judged(&asked.text, &asked.name, &rulebook, &models);
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
        let around = Around { story: story.clone(), ..Around::default() };
        return Ok(Asked { text: line.to_owned(), around, ..Asked::default() });
    }
    let mut asked: Asked = serde_json::from_str(line)?;
    let own = &mut asked.around.story;
    if own.text.is_empty() && own.headline.is_empty() {
        *own = story.clone();
    }
    Ok(asked)
}

/// Advice, priority, the id or the beginning of the text, and what was found, on one line.
fn summed_up(asked: &Asked, verdict: &Verdict, t: &Words) -> String {
    let advice = t.s(&format!("advice.{}", verdict.advice.name()));
    let weighing = verdict.findings.iter().filter(|finding| finding.weight > 0);
    let mut found: Vec<String> = Vec::new();
    for category in weighing.map(|finding| t.s(finding.category.key())) {
        if !found.contains(&category) {
            found.push(category);
        }
    }
    let which = if asked.id.is_empty() { beginning(&asked.text) } else { asked.id.clone() };
    format!("{advice}\t{}\t{which}\t{}", verdict.priority, found.join(" · "))
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
