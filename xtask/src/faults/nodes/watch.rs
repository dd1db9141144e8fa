//! When each node shows what was done at one of them: whoever did it leaves it here, and somebody at each node looks for it.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::super::browser::{Browser, Heard};
use super::super::marks::{Marked, marks};
use super::town::{HOST, KNOWN_WITHIN, Town, held, milliseconds};

/// Between two looks at a node.
const EACH: Duration = Duration::from_millis(100);
/// So many of the newest stories stand on the front page for certain; the clock puts others there too.
const ON_THE_FRONT_PAGE: usize = 2;
/// What is not seen by then is not waited for any longer.
const GIVEN_UP: Duration = Duration::from_secs(30);

/// Something that readers must see, or must see no longer.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What.
    pub mark: Marked,
    /// Where.
    pub path: String,
    /// It must be gone.
    pub gone: bool,
    /// Since it was acknowledged.
    pub since: Instant,
    /// At which node it was done.
    pub by: usize,
    late: bool,
}

/// How long it took until a node showed something.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// The node itself at which it was done.
    pub same: bool,
    /// The node was in trouble when it happened: counted from the end of that.
    pub after_heal: bool,
    /// From when it had to be known.
    pub ms: u32,
    /// In which part of the run it was seen.
    pub phase: usize,
}

/// What is waited for at each node, and how long it took.
#[derive(Debug, Default)]
pub struct Watch {
    wanted: [Mutex<Vec<Wanted>>; 3],
    /// What was seen.
    pub samples: Mutex<Vec<Sample>>,
}

impl Watch {
    /// It was acknowledged now, by this node: all of them must show it.
    pub fn want(&self, mark: Marked, path: &str, gone: bool, by: usize) {
        let wanted = Wanted { mark, path: path.to_owned(), gone, since: Instant::now(), by, late: false };
        for at in &self.wanted {
            let mut at = held(at);
            // What is taken down need not appear any more.
            at.retain(|other| other.mark != mark);
            at.push(wanted.clone());
            // The front page is full: what newer stories push off it is not looked for any more.
            let stories = at.iter().filter(|other| matches!(other.mark, Marked::Story(_))).count();
            if stories > ON_THE_FRONT_PAGE
                && let Some(first) = at.iter().position(|other| matches!(other.mark, Marked::Story(_)))
            {
                at.remove(first);
            }
        }
    }

    /// What nobody has seen yet.
    pub fn waiting(&self) -> usize {
        self.wanted.iter().map(|at| held(at).len()).sum()
    }
}

/// Looks at a node for what is waited for, until the town closes.
pub fn look(town: &Town, node: usize) {
    let mut reader =
        Browser::through_a_proxy(town.doors[node], HOST, [198, 51, 100, 200].into()).within(Duration::from_secs(3));
    while town.is_open() {
        std::thread::sleep(EACH);
        let paths: BTreeSet<String> = held(&town.watch.wanted[node]).iter().map(|wanted| wanted.path.clone()).collect();
        for path in paths {
            let asked_at = Instant::now();
            if let Heard::Whole(answer) = reader.get(&path)
                && answer.status == 200
            {
                let text = answer.text();
                town.look_for_leaks(node, &path, &text, asked_at);
                let shown: BTreeSet<Marked> = marks(&town.ledger().word, &text).into_iter().collect();
                compare(town, node, &path, &shown, asked_at);
            }
        }
        judge(town, node);
    }
}

/// What was asked for after it was acknowledged counts.
fn compare(town: &Town, node: usize, path: &str, shown: &BTreeSet<Marked>, asked_at: Instant) {
    let phase = town.ledger().kill;
    held(&town.watch.wanted[node]).retain(|wanted| {
        let seen = wanted.path == path && wanted.since <= asked_at && shown.contains(&wanted.mark) != wanted.gone;
        if seen && let Some(due) = town.due(node, wanted.since) {
            let (same, after_heal) = (wanted.by == node, due > wanted.since);
            let ms = milliseconds(Instant::now().saturating_duration_since(due));
            held(&town.watch.samples).push(Sample { same, after_heal, ms, phase });
        }
        !seen
    });
}

/// What a node should know by now and does not show.
fn judge(town: &Town, node: usize) {
    let mut late = Vec::new();
    held(&town.watch.wanted[node]).retain_mut(|wanted| {
        let Some(due) = town.due(node, wanted.since) else { return true };
        let waits = due.elapsed();
        if waits > KNOWN_WITHIN && !wanted.late {
            wanted.late = true;
            late.push((wanted.clone(), due > wanted.since));
        }
        waits < GIVEN_UP
    });
    for (wanted, after_heal) in late {
        let what =
            if wanted.gone { "taken back and still shown after 2 s" } else { "acknowledged and not shown after 2 s" };
        let when = if after_heal { "counted from the end of a fault" } else { "without a fault" };
        let text = format!(
            "{:?} done at node {}, looked for at node {}, {when}, {}",
            wanted.mark,
            wanted.by + 1,
            node + 1,
            town.part()
        );
        town.find(what, text);
    }
}
