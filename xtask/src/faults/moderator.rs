//! A moderator rules at the desk, page by page, and comes back to what was ruled before.

use std::collections::BTreeSet;

use super::browser::{Answer, Browser, Heard};
use super::chance::Chance;
use super::ledger::{Ended, Kind, State};
use super::marks::{Marked, marks};
use super::street::Street;

const REASONS: &[&str] = &["off-topic", "repeated", "advertising", "insult"];

/// A comment as the desk shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The short id of its story.
    pub story: String,
    /// Its own.
    pub comment: String,
    /// Of the run; none where the comment is another one.
    pub number: Option<u32>,
}

/// What a moderator does with a comment.
#[derive(Debug, Clone, Copy)]
struct Act {
    kind: Kind,
    from: State,
    to: State,
}

/// A moderator, signed in.
#[derive(Debug)]
pub struct Moderator {
    browser: Browser,
    /// A press of a button that was never answered.
    unanswered: Option<Press>,
}

/// A press of a button as it is sent: under a name, so that it can be sent twice.
#[derive(Debug, Clone)]
struct Press {
    card: Card,
    act: Act,
    name: String,
    reason: &'static str,
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

impl Moderator {
    /// Somebody whom the desk knows.
    pub fn new(browser: Browser) -> Self {
        Self { browser, unanswered: None }
    }

    /// With what the moderator is signed in.
    pub fn browser(&mut self) -> &mut Browser {
        &mut self.browser
    }

    /// Rules until the line breaks; what was ruled on.
    pub fn moderate(&mut self, street: &Street<'_>, mut chance: Chance) -> BTreeSet<u32> {
        let mut touched = BTreeSet::new();
        if !self.press_again(street, &mut touched) {
            return touched;
        }
        while street.is_open() {
            let Some(cards) = self.open_desk(street) else { break };
            for card in cards {
                let act = match chance.once_in(2) {
                    true => Act { kind: Kind::Refusal, from: State::Held, to: State::Refused },
                    false => Act { kind: Kind::Release, from: State::Held, to: State::Released },
                };
                if chance.once_in(6) {
                    continue;
                }
                if !street.is_open() || !self.rule(street, card, act, &mut chance, &mut touched) {
                    return touched;
                }
                std::thread::sleep(chance.ms(0, 20));
            }
            if !self.look_back(street, &mut chance, &mut touched) {
                break;
            }
        }
        touched
    }

    /// Refuses whatever waits and is not of the run.
    pub fn clear_desk(&mut self, street: &Street<'_>) {
        let act = Act { kind: Kind::Refusal, from: State::Held, to: State::Refused };
        let mut chance = Chance::new(1);
        for _ in 0..200 {
            let cards = self.open_desk(street).unwrap_or_default();
            let others: Vec<Card> = cards.into_iter().filter(|card| card.number.is_none()).collect();
            if others.is_empty() {
                return;
            }
            for card in others {
                self.rule(street, card, act, &mut chance, &mut BTreeSet::new());
            }
        }
    }

    fn open_desk(&mut self, street: &Street<'_>) -> Option<Vec<Card>> {
        let Heard::Whole(answer) = self.browser.get("/desk") else { return None };
        if street.clock_jumps && self.browser.is_turned_away() {
            return None;
        }
        if answer.status != 200 {
            street.ledger().find("the desk is closed", format!("GET /desk: {}", answer.status));
            return None;
        }
        let word = street.ledger().word.clone();
        Some(cards(&word, &answer.text()))
    }

    /// Something ruled on before is taken down or let through after all.
    fn look_back(&mut self, street: &Street<'_>, chance: &mut Chance, touched: &mut BTreeSet<u32>) -> bool {
        for _ in 0..3 {
            let Some((card, act)) = ruled_before(street, chance) else { return true };
            if !street.is_open() || !self.rule(street, card, act, chance, touched) {
                return false;
            }
        }
        true
    }

    /// One ruling, and now and then its undoing; false when the line broke.
    fn rule(
        &mut self,
        street: &Street<'_>,
        card: Card,
        act: Act,
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
        let name = format!("{:016x}", chance.next());
        let press = Press { card, act, name, reason: chance.one_of(REASONS).copied().unwrap_or("off-topic") };
        let (ended, answer) = self.press(street, &press);
        let Some(number) = press.card.number else { return ended == Ended::Done };
        street.ledger().end_comment(number, ended);
        if ended == Ended::Perhaps {
            self.unanswered = Some(press);
            return false;
        }
        let place = answer.as_ref().and_then(|answer| answer.header("location")).unwrap_or_default();
        match place.strip_prefix("/desk?done=") {
            Some(ruling) if act.from == State::Held && chance.once_in(6) => {
                undo(street, &mut self.browser, &press.card, ruling)
            }
            _ => ended == Ended::Done,
        }
    }

    fn press(&mut self, street: &Street<'_>, press: &Press) -> (Ended, Option<Answer>) {
        let (card, act) = (&press.card, press.act);
        let (word, reason) = if act.to == State::Released { ("release", "") } else { ("refuse", press.reason) };
        let fields = [
            ("story", card.story.as_str()),
            ("comment", &card.comment),
            ("state", act.from.word()),
            ("revision", "0"),
            ("act", word),
            ("reason", reason),
            ("why", ""),
            ("sent_as", &press.name),
        ];
        let heard = self.browser.send("/desk/rulings", &fields);
        street.ended(&format!("a ruling on {card:?} from {:?} to {:?}", act.from, act.to), heard)
    }

    /// A press that was never answered is sent once more under its name: it is carried out once, whichever of the two it was.
    fn press_again(&mut self, street: &Street<'_>, touched: &mut BTreeSet<u32>) -> bool {
        let Some(press) = self.unanswered.clone() else { return true };
        let Some(number) = press.card.number else { return true };
        let known = street.ledger().comments.get(&number).and_then(|comment| comment.fate.exactly());
        let Some(known) = known else { return true };
        if let Some(comment) = street.ledger().comments.get_mut(&number) {
            comment.fate.change(press.act.kind, press.act.to);
        }
        touched.insert(number);
        let (ended, _) = self.press(street, &press);
        street.ledger().end_comment(number, ended);
        if ended == Ended::Done {
            self.unanswered = None;
            let again = &mut street.ledger().pressed_again;
            if known == press.act.to { again.replayed += 1 } else { again.first += 1 }
        }
        ended == Ended::Done
    }
}

/// A comment of which the desk has the ids, and what may still be done with it.
fn ruled_before(street: &Street<'_>, chance: &mut Chance) -> Option<(Card, Act)> {
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
