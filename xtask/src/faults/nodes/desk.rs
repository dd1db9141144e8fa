//! The staff at work: a moderator at the desk, an editor by the house's API. What was not answered is sent again under its name, to
//! whichever node the proxy gives.

use std::collections::BTreeMap;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::json;

use super::super::browser::{Answer, Browser, Heard};
use super::super::calendar::local;
use super::super::chance::Chance;
use super::super::ledger::{Ended, Kind, Standing, State};
use super::super::marks::Marked;
use super::super::moderator::{Card, cards};
use super::town::{Seat, Town, held};

/// Between two tries under one name.
const AGAIN: Duration = Duration::from_millis(400);
/// How long one act is tried.
const TRIED_FOR: Duration = Duration::from_secs(120);
/// A comment is taken down no sooner than so long after its release.
const READ_FOR: Duration = Duration::from_secs(15);

/// Rules at the desk until the town closes.
pub fn moderates(town: &Town, mut moderator: Browser, mut chance: Chance) {
    while town.is_open() {
        std::thread::sleep(chance.ms(100, 300));
        let began = Instant::now();
        let (node, heard) = town.ask(Seat::Proxy, &mut moderator, true, |moderator| moderator.get("/desk"));
        let Some(page) = town.read((Seat::Proxy, "the desk"), (node, heard, began)) else { continue };
        let word = town.ledger().word.clone();
        for card in cards(&word, &page.text()) {
            if !town.is_open() {
                return;
            }
            let release = !chance.once_in(3);
            let (kind, to) = if release { (Kind::Release, State::Released) } else { (Kind::Refusal, State::Refused) };
            rule(town, &mut moderator, &card, (kind, State::Held, to), &mut chance);
            std::thread::sleep(chance.ms(60, 160));
        }
        if let Some(card) = some_released(town, &mut chance) {
            rule(town, &mut moderator, &card, (Kind::TakeDown, State::Released, State::TakenDown), &mut chance);
        }
    }
}

/// A comment that readers have had for a while.
fn some_released(town: &Town, chance: &mut Chance) -> Option<Card> {
    let ledger = town.ledger();
    let released = held(&town.released);
    let old = released.iter().filter(|(_, at)| at.elapsed() > READ_FOR).map(|(number, _)| *number);
    let exactly = |number: &u32| {
        ledger.comments.get(number).is_some_and(|comment| comment.fate.exactly() == Some(State::Released))
    };
    let all: Vec<u32> = old.filter(exactly).collect();
    let number = *chance.one_of(&all)?;
    let (story, comment) = ledger.comments.get(&number)?.ids.clone()?;
    Some(Card { story, comment, number: Some(number) })
}

/// One ruling, sent under one name until it is answered.
fn rule(town: &Town, moderator: &mut Browser, card: &Card, (kind, was, to): (Kind, State, State), chance: &mut Chance) {
    if let Some(number) = card.number {
        let unsure = was == State::Held && held(&town.unsure).remove(&number);
        let mut ledger = town.ledger();
        if unsure {
            // What stands at the desk has come in, though nobody acknowledged it.
            ledger.settle_comment(number, Some(was));
        }
        let Some(comment) = ledger.comments.get_mut(&number) else { return };
        if comment.fate.exactly() != Some(was) {
            return;
        }
        comment.ids = Some((card.story.clone(), card.comment.clone()));
        comment.fate.change(kind, to);
    }
    let name = format!("{:016x}", chance.next());
    let (word, reason) = if to == State::Released { ("release", "") } else { ("refuse", "off-topic") };
    let fields = [
        ("story", card.story.as_str()),
        ("comment", &card.comment),
        ("state", was.word()),
        ("revision", "0"),
        ("act", word),
        ("reason", reason),
        ("why", ""),
        ("sent_as", &name),
    ];
    let (node, ended) =
        until_answered(town, kind.words(), moderator, |moderator| moderator.send("/desk/rulings", &fields));
    let Some(number) = card.number else { return };
    town.ledger().end_comment(number, ended.0);
    let path = town.ledger().comments.get(&number).map(|comment| comment.story.clone());
    let (Ended::Done, Some(path), true) = (ended.0, path, to != State::Refused) else { return };
    if to == State::Released {
        held(&town.released).insert(number, Instant::now());
    }
    town.watch.want(Marked::Comment(number), &format!("{path}?sort=newest"), to != State::Released, node);
}

/// Sends something that has a name of its own until it is answered; by which node, how it ended, and the answer.
fn until_answered(
    town: &Town,
    what: &str,
    browser: &mut Browser,
    send: impl Fn(&mut Browser) -> Heard,
) -> (usize, (Ended, Option<Answer>)) {
    let start = Instant::now();
    loop {
        let began = Instant::now();
        let (node, heard) = town.ask(Seat::Proxy, browser, false, &send);
        let was_heard = matches!(heard, Heard::Whole(_));
        let ended = town.sent((Seat::Proxy, what), (node, heard, began), None);
        if ended.0 == Ended::Done || ended.0 == Ended::Not && was_heard {
            return (node, ended);
        }
        if start.elapsed() > TRIED_FOR {
            return (node, (Ended::Perhaps, None));
        }
        std::thread::sleep(AGAIN);
    }
}

/// Stories that the clock is to publish, each with its minute in seconds since 1970.
pub type Timed = BTreeMap<u32, u64>;

/// Writes and publishes until the town closes; what the clock is to publish.
pub fn edits(town: &Town, mut program: Browser, mut editor: Browser, mut chance: Chance) -> Timed {
    let mut timed = Timed::new();
    for turn in 0_u32.. {
        if !town.is_open() {
            break;
        }
        std::thread::sleep(chance.ms(800, 1600));
        let Some((number, id, version)) = begin(town, &mut program) else { continue };
        if turn.is_multiple_of(2) {
            if let Some(minute) = set_time(town, &mut editor, number, &id) {
                timed.insert(number, minute);
            }
        } else {
            publish(town, &mut program, number, (&id, version));
        }
    }
    timed
}

/// A draft, sent under its name until it is answered.
fn begin(town: &Town, program: &mut Browser) -> Option<(u32, String, i64)> {
    let number = town.ledger().begin_story(Kind::Draft, Standing::Draft);
    let mark = town.ledger().of_story(number);
    let text = json!({
        "headline": format!("{mark} {}", Chance::new(number.into()).words(5)),
        "standfirst": "Une phrase pour le dire.",
        "body": format!("{}\n\n{mark}", Chance::new(number.into()).words(60)),
        "section": town.section,
    });
    let start = Instant::now();
    loop {
        let began = Instant::now();
        let (node, heard) = town
            .ask(Seat::Proxy, program, false, |program| program.call("POST", "/api/v1/stories", Some(&mark), &text));
        // It died with its process: nobody carries it out again, and nobody knows how it ended.
        if let Heard::Whole(answer) = &heard
            && answer.status == 409
        {
            town.ledger().again.unknown += 1;
            town.ledger().end_story(number, Ended::Perhaps);
            return None;
        }
        let (ended, answer) = town.sent((Seat::Proxy, "a story begun"), (node, heard, began), None);
        if let Some(said) = answer.map(|answer| answer.json()) {
            town.ledger().end_story(number, ended);
            return Some((number, said["id"].as_str()?.to_owned(), said["version"].as_i64()?));
        }
        if start.elapsed() > TRIED_FOR {
            town.ledger().end_story(number, Ended::Perhaps);
            return None;
        }
        std::thread::sleep(AGAIN);
    }
}

fn publish(town: &Town, program: &mut Browser, number: u32, (id, version): (&str, i64)) {
    if let Some(story) = town.ledger().stories.get_mut(&number) {
        story.fate.change(Kind::Publication, Standing::Public);
    }
    let path = format!("/api/v1/stories/{id}/publication");
    let began = Instant::now();
    let (node, heard) = town
        .ask(Seat::Proxy, program, false, |program| program.call("POST", &path, None, &json!({ "version": version })));
    let (ended, _) = town.sent((Seat::Proxy, "a story published"), (node, heard, began), None);
    town.ledger().end_story(number, ended);
    if ended == Ended::Done {
        town.watch.want(Marked::Story(number), "/", false, node);
    }
}

/// A minute soon, at which the clock is to publish a story; none where nobody acknowledged it.
fn set_time(town: &Town, editor: &mut Browser, number: u32, id: &str) -> Option<u64> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    let minute = (now / 60 + 1 + u64::from(number % 2)) * 60;
    let goes_at = local(minute);
    if let Some(story) = town.ledger().stories.get_mut(&number) {
        story.fate.change(Kind::Publication, Standing::Public);
    }
    let began = Instant::now();
    let fields = [("goes_at", goes_at.as_str()), ("embargo", "")];
    let path = format!("/desk/stories/{id}/time");
    let (node, heard) = town.ask(Seat::Proxy, editor, false, |editor| editor.send(&path, &fields));
    let (ended, _) = town.sent((Seat::Proxy, "a story's minute"), (node, heard, began), None);
    // What the clock does nobody acknowledges; that it was told to is.
    (ended == Ended::Done).then_some(minute)
}
