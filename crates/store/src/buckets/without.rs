//! A program that was built without S3 has no bucket, and says so.

use super::{BucketSettings, Listed, Patience};
use crate::StoreError;
use std::path::Path;

/// None: it cannot be opened.
#[derive(Debug, Clone)]
pub struct Bucket {
    _none: (),
}

/// Each of them says that there is none.
impl Bucket {
    /// There is none.
    ///
    /// # Errors
    /// Always.
    pub fn open(_settings: &BucketSettings, _patience: Patience) -> Result<Self, StoreError> {
        Err(none())
    }

    /// There is none.
    ///
    /// # Errors
    /// Always.
    pub async fn put(&self, _key: &str, _bytes: &[u8]) -> Result<(), StoreError> {
        Err(none())
    }

    /// There is none.
    ///
    /// # Errors
    /// Always.
    pub async fn get(&self, _key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Err(none())
    }

    /// There is none.
    ///
    /// # Errors
    /// Always.
    pub async fn size(&self, _key: &str) -> Result<Option<u64>, StoreError> {
        Err(none())
    }

    /// There is none.
    ///
    /// # Errors
    /// Always.
    pub async fn delete(&self, _key: &str) -> Result<(), StoreError> {
        Err(none())
    }

    /// There is none.
    ///
    /// # Errors
    /// Always.
    pub async fn delete_all(&self, _keys: &[String]) -> Result<(), StoreError> {
        Err(none())
    }

    /// There is none.
    ///
    /// # Errors
    /// Always.
    pub async fn put_file(&self, _key: &str, _from: &Path) -> Result<(), StoreError> {
        Err(none())
    }

    /// There is none.
    ///
    /// # Errors
    /// Always.
    pub async fn fetch(&self, _key: &str, _bytes: u64, _into: std::fs::File) -> Result<(), StoreError> {
        Err(none())
    }

    /// There is none.
    ///
    /// # Errors
    /// Always.
    pub async fn list(&self, _below: &str) -> Result<Vec<Listed>, StoreError> {
        Err(none())
    }

    /// There is none.
    ///
    /// # Errors
    /// Always.
    pub async fn folders(&self, _place: &str) -> Result<Vec<String>, StoreError> {
        Err(none())
    }
}

fn none() -> StoreError {
    StoreError::Unreachable("this program was built without S3".to_owned())
}
