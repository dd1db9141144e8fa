//! Keys that the program makes for itself at first start, shared by all its processes.
use crate::{Store, StoreError};

impl Store {
    /// The secret of a name; made of the system's randomness (32 bytes) when asked for first.
    pub async fn secret(&self, name: &str) -> Result<[u8; 32], StoreError> {
        todo!()
    }
}
