//! A moderator rules at the desk, page by page, and comes back to what was ruled before.

use std::collections::BTreeSet;

use super::browser::{Browser, Heard};
use super::chance::Chance;
use super::ledger::{Ended, Kind, State};
use super::marks::{Marked, marks};
use super::street::Street;

const REASONS: &[&str] = &["off-topic", "repeated", "advertising", "insult"];

/// A comment as the desk shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    story: String,
    comment: String,
    /// Of the run; none where the comment is another one.
    number: Option<u32>,
}

/// What a moderator does with a comment.
struct Act {
    kind: Kind,
    from: State,
    to: State,
}

/// The cards on a page of the desk.
pub fn cards(word: &str, page: &str) -> Vec<Card> {
    let value = |card: &str, name: &str| Some(card.split_once(&format!("{name}=\""))?.1.split('"').next()?.to_owned());
    let card = |part: &str| {
        let (story, comment) = (value(part, "data-story")?, value(part, "data-comment")?);
        let own = part.split("card-others").next().unwrap_or(part);
        let number = marks(word, own).into_iter().find_map(|mark| match mark {
            Marked::Comment(number) => Some(number),
            Marked::Story(_) => None,
        });
        Some(Card { story, comment, number })
    };
    page.split("<article class=\"card").skip(1).filter_map(card).collect()
}

/// Rules until the line breaks; what was ruled on.
pub fn moderate(street: &Street<'_>, browser: &mut Browser, mut chance: Chance) -> BTreeSet<u32> {
    let mut touched = BTreeSet::new();
    while street.is_open() {
        let Some(cards) = open_desk(street, browser) else { break };
        for card in cards {
            let refuse = chance.once_in(2);
            let act = match refuse {
                true => Act { kind: Kind::Refusal, from: State::Held, to: State::Refused },
                false => Act { kind: Kind::Release, from: State::Held, to: State::Released },
            };
            if chance.once_in(6) {
                continue;
            }
            if !street.is_open() || !rule(street, browser, &card, &act, &mut chance, &mut touched) {
                return touched;
            }
            std::thread::sleep(chance.ms(0, 20));
        }
        if !look_back(street, browser, &mut chance, &mut touched) {
            break;
        }
    }
    touched
}

/// Refuses whatever waits and is not of the run.
pub fn clear_desk(street: &Street<'_>, browser: &mut Browser) {
    let act = Act { kind: Kind::Refusal, from: State::Held, to: State::Refused };
    for _ in 0..200 {
        let cards = open_desk(street, browser).unwrap_or_default();
        let others: Vec<Card> = cards.into_iter().filter(|card| card.number.is_none()).collect();
        if others.is_empty() {
            return;
        }
        for card in others {
            rule(street, browser, &card, &act, &mut Chance::new(1), &mut BTreeSet::new());
        }
    }
}

fn open_desk(street: &Street<'_>, browser: &mut Browser) -> Option<Vec<Card>> {
    let Heard::Whole(answer) = browser.get("/desk") else { return None };
    if answer.status != 200 {
        street.ledger().find("the desk is closed", format!("GET /desk: {}", answer.status));
        return None;
    }
    let word = street.ledger().word.clone();
    Some(cards(&word, &answer.text()))
}

/// Something ruled on before is taken down or let through after all.
fn look_back(street: &Street<'_>, browser: &mut Browser, chance: &mut Chance, touched: &mut BTreeSet<u32>) -> bool {
    for _ in 0..3 {
        let found = {
            let ledger = street.ledger();
            let last = ledger.comments.keys().next_back().copied().unwrap_or_default();
            let from = u32::try_from(chance.below(usize::try_from(last).unwrap_or_default())).unwrap_or_default();
            let mut after = ledger.comments.range(from..).take(50);
            after.find_map(|(number, comment)| {
                let act = match comment.fate.exactly()? {
                    State::Released => Act { kind: Kind::TakeDown, from: State::Released, to: State::TakenDown },
                    State::Refused => Act { kind: Kind::Release, from: State::Refused, to: State::Released },
                    State::TakenDown => Act { kind: Kind::Release, from: State::TakenDown, to: State::Released },
                    State::Held => return None,
                };
                let (story, id) = comment.ids.clone()?;
                Some((Card { story, comment: id, number: Some(*number) }, act))
            })
        };
        let Some((card, act)) = found else { return true };
        if !street.is_open() || !rule(street, browser, &card, &act, chance, touched) {
            return false;
        }
    }
    true
}

/// One ruling, and now and then its undoing; false when the line broke.
fn rule(
    street: &Street<'_>,
    browser: &mut Browser,
    card: &Card,
    act: &Act,
    chance: &mut Chance,
    touched: &mut BTreeSet<u32>,
) -> bool {
    if let Some(number) = card.number {
        let mut ledger = street.ledger();
        let Some(comment) = ledger.comments.get_mut(&number) else { return true };
        // A comment of which nobody knows for certain is left until somebody has looked.
        if comment.fate.exactly() != Some(act.from) {
            return true;
        }
        comment.ids = Some((card.story.clone(), card.comment.clone()));
        comment.fate.change(act.kind, act.to);
        touched.insert(number);
    }
    let heard = browser.send("/desk/rulings", &fields(card, act, chance));
    let (ended, answer) = street.ended(&format!("a ruling on {card:?} from {:?} to {:?}", act.from, act.to), heard);
    let Some(number) = card.number else { return ended == Ended::Done };
    street.ledger().end_comment(number, ended);
    let place = answer.as_ref().and_then(|answer| answer.header("location")).unwrap_or_default();
    let ruling = place.strip_prefix("/desk?done=").map(str::to_owned);
    match ruling {
        Some(ruling) if act.from == State::Held && chance.once_in(6) => undo(street, browser, card, &ruling),
        _ => ended == Ended::Done,
    }
}

fn fields<'f>(card: &'f Card, act: &Act, chance: &mut Chance) -> [(&'f str, &'f str); 7] {
    let state = match act.from {
        State::Held => "held",
        State::Released => "released",
        State::Refused => "refused",
        State::TakenDown => "taken-down",
    };
    let reason = chance.one_of(REASONS).copied().unwrap_or("off-topic");
    let (word, reason) = if act.to == State::Released { ("release", "") } else { ("refuse", reason) };
    [
        ("story", &card.story),
        ("comment", &card.comment),
        ("state", state),
        ("revision", "0"),
        ("act", word),
        ("reason", reason),
        ("why", ""),
    ]
}

fn undo(street: &Street<'_>, browser: &mut Browser, card: &Card, ruling: &str) -> bool {
    let Some(number) = card.number else { return true };
    if let Some(comment) = street.ledger().comments.get_mut(&number) {
        comment.fate.change(Kind::Undo, State::Held);
    }
    let heard = browser.send(&format!("/desk/rulings/{ruling}/undo"), &[("story", &card.story)]);
    let (ended, _) = street.ended(&format!("the undoing of a ruling on {card:?}"), heard);
    street.ledger().end_comment(number, ended);
    ended == Ended::Done
}
