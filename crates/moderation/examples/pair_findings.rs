//! Shows which mirrored pairs come out wrong, and what was found in them.
//!
//! ```text
//! cargo run -p moderation --example pair_findings -- groups-rulebook.toml crates/moderation/tests/pairs/insult.jsonl
//! ```

use moderation::{Advice, Category, Facts, Models, Rulebook, StoryFacts, Submission, Verdict, examine};
use serde::Deserialize;
use std::fs::read_to_string;
use std::io::{Error, Write, stdout};

#[derive(Deserialize)]
struct Pair {
    id: String,
    caught: Side,
    passed: Side,
    #[serde(default)]
    story: Story,
    #[serde(default)]
    parent: String,
}

#[derive(Deserialize)]
struct Side {
    text: String,
    #[serde(default)]
    expect: Vec<Category>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Story {
    headline: String,
    text: String,
}

const HARMS: [Category; 5] = [Category::Abuse, Category::Support, Category::Call, Category::Spam, Category::Paste];

fn main() -> Result<(), Error> {
    let mut files = std::env::args().skip(1);
    let rules = read_to_string(files.next().unwrap_or_default())?;
    let rules = Rulebook::parse(&rules).map_err(|problems| Error::other(format!("{problems:?}")))?;
    let mut out = stdout().lock();
    for file in files {
        let (mut right, mut pairs) = (0, 0);
        for line in read_to_string(&file)?.lines() {
            let pair: Pair = serde_json::from_str(line)?;
            let caught = judged(&pair, &pair.caught, &rules);
            let passed = judged(&pair, &pair.passed, &rules);
            let found = weighs(&caught, &pair.caught.expect);
            let let_pass = !weighs(&passed, &HARMS) && passed.advice != Advice::Refuse;
            pairs += 1;
            right += usize::from(found && let_pass);
            if !found {
                show(&mut out, "not found", &pair.id, &pair.caught.text, &caught)?;
            }
            if !let_pass {
                show(&mut out, "not let pass", &pair.id, &pair.passed.text, &passed)?;
            }
        }
        writeln!(out, "{file}: {right} of {pairs}")?;
    }
    Ok(())
}

fn judged(pair: &Pair, side: &Side, rules: &Rulebook) -> Verdict {
    let story = StoryFacts { headline: &pair.story.headline, text: &pair.story.text, ..StoryFacts::default() };
    let facts = Facts { story, parent: &pair.parent, ..Facts::default() };
    examine(&Submission { text: &side.text, name: "" }, &facts, rules, &Models::default())
}

fn weighs(verdict: &Verdict, categories: &[Category]) -> bool {
    verdict.findings.iter().any(|finding| finding.weight > 0 && categories.contains(&finding.category))
}

fn show(out: &mut impl Write, what: &str, id: &str, text: &str, verdict: &Verdict) -> Result<(), Error> {
    writeln!(out, "{what}: {id}: {text}")?;
    for finding in &verdict.findings {
        let places: Vec<&str> = finding.ranges.iter().filter_map(|range| text.get(range.clone())).take(4).collect();
        writeln!(out, "      {} {:?} {places:?}", finding.weight, finding.reason)?;
    }
    Ok(())
}
