//! Whatever the file holds, reading does not fail and every line goes to exactly one place.
#![allow(clippy::expect_used, missing_docs)] // a test that cannot go on says why

use moving::page::{Part, SavedPage, decode, read};
use std::collections::BTreeMap;

/// A small generator of pages: no two runs differ (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (n as u64)).expect("small")
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const LINES: [&str; 34] = [
    "",
    "",
    "",
    " ",
    "\t",
    "\u{A0}",
    "  \u{A0}",
    "    \u{A0}",
    "\u{200F}",
    "عنوان",
    "فقرة طويلة بعض الشيء",
    "فقرة.",
    "قال: «نعم».",
    "IMG_1234-1300x866",
    "  صورة.jpg",
    "هدى سالم للضفة",
    "هدى سالم لـ«الضفة»",
    "أضف تعليق",
    "  اترك تعليقا",
    "الاسم",
    "الموقع، إرسال",
    "تعليقات الزوار",
    "التعليقات (3)",
    "  1. هدى",
    "  ٢. سالم",
    "  2.",
    "\t3. ليلى",
    "1. قارئ",
    "    نص التعليق",
    "    1. أولا",
    "\t\tنص",
    "      أعمق",
    "تذييل",
    "\u{FEFF}بداية",
];
const ENDS: [&str; 3] = ["\n", "\r\n", "\r"];

fn page_by(chance: &mut Chance) -> String {
    let end = chance.pick(&ENDS);
    let lines: Vec<&str> = (0..chance.below(30)).map(|_| chance.pick(&LINES)).collect();
    lines.join(end)
}

/// The lines of the file as an outsider counts them.
fn lines_of(text: &str) -> Vec<String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n").split('\n').map(str::to_owned).collect()
}

/// How often each line was placed, and the words of the places in which it was.
fn places(page: &SavedPage) -> BTreeMap<usize, Vec<String>> {
    let mut places: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut stretches: Vec<(std::ops::Range<usize>, String)> =
        vec![(page.headline.lines.clone(), page.headline.text.clone())];
    stretches.extend(page.lead.iter().map(|lead| (lead.lines.clone(), lead.text.clone())));
    for part in &page.body {
        let (Part::Paragraph(stretch) | Part::Picture(stretch)) = part;
        stretches.push((stretch.lines.clone(), stretch.text.clone()));
    }
    stretches.extend(
        page.byline.iter().map(|byline| (byline.line..byline.line + 1, format!("{} {}", byline.name, byline.outlet))),
    );
    stretches.extend(
        page.comments.iter().map(|comment| (comment.lines.clone(), format!("{}\n{}", comment.name, comment.text))),
    );
    let dropped: BTreeMap<usize, &str> =
        page.dropped.iter().map(|dropped| (dropped.line, dropped.text.as_str())).collect();
    assert_eq!(dropped.len(), page.dropped.len(), "a line was dropped twice");
    for (lines, text) in stretches {
        for line in lines.filter(|line| !dropped.contains_key(line)) {
            places.entry(line).or_default().push(text.clone());
        }
    }
    for (line, text) in dropped {
        places.entry(line).or_default().push(text.to_owned());
    }
    places
}

fn check(text: &str) {
    let page = read(text);
    let places = places(&page);
    for (at, line) in lines_of(text).iter().enumerate() {
        let is_blank = line.chars().all(|c| matches!(c, ' ' | '\t' | '\u{B}' | '\u{C}'));
        let placed = places.get(&(at + 1)).cloned().unwrap_or_default();
        if is_blank {
            continue;
        }
        assert_eq!(placed.len(), 1, "line {} «{line}» of {text:?} is in {placed:?}", at + 1);
        // Its last word is there (a byline's in part, a long dropped line's is cut).
        let word = line.split_whitespace().last().unwrap_or_default();
        let is_cut = placed[0].ends_with('…') || page.byline.as_ref().is_some_and(|byline| byline.line == at + 1);
        let is_name_without_words = word.ends_with('.') && word.chars().next().is_some_and(char::is_numeric);
        assert!(
            is_cut || is_name_without_words || placed[0].contains(word),
            "«{word}» of line {} is not in {placed:?}",
            at + 1
        );
    }
    let last = lines_of(text).len();
    assert!(places.keys().all(|line| (1..=last).contains(line)));
    assert!(page.dropped.is_sorted_by_key(|dropped| dropped.line), "{text:?}");
    assert!(
        page.comments
            .iter()
            .enumerate()
            .all(|(at, comment)| comment.position == at + 1 && !comment.text.trim().is_empty())
    );
}

#[test]
fn every_line_of_any_page_goes_to_one_place() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    for _ in 0..20_000 {
        check(&page_by(&mut chance));
    }
}

#[test]
fn any_bytes_are_read() {
    let mut chance = Chance(0x2545_F491_4F6C_DD1D);
    for _ in 0..2_000 {
        let bytes: Vec<u8> = (0..chance.below(400)).map(|_| u8::try_from(chance.below(256)).expect("a byte")).collect();
        check(&decode(&bytes).text);
        // The same as letters of the Arabic block and line ends.
        let letters: String = bytes
            .iter()
            .map(|b| if *b < 24 { '\n' } else { char::from_u32(0x5F0 + u32::from(*b)).expect("a letter") })
            .collect();
        check(&letters);
    }
}

#[test]
fn the_saved_pages_are_accounted_for() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/saved-pages");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            check(&decode(&std::fs::read(&path).expect("the page")).text);
            read += 1;
        }
    }
    assert!(read >= 3);
}
