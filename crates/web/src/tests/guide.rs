//! The editor's guide says who may do what with a story, as the program does it.

use newsroom::people::{May, Role};
use newsroom::story::{MOVES, Stage};
use std::collections::{BTreeMap, BTreeSet};

const GUIDE: &str = include_str!("../../../../docs/guides/editor.ar.md");
const WORDS: &str = include_str!("../../locales/ar.json");
const WHO_MAY: &str = include_str!("who_may.txt");

/// What the guide calls each.
const ROLES: &[(&str, Role)] = &[
    ("رئيس التحرير", Role::Owner),
    ("المحرر", Role::Editor),
    ("المدقق", Role::SubEditor),
    ("المراسل", Role::Reporter),
];
/// By which address a story comes into a state that is no stage.
const BY_ADDRESS: &[(&str, &str)] = &[
    ("assigned", "assignment"),
    ("scheduled", "time"),
    ("embargoed", "time"),
    ("published", "publication"),
    ("corrected", "changes"),
    ("withdrawn", "withdrawal"),
    ("legal-hold", "hold"),
];

/// The words of the desk for a story's states, by their keys.
fn states() -> BTreeMap<String, String> {
    let words: BTreeMap<String, serde_json::Value> = serde_json::from_str(WORDS).expect("words");
    let state = |(key, word): (String, serde_json::Value)| {
        Some((key.strip_prefix("state.story.")?.to_owned(), word.as_str()?.to_owned()))
    };
    words.into_iter().filter_map(state).collect()
}

/// The rows of the table under a line of titles, cell by cell.
fn table(titles: &str) -> Vec<Vec<&'static str>> {
    let lines = GUIDE.lines().skip_while(|line| *line != titles).skip(2);
    let rows = lines.take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

fn roles(cell: &str) -> Vec<Role> {
    if cell == "كل من يكتب" {
        return Role::ALL.into_iter().filter(|role| role.may(May::WriteStories)).collect();
    }
    let named = ROLES.iter().filter(|(name, _)| cell.contains(name));
    let named: Vec<Role> = named.map(|(_, role)| *role).collect();
    assert_eq!(named.len(), cell.split(" و").count(), "{cell}");
    named
}

fn stages(cell: &str) -> Vec<Stage> {
    let words = states();
    let cell = cell.split(" (").next().expect("words");
    if cell == "أي منها" {
        return Stage::ALL.into_iter().filter(|stage| *stage != Stage::Killed).collect();
    }
    let stage = |word: &str| Stage::ALL.into_iter().find(|stage| words[stage.key()] == word);
    cell.split(" أو ").map(|word| stage(word).unwrap_or_else(|| panic!("no stage is called {word}"))).collect()
}

#[test]
fn the_guides_table_of_steps_is_the_programs() {
    let step = |from: Stage, to: Stage, role: Role| (from.key(), to.key(), role.key());
    let mut said = BTreeSet::new();
    for row in table("| من | إلى | من يفعل |") {
        let [from, to, who] = row[..] else { panic!("three cells: {row:?}") };
        for (from, to) in stages(from).into_iter().flat_map(|from| stages(to).into_iter().map(move |to| (from, to))) {
            said.extend(roles(who).into_iter().map(|role| step(from, to, role)));
        }
    }
    let all = MOVES.iter().flat_map(|one| one.roles.iter().map(move |role| step(one.from, one.to, *role)));
    assert_eq!(said, all.collect());
}

#[test]
fn the_guide_says_who_takes_an_idea_that_nobody_was_given() {
    let rows = table("| الفكرة | كيف تؤخذ | من يفعل |");
    let [row] = rows.as_slice() else { panic!("one row: {rows:?}") };
    let takes: Vec<Role> = Role::ALL.into_iter().filter(|role| role.may(May::TakeIdeas)).collect();
    assert_eq!(roles(row[2]), takes);
    let line = WHO_MAY.lines().find(|line| line.starts_with("POST /desk/stories/{id}/taking ")).expect("a route");
    assert!(line.contains(" their-writers"), "{line}");
}

#[test]
fn the_guide_says_of_every_other_state_who_brings_a_story_there() {
    let mut words = states();
    for stage in Stage::ALL {
        words.remove(stage.key()).expect("a word of every stage");
    }
    let rows = table("| الحال | كيف تصير إليها | من يفعل |");
    assert_eq!(rows.len(), words.len(), "{words:?}");
    for (key, address) in BY_ADDRESS {
        let row = rows.iter().find(|row| row[0] == words[*key]).unwrap_or_else(|| panic!("no row of {key}"));
        assert_eq!(roles(row[2]), [Role::Owner, Role::Editor], "{key}");
        assert!(roles(row[2]).iter().all(|role| role.may(May::Publish)), "{key}");
        let route = format!("POST /desk/stories/{{id}}/{address} ");
        let line = WHO_MAY.lines().find(|line| line.starts_with(&route)).expect("a route");
        assert!(line.contains(" their-editors"), "{line}");
    }
    assert_eq!(BY_ADDRESS.len(), words.len());
}
