//! Files encrypted as streams by age (<https://age-encryption.org>): any program that reads age files opens them with one of
//! the owner's keys.

use super::about::Sum;
use super::files::{self, Summing, new_file, pass};
use age::{Decryptor, Encryptor, Identity, Recipient, x25519};
use anyhow::{Context, Result, anyhow};
use std::fs::File;
use std::io::{BufReader, BufWriter, Error, Write};
use std::path::Path;
use std::str::FromStr;
use web::Words;

/// To whom a backup is encrypted.
pub struct Seal {
    recipients: Vec<x25519::Recipient>,
    /// A key of this run alone, never written anywhere: with it is proved that what was encrypted can be decrypted. When the
    /// run ends nobody has it.
    own: x25519::Identity,
}

impl Seal {
    /// To these keys; none where there are none.
    pub fn of(keys: &[String], t: &Words) -> Result<Option<Self>> {
        let said = |key: String| anyhow!(t.with("cli.backup.no-key", 1, &[("key", &key)]));
        if keys.is_empty() { Ok(None) } else { Self::to(keys).map(Some).map_err(said) }
    }

    /// To these keys (`age1…`); the first text that is none is the error.
    fn to(keys: &[String]) -> Result<Self, String> {
        let key = |text: &String| x25519::Recipient::from_str(text.trim()).map_err(|_| text.clone());
        let recipients = keys.iter().map(key).collect::<Result<_, _>>()?;
        Ok(Self { recipients, own: x25519::Identity::generate() })
    }

    /// The keys as they are written.
    pub fn keys(&self) -> Vec<String> {
        self.recipients.iter().map(ToString::to_string).collect()
    }

    /// Encrypts a file into a new one; what the plain one was.
    pub fn close(&self, from: &Path, to: &Path) -> std::io::Result<Sum> {
        let mut plain = Summing::new(File::open(from)?);
        let own = self.own.to_public();
        let keys = self.recipients.iter().chain([&own]).map(|key| key as &dyn Recipient);
        let sealing = Encryptor::with_recipients(keys).map_err(Error::other)?;
        let mut writer = sealing.wrap_output(BufWriter::new(new_file(to)?))?;
        pass(&mut plain, &mut writer)?;
        let mut sealed = writer.finish()?;
        sealed.flush()?;
        sealed.into_inner().map_err(|problem| problem.into_error())?.sync_all()?;
        Ok(plain.end().1)
    }

    /// What is in a file that this run encrypted.
    pub fn inside(&self, sealed: &Path) -> std::io::Result<Sum> {
        let mut plain = Summing::new(opened([&self.own as &dyn Identity].into_iter(), sealed)?);
        pass(&mut plain, std::io::sink())?;
        Ok(plain.end().1)
    }
}

/// The secret halves that open a backup.
pub struct Keys(Vec<x25519::Identity>);

impl Keys {
    /// Out of a file with one on each line, as `midad orders key` and `age-keygen` write it.
    pub fn read(file: &str) -> Result<Self> {
        let text = std::fs::read_to_string(file).with_context(|| file.to_owned())?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let keys: Vec<_> = lines.filter_map(|line| x25519::Identity::from_str(line).ok()).collect();
        if keys.is_empty() { Err(anyhow!("{file}: no AGE-SECRET-KEY")) } else { Ok(Self(keys)) }
    }

    /// Decrypts a file into a new one; what came out.
    pub fn open(&self, sealed: &Path, to: &Path) -> std::io::Result<Sum> {
        let mut plain = Summing::new(opened(self.0.iter().map(|key| key as &dyn Identity), sealed)?);
        let mut writing = new_file(to)?;
        pass(&mut plain, &mut writing)?;
        writing.sync_all()?;
        Ok(plain.end().1)
    }

    /// One of them opens it.
    pub fn fit(&self, sealed: &Path) -> bool {
        opened(self.0.iter().map(|key| key as &dyn Identity), sealed).is_ok()
    }
}

/// Takes a file in as it is, or encrypted.
pub fn take(seal: Option<&Seal>, from: &Path, to: &Path) -> std::io::Result<Sum> {
    match seal {
        Some(seal) => seal.close(from, to),
        None => files::copy(from, to),
    }
}

fn opened<'k>(
    keys: impl Iterator<Item = &'k dyn Identity>,
    sealed: &Path,
) -> std::io::Result<age::stream::StreamReader<BufReader<File>>> {
    let decrypting = Decryptor::new_buffered(BufReader::new(File::open(sealed)?)).map_err(Error::other)?;
    decrypting.decrypt(keys).map_err(Error::other)
}
