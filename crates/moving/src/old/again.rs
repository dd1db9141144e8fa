//! Stories that are there from an earlier move and wait for files of pictures: what is at hand by now comes into them. Everything
//! else about them stays as it is, whoever has worked on it since.

use super::left::{Place, WhyChanged};
use super::prepare::Preparing;
use super::report::Report;
use newsroom::StoryId;
use newsroom::body::Picture;
use store::StoreError;
use store::stories::OnDesk;

impl Preparing<'_> {
    /// Files for the pictures of a story that was there before.
    pub(super) async fn fill(&mut self, story: StoryId, place: &Place, report: &mut Report) -> Result<(), StoreError> {
        if !self.media.has_any() {
            return Ok(());
        }
        let waiting = match self.store.on_desk(story).await {
            Ok(desk) => waiting(&desk),
            Err(StoreError::NotFound) => return Ok(()),
            Err(error) => return Err(error),
        };
        let came = self.media.came_later(self.store, &waiting, place, report, self.now).await?;
        if came.is_empty() || report.dry_run {
            report.pictures.filled += came.len() as u64;
            return Ok(());
        }
        match self.store.supply_pictures(story, &came, self.now).await {
            Ok(filled) => report.pictures.filled += filled.len() as u64,
            // Somebody was quicker: none waits any more.
            Err(StoreError::NotFound) => {}
            Err(StoreError::Conflict(_)) => {
                for one in &came {
                    report.pictures.waiting += 1;
                    report.change(&one.of, WhyChanged::PictureHeld, place);
                }
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

/// Its pictures without a file, each once: in what stands, and in what is written on it.
fn waiting(desk: &OnDesk) -> Vec<Picture> {
    let mut waiting: Vec<Picture> = Vec::new();
    for picture in desk.story.text().pictures().chain(desk.text.pictures()) {
        if !picture.is_supplied() && !waiting.iter().any(|known| known.file == picture.file) {
            waiting.push(picture.clone());
        }
    }
    waiting
}
