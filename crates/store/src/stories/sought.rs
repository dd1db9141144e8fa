//! Looking for stories at the desk, in whatever state: by words, state, section and colleague. What is looked through at once
//! is bounded; a search that found less than a page says from where it goes on.

use super::plan::Sees;
use super::{StoryLine, line, lines_text};
use crate::engine::{Dialect, Row, Tx, Value, values};
use crate::search::{asked, desk_texts, query};
use crate::{Store, StoreError};
use newsroom::story::StoryText;
use newsroom::{SectionId, StaffId, StoryId, Timestamp};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// Stories that are looked through for a page, of each list.
const LOOKED_AT: i64 = 1_000;

macro_rules! states {
    ($($(#[$doc:meta])* $name:ident $word:literal,)*) => {
        /// What the desk calls the state of a story.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum InState {
            $($(#[$doc])* $name,)*
        }

        impl InState {
            /// Every one, in the order of a story's way.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its word in addresses and locales.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

states! {
    /// Somebody is to write it, and nobody was told to.
    Idea "idea",
    /// A colleague is to write it, and has not begun.
    Assigned "assigned",
    /// It is being written.
    Writing "writing",
    /// Somebody else reads it.
    Proof "proof",
    /// It may go, now or after its embargo.
    Ready "ready",
    /// The clock will take it.
    Scheduled "scheduled",
    /// However far it is, it may not go yet.
    Embargoed "embargoed",
    /// A reason of law keeps it back.
    LegalHold "legal-hold",
    /// Readers have it.
    Published "published",
    /// Readers have it, and were told what was wrong in it.
    Corrected "corrected",
    /// Readers had it.
    Withdrawn "withdrawn",
    /// It will not be printed.
    Killed "killed",
}

impl InState {
    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.key() == key)
    }
}

/// What is looked for. Everything that is said must be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// Words of its text, or of the names around it; those that nobody has published too.
    pub words: String,
    /// In which state.
    pub state: Option<InState>,
    /// In which section.
    pub section: Option<SectionId>,
    /// Whoever began it, or was given it.
    pub person: Option<StaffId>,
    /// Who looks: what they do not see they do not find.
    pub sees: Sees,
    /// The page goes on after this place.
    pub before: Option<(Timestamp, StoryId)>,
}

/// A page of what was found: last touched first, begun last first where words were looked for, corrected last first where
/// corrections were.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SoughtLines {
    /// The stories.
    pub lines: Vec<StoryLine>,
    /// There may be more, after this place.
    pub next: Option<(Timestamp, StoryId)>,
}

/// The state in a word, as `stories_in_state` has it: an embargo hangs on the minute, to whom an idea was given and what was
/// corrected stand elsewhere, and are asked beside it.
macro_rules! in_state {
    () => {
        "(case when s.state <> 'draft' then s.state when s.stage = 'killed' then 'killed'
              when s.hold_why is not null then 'legal-hold' when s.goes_at is not null then 'scheduled' else s.stage end)"
    };
}

/// What [`Seen`] reads.
macro_rules! seen_columns {
    () => {
        seen_columns!("s.touched_at")
    };
    ($at:literal) => {
        concat!(
            "select s.story_id, ",
            $at,
            ", s.section_id, s.begun_by, s.assigned_to, s.embargo_until, ",
            in_state!(),
            ", coalesce((select cast(max(1) as bigint) from listed c
                 where c.story_id = s.story_id and c.list = 'corrections'), 0) from "
        )
    };
}

macro_rules! looked_through {
    ($which:expr) => {
        concat!(
            seen_columns!(),
            "stories s where ",
            $which,
            " s.touched_at > 0 and (s.touched_at, s.story_id) < ($1, $2) order by s.touched_at desc, s.story_id desc limit $3"
        )
    };
}

const ALL: &str = looked_through!("");
const OF_SECTION: &str = looked_through!("s.section_id = $4 and");
const BEGUN_BY: &str = looked_through!("s.begun_by = $4 and");
const ASSIGNED_TO: &str = looked_through!("s.assigned_to = $4 and");
pub(crate) const IN_STATE: &str = looked_through!(concat!(in_state!(), " = $4 and"));
/// Few at any time: put in order after they were found by their own index.
pub(crate) const UNDER_EMBARGO: &str = concat!(
    seen_columns!(),
    "stories s where s.state = 'draft' and s.embargo_until is not null and s.embargo_until > $4
         and (s.touched_at + 0, s.story_id) < ($1, $2) order by s.touched_at + 0 desc, s.story_id desc limit $3"
);

/// A story stands in the list of corrections once for each of its own: here by the last of them.
pub(crate) const CORRECTED_LAST: &str = concat!(
    seen_columns!("l.at"),
    "(select k.published_at as at, k.story_id from listed k
          where k.list = 'corrections' and (k.published_at, k.story_id) < ($1, $2)
              and k.published_at = (select max(n.published_at + 0) from listed n
                  where n.story_id = k.story_id and n.list = 'corrections')
          order by k.published_at desc, k.story_id desc limit $3) l
     join stories s on s.story_id = l.story_id order by l.at desc, l.story_id desc"
);

/// The lists that are read in order, each with its name, for the test of the plans.
pub(crate) const LOOKED_THROUGH: [(&str, &str); 5] = [
    ("sought.all", ALL),
    ("sought.corrected", CORRECTED_LAST),
    ("sought.of-section", OF_SECTION),
    ("sought.begun-by", BEGUN_BY),
    ("sought.assigned-to", ASSIGNED_TO),
];

/// Stories by words: in what readers have, and in what they do not.
pub(crate) fn words_texts(dialect: Dialect) -> [String; 2] {
    desk_texts(dialect).map(|found| {
        let join = "found f join stories s on s.story_id = f.story_id order by s.story_id desc";
        format!("with found as materialized ({found}) {}{join}", seen_columns!())
    })
}

/// A story that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    /// Its place in the order of the search.
    place: (Timestamp, StoryId),
    section: Option<SectionId>,
    /// The same of what is written on it and readers do not have, where that is asked.
    stands_in: Option<SectionId>,
    hands: [Option<StaffId>; 2],
    embargo_until: Option<Timestamp>,
    state: String,
    is_corrected: bool,
}

impl Store {
    /// A page of the stories that are looked for. For the staff only.
    pub async fn seek_stories(&self, sought: &Sought, now: Timestamp, limit: u32) -> Result<SoughtLines, StoreError> {
        let sought = Arc::new(sought.clone());
        let read = self.engine.read(move |tx| {
            let sought = Arc::clone(&sought);
            Box::pin(async move { seek(tx, &sought, now, limit as usize).await })
        });
        read.await
    }
}

async fn seek(tx: &mut Tx, sought: &Sought, now: Timestamp, limit: usize) -> Result<SoughtLines, StoreError> {
    let by_words = !sought.words.trim().is_empty();
    let (mut all, mut looked_to) = (Vec::new(), None);
    let most = sought.looks_through(limit);
    for (text, given) in sought.lists(tx.dialect(), now, most) {
        let rows = tx.rows(&text, &given).await?;
        let cut = i64::try_from(rows.len()).is_ok_and(|rows| rows >= most);
        let list = rows.into_iter().map(|row| seen(row, by_words)).collect::<Result<Vec<_>, _>>()?;
        // Below the end of a list that goes on, what comes next is not known.
        let end = list.last().filter(|_| cut).map(|last| last.place);
        looked_to = looked_to.max(end);
        all.extend(list);
    }
    if by_words && (sought.sees.sections.is_some() || sought.section.is_some()) {
        let written = written_in(tx, &all).await?;
        for one in &mut all {
            one.stands_in = written.get(&one.place.1).copied().unwrap_or(one.section);
        }
    }
    all.retain(|one| looked_to.is_none_or(|end| one.place >= end) && sought.fits(one, now));
    all.sort_by_key(|one| Reverse(one.place));
    all.dedup_by_key(|one| one.place);
    let next = if all.len() > limit { all.get(limit.saturating_sub(1)).map(|last| last.place) } else { looked_to };
    all.truncate(limit);
    let ids: Vec<StoryId> = all.iter().map(|one| one.place.1).collect();
    Ok(SoughtLines { lines: lines_of(tx, &ids).await?, next })
}

/// In which section that stands which is written on these stories and readers do not have: whoever does not answer for it may
/// not learn its words, a hit is one; and whoever does may read them, wherever readers find the story.
async fn written_in(tx: &mut Tx, found: &[Seen]) -> Result<HashMap<StoryId, Option<SectionId>>, StoreError> {
    if found.is_empty() {
        return Ok(HashMap::new());
    }
    let given: Vec<Value> = found.iter().map(|one| Value::from(one.place.1)).collect();
    let places: Vec<String> = (1..=given.len()).map(|n| format!("${n}")).collect();
    let text = format!("select story_id, text from working_texts where story_id in ({})", places.join(", "));
    let section = |mut row: Row| Ok((StoryId(row.int(0)?), row.json::<StoryText>(1)?.section));
    tx.rows(&text, &given).await?.into_iter().map(section).collect()
}

/// The lines of these stories, in this order.
async fn lines_of(tx: &mut Tx, ids: &[StoryId]) -> Result<Vec<StoryLine>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let given: Vec<Value> = ids.iter().map(|id| Value::from(*id)).collect();
    let rows = tx.rows(&lines_text(ids.len()), &given).await?;
    let lines = rows.into_iter().map(line).map(|line| line.map(|line| (line.id, line)));
    let mut lines = lines.collect::<Result<HashMap<_, _>, _>>()?;
    Ok(ids.iter().filter_map(|id| lines.remove(id)).collect())
}

fn seen(mut row: Row, by_words: bool) -> Result<Seen, StoreError> {
    let story = StoryId(row.int(0)?);
    let at = if by_words { Timestamp::UNIX_EPOCH } else { row.time(1)? };
    let section = row.maybe_int(2)?.map(SectionId);
    Ok(Seen {
        place: (at, story),
        section,
        stands_in: section,
        hands: [row.maybe_int(3)?.map(StaffId), row.maybe_int(4)?.map(StaffId)],
        embargo_until: row.maybe_time(5)?,
        state: row.text(6)?,
        is_corrected: row.int(7)? == 1,
    })
}

impl Sought {
    /// How much of each list: a page of it where everything that it holds is wanted.
    fn looks_through(&self, limit: usize) -> i64 {
        let said = [!self.words.trim().is_empty(), self.state.is_some(), self.section.is_some(), self.person.is_some()];
        let said = said.into_iter().filter(|said| *said).count();
        // Ideas that were given to somebody and those that were not stand together.
        let is_mixed = matches!(self.state, Some(InState::Idea | InState::Assigned));
        let all_is_wanted = self.sees.sections.is_none() && said < 2 && !is_mixed;
        let page = i64::try_from(limit).unwrap_or(LOOKED_AT).saturating_add(1);
        if all_is_wanted { page.min(LOOKED_AT) } else { LOOKED_AT }
    }

    /// The lists to look through, the shortest that hold everything: words, whose it is, how far it is, where it stands.
    fn lists(&self, dialect: Dialect, now: Timestamp, most: i64) -> Vec<(String, Vec<Value>)> {
        let (at, story) = self.before.map_or((i64::MAX, i64::MAX), |(at, story)| (at.as_millisecond(), story.0));
        let of = |text: &str, what: Value| (text.to_owned(), [values![at, story, most], &[what]].concat());
        let whole = |text: &str| vec![(text.to_owned(), values![at, story, most].to_vec())];
        let in_hands = |staff: StaffId| vec![of(BEGUN_BY, staff.into()), of(ASSIGNED_TO, staff.into())];
        if !self.words.trim().is_empty() {
            let terms = asked(&self.words);
            if terms.is_empty() {
                return Vec::new();
            }
            let words = query(dialect, &terms);
            return words_texts(dialect).map(|text| (text, values![&words, story, most].to_vec())).into();
        }
        let own_alone = self.sees.sections.as_ref().is_some_and(Vec::is_empty);
        match (self.person, self.state, self.section) {
            (Some(person), ..) => in_hands(person),
            _ if own_alone => in_hands(self.sees.staff),
            (None, Some(InState::Embargoed), _) => vec![of(UNDER_EMBARGO, now.into())],
            (None, Some(InState::Corrected), _) => whole(CORRECTED_LAST),
            (None, Some(InState::Assigned), _) => vec![of(IN_STATE, InState::Idea.key().into())],
            (None, None | Some(InState::Published), Some(section)) => vec![of(OF_SECTION, section.into())],
            (None, Some(state), _) => vec![of(IN_STATE, state.key().into())],
            (None, None, None) => whole(ALL),
        }
    }

    fn fits(&self, one: &Seen, now: Timestamp) -> bool {
        let held_by = |staff: StaffId| one.hands.contains(&Some(staff));
        let own = |sections: &Vec<SectionId>| one.stands_in.is_some_and(|section| sections.contains(&section));
        let in_state = |state: InState| match state {
            InState::Embargoed => one.state != "killed" && one.embargo_until.is_some_and(|until| until > now),
            InState::Idea => one.state == state.key() && one.hands[1].is_none(),
            InState::Assigned => one.state == InState::Idea.key() && one.hands[1].is_some(),
            InState::Corrected => one.is_corrected,
            _ => one.state == state.key(),
        };
        (self.sees.sections.as_ref().is_none_or(own) || held_by(self.sees.staff))
            && self.state.is_none_or(in_state)
            && self.section.is_none_or(|section| [one.section, one.stands_in].contains(&Some(section)))
            && self.person.is_none_or(held_by)
    }
}
