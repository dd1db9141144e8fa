//! Work as bytes, so that another process can do it: a line of JSON about what is wanted, then the picture; and the same on
//! the way back.

use crate::{
    CardWords, Developed, NotPrinted, Printed, Refused, card, develop, first_page, inspect, logo, press, press_avif,
};
use serde::{Deserialize, Serialize};

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Job {
    /// A file that came in becomes a picture.
    Develop,
    /// A file that came in becomes a logo.
    Logo,
    /// A kept picture is pressed in a width.
    Press {
        /// In pixels.
        width: u32,
    },
    /// A file that came in is looked at as a printed issue.
    Inspect,
    /// The first page of a printed issue becomes a picture.
    FirstPage,
    /// The same as AVIF, where this program makes it.
    PressAvif {
        /// In pixels.
        width: u32,
    },
    /// The card of a story is drawn.
    Card(Box<CardWords>),
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A picture.
    Developed(Box<Developed>),
    /// A size of one.
    Pressed(Vec<u8>),
    /// A printed issue, or why it is none.
    Inspected(Result<Printed, NotPrinted>),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Head {
    Developed(Box<Developed>),
    Pressed,
    Inspected(Result<Printed, NotPrinted>),
    Refused(Refused),
}

impl Job {
    /// Does it here.
    ///
    /// # Errors
    /// Why it is not done.
    pub fn here(self, bytes: &[u8]) -> Result<Answer, Refused> {
        match self {
            Self::Develop => develop(bytes).map(|developed| Answer::Developed(Box::new(developed))),
            Self::Logo => logo(bytes).map(|developed| Answer::Developed(Box::new(developed))),
            Self::Press { width } => press(bytes, width).map(Answer::Pressed),
            Self::Inspect => Ok(Answer::Inspected(inspect(bytes))),
            Self::FirstPage => first_page(bytes).map(|page| Answer::Developed(Box::new(page))),
            Self::PressAvif { width } => press_avif(bytes, width).map(Answer::Pressed),
            Self::Card(words) => card(&words, bytes).map(Answer::Pressed),
        }
    }

    /// The line before the picture.
    pub fn head(self) -> Vec<u8> {
        let mut line = serde_json::to_vec(&self).unwrap_or_default();
        line.push(b'\n');
        line
    }
}

impl Answer {
    /// Reads what [`work`] wrote.
    ///
    /// # Errors
    /// Why it was not done; [`Refused::Costly`] where whoever did it broke off.
    pub fn read(mut bytes: Vec<u8>) -> Result<Self, Refused> {
        let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(Refused::Costly)?;
        let head = serde_json::from_slice(&bytes[..end]).map_err(|_| Refused::Costly)?;
        bytes.drain(..=end);
        match head {
            Head::Developed(_) | Head::Pressed if bytes.is_empty() => Err(Refused::Costly),
            Head::Developed(developed) => Ok(Self::Developed(Box::new(Developed { bytes, ..*developed }))),
            Head::Pressed => Ok(Self::Pressed(bytes)),
            Head::Inspected(found) => Ok(Self::Inspected(found)),
            Head::Refused(why) => Err(why),
        }
    }
}

/// Does the work that stands in these bytes: what a worker reads, and what it answers.
pub fn work(asked: &[u8]) -> Vec<u8> {
    let end = asked.iter().position(|byte| *byte == b'\n').unwrap_or(asked.len());
    let job: Option<Job> = serde_json::from_slice(&asked[..end]).ok();
    let done = job.ok_or(Refused::Broken).and_then(|job| job.here(asked.get(end + 1..).unwrap_or_default()));
    let (head, bytes) = match done {
        Ok(Answer::Developed(mut developed)) => {
            let bytes = std::mem::take(&mut developed.bytes);
            (Head::Developed(developed), bytes)
        }
        Ok(Answer::Pressed(bytes)) => (Head::Pressed, bytes),
        Ok(Answer::Inspected(found)) => (Head::Inspected(found), Vec::new()),
        Err(why) => (Head::Refused(why), Vec::new()),
    };
    let mut out = serde_json::to_vec(&head).unwrap_or_default();
    out.push(b'\n');
    out.extend(bytes);
    out
}
