//! Who listens. A channel per story comes into being with its first listener and goes with its last.

use crate::seats::{Seat as NetworkSeat, Seats};
use newsroom::{CommentId, StaffId, StoryId};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::queue::DeskCounts;
use tokio::sync::broadcast::{Receiver, Sender, channel};

/// Messages that a slow listener may lag behind before it is told to load the page anew.
const BACKLOG: usize = 64;
/// Open streams of readers in one process; whoever comes after them reads without news.
pub(super) const MOST_LISTENERS: usize = 20_000;
/// Of these, those of one network: a mobile carrier puts many readers behind one address, and nobody takes the whole house.
pub(super) const MOST_OF_A_NETWORK: usize = MOST_LISTENERS / 4;

/// What open pages are told. Everything in it is public; for the desk counts, and which comment somebody is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A comment became public: its number, the number it stands under, and its place on the page.
    Comment {
        /// Its number.
        number: i64,
        /// The number of the comment that it stands under; its own at level one.
        root: i64,
        /// As on the page.
        html: String,
    },
    /// What stands at a number is now this.
    Changed {
        /// Its number.
        number: i64,
        /// As on the page.
        html: String,
    },
    /// The strip of breaking news as it is now.
    Strip {
        /// Its line as on the page; empty: none stands.
        html: String,
    },
    /// An update of the story's live coverage is now this.
    Entry {
        /// Its short id.
        id: String,
        /// It was removed.
        gone: bool,
        /// As on the page.
        html: String,
    },
    /// The live coverage of the story as it is now.
    Coverage {
        /// Its head as on the page.
        html: String,
        /// The short id of the newest update; empty: there is none yet.
        newest: String,
    },
    /// So many comments are public under the story.
    Count(i64),
    /// So many stand in each queue of the desk.
    Desk(Arc<DeskCounts>),
    /// Somebody of the staff has a card open.
    Claimed {
        /// Of which comment.
        comment: CommentId,
        /// Who.
        by: StaffId,
        /// Their name.
        name: String,
    },
    /// Somebody of the staff has decided about a comment.
    Settled {
        /// Which.
        comment: CommentId,
        /// Who.
        by: StaffId,
        /// Their name.
        name: String,
    },
}

/// Whom a page listens for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Channel {
    /// Pages on which no thread is listened for.
    Paper,
    Story(StoryId),
    Desk,
}

/// Open pages that want to be told.
#[derive(Debug, Clone, Default)]
pub struct Hub {
    channels: Arc<Mutex<Channels>>,
    /// Those of each network.
    networks: Seats,
}

#[derive(Debug, Default)]
struct Channels {
    open: HashMap<Channel, Sender<Told>>,
    listeners: usize,
    /// The process ends: nobody is let in any more.
    closed: bool,
}

/// One open page. Dropped with its connection.
#[derive(Debug)]
pub struct Listener {
    /// Where it hears.
    pub receiver: Receiver<Told>,
    seat: Seat,
}

/// Gives the place back.
#[derive(Debug)]
pub struct Seat {
    hub: Hub,
    channel: Channel,
    _network: Option<NetworkSeat>,
}

impl Hub {
    /// Tells everybody who has this story open.
    pub fn tell_story(&self, story: StoryId, told: Told) {
        self.tell(Channel::Story(story), told);
    }

    /// Tells every open page of readers, whatever else it listens for.
    pub fn tell_readers(&self, told: &Told) {
        for (_, sender) in self.lock().open.iter().filter(|(channel, _)| **channel != Channel::Desk) {
            let _ = sender.send(told.clone());
        }
    }

    /// Tells the desk.
    pub fn tell_desk(&self, told: Told) {
        self.tell(Channel::Desk, told);
    }

    /// Somebody has this story open.
    pub fn has_story_listeners(&self, story: StoryId) -> bool {
        self.lock().open.contains_key(&Channel::Story(story))
    }

    /// How many open pages hear: of readers, and of the desk.
    pub fn listeners(&self) -> (usize, usize) {
        let channels = self.lock();
        let desk = channels.open.get(&Channel::Desk).map_or(0, Sender::receiver_count);
        (channels.listeners, desk)
    }

    /// Some reader has some page open.
    pub fn has_readers(&self) -> bool {
        self.lock().open.keys().any(|channel| *channel != Channel::Desk)
    }

    /// Somebody has the desk open.
    pub fn has_desk_listeners(&self) -> bool {
        self.lock().open.contains_key(&Channel::Desk)
    }

    /// Listens for what is told to every reader; `None` when the house is full or closing.
    pub fn listen_to_paper(&self) -> Option<Listener> {
        self.listen(Channel::Paper)
    }

    /// Listens for a story, and for what is told to every reader; `None` when the house is full or closing.
    pub fn listen_to_story(&self, story: StoryId) -> Option<Listener> {
        self.listen(Channel::Story(story))
    }

    /// Listens for the desk; `None` when the house is full or closing.
    pub fn listen_to_desk(&self) -> Option<Listener> {
        self.listen(Channel::Desk)
    }

    /// The same for a reader of a network, which has no more than [`MOST_OF_A_NETWORK`]; `None` beyond.
    pub fn of_network(&self, listener: Option<Listener>, network: IpAddr) -> Option<Listener> {
        let mut listener = listener?;
        listener.seat._network = Some(self.networks.take(network, MOST_OF_A_NETWORK)?);
        Some(listener)
    }

    /// Ends every stream, so that the process can end.
    pub fn close(&self) {
        let mut channels = self.lock();
        channels.closed = true;
        channels.open.clear();
    }

    fn tell(&self, channel: Channel, told: Told) {
        if let Some(sender) = self.lock().open.get(&channel) {
            // Nobody there any more: the seat of the last listener is about to take the channel away.
            let _ = sender.send(told);
        }
    }

    fn listen(&self, channel: Channel) -> Option<Listener> {
        let mut channels = self.lock();
        // Readers never take the staff's seats: whoever works at the desk hears, however many read.
        let of_readers = channel != Channel::Desk;
        if channels.closed || (of_readers && channels.listeners >= MOST_LISTENERS) {
            return None;
        }
        channels.listeners += usize::from(of_readers);
        let receiver = channels.open.entry(channel).or_insert_with(|| self::channel(BACKLOG).0).subscribe();
        Some(Listener { receiver, seat: Seat { hub: self.clone(), channel, _network: None } })
    }

    /// A panic elsewhere leaves the table as usable as it was.
    fn lock(&self) -> MutexGuard<'_, Channels> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listener {
    /// The ear and the seat; the seat must live as long as the ear.
    pub fn split(self) -> (Receiver<Told>, Seat) {
        (self.receiver, self.seat)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut channels = self.hub.lock();
        channels.listeners = channels.listeners.saturating_sub(usize::from(self.channel != Channel::Desk));
        // The ear of this seat is dropped before it (see `stream`), so that the last one counts none.
        if channels.open.get(&self.channel).is_some_and(|sender| sender.receiver_count() == 0) {
            channels.open.remove(&self.channel);
        }
    }
}
