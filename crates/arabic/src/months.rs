//! Names of months and days. Source: CLDR 48; the tests compare every table with ICU's copy of it.

use crate::dates::Months;

/// Egypt, the Gulf, Yemen, Sudan, Libya, and plain Arabic.
const PAN_ARAB: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];
/// Algeria and Tunisia.
const ALGERIA: [&str; 12] =
    ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];
const MOROCCO: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"];
const MAURITANIA: [&str; 12] =
    ["يناير", "فبراير", "مارس", "إبريل", "مايو", "يونيو", "يوليو", "أغشت", "شتمبر", "أكتوبر", "نوفمبر", "دجمبر"];
/// Iraq, Syria, Lebanon, Jordan, Palestine.
const LEVANT: [&str; 12] = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
];
const FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const HIJRI_ARABIC: [&str; 12] = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
];
const HIJRI_FRENCH: [&str; 12] = [
    "mouharram",
    "safar",
    "rabia al awal",
    "rabia ath-thani",
    "joumada al oula",
    "joumada ath-thania",
    "rajab",
    "chaabane",
    "ramadan",
    "chawwal",
    "dhou al qi`da",
    "dhou al-hijja",
];
const HIJRI_ENGLISH: [&str; 12] = [
    "Muharram",
    "Safar",
    "Rabiʻ I",
    "Rabiʻ II",
    "Jumada I",
    "Jumada II",
    "Rajab",
    "Shaʻban",
    "Ramadan",
    "Shawwal",
    "Dhuʻl-Qiʻdah",
    "Dhuʻl-Hijjah",
];

/// Monday first, as ISO 8601 counts.
const DAYS_ARABIC: [&str; 7] = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"];
const DAYS_FRENCH: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const DAYS_ENGLISH: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A language with names of its own. Any other is written in English.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Arabic,
    French,
    English,
}

impl Names {
    /// By the first part of a language tag.
    pub(crate) fn of(language: &str) -> Self {
        let first = language.split(['-', '_']).next().unwrap_or(language);
        if first.eq_ignore_ascii_case("ar") {
            Self::Arabic
        } else if first.eq_ignore_ascii_case("fr") {
            Self::French
        } else {
            Self::English
        }
    }

    /// A Gregorian month, counted from 1; empty beyond 12.
    pub(crate) fn month(self, months: Months, month: u8) -> &'static str {
        let names = match (self, months) {
            (Self::French, _) => &FRENCH,
            (Self::English, _) => &ENGLISH,
            (Self::Arabic, Months::PanArab) => &PAN_ARAB,
            (Self::Arabic, Months::Algeria) => &ALGERIA,
            (Self::Arabic, Months::Morocco) => &MOROCCO,
            (Self::Arabic, Months::Mauritania) => &MAURITANIA,
            (Self::Arabic, Months::Levant) => &LEVANT,
        };
        nth(names, month)
    }

    /// A Hijri month, counted from 1; empty beyond 12.
    pub(crate) fn hijri_month(self, month: u8) -> &'static str {
        let names = match self {
            Self::Arabic => &HIJRI_ARABIC,
            Self::French => &HIJRI_FRENCH,
            Self::English => &HIJRI_ENGLISH,
        };
        nth(names, month)
    }

    /// A day of the week, counted from Monday = 1; empty beyond 7.
    pub(crate) fn weekday(self, weekday: u8) -> &'static str {
        let names = match self {
            Self::Arabic => &DAYS_ARABIC,
            Self::French => &DAYS_FRENCH,
            Self::English => &DAYS_ENGLISH,
        };
        nth(names, weekday)
    }
}

fn nth(names: &[&'static str], number: u8) -> &'static str {
    usize::from(number).checked_sub(1).and_then(|at| names.get(at)).copied().unwrap_or("")
}
