//! Comments below a piece: those that readers have, and those that wait.

use super::item::clock;
use super::xml::{cdata, escaped};
use super::{Leaving, ROWS};
use crate::everything::WholeError;
use jiff::tz::TimeZone;
use newsroom::comment::State;
use newsroom::{CommentId, StoryId};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write;
use store::leaving::{LeavingComment, LeavingPlace};

/// Places of comments that are read at once: they are small.
const PLACES: u32 = 2_000;

/// How the comments of a story hang together: where each stands, and the numbers of those that go.
#[derive(Default)]
struct Thread {
    places: HashMap<CommentId, LeavingPlace>,
    numbers: HashMap<CommentId, u64>,
}

impl<W: Write + Send> Leaving<'_, W> {
    pub(super) async fn comments_of(&mut self, story: StoryId, are_shown: bool) -> Result<(), WholeError> {
        let thread = self.thread(story).await?;
        let mut after = None;
        while !thread.numbers.is_empty() {
            let comments = self.store.leaving_comments(story, after, ROWS).await?;
            let Some(last) = comments.last() else { break };
            after = Some(last.id);
            for comment in &comments {
                self.comment(comment, &thread, are_shown)?;
            }
        }
        Ok(())
    }

    async fn thread(&mut self, story: StoryId) -> Result<Thread, WholeError> {
        let (mut thread, mut after) = (Thread::default(), None);
        loop {
            let places = self.store.leaving_places(story, after, PLACES).await?;
            let Some(last) = places.last() else { return Ok(thread) };
            after = Some(last.id);
            for place in places {
                match place.state {
                    State::Released | State::Held => {
                        self.comments += 1;
                        thread.numbers.insert(place.id, self.comments);
                    }
                    State::Refused => self.departed.refused += 1,
                    State::Withdrawn => self.departed.taken_back += 1,
                    State::TakenDown => self.departed.taken_down += 1,
                }
                thread.places.insert(place.id, place);
            }
        }
    }

    fn comment(&mut self, comment: &LeavingComment, thread: &Thread, are_shown: bool) -> Result<(), WholeError> {
        // What came in since the thread was read is not in it.
        let Some((number, place)) = thread.numbers.get(&comment.id).zip(thread.places.get(&comment.id)) else {
            return Ok(());
        };
        let is_public = place.state == State::Released && are_shown;
        *(if is_public { &mut self.departed.approved } else { &mut self.departed.waiting }) += 1;
        let (local, greenwich) =
            (clock(comment.received_at, &self.paper.zone), clock(comment.received_at, &TimeZone::UTC));
        let said = [
            ("comment_id", number.to_string()),
            ("comment_author", cdata(&escaped(&comment.name))),
            ("comment_author_email", String::new()),
            ("comment_author_url", String::new()),
            ("comment_author_IP", String::new()),
            ("comment_date", local),
            ("comment_date_gmt", greenwich),
            ("comment_content", cdata(&escaped(&comment.text))),
            ("comment_approved", if is_public { "1" } else { "0" }.to_owned()),
            ("comment_type", "comment".to_owned()),
            ("comment_parent", thread.above(place).unwrap_or(0).to_string()),
            ("comment_user_id", "0".to_owned()),
        ];
        let mut out = String::from("\t\t<wp:comment>\n");
        for (name, text) in said {
            let _ = writeln!(out, "\t\t\t<wp:{name}>{text}</wp:{name}>");
        }
        self.xml.raw(&out)?;
        self.xml.raw("\t\t</wp:comment>\n")
    }
}

impl Thread {
    /// The number of the nearest comment above that goes; who answered what stays here answers what that answered.
    fn above(&self, place: &LeavingPlace) -> Option<u64> {
        let mut at = place.reply_to?;
        // No way up is longer than the thread.
        for _ in 0..self.places.len() {
            if let Some(number) = self.numbers.get(&at) {
                return Some(*number);
            }
            at = self.places.get(&at)?.reply_to?;
        }
        None
    }
}
