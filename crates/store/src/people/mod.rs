//! The staff, what each of them answers for, their one-time links and their sign-ins. Tokens are kept as hashes only.

mod desk_settings;
mod keys;
mod language;
mod organisation;
mod proof;
mod sign_ins;
mod tries;

pub use keys::{Account, Keys, NewPasskey, Passkey};
pub(crate) use language::LANGUAGE;
pub use organisation::{NewOrganisationAccount, OrganisationAccount};
pub(crate) use organisation::{OF_STAFF as ORGANISATION_ACCOUNTS_OF, WHOSE as ORGANISATION_ACCOUNT};
pub use proof::Proof;
pub(crate) use proof::spend;
pub use sign_ins::{NewSession, Session, SessionLine};

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

/// Somebody to be added.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// The name colleagues see.
    pub name: String,
    /// Their address of mail, in small letters; none: they sign in by their name.
    pub email: Option<String>,
    /// What they are here for.
    pub role: Role,
    /// The sections that they are bound to; none: the whole paper.
    pub sections: Vec<SectionId>,
}

/// A member of the staff in the list of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffLine {
    /// Who.
    pub staff: Staff,
    /// Their address of mail.
    pub email: Option<String>,
    /// Since when they work here no more, or not for now.
    pub disabled_at: Option<Timestamp>,
    /// When they were here last, while a sign-in of theirs runs.
    pub seen_at: Option<Timestamp>,
    /// They have a password, a passkey, or an account at the issuer that is asked now.
    pub has_keys: bool,
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
const AT_WORK: &str = concat!(
    staff_columns!(),
    " from staff s ",
    bound_sections!(),
    " where s.disabled_at is null order by s.name, b.section_id"
);
const ONE: &str =
    concat!(staff_columns!(), " from staff s ", bound_sections!(), " where s.staff_id = $1 order by b.section_id");
/// In the order of [`ALL`].
const AROUND: &str = "select s.email, s.disabled_at,
         (select max(coalesce(o.seen_at, o.begun_at)) from sessions o where o.staff_id = s.staff_id),
         case when s.password is not null or exists (select 1 from passkeys p where p.staff_id = s.staff_id)
             or exists (select 1 from organisation_accounts a where a.staff_id = s.staff_id and a.issuer = $1)
             then 1 else 0 end
     from staff s order by s.name";
pub(crate) const STAFF_LOG: &str = "select happening_id, at, by_actor, what, why from happenings
     where kind in (
         'signed-in', 'sign-in-refused', 'sign-in-changed', 'staff-added', 'staff-placed', 'staff-disabled', 'staff-enabled',
         'staff-linked', 'sessions-ended'
     ) order by happening_id desc limit $1";

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

    /// Everybody who works or worked here, by name.
    pub async fn staff(&self) -> Result<Vec<Staff>, StoreError> {
        self.engine.glance(|tx| Box::pin(async move { folded(tx.rows(ALL, values![]).await?) })).await
    }

    /// Those of them who can come in: nobody who has left. By name.
    pub async fn staff_at_work(&self) -> Result<Vec<Staff>, StoreError> {
        self.engine.read(|tx| Box::pin(async move { folded(tx.rows(AT_WORK, values![]).await?) })).await
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

    /// Adds somebody, with a link by which they come in first.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name or the address of mail is taken.
    pub async fn invite_staff(
        &self,
        new: NewStaff,
        link: (TokenHash, Timestamp),
        by: Actor,
        now: Timestamp,
    ) -> Result<Staff, StoreError> {
        let mut sections = new.sections.clone();
        sections.sort_unstable();
        sections.dedup();
        let staff = Staff { id: StaffId(self.id(now)), name: new.name.clone(), role: new.role, sections };
        let added = self.happening(by, What::StaffAdded { name: new.name.clone() }, "", now);
        let what = What::StaffPlaced { name: new.name, role: new.role, sections: staff.sections.clone() };
        let (placed, email) = (self.happening(by, what, "", now), new.email);
        let write = self.engine.write(move |tx| {
            let (staff, email, link) = (staff.clone(), email.clone(), link.clone());
            let (added, placed) = (added.clone(), placed.clone());
            Box::pin(async move {
                let text = "insert into staff (staff_id, name, role, added_at, email) values ($1, $2, $3, $4, $5)";
                tx.run(text, values![staff.id, &staff.name, staff.role.key(), now, email]).await?;
                bind(tx, staff.id, &staff.sections).await?;
                let text = "insert into sign_in_links (token_hash, staff_id, until_at) values ($1, $2, $3)";
                tx.run(text, values![link.0.0, staff.id, link.1]).await?;
                write_down(tx, &added).await?;
                write_down(tx, &placed).await?;
                Ok(staff)
            })
        });
        write.await
    }

    /// Everybody, with what the list of all shows. `issuer` is the one that is asked at the door now, empty where none is.
    pub async fn staff_lines(&self, issuer: &str) -> Result<Vec<StaffLine>, StoreError> {
        let issuer = issuer.to_owned();
        let read = self.engine.read(move |tx| {
            let issuer = issuer.clone();
            Box::pin(async move {
                let staff = folded(tx.rows(ALL, values![]).await?)?;
                let mut lines = Vec::with_capacity(staff.len());
                for (staff, mut row) in staff.into_iter().zip(tx.rows(AROUND, values![issuer]).await?) {
                    lines.push(StaffLine {
                        staff,
                        email: row.maybe_text(0)?,
                        disabled_at: row.maybe_time(1)?,
                        seen_at: row.maybe_time(2)?,
                        has_keys: row.yes(3)?,
                    });
                }
                Ok(lines)
            })
        });
        read.await
    }

    /// Somebody works here no more, or not for now: every sign-in of theirs ends, and no key of theirs opens the door.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such member of the staff.
    pub async fn disable_staff(&self, who: StaffId, by: Actor, now: Timestamp) -> Result<StaffChanged, StoreError> {
        let happening = self.happening(by, What::StaffDisabled { name: String::new() }, "", now);
        let write = self.engine.write(move |tx| {
            let mut happening = happening.clone();
            Box::pin(async move {
                let owners = take_owners(tx).await?;
                let staff = one(tx.rows(ONE, values![who]).await?)?.ok_or(StoreError::NotFound)?;
                if owners == [who] {
                    return Ok(StaffChanged::LastOwner);
                }
                let text = "update staff set disabled_at = $2 where staff_id = $1 and disabled_at is null";
                if tx.run(text, values![who, now]).await? == 0 {
                    return Ok(StaffChanged::AsItWas);
                }
                sign_ins::end_all(tx, who).await?;
                happening.what = What::StaffDisabled { name: staff.name };
                write_down(tx, &happening).await?;
                Ok(StaffChanged::Done(happening))
            })
        });
        write.await
    }

    /// And comes back, with the keys that they had.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such member of the staff.
    pub async fn enable_staff(&self, who: StaffId, by: Actor, now: Timestamp) -> Result<StaffChanged, StoreError> {
        let happening = self.happening(by, What::StaffEnabled { name: String::new() }, "", now);
        let write = self.engine.write(move |tx| {
            let mut happening = happening.clone();
            Box::pin(async move {
                let staff = one(tx.rows(ONE, values![who]).await?)?.ok_or(StoreError::NotFound)?;
                let text = "update staff set disabled_at = null where staff_id = $1 and disabled_at is not null";
                if tx.run(text, values![who]).await? == 0 {
                    return Ok(StaffChanged::AsItWas);
                }
                happening.what = What::StaffEnabled { name: staff.name };
                write_down(tx, &happening).await?;
                Ok(StaffChanged::Done(happening))
            })
        });
        write.await
    }

    /// Gives a member of the staff a link to sign in with once; those given before open nothing any more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such member of the staff, or they work here no more.
    pub async fn link_staff(
        &self,
        who: StaffId,
        link: (TokenHash, Timestamp),
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(by, What::StaffLinked { name: String::new() }, "", now);
        let write = self.engine.write(move |tx| {
            let (link, mut happening) = (link.clone(), happening.clone());
            Box::pin(async move {
                let text = "select name from staff where staff_id = $1 and disabled_at is null";
                let name = tx.row(text, values![who]).await?.ok_or(StoreError::NotFound)?.text(0)?;
                tx.run("delete from sign_in_links where staff_id = $1 and used_at is null", values![who]).await?;
                let text = "insert into sign_in_links (token_hash, staff_id, until_at) values ($1, $2, $3)";
                tx.run(text, values![link.0.0, who, link.1]).await?;
                happening.what = What::StaffLinked { name };
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// What happened to the staff and their sign-ins, newest first.
    pub async fn staff_log(&self, limit: u32) -> Result<Vec<Happening>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(STAFF_LOG, values![i64::from(limit)]).await }));
        read.await?.into_iter().map(crate::happenings::happening).collect()
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
    bind(tx, who, sections).await?;
    write_down(tx, &happening).await?;
    Ok(StaffChanged::Done(happening))
}

async fn bind(tx: &mut Tx, who: StaffId, sections: &[SectionId]) -> Result<(), StoreError> {
    for section in sections {
        let text = "insert into staff_sections (staff_id, section_id) values ($1, $2)";
        tx.run(text, values![who, *section]).await?;
    }
    Ok(())
}

/// The owners, held until the transaction ends: of two changes that would each leave the other owner, the second one waits
/// and sees what the first one did.
async fn take_owners(tx: &mut Tx) -> Result<Vec<StaffId>, StoreError> {
    let text = "update staff set role = role where role = $1 and disabled_at is null returning staff_id";
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
