//! Sections, tags, pages that are no story, and who works here.

use super::asked::Asked;
use super::cursor::PageQuery;
use super::problem::ApiProblem;
use super::program::Program;
use crate::app::App;
use crate::layout::address;
use crate::passkeys::{read, written};
use axum::Json;
use axum::extract::State;
use newsroom::SectionId;
use newsroom::people::Scope;
use serde::Serialize;
use utoipa::ToSchema;

/// A section of the paper.
#[derive(Debug, Serialize, ToSchema)]
pub struct Section {
    /// Its short id.
    id: String,
    slug: String,
    name: String,
}

/// Something with an address and a name: a tag, or a page that is no story.
#[derive(Debug, Serialize, ToSchema)]
pub struct Named {
    slug: String,
    name: String,
    url: String,
}

/// A page of tags, by their addresses.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TagPage)]
pub struct Tags {
    items: Vec<Named>,
    /// The cursor of the next page, where there is one.
    next: Option<String>,
}

/// Somebody who works here.
#[derive(Debug, Serialize, ToSchema)]
pub struct Colleague {
    /// Their short id.
    id: String,
    name: String,
    /// `owner`, `editor`, `sub-editor`, `reporter` or `moderator`.
    role: String,
    /// The short ids of the sections they are bound to; none: the whole paper.
    sections: Vec<String>,
}

/// The sections, in the order of the masthead.
#[utoipa::path(get, path = "/api/v1/sections", tag = "paper",
    responses((status = 200, description = "All sections", body = Vec<Section>)))]
pub async fn sections(program: Program, State(app): State<App>) -> Result<Json<Vec<Section>>, ApiProblem> {
    program.needs(Scope::StoriesRead, &[])?;
    let section = |one: newsroom::section::Section| Section { id: one.id.short(), slug: one.slug, name: one.name };
    Ok(Json(app.store.sections().await?.into_iter().map(section).collect()))
}

/// Tags under which public stories stand.
#[utoipa::path(get, path = "/api/v1/tags", tag = "paper", params(PageQuery),
    responses((status = 200, description = "A page of tags", body = Tags)))]
pub async fn tags(
    program: Program,
    State(app): State<App>,
    Asked(query): Asked<PageQuery>,
) -> Result<Json<Tags>, ApiProblem> {
    program.needs(Scope::StoriesRead, &[])?;
    let limit = query.limit()?;
    let wrong = || ApiProblem::Malformed("?cursor".into(), "no cursor of this list".into());
    let after = match query.cursor.as_deref() {
        Some(cursor) => read(cursor).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(wrong)?,
        None => String::new(),
    };
    if after.contains('\0') {
        return Err(wrong());
    }
    let mut found = app.store.tags(&after, limit + 1).await?;
    let is_more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| is_more).map(|(slug, _)| written(slug.as_bytes()));
    let tag =
        |(slug, name): (String, String)| Named { url: address::whole(&app.paper, &address::tag(&slug)), slug, name };
    Ok(Json(Tags { items: found.into_iter().map(tag).collect(), next }))
}

/// Pages that are no story.
#[utoipa::path(get, path = "/api/v1/pages", tag = "paper",
    responses((status = 200, description = "All pages", body = Vec<Named>)))]
pub async fn pages(program: Program, State(app): State<App>) -> Result<Json<Vec<Named>>, ApiProblem> {
    program.needs(Scope::StoriesRead, &[])?;
    let page =
        |(slug, name): (String, String)| Named { url: address::whole(&app.paper, &address::page(&slug)), slug, name };
    Ok(Json(app.store.pages().await?.into_iter().map(page).collect()))
}

/// Who works here.
#[utoipa::path(get, path = "/api/v1/staff", tag = "administration",
    responses((status = 200, description = "Everybody who works here", body = Vec<Colleague>)))]
pub async fn staff(program: Program, State(app): State<App>) -> Result<Json<Vec<Colleague>>, ApiProblem> {
    program.needs(Scope::Administration, &[])?;
    let colleague = |somebody: newsroom::people::Staff| Colleague {
        id: somebody.id.short(),
        role: somebody.role.key().to_owned(),
        sections: somebody.sections.iter().copied().map(SectionId::short).collect(),
        name: somebody.name,
    };
    Ok(Json(app.store.staff_at_work().await?.into_iter().map(colleague).collect()))
}
