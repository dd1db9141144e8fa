//! PostgreSQL.
use super::{Row, StoreError, Tx, Value};
use futures_util::future::BoxFuture;
pub(crate) struct Client(#[allow(dead_code)] deadpool_postgres::Object);
#[derive(Debug, Clone)]
pub(crate) struct Postgres {}
impl Postgres {
    pub(super) async fn open(_address: &str) -> Result<Self, StoreError> {
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
    pub(super) fn close(self) {}
}
pub(super) async fn run(_c: &mut Client, _sql: &str, _v: &[Value]) -> Result<u64, StoreError> {
    todo!()
}
pub(super) async fn rows(_c: &mut Client, _sql: &str, _v: &[Value]) -> Result<Vec<Row>, StoreError> {
    todo!()
}
