//! Categories → sections.

use super::address::compared;
use super::left::{Place, WhyChanged};
use super::model::TermKind;
use super::report::Report;
use super::survey::Survey;
use crate::markup::title_text;
use newsroom::people::Actor;
use newsroom::section::{NewSection, Section, SectionProblem};
use newsroom::slug::Slug;
use newsroom::{SectionId, Timestamp};
use std::collections::HashMap;
use store::sections::Changed;
use store::{Store, StoreError};

/// Letters of a section's name: a category's may be longer.
const MOST_LETTERS: usize = 40;

/// The sections of the categories under which stories stand first: those that are there, and new ones, the fullest first.
/// In a dry run none is made.
pub(super) async fn sections(
    store: &Store,
    survey: &Survey,
    report: &mut Report,
    place: &Place,
    now: Timestamp,
) -> Result<HashMap<String, SectionId>, StoreError> {
    let mut order: Vec<(&String, u64)> = survey.sections.iter().map(|(slug, stories)| (slug, *stories)).collect();
    order.sort_by_key(|(slug, stories)| (std::cmp::Reverse(*stories), *slug));
    let mut known = store.sections().await?;
    let mut found = HashMap::new();
    report.sections.0 = survey.terms.keys().filter(|(kind, _)| *kind == TermKind::Category).count() as u64;
    for (slug, _) in order {
        let name = title_text(&survey.name_of(TermKind::Category, slug));
        let short: String = name.chars().take(MOST_LETTERS).collect();
        let Some(ours) = Slug::of(slug).or_else(|| Slug::of(&short)) else {
            report.change(&name, WhyChanged::SectionName, place);
            continue;
        };
        if let Some(section) = known.iter().find(|section| section.slug == ours.as_str()) {
            found.insert(slug.clone(), section.id);
            continue;
        }
        if report.dry_run {
            report.sections.1 += 1;
            continue;
        }
        let new = NewSection::new(Some(ours.as_str()), &short, None)
            .or_else(|_| NewSection::new(Some(ours.as_str()), ours.as_str(), None));
        let Ok(new) = new else {
            report.change(&name, WhyChanged::SectionName, place);
            continue;
        };
        if new.name.as_str() != name {
            report.change(&name, WhyChanged::SectionName, place);
        }
        match store.add_section(&new, Actor::Program, now).await? {
            Changed::Done(_) => report.sections.1 += 1,
            Changed::AsItWas => {}
            Changed::Refused(SectionProblem::NameTaken(other)) => {
                report.change(&name, WhyChanged::SectionMerged, place);
                found.extend(known.iter().find(|one| one.slug == other).map(|one| (slug.clone(), one.id)));
            }
            Changed::Refused(_) => report.change(&name, WhyChanged::SectionName, place),
        }
        known = store.sections().await?;
        found.extend(section_of(&known, ours.as_str()).map(|id| (slug.clone(), id)));
    }
    Ok(found)
}

fn section_of(sections: &[Section], slug: &str) -> Option<SectionId> {
    sections.iter().find(|section| section.slug == slug).map(|section| section.id)
}

/// The old addresses of lists and where they lead: `/category/a/b` → `/sections/b`, `/tag/x` → `/tags/x`, `/author/x` →
/// `/writers/x`. WordPress's own words; a paper that chose others has its own, which no export tells.
pub(super) fn list_addresses(
    survey: &Survey,
    sections: &[(String, String)],
    tags: &HashMap<String, String>,
    writers: &HashMap<String, String>,
) -> Vec<(String, String)> {
    let base = compared(&survey.site.blog).unwrap_or_default();
    let mut led = Vec::new();
    for (old, new) in sections {
        let mut path = old.clone();
        let mut above = old;
        // A tree of categories is no deeper than this; one that goes round in circles ends here too.
        for _ in 0..16 {
            let Some(term) = survey.terms.get(&(TermKind::Category, above.clone())) else { break };
            if term.parent.is_empty() {
                break;
            }
            path = format!("{}/{path}", term.parent);
            above = &term.parent;
        }
        led.push((format!("{base}/category/{path}"), format!("/sections/{new}")));
        if &path != old {
            led.push((format!("{base}/category/{old}"), format!("/sections/{new}")));
        }
    }
    led.extend(tags.iter().map(|(old, new)| (format!("{base}/tag/{old}"), format!("/tags/{new}"))));
    for (old, new) in writers {
        let names = [old.clone(), nicename(old)];
        let named = names.iter().take(if names[0] == names[1] { 1 } else { 2 });
        led.extend(named.map(|name| (format!("{base}/author/{name}"), format!("/writers/{new}"))));
    }
    led.retain(|(path, _)| compared(path).as_deref() == Some(path));
    led
}

/// What WordPress makes of a login for its address, which no export tells: `nour.b` is `nour-b` there (its `sanitize_title`).
fn nicename(login: &str) -> String {
    let mut name = String::new();
    for letter in login.to_lowercase().chars() {
        match letter {
            '.' | '-' | ' ' if name.is_empty() || name.ends_with('-') => {}
            '.' | '-' | ' ' => name.push('-'),
            kept if kept.is_alphanumeric() || kept == '_' => name.push(kept),
            _ => {}
        }
    }
    name.trim_end_matches('-').to_owned()
}
