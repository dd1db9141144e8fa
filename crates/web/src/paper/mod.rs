//! The paper's settings, as pages need them.

mod in_force;

pub use in_force::{Held, PaperInForce, paper_in_force, read_ways};

use crate::passkeys::Site;
use crate::toll::TollAsked;
use jiff::tz::TimeZone;
use newsroom::country::Ways;
use newsroom::profile::{Language, Writing};

/// Who this newspaper is and how it writes.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Its name, as printed.
    pub name: String,
    /// The line below it; may be empty.
    pub tagline: String,
    /// Its address without a slash at the end: `https://example.org`.
    pub address: String,
    /// Language, months, digits, calendar: to a member of the staff, in the language of their own.
    pub writing: Writing,
    /// What its country sets, and what it said itself.
    pub ways: Ways,
    /// Its clock.
    pub zone: TimeZone,
    /// Its page at Facebook, linked from the footer.
    pub facebook: Option<String>,
    /// Comments on a page of a thread. As shipped 50.
    pub comments_per_page: u32,
    /// Stories on a page of a list. As shipped 20.
    pub stories_per_page: u32,
    /// Comments one network address may send in a minute before it is asked to wait (429). As shipped 10.
    pub posts_per_minute: u32,
    /// When browsers compute before something is taken from them. As shipped under attack.
    pub toll: TollAsked,
    /// More than so many forms of visitors in a minute, from all networks, are an attack. As shipped 60.
    pub attack_per_minute: u32,
    /// Within how many days an appeal is to be decided. As shipped 14.
    pub appeal_days: u32,
    /// For so many days the words of refused comments are kept. As shipped 90.
    pub refused_kept_days: u32,
    /// For so many days a keyed hash of the network from which a reader sent is kept, and so often its key changes; 0: never.
    /// As shipped 30.
    pub network_days: u32,
    /// For so many days copies of the data are kept elsewhere before they are thrown away: what readers are told. As shipped
    /// 30.
    pub backups_kept_days: u32,
    /// Everybody may read what was decided, without a word of the texts. As shipped not.
    pub public_log: bool,
    /// The paper sends mail: readers can have links and notices. As shipped not.
    pub sends_mail: bool,
    /// The paper's bot can write to colleagues at Telegram. As shipped not.
    pub tells_by_telegram: bool,
    /// Hosts of the house's own network that may be sent notices, and no others of it. As shipped none.
    pub inner_hosts: Vec<String>,
    /// Groups and channels of Telegram that may be sent notices, and no others. As shipped none.
    pub shared_chats: Vec<String>,
    /// So many megabytes of ready pages a process keeps in memory at most; 0: none, each request is answered by itself. As
    /// shipped 64.
    pub kept_megabytes: u32,
    /// The address of a reader is in `X-Forwarded-For`, set by a proxy of the paper's own.
    pub behind_proxy: bool,
}

impl Paper {
    /// Readers can have an account: by a link in a mail, or by a passkey.
    pub fn offers_accounts(&self) -> bool {
        self.sends_mail || Site::at(&self.address).is_some()
    }

    /// The same paper by other ways than those of its settings. Its clock is looked for by a name that was found before.
    pub fn going_by(&self, ways: Ways) -> Self {
        let zone = TimeZone::get(&ways.zone).unwrap_or(TimeZone::UTC);
        Self { writing: Writing::by(&ways, self.writing.language), zone, ways, ..self.clone() }
    }

    /// The same paper to whoever reads another language: its words, months and digits are of that one.
    pub fn speaking(&self, language: Language) -> Self {
        Self { writing: Writing::by(&self.ways, language), ..self.clone() }
    }
}

impl Default for Paper {
    fn default() -> Self {
        let ways = Ways::default();
        Self {
            name: String::from("Midad"),
            tagline: String::new(),
            address: String::from("http://127.0.0.1:8080"),
            writing: Writing::by(&ways, Language::Ar),
            ways,
            zone: TimeZone::UTC,
            facebook: None,
            comments_per_page: 50,
            stories_per_page: 20,
            posts_per_minute: 10,
            toll: TollAsked::default(),
            attack_per_minute: 60,
            appeal_days: 14,
            refused_kept_days: 90,
            network_days: 30,
            backups_kept_days: 30,
            public_log: false,
            sends_mail: false,
            tells_by_telegram: false,
            inner_hosts: Vec::new(),
            shared_chats: Vec::new(),
            kept_megabytes: 64,
            behind_proxy: false,
        }
    }
}
