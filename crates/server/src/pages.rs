//! Pages that are no stories, from the command line; and those that a fresh paper is given.

use crate::commands::text;
use crate::serve::open;
use crate::settings::Settings;
use crate::upkeep::print;
use anyhow::{Context, Result, anyhow};
use clap::ArgMatches;
use include_dir::{Dir, include_dir};
use newsroom::Timestamp;
use newsroom::page::{PageFile, PageProblem, PageText};
use newsroom::people::Actor;
use newsroom::slug::Slug;
use store::Store;
use web::{App, Words};

/// `LANGUAGE/SLUG.txt`, in the form of `midad page show`.
static FIRST_PAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/first-pages");
/// Stands for the paper's name in them.
const PAPER: &str = "{paper}";

/// Puts in those of the four pages that are not there, in the paper's language. A page that stands is never touched.
pub async fn put_first(app: &App, now: Timestamp) -> Result<()> {
    let language = app.paper.writing.language.tag();
    let there = app.store.pages().await?;
    for file in FIRST_PAGES.get_dir(language).context("the first pages")?.files() {
        let slug =
            file.path().file_stem().and_then(|name| name.to_str()).and_then(Slug::of).context("a page's name")?;
        if there.iter().any(|(other, _)| other == slug.as_str()) {
            continue;
        }
        let words = file.contents_utf8().context("a page's words")?.replace(PAPER, &app.paper.name);
        let read = PageFile::read(&words);
        let page = PageText::new(read.title.unwrap_or_default(), read.text);
        let page = page.map_err(|problems| anyhow!("{slug}: {problems:?}"))?;
        app.store.put_page(&slug, &page, Actor::Program, now).await?;
    }
    Ok(())
}

/// Lists the pages, prints one, or gives one its text.
pub async fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let store = open(settings, t).await?;
    match asked.subcommand() {
        Some(("show", asked)) => show(&store, text(asked, "slug"), t).await,
        Some(("set", asked)) => set(&store, asked, t).await,
        _ => list(&store, t).await,
    }
}

async fn list(store: &Store, t: &Words) -> Result<()> {
    let pages = store.pages().await?;
    if pages.is_empty() {
        print(&t.s("cli.page.none"));
    }
    for (slug, title) in pages {
        print(&format!("{slug}\t{title}"));
    }
    Ok(())
}

async fn show(store: &Store, slug: &str, t: &Words) -> Result<()> {
    let page = store.page(slug).await?.ok_or_else(|| anyhow!(t.with("cli.page.unknown", 1, &[("slug", slug)])))?;
    print(&PageFile::write(&page.title, &page.body));
    Ok(())
}

/// The title is what `--title` says, else what the file says, else what it was.
async fn set(store: &Store, asked: &ArgMatches, t: &Words) -> Result<()> {
    let (typed, file) = (text(asked, "slug"), text(asked, "file"));
    let slug = Slug::new(typed).map_err(|instead| anyhow!(bad_slug(instead, t)))?;
    let words = std::fs::read_to_string(file).with_context(|| t.with("cli.page.unreadable", 1, &[("file", file)]))?;
    let read = PageFile::read(&words);
    let said = asked.get_one::<String>("title").map(String::as_str).or(read.title);
    let title = match said {
        Some(title) => title.to_owned(),
        None => store.page(slug.as_str()).await?.map(|page| page.title).unwrap_or_default(),
    };
    let page =
        PageText::new(&title, read.text).map_err(|problems| anyhow!(in_words(&problems, file, read.above, t)))?;
    let changed = store.set_page(&slug, &page, Actor::Program, Timestamp::now()).await?;
    let key = if changed.is_some() { "cli.page.kept" } else { "cli.page.there" };
    print(&t.with(key, 1, &[("slug", slug.as_str()), ("title", &page.title)]));
    Ok(())
}

fn bad_slug(instead: Option<Slug>, t: &Words) -> String {
    match instead {
        Some(slug) => t.with("section.slug-signs-try", 1, &[("slug", slug.as_str())]),
        None => t.s("section.slug-signs"),
    }
}

/// Each problem on a line of its own, with the file and its line.
fn in_words(problems: &[PageProblem], file: &str, above: usize, t: &Words) -> String {
    let one = |problem: &PageProblem| match problem.line() {
        Some(line) => {
            format!("{file}:{}: {}", line + above, t.with(problem.key(), 1, &[("line", &t.number(line + above))]))
        }
        None => format!("{file}: {}", t.s(problem.key())),
    };
    problems.iter().map(one).collect::<Vec<_>>().join("\n")
}
