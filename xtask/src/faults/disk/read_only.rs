//! A folder that cannot be written.

use std::path::Path;

use anyhow::Result;

use super::super::browser::Browser;
use super::super::house::{House, Place};
use super::{Is, Line, Mounted, copy, mount, open_story, read, refusal};

/// The paper is started on a folder that is mounted read-only, after a stop and after a kill: it serves reading, or says in
/// words why it does not start.
pub fn read_only(house: &House, paper: &Path) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for killed in [false, true] {
        let folder = house.folder.join(if killed { "read-only-killed" } else { "read-only" });
        copy(paper, &folder)?;
        let house = house.on(Place::Folder(folder.clone()), crate::bench::free_port()?);
        let (served, _) = house.open("serve")?;
        if killed {
            served.kill()
        } else {
            served.stop()?;
        }
        lines.extend(started_on(&house, &folder, if killed { "after a kill" } else { "after a stop" })?);
    }
    Ok(lines)
}

fn started_on(house: &House, folder: &Path, when: &str) -> Result<Vec<Line>> {
    let here = folder.display().to_string();
    let mounted = Mounted::new(&["--bind", &here], folder).and_then(|mounted| {
        mount(&["-o", "remount,ro,bind"], folder)?;
        Ok(mounted)
    });
    let _mounted = match mounted {
        Ok(mounted) => mounted,
        Err(why) => {
            return Ok(vec![Line::new(
                &format!("a read-only folder, {when}"),
                format!("NOT RUN: {why:#}"),
                Is::NotRun,
            )]);
        }
    };
    let mut lines = Vec::new();
    match house.open("serve") {
        Ok((served, _)) => {
            let story = open_story(house.port)?;
            let (answered, asked) = read(house.port, &story);
            lines.push(Line::good_when(
                answered == asked,
                &format!("a read-only folder, {when}: reading"),
                format!("{answered} of {asked} pages answered"),
            ));
            let mut visitor = Browser::new(house.port);
            let heard = super::comment(&mut visitor, &story, "Des mots qui ne doivent pas se perdre.");
            lines.push(refusal(&format!("a read-only folder, {when}: a comment"), heard));
            served.kill();
        }
        Err(why) => {
            let said = why.to_string();
            let short = said.split_once("ends so: ").map_or(said.as_str(), |(_, last)| last).replace('|', "/");
            let is_clear = short.contains("Read-only");
            lines.push(Line::new(
                &format!("a read-only folder, {when}: a start"),
                format!("refused: {short}"),
                if is_clear { Is::Good } else { Is::Poor },
            ));
        }
    }
    let panics = house.panics();
    lines.push(Line::good_when(
        panics.is_empty(),
        &format!("a read-only folder, {when}: panics"),
        panics.len().to_string(),
    ));
    Ok(lines)
}
