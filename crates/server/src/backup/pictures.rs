//! Pictures that stand in a folder, in a backup. Their names are made once and never for other bytes, so that one which the
//! last backup has is linked from there and takes no room again. They are never linked to the paper's own folder: a copy
//! that shares its bytes with what it is a copy of is none.

use super::about::{About, Kept, PICTURES, Sum, at_of, below};
use super::make::Wanted;
use super::{files, seal};
use anyhow::{Context, Result, anyhow};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use store::copies::FileOfPicture;

/// Takes in those that are not in yet. What is not as the paper knows it is written to `wrong`.
pub fn take(wanted: &Wanted, partial: &Path, pictures: &[FileOfPicture], wrong: &mut Vec<String>) -> Result<()> {
    let last = last(wanted);
    for picture in pictures {
        let to = place(wanted, partial, picture)?;
        if to.symlink_metadata().is_ok() {
            continue;
        }
        if let Some(above) = to.parent() {
            files::private_folder(above).with_context(|| above.display().to_string())?;
        }
        if link(last.as_ref(), wanted, picture, &to) {
            continue;
        }
        let from = below(&wanted.pictures, &picture.key).ok_or_else(|| anyhow!("{} is no key", picture.key))?;
        match seal::take(wanted.seal.as_ref(), &from, &to) {
            Ok(sum) if sum.sha256 == picture.sha256 => {}
            Ok(_) => wrong.push(format!("pictures.changed: other bytes at {}", from.display())),
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => {
                wrong.push(format!("pictures.missing: {} is not there", from.display()));
            }
            Err(problem) => return Err(problem).with_context(|| from.display().to_string()),
        }
    }
    Ok(())
}

/// Takes out again what was taken in and is named no more.
pub fn leave_out_others(wanted: &Wanted, partial: &Path, pictures: &[FileOfPicture]) -> Result<()> {
    let named = pictures.iter().map(|picture| place(wanted, partial, picture)).collect::<Result<BTreeSet<_>>>()?;
    let mut folders = vec![partial.join(PICTURES)];
    while let Some(folder) = folders.pop() {
        let inside = match std::fs::read_dir(&folder) {
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => continue,
            inside => inside?,
        };
        for inside in inside {
            let inside = inside?;
            if inside.file_type()?.is_dir() {
                folders.push(inside.path());
            } else if !named.contains(&inside.path()) {
                std::fs::remove_file(inside.path())?;
            }
        }
    }
    Ok(())
}

/// Reads every one as it stands in the backup, decrypted where it is encrypted, and what it is. One that is not what the
/// paper knows is written to `wrong`.
pub fn look_at(
    wanted: &Wanted,
    partial: &Path,
    pictures: &[FileOfPicture],
    wrong: &mut Vec<String>,
) -> Result<Vec<Kept>> {
    let last = last(wanted);
    let mut all = Vec::new();
    for picture in pictures {
        let (name, path) = (name(wanted, picture), place(wanted, partial, picture)?);
        if !path.is_file() {
            // Said when it was looked for.
            continue;
        }
        let sum = files::sum_of(&path).with_context(|| path.display().to_string())?;
        let plain = match &wanted.seal {
            None => None,
            // What an earlier run encrypted this one cannot open; it is byte for byte what that run had decrypted.
            Some(seal) => match last.as_ref().and_then(|last| last.known.get(&name)).filter(|kept| kept.sum == sum) {
                Some(kept) => kept.plain.clone(),
                None => Some(seal.inside(&path).unwrap_or(Sum { bytes: 0, sha256: String::new() })),
            },
        };
        let kept = Kept { name, sum, plain };
        if kept.plain().sha256 != picture.sha256 {
            wrong.push(format!("pictures.changed: {} is not what was copied", kept.name));
        }
        all.push(kept);
    }
    Ok(all)
}

/// The newest backup of the folder, with the pictures that can be linked.
struct Last {
    folder: PathBuf,
    known: BTreeMap<String, Kept>,
}

fn last(wanted: &Wanted) -> Option<Last> {
    let inside = std::fs::read_dir(&wanted.into).ok()?.filter_map(Result::ok);
    let names = inside.filter_map(|inside| inside.file_name().into_string().ok());
    let newest = names.filter(|name| at_of(name).is_some()).max()?;
    let folder = wanted.into.join(newest);
    let about = About::read(&folder).ok()?;
    let keys = wanted.seal.as_ref().map(seal::Seal::keys).unwrap_or_default();
    if about.encrypted_to != keys {
        return None;
    }
    let known = about.pictures().map(|kept| (kept.name.clone(), kept.clone())).collect();
    Some(Last { folder, known })
}

/// Links a picture from the last backup, when it is there what it is said to be.
fn link(last: Option<&Last>, wanted: &Wanted, picture: &FileOfPicture, to: &Path) -> bool {
    let Some(last) = last else { return false };
    let Some(kept) = last.known.get(&name(wanted, picture)) else { return false };
    let Some(from) = kept.below(&last.folder) else { return false };
    let sound = kept.plain().sha256 == picture.sha256 && files::sum_of(&from).is_ok_and(|sum| sum == kept.sum);
    sound && std::fs::hard_link(from, to).is_ok()
}

fn name(wanted: &Wanted, picture: &FileOfPicture) -> String {
    let end = if wanted.seal.is_some() { ".age" } else { "" };
    format!("{PICTURES}/{}{end}", picture.key)
}

fn place(wanted: &Wanted, partial: &Path, picture: &FileOfPicture) -> Result<PathBuf> {
    below(partial, &name(wanted, picture)).ok_or_else(|| anyhow!("{} is no key", picture.key))
}
