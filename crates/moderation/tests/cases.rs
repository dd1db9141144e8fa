//! Comments as data: what stands in `tests/cases/*.json` goes through `examine`, and what comes out must be what is
//! written there, finding by finding. Weights are looked at only where a case names one.

use moderation::{
    Advice, Alike, Facts, Finding, Models, Origin, Reason, Repeats, Rulebook, StoryFacts, Submission, examine,
};
use serde::Deserialize;
use std::{collections::BTreeMap, fs, path::Path};

/// A group that a paper's editor added.
const INVENTED: &str = r#"
[[group]]
id = "grey-dawn"
name = "كتائب الفجر الرمادي"
listed = ["a national list"]
official = ["كتائب الفجر الرمادي", "الفجر الرمادي", "Grey Dawn Brigades", "Brigades de l'Aube grise", "الفجر"]
adopted = ["أسود الفجر الرمادي"]
neutral = ["مسلحو الفجر الرمادي"]
hostile = ["عصابة الفجر الرمادي"]
homonyms = [{ name = "الفجر", needs = ["كتائب"], unless = ["صلاة"] }]
"#;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What it shows; T1 to T15 are the kinds of difficult Arabic text that the paper knows by number.
    case: String,
    text: Text,
    /// Only what differs from the rulebook as shipped.
    #[serde(default)]
    rules: BTreeMap<String, u64>,
    #[serde(default)]
    facts: Known,
    expect: Vec<Expected>,
    advice: Advice,
}

/// A text, or pieces of one; a piece may be repeated.
#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Whole(String),
    Pieces(Vec<Piece>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Piece {
    Once(String),
    Times(String, usize),
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Known {
    by_visitor: u32,
    on_story: u32,
    today: u32,
    last_minute: u32,
    last_hour: u32,
    story: String,
    headline: String,
    parent: String,
    alike: Vec<KnownText>,
    sent_on: Option<(i16, u8, u8)>,
}

/// A text that the paper knows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownText {
    origin: Origin,
    #[serde(default)]
    title: String,
    text: String,
}

#[derive(Deserialize)]
struct Expected {
    #[serde(flatten)]
    reason: Reason,
    /// The pieces of the text at which it points.
    #[serde(default)]
    at: Vec<Text>,
    weight: Option<u16>,
}

impl Text {
    fn written_out(&self) -> String {
        match self {
            Self::Whole(text) => text.clone(),
            Self::Pieces(pieces) => pieces.iter().map(Piece::written_out).collect(),
        }
    }
}

impl Piece {
    fn written_out(&self) -> String {
        match self {
            Self::Once(text) => text.clone(),
            Self::Times(text, times) => text.repeat(*times),
        }
    }
}

#[test]
fn every_case_comes_out_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let (mut seen, mut wrong) = (0, Vec::new());
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let cases: Vec<Case> = serde_json::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        seen += cases.len();
        wrong.extend(cases.iter().filter_map(|case| check(case).err()));
    }
    assert!(wrong.is_empty(), "{} of {seen} cases came out otherwise:\n\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(seen >= 80, "{seen} cases were found");
}

fn check(case: &Case) -> Result<(), String> {
    let text = case.text.written_out();
    let known = &case.facts;
    let alike: Vec<Alike<'_>> = known
        .alike
        .iter()
        .map(|known| Alike { origin: known.origin, title: &known.title, text: &known.text })
        .collect();
    let facts = Facts {
        repeats: Repeats { by_visitor: known.by_visitor, on_story: known.on_story, today: known.today },
        sent_last_minute: known.last_minute,
        sent_last_hour: known.last_hour,
        story: StoryFacts { text: &known.story, headline: &known.headline, ..StoryFacts::default() },
        parent: &known.parent,
        alike: &alike,
        today: known.sent_on,
        is_near_the_story: false,
    };
    let rules: String =
        case.rules.iter().map(|(key, limit)| format!("{} = {limit}\n", key.replace('_', "-"))).collect();
    let rules = Rulebook::parse(&format!("[limits]\n{rules}{INVENTED}"))
        .map_err(|problems| format!("{}: {problems:?}", case.case))?;
    let verdict = examine(&Submission { text: &text, name: "هدى" }, &facts, &rules, &Models::default());
    let same = verdict.findings.len() == case.expect.len()
        && verdict.findings.iter().zip(&case.expect).all(|(found, expected)| is(found, expected, &text));
    if same && verdict.advice == case.advice {
        return Ok(());
    }
    let found: Vec<_> = verdict.findings.iter().map(|finding| told(finding, &text)).collect();
    Err(format!("{}\n  advice {:?}\n  {}", case.case, verdict.advice, found.join("\n  ")))
}

fn is(found: &Finding, expected: &Expected, text: &str) -> bool {
    found.reason == expected.reason
        && found.ranges.iter().map(|range| text[range.clone()].to_owned()).eq(expected.at.iter().map(Text::written_out))
        && expected.weight.is_none_or(|weight| weight == found.weight)
}

fn told(finding: &Finding, text: &str) -> String {
    let at: Vec<_> = finding.ranges.iter().map(|range| &text[range.clone()]).collect();
    format!("{:?} {} at {at:?}", finding.reason, finding.weight)
}
