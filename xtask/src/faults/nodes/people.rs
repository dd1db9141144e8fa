//! Readers and visitors: some at one node and no other, some through the proxy. They go on whatever happens.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use super::super::browser::Browser;
use super::super::chance::Chance;
use super::super::ledger::{Ended, Kind};
use super::mail::Sink;
use super::town::{HOST, Seat, Town, held};

/// Somebody's own place on the network of those who read.
pub fn from(number: u8) -> Ipv4Addr {
    Ipv4Addr::new(198, 51, 100, number)
}

/// Somebody at the paper.
pub fn browser(town: &Town, number: u8) -> Browser {
    Browser::through_a_proxy(town.doors[0], HOST, from(number))
}

/// Opens pages.
pub fn reads(town: &Town, seat: Seat, number: u8, mut chance: Chance) {
    let mut reader = browser(town, number);
    while town.is_open() {
        let mut paths = vec!["/".to_owned(), "/feed/rss".to_owned(), "/comments/feed/rss".to_owned()];
        paths.extend(town.stories.iter().flat_map(|story| [story.clone(), format!("{story}?sort=newest")]));
        let Some(path) = chance.one_of(&paths) else { return };
        let began = Instant::now();
        let (node, heard) = town.ask(seat, &mut reader, true, |reader| reader.get(path));
        let kind = if path.starts_with("/stories/") { "a story" } else { path };
        if let Some(answer) = town.read((seat, kind), (node, heard, began)) {
            town.look_for_leaks(node, path, &answer.text(), began);
        }
        std::thread::sleep(chance.ms(60, 200));
    }
}

/// Comments.
pub fn comments(town: &Town, seat: Seat, number: u8, mut chance: Chance) {
    let mut visitor = browser(town, number);
    while town.is_open() {
        comment(town, seat, &mut visitor, &mut chance);
        std::thread::sleep(chance.ms(500, 1100));
    }
}

/// One comment; how it ended. What is typed comes back with a refusal.
pub fn comment(town: &Town, seat: Seat, visitor: &mut Browser, chance: &mut Chance) -> Ended {
    let Some(story) = chance.one_of(&town.stories).cloned() else { return Ended::Not };
    let (one, two) = (3 + chance.below(20), 2 + chance.below(8));
    let words = (chance.words(one), chance.words(two));
    let (number, text) = town.ledger().begin_comment(&story, (&words.0, &words.1));
    let fields = [("name", "Visiteur"), ("text", text.as_str()), ("reply_to", ""), ("website", "")];
    let began = Instant::now();
    let (node, heard) = town.ask(seat, visitor, false, |visitor| visitor.send(&format!("{story}/comments"), &fields));
    let mark = town.ledger().of_comment(number);
    let (ended, _) = town.sent((seat, "a comment"), (node, heard, began), Some(&mark));
    town.ledger().end_comment(number, ended);
    if ended == Ended::Perhaps {
        held(&town.unsure).insert(number);
    }
    ended
}

/// Uploads pictures, which go to the bucket.
pub fn uploads(town: &Town, mut editor: Browser, mut chance: Chance) -> Vec<String> {
    let mut paths = Vec::new();
    while town.is_open() {
        std::thread::sleep(chance.ms(1000, 2500));
        let bytes = super::super::files::picture(&mut chance);
        let began = Instant::now();
        let (node, heard) = town
            .ask(Seat::Proxy, &mut editor, false, |editor| editor.upload("/desk/pictures", &[], "bruit.png", &bytes));
        let (ended, answer) = town.sent((Seat::Proxy, "a picture"), (node, heard, began), None);
        town.ledger().count(Kind::Picture, ended);
        if let Some(path) = answer.and_then(|answer| Some(answer.json()["picture"]["src"].as_str()?.to_owned())) {
            paths.push(path);
        }
    }
    paths
}

/// Asks for the newsletter under one new address after the other; those that were acknowledged. Whoever gets a link opens it.
pub fn subscribes(town: &Town, mail: &Sink, mut chance: Chance) -> Vec<String> {
    let (mut asked, mut opened) = (Vec::new(), mail.letters().len());
    for number in 1_000_u32.. {
        if !town.is_open() {
            break;
        }
        std::thread::sleep(chance.ms(1500, 3000));
        let address = format!("reader{number}@example.net");
        if subscribe(town, Seat::Proxy, &address, "daily", from(u8::try_from(number % 100).unwrap_or(0) + 100))
            == Ended::Done
        {
            asked.push(address);
        }
        let letters = mail.letters();
        for link in letters.iter().skip(opened).filter_map(|letter| letter.link.as_deref()) {
            confirm(town, link);
        }
        opened = letters.len();
    }
    asked
}

/// Asks for the newsletter under an address.
pub fn subscribe(town: &Town, seat: Seat, address: &str, rhythm: &str, from: Ipv4Addr) -> Ended {
    let mut reader = Browser::through_a_proxy(town.doors[0], HOST, from);
    let fields = [("email", address), ("rhythm", rhythm), ("all", "yes"), ("language", "en")];
    let began = Instant::now();
    let (node, heard) = town.ask(seat, &mut reader, false, |reader| reader.send("/newsletter", &fields));
    town.sent((seat, "an address for the newsletter"), (node, heard, began), None).0
}

/// Presses the button behind a link.
pub fn confirm(town: &Town, link: &str) -> Ended {
    let mut reader = browser(town, 99);
    let began = Instant::now();
    let (node, heard) = town.ask(Seat::Proxy, &mut reader, false, |reader| reader.send(link, &[]));
    town.sent((Seat::Proxy, "a link that confirms"), (node, heard, began), None).0
}

/// From now until somebody's comment is acknowledged at a node: one after the other is sent, none waits for the one before.
pub fn until_taken(town: &Town, node: usize, mut chance: Chance, patience: Duration) -> Option<Duration> {
    let (start, taken) = (Instant::now(), std::sync::Mutex::new(None));
    std::thread::scope(|scope| {
        while held(&taken).is_none() && start.elapsed() < patience {
            let (mut own, taken) = (chance.own(), &taken);
            scope.spawn(move || {
                let mut visitor = browser(town, 240 + u8::try_from(node).unwrap_or(0));
                if comment(town, Seat::At(node), &mut visitor, &mut own) == Ended::Done {
                    held(taken).get_or_insert(start.elapsed());
                }
            });
            std::thread::sleep(Duration::from_millis(200));
        }
    });
    taken.into_inner().unwrap_or_default()
}
