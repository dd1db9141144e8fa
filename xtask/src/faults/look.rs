//! The paper is looked at after a start: at what was touched since the last look, or at everything.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::browser::{Browser, Heard};
use super::chance::Chance;
use super::crawl::Crawl;
use super::files;
use super::house::House;
use super::ledger::{File, Kind, Ledger, Standing, State, Unsure};
use super::marks::{Marked, marks};
use super::proof::{Kept, compare};
use super::street::Touched;

/// Who looks.
pub struct Look<'h> {
    /// At which paper.
    pub house: &'h House,
    /// With the key of an editor in chief.
    pub program: Browser,
    /// The colleague who uploads: pictures that stand in no story are for the house alone.
    pub staff: Browser,
    /// Comments of others that are public on the stories of the first day.
    pub others: BTreeMap<String, usize>,
    /// Files that were looked at before.
    pub files: usize,
}

impl Look<'_> {
    /// What was touched since the last look.
    pub fn at_what_was_touched(&mut self, ledger: &mut Ledger, touched: &Touched) {
        for (visitor, numbers) in &touched.visitors {
            if visitor.is_known() {
                own_data(ledger, visitor.clone(), numbers);
            }
        }
        for number in &touched.comments {
            self.comment(ledger, *number);
        }
        for number in &touched.stories {
            self.story(ledger, *number);
        }
        for unsure in std::mem::take(&mut ledger.unsure) {
            self.unsure(ledger, unsure);
        }
        for at in self.files..ledger.files.len() {
            self.file(ledger, at);
        }
        self.files = ledger.files.len();
        let mut crawl = Crawl::new(ledger, self.house.port);
        for path in ["/", "/feed/rss", "/comments/feed/rss"] {
            crawl.page(path);
        }
        for path in &touched.paths {
            crawl.page(path);
        }
    }

    /// Everything that is kept, and the public pages where something of the run may stand.
    pub fn at_everything(&mut self, ledger: &mut Ledger, chance: &mut Chance, paths: &[String]) -> Result<()> {
        let kept = self.kept(ledger)?;
        compare(ledger, &kept);
        self.data_agree(ledger)?;
        let asked: Vec<u32> = {
            let all: Vec<u32> = ledger.comments.keys().copied().collect();
            (0..8).filter_map(|_| chance.one_of(&all).copied()).collect()
        };
        let mut crawl = Crawl::new(ledger, self.house.port);
        crawl.usual();
        crawl.search(&asked);
        for path in paths {
            crawl.story(path, Some(self.others.get(path).copied().unwrap_or_default()));
        }
        Ok(())
    }

    /// Everything there is: every story, every file, every link.
    pub fn at_the_end(&mut self, ledger: &mut Ledger, chance: &mut Chance, most: usize) -> Result<(usize, usize)> {
        let mut paths: Vec<String> = ledger.comments.values().map(|comment| comment.story.clone()).collect();
        paths.sort();
        paths.dedup();
        self.at_everything(ledger, chance, &paths)?;
        for number in ledger.stories.keys().copied().collect::<Vec<_>>() {
            self.public_face(ledger, number);
        }
        for at in 0..ledger.files.len() {
            self.file(ledger, at);
        }
        let mut crawl = Crawl::new(ledger, self.house.port);
        let unread = crawl.everything(most);
        Ok((crawl.read.len(), unread))
    }

    /// The paper's own export, taken now.
    fn kept(&self, ledger: &Ledger) -> Result<Kept> {
        let file = self.house.folder.join("all.jsonl");
        self.house.must(&["export", &file.display().to_string()])?;
        let kept = Kept::read(&file, &ledger.word)?;
        std::fs::remove_file(&file).context("the export")?;
        Ok(kept)
    }

    /// `midad check` finds nothing wrong.
    pub fn data_agree(&self, ledger: &mut Ledger) -> Result<()> {
        let ran = self.house.run(&["check"])?;
        if !ran.status.success() {
            ledger.find("`midad check` disagrees", ran.err.trim().to_owned());
        }
        // Elsewhere no run lasts so long that anything is sealed.
        let audit = if self.house.clock.is_some() { Some(self.house.run(&["check", "--audit"])?) } else { None };
        if let Some(audit) = audit.filter(|audit| !audit.status.success()) {
            ledger.find("`midad check --audit` disagrees", audit.err.trim().to_owned());
        }
        Ok(())
    }

    /// One comment, as the house's API shows it.
    fn comment(&mut self, ledger: &mut Ledger, number: u32) {
        let Some((story, comment)) = ledger.comments.get(&number).and_then(|comment| comment.ids.clone()) else {
            return;
        };
        let Heard::Whole(answer) = self.program.get(&format!("/api/v1/queue/{story}/{comment}")) else {
            return ledger.find("the API does not answer", format!("comment {number}"));
        };
        let (state, word) = (answer.json()["state"].as_str().map(str::to_owned), ledger.word.clone());
        if answer.status == 200 && !marks(&word, &answer.text()).contains(&Marked::Comment(number)) {
            ledger.find("other words than those sent", format!("comment {number}: {}", answer.text()));
        }
        match (answer.status, state) {
            (200, Some(state)) => ledger.settle_comment(number, State::named(&state)),
            (404, _) => ledger.settle_comment(number, None),
            (status, _) => ledger.find("the API does not answer", format!("comment {number}: {status}")),
        }
    }

    /// One story, as the house's API shows it, and its public face.
    fn story(&mut self, ledger: &mut Ledger, number: u32) {
        if let Some(id) = ledger.stories.get(&number).and_then(|story| story.id.clone()) {
            let Heard::Whole(answer) = self.program.get(&format!("/api/v1/stories/{id}")) else {
                return ledger.find("the API does not answer", format!("story {number}"));
            };
            let said = answer.json();
            match (answer.status, said["state"].as_str()) {
                (200, Some(state)) => ledger.settle_story(number, Standing::named(state)),
                (404, _) => ledger.settle_story(number, None),
                (status, _) => ledger.find("the API does not answer", format!("story {number}: {status}")),
            }
            if let Some(story) = ledger.stories.get_mut(&number) {
                story.note(&said);
            }
        }
        self.public_face(ledger, number);
    }

    /// Whoever asks for a story's address is answered as it stands.
    fn public_face(&self, ledger: &mut Ledger, number: u32) {
        let Some(story) = ledger.stories.get(&number) else { return };
        let (Some(path), Some(standing)) = (story.path.clone(), story.fate.exactly()) else { return };
        let mark = ledger.of_story(number);
        let Heard::Whole(answer) = Browser::new(self.house.port).get(&path) else {
            return ledger.find("a public address does not answer", path);
        };
        let shown = answer.text().contains(&mark);
        let fits = match standing {
            Standing::Public => answer.status == 200 && shown,
            Standing::Withdrawn => answer.status == 410 && !shown,
            Standing::Draft => answer.status == 404 && !shown,
        };
        if !fits {
            let text =
                format!("story {mark}, {standing:?}, at {path}: {}, its words are there: {shown}", answer.status);
            ledger.find("an address does not answer as its story stands", text);
        }
    }

    /// Whether a file came in whose upload was never answered; where it did, it is one like all others.
    fn unsure(&mut self, ledger: &mut Ledger, unsure: Unsure) {
        match unsure {
            Unsure::Picture(bytes) => {
                let Heard::Whole(answer) = self.staff.upload("/desk/pictures", &[], "bruit.png", &bytes) else {
                    return ledger.find("the desk does not answer", "a picture sent again".to_owned());
                };
                let said = answer.json();
                let outcome = said["files"][0]["outcome"].as_str().unwrap_or_default();
                if !["picture.kept", "picture.known"].contains(&outcome) {
                    ledger.find("refused without a reason", format!("a picture sent again: {}", answer.text()));
                }
                ledger.came_out(Kind::Picture, outcome == "picture.known");
                let path = said["picture"]["src"].as_str().unwrap_or_default().to_owned();
                ledger.files.push(File { path, print: None });
            }
            Unsure::Issue(file) => {
                let heard = self.staff.get(&file.path);
                let there = matches!(heard, Heard::Whole(answer) if answer.status == 200);
                ledger.came_out(Kind::Issue, there);
                if there {
                    ledger.files.push(file);
                }
            }
        }
    }

    /// A picture or an issue, byte by byte.
    fn file(&mut self, ledger: &mut Ledger, at: usize) {
        let file = ledger.files[at].clone();
        let Heard::Whole(answer) = self.staff.get(&file.path) else {
            return ledger.find("a public address does not answer", file.path);
        };
        let print = files::print(&answer.body);
        match (answer.status, &file.print) {
            (200, None) => ledger.files[at].print = Some(print),
            (200, Some(known)) if *known == print => {}
            (200, Some(_)) => ledger.find("other bytes than before", file.path),
            (status, _) => ledger.find("acknowledged and lost", format!("{}: {status}", file.path)),
        }
    }
}

/// What a visitor is told of the own comments.
fn own_data(ledger: &mut Ledger, mut visitor: Browser, numbers: &[u32]) {
    let Heard::Whole(answer) = visitor.get("/me/data.json") else {
        return ledger.find("the own data do not answer", format!("{numbers:?}"));
    };
    let said = answer.json();
    let comments = said["comments"].as_array().cloned().unwrap_or_default();
    for number in numbers {
        let text = ledger.comments.get(number).map(|comment| comment.text.clone()).unwrap_or_default();
        let rows: Vec<_> = comments.iter().filter(|row| row["text"].as_str() == Some(&text)).collect();
        if rows.len() > 1 {
            let mark = ledger.of_comment(*number);
            ledger.find("there more than once", format!("comment {mark} in its author's data: {} times", rows.len()));
        }
        let state = rows.first().and_then(|row| row["state"].as_str()).and_then(State::named);
        ledger.settle_comment(*number, state);
    }
}
