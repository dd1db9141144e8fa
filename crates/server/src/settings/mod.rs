//! Settings: as shipped, then the file, then the environment, then flags. One table says all of them; the page
//! `docs/running/configure.md` is printed from it.

mod backup;
mod buckets;
mod certifier;
mod checked;
mod country;
mod database;
mod lines;
mod pictures;
mod read;
mod table;
mod traces;

#[cfg(test)]
mod tests;

pub use checked::unknown_variables;

use crate::countries::Atlas;
use crate::followers::Senders;
use crate::mail::Post;
use crate::notices::{Carriers, Road, Telegram};
use crate::organisation::{self, Line};
use anyhow::{Context, Result, anyhow, bail};
use clap::ArgMatches;
use moderation::Rulebook;
use newsroom::notices::ChatId;
use newsroom::profile::{Language, Writing};
use read::{listed, within, yes};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use store::{Place, Store};
use table::{SECRET, TABLE};
use web::{Fetch, Paper, ProviderSettings, RulesInForce, TollAsked, Words};

/// What was gathered, by key.
#[derive(Debug, Clone)]
pub struct Settings {
    values: BTreeMap<&'static str, Value>,
}

#[derive(Debug, Clone)]
struct Value {
    text: String,
    /// Where it was said, for messages.
    from: String,
}

impl Settings {
    /// Gathers them. A key that does not exist and a file that cannot be read are errors that name where.
    pub fn gather(asked: &ArgMatches, t: &Words) -> Result<Self> {
        let shipped = |text: &str| Value { text: text.to_owned(), from: t.s("cli.from.shipped") };
        let mut gathered = Self { values: TABLE.iter().map(|(key, text)| (*key, shipped(text))).collect() };
        gathered.read_file(asked, t)?;
        for (key, _) in TABLE {
            if let Ok(text) = std::env::var(variable(key)) {
                gathered.say(key, text, variable(key), t)?;
            }
        }
        for key in ["listen", "data", "database"] {
            if let Some(text) = flag(asked, key) {
                gathered.say(key, text, format!("--{key}"), t)?;
            }
        }
        for pair in flags(asked, "set") {
            let (key, text) =
                pair.split_once('=').ok_or_else(|| anyhow!(t.with("cli.bad-set", 1, &[("pair", &pair)])))?;
            gathered.say(key, text.to_owned(), format!("--set {key}"), t)?;
        }
        // Links on the terminal lead to where the paper listens, unless it has an address of its own.
        let here = format!("{}://{}", gathered.scheme(), gathered.text("listen"));
        gathered.suggest("paper.address", &here, t);
        Ok(gathered)
    }

    /// Puts a value in, unless somebody has said one already: what a demo brings along.
    pub fn suggest(&mut self, key: &str, text: &str, t: &Words) {
        let shipped = t.s("cli.from.shipped");
        if let Some(value) = self.values.get_mut(key).filter(|value| value.from == shipped) {
            value.text = text.to_owned();
        }
    }

    fn read_file(&mut self, asked: &ArgMatches, t: &Words) -> Result<()> {
        let named = flag(asked, "config").or_else(|| std::env::var("MIDAD_CONFIG").ok());
        let file = named.clone().unwrap_or_else(|| "midad.toml".to_owned());
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(problem) if named.is_none() && problem.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(problem) => return Err(problem).context(file),
        };
        let table: toml::Table = toml::from_str(&text).map_err(|problem| {
            let line = problem.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            anyhow!("{file}:{line}: {}", problem.message())
        })?;
        for (key, value) in flattened(&table) {
            let last = key.rsplit('.').next().unwrap_or(&key);
            let line = text.lines().position(|line| line.trim_start().starts_with(last)).map_or(1, |line| line + 1);
            self.say(&key, value, format!("{file}:{line}"), t)?;
        }
        Ok(())
    }

    fn say(&mut self, key: &str, text: String, from: String, t: &Words) -> Result<()> {
        let Some((key, _)) = TABLE.iter().find(|(known, _)| *known == key) else {
            bail!("{from}: {}", t.with("cli.unknown-setting", 1, &[("key", key)]));
        };
        self.values.insert(key, Value { text, from });
        Ok(())
    }

    fn text(&self, key: &str) -> &str {
        self.values.get(key).map_or("", |value| value.text.as_str())
    }

    /// A value read as something; an error names where it was said.
    fn read<T>(&self, key: &str, t: &Words, read: impl Fn(&str) -> Option<T>) -> Result<T> {
        read(self.text(key)).ok_or_else(|| {
            let from = self.said_where(key);
            // What may hold a password is not written where others read it.
            let value = if SECRET.contains(&key) { "…" } else { self.text(key) };
            let words = t.with("cli.bad-value", 1, &[("key", key), ("value", value)]);
            anyhow!("{from}: {words} {}", t.s(&format!("setting.{key}")))
        })
    }

    /// Where a value was said, for messages.
    fn said_where(&self, key: &str) -> &str {
        self.values.get(key).map_or("", |value| value.from.as_str())
    }

    /// Where the data are.
    pub fn place(&self) -> Place {
        match self.text("database") {
            "" => Place::Folder(PathBuf::from(self.text("data"))),
            address => Place::Postgres(address.to_owned()),
        }
    }

    /// Texts are read for their meaning.
    pub fn meaning(&self, t: &Words) -> Result<bool> {
        self.read("meaning", t, |text| match text {
            "on" => Some(true),
            "off" => Some(false),
            other => yes(other),
        })
    }

    /// The paper's own.
    pub fn paper(&self, t: &Words) -> Result<Paper> {
        let said = |key: &str| Some(self.text(key).to_owned()).filter(|text| !text.is_empty());
        let ways = self.ways(t)?;
        Ok(Paper {
            name: self.text("paper.name").to_owned(),
            tagline: self.text("paper.tagline").to_owned(),
            address: self.text("paper.address").trim_end_matches('/').to_owned(),
            writing: Writing::by(&ways, self.read("paper.language", t, Language::from_tag)?),
            zone: Self::clock(&ways.zone, t)?,
            ways,
            facebook: said("paper.facebook"),
            comments_per_page: self.read("paper.comments-per-page", t, |text| within(text, 5, 200))?,
            stories_per_page: self.read("paper.stories-per-page", t, |text| within(text, 5, 100))?,
            posts_per_minute: self.read("paper.posts-per-minute", t, |text| within(text, 1, 1_000_000))?,
            toll: self.read("toll.asked", t, TollAsked::from_key)?,
            attack_per_minute: self.read("toll.attack-per-minute", t, |text| within(text, 1, 1_000_000))?,
            network_days: self.read("paper.network-days", t, |text| within(text, 0, 365))?,
            backups_kept_days: self.read("paper.backups-kept-days", t, |text| within(text, 1, 3_660))?,
            refused_kept_days: self.read("paper.refused-kept-days", t, |text| within(text, 1, 3_660))?,
            public_log: self.read("paper.public-log", t, yes)?,
            appeal_days: self.read("paper.appeal-days", t, |text| within(text, 1, 60))?,
            sends_mail: self.post(t)?.is_some(),
            tells_by_telegram: self.telegram(t)?.is_some(),
            inner_hosts: self.inner_hosts(),
            shared_chats: self.shared_chats(t)?,
            kept_megabytes: self.read("pages.kept-megabytes", t, |text| within(text, 0, 65_536))?,
            behind_proxy: self.read("paper.behind-proxy", t, yes)?,
        })
    }

    /// Where mail goes out; none: no mail.
    pub fn post(&self, t: &Words) -> Result<Option<Post>> {
        let (name, from) = (self.text("paper.name"), self.text("mail.from").to_owned());
        if self.text("mail.smtp").is_empty() {
            return Ok(None);
        }
        // Which of the two cannot be read is said by its own name.
        self.read("mail.from", t, |from| Post::new("smtp://127.0.0.1", name, from))?;
        self.read("mail.smtp", t, |server| Post::new(server, name, &from)).map(Some)
    }

    /// By what notices to colleagues go out.
    pub fn carriers(&self, t: &Words) -> Result<Carriers> {
        Ok(Carriers { post: self.post(t)?, road: self.road(t)?, telegram: self.telegram(t)? })
    }

    /// By what those are told who follow the paper: the road of the notices, and where Telegram's interface is.
    pub fn senders(&self, t: &Words) -> Result<Senders> {
        let telegram = self.read("telegram.address", t, |address| {
            Telegram::new(address, "1:abcdefghijklmnopqrst", Vec::new())?;
            Some(address.trim_end_matches('/').to_owned())
        })?;
        Ok(Senders { road: self.road(t)?, telegram })
    }

    /// The road to addresses of the web.
    pub fn road(&self, t: &Words) -> Result<Road> {
        self.read("notices.roots", t, |file| Road::new(self.inner_hosts(), file))
    }

    /// Hosts of the house's own network that may be sent notices.
    fn inner_hosts(&self) -> Vec<String> {
        listed(self.text("notices.hosts"))
    }

    /// Groups and channels of Telegram that may be sent notices.
    fn shared_chats(&self, t: &Words) -> Result<Vec<String>> {
        self.read("notices.chats", t, |text| {
            let chats = listed(text);
            chats.iter().all(|chat| ChatId::new(chat, &chats).is_ok()).then_some(chats)
        })
    }

    /// The paper's bot; none without a token: nothing is sent there.
    fn telegram(&self, t: &Words) -> Result<Option<Telegram>> {
        let (address, token) = (self.text("telegram.address"), self.text("telegram.token"));
        if token.is_empty() {
            return Ok(None);
        }
        // Which of the two cannot be read is said by its own name.
        self.read("telegram.address", t, |address| Telegram::new(address, "1:abcdefghijklmnopqrst", Vec::new()))?;
        let chats = self.shared_chats(t)?;
        self.read("telegram.token", t, |token| Telegram::new(address, token, chats.clone())).map(Some)
    }

    /// The database of countries by which pages are counted; none: they are not counted so.
    pub fn atlas(&self, t: &Words) -> Result<Option<Atlas>> {
        let file = self.text("readings.countries");
        match file.is_empty() {
            true => Ok(None),
            false => self.read("readings.countries", t, Atlas::read).map(Some),
        }
    }

    /// The provider with which the staff can sign in, and the line to it; none: they sign in here only.
    pub fn organisation(&self, t: &Words) -> Result<Option<(ProviderSettings, Arc<dyn Fetch>)>> {
        // A client of nobody is a mistake, and no silent off.
        if ["issuer", "client", "secret"].iter().all(|key| self.text(&format!("organisation.{key}")).is_empty()) {
            return Ok(None);
        }
        let host = self.read("organisation.issuer", t, organisation::host)?;
        let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let client = self.read("organisation.client", t, said)?;
        // Only an empty one does not fit, so no error ever says a secret.
        let secret = self.read("organisation.secret", t, said)?;
        let name = said(self.text("organisation.name")).unwrap_or(host);
        let issuer = self.text("organisation.issuer").to_owned();
        let line = self.read("organisation.roots", t, |file| Line::new(&issuer, file))?;
        Ok(Some((ProviderSettings { issuer, client, secret, name }, Arc::new(line))))
    }

    /// The rules of the examination out of the file that was set; none: the desk keeps them.
    pub fn rulebook_file(&self, t: &Words) -> Result<Option<Rulebook>> {
        match self.text("rulebook") {
            "" => Ok(None),
            file => crate::judgement::read_rulebook(file, t).map(Some),
        }
    }

    /// The rules of the examination: the file's, or what the desk of this paper keeps, laid over what ships.
    pub async fn rulebook(&self, store: &Store, t: &Words) -> Result<Rulebook> {
        if let Some(rulebook) = self.rulebook_file(t)? {
            return Ok(rulebook);
        }
        let kept = store.rulebook().await?;
        Ok(RulesInForce::kept(kept.as_ref()).rulebook())
    }
}

/// The table as Markdown, in the person's language.
pub fn table(t: &Words) -> String {
    let mut out = format!(
        "| {} | {} | {} | {} |\n|---|---|---|---|\n",
        t.s("cli.table.key"),
        t.s("cli.table.variable"),
        t.s("cli.table.shipped"),
        t.s("cli.table.is")
    );
    for (key, shipped) in TABLE {
        let shipped = if shipped.is_empty() { "–".to_owned() } else { format!("`{shipped}`") };
        out.push_str(&format!("| `{key}` | `{}` | {shipped} | {} |\n", variable(key), t.s(&format!("setting.{key}"))));
    }
    out
}

fn variable(key: &str) -> String {
    format!("MIDAD_{}", key.to_uppercase().replace(['.', '-'], "_"))
}

/// Flags may stand before or behind the command's name.
fn flag(asked: &ArgMatches, name: &str) -> Option<String> {
    flags(asked, name).pop()
}

fn flags(asked: &ArgMatches, name: &str) -> Vec<String> {
    asked.get_many::<String>(name).into_iter().flatten().cloned().collect()
}

fn flattened(table: &toml::Table) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => {
                out.extend(flattened(inner).into_iter().map(|(under, text)| (format!("{key}.{under}"), text)));
            }
            toml::Value::String(text) => out.push((key.clone(), text.clone())),
            toml::Value::Boolean(yes) => out.push((key.clone(), if *yes { "yes" } else { "no" }.to_owned())),
            other => out.push((key.clone(), other.to_string())),
        }
    }
    out
}
