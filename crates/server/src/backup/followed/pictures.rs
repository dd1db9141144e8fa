//! Pictures that stand in the folder, kept beside the log: each once, under the name that the paper gives it and no other bytes.

use super::super::about::below;
use super::super::files;
use super::super::seal::{self, Keys, Seal};
use super::follow::Following;
use super::names::SEALED;
use anyhow::{Context, Result, anyhow};
use newsroom::Timestamp;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Store;
use store::copies::FileOfPicture;

/// The folder beside the log's.
const FOLDER: &str = "midad-log-pictures";
/// Since when which of them the paper knows no more.
const GONE: &str = "gone.json";

/// Keeps pictures that are not kept yet. `known`: those that are. Whole: all of them were looked at.
pub async fn keep(store: &Store, plan: &Arc<Following>, known: &mut HashSet<String>) -> Result<()> {
    let (mut after, mut there) = (String::new(), HashSet::new());
    loop {
        let some = store.files_in_folder(&after).await?;
        let Some(last) = some.last() else { break };
        after.clone_from(&last.key);
        let missing: Vec<String> =
            some.iter().filter(|file| !known.contains(&file.key)).map(|file| file.key.clone()).collect();
        there.extend(some.into_iter().map(|file| file.key));
        for key in missing {
            let (plan, of) = (Arc::clone(plan), key.clone());
            if tokio::task::spawn_blocking(move || take(&plan, &of)).await?? {
                known.insert(key);
            }
        }
    }
    known.retain(|key| there.contains(key));
    let plan = Arc::clone(plan);
    tokio::task::spawn_blocking(move || take_away(&plan, &there)).await?
}

/// Keeps one. False: it is gone already.
fn take(plan: &Following, key: &str) -> Result<bool> {
    let from = below(&plan.pictures, key).ok_or_else(|| anyhow!("{key} is no key"))?;
    let to = place(&plan.into, key, plan.seal.as_ref())?;
    if to.exists() {
        return Ok(true);
    }
    if !from.exists() {
        return Ok(false);
    }
    let named = || to.display().to_string();
    let above = to.parent().unwrap_or(&plan.into);
    files::private_folder(above).with_context(named)?;
    let part = above.join(".part");
    if part.exists() {
        std::fs::remove_file(&part).with_context(named)?;
    }
    seal::take(plan.seal.as_ref(), &from, &part).with_context(named)?;
    std::fs::rename(&part, &to).with_context(named)?;
    files::flush(above).with_context(named)?;
    Ok(true)
}

fn place(into: &Path, key: &str, seal: Option<&Seal>) -> Result<PathBuf> {
    let key = if seal.is_some() { format!("{key}{SEALED}") } else { key.to_owned() };
    below(&into.join(FOLDER), &key).ok_or_else(|| anyhow!("{key} is no key"))
}

/// Takes away what the paper has not known for as many days as one can go back.
fn take_away(plan: &Following, there: &HashSet<String>) -> Result<()> {
    let folder = plan.into.join(FOLDER);
    if !folder.exists() {
        return Ok(());
    }
    let list = folder.join(GONE);
    let before: BTreeMap<String, Timestamp> =
        std::fs::read(&list).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
    let now = Timestamp::now();
    let mut gone = BTreeMap::new();
    for key in kept(&folder)? {
        let plain = key.strip_suffix(SEALED).unwrap_or(&key);
        if there.contains(plain) {
            continue;
        }
        let since = before.get(&key).copied().unwrap_or(now);
        if now.duration_since(since).as_hours() > 24 * i64::from(plan.days + 1) {
            std::fs::remove_file(folder.join(&key)).with_context(|| key.clone())?;
        } else {
            gone.insert(key, since);
        }
    }
    if gone != before {
        let part = folder.join(".gone");
        std::fs::write(&part, serde_json::to_vec(&gone)?)?;
        std::fs::rename(part, list)?;
    }
    Ok(())
}

/// The places of all that are kept.
fn kept(folder: &Path) -> Result<Vec<String>> {
    let (mut all, mut left) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = left.pop() {
        for inside in std::fs::read_dir(&next)? {
            let path = inside?.path();
            if path.is_dir() {
                left.push(path);
            } else if let Ok(key) = path.strip_prefix(folder)
                && key.components().count() > 1
                && !key.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
            {
                all.push(key.to_string_lossy().into_owned());
            }
        }
    }
    Ok(all)
}

/// Puts a picture back; false where it was never kept. Other bytes than the paper knows are an error.
pub fn bring(from: &Path, file: &FileOfPicture, pictures: &Path, keys: Option<&Keys>) -> Result<bool> {
    let to = below(pictures, &file.key).ok_or_else(|| anyhow!("{} is no key", file.key))?;
    let named = || to.display().to_string();
    let plain = from.join(FOLDER).join(&file.key);
    let sealed = from.join(FOLDER).join(format!("{}{SEALED}", file.key));
    if to.exists() || !(plain.exists() || sealed.exists()) {
        return Ok(to.exists());
    }
    files::private_folder(to.parent().unwrap_or(pictures)).with_context(named)?;
    let sum = match keys {
        Some(keys) if sealed.exists() => keys.open(&sealed, &to),
        _ => files::copy(&plain, &to),
    };
    let sum = sum.with_context(named)?;
    anyhow::ensure!(sum.sha256 == file.sha256, "{}: other bytes than the paper knows", file.key);
    Ok(true)
}
