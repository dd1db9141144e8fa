//! An invented paper of any size. Its words are few where a language's are few and many where they are many: the word of rank
//! `r` comes in proportion to `1 / r` (Zipf's law), so that common words fill the index as they do in a real archive.
#![allow(dead_code, reason = "each example uses a part of it")]

use std::fmt::Write as _;
use std::io::Read;

/// Words of the language of this paper.
const VOCABULARY: f64 = 60_000.0;
/// The most frequent ones, as in every Arabic newspaper.
const FREQUENT: [&str; 24] = [
    "في",
    "من",
    "على",
    "إلى",
    "أن",
    "عن",
    "التي",
    "الذي",
    "مع",
    "هذا",
    "بعد",
    "بين",
    "كما",
    "قال",
    "اليوم",
    "الميناء",
    "المدينة",
    "الطريق",
    "السوق",
    "العمل",
    "المدير",
    "الجديد",
    "الوزارة",
    "المتحف",
];
/// Letters out of which the others are made, three to five of them.
const LETTERS: [char; 24] = [
    'ب', 'ت', 'ج', 'ح', 'خ', 'د', 'ر', 'ز', 'س', 'ش', 'ص', 'ض', 'ط', 'ع', 'غ', 'ف', 'ق', 'ك', 'ل', 'م', 'ن', 'ه', 'و',
    'ي',
];
/// What stands before every other word.
const BEFORE: [&str; 6] = ["", "ال", "", "وال", "", "بال"];

/// The word of this rank, from 0.
pub fn word(rank: u64) -> String {
    if let Some(word) = usize::try_from(rank).ok().and_then(|rank| FREQUENT.get(rank)) {
        return (*word).to_owned();
    }
    let mut state = rank.wrapping_mul(0xD134_2543_DE82_EF95) ^ 0x5851_F42D_4C95_7F2D;
    let mut next = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or_default() % most
    };
    let mut word = BEFORE[next(BEFORE.len())].to_owned();
    for _ in 0..3 + next(3) {
        word.push(LETTERS[next(LETTERS.len())]);
    }
    word
}

/// Ranks of words, other ones for each seed.
pub struct Ranks(u64);

impl Ranks {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `most`.
    pub fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most.max(1)
    }

    /// The rank of the next word, none of the first so many.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Ranks are small.
    pub fn next(&mut self, after: u64) -> u64 {
        let share = self.below(1 << 24) as f64 / (1 << 24) as f64;
        let first = (after + 1) as f64;
        (first * (VOCABULARY / first).powf(share)) as u64 - 1
    }
}

/// Ranks of the words of a story's headline: none of those that say nothing.
pub fn headline(n: u64) -> [u64; 6] {
    let mut ranks = Ranks::new(n + 7);
    std::array::from_fn(|_| ranks.next(15))
}

fn words(seed: u64, count: u64, out: &mut String) {
    let mut ranks = Ranks::new(seed);
    for n in 0..count {
        let word = word(ranks.next(0));
        let _ = if n % 40 == 39 { write!(out, "{word}.\n\n") } else { write!(out, "{word} ") };
        if ranks.below(60) == 0 {
            let _ = write!(out, "{} ", ranks.below(5_000));
        }
    }
}

/// The export, written as it is read.
pub struct Written {
    stories: u64,
    comments: u64,
    next: u64,
    bytes: Vec<u8>,
    at: usize,
}

impl Written {
    pub fn new(stories: u64, comments: u64) -> Self {
        let head = "<?xml version=\"1.0\"?><rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>\
             <title>المرفأ</title><wp:wxr_version>1.2</wp:wxr_version>\
             <wp:base_blog_url>https://old.example</wp:base_blog_url>\n";
        Self { stories, comments, next: 0, bytes: head.as_bytes().to_vec(), at: 0 }
    }

    /// The next story; the end after the last one.
    fn go_on(&mut self) -> bool {
        let n = self.next;
        self.next += 1;
        let text = match n {
            n if n < self.stories => item(n, self.comments / self.stories.max(1)),
            n if n == self.stories => "</channel></rss>\n".to_owned(),
            _ => return false,
        };
        (self.bytes, self.at) = (text.into_bytes(), 0);
        true
    }
}

impl Read for Written {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.bytes.len() {
            if !self.go_on() {
                return Ok(0);
            }
        }
        let some = into.len().min(self.bytes.len() - self.at);
        into[..some].copy_from_slice(&self.bytes[self.at..self.at + some]);
        self.at += some;
        Ok(some)
    }
}

fn item(n: u64, comments: u64) -> String {
    let (day, month, year) = (1 + n % 28, 1 + n / 28 % 12, 2005 + n / 336 % 20);
    let mut out = String::with_capacity(8_000);
    let _ = write!(out, "<item><title>خبر {n} ");
    for rank in headline(n) {
        let _ = write!(out, "{} ", word(rank));
    }
    let _ = write!(
        out,
        "</title><link>https://old.example/{year}/{month:02}/khabar-{n}/</link><guid>https://old.example/?p={}</guid>\
         <dc:creator>writer-{}</dc:creator><content:encoded><![CDATA[",
        n + 1,
        n % 40
    );
    words(n + 1, 320, &mut out);
    let _ = write!(
        out,
        "]]></content:encoded><wp:post_id>{}</wp:post_id><wp:post_date_gmt>{year}-{month:02}-{day:02} 09:00:00</wp:post_date_gmt>\
         <wp:comment_status>open</wp:comment_status><wp:post_name>khabar-{n}</wp:post_name><wp:status>publish</wp:status>\
         <wp:post_type>post</wp:post_type><category domain=\"category\" nicename=\"qism-{}\"><![CDATA[قسم {}]]></category>\
         <category domain=\"post_tag\" nicename=\"wasm-{}\"><![CDATA[وسم {}]]></category>",
        n + 1,
        n % 8,
        n % 8,
        n % 500,
        n % 500
    );
    for c in 0..comments {
        let id = n * 1_000 + c + 1;
        let parent = if c % 3 == 2 { id - 1 } else { 0 };
        let _ = write!(
            out,
            "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>قارئ {}</wp:comment_author>\
             <wp:comment_date_gmt>{year}-{month:02}-{day:02} 1{}:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[",
            id % 9_973,
            c % 10
        );
        words(id, 18, &mut out);
        let _ = write!(
            out,
            "]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>\
             <wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
        );
    }
    out.push_str("</item>\n");
    out
}
