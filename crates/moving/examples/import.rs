//! How long a move takes: an invented paper of so many stories and comments, written as an export of WordPress while it is
//! read, comes into an empty one. Prints one line of JSON: seconds and the most memory that it took.
#![allow(clippy::print_stdout, reason = "its answer is what it prints")]

use moderation::{Models, Rulebook};
use moving::old::{BringOptions, OldFile, bring};
use moving::wxr::Wxr;
use newsroom::Timestamp;
use newsroom::profile::Language;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Read;
use std::path::PathBuf;
use std::time::Instant;
use store::{Place, Store};

const USAGE: &str = "import FOLDER-OR-POSTGRES STORIES COMMENTS released|held";
/// Words out of which stories are made.
const WORDS: [&str; 24] = [
    "وصلت",
    "السفينة",
    "إلى",
    "الميناء",
    "صباح",
    "اليوم",
    "وقال",
    "المدير",
    "إن",
    "العمل",
    "في",
    "السوق",
    "مستمر",
    "منذ",
    "أسبوع",
    "على",
    "الطريق",
    "الجديد",
    "بين",
    "المدينة",
    "والقرية",
    "وزار",
    "التلاميذ",
    "المتحف",
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [place, stories, comments, how] = &words[..] else { return Err(USAGE.into()) };
    let (stories, comments): (u64, u64) = (stories.parse()?, comments.parse()?);
    let place = if place.starts_with("postgres") {
        Place::Postgres(place.clone())
    } else {
        Place::Folder(PathBuf::from(place))
    };
    let store = Store::open(&place).await?;
    let file = OldFile::new("invented.xml", stories, move || {
        Ok(Box::new(Written::new(stories, comments)) as Box<dyn Read + Send>)
    });
    let options = BringOptions {
        dry_run: false,
        publish: true,
        release_approved: how == "released",
        section: None,
        language: Language::Ar,
        rulebook: Rulebook::default(),
        models: Models::shipped(),
        files: None,
        fetch: None,
        why: "measured".to_owned(),
    };
    let begun = Instant::now();
    let report = bring(&store, &Wxr::new(vec![file], Vec::new()), &options, Timestamp::now(), &mut |_| {}).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let agrees = report.problems().is_empty();
    println!(
        "{{\"stories\":{},\"comments\":{},\"seconds\":{seconds:.1},\"most_memory_mb\":{},\"agrees\":{agrees}}}",
        report.stories.public,
        report.comments.public + report.comments.inside,
        most_memory_mb()
    );
    store.close().await;
    Ok(())
}

/// The most memory that this process has had, in megabytes, as Linux tells it.
fn most_memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1024
}

/// The export, written as it is read.
struct Written {
    stories: u64,
    comments: u64,
    next: u64,
    bytes: Vec<u8>,
    at: usize,
}

impl Written {
    fn new(stories: u64, comments: u64) -> Self {
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

/// So many words, other ones for each seed.
fn words(seed: u64, count: u64, out: &mut String) {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for n in 0..count {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let word = WORDS[usize::try_from(state % WORDS.len() as u64).unwrap_or_default()];
        let _ = if n % 40 == 39 { write!(out, "{word}.\n\n") } else { write!(out, "{word} ") };
        if state.is_multiple_of(9) {
            let _ = write!(out, "{} ", state % 5_000);
        }
    }
}

fn item(n: u64, comments: u64) -> String {
    let (day, month, year) = (1 + n % 28, 1 + n / 28 % 12, 2005 + n / 336 % 20);
    let mut out = String::with_capacity(8_000);
    let _ = write!(out, "<item><title>خبر {n} ");
    words(n + 7, 6, &mut out);
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
