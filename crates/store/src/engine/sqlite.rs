//! SQLite.
use super::{Row, StoreError, Tx, Value};
use futures_util::future::BoxFuture;
#[derive(Debug)]
pub(crate) struct Connection(#[allow(dead_code)] rusqlite::Connection);
#[derive(Debug, Clone)]
pub(crate) struct Sqlite {}
impl Sqlite {
    pub(super) async fn open(_folder: &std::path::Path) -> Result<Self, StoreError> {
        todo!()
    }
    pub(super) async fn write<T, F>(&self, _job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
    {
        todo!()
    }
    pub(super) async fn read<T, F>(&self, _job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
    {
        todo!()
    }
    pub(super) async fn close(self) {}
}
pub(super) fn run(_c: &mut Connection, _sql: &str, _v: &[Value]) -> Result<u64, StoreError> {
    todo!()
}
pub(super) fn rows(_c: &mut Connection, _sql: &str, _v: &[Value]) -> Result<Vec<Row>, StoreError> {
    todo!()
}
