//! What colleagues chose.

use crate::engine::{json, values};
use crate::{Store, StoreError};
use newsroom::StaffId;
use newsroom::notices::{Choices, Way};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody who works here and chose something, and the ways that reach them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    /// Who.
    pub staff: StaffId,
    /// What they chose.
    pub choices: Choices,
    /// The ways that have an address and were not turned off.
    pub ways: BTreeSet<Way>,
}

const LISTENERS: &str = "select n.staff_id, n.choices, w.way from staff_notices n
         join staff s on s.staff_id = n.staff_id
         join staff_ways w on w.staff_id = n.staff_id
     where s.disabled_at is null and w.address <> '' and w.stopped_at is null order by n.staff_id";

impl Store {
    /// What a colleague chose; nothing where they never said.
    pub async fn desk_choices(&self, staff: StaffId) -> Result<Choices, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(
                async move { tx.row("select choices from staff_notices where staff_id = $1", values![staff]).await },
            )
        });
        read.await?.map_or(Ok(Choices::default()), |mut row| row.json(0))
    }

    /// Keeps what a colleague chose.
    pub async fn keep_desk_choices(&self, staff: StaffId, choices: &Choices) -> Result<(), StoreError> {
        let choices = json(choices)?;
        let write = self.engine.write(move |tx| {
            let choices = choices.clone();
            Box::pin(async move {
                tx.run(
                    "insert into staff_notices (staff_id, choices) values ($1, $2)
                     on conflict (staff_id) do update set choices = excluded.choices",
                    values![staff, choices],
                )
                .await
            })
        });
        write.await.map(drop)
    }

    /// Everybody who could be told something now.
    pub async fn listeners(&self) -> Result<Vec<Listener>, StoreError> {
        let read = self.engine.read(|tx| Box::pin(async move { tx.rows(LISTENERS, values![]).await }));
        let mut all = BTreeMap::<StaffId, Listener>::new();
        for mut row in read.await? {
            let (staff, choices, way) = (StaffId(row.int(0)?), row.json(1)?, row.text(2)?);
            let new = Listener { staff, choices, ways: BTreeSet::new() };
            all.entry(staff).or_insert(new).ways.extend(Way::from_key(&way));
        }
        Ok(all.into_values().collect())
    }
}
