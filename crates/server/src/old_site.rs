//! Pictures of the old site, asked for where they stood. What comes is decoded in a process of its own, as what readers send.

use crate::notices::{Road, Unfetched};
use crate::worker;
use darkroom::{Answer, Developed as Pixels, HAS_AVIF, Job, Refused, height_in, widths};
use futures_util::future::join_all;
use moving::old::{Developed, Fetch, Fetched};
use std::sync::Arc;
use std::time::Duration;
use store::pictures::NewPicture;

/// An old site that does not answer is asked again after so long, and then no more.
const WAITS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(5)];

/// Asks the old site over this road.
pub fn over(road: Road) -> Arc<Fetch> {
    Arc::new(move |addresses: Vec<String>| {
        let road = road.clone();
        Box::pin(async move { join_all(addresses.iter().map(|address| picture_at(&road, address))).await })
    })
}

async fn picture_at(road: &Road, address: &str) -> Fetched {
    let mut waits = WAITS.into_iter();
    loop {
        match road.fetch(address, darkroom::MOST_BYTES).await {
            Ok(bytes) => {
                let developed = developed_apart(bytes).await;
                return Fetched::Here(developed.map_or(Developed::Refused, |new| Developed::Picture(Box::new(new))));
            }
            Err(Unfetched::TooLong) => return Fetched::Here(Developed::Refused),
            Err(Unfetched::Gone) => return Fetched::Gone,
            Err(Unfetched::Inside) => return Fetched::Inside,
            Err(Unfetched::Unreached) => match waits.next() {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Fetched::Unreached,
            },
        }
    }
}

async fn developed_apart(bytes: Vec<u8>) -> Result<NewPicture, Refused> {
    let Answer::Developed(developed) = apart(Job::Develop, &bytes).await? else { return Err(Refused::Broken) };
    let smaller = match widths(developed.size.0).next() {
        Some(width) => match apart(Job::Press { width }, &developed.bytes).await? {
            Answer::Pressed(smaller) => Some((width, smaller)),
            _ => return Err(Refused::Broken),
        },
        None => None,
    };
    Ok(for_the_library(*developed, smaller))
}

async fn apart(job: Job, bytes: &[u8]) -> Result<Answer, Refused> {
    let mut asked = job.head();
    asked.extend_from_slice(bytes);
    Answer::read(worker::ask(asked).await)
}

/// A picture as the library takes it: clean pixels, the smallest width where it has one, and what the file says of itself;
/// the clock makes the other widths.
pub fn for_the_library(developed: Pixels, smaller: Option<(u32, Vec<u8>)>) -> NewPicture {
    let Pixels { size, said, print, placeholder, bytes, .. } = developed;
    let sizes: Vec<_> = smaller.into_iter().map(|(width, bytes)| ((width, height_in(size, width)), bytes)).collect();
    let words = web::words_of_picture_file(said);
    let more = HAS_AVIF || widths(size.0).count() > sizes.len();
    NewPicture { print, size, placeholder, words, bytes, sizes, more }
}
