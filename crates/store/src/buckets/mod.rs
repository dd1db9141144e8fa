//! Buckets of an S3-compatible store: pictures may stand in one, and backups are carried to one.

#[cfg(feature = "s3")]
mod bucket;
#[cfg(feature = "s3")]
mod line;
#[cfg(not(feature = "s3"))]
mod without;

#[cfg(feature = "s3")]
pub use bucket::Bucket;
#[cfg(not(feature = "s3"))]
pub use without::Bucket;

use newsroom::Timestamp;

/// This program knows buckets: it was built with `s3`.
pub const HAS_BUCKETS: bool = cfg!(feature = "s3");

/// A bucket of an S3-compatible store. It is written into no log: its `Debug` leaves the secret out.
#[derive(Clone, PartialEq, Eq)]
pub struct BucketSettings {
    /// `https://…`, or `http://…` on a private network; the bucket's name comes behind it. Empty: Amazon's own of the region.
    pub endpoint: String,
    /// The bucket.
    pub bucket: String,
    /// The region, which is part of each signature.
    pub region: String,
    /// The name of the key.
    pub key: String,
    /// Its secret.
    pub secret: String,
}

impl std::fmt::Debug for BucketSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BucketSettings")
            .field("endpoint", &self.endpoint)
            .field("bucket", &self.bucket)
            .finish_non_exhaustive()
    }
}

/// How long a bucket is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// Somebody may be waiting for a page.
    OfReaders,
    /// Nobody is waiting, and what is carried is large.
    OfBackups,
}

/// What stands under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The whole key.
    pub key: String,
    /// How long it is.
    pub bytes: u64,
    /// When it was put there, to the second, by the bucket's clock.
    pub at: Timestamp,
}
