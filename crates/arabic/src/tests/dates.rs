use std::format;
use std::string::String;
use std::vec::Vec;

use icu_calendar::cal::Hijri;
use icu_calendar::{Date, Gregorian};
use icu_datetime::{FixedCalendarDateTimeFormatter, fieldsets};
use icu_locale_core::Locale;

use crate::dates::{
    DateStyle, Day, Months, Weekday, country, hijri, hijri_line, long_date, month_and_year, month_name,
};
use crate::digits::Digits;
use crate::months::Names;

const MONTHS: &[(&str, &str)] = &[
    (
        "AE EG SA KW QA OM BH YE SD LY EH SO KM DJ",
        "يناير، فبراير، مارس، أبريل، مايو، يونيو، يوليو، أغسطس، سبتمبر، أكتوبر، نوفمبر، ديسمبر",
    ),
    ("DZ TN", "جانفي، فيفري، مارس، أفريل، ماي، جوان، جويلية، أوت، سبتمبر، أكتوبر، نوفمبر، ديسمبر"),
    ("MA", "يناير، فبراير، مارس، أبريل، ماي، يونيو، يوليوز، غشت، شتنبر، أكتوبر، نونبر، دجنبر"),
    ("MR", "يناير، فبراير، مارس، إبريل، مايو، يونيو، يوليو، أغشت، شتمبر، أكتوبر، نوفمبر، دجمبر"),
    (
        "IQ SY LB JO PS",
        "كانون الثاني، شباط، آذار، نيسان، أيار، حزيران، تموز، آب، أيلول، تشرين الأول، تشرين الثاني، كانون الأول",
    ),
];

fn style(language: &str) -> DateStyle<'_> {
    DateStyle { language, months: Months::PanArab, double: None, digits: Digits::Western, hijri: Some(0) }
}

fn day(year: i16, month: u8, day: u8) -> Day {
    Day::new(year, month, day).unwrap()
}

#[test]
fn each_country_has_its_months() {
    for (countries, names) in MONTHS {
        for code in countries.split(' ') {
            let months = country(code).months;
            let ours: Vec<String> = (1..=12).map(|month| month_name("ar", &months, month)).collect();
            assert_eq!(ours.join("، "), *names, "{code}");
        }
    }
    assert_eq!(month_name("ar", &Months::PanArab, 0) + &month_name("ar", &Months::Morocco, 13), "");
}

#[test]
fn the_tables_agree_with_icu() {
    let locale = |tag: &str| tag.parse::<Locale>().unwrap();
    for tag in ["ar-EG", "ar-DZ", "ar-TN", "ar-MA", "ar-MR", "ar-SY", "ar-IQ", "ar-LB", "ar-JO", "ar-PS", "fr", "en"] {
        let icu: FixedCalendarDateTimeFormatter<Gregorian, _> =
            FixedCalendarDateTimeFormatter::try_new(locale(tag).into(), fieldsets::M::long()).unwrap();
        for month in 1..=12 {
            let date = Date::try_new_gregorian(2025, month, 1).unwrap();
            let months = country(tag.get(3..).unwrap_or("")).months;
            assert_eq!(month_name(tag, &months, month), icu.format(&date).to_string(), "{tag}");
        }
    }
    for tag in ["ar", "fr", "en"] {
        let names = Names::of(tag);
        let days: FixedCalendarDateTimeFormatter<Gregorian, _> =
            FixedCalendarDateTimeFormatter::try_new(locale(tag).into(), fieldsets::E::long()).unwrap();
        // 2024-01-01 was a Monday.
        for number in 1..=7 {
            let date = Date::try_new_gregorian(2024, 1, number).unwrap();
            assert_eq!(names.weekday(number), days.format(&date).to_string());
        }
        let hijri: FixedCalendarDateTimeFormatter<Hijri<_>, _> =
            FixedCalendarDateTimeFormatter::try_new(locale(tag).into(), fieldsets::M::long()).unwrap();
        for month in 1..=12 {
            let date = Date::try_new_hijri_with_calendar(1447, month, 1, Hijri::new_umm_al_qura()).unwrap();
            assert_eq!(names.hijri_month(month), hijri.format(&date).to_string(), "{tag}");
        }
    }
}

#[test]
fn each_country_has_its_digits_and_week() {
    for code in "EG SA KW QA OM BH YE SD SO KM DJ MR IQ SY LB JO PS".split(' ') {
        assert_eq!(country(code).digits, Digits::Eastern, "{code}");
    }
    for code in ["", "AE", "LY", "EH", "DZ", "TN", "MA", "FR", "ma", "??", "é", "MAR"] {
        assert_eq!(country(code).digits, Digits::Western, "{code}");
    }
    let unknown = country("");
    assert_eq!((unknown.months, unknown.week_starts), (Months::PanArab, Weekday::Monday));
    assert_eq!(unknown.weekend, [Weekday::Saturday, Weekday::Sunday]);
    let egypt = country("eg");
    assert_eq!((egypt.week_starts, egypt.weekend), (Weekday::Saturday, &[Weekday::Friday, Weekday::Saturday][..]));
    assert_eq!(country("MA").weekend, [Weekday::Saturday, Weekday::Sunday]);
    assert_eq!(country("IR").weekend, [Weekday::Friday]);
}

#[test]
fn a_date_is_written_as_the_country_reads_it() {
    let date = day(2025, 11, 22);
    let arabic = |months, double, digits| long_date(date, &DateStyle { months, double, digits, ..style("ar") });
    assert_eq!(arabic(Months::Levant, Some(Months::PanArab), Digits::Western), "السبت 22 تشرين الثاني/نوفمبر 2025");
    assert_eq!(arabic(Months::PanArab, None, Digits::Eastern), "السبت ٢٢ نوفمبر ٢٠٢٥");
    assert_eq!(arabic(Months::Algeria, Some(Months::PanArab), Digits::Western), "السبت 22 نوفمبر 2025");
    assert_eq!(long_date(date, &style("fr-DZ")), "samedi 22 novembre 2025");
    assert_eq!(long_date(day(2025, 11, 1), &style("fr")), "samedi 1er novembre 2025");
    assert_eq!(
        long_date(date, &DateStyle { double: Some(Months::Levant), ..style("en") }),
        "Saturday 22 November 2025"
    );
    assert_eq!(month_and_year(date, &DateStyle { months: Months::Morocco, ..style("ar-MA") }), "نونبر 2025");
    let nowhere = Day { year: 2025, month: 40, day: 99 };
    assert_eq!(long_date(nowhere, &style("ar")), "99  2025");
}

#[test]
fn only_real_days_are_days() {
    assert!(Day::new(2024, 2, 29).is_some() && Day::new(2000, 2, 29).is_some());
    for (year, month, number) in
        [(2025, 2, 29), (1900, 2, 29), (2025, 0, 1), (2025, 13, 1), (2025, 4, 31), (2025, 1, 0)]
    {
        assert!(Day::new(year, month, number).is_none());
    }
    assert_eq!(day(2025, 11, 22).weekday(), Some(Weekday::Saturday));
}

#[test]
fn hijri_days_follow_umm_al_qura_and_the_sighting() {
    let date = day(2025, 11, 22);
    assert_eq!(hijri(date, 0), Some((1447, 6, 1)));
    assert_eq!(hijri(date, 1), Some((1447, 6, 2)));
    assert_eq!(hijri(date, -1), hijri(day(2025, 11, 21), 0));
    assert_eq!(hijri(date, 100), hijri(date, 1));
    // 1 Ramadan 1446 and 1 Shawwal 1446 by the calendar of Umm al-Qura.
    assert_eq!(hijri(day(2025, 3, 1), 0), Some((1446, 9, 1)));
    assert_eq!(hijri(day(2025, 3, 30), 0), Some((1446, 10, 1)));
    assert_eq!(hijri(day(1700, 1, 1), 0), None);
    assert_eq!(hijri(Day { year: 2025, month: 2, day: 31 }, 0), None);
    for year in [i16::MIN, i16::MAX] {
        assert_eq!(hijri(Day { year, month: 1, day: 1 }, 1), None);
    }
}

#[test]
fn hijri_lines_are_written_when_wanted() {
    let date = day(2025, 11, 22);
    let line = |style: &DateStyle| hijri_line(date, style).unwrap_or_default();
    assert_eq!(line(&style("ar")), "1 جمادى الآخرة 1447");
    assert_eq!(line(&DateStyle { digits: Digits::Eastern, ..style("ar") }), "١ جمادى الآخرة ١٤٤٧");
    assert_eq!(line(&style("en")), "1 Jumada II 1447");
    assert_eq!(line(&style("fr")), format!("1 {} 1447", Names::French.hijri_month(6)));
    assert_eq!(hijri_line(date, &DateStyle { hijri: None, ..style("ar") }), None);
}
