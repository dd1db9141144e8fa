//! A paper on which people can begin: the invented newspaper, and its staff signed in.

use anyhow::{Context, Result, ensure};

use super::Asked;
use super::browser::{Browser, Heard, values};
use super::house::House;
use super::moderator::Moderator;

/// Stories of the first day under which people comment.
const FIRST_STORIES: usize = 6;
const SCOPES: &[&str] = &["stories:read", "stories:write", "comments:read", "comments:moderate"];

/// The staff, signed in.
pub struct Staff {
    /// Who rules on comments.
    pub moderator: Moderator,
    /// Who uploads pictures and printed issues.
    pub uploads: Browser,
    /// An editor's program, with the house's key.
    pub program: Browser,
    /// The short id of a section.
    pub section: String,
    /// The moderator's name.
    pub name: String,
    /// The owner's, who uploads.
    pub owner: String,
}

impl Staff {
    /// Those of the demo, on a paper that is served.
    pub fn of(asked: &Asked, house: &House) -> Result<Self> {
        let people = std::fs::read_to_string(asked.root.join("fixtures/staff.txt")).context("fixtures/staff.txt")?;
        let named = |role: &str| {
            let mut lines = people.lines().filter_map(|line| line.split_once(" | "));
            let found = lines.find(|(of, _)| of.trim() == role).map(|(_, name)| name.trim().to_owned());
            found.context("somebody has this role")
        };
        let (owner, name) = (named("owner")?, named("moderator")?);
        let mut words = vec!["api-key", "add", "faults", "--per-minute", "6000", "--for", &owner];
        SCOPES.iter().for_each(|scope| words.extend(["--scope", scope]));
        let said = house.must(&words)?;
        let key = said.split_whitespace().find(|word| word.starts_with("midad_")).context("no key was told")?;
        let mut program = Browser::with_key(house.port, key);
        let Heard::Whole(sections) = program.get("/api/v1/sections") else { anyhow::bail!("the API does not answer") };
        let section = sections.json()[0]["id"].as_str().context("the paper has no section")?.to_owned();
        let (moderator, uploads) = (Moderator::new(signed_in(house, &name)?), signed_in(house, &owner)?);
        Ok(Self { moderator, uploads, program, section, name, owner })
    }
}

/// A browser in which somebody has just signed in.
pub fn signed_in(house: &House, name: &str) -> Result<Browser> {
    let said = house.must(&["staff", "link", name])?;
    let token = said.split("/sign-in/").nth(1).and_then(|rest| rest.split_whitespace().next());
    let mut browser = Browser::new(house.port);
    let heard = browser.send(&format!("/sign-in/{}", token.context("no link was told")?), &[]);
    ensure!(matches!(&heard, Heard::Whole(answer) if answer.status == 303), "nobody was signed in: {heard:?}");
    Ok(browser)
}

/// Paths of stories on the front page under which comments are taken.
pub fn open_stories(port: u16) -> Result<Vec<String>> {
    let mut reader = Browser::new(port);
    let Heard::Whole(front) = reader.get("/") else { anyhow::bail!("the front page does not answer") };
    let mut open = Vec::new();
    for path in values(&front.text(), "href", "/stories/") {
        let takes = matches!(reader.get(&path), Heard::Whole(story) if story.text().contains("id=\"comment-form\""));
        if takes && open.len() < FIRST_STORIES {
            open.push(path);
        }
    }
    ensure!(!open.is_empty(), "no story of the front page takes comments");
    Ok(open)
}
