//! Who is at work at the same time.

use std::sync::Mutex;
use std::thread::Scope;
use std::time::Duration;

use super::super::browser::Browser;
use super::super::chance::Chance;
use super::desk::{self, Timed};
use super::live::{self, Seen};
use super::mail::Sink;
use super::node::is_ready;
use super::town::{Seat, Town, held};
use super::{people, tally, watch};

/// People through the proxy, of each kind.
const THROUGH_THE_PROXY: u8 = 2;
/// People who read along.
const READ_ALONG: u8 = 6;
/// The proxy asks each node so often whether it is ready.
const ASKED_EVERY: Duration = Duration::from_secs(1);

/// The staff, signed in.
pub struct Staff {
    /// Rules.
    pub moderator: Browser,
    /// Uploads pictures, and says when stories go.
    pub editor: Browser,
    /// Writes and publishes by the API.
    pub program: Browser,
}

/// What people leave when they go.
#[derive(Default)]
pub struct Left {
    /// What the clock was told to publish.
    pub timed: Mutex<Timed>,
    /// Where pictures are.
    pub pictures: Mutex<Vec<String>>,
    /// Addresses for which the newsletter was asked.
    pub addresses: Mutex<Vec<String>>,
    /// What was seen by those who read along.
    pub seen: Mutex<Vec<Seen>>,
}

/// They come, and stay until the town closes.
pub fn come<'s>(
    scope: &'s Scope<'s, '_>,
    town: &'s Town,
    (staff, mail): (Staff, &'s Sink),
    chance: &mut Chance,
    left: &'s Left,
) {
    for node in 0..town.doors.len() {
        let number = 10 + u8::try_from(node).unwrap_or(0);
        let (first, second) = (chance.own(), chance.own());
        scope.spawn(move || people::reads(town, Seat::At(node), number, first));
        scope.spawn(move || people::comments(town, Seat::At(node), number + 10, second));
        scope.spawn(move || watch::look(town, node));
        scope.spawn(move || {
            while town.is_open() {
                town.tell_ready(node, is_ready(town.doors[node]));
                std::thread::sleep(ASKED_EVERY);
            }
        });
    }
    scope.spawn(move || tally::feel_the_machine(town));
    for number in 0..THROUGH_THE_PROXY {
        let (first, second) = (chance.own(), chance.own());
        scope.spawn(move || people::reads(town, Seat::Proxy, number + 30, first));
        scope.spawn(move || people::comments(town, Seat::Proxy, number + 40, second));
    }
    let [first, second, third, fourth] = [(); 4].map(|()| chance.own());
    let (own, editor) = (staff.editor.clone(), staff.editor);
    scope.spawn(move || desk::moderates(town, staff.moderator, first));
    // What somebody leaves is locked only once they go.
    scope.spawn(move || {
        let timed = desk::edits(town, staff.program, own, second);
        *held(&left.timed) = timed;
    });
    scope.spawn(move || {
        let pictures = people::uploads(town, editor, third);
        *held(&left.pictures) = pictures;
    });
    scope.spawn(move || {
        let addresses = people::subscribes(town, mail, fourth);
        *held(&left.addresses) = addresses;
    });
    for number in 0..READ_ALONG {
        let story = &town.stories[usize::from(number) % town.stories.len()];
        scope.spawn(move || {
            let seen = live::read_along(town, story, people::from(60 + number));
            held(&left.seen).push(seen);
        });
    }
}
