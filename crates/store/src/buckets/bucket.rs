//! A bucket. What is said to it, and how it is signed, is `object_store`'s.

use super::line::Line;
use super::{BucketSettings, Listed, Patience};
use crate::StoreError;
use futures_util::{StreamExt, TryStreamExt};
use newsroom::Timestamp;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{Error, MultipartUpload, ObjectStore, ObjectStoreExt, RetryConfig};
use std::sync::Arc;
use std::time::Duration;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// A file goes in parts of so many bytes, of which one is in memory.
const PART: u64 = 8 * 1024 * 1024;
/// No such store takes more parts of one file; those of a larger one are larger.
const MOST_PARTS: u64 = 10_000;

impl Patience {
    /// An answer begins within so long, or is asked for again.
    fn answered_within(self) -> Duration {
        match self {
            Self::OfReaders => Duration::from_secs(20),
            Self::OfBackups => Duration::from_secs(5 * 60),
        }
    }

    /// Times that something is asked again.
    fn tries(self) -> usize {
        match self {
            Self::OfReaders => 3,
            Self::OfBackups => 5,
        }
    }

    /// How long something is tried altogether.
    fn tried_for(self) -> Duration {
        match self {
            Self::OfReaders => Duration::from_secs(40),
            Self::OfBackups => Duration::from_secs(15 * 60),
        }
    }
}

/// A bucket.
#[derive(Clone)]
pub struct Bucket {
    store: Arc<AmazonS3>,
    patience: Patience,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bucket").field("patience", &self.patience).finish_non_exhaustive()
    }
}

impl Bucket {
    /// As these settings name it; it is not asked yet.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when they name none, or nothing can be asked.
    pub fn open(settings: &BucketSettings, patience: Patience) -> Result<Self, StoreError> {
        let (max_retries, retry_timeout) = (patience.tries(), patience.tried_for());
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.key)
            .with_secret_access_key(&settings.secret)
            .with_retry(RetryConfig { max_retries, retry_timeout, ..RetryConfig::default() })
            // Each by itself, as every such store knows it.
            .with_disable_bulk_delete(true)
            .with_http_connector(Line { answered_within: patience.answered_within() });
        if !settings.endpoint.is_empty() {
            builder = builder.with_endpoint(settings.endpoint.trim_end_matches('/'));
        }
        let store = Arc::new(builder.build().map_err(|problem| broken(&problem))?);
        Ok(Self { store, patience })
    }

    /// Puts bytes under a key; what was there is written over.
    ///
    /// # Errors
    /// When it does not take them.
    pub async fn put(&self, key: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let put = self.store.put(&path(key)?, bytes.to_vec().into()).await;
        put.map(drop).map_err(|problem| broken(&problem))
    }

    /// The bytes under a key, where there are any.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let got = match self.store.get(&path(key)?).await {
            Ok(got) => got,
            Err(Error::NotFound { .. }) => return Ok(None),
            Err(problem) => return Err(broken(&problem)),
        };
        match tokio::time::timeout(self.patience.tried_for(), got.bytes()).await {
            Ok(bytes) => bytes.map(|bytes| Some(bytes.to_vec())).map_err(|problem| broken(&problem)),
            Err(late) => Err(broken(&late)),
        }
    }

    /// How long what stands under a key is; none where nothing does.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn size(&self, key: &str) -> Result<Option<u64>, StoreError> {
        match self.store.head(&path(key)?).await {
            Ok(there) => Ok(Some(there.size)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(problem) => Err(broken(&problem)),
        }
    }

    /// Takes away what is under a key; nothing there is no error.
    ///
    /// # Errors
    /// When it does not let it go.
    pub async fn delete(&self, key: &str) -> Result<(), StoreError> {
        match self.store.delete(&path(key)?).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(problem) => Err(broken(&problem)),
        }
    }

    /// Takes away what is under each of these keys, some at a time and in no order.
    ///
    /// # Errors
    /// When it does not let one of them go.
    pub async fn delete_all(&self, keys: &[String]) -> Result<(), StoreError> {
        let places = keys.iter().map(|key| path(key)).collect::<Result<Vec<Path>, StoreError>>()?;
        let places = futures_util::stream::iter(places.into_iter().map(Ok::<Path, Error>)).boxed();
        let mut gone = self.store.delete_stream(places);
        while let Some(one) = gone.next().await {
            match one {
                Ok(_) | Err(Error::NotFound { .. }) => {}
                Err(problem) => return Err(broken(&problem)),
            }
        }
        Ok(())
    }

    /// Puts a file under a key. A large one goes part by part, and stands there once all of it does.
    ///
    /// # Errors
    /// When the file cannot be read, or the bucket does not take it.
    pub async fn put_file(&self, key: &str, from: &std::path::Path) -> Result<(), StoreError> {
        let place = path(key)?;
        let mut file = File::open(from).await.map_err(|problem| unread(from, &problem))?;
        let length = file.metadata().await.map_err(|problem| unread(from, &problem))?.len();
        if length <= PART {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).await.map_err(|problem| unread(from, &problem))?;
            return self.within(self.store.put(&place, bytes.into())).await.map(drop);
        }
        let mut upload = self.within(self.store.put_multipart(&place)).await?;
        let put = self.put_parts(upload.as_mut(), (from, file), PART.max(length.div_ceil(MOST_PARTS))).await;
        if put.is_err() {
            // Parts that stay nowhere seen cost money all the same; the bucket may be away for this, too.
            let _ = self.within(upload.abort()).await;
        }
        put
    }

    async fn put_parts(
        &self,
        upload: &mut dyn MultipartUpload,
        (from, mut file): (&std::path::Path, File),
        part: u64,
    ) -> Result<(), StoreError> {
        loop {
            let mut bytes = Vec::new();
            let read = AsyncReadExt::take(&mut file, part).read_to_end(&mut bytes).await;
            if read.map_err(|problem| unread(from, &problem))? == 0 {
                return self.within(upload.complete()).await.map(drop);
            }
            self.within(upload.put_part(bytes.into())).await?;
        }
    }

    /// Brings so many bytes from under a key into a file, flushed; a part of them is in memory.
    ///
    /// # Errors
    /// When fewer stand there, the bucket cannot be asked, or the file cannot be written.
    pub async fn fetch(&self, key: &str, bytes: u64, into: std::fs::File) -> Result<(), StoreError> {
        let (place, mut file) = (path(key)?, File::from_std(into));
        let unwritten = |problem: std::io::Error| StoreError::Broken(format!("{key}: {problem}"));
        let mut from = 0;
        while from < bytes {
            let to = bytes.min(from + PART);
            let part = self.within(self.store.get_range(&place, from..to)).await?;
            if part.len() as u64 != to - from {
                return Err(StoreError::Broken(format!("{key}: fewer than {bytes} bytes")));
            }
            file.write_all(&part).await.map_err(unwritten)?;
            from = to;
        }
        file.flush().await.map_err(unwritten)?;
        file.sync_all().await.map_err(unwritten)
    }

    /// Everything below a place, at any depth.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn list(&self, below: &str) -> Result<Vec<Listed>, StoreError> {
        let mut found = self.store.list(Some(&path(below)?));
        let mut all = Vec::new();
        while let Some(one) = self.within(found.try_next()).await? {
            // One whose time cannot be read is never old.
            let at = Timestamp::from_second(one.last_modified.timestamp()).unwrap_or(Timestamp::MAX);
            all.push(Listed { key: one.location.into(), bytes: one.size, at });
        }
        Ok(all)
    }

    /// The names of the folders in a place.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn folders(&self, place: &str) -> Result<Vec<String>, StoreError> {
        let place = path(place)?;
        let found = self.within(self.store.list_with_delimiter(Some(&place))).await?;
        Ok(found.common_prefixes.iter().filter_map(|folder| folder.filename()).map(str::to_owned).collect())
    }

    /// What is asked is answered in time, or it is an error.
    async fn within<T>(&self, asked: impl Future<Output = object_store::Result<T>>) -> Result<T, StoreError> {
        match tokio::time::timeout(self.patience.tried_for(), asked).await {
            Ok(answer) => answer.map_err(|problem| broken(&problem)),
            Err(late) => Err(broken(&late)),
        }
    }
}

fn path(key: &str) -> Result<Path, StoreError> {
    Path::parse(key).map_err(|_| StoreError::Broken(format!("{key} is no key of a bucket")))
}

fn unread(file: &std::path::Path, problem: &std::io::Error) -> StoreError {
    StoreError::Broken(format!("{}: {problem}", file.display()))
}

/// What went wrong at the bottom: what lies above repeats it, several times over. None of it has a key's secret in it.
fn broken(error: &dyn std::error::Error) -> StoreError {
    let why = std::iter::successors(Some(error), |error| error.source()).last().unwrap_or(error);
    StoreError::Unreachable(format!("the bucket: {why}"))
}
