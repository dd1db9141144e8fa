//! How a member of the staff likes the desk.

use crate::engine::{json, values};
use crate::{Store, StoreError};
use newsroom::StaffId;
use newsroom::people::DeskSettings;

impl Store {
    /// How they like the desk; as it comes where they never said.
    pub async fn desk_settings(&self, staff: StaffId) -> Result<DeskSettings, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(
                async move { tx.row("select settings from staff_settings where staff_id = $1", values![staff]).await },
            )
        });
        read.await?.map_or(Ok(DeskSettings::default()), |mut row| row.json(0))
    }

    /// Keeps how they like it.
    pub async fn keep_desk_settings(&self, staff: StaffId, settings: &DeskSettings) -> Result<(), StoreError> {
        let settings = json(settings)?;
        let write = self.engine.write(move |tx| {
            let settings = settings.clone();
            Box::pin(async move {
                tx.run(
                    "insert into staff_settings (staff_id, settings) values ($1, $2)
                     on conflict (staff_id) do update set settings = excluded.settings",
                    values![staff, settings],
                )
                .await
            })
        });
        write.await.map(drop)
    }
}
