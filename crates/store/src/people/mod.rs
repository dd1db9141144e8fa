//! The staff, what each of them answers for, their one-time links and their sign-ins. Tokens are kept as hashes only.

mod sign_ins;

use crate::engine::{Row, Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, Role, Staff};
use newsroom::{SectionId, StaffId, StoryId, Timestamp};

/// SHA-256 of a token, in hexadecimal: the store never sees the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHash(pub String);

/// How a change of the staff ended.
#[derive(Debug, Clone, PartialEq)]
pub enum StaffChanged {
    /// Done, with its happening.
    Done(Happening),
    /// Everything was so already; nothing was written.
    AsItWas,
    /// It would leave the paper without an owner.
    LastOwner,
}

/// A member of the staff, in as many rows as they have sections (one, without a section, where they are not bound).
macro_rules! staff_columns {
    () => {
        "select s.staff_id, s.name, s.role, b.section_id"
    };
}
macro_rules! bound_sections {
    () => {
        "left join staff_sections b on b.staff_id = s.staff_id"
    };
}
use {bound_sections, staff_columns};

const ALL: &str = concat!(staff_columns!(), " from staff s ", bound_sections!(), " order by s.name, b.section_id");
const ONE: &str =
    concat!(staff_columns!(), " from staff s ", bound_sections!(), " where s.staff_id = $1 order by b.section_id");

impl Store {
    /// Adds a member of the staff, with its happening.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name is taken.
    pub async fn add_staff(&self, name: &str, role: Role, now: Timestamp) -> Result<Staff, StoreError> {
        let added = Staff { id: StaffId(self.id(now)), name: name.to_owned(), role, sections: Vec::new() };
        let happening = self.happening(Actor::Program, What::StaffAdded { name: added.name.clone() }, "", now);
        let write = self.engine.write(move |tx| {
            let (added, happening) = (added.clone(), happening.clone());
            Box::pin(async move {
                tx.run(
                    "insert into staff (staff_id, name, role, added_at) values ($1, $2, $3, $4)",
                    values![added.id, &added.name, added.role.key(), now],
                )
                .await?;
                write_down(tx, &happening).await?;
                Ok(added)
            })
        });
        write.await
    }

    /// Everybody who works here, by name.
    pub async fn staff(&self) -> Result<Vec<Staff>, StoreError> {
        self.engine.read(|tx| Box::pin(async move { folded(tx.rows(ALL, values![]).await?) })).await
    }

    /// Gives a member of the staff another role and other sections; none: the whole paper.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such member of the staff.
    pub async fn place_staff(
        &self,
        who: StaffId,
        (role, sections): (Role, &[SectionId]),
        by: Actor,
        now: Timestamp,
    ) -> Result<StaffChanged, StoreError> {
        let mut sections = sections.to_vec();
        sections.sort_unstable();
        sections.dedup();
        let placed = What::StaffPlaced { name: String::new(), role, sections };
        let happening = self.happening(by, placed, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move { place(tx, who, happening).await })
        });
        write.await
    }

    /// The section that a story stands in.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such story.
    pub async fn section_of(&self, story: StoryId) -> Result<Option<SectionId>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move { tx.row("select section_id from stories where story_id = $1", values![story]).await })
        });
        read.await?.ok_or(StoreError::NotFound)?.maybe_int(0).map(|section| section.map(SectionId))
    }
}

async fn place(tx: &mut Tx, who: StaffId, mut happening: Happening) -> Result<StaffChanged, StoreError> {
    let owners = take_owners(tx).await?;
    let staff = one(tx.rows(ONE, values![who]).await?)?.ok_or(StoreError::NotFound)?;
    let What::StaffPlaced { name, role, sections } = &mut happening.what else { return Ok(StaffChanged::AsItWas) };
    name.clone_from(&staff.name);
    if (staff.role, &staff.sections) == (*role, sections) {
        return Ok(StaffChanged::AsItWas);
    }
    if *role != Role::Owner && owners == [who] {
        return Ok(StaffChanged::LastOwner);
    }
    tx.run("update staff set role = $2 where staff_id = $1", values![who, role.key()]).await?;
    tx.run("delete from staff_sections where staff_id = $1", values![who]).await?;
    for section in sections.iter() {
        let text = "insert into staff_sections (staff_id, section_id) values ($1, $2)";
        tx.run(text, values![who, *section]).await?;
    }
    write_down(tx, &happening).await?;
    Ok(StaffChanged::Done(happening))
}

/// The owners, held until the transaction ends: of two changes that would each leave the other owner, the second one waits
/// and sees what the first one did.
async fn take_owners(tx: &mut Tx) -> Result<Vec<StaffId>, StoreError> {
    let text = "update staff set role = role where role = $1 returning staff_id";
    tx.rows(text, values![Role::Owner.key()]).await?.iter().map(|row| row.int(0).map(StaffId)).collect()
}

fn one(rows: Vec<Row>) -> Result<Option<Staff>, StoreError> {
    Ok(folded(rows)?.into_iter().next())
}

/// Rows of one person stand one after the other.
fn folded(rows: Vec<Row>) -> Result<Vec<Staff>, StoreError> {
    let mut all: Vec<Staff> = Vec::new();
    for mut row in rows {
        let (id, section) = (StaffId(row.int(0)?), row.maybe_int(3)?.map(SectionId));
        if all.last().is_none_or(|last| last.id != id) {
            let key = row.text(2)?;
            let role = Role::from_key(&key);
            let role = role.ok_or_else(|| StoreError::Broken(format!("nobody's role is called {key}")))?;
            all.push(Staff { id, name: row.text(1)?, role, sections: Vec::new() });
        }
        if let (Some(staff), Some(section)) = (all.last_mut(), section) {
            staff.sections.push(section);
        }
    }
    Ok(all)
}
