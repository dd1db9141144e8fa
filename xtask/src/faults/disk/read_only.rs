//! A folder that cannot be written.

use std::path::Path;

use anyhow::Result;

use super::super::browser::Browser;
use super::super::house::{House, Place};
use super::{Is, Line, Mounted, copy, mount, open_story, read, refusal};

/// The paper is started on a folder that is mounted read-only: it serves reading, or says in words why it does not start.
pub fn read_only(house: &House, paper: &Path) -> Result<Vec<Line>> {
    let folder = house.folder.join("read-only");
    copy(paper, &folder)?;
    let here = folder.display().to_string();
    let mounted = Mounted::new(&["--bind", &here], &folder).and_then(|mounted| {
        mount(&["-o", "remount,ro,bind"], &folder)?;
        Ok(mounted)
    });
    let _mounted = match mounted {
        Ok(mounted) => mounted,
        Err(why) => return Ok(vec![Line::new("a read-only folder", format!("NOT RUN: {why:#}"), Is::NotRun)]),
    };
    let house = house.on(Place::Folder(folder), crate::bench::free_port()?);
    let mut lines = Vec::new();
    match house.open("serve") {
        Ok((served, _)) => {
            let story = open_story(house.port)?;
            let (answered, asked) = read(house.port, &story);
            lines.push(Line::good_when(
                answered == asked,
                "a read-only folder: reading",
                format!("{answered} of {asked} pages answered"),
            ));
            let mut visitor = Browser::new(house.port);
            let heard = super::comment(&mut visitor, &story, "Des mots qui ne doivent pas se perdre.");
            lines.push(refusal("a read-only folder: a comment", heard));
            served.kill();
        }
        Err(why) => {
            let said = why.to_string();
            let short = said.split_once("ends so: ").map_or(said.as_str(), |(_, last)| last).replace('|', "/");
            lines.push(Line::new("a read-only folder: a start", format!("refused: {short}"), Is::Poor));
        }
    }
    let panics = house.panics();
    lines.push(Line::good_when(panics.is_empty(), "a read-only folder: panics", panics.len().to_string()));
    Ok(lines)
}
