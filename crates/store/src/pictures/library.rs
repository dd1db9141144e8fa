//! The library: what is said about each picture, found again by its words.

use super::keep_bytes;
use super::laid::Laid;
use super::sizes::{Sizing, sizing, widths, written};
use crate::engine::{Row, Tx, values};
use crate::happenings::write_down;
use crate::search::{asked, cut_anew};
use crate::{Store, StoreError};
use jiff::civil::Date;
use newsroom::body::Made;
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{StaffId, Timestamp};
use std::sync::Arc;

pub(crate) const LATEST: &str = library!("where (at, name) < ($1, $2) order by at desc, name desc limit $3");
pub(crate) const NAMED: &str = library!("where name = $1");
const PRINTED: &str = library!("where print = $1");

/// What is said about a picture; empty where nothing is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PictureWords {
    /// What is to be seen, for those who cannot see it.
    pub alt: String,
    /// The line below.
    pub caption: String,
    /// Who made it.
    pub credit: String,
    /// Whose it is.
    pub holder: String,
    /// The last day on which the paper may show it: `YYYY-MM-DD`.
    pub rights_until: Option<String>,
    /// What must be seen of it when it is cut, in hundredths from its upper left corner.
    pub focus: (u8, u8),
}

/// A picture that came in, developed.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPicture {
    /// Of its pixels, in hexadecimal; its name is made of it.
    pub print: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// A few pixels of it as a `data:` address.
    pub placeholder: String,
    /// What is said about it so far.
    pub words: PictureWords,
    /// JPEG.
    pub bytes: Vec<u8>,
    /// The same in smaller widths: width and height in pixels, and JPEG.
    pub sizes: Vec<((u32, u32), Vec<u8>)>,
    /// Others are still to be made.
    pub more: bool,
}

/// A picture of the library.
#[derive(Debug, Clone, PartialEq)]
pub struct LibraryPicture {
    /// In addresses.
    pub name: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// A few pixels of it as a `data:` address.
    pub placeholder: String,
    /// What is said about it.
    pub words: PictureWords,
    /// Who brought it.
    pub by: Option<StaffId>,
    /// When.
    pub at: Timestamp,
    /// Stories that hold it, whatever state they are in; those of them in which readers have it.
    pub uses: (i64, i64),
    /// Its rights ended, and readers see it no more since.
    pub ended_at: Option<Timestamp>,
    /// Somebody took it from every page.
    pub taken_down: Option<TakenDown>,
    /// How far its sizes are.
    pub sizing: Sizing,
    /// The widths that there are.
    pub made: Made,
}

/// That a picture was taken down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenDown {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<StaffId>,
    /// Why.
    pub why: String,
}

impl LibraryPicture {
    /// Readers are not shown it, whatever stories it stands in.
    pub fn is_away(&self) -> bool {
        self.ended_at.is_some() || self.taken_down.is_some()
    }

    /// Some of its sizes are still to be made.
    pub fn waits_for_sizes(&self) -> bool {
        self.sizing == Sizing::Waiting
    }

    /// Some of its sizes could not be made.
    pub fn lacks_sizes(&self) -> bool {
        self.sizing == Sizing::Failed
    }
}

/// What became of a picture that came in.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    /// It is new; its name.
    New(String, Happening),
    /// The same picture was there, under this name.
    Known(String),
}

impl Store {
    /// Keeps a picture: its bytes are laid down first, and named by the transaction that says what is known of it. The same
    /// pixels again change nothing.
    pub async fn keep_in_library(
        &self,
        new: &NewPicture,
        by: Option<StaffId>,
        now: Timestamp,
    ) -> Result<Kept, StoreError> {
        if let Some(known) = self.known_by(&new.print).await? {
            return Ok(Kept::Known(known));
        }
        let name = format!("{}.jpg", new.print);
        let smaller = new.sizes.iter().map(|(size, _)| (format!("{}-{}.jpg", new.print, size.0), *size));
        let names: Arc<[(String, (u32, u32))]> = std::iter::once((name.clone(), new.size)).chain(smaller).collect();
        let files = std::iter::once(&new.bytes).chain(new.sizes.iter().map(|(_, bytes)| bytes)).cloned();
        let files = names.iter().map(|(name, _)| name.as_str()).zip(files).collect();
        let laid: Arc<[Laid]> = self.lay_down(files, now).await?.into();
        // What was laid down is not held in memory once more.
        let new = Arc::new(NewPicture { bytes: Vec::new(), sizes: Vec::new(), ..new.clone() });
        let actor = by.map_or(Actor::Program, Actor::Staff);
        let happening = self.happening(actor, What::PictureKept { name: name.clone() }, "", now);
        let write = self.engine.write(move |tx| {
            let (new, name, happening) = (Arc::clone(&new), name.clone(), happening.clone());
            let (names, laid) = (Arc::clone(&names), Arc::clone(&laid));
            Box::pin(async move {
                let widths = written(names.iter().skip(1).map(|(_, size)| size.0));
                if !keep_line(tx, &name, (&new, &widths), by, now).await? {
                    let row = tx.row(PRINTED, values![&new.print]).await?.ok_or(StoreError::NotFound)?;
                    return Ok(Kept::Known(picture(row)?.name));
                }
                for ((name, size), laid) in names.iter().zip(laid.iter()) {
                    keep_bytes(tx, name, ("image/jpeg", *size), laid, now).await?;
                }
                write_down(tx, &happening).await?;
                Ok(Kept::New(name, happening))
            })
        });
        write.await
    }

    async fn known_by(&self, print: &str) -> Result<Option<String>, StoreError> {
        let print = print.to_owned();
        let read = self.engine.read(move |tx| {
            let print = print.clone();
            Box::pin(async move { tx.row(PRINTED, values![print]).await })
        });
        Ok(read.await?.map(picture).transpose()?.map(|picture| picture.name))
    }

    /// Changes what is said about a picture. With another last day its rights end at once, or last again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none of this name.
    pub async fn describe_picture(
        &self,
        name: &str,
        words: &PictureWords,
        by: StaffId,
        (today, now): (Date, Timestamp),
    ) -> Result<Vec<Happening>, StoreError> {
        let happening = |what| self.happening(Actor::Staff(by), what, "", now);
        let name = name.to_owned();
        let described = happening(What::PictureDescribed { name: name.clone() });
        let ended = happening(What::PictureRightsEnded { name: name.clone() });
        let again = happening(What::PictureShownAgain { name: name.clone() });
        let over = words.rights_until.as_deref().is_some_and(|last| last < today.to_string().as_str());
        let words = Arc::new(words.clone());
        let write = self.engine.write(move |tx| {
            let (name, words) = (name.clone(), Arc::clone(&words));
            let (described, ended, again) = (described.clone(), ended.clone(), again.clone());
            Box::pin(async move {
                describe(tx, &name, &words).await?;
                write_down(tx, &described).await?;
                let mut told = vec![described];
                let (text, what) = match over {
                    true => ("update picture_library set ended_at = $2 where name = $1 and ended_at is null", ended),
                    false => (
                        "update picture_library set ended_at = null where name = $1 and ended_at is not null
                         and cast($2 as bigint) > 0",
                        again,
                    ),
                };
                if tx.run(text, values![&name, now]).await? > 0 {
                    cut_anew(tx, &name, now).await?;
                    write_down(tx, &what).await?;
                    told.push(what);
                }
                Ok(told)
            })
        });
        write.await
    }

    /// A picture of the library by its name.
    pub async fn library_picture(&self, name: &str) -> Result<Option<LibraryPicture>, StoreError> {
        let name = name.to_owned();
        let read = self.engine.read(move |tx| {
            let name = name.clone();
            Box::pin(async move { tx.row(NAMED, values![name]).await })
        });
        read.await?.map(picture).transpose()
    }

    /// The library, latest first, from after a picture (exclusive).
    pub async fn library(
        &self,
        after: Option<(Timestamp, String)>,
        limit: u32,
    ) -> Result<Vec<LibraryPicture>, StoreError> {
        self.library_page(LATEST, after, limit).await
    }

    /// A page of one of the lists that stand latest first.
    pub(super) async fn library_page(
        &self,
        text: &'static str,
        after: Option<(Timestamp, String)>,
        limit: u32,
    ) -> Result<Vec<LibraryPicture>, StoreError> {
        let (at, name) = after.map_or((i64::MAX, String::new()), |(at, name)| (at.as_millisecond(), name));
        let read = self.engine.read(move |tx| {
            let name = name.clone();
            Box::pin(async move { tx.rows(text, values![at, name, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(picture).collect()
    }

    /// Pictures about which every word asked for is said, latest first. Arabic is found however it is written. Looks at every
    /// picture: some ten thousand short lines at most.
    pub async fn find_pictures(&self, words: &str, limit: u32) -> Result<Vec<LibraryPicture>, StoreError> {
        let terms = asked(words);
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let marks = (2..terms.len() + 2).map(|n| format!("words like ${n} escape '!'")).collect::<Vec<_>>();
        let rest = format!("where {} order by at desc, name desc limit $1", marks.join(" and "));
        let text = library!("").to_owned() + &rest;
        let plain = |term: &String| term.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        let patterns: Vec<String> = terms.iter().map(|term| format!("% {} %", plain(term))).collect();
        let read = self.engine.read(move |tx| {
            let (text, patterns) = (text.clone(), patterns.clone());
            Box::pin(async move {
                let limit = crate::engine::Value::from(i64::from(limit));
                let given: Vec<_> = std::iter::once(limit).chain(patterns.into_iter().map(Into::into)).collect();
                tx.rows(&text, &given).await
            })
        });
        read.await?.into_iter().map(picture).collect()
    }
}

async fn describe(tx: &mut Tx, name: &str, words: &PictureWords) -> Result<(), StoreError> {
    let text = "update picture_library set alt = $2, caption = $3, credit = $4, holder = $5, rights_until = $6,
             focus_x = $7, focus_y = $8, words = $9 where name = $1";
    let given = values![
        name,
        &words.alt,
        &words.caption,
        &words.credit,
        &words.holder,
        words.rights_until.clone(),
        i64::from(words.focus.0),
        i64::from(words.focus.1),
        folded(words)
    ];
    if tx.run(text, given).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// Keeps what is said about a picture; whether it was not there yet.
async fn keep_line(
    tx: &mut Tx,
    name: &str,
    (new, widths): (&NewPicture, &str),
    by: Option<StaffId>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let words = &new.words;
    let text = "insert into picture_library (name, print, width, height, placeholder, alt, caption, credit, holder,
             rights_until, focus_x, focus_y, words, by_id, at, widths, sizing)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) on conflict (print) do nothing";
    let kept = tx
        .run(
            text,
            values![
                name,
                &new.print,
                i64::from(new.size.0),
                i64::from(new.size.1),
                &new.placeholder,
                &words.alt,
                &words.caption,
                &words.credit,
                &words.holder,
                words.rights_until.clone(),
                i64::from(words.focus.0),
                i64::from(words.focus.1),
                folded(words),
                by,
                now,
                widths,
                new.more,
            ],
        )
        .await?;
    Ok(kept > 0)
}

/// Words to find a picture by, each between two spaces.
fn folded(words: &PictureWords) -> String {
    let said = [&words.alt, &words.caption, &words.credit, &words.holder].map(String::as_str).join("\n");
    format!(" {} ", arabic::words::search_terms(&said).join(" "))
}

pub(super) fn picture(mut row: Row) -> Result<LibraryPicture, StoreError> {
    Ok(LibraryPicture {
        name: row.text(0)?,
        size: (super::pixels(&row, 1)?, super::pixels(&row, 2)?),
        placeholder: row.text(3)?,
        words: PictureWords {
            alt: row.text(4)?,
            caption: row.text(5)?,
            credit: row.text(6)?,
            holder: row.text(7)?,
            rights_until: row.maybe_text(8)?,
            focus: (hundredths(row.int(9)?), hundredths(row.int(10)?)),
        },
        by: row.maybe_int(11)?.map(StaffId),
        at: row.time(12)?,
        uses: (row.int(13)?, row.int(14)?),
        ended_at: row.maybe_time(15)?,
        taken_down: match row.maybe_time(16)? {
            Some(at) => Some(TakenDown {
                at,
                by: row.maybe_int(17)?.map(StaffId),
                why: row.maybe_text(18)?.unwrap_or_default(),
            }),
            None => None,
        },
        sizing: sizing(row.int(19)?),
        made: Made { jpeg: widths(&row.text(20)?), avif: widths(&row.text(21)?) },
    })
}

pub(super) fn hundredths(n: i64) -> u8 {
    u8::try_from(n).unwrap_or(50).min(100)
}
