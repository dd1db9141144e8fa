//! The paper as a file that WordPress's importer reads (WXR 1.2): for whoever leaves, and for whoever wants to be able to.
//!
//! Written as it is read, a page of rows at a time. What stands in it is what readers had, what is being written, and comments that
//! are released or wait; nothing of visitors, networks, colleagues, secrets or verdicts. What has no place in such a file is counted.

mod body;
mod comments;
mod item;
mod pictures;
mod stories;
mod xml;

#[cfg(test)]
mod tests;

use crate::everything::WholeError;
use item::slug_of_wordpress;
use jiff::tz::TimeZone;
use newsroom::{SectionId, Timestamp};
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use store::Store;
use xml::Xml;

/// Rows that are read at once.
const ROWS: u32 = 100;

/// What the file says of the paper.
#[derive(Debug, Clone)]
pub struct LeavingPaper {
    /// Its name.
    pub name: String,
    /// The line below it.
    pub tagline: String,
    /// Its address, without a slash at the end.
    pub address: String,
    /// Its language as a tag.
    pub language: String,
    /// Its clock.
    pub zone: TimeZone,
    /// What stands before a correction («Correction»).
    pub correction: String,
}

/// What went into the file, and what did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Departed {
    /// Stories that readers have.
    pub public: u64,
    /// Stories that were withdrawn: private there.
    pub withdrawn: u64,
    /// Drafts.
    pub drafts: u64,
    /// Pages that are no stories.
    pub pages: u64,
    /// Pictures.
    pub pictures: u64,
    /// Comments that readers have.
    pub approved: u64,
    /// Comments that wait, or whose story hides them.
    pub waiting: u64,
    /// Left out: refused comments.
    pub refused: u64,
    /// Left out: comments that their writers took back.
    pub taken_back: u64,
    /// Left out: comments that were taken down.
    pub taken_down: u64,
    /// Left out: comments under pages of other sites.
    pub elsewhere: u64,
    /// Left out: pictures that are not there or that readers are not shown.
    pub pictures_left: u64,
}

impl Departed {
    /// Names and numbers, in the order in which they are told.
    pub fn lines(&self) -> [(&'static str, u64); 12] {
        [
            ("public", self.public),
            ("withdrawn", self.withdrawn),
            ("drafts", self.drafts),
            ("pages", self.pages),
            ("pictures", self.pictures),
            ("approved", self.approved),
            ("waiting", self.waiting),
            ("refused", self.refused),
            ("taken-back", self.taken_back),
            ("taken-down", self.taken_down),
            ("elsewhere", self.elsewhere),
            ("pictures-left", self.pictures_left),
        ]
    }
}

/// Writes the file. `progress` is told how many pieces have gone out so far.
///
/// # Errors
/// [`WholeError::Store`], [`WholeError::Stream`].
pub async fn write_wxr<W: Write + Send>(
    store: &Store,
    out: &mut W,
    paper: &LeavingPaper,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Departed, WholeError> {
    let mut leaving = Leaving::new(store, out, paper);
    leaving.head().await?;
    leaving.pages().await?;
    leaving.stories(progress).await?;
    leaving.departed.elsewhere = store.comments_elsewhere().await?;
    leaving.xml.raw("</channel>\n</rss>\n")?;
    leaving.xml.flush()?;
    Ok(leaving.departed)
}

/// A file that is being written.
struct Leaving<'l, W> {
    store: &'l Store,
    paper: &'l LeavingPaper,
    xml: Xml<'l, W>,
    /// Slugs and names of sections.
    sections: HashMap<SectionId, (String, String)>,
    /// Numbers of pictures that stand in the file, by a short number of their names.
    pictures: HashMap<u64, u64>,
    /// The last number that a piece was given, and that a comment was.
    pieces: u64,
    comments: u64,
    departed: Departed,
}

impl<'l, W: Write + Send> Leaving<'l, W> {
    fn new(store: &'l Store, out: &'l mut W, paper: &'l LeavingPaper) -> Self {
        let (sections, pictures) = (HashMap::new(), HashMap::new());
        let departed = Departed::default();
        Self { store, paper, xml: Xml::new(out), sections, pictures, pieces: 0, comments: 0, departed }
    }

    fn next_piece(&mut self) -> u64 {
        self.pieces += 1;
        self.pieces
    }

    /// What stands before the pieces: the paper, its writers, sections and tags.
    async fn head(&mut self) -> Result<(), WholeError> {
        let newest = self.store.log(None, 1).await?.pop().map(|happening| happening.at);
        self.channel(newest)?;
        for (number, (login, name)) in (1_u64..).zip(self.writers().await?) {
            self.xml.raw("\t<wp:author>")?;
            self.xml.raw(&format!("<wp:author_id>{number}</wp:author_id>"))?;
            self.xml.marked("wp:author_login", &login)?;
            self.xml.marked("wp:author_email", "")?;
            self.xml.marked("wp:author_display_name", &name)?;
            self.xml.raw("</wp:author>\n")?;
        }
        let mut term = 0_u64;
        for section in self.store.sections().await? {
            term += 1;
            let slug = slug_of_wordpress(&section.slug);
            self.term(
                "category",
                term,
                [("category_nicename", &slug), ("category_parent", ""), ("cat_name", &section.name)],
            )?;
            self.sections.insert(section.id, (slug, section.name));
        }
        let mut after = String::new();
        loop {
            let tags = self.store.tags(&after, ROWS).await?;
            let Some((last, _)) = tags.last() else { return Ok(()) };
            last.clone_into(&mut after);
            for (slug, name) in &tags {
                term += 1;
                self.term(
                    "tag",
                    term,
                    [("tag_slug", &slug_of_wordpress(slug)), ("tag_name", name), ("tag_description", "")],
                )?;
            }
        }
    }

    fn channel(&mut self, newest: Option<Timestamp>) -> Result<(), WholeError> {
        self.xml.raw(concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n",
            "<!-- This is a WordPress eXtended RSS file: Tools, Import, WordPress. -->\n",
            "<rss version=\"2.0\"\n",
            "\txmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\"\n",
            "\txmlns:content=\"http://purl.org/rss/1.0/modules/content/\"\n",
            "\txmlns:wfw=\"http://wellformedweb.org/CommentAPI/\"\n",
            "\txmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n",
            "\txmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel>\n",
        ))?;
        let paper = self.paper;
        self.xml.said("title", &paper.name)?;
        self.xml.said("link", &paper.address)?;
        self.xml.said("description", &paper.tagline)?;
        if let Some(newest) = newest {
            self.xml.said("pubDate", &item::feed_time(newest))?;
        }
        self.xml.said("language", &paper.language)?;
        self.xml.said("generator", "Midad")?;
        self.xml.said("wp:wxr_version", "1.2")?;
        self.xml.said("wp:base_site_url", &paper.address)?;
        self.xml.said("wp:base_blog_url", &paper.address)
    }

    fn term(&mut self, kind: &str, number: u64, said: [(&str, &str); 3]) -> Result<(), WholeError> {
        self.xml.raw(&format!("\t<wp:{kind}><wp:term_id>{number}</wp:term_id>"))?;
        for (name, text) in said {
            self.xml.marked(&format!("wp:{name}"), text)?;
        }
        self.xml.raw(&format!("</wp:{kind}>\n"))
    }

    /// Everybody whose name stands over a story: by what a login can be, the name.
    async fn writers(&self) -> Result<BTreeMap<String, String>, WholeError> {
        let mut writers = BTreeMap::new();
        let mut after = None;
        loop {
            let stories = self.store.leaving_stories(after, ROWS).await?;
            let Some(last) = stories.last() else { return Ok(writers) };
            after = Some(last.story.id());
            for byline in stories.iter().flat_map(|one| &one.story.text().bylines) {
                writers.entry(item::login(&byline.slug)).or_insert_with(|| byline.name.clone());
            }
        }
    }
}
