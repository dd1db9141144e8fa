//! Which last labels make a bare word a host.

use super::is_invisible;
use alloc::string::String;
use arabic::fold::{Level, folded};

/// What the last label of a would-be host says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// A top-level domain.
    Domain,
    /// A top-level domain that is also an ordinary word, or looks like the start of a sentence.
    DomainAndWord,
    /// Neither.
    Unknown,
}

/// Looks at the last label of `raw`, which has one dot at least if it is to be a host.
pub(super) fn ending(raw: &str) -> Ending {
    let Some((rest, last)) = raw.rsplit_once('.') else { return Ending::Unknown };
    if rest.is_empty() || last.len() > 63 {
        return Ending::Unknown;
    }
    let last: String = last.chars().filter(|c| !is_invisible(*c)).collect();
    if !last.is_ascii() {
        return arabic_ending(&folded(&last, Level::Search));
    }
    let lower = last.to_ascii_lowercase();
    let known = |list: &[&str]| list.binary_search(&lower.as_str()).is_ok();
    // «مات.Ma mère»: a country's label is typed in small letters, or the whole host in capitals.
    let one_case = last == lower || last == last.to_ascii_uppercase();
    if known(GENERIC) || lower.starts_with("xn--") || (one_case && known(COUNTRIES)) {
        Ending::Domain
    } else if known(WORDS) || known(COUNTRIES) {
        Ending::DomainAndWord
    } else {
        Ending::Unknown
    }
}

fn arabic_ending(last: &str) -> Ending {
    if ARABIC.contains(&last) {
        Ending::Domain
    } else if ARABIC_WORDS.contains(&last) {
        Ending::DomainAndWord
    } else {
        Ending::Unknown
    }
}

/// Top-level domains in Arabic letters, folded for search, that seldom end a sentence before a forgotten space.
const ARABIC: [&str; 7] = ["شبكه", "موقع", "كوم", "عرب", "بازار", "همراه", "اتصالات"];

/// Those that are names of countries and cities, and so begin many sentences.
const ARABIC_WORDS: [&str; 22] = [
    "مصر",
    "تونس",
    "الجزاير",
    "المغرب",
    "السعوديه",
    "امارات",
    "الاردن",
    "فلسطين",
    "سوريه",
    "سوريا",
    "قطر",
    "عمان",
    "العراق",
    "عراق",
    "السودان",
    "سودان",
    "اليمن",
    "البحرين",
    "موريتانيا",
    "ابوظبي",
    "ايران",
    "پاكستان",
];

/// Generic top-level domains that are no words, sorted.
const GENERIC: &[&str] = &[
    "aero", "africa", "app", "arab", "asia", "biz", "blog", "casino", "cat", "cloud", "com", "coop", "dev", "edu",
    "gmbh", "gov", "icu", "info", "jobs", "mil", "mobi", "museum", "net", "online", "org", "shop", "tech", "tel",
    "vip", "website", "wiki", "xxx", "xyz",
];

/// Generic and national top-level domains that are also words of English or French, sorted.
const WORDS: &[&str] = &[
    "ad",
    "agency",
    "al",
    "am",
    "as",
    "at",
    "be",
    "bet",
    "blue",
    "by",
    "ca",
    "center",
    "chat",
    "ci",
    "city",
    "click",
    "club",
    "company",
    "de",
    "digital",
    "do",
    "download",
    "email",
    "es",
    "et",
    "fun",
    "game",
    "games",
    "green",
    "group",
    "guru",
    "host",
    "house",
    "id",
    "il",
    "in",
    "int",
    "is",
    "it",
    "je",
    "la",
    "land",
    "life",
    "link",
    "live",
    "love",
    "me",
    "media",
    "moe",
    "money",
    "mr",
    "ms",
    "my",
    "na",
    "name",
    "ne",
    "network",
    "news",
    "no",
    "one",
    "pa",
    "page",
    "pm",
    "post",
    "press",
    "pro",
    "re",
    "red",
    "rocks",
    "run",
    "sa",
    "se",
    "site",
    "so",
    "social",
    "solutions",
    "space",
    "st",
    "store",
    "stream",
    "support",
    "systems",
    "team",
    "tips",
    "to",
    "today",
    "tools",
    "top",
    "town",
    "trade",
    "training",
    "travel",
    "tube",
    "university",
    "us",
    "va",
    "video",
    "watch",
    "win",
    "work",
    "world",
    "zone",
];

/// National top-level domains (ISO 3166-1 and the few beyond it) that are no common words, sorted.
const COUNTRIES: &[&str] = &[
    "ac", "ae", "af", "ag", "ai", "ao", "aq", "ar", "au", "aw", "ax", "az", "ba", "bb", "bd", "bf", "bg", "bh", "bi",
    "bj", "bm", "bn", "bo", "br", "bs", "bt", "bw", "bz", "cc", "cd", "cf", "cg", "ch", "ck", "cl", "cm", "cn", "co",
    "cr", "cu", "cv", "cw", "cx", "cy", "cz", "dj", "dk", "dm", "dz", "ec", "ee", "eg", "er", "eu", "fi", "fj", "fk",
    "fm", "fo", "fr", "ga", "gd", "ge", "gf", "gg", "gh", "gi", "gl", "gm", "gn", "gp", "gq", "gr", "gs", "gt", "gu",
    "gw", "gy", "hk", "hm", "hn", "hr", "ht", "hu", "ie", "im", "io", "iq", "ir", "jm", "jo", "jp", "ke", "kg", "kh",
    "ki", "km", "kn", "kp", "kr", "kw", "ky", "kz", "lb", "lc", "li", "lk", "lr", "ls", "lt", "lu", "lv", "ly", "ma",
    "mc", "md", "mg", "mh", "mk", "ml", "mm", "mn", "mo", "mp", "mq", "mt", "mu", "mv", "mw", "mx", "mz", "nc", "nf",
    "ng", "ni", "nl", "np", "nr", "nu", "nz", "om", "pe", "pf", "pg", "ph", "pk", "pl", "pn", "pr", "ps", "pt", "pw",
    "py", "qa", "ro", "rs", "ru", "rw", "sb", "sc", "sd", "sg", "sh", "si", "sk", "sl", "sm", "sn", "sr", "ss", "su",
    "sv", "sx", "sy", "sz", "tc", "td", "tf", "tg", "th", "tj", "tk", "tl", "tm", "tn", "tr", "tt", "tv", "tw", "tz",
    "ua", "ug", "uk", "uy", "uz", "vc", "ve", "vg", "vi", "vn", "vu", "wf", "ws", "ye", "yt", "za", "zm", "zw",
];

#[cfg(test)]
pub(crate) fn out_of_place() -> Option<&'static str> {
    let lists = [GENERIC, WORDS, COUNTRIES];
    let unsorted = lists.iter().flat_map(|list| list.windows(2)).find(|pair| pair[0] >= pair[1]).map(|pair| pair[1]);
    unsorted.or_else(|| ARABIC.iter().chain(&ARABIC_WORDS).copied().find(|word| folded(word, Level::Search) != *word))
}
