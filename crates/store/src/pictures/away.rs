//! What readers are not shown: pictures whose rights ended, and those that somebody took down. What the store reads for
//! readers leaves them out, so that no page has to think of it; their bytes are kept from readers as well.

use super::library::{hundredths, picture};
use super::sizes::widths;
use super::{LibraryPicture, NAMED};
use crate::engine::{Row, Tx, Value, values};
use crate::listings::StoryCard;
use crate::{Store, StoreError};
use newsroom::body::Made;
use newsroom::story::StoryText;
use std::collections::{BTreeMap, BTreeSet};

/// Names that are asked for in one statement.
const AT_ONCE: usize = 32;

pub(crate) const SERVED: &str = "select p.media_type, l.public_uses,
         case when l.ended_at is not null or l.taken_down_at is not null then 1 else 0 end
     from pictures p left join picture_library l on l.name = $2 where p.name = $1";

/// A picture, without its bytes, and who may have them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// `image/png`, `image/jpeg`, `image/webp`, `image/avif`.
    pub media_type: String,
    /// Who may have them.
    pub to: ServedTo,
}

/// Who may have a picture's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServedTo {
    /// Everybody, for ever: it is no picture of the library.
    Everybody,
    /// Readers, while a public story shows it and its rights last.
    Readers,
    /// The staff: no public story shows it yet, or any more.
    Staff,
    /// The staff: its rights ended, or it was taken down.
    StaffOnly,
}

/// What a page must know of a picture of the library that stands in it.
#[derive(Debug, Clone)]
struct Known {
    is_away: bool,
    focus: (u8, u8),
    placeholder: String,
    made: Made,
}

/// The statement by which [`known_of`] asks.
pub(crate) fn known_text() -> String {
    let marks: Vec<String> = (1..=AT_ONCE).map(|n| format!("${n}")).collect();
    format!(
        "select name, case when ended_at is not null or taken_down_at is not null then 1 else 0 end, focus_x, focus_y, placeholder,
             widths, avif
         from picture_library where name in ({})",
        marks.join(", ")
    )
}

/// Those of these names that stand in the library.
async fn known_of(tx: &mut Tx, names: &BTreeSet<&str>) -> Result<BTreeMap<String, Known>, StoreError> {
    let mut known = BTreeMap::new();
    for given in given(names) {
        for mut row in tx.rows(&known_text(), &given).await? {
            let focus = (hundredths(row.int(2)?), hundredths(row.int(3)?));
            let (is_away, placeholder) = (row.int(1)? == 1, row.text(4)?);
            let made = Made { jpeg: widths(&row.text(5)?), avif: widths(&row.text(6)?) };
            known.insert(row.text(0)?, Known { is_away, focus, placeholder, made });
        }
    }
    Ok(known)
}

/// The statement by which [`readers_may_have`] asks.
pub(crate) fn may_have_text() -> String {
    let marks: Vec<String> = (1..=AT_ONCE).map(|n| format!("${n}")).collect();
    format!(
        "select p.name from pictures p left join picture_library l on l.name = p.name
         where p.name in ({}) and (l.name is null
             or (l.public_uses > 0 and l.ended_at is null and l.taken_down_at is null))",
        marks.join(", ")
    )
}

/// Those of these names whose bytes readers may have: of a picture of the library while a public story holds it.
pub(crate) async fn readers_may_have(tx: &mut Tx, names: &BTreeSet<&str>) -> Result<BTreeSet<String>, StoreError> {
    let mut found = BTreeSet::new();
    for given in given(names) {
        for mut row in tx.rows(&may_have_text(), &given).await? {
            found.insert(row.text(0)?);
        }
    }
    Ok(found)
}

/// Names as values of one statement after another, always as many: the engines know the statement again.
fn given(names: &BTreeSet<&str>) -> Vec<Vec<Value>> {
    let names: Vec<&str> = names.iter().copied().collect();
    let filled = |some: &[&str]| {
        let last = some.last().copied().unwrap_or_default();
        some.iter().copied().chain(std::iter::repeat(last)).take(AT_ONCE).map(Value::from).collect()
    };
    names.chunks(AT_ONCE).map(filled).collect()
}

/// Cards as readers get them: without pictures that they are not shown, and cut where it must be seen.
pub(crate) async fn as_readers_see(tx: &mut Tx, mut cards: Vec<StoryCard>) -> Result<Vec<StoryCard>, StoreError> {
    let names = cards.iter().filter_map(|card| card.face.lead.as_ref()).map(|lead| lead.file.as_str()).collect();
    let known = known_of(tx, &names).await?;
    for card in &mut cards {
        let of = card.face.lead.as_ref().and_then(|lead| known.get(&lead.file));
        card.focus = of.map(|of| of.focus);
        if let (Some(lead), Some(of)) = (&mut card.face.lead, of) {
            lead.made.clone_from(&of.made);
        }
        if of.is_some_and(|of| of.is_away) {
            card.face.lead = None;
        }
    }
    Ok(cards)
}

/// A story's text as readers get it.
pub(crate) async fn text_as_readers_see(tx: &mut Tx, text: &mut StoryText) -> Result<(), StoreError> {
    let known = known_of(tx, &text.pictures().map(|picture| picture.file.as_str()).collect()).await?;
    text.leave_out(|name| known.get(name).is_some_and(|of| of.is_away));
    text.put_under(|name| known.get(name).map(|of| of.placeholder.clone()));
    note(text, &known);
    Ok(())
}

fn note(text: &mut StoryText, known: &BTreeMap<String, Known>) {
    text.note_made(|name| known.get(name).map(|of| of.made.clone()));
    text.note_focus(|name| known.get(name).map(|of| of.focus));
}

impl Store {
    /// Who may have a picture, by its name: one short read, also for the sizes beside a picture of the library. Its bytes are
    /// [`Store::picture`].
    pub async fn served_picture(&self, name: &str) -> Result<Option<Served>, StoreError> {
        let name = name.to_owned();
        let read = self.engine.read(move |tx| {
            let name = name.clone();
            Box::pin(async move { tx.row(SERVED, values![&name, original(&name)]).await })
        });
        read.await?.map(served).transpose()
    }

    /// Says with each picture of a text which widths of it there are, and what must be seen of it when it is cut.
    pub async fn note_sizes(&self, text: &mut StoryText) -> Result<(), StoreError> {
        let names: BTreeSet<String> = text.pictures().map(|picture| picture.file.clone()).collect();
        let read = self.engine.read(move |tx| {
            let names = names.clone();
            Box::pin(async move { known_of(tx, &names.iter().map(String::as_str).collect()).await })
        });
        note(text, &read.await?);
        Ok(())
    }

    /// Those pictures of a text that readers are not shown.
    pub async fn pictures_away(&self, text: &StoryText) -> Result<Vec<LibraryPicture>, StoreError> {
        let names: BTreeSet<String> = text.pictures().map(|picture| picture.file.clone()).collect();
        let read = self.engine.read(move |tx| {
            let names = names.clone();
            Box::pin(async move {
                let mut rows = Vec::new();
                let known = known_of(tx, &names.iter().map(String::as_str).collect()).await?;
                for (name, _) in known.into_iter().filter(|(_, of)| of.is_away) {
                    rows.extend(tx.row(NAMED, values![name]).await?);
                }
                Ok(rows)
            })
        });
        read.await?.into_iter().map(picture).collect()
    }
}

/// The name under which a picture stands in the library, of itself or of one of its sizes.
fn original(name: &str) -> String {
    let size = name.rsplit_once('.').and_then(|(stem, _)| stem.rsplit_once('-'));
    match size.filter(|(_, width)| !width.is_empty() && width.bytes().all(|sign| sign.is_ascii_digit())) {
        Some((print, _)) => format!("{print}.jpg"),
        None => name.to_owned(),
    }
}

fn served(mut row: Row) -> Result<Served, StoreError> {
    let to = match (row.maybe_int(1)?, row.int(2)? == 1) {
        (None, _) => ServedTo::Everybody,
        (Some(_), true) => ServedTo::StaffOnly,
        (Some(0), false) => ServedTo::Staff,
        (Some(_), false) => ServedTo::Readers,
    };
    Ok(Served { media_type: row.text(0)?, to })
}
