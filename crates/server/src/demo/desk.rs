//! What the demo's newsroom has on its desk, as `fixtures/desk.txt` says: ideas that somebody may take, a story that is read by
//! a colleague, and pictures of the library, one of which still needs its words.

use super::fixture::{self, DeskPicture, DeskWork};
use super::pictures;
use anyhow::{Context, Result, anyhow};
use darkroom::{Answer, Job};
use jiff::SignedDuration;
use jiff::civil::Date;
use newsroom::body::{Picture, read_text_form};
use newsroom::people::{Role, Staff};
use newsroom::story::{Draft, NewNote, StoryText, Work};
use newsroom::{SectionId, StaffId, StoryId, Timestamp};
use std::collections::HashMap;
use store::Store;
use store::pictures::{Kept, NewPicture};

/// A picture as it will be kept, and the headline of the work that shows it.
pub struct Drawn {
    new: NewPicture,
    rights_days: Option<i64>,
    shown_in: String,
}

/// Draws the library's pictures; it takes a while.
pub fn drawn() -> Result<Vec<Drawn>> {
    fixture::desk()?.1.into_iter().map(draw).collect()
}

fn draw(line: DeskPicture) -> Result<Drawn> {
    let drawing = pictures::draw(&line.motif, line.seed).with_context(|| line.motif.clone())?;
    let Answer::Developed(developed) = Job::Develop.here(&drawing.png)? else { return Err(anyhow!("no picture")) };
    let (wide, high) = developed.size;
    let sizes = darkroom::widths(wide).map(|width| {
        let Answer::Pressed(bytes) = (Job::Press { width }).here(&developed.bytes)? else {
            return Err(anyhow!("no size"));
        };
        Ok(((width, high * width / wide), bytes))
    });
    let sizes = sizes.collect::<Result<_>>()?;
    let new = NewPicture {
        print: developed.print,
        size: developed.size,
        placeholder: developed.placeholder,
        words: line.words,
        bytes: developed.bytes,
        sizes,
        more: false,
    };
    Ok(Drawn { new, rights_days: line.rights_days, shown_in: line.shown_in })
}

/// Puts everything on the desk.
pub async fn fill(
    store: &Store,
    drawn: Vec<Drawn>,
    (sections, staff): (&HashMap<String, SectionId>, &[Staff]),
    (today, now): (Date, Timestamp),
) -> Result<()> {
    let editor = nth(staff, Role::Editor, 1)?;
    let mut shown = HashMap::new();
    for Drawn { mut new, rights_days, shown_in } in drawn {
        let last = rights_days.map(|days| today.checked_add(jiff::Span::new().days(days))).transpose()?;
        new.words.rights_until = last.map(|day| day.to_string());
        let (Kept::New(name, _) | Kept::Known(name)) = store.keep_in_library(&new, Some(editor), now).await?;
        shown.insert(
            shown_in,
            Picture {
                file: name,
                alt: new.words.alt,
                caption: Some(new.words.caption),
                credit: Some(new.words.credit),
                size: new.size,
                ..Picture::default()
            },
        );
    }
    for line in fixture::desk()?.0 {
        let lead = shown.get(&line.headline).cloned();
        begin(store, line, lead, (sections, staff), now).await?;
    }
    Ok(())
}

async fn begin(
    store: &Store,
    line: DeskWork,
    lead: Option<Picture>,
    (sections, staff): (&HashMap<String, SectionId>, &[Staff]),
    now: Timestamp,
) -> Result<()> {
    let editor = nth(staff, Role::Editor, 1)?;
    let to = line.to.map(|(role, n)| nth(staff, role, n)).transpose()?;
    let (body, _) = read_text_form(&line.written);
    let section = Some(*sections.get(&line.section).with_context(|| line.section.clone())?);
    let text = StoryText { headline: line.headline, section, body, lead, ..StoryText::default() };
    let begun_at = now - SignedDuration::from_hours(2);
    let draft = Draft { id: StoryId(store.id(begun_at)), comments: text.kind.comments(), text, begun_at };
    let work = Work {
        stage: line.stage,
        begun_by: Some(editor),
        assigned_to: to,
        due_at: line.due_hours.map(|hours| now + SignedDuration::from_hours(hours)),
        ..Work::default()
    };
    store.begin_story(&draft, &work, editor, begun_at).await?;
    let (quote, text) = match line.note.split_once(": ") {
        Some((quote, text)) if draft.text.headline.contains(quote) => (quote, text),
        _ => ("", line.note.as_str()),
    };
    let note = NewNote { text: text.to_owned(), quote: quote.to_owned(), block: None };
    store.note_story(draft.id, &note, editor, now).await?;
    Ok(())
}

/// The how many-th of a role, from 1.
fn nth(staff: &[Staff], role: Role, n: usize) -> Result<StaffId> {
    let of_role = staff.iter().filter(|one| one.role == role).nth(n.saturating_sub(1));
    of_role.map(|one| one.id).with_context(|| format!("fixtures/desk.txt: {} {n}", role.key()))
}
