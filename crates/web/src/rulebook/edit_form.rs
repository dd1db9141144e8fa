//! The forms of the page of rules, read into a change of their text.

use moderation::phases::PHASES;
use moderation::rulebook::LIMITS;
use moderation::{Head, List, Rulebook};
use newsroom::rules::{Edit, NewGroup, NewWords};

/// The most lines that one field takes.
const MOST_LINES: usize = 500;
/// The most letters of a line.
const MOST_LETTERS: usize = 200;

/// A form as it was sent: names and values, in order.
pub type Sent = Vec<(String, String)>;

/// Why a form says nothing that could be changed: keys of the locales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormProblem {
    /// A field that takes a number holds something else.
    NoNumber,
    /// No entry, or no name.
    NothingTyped,
    /// A form that no page sends.
    Unknown,
    /// Too many lines, or too long ones.
    TooMuch,
    /// The id of a group holds other signs than Latin letters, digits and hyphens.
    BadId,
    /// The text of the rules holds something else where the change belongs.
    OtherShape,
}

impl FormProblem {
    /// The key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoNumber => "rules.no-number",
            Self::NothingTyped => "rules.nothing-typed",
            Self::Unknown => "rules.unknown-form",
            Self::TooMuch => "rules.too-much",
            Self::BadId => "rules.bad-id",
            Self::OtherShape => "rules.other-shape",
        }
    }
}

/// The value of a field; empty where it was not sent.
pub fn field<'s>(sent: &'s Sent, name: &str) -> &'s str {
    sent.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

/// What the form changes.
pub fn edit(sent: &Sent) -> Result<Edit, FormProblem> {
    match field(sent, "edit") {
        "limits" => limits(sent),
        "phases" => Ok(Edit::Phases(PHASES.iter().map(|phase| (phase.name, ticked(sent, phase.name))).collect())),
        "heads" => heads(sent),
        "add-words" => words(sent),
        "take-out-word" => {
            let entry = one_line(sent, "entry")?;
            if entry.is_empty() { Err(FormProblem::NothingTyped) } else { Ok(Edit::TakeOutWord(entry)) }
        }
        "add-group" => group(sent),
        "active" => {
            Ok(Edit::Active(sent.iter().filter(|(key, _)| key == "policy").map(|(_, name)| name.clone()).collect()))
        }
        "text" => Ok(Edit::Text(field(sent, "text").replace("\r\n", "\n").replace('\0', ""))),
        _ => Err(FormProblem::Unknown),
    }
}

fn ticked(sent: &Sent, name: &str) -> bool {
    sent.iter().any(|(key, value)| key == "phase" && value == name)
}

/// A limit that is as shipped is not written down, so that a later version may ship a better one.
fn limits(sent: &Sent) -> Result<Edit, FormProblem> {
    let shipped = Rulebook::default();
    let read = |name: &'static str| {
        let typed = arabic::digits::to_western(field(sent, name).trim());
        let number = typed.parse::<u64>().map_err(|_| FormProblem::NoNumber)?;
        Ok((name, Some(number).filter(|number| shipped.limit(name) != Some(*number))))
    };
    LIMITS.into_iter().map(read).collect::<Result<_, _>>().map(Edit::Limits)
}

/// Thresholds are typed in hundredths; two empty fields leave a head to the models.
fn heads(sent: &Sent) -> Result<Edit, FormProblem> {
    let points = |name: String| -> Result<Option<u16>, FormProblem> {
        let typed = arabic::digits::to_western(field(sent, &name).trim());
        if typed.is_empty() {
            return Ok(None);
        }
        let percent = typed.parse::<u16>().map_err(|_| FormProblem::NoNumber)?;
        if percent > 100 { Err(FormProblem::NoNumber) } else { Ok(Some(percent * 10)) }
    };
    let read = |head: Head| {
        let both = (points(format!("hold-{}", head.name()))?, points(format!("propose-{}", head.name()))?);
        match both {
            (None, None) => Ok((head, None)),
            (hold, propose) => Ok((head, Some((hold.or(propose).unwrap_or(1_000), propose.unwrap_or(1_000))))),
        }
    };
    Head::ALL.into_iter().map(read).collect::<Result<_, _>>().map(Edit::Heads)
}

fn words(sent: &Sent) -> Result<Edit, FormProblem> {
    let list = List::ALL.into_iter().find(|list| list.name() == field(sent, "list")).ok_or(FormProblem::Unknown)?;
    let weight = arabic::digits::to_western(field(sent, "weight").trim());
    let weight = weight.parse::<u16>().ok().filter(|weight| *weight <= 1_000).ok_or(FormProblem::NoNumber)?;
    let entries = lines(sent, "entries")?;
    if entries.is_empty() {
        return Err(FormProblem::NothingTyped);
    }
    Ok(Edit::AddWords(NewWords { list, entries, weight, unless_near: lines(sent, "unless-near")? }))
}

fn group(sent: &Sent) -> Result<Edit, FormProblem> {
    let group = NewGroup {
        id: one_line(sent, "id")?,
        name: one_line(sent, "name")?,
        listed: lines(sent, "listed")?,
        official: lines(sent, "official")?,
        adopted: lines(sent, "adopted")?,
        neutral: lines(sent, "neutral")?,
        hostile: lines(sent, "hostile")?,
    };
    if group.id.is_empty() || !group.id.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-') {
        return Err(FormProblem::BadId);
    }
    let named =
        [&group.official, &group.adopted, &group.neutral, &group.hostile].into_iter().any(|list| !list.is_empty());
    if group.name.is_empty() || !named { Err(FormProblem::NothingTyped) } else { Ok(Edit::AddGroup(group)) }
}

fn one_line(sent: &Sent, name: &str) -> Result<String, FormProblem> {
    let line = arabic::clean::line(field(sent, name)).trim().to_owned();
    if line.chars().count() > MOST_LETTERS { Err(FormProblem::TooMuch) } else { Ok(line) }
}

/// What was typed, a line an entry; empty lines are none.
fn lines(sent: &Sent, name: &str) -> Result<Vec<String>, FormProblem> {
    let typed = field(sent, name).lines().map(|line| arabic::clean::line(line).trim().to_owned());
    let lines: Vec<String> = typed.filter(|line| !line.is_empty()).collect();
    let too_much = lines.len() > MOST_LINES || lines.iter().any(|line| line.chars().count() > MOST_LETTERS);
    if too_much { Err(FormProblem::TooMuch) } else { Ok(lines) }
}
