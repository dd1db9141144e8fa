//! The demo's front page, as `fixtures/front.txt` lays it out: launched yesterday by itself, and today by its editor.

use super::fixture::{self, FrontLine};
use anyhow::{Context, Result};
use jiff::SignedDuration;
use newsroom::front::{Layout, Pin, Row, RowKind};
use newsroom::{SectionId, StaffId, StoryId, Timestamp};
use std::collections::HashMap;
use store::Store;
use store::front::NewLaunch;

/// Launches it. Sections by their slugs, stories by their keys.
pub async fn launch(
    store: &Store,
    sections: &HashMap<String, SectionId>,
    stories: &HashMap<String, StoryId>,
    by: StaffId,
    now: Timestamp,
) -> Result<()> {
    let ids: Vec<SectionId> = store.sections().await?.into_iter().map(|section| section.id).collect();
    let first = NewLaunch { layout: Layout::standard(&ids), by: Some(by), seen: None, draft: None };
    let (seen, _) = store.launch_front(&first, now - SignedDuration::from_hours(20)).await?;
    let layout = layout(&fixture::front()?, sections, stories)?;
    store.launch_front(&NewLaunch { layout, seen: Some(seen), ..first }, now).await?;
    Ok(())
}

fn layout(
    lines: &[FrontLine],
    sections: &HashMap<String, SectionId>,
    stories: &HashMap<String, StoryId>,
) -> Result<Layout> {
    let headlines: HashMap<&str, &str> = lines.iter().filter_map(FrontLine::headline).collect();
    let pin = |key: &str| -> Result<Option<Pin>> {
        if key == "-" {
            return Ok(None);
        }
        let story = *stories.get(key).with_context(|| format!("fixtures/front.txt: {key}"))?;
        let headline = headlines.get(key).copied().unwrap_or_default().to_owned();
        Ok(Some(Pin { story, headline, picture: None }))
    };
    let mut rows = Vec::new();
    for line in lines.iter().filter(|line| line.headline().is_none()) {
        let key = match &line.of {
            Some(slug) => {
                let section = sections.get(slug).with_context(|| format!("fixtures/front.txt: {slug}"))?;
                format!("{}.{section}", line.word)
            }
            None => line.word.clone(),
        };
        let kind = RowKind::from_key(&key).with_context(|| format!("fixtures/front.txt: {}", line.word))?;
        rows.push(Row { kind, slots: line.rest.split_whitespace().map(pin).collect::<Result<_>>()? });
    }
    Ok(Layout { rows })
}
