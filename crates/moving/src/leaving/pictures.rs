//! Pictures as attachments: each once, before the first piece that shows it.

use super::Leaving;
use super::body::{below, plain};
use super::item::{Piece, slug_of_wordpress};
use crate::everything::WholeError;
use crate::old::small;
use newsroom::Timestamp;
use newsroom::body::Picture;
use newsroom::story::StoryText;
use std::collections::HashSet;
use std::io::Write;

impl<W: Write + Send> Leaving<'_, W> {
    /// Writes the pictures of a text that are not in the file yet, and answers with the names of those that readers are not
    /// shown.
    pub(super) async fn bring_pictures(
        &mut self,
        text: &StoryText,
        at: Timestamp,
    ) -> Result<HashSet<String>, WholeError> {
        let away = self.store.pictures_away(text).await?;
        let away: HashSet<String> = away.into_iter().map(|picture| picture.name).collect();
        for picture in text.pictures() {
            if !picture.is_supplied() || away.contains(&picture.file) {
                self.departed.pictures_left += 1;
            } else if !self.pictures.contains_key(&small(&picture.file)) {
                self.bring_picture(picture, at)?;
            }
        }
        Ok(away)
    }

    fn bring_picture(&mut self, picture: &Picture, at: Timestamp) -> Result<(), WholeError> {
        let number = self.next_piece();
        self.pictures.insert(small(&picture.file), number);
        self.departed.pictures += 1;
        let address = self.address_of(picture);
        let title = if picture.alt.is_empty() { &picture.file } else { &picture.alt };
        let mut metas = vec![("_wp_attached_file", picture.file.clone())];
        metas.extend(
            Some(picture.alt.clone()).filter(|alt| !alt.is_empty()).map(|alt| ("_wp_attachment_image_alt", alt)),
        );
        metas.extend(picture.credit.clone().map(|credit| ("_media_credit", credit)));
        let stem = picture.file.rsplit_once('.').map_or(picture.file.as_str(), |(stem, _)| stem);
        self.begin(&Piece {
            number,
            kind: "attachment",
            status: "inherit",
            title: plain(title),
            link: address.clone(),
            guid: address.clone(),
            excerpt: below(picture),
            at: Some(at),
            was_public: true,
            slug: slug_of_wordpress(stem),
            file: Some(address),
            metas,
            ..Piece::default()
        })?;
        self.end()
    }

    fn address_of(&self, picture: &Picture) -> String {
        format!("{}/pictures/{}", self.paper.address, picture.file)
    }

    /// Number and address of a picture that is in the file.
    pub(super) fn shown(&self, picture: &Picture, away: &HashSet<String>) -> Option<(u64, String)> {
        let is_shown = picture.is_supplied() && !away.contains(&picture.file);
        let number = self.pictures.get(&small(&picture.file)).filter(|_| is_shown)?;
        Some((*number, self.address_of(picture)))
    }
}
