//! Public pages, read as somebody whom the paper does not know.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::browser::{Browser, Heard, values};
use super::ledger::{Ledger, asked_for};
use super::marks::{Marked, marks};
use super::proof::look_for_leaks;

/// Beginnings of what is not read: what is nobody's or one person's alone, and files without words.
const NOT_READ: &[&str] =
    &["/desk", "/sign-in", "/me", "/reader", "/assets", "/pictures/", "/push", "/flaggers", "/reports/"];
/// What every paper has.
const USUAL: &[&str] = &[
    "/",
    "/feed/rss",
    "/feed/atom",
    "/feed/json",
    "/comments/feed/rss",
    "/comments/feed/atom",
    "/comments/feed/json",
    "/archive",
    "/corrections",
    "/moderation-log",
    "/issues",
    "/search",
    "/robots.txt",
];
/// Searches that the paper answers in a minute, less a few.
const MOST_SEARCHES: usize = 50;
/// Pages of one story's comments.
const MOST_PAGES: usize = 200;

/// A reader without cookies, and what was read so far.
pub struct Crawl<'l> {
    ledger: &'l mut Ledger,
    reader: Browser,
    /// Addresses read.
    pub read: BTreeSet<String>,
    searches: usize,
}

impl<'l> Crawl<'l> {
    /// Nothing read yet.
    pub fn new(ledger: &'l mut Ledger, port: u16) -> Self {
        Self { ledger, reader: Browser::new(port), read: BTreeSet::new(), searches: 0 }
    }

    /// Reads an address and looks for what must not stand there; its text where it is a page.
    pub fn page(&mut self, path: &str) -> Option<(u16, String)> {
        self.read.insert(path.to_owned());
        let Heard::Whole(answer) = self.reader.get(path) else {
            self.ledger.find("a public address does not answer", path.to_owned());
            return None;
        };
        if answer.status >= 500 {
            self.ledger.find("a public address fails", format!("{path}: {}", answer.status));
        }
        let text = answer.text();
        look_for_leaks(self.ledger, path, &text);
        Some((answer.status, text))
    }

    /// Front page, feeds, archive, lists, sitemaps.
    pub fn usual(&mut self) {
        for path in USUAL {
            self.page(path);
        }
        let Some((_, index)) = self.page("/sitemap.xml") else { return };
        for part in locations(&index) {
            self.page(&part);
        }
    }

    /// All pages of a story's comments, whose count is compared when it is known how many others are public.
    pub fn story(&mut self, path: &str, others: Option<usize>) {
        let (mut next, mut shown, mut count) = (Some(path.to_owned()), BTreeSet::new(), None);
        for _ in 0..MOST_PAGES {
            let Some(address) = next.take() else { break };
            let Some((status, text)) = self.page(&address) else { return };
            if status != 200 {
                self.ledger.find("a public story does not answer", format!("{address}: {status}"));
                return;
            }
            count = count.or_else(|| Some(counted(&text)));
            shown.extend(marks(&self.ledger.word, &text).into_iter().filter_map(|mark| match mark {
                Marked::Comment(number) => Some(number),
                Marked::Story(_) => None,
            }));
            next = after(&text);
        }
        super::proof::all_shown(self.ledger, path, &shown, count.zip(others));
        self.page(&format!("{path}/comments/feed/rss"));
    }

    /// Asks the paper's search for these comments.
    pub fn search(&mut self, numbers: &[u32]) {
        for number in numbers {
            if self.searches >= MOST_SEARCHES {
                return;
            }
            self.searches += 1;
            for kind in ["comments", ""] {
                self.page(&format!("/search?q={}&in={kind}", asked_for(*number)));
            }
        }
    }

    /// Follows every link from the front page and the sitemaps, as far as so many addresses; how many are left unread.
    pub fn everything(&mut self, most: usize) -> usize {
        let mut ahead: VecDeque<String> = USUAL.iter().map(|path| (*path).to_owned()).collect();
        ahead.push_back("/sitemap.xml".to_owned());
        let mut known: BTreeSet<String> = ahead.iter().cloned().collect();
        let mut times = BTreeMap::<&str, usize>::new();
        let mut read = 0;
        while let Some(path) = ahead.pop_front() {
            if read >= most {
                return ahead.len() + 1;
            }
            read += 1;
            let Some((_, text)) = self.page(&path) else { continue };
            let links = values(&text, "href", "/").into_iter().chain(locations(&text));
            for link in links {
                let link = link.split('#').next().unwrap_or_default().to_owned();
                let unread = NOT_READ.iter().any(|start| link.starts_with(start)) || link.starts_with("//");
                if unread || !is_worth_reading(&link, &mut times) || !known.insert(link.clone()) {
                    continue;
                }
                ahead.push_back(link);
            }
        }
        0
    }
}

/// Of the pages that each comment has one in twenty is read, and of searches a few.
fn is_worth_reading(link: &str, times: &mut BTreeMap<&'static str, usize>) -> bool {
    let kinds =
        [("/reply/", 20), ("/report", 20), ("/comments/", 20), ("?at=", 20), ("/search?", 40), ("/live", usize::MAX)];
    let Some((kind, each)) = kinds.into_iter().find(|(part, _)| link.contains(part)) else { return true };
    let met = times.entry(kind).or_default();
    *met += 1;
    *met % each == 1 && kind != "/live"
}

/// Paths in a sitemap.
fn locations(text: &str) -> Vec<String> {
    let inner = |rest: &str| {
        let address = rest.split("</loc>").next()?;
        let path = address.splitn(4, '/').nth(3)?;
        Some(format!("/{path}"))
    };
    text.split("<loc>").skip(1).filter_map(inner).collect()
}

/// The address of a story's next page of comments.
fn after(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("class=\"comments-next\"")?;
    values(rest.split("</p>").next()?, "href", "/").into_iter().next()
}

/// How many comments a story's page says it has; none where it says nothing.
pub fn counted(page: &str) -> usize {
    let Some((_, rest)) = page.split_once("data-count>") else { return 0 };
    let digits: String = rest.split('<').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_default()
}
