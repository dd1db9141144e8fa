//! Those who write: an editor who publishes by the house's API, and a colleague who uploads pictures and printed issues.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::browser::{Answer, Browser, Heard};
use super::chance::Chance;
use super::files;
use super::ledger::{Ended, File, Kind, Standing, Unsure};
use super::street::Street;

/// Writes and publishes until the line breaks; which stories were touched.
pub fn edit(street: &Street<'_>, program: &mut Browser, mut chance: Chance) -> BTreeSet<u32> {
    let mut touched = BTreeSet::new();
    again(street, program, &mut touched);
    while street.is_open() {
        std::thread::sleep(chance.ms(0, 150));
        let went = match chance.below(8) {
            0 => withdraw(street, program, &mut chance, &mut touched),
            1 => publish_some_draft(street, program, &mut chance, &mut touched),
            _ => write(street, program, &mut chance, &mut touched),
        };
        if !went {
            break;
        }
    }
    touched
}

/// What was sent and never answered is sent again under its name, as the API's page tells programs to.
fn again(street: &Street<'_>, program: &mut Browser, touched: &mut BTreeSet<u32>) {
    let open: Vec<u32> = {
        let ledger = street.ledger();
        let unknown =
            ledger.stories.iter().filter(|(_, story)| story.fate.is_perhaps(Kind::Draft) && !story.sent_again);
        unknown.map(|(number, _)| *number).collect()
    };
    for number in open {
        let Heard::Whole(answer) = begin(street, program, number) else { return };
        touched.insert(number);
        let replayed = answer.header("idempotency-replayed").is_some();
        let mut ledger = street.ledger();
        if let Some(story) = ledger.stories.get_mut(&number) {
            story.sent_again = true;
        }
        match (answer.status, replayed) {
            (201, true) => ledger.again.replayed += 1,
            (201, false) => ledger.again.first += 1,
            // It died with its process: nobody carries it out again.
            (409, _) => {
                ledger.again.unknown += 1;
                continue;
            }
            // The paper cannot carry anything out now: it is sent once more when its editor comes again.
            (503, _) => {
                ledger.come_again += 1;
                ledger.stories.entry(number).and_modify(|story| story.sent_again = false);
                return;
            }
            (status, _) => {
                ledger.find("refused without a reason", format!("a story sent again: {status} {}", answer.text()));
                continue;
            }
        }
        drop(ledger);
        note(street, number, &answer);
        if let Some(story) = street.ledger().stories.get_mut(&number) {
            story.fate.end(Ended::Done);
        }
    }
}

/// The same number is the same request, word for word.
pub fn begin(street: &Street<'_>, program: &mut Browser, number: u32) -> Heard {
    let mark = street.ledger().of_story(number);
    let text = json!({
        "headline": format!("{mark} {}", Chance::new(number.into()).words(5)),
        "standfirst": "Une phrase pour le dire.",
        "body": format!("{}\n\n{mark}", Chance::new(number.into()).words(60)),
        "section": street.section,
    });
    program.call("POST", "/api/v1/stories", Some(&mark), &text)
}

fn write(street: &Street<'_>, program: &mut Browser, chance: &mut Chance, touched: &mut BTreeSet<u32>) -> bool {
    let number = street.ledger().begin_story(Kind::Draft, Standing::Draft);
    touched.insert(number);
    let heard = begin(street, program, number);
    let (ended, answer) = street.ended("a story", heard);
    street.ledger().end_story(number, ended);
    let Some(answer) = answer else { return ended != Ended::Perhaps && street.is_open() };
    note(street, number, &answer);
    if chance.once_in(5) { true } else { publish(street, program, number) }
}

fn publish(street: &Street<'_>, program: &mut Browser, number: u32) -> bool {
    let read = street.ledger().stories.get(&number).map(|story| (story.id.clone(), story.version));
    let Some((Some(id), version)) = read else { return true };
    decide(
        street,
        program,
        number,
        (Kind::Publication, Standing::Public),
        (&id, "publication", json!({ "version": version })),
    )
}

fn publish_some_draft(
    street: &Street<'_>,
    program: &mut Browser,
    chance: &mut Chance,
    touched: &mut BTreeSet<u32>,
) -> bool {
    let Some(number) = some_story(street, chance, Standing::Draft) else { return true };
    touched.insert(number);
    publish(street, program, number)
}

fn withdraw(street: &Street<'_>, program: &mut Browser, chance: &mut Chance, touched: &mut BTreeSet<u32>) -> bool {
    let Some(number) = some_story(street, chance, Standing::Public) else { return true };
    let id = street.ledger().stories.get(&number).and_then(|story| story.id.clone());
    let Some(id) = id else { return true };
    touched.insert(number);
    let sent = json!({ "note": "Reprise." });
    decide(street, program, number, (Kind::Withdrawal, Standing::Withdrawn), (&id, "withdrawal", sent))
}

/// A story that stands so for certain, whose id is known and on which nobody comments.
fn some_story(street: &Street<'_>, chance: &mut Chance, standing: Standing) -> Option<u32> {
    let ledger = street.ledger();
    let fits = |number: &u32| {
        let Some(story) = ledger.stories.get(number) else { return false };
        story.fate.exactly() == Some(standing) && !story.talked_about && story.id.is_some()
    };
    let all: Vec<u32> = ledger.stories.keys().copied().filter(fits).collect();
    chance.one_of(&all).copied()
}

fn decide(
    street: &Street<'_>,
    program: &mut Browser,
    number: u32,
    (kind, to): (Kind, Standing),
    (id, word, sent): (&str, &str, Value),
) -> bool {
    if let Some(story) = street.ledger().stories.get_mut(&number) {
        story.fate.change(kind, to);
    }
    let heard = program.call("POST", &format!("/api/v1/stories/{id}/{word}"), None, &sent);
    let (ended, answer) = street.ended(&format!("a {word}"), heard);
    street.ledger().end_story(number, ended);
    if let Some(answer) = answer {
        note(street, number, &answer);
    }
    ended == Ended::Done
}

/// Keeps what the paper says of a story.
pub fn note(street: &Street<'_>, number: u32, answer: &Answer) {
    if let Some(story) = street.ledger().stories.get_mut(&number) {
        story.note(&answer.json());
    }
}

/// Uploads pictures and printed issues until the line breaks.
pub fn upload(street: &Street<'_>, browser: &mut Browser, mut chance: Chance) {
    while street.is_open() {
        std::thread::sleep(chance.ms(0, 400));
        let went =
            if chance.once_in(4) { issue(street, browser, &mut chance) } else { picture(street, browser, &mut chance) };
        if !went {
            return;
        }
    }
}

fn picture(street: &Street<'_>, browser: &mut Browser, chance: &mut Chance) -> bool {
    let bytes = files::picture(chance);
    let (ended, answer) = street.ended("a picture", browser.upload("/desk/pictures", &[], "bruit.png", &bytes));
    street.ledger().count(Kind::Picture, ended);
    if ended == Ended::Perhaps {
        street.ledger().unsure.push(Unsure::Picture(bytes));
    }
    let Some(answer) = answer else { return ended == Ended::Not && street.is_open() };
    let path = answer.json()["picture"]["src"].as_str().unwrap_or_default().to_owned();
    // What is kept was developed: its bytes are those that the paper serves, before and after.
    let print = match browser.get(&path) {
        Heard::Whole(served) if served.status == 200 => Some(files::print(&served.body)),
        _ => None,
    };
    street.ledger().files.push(File { path, print });
    true
}

fn issue(street: &Street<'_>, browser: &mut Browser, chance: &mut Chance) -> bool {
    let number = format!("{}", 100_000 + chance.below(800_000));
    let bytes = files::issue(chance);
    let fields = [("number", number.as_str()), ("day", "2026-11-29"), ("when", "now")];
    let (ended, _) = street.ended("a printed issue", browser.upload("/desk/issues", &fields, "numero.pdf", &bytes));
    street.ledger().count(Kind::Issue, ended);
    let file = File { path: format!("/issues/{number}/issue.pdf"), print: Some(files::print(&bytes)) };
    match ended {
        Ended::Done => street.ledger().files.push(file),
        Ended::Perhaps => street.ledger().unsure.push(Unsure::Issue(file)),
        Ended::Not => {}
    }
    ended == Ended::Done
}
