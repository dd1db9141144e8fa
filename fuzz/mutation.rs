//! Kept texts, damaged by chance that only its seed decides: cut, joined, doubled, nested, spoiled in single bits.
//!
//! The tests of several crates include this file (`#[path]`), each for what it owns: it is no crate, and has no place in their
//! line. What a target is tried with lies in `fuzz/seeds/TARGET`: those texts as they are, and then others that are
//! made of them. As a test a target is tried with a fixed number of texts, the same each time. `cargo xtask fuzz` sets
//! `MIDAD_FUZZ_SECONDS` and `MIDAD_FUZZ_SEED`, and then it goes on for so long, from that seed.
//!
//! It mutates and does not learn where to: a fuzzer that is led by coverage needs a nightly compiler.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot go on says why; what was found is printed"
)]

mod pieces;

use pieces::{AROUND, BROKEN, TOKENS};
use std::any::Any;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook, take_hook};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The seed of the normal run.
const SEED: u64 = 0x006d_6964_6164;
/// The most changes of one text.
const MOST_CHANGES: usize = 6;
/// How often a text that failed is tried again, shorter.
const MOST_TRIES: usize = 200;

/// What is tried.
pub struct Target {
    /// Its name, which is that of its folder of seeds.
    pub name: &'static str,
    /// So many texts are made in the normal run, beside the seeds.
    pub texts: usize,
    /// The longest text that is made, in bytes.
    pub longest: usize,
}

/// Tries a target: `check` panics where something does not hold of the bytes. The first text that fails is printed, shorter where
/// that still fails, and the test fails with what was said of it.
pub fn fuzz(target: &Target, mut check: impl FnMut(&[u8])) {
    let (seeds, asked) = (seeds_of(target.name), Asked::of_the_environment());
    let mut maker = Maker { chance: Chance::of(asked.seed, target.name), seeds: &seeds, longest: target.longest };
    if let Some(lasts) = asked.lasts {
        println!("fuzz {}: seed {}, {} s", target.name, asked.seed, lasts.as_secs());
    }
    let (begun, mut texts, mut bytes) = (Instant::now(), 0_usize, 0_usize);
    loop {
        let is_over = match asked.lasts {
            Some(lasts) => texts >= seeds.len() && begun.elapsed() >= lasts,
            None => texts >= seeds.len() + target.texts,
        };
        if is_over {
            break;
        }
        let text = seeds.get(texts).cloned().unwrap_or_else(|| maker.text());
        if let Err(said) = holds(&mut check, &text) {
            println!("fuzz {}: FAILED, seed {}, text {texts}, {} bytes", target.name, asked.seed, text.len());
            let short = shortened(&mut check, text, asked.lasts.is_some());
            println!("b\"{}\"", short.escape_ascii());
            println!("once it is mended, these {} bytes stay as a file in fuzz/seeds/{}", short.len(), target.name);
            resume_unwind(said);
        }
        texts += 1;
        bytes += text.len();
    }
    if asked.lasts.is_some() {
        println!("fuzz {}: {texts} texts, {bytes} bytes, nothing found", target.name);
    }
}

/// The kept texts of a target, in the order of their names.
fn seeds_of(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let entries = std::fs::read_dir(&folder).expect("a folder of seeds");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} is empty", folder.display());
    paths.iter().map(|path| std::fs::read(path).expect("a seed")).collect()
}

/// How long it is to go on, and from which seed.
struct Asked {
    /// None: as a test, for a number of texts.
    lasts: Option<Duration>,
    seed: u64,
}

impl Asked {
    fn of_the_environment() -> Self {
        let number = |name: &str| {
            let said = std::env::var(name).ok()?;
            Some(said.parse::<u64>().unwrap_or_else(|_| panic!("{name} is a number, not «{said}»")))
        };
        let lasts = number("MIDAD_FUZZ_SECONDS").map(Duration::from_secs);
        Self { lasts, seed: number("MIDAD_FUZZ_SEED").unwrap_or(SEED) }
    }
}

/// Whether what must hold does of this text; else what was said.
fn holds(check: &mut impl FnMut(&[u8]), text: &[u8]) -> Result<(), Box<dyn Any + Send>> {
    catch_unwind(AssertUnwindSafe(|| check(text)))
}

/// A shorter text that fails, too: halves of it are taken away, then quarters, and so on. Panics are told of by one hook for the
/// whole process, so it is silent only where nothing else runs.
fn shortened(check: &mut impl FnMut(&[u8]), mut text: Vec<u8>, silently: bool) -> Vec<u8> {
    let hook = silently.then(take_hook);
    if hook.is_some() {
        set_hook(Box::new(|_| {}));
    }
    let (mut size, mut tries) = (text.len().div_ceil(2), 0);
    while size > 0 && tries < MOST_TRIES {
        let mut at = 0;
        while at < text.len() && tries < MOST_TRIES {
            let end = (at + size).min(text.len());
            let rest = [&text[..at], &text[end..]].concat();
            tries += 1;
            match holds(check, &rest) {
                Ok(()) => at = end,
                Err(_) => text = rest,
            }
        }
        size /= 2;
    }
    if let Some(hook) = hook {
        set_hook(hook);
    }
    text
}

/// A row of numbers that only its seed decides (SplitMix64).
struct Chance(u64);

impl Chance {
    /// Each target has a row of its own.
    fn of(seed: u64, target: &str) -> Self {
        Self(target.bytes().fold(seed, |mixed, byte| mixed.rotate_left(7) ^ u64::from(byte)))
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one; 0 where there is none.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.draw() % end).unwrap_or_default()
    }

    /// A number from 1 on, small ones far oftener: at most two to the power of `bits`.
    fn some(&mut self, bits: usize) -> usize {
        let bits = self.below(bits + 1);
        1 + self.below(1 << bits)
    }

    fn byte(&mut self) -> u8 {
        self.draw().to_le_bytes()[0]
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// Makes texts out of others.
struct Maker<'s> {
    chance: Chance,
    seeds: &'s [Vec<u8>],
    longest: usize,
}

impl Maker<'_> {
    /// The next text.
    fn text(&mut self) -> Vec<u8> {
        let mut text = self.seed();
        for _ in 0..=self.chance.below(MOST_CHANGES) {
            self.change(&mut text);
            text.truncate(self.longest);
        }
        text
    }

    fn seed(&mut self) -> Vec<u8> {
        let at = self.chance.below(self.seeds.len());
        self.seeds[at].clone()
    }

    fn change(&mut self, text: &mut Vec<u8>) {
        match self.chance.below(12) {
            0 => self.spoil(text, |byte, chance| byte ^ (1_u8 << chance.below(8))),
            1 => self.spoil(text, |_, chance| chance.byte()),
            2 => {
                let part = self.stretch(text);
                drop(text.drain(part));
            }
            3 => {
                let part = self.stretch(text);
                let piece = text[part].to_vec();
                self.insert(text, &piece);
            }
            4..=6 => {
                let token = self.chance.one_of(TOKENS);
                self.insert(text, token.as_bytes());
            }
            7 => {
                let bytes = self.chance.one_of(BROKEN);
                self.insert(text, bytes);
            }
            8 => {
                let other = self.seed();
                let (end, from) = (self.place(text), self.place(&other));
                text.truncate(end);
                text.extend_from_slice(&other[from..]);
            }
            9 => {
                let end = self.place(text);
                text.truncate(end);
            }
            10 => self.repeat(text),
            _ => self.nest(text),
        }
    }

    fn spoil(&mut self, text: &mut [u8], how: impl Fn(u8, &mut Chance) -> u8) {
        let at = self.chance.below(text.len());
        if let Some(byte) = text.get_mut(at) {
            *byte = how(*byte, &mut self.chance);
        }
    }

    fn insert(&mut self, text: &mut Vec<u8>, piece: &[u8]) {
        let at = self.place(text);
        drop(text.splice(at..at, piece.iter().copied()));
    }

    /// A token or a part of the text, many times over.
    fn repeat(&mut self, text: &mut Vec<u8>) {
        let part = self.stretch(text);
        let piece = match self.chance.below(2) {
            0 => self.chance.one_of(TOKENS).as_bytes().to_vec(),
            _ => text[part].to_vec(),
        };
        let times = self.chance.some(12).min(self.longest / piece.len().max(1));
        self.insert(text, &piece.repeat(times));
    }

    /// A part of the text inside of something that is inside of the same again.
    fn nest(&mut self, text: &mut Vec<u8>) {
        let (part, depth) = (self.stretch(text), self.chance.some(11));
        let (open, close) = self.chance.one_of(AROUND);
        let inner = text[part.clone()].to_vec();
        let nested = [open.repeat(depth).into_bytes(), inner, close.repeat(depth).into_bytes()].concat();
        drop(text.splice(part, nested));
    }

    /// A place in a text, mostly between two signs.
    fn place(&mut self, text: &[u8]) -> usize {
        let at = self.chance.below(text.len() + 1);
        if self.chance.below(5) == 0 {
            return at;
        }
        (at..text.len()).find(|at| text[*at] & 0xc0 != 0x80).unwrap_or(text.len())
    }

    /// A part of a text, mostly a short one.
    fn stretch(&mut self, text: &[u8]) -> Range<usize> {
        let one = self.place(text);
        let other = match self.chance.below(4) {
            0 => self.place(text),
            _ => (one + self.chance.some(6)).min(text.len()),
        };
        one.min(other)..one.max(other)
    }
}
