//! The log of writes while somebody follows it; see [`crate::log_of_writes`].

use super::StoreError;
use super::file::leave_log;
use super::sqlite::{Sqlite, broken};

impl Sqlite {
    /// The log of writes is emptied only when [`Sqlite::empty_log`] is asked for, also by other programs on this folder; or as
    /// usual again.
    pub(super) async fn follow_log(&self, followed: bool) -> Result<(), StoreError> {
        let mark = self.mark().to_owned();
        self.alone(move |connection| {
            let marked = match followed {
                true => std::fs::File::create(&mark).map(drop),
                false if mark.exists() => std::fs::remove_file(&mark),
                false => Ok(()),
            };
            marked.map_err(|problem| StoreError::Broken(format!("{}: {problem}", mark.display())))?;
            leave_log(connection, followed).map_err(broken)?;
            if followed {
                // A number that nobody reads, so that the log begins with a commit that does not stand in the file: as long as it
                // does not, the log cannot begin anew unseen.
                connection.file.execute_batch("pragma user_version=0;").map_err(broken)?;
            }
            Ok(())
        })
        .await
    }

    /// Empties the log into the file as far as nobody reads it; see [`super::Engine::empty_log`].
    pub(super) async fn empty_log<T: Send + 'static>(
        &self,
        before: impl FnOnce() -> (T, Option<u64>) + Send + 'static,
    ) -> Result<(T, bool), StoreError> {
        self.alone(move |connection| {
            let (value, frames) = before();
            let Some(frames) = frames.and_then(|frames| i64::try_from(frames).ok()) else { return Ok((value, false)) };
            let counted = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?));
            let emptied = connection.file.query_row("pragma wal_checkpoint(passive)", [], counted).map_err(broken)?;
            Ok((value, emptied == (frames, frames)))
        })
        .await
    }
}
