//! The paper's sections. Every change is written down in the transaction that makes it true.

use crate::engine::{Dialect, Row, Tx, json, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::section::{NewSection, Section, SectionName, SectionProblem};
use newsroom::{SectionId, Timestamp};

const ALL: &str = "select section_id, slug, name, position from sections order by position, section_id";

/// How a change of the masthead ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Changed {
    /// Done, with its happening.
    Done(Happening),
    /// Everything was so already; nothing was written.
    AsItWas,
    /// It cannot be done.
    Refused(SectionProblem),
}

impl Store {
    /// The sections in the order of the masthead.
    pub async fn sections(&self) -> Result<Vec<Section>, StoreError> {
        self.engine.glance(|tx| Box::pin(all(tx))).await
    }

    /// The sections in the order of the masthead, each with whether readers find a story in it.
    pub async fn section_lines(&self) -> Result<Vec<(Section, bool)>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select section_id, slug, name, position,
                         case when exists (select 1 from listed l where l.list = 'section:' || s.slug) then 1 else 0 end
                     from sections s order by position, section_id";
                tx.rows(text, values![]).await
            })
        });
        let line = |row: Row| {
            let has_stories = row.yes(4)?;
            Ok((section(row)?, has_stories))
        };
        read.await?.into_iter().map(line).collect()
    }

    /// Keeps a section as it is, new or in place of the one with its id, and writes no happening: for whoever fills an
    /// empty paper. Cards of stories are not looked at.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another section has its slug.
    pub async fn keep_section(&self, section: &Section) -> Result<(), StoreError> {
        let section = section.clone();
        let write = self.engine.write(move |tx| {
            let section = section.clone();
            Box::pin(async move {
                tx.run(
                    "insert into sections (section_id, slug, name, position) values ($1, $2, $3, $4)
                     on conflict (section_id) do update
                     set slug = excluded.slug, name = excluded.name, position = excluded.position",
                    values![section.id, section.slug, section.name, section.position],
                )
                .await
            })
        });
        write.await.map(drop)
    }

    /// Adds a section at its place of the masthead; the ones behind it move on. One that is there with the same name and
    /// slug is only moved, where another place is asked for.
    pub async fn add_section(&self, new: &NewSection, by: Actor, now: Timestamp) -> Result<Changed, StoreError> {
        let id = SectionId(self.id(now));
        let added = What::SectionAdded { section: id, name: new.name.as_str().to_owned() };
        let (new, added) = (new.clone(), self.happening(by, added, "", now));
        let write = self.engine.write(move |tx| {
            let (new, mut happening) = (new.clone(), added.clone());
            Box::pin(async move {
                let (slug, name) = (new.slug.as_str(), new.name.as_str());
                let mut sections = all_to_change(tx).await?;
                let found = sections.iter().position(|section| section.slug == slug);
                if let Some(at) = found {
                    if sections[at].name != name {
                        return Ok(Changed::Refused(SectionProblem::SlugTaken(sections[at].name.clone())));
                    }
                    happening.what = What::SectionMoved { section: sections[at].id };
                    let place = new.place.unwrap_or_else(|| at_place(at));
                    return put(tx, sections, at, place, happening).await;
                }
                if let Some(other) = named(&sections, name) {
                    return Ok(Changed::Refused(SectionProblem::NameTaken(other.slug.clone())));
                }
                let text = "insert into sections (section_id, slug, name, position) values ($1, $2, $3, $4)";
                let position = i64::from(at_place(sections.len()));
                tx.run(text, values![id, slug, name, position]).await?;
                sections.push(Section { id, slug: slug.to_owned(), name: name.to_owned(), position });
                let last = sections.len() - 1;
                let place = new.place.unwrap_or_else(|| at_place(last));
                renumber(tx, moved(sections, last, place)).await?;
                write_down(tx, &happening).await?;
                Ok(Changed::Done(happening))
            })
        });
        write.await
    }

    /// Gives a section another name. Its address stays; the kept cards of its stories are written anew with it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such section.
    pub async fn rename_section(
        &self,
        section: SectionId,
        name: &SectionName,
        by: Actor,
        now: Timestamp,
    ) -> Result<Changed, StoreError> {
        let name = name.as_str().to_owned();
        let renamed = What::SectionRenamed { section, was: String::new(), name: name.clone() };
        let renamed = self.happening(by, renamed, "", now);
        let write = self.engine.write(move |tx| {
            let (name, mut happening) = (name.clone(), renamed.clone());
            Box::pin(async move {
                let sections = all_to_change(tx).await?;
                let was = sections.iter().find(|one| one.id == section).ok_or(StoreError::NotFound)?;
                if was.name == name {
                    return Ok(Changed::AsItWas);
                }
                if let Some(other) = named(&sections, &name) {
                    return Ok(Changed::Refused(SectionProblem::NameTaken(other.slug.clone())));
                }
                let text = "update sections set name = $2 where section_id = $1";
                tx.run(text, values![section, &name]).await?;
                write_cards_anew(tx, was, &name).await?;
                happening.what = What::SectionRenamed { section, was: was.name.clone(), name };
                write_down(tx, &happening).await?;
                Ok(Changed::Done(happening))
            })
        });
        write.await
    }

    /// Puts a section at another place of the masthead, from 1; a place behind the last one is the last one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such section.
    pub async fn move_section(
        &self,
        section: SectionId,
        place: u32,
        by: Actor,
        now: Timestamp,
    ) -> Result<Changed, StoreError> {
        let happening = self.happening(by, What::SectionMoved { section }, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let sections = all_to_change(tx).await?;
                let at = sections.iter().position(|one| one.id == section).ok_or(StoreError::NotFound)?;
                put(tx, sections, at, place, happening).await
            })
        });
        write.await
    }

    /// Takes a section out of the masthead while no story stands in it: no draft, no published and no withdrawn one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such section.
    pub async fn remove_section(&self, section: SectionId, by: Actor, now: Timestamp) -> Result<Changed, StoreError> {
        let removed = What::SectionRemoved { section, name: String::new() };
        let removed = self.happening(by, removed, "", now);
        let write = self.engine.write(move |tx| {
            let mut happening = removed.clone();
            Box::pin(async move {
                let mut sections = all_to_change(tx).await?;
                let at = sections.iter().position(|one| one.id == section).ok_or(StoreError::NotFound)?;
                let gone = sections.remove(at);
                let stories = stories_in(tx, &gone).await?;
                if stories > 0 {
                    return Ok(Changed::Refused(SectionProblem::HasStories(stories)));
                }
                tx.run("delete from sections where section_id = $1", values![section]).await?;
                renumber(tx, sections).await?;
                happening.what = What::SectionRemoved { section, name: gone.name };
                write_down(tx, &happening).await?;
                Ok(Changed::Done(happening))
            })
        });
        write.await
    }
}

/// The same for whoever changes one of them. On PostgreSQL nobody else changes the masthead, and no story goes public in a
/// section, before this transaction is over: a story's card would keep the name that it read.
async fn all_to_change(tx: &mut Tx) -> Result<Vec<Section>, StoreError> {
    let text = match tx.dialect() {
        Dialect::Postgres => format!("{ALL} for update"),
        Dialect::Sqlite => ALL.to_owned(),
    };
    tx.rows(&text, values![]).await?.into_iter().map(section).collect()
}

async fn all(tx: &mut Tx) -> Result<Vec<Section>, StoreError> {
    tx.rows(ALL, values![]).await?.into_iter().map(section).collect()
}

fn named<'s>(sections: &'s [Section], name: &str) -> Option<&'s Section> {
    sections.iter().find(|section| section.name == name)
}

/// The place of an index.
fn at_place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}

/// Moves the section at an index to a place and writes that down, if it is another one.
async fn put(
    tx: &mut Tx,
    sections: Vec<Section>,
    at: usize,
    place: u32,
    happening: Happening,
) -> Result<Changed, StoreError> {
    let order = moved(sections.clone(), at, place);
    if order == sections {
        return Ok(Changed::AsItWas);
    }
    renumber(tx, order).await?;
    write_down(tx, &happening).await?;
    Ok(Changed::Done(happening))
}

fn moved(mut sections: Vec<Section>, at: usize, place: u32) -> Vec<Section> {
    let one = sections.remove(at);
    let index = usize::try_from(place.saturating_sub(1)).unwrap_or(usize::MAX).min(sections.len());
    sections.insert(index, one);
    sections
}

/// Writes the positions 1, 2, 3 … in this order.
async fn renumber(tx: &mut Tx, order: Vec<Section>) -> Result<(), StoreError> {
    for (position, section) in (1_i64..).zip(order) {
        if section.position != position {
            let text = "update sections set position = $2 where section_id = $1";
            tx.run(text, values![section.id, position]).await?;
        }
    }
    Ok(())
}

/// Stories that can name a section on their cards: those listed in it, and those that stand in no list.
const CAN_NAME_IT: &str = "(state <> 'published' or story_id in (select story_id from listed where list = $1))";

/// The cards are JSON that the program writes: this piece of one stands in it as it is, and cannot stand inside a text,
/// where quotation marks have a backslash before them.
async fn write_cards_anew(tx: &mut Tx, was: &Section, name: &str) -> Result<(), StoreError> {
    let piece = |name: &str| Ok::<_, StoreError>(format!("\"section\":{}", json(&(&was.slug, name))?));
    let text = format!(
        "update stories set card = replace(card, $2, $3) where {CAN_NAME_IT} and card <> replace(card, $2, $3)"
    );
    tx.run(&text, values![list_of(was), piece(&was.name)?, piece(name)?]).await.map(drop)
}

/// How many stories, in whatever state, stand in a section.
async fn stories_in(tx: &mut Tx, section: &Section) -> Result<u64, StoreError> {
    let piece = format!("\"section\":[{},", json(&section.slug)?);
    let text = format!("select count(*) from stories where {CAN_NAME_IT} and card <> replace(card, $2, '')");
    let row = tx.row(&text, values![list_of(section), piece]).await?.ok_or(StoreError::NotFound)?;
    Ok(u64::try_from(row.int(0)?).unwrap_or_default())
}

fn list_of(section: &Section) -> String {
    format!("section:{}", section.slug)
}

fn section(mut row: Row) -> Result<Section, StoreError> {
    Ok(Section { id: SectionId(row.int(0)?), slug: row.text(1)?, name: row.text(2)?, position: row.int(3)? })
}
