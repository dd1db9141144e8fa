//! Who carries requests to other servers: the program's road to the open internet, and in tests another paper beside this one.

use crate::desk_notices::Undelivered;
use std::future::Future;
use std::pin::Pin;

/// What is answered.
pub type Carried = Pin<Box<dyn Future<Output = Result<Vec<u8>, Undelivered>> + Send>>;

/// Carries requests. Whoever does follows no redirects, calls no number inside the house, and reads no more than 256 KiB.
pub trait Courier: std::fmt::Debug + Send + Sync {
    /// Gets a document.
    fn get(&self, url: &str, headers: Vec<(&'static str, String)>) -> Carried;

    /// Sends an activity.
    fn post(&self, url: &str, headers: Vec<(&'static str, String)>, body: Vec<u8>) -> Carried;
}
