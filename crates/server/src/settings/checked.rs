//! What `midad doctor` asks of the settings: all that does not fit at once, where secrets lie, and what was meant for the program
//! and is not known to it.

use super::{SECRET, Settings, TABLE, variable};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use url::Url;
use web::Words;

/// Variables of the program that are no settings.
const NO_SETTINGS: [&str; 3] = ["MIDAD_CONFIG", "MIDAD_LANGUAGE", "MIDAD_LOG"];
const PREFIX: &str = "MIDAD_";

impl Settings {
    /// Everything that does not fit, each in the words by which a start would fail; files that settings name are read. Whether
    /// the certificate can be read is not asked.
    pub fn problems(&self, t: &Words) -> Vec<String> {
        let all = [
            self.listen(t).err(),
            self.led_on_from(t).err(),
            self.certifier(t).err(),
            self.wanted_lines(t).err(),
            self.metrics(t).err(),
            self.slow_beyond(t).err(),
            self.traces(t).err(),
            self.paper(t).err(),
            self.post(t).err(),
            self.telegram(t).err(),
            self.senders(t).err(),
            self.organisation(t).err(),
            self.atlas(t).err(),
            self.bucket("pictures", t).err(),
            self.keep(t).err(),
            self.backup_bucket(t).err(),
            self.backup_plan(t).err(),
            self.followed(t).err(),
            self.meaning(t).err(),
            self.rulebook_file(t).err(),
        ];
        // One that several need is told once.
        let mut told = BTreeSet::new();
        let words = all.into_iter().flatten().map(|problem| format!("{problem:#}"));
        words.filter(|why| told.insert(why.clone())).collect()
    }

    /// Files in which secrets lie, as far as they are there: the key of the certificate, those of the buckets, and the settings'
    /// own file where a password stands in it.
    pub fn secret_files(&self) -> Vec<PathBuf> {
        let mut files = BTreeSet::new();
        // One that the program asks for itself may still have to be given.
        let is_given = |file: &PathBuf| !self.asks_a_certifier() || file.is_file();
        files.extend(self.certificate_file().map(|chain| self.key_file().unwrap_or(chain)).filter(is_given));
        for key in ["pictures.s3-secret-file", "backup.s3-secret-file"] {
            files.extend(Some(PathBuf::from(self.text(key))).filter(|file| file.is_file()));
        }
        for key in SECRET.iter().filter(|key| !self.text(key).is_empty()) {
            // `FILE:LINE`; of a variable and of a flag it is no file.
            let file = self.said_where(key).rsplit_once(':').map(|(file, _)| Path::new(file));
            files.extend(file.filter(|file| file.is_file()).map(Path::to_owned));
        }
        files.into_iter().collect()
    }

    /// The file of the certificate's key, where it is another one than the certificate's.
    pub fn key_file(&self) -> Option<PathBuf> {
        Some(self.text("tls.key")).filter(|file| !file.is_empty()).map(PathBuf::from)
    }

    /// The host of the paper's public address; none where it is no address.
    pub fn public_host(&self) -> Option<String> {
        Url::parse(self.text("paper.address")).ok()?.host_str().map(str::to_owned)
    }
}

/// Variables that begin as the program's do and that it does not know: a slip of the pen, most often.
pub fn unknown_variables() -> Vec<String> {
    let known: BTreeSet<String> =
        TABLE.iter().map(|(key, _)| variable(key)).chain(NO_SETTINGS.map(str::to_owned)).collect();
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.starts_with(PREFIX) && !known.contains(name)).collect();
    names.sort_unstable();
    names
}
