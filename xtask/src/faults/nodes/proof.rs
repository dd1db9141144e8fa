//! After it all: what was acknowledged is compared with what is kept, and what each node shows with what the others show.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use super::super::browser::{Browser, Heard};
use super::super::files::print;
use super::super::ledger::Standing;
use super::super::marks::marks;
use super::super::proof::{Kept, compare};
use super::database::Servers;
use super::desk::Timed;
use super::node::{MACHINES, Nodes};
use super::people::browser;
use super::town::Town;

/// After its minute a story of the clock's may take so long.
const AFTER_ITS_MINUTE: Duration = Duration::from_secs(3);
const A_MOMENT: Duration = Duration::from_millis(200);

/// Stories that the clock published.
#[derive(Debug, Default, Clone)]
pub struct OfTheClock {
    /// How many it was told to publish.
    pub told: usize,
    /// Those that it published once.
    pub once: usize,
    /// Milliseconds after its minute, of each.
    pub late_ms: Vec<u32>,
}

/// What stands in the database of one story.
struct Row {
    state: String,
    publications: usize,
    /// The first one, in milliseconds since 1970.
    first: i64,
}

/// Waits for the clock's last minute, and says how often each story went public: once at most, and no sooner than it was to.
pub fn publications(town: &Town, servers: &Servers<'_>, timed: &Timed) -> Result<OfTheClock> {
    let last = Duration::from_secs(timed.values().copied().max().unwrap_or_default()) + AFTER_ITS_MINUTE;
    while SystemTime::now().duration_since(UNIX_EPOCH).is_ok_and(|now| now < last) {
        std::thread::sleep(A_MOMENT);
    }
    let rows = rows(town, servers)?;
    let mut clock = OfTheClock { told: timed.len(), ..OfTheClock::default() };
    for (number, row) in &rows {
        let mark = town.ledger().of_story(*number);
        if row.publications > 1 {
            town.find("published more than once", format!("{mark}: {} publications", row.publications));
        }
        if row.publications == 0 && row.state == "published" {
            town.find("public without a publication", mark.clone());
        }
        let Some(minute) = timed.get(number).and_then(|minute| i64::try_from(minute * 1000).ok()) else { continue };
        match u32::try_from(row.first - minute) {
            Ok(late) if row.publications == 1 => {
                clock.once += 1;
                clock.late_ms.push(late);
            }
            _ if row.publications == 0 => town.find("told to go and did not", format!("{mark}: {}", row.state)),
            _ => town.find("public before its minute", format!("{mark}: {} instead of {minute}", row.first)),
        }
    }
    for number in timed.keys().filter(|number| !rows.contains_key(number)) {
        let mark = town.ledger().of_story(*number);
        town.find("acknowledged and lost", format!("story {mark}, of which the minute was acknowledged"));
    }
    // What the clock did is known now.
    for (number, row) in &rows {
        town.ledger().settle_story(*number, Standing::named(&row.state));
    }
    Ok(clock)
}

fn rows(town: &Town, servers: &Servers<'_>) -> Result<BTreeMap<u32, Row>> {
    let word = town.ledger().word.clone();
    let text = format!(
        "select substring(st.text from '{word}s([0-9]{{6}})q'), st.state, count(h.happening_id), coalesce(min(h.at), 0)
         from stories st left join happenings h on h.story_id = st.story_id and h.kind = 'story-published'
         where st.text like '%{word}s%' group by st.story_id, st.text, st.state"
    );
    let mut rows = BTreeMap::new();
    for line in servers.ask(&text)?.lines() {
        let columns: Vec<&str> = line.split('|').collect();
        let [number, state, publications, first] = columns[..] else { continue };
        let row = Row { state: state.to_owned(), publications: publications.parse()?, first: first.parse()? };
        if rows.insert(number.parse()?, row).is_some() {
            let mark = town.ledger().of_story(number.parse()?);
            town.find("there more than once", format!("story {mark}"));
        }
    }
    Ok(rows)
}

/// The paper's own export against the ledger, and `midad check`.
pub fn everything(town: &Town, nodes: &Nodes<'_>, folder: &std::path::Path) -> Result<()> {
    let file = folder.join("all.jsonl");
    nodes.must(&["export", &file.display().to_string()])?;
    let kept = Kept::read(&file, &town.ledger().word)?;
    compare(&mut town.ledger(), &kept);
    let checked = nodes.run(&["check"])?;
    if !checked.status.success() {
        town.find("`midad check` disagrees", checked.err.trim().to_owned());
    }
    std::fs::remove_file(&file).context("the export")
}

/// Every node shows the same comments, and the same bytes of every picture in the bucket; how many pictures.
pub fn nodes_agree(town: &Town, editor: &mut Browser, pictures: &[String]) -> usize {
    let word = town.ledger().word.clone();
    for story in &town.stories {
        let path = format!("{story}?sort=newest");
        let mut shown = Vec::new();
        for (node, door) in town.doors.iter().enumerate() {
            let mut reader = browser(town, 250);
            reader.turn_to(*door);
            let asked_at = Instant::now();
            let Heard::Whole(answer) = reader.get(&path) else {
                town.find("a public address does not answer", format!("{path} of {}", MACHINES[node]));
                continue;
            };
            town.look_for_leaks(node, &path, &answer.text(), asked_at);
            shown.push(marks(&word, &answer.text()).into_iter().collect::<BTreeSet<_>>());
        }
        if shown.windows(2).any(|two| two[0] != two[1]) {
            let many: Vec<usize> = shown.iter().map(BTreeSet::len).collect();
            town.find("nodes show different comments", format!("{path}: {many:?}"));
        }
    }
    for path in pictures {
        let mut prints = BTreeSet::new();
        for (node, door) in town.doors.iter().enumerate() {
            editor.turn_to(*door);
            match editor.get(path) {
                Heard::Whole(answer) if answer.status == 200 => {
                    prints.insert(print(&answer.body));
                }
                Heard::Whole(answer) => {
                    town.find("acknowledged and lost", format!("a picture at {}: {}", MACHINES[node], answer.status))
                }
                Heard::Broken | Heard::NotSent => town.find("a public address does not answer", path.clone()),
            }
        }
        if prints.len() > 1 {
            town.find("nodes show different pictures", path.clone());
        }
    }
    pictures.len()
}
