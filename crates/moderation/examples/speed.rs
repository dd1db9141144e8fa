//! How long the engine takes, all phases and heads, on one core: the median and the worst of comments in files of JSON lines
//! (`text`), and texts of 64 KiB of many shapes, with the step that took longest.
//!
//! ```text
//! cargo run --release -p moderation --example speed -- fixtures/comments/*.jsonl
//! ```
//!
//! With `--steps` every step of every shape is told; with `--verdicts` nothing is timed, and a number for every verdict is
//! printed: two versions of the engine can be compared by them.

use moderation::phases::examine_step_by_step;
use moderation::{Alike, Facts, Models, Origin, Rulebook, StoryFacts, Submission, Verdict, examine};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::{Error, Write, stdout};
use std::time::{Duration, Instant};

#[derive(Deserialize)]
struct Comment {
    text: String,
}

/// A text of this size is to be examined within 20 ms.
const LONG: usize = 64 * 1024;

/// Scraps that are repeated until the text is long enough.
const SHAPES: &[(&str, &str)] = &[
    ("one word", "ترام "),
    ("one insult", "يا غبي "),
    ("insults of many kinds", "يا غبي، أنت حمار وكلب. اخرس يا تافه! "),
    ("one letter", "ا"),
    ("letters apart", "ا ب ت "),
    ("marks on letters", "حَافِلَةٌ مُتَأَخِّرَةٌ "),
    ("only marks", "\u{64e}\u{651}\u{64b}"),
    ("one letter under marks", "ع\u{64e}\u{651}\u{64b}\u{670}\u{64f}"),
    ("tatweel", "ـ"),
    ("formulas", "سبحان الله العظيم "),
    ("a call and a curse", "اقتلوهم جميعا لعنة الله عليهم. "),
    ("people and contempt", "اللاجئين كلهم لصوص، اطردوهم من هنا! "),
    ("quotation marks", "«»\""),
    ("quoted words", "«قال» \"غبي\" “هو” "),
    ("open quotations", "« غبي "),
    ("brackets", "(نصرها الرب) ﴿ن﴾ [12] "),
    ("full stops", ". "),
    ("sentences of a word", "لا. نعم! متى؟ "),
    ("lines of a word", "نعم\n"),
    ("empty lines", "\n"),
    ("addresses", "https://example.org/a?b=c "),
    ("bare hosts", "a.com "),
    ("hosts glued together", "a.com/"),
    ("video addresses", "youtu.be/abc_DEF-123"),
    ("full stops in words", "ا.ب.ت."),
    ("mail and handles", "@huda a@b.co "),
    ("telephones", "0555 123 456 "),
    ("digits", "7"),
    ("Arabic digits apart", "٧ ٨ "),
    ("prices", "قرض 300 درهم واتساب 0555123456 "),
    ("English", "the tram is late again, and nobody at the town hall seems to care about it. "),
    ("French", "le tramway est encore en retard, et la mairie n’y répond même pas. C'est déjà arrivé. "),
    ("Arabizi", "ya 7mar wach had l3jeb, 3lach ma kaynch tram? "),
    ("keys pressed", "قغفعهخت ضصثقفغع sdfghjkl "),
    ("families", "👨‍👩‍👧‍👦"),
    ("flags", "🇲🇦🇫🇷"),
    ("pictures", "😀👍🏽❤️ "),
    ("mixed alphabets", "сpam сlub مدlد "),
    ("Chinese", "电车又晚点了"),
    ("Hindi", "ट्राम फिर देर से आई "),
    ("presentation forms", "ﺍﻟﺤﺎﻓﻠﺔ ﻣﺘﺄﺧﺮﺓ "),
    ("signs of direction", "\u{202b}\u{200f}\u{2067}"),
    ("hidden letters", "غ\u{200b}ب\u{200c}ي "),
    ("page furniture", "&nbsp;<p>اقرأ أيضا المصدر: © "),
];

/// Invented news, for the shape that is most common.
const PROSE: &str = "وصلت الحافلة الأولى إلى المحطة الجديدة صباح الأحد، وكان في انتظارها عشرات من سكان الحي. قال سائقها إن الطريق \
    أقصر مما ظنّ، وإن الركاب سألوه عن ثمن التذكرة أكثر مما سألوه عن الوقت! أما رئيس البلدية فوعد بأن يعود الخط إلى العمل ليلا قبل نهاية \
    الشهر، لكنّ أحدا لم يصدّقه. «سمعنا هذا من قبل»، قالت سيدة تحمل سلة خضار، ثم ضحكت ومضت. هل يتغيّر شيء؟ لا أعرف. المدرسة بعيدة، \
    والرصيف ضيّق، والمقاعد قليلة، وفي الشتاء يقف الأطفال تحت المطر نصف ساعة كاملة. كتبنا إلى الإدارة ثلاث مرات ولم يجبنا أحد حتى الآن. ";

fn main() -> Result<(), Error> {
    let (flags, files): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|one| one.starts_with("--"));
    let has = |flag: &str| flags.iter().any(|one| one == flag);
    let mut comments: Vec<String> = Vec::new();
    for file in files {
        let lines = std::fs::read_to_string(file)?;
        comments.extend(lines.lines().filter_map(|line| serde_json::from_str::<Comment>(line).ok()).map(|c| c.text));
    }
    if has("--verdicts") {
        return print_verdicts(&comments);
    }
    let mut out = stdout().lock();
    let started = Instant::now();
    let rulebook = Rulebook::default();
    writeln!(out, "the rulebook: {:.1} ms once", millis(started.elapsed()))?;
    let (models, facts) = (Models::shipped(), Facts::default());
    if !comments.is_empty() {
        let letters: usize = comments.iter().map(|text| text.chars().count()).sum();
        let once = |text: &String| best_of(9, || drop(black_box(examine(&sent(text), &facts, &rulebook, &models))));
        let mut times: Vec<Duration> = comments.iter().map(once).collect();
        times.sort_unstable();
        let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
        let (median, worst) = (millis(median) * 1_000.0, millis(worst) * 1_000.0);
        let (count, letters) = (comments.len(), letters / comments.len());
        writeln!(out, "{count} comments of {letters} letters: median {median:.0} µs, worst {worst:.0} µs")?;
    }
    for (name, text) in shapes() {
        table(&mut out, &name, &text, &facts, &rulebook, &models, has("--steps"))?;
    }
    let prose = long(PROSE);
    let texts = known(&prose);
    table(&mut out, "prose beside known texts", &prose, &around(&prose, &texts), &rulebook, &models, has("--steps"))
}

fn shapes() -> Vec<(String, String)> {
    let scraps = SHAPES.iter().map(|(name, scrap)| ((*name).to_owned(), long(scrap)));
    let mixed = [("prose".to_owned(), long(PROSE)), ("random Arabic".to_owned(), random())];
    mixed.into_iter().chain(scraps).collect()
}

/// The scrap until it is long.
fn long(scrap: &str) -> String {
    let mut text: String = scrap.repeat(LONG.div_ceil(scrap.len()));
    text.truncate(text.floor_char_boundary(LONG));
    text
}

/// Signs of the Arabic block, of Latin and of punctuation without order, the same in every run.
fn random() -> String {
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 16
    };
    let mut text = String::new();
    while text.len() < LONG {
        text.push(match next() % 12 {
            0 | 1 => ' ',
            2 => char::from_u32(0x20 + next() % 0x60).unwrap_or(' '),
            3 => char::from_u32(0x64B + next() % 0x10).unwrap_or(' '),
            _ => char::from_u32(0x620 + next() % 0x2B).unwrap_or(' '),
        });
    }
    text.truncate(text.floor_char_boundary(LONG));
    text
}

/// Eight texts of 8 KiB, as the store hands them in.
fn known(prose: &str) -> Vec<String> {
    let cut = |from: usize| {
        let from = prose.floor_char_boundary(from);
        prose[from..prose.floor_char_boundary(from + 8 * 1024)].to_owned()
    };
    (0..8).map(|number| cut(number * 7_001)).collect()
}

fn around<'a>(prose: &'a str, texts: &'a [String]) -> Facts<'a> {
    let alike: Vec<Alike<'a>> = texts.iter().map(|text| Alike { origin: Origin::Refused, title: "", text }).collect();
    let story = StoryFacts { text: &prose[..prose.floor_char_boundary(8 * 1024)], ..StoryFacts::default() };
    Facts { story, parent: texts.first().map_or("", String::as_str), alike: alike.leak(), ..Facts::default() }
}

/// One line for a shape, and with `steps` one for each step of it.
fn table(
    out: &mut impl Write,
    name: &str,
    text: &str,
    facts: &Facts<'_>,
    rulebook: &Rulebook,
    models: &Models,
    steps: bool,
) -> Result<(), Error> {
    let mut best: BTreeMap<&'static str, Duration> = BTreeMap::new();
    let whole = best_of(7, || {
        let mut before = Instant::now();
        let verdict = examine_step_by_step(&sent(black_box(text)), facts, rulebook, models, |step| {
            let now = Instant::now();
            let took = best.entry(step).or_insert(Duration::MAX);
            *took = (*took).min(now - before);
            before = now;
        });
        drop(black_box(verdict));
    });
    let mut order: Vec<(&str, Duration)> = best.into_iter().collect();
    order.sort_unstable_by_key(|(_, took)| std::cmp::Reverse(*took));
    let told = order.iter().take(if steps { order.len() } else { 3 });
    let told: Vec<String> = told.map(|(step, took)| format!("{step} {:.1}", millis(*took))).collect();
    let over = if whole > Duration::from_millis(20) { "  OVER" } else { "" };
    writeln!(out, "{name:<28}{:>7.1} ms{over}   ({})", millis(whole), told.join(", "))
}

/// A number for each verdict, so that two versions can be compared.
fn print_verdicts(comments: &[String]) -> Result<(), Error> {
    let (rulebook, models, mut out) = (Rulebook::default(), Models::shipped(), stdout().lock());
    let prose = long(PROSE);
    let texts = known(&prose);
    let beside = around(&prose, &texts);
    let shapes = shapes();
    for text in comments.iter().chain(shapes.iter().map(|(_, text)| text)) {
        for facts in [&Facts::default(), &beside] {
            let verdict: Verdict = examine(&sent(text), facts, &rulebook, &models);
            let told = format!("{verdict:?}");
            let number = told
                .bytes()
                .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
            writeln!(out, "{number:016x} {:?} {}", verdict.advice, verdict.findings.len())?;
        }
    }
    Ok(())
}

fn sent(text: &str) -> Submission<'_> {
    Submission { text, name: "" }
}

fn best_of(times: u32, mut run: impl FnMut()) -> Duration {
    let mut once = || {
        let started = Instant::now();
        run();
        started.elapsed()
    };
    (0..times).map(|_| once()).min().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
