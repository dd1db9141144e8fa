//! The table of countries, and who wins.

use super::{COUNTRIES, ChosenWays, Country, OTHER, OwnWays, SaidWays, Way, Ways, WaysProblem, Week};
use arabic::dates::Months::{Algeria, Levant, Mauritania, Morocco, PanArab};
use arabic::dates::Weekday::{self, Friday, Monday, Saturday, Sunday};
use arabic::digits::Digits::{self, Eastern, Western};

const FRI_SAT: &[Weekday] = &[Friday, Saturday];
const SAT_SUN: &[Weekday] = &[Saturday, Sunday];

#[test]
fn each_country_of_the_table_has_all_its_ways() {
    let expected = [
        ("DZ", Algeria, Western, Saturday, FRI_SAT),
        ("MA", Morocco, Western, Monday, SAT_SUN),
        ("TN", Algeria, Western, Monday, SAT_SUN),
        ("MR", Mauritania, Eastern, Monday, SAT_SUN),
        ("LY", PanArab, Western, Saturday, FRI_SAT),
        ("EG", PanArab, Eastern, Saturday, FRI_SAT),
        ("SD", PanArab, Eastern, Saturday, FRI_SAT),
        ("SA", PanArab, Eastern, Sunday, FRI_SAT),
        ("AE", PanArab, Western, Monday, SAT_SUN),
        ("KW", PanArab, Eastern, Saturday, FRI_SAT),
        ("QA", PanArab, Eastern, Saturday, FRI_SAT),
        ("BH", PanArab, Eastern, Saturday, FRI_SAT),
        ("OM", PanArab, Eastern, Saturday, FRI_SAT),
        ("YE", PanArab, Eastern, Sunday, FRI_SAT),
        ("IQ", Levant, Eastern, Saturday, FRI_SAT),
        ("SY", Levant, Eastern, Saturday, FRI_SAT),
        ("LB", Levant, Eastern, Monday, SAT_SUN),
        ("JO", Levant, Eastern, Saturday, FRI_SAT),
        ("PS", Levant, Eastern, Sunday, FRI_SAT),
        ("SO", PanArab, Eastern, Monday, SAT_SUN),
        ("DJ", PanArab, Eastern, Sunday, FRI_SAT),
        ("KM", PanArab, Eastern, Monday, SAT_SUN),
        (OTHER, PanArab, Western, Monday, SAT_SUN),
    ];
    assert_eq!(COUNTRIES.len(), expected.len());
    for (country, (code, months, digits, starts, weekend)) in COUNTRIES.iter().zip(expected) {
        let week = country.week();
        assert_eq!(country.code, code);
        assert_eq!((country.months(), country.digits()), (months, digits), "{code}");
        assert_eq!((week.starts, week.weekend.as_slice()), (starts, weekend), "{code}");
        assert_ne!(country.second_months(), months, "{code}");
        assert_eq!(country.hijri, code == "SA", "{code}");
    }
}

#[test]
fn every_zone_of_the_table_has_its_own_hours() {
    let winter: jiff::Timestamp = "2026-01-15T12:00:00Z".parse().expect("a time");
    let hours = |zone: &str| {
        let zone = jiff::tz::TimeZone::get(zone).expect(zone);
        zone.to_offset(winter).seconds() / 3_600
    };
    for country in COUNTRIES {
        let expected = match country.code {
            "MR" | "other" => 0,
            "DZ" | "MA" | "TN" => 1,
            "LY" | "EG" | "SD" | "LB" | "PS" => 2,
            "AE" | "OM" => 4,
            _ => 3,
        };
        assert_eq!(hours(country.zone), expected, "{}", country.zone);
    }
}

#[test]
fn a_country_is_found_by_its_code_and_no_other_is_guessed() {
    assert_eq!(Country::of("dz").map(|country| country.code), Some("DZ"));
    assert_eq!(Country::of("").map(|country| country.code), Some(OTHER));
    assert_eq!(Country::of("OTHER"), Some(Country::other()));
    for unknown in ["XX", "Algeria", "DZA", "D"] {
        assert_eq!(Country::of(unknown), None, "{unknown}");
    }
}

#[test]
fn a_country_sets_everything_and_the_papers_own_word_wins_on_each() {
    let lebanon = Country::of("LB").expect("Lebanon");
    let by_country = Ways::of(lebanon, OwnWays::default());
    assert_eq!((by_country.months, by_country.double, by_country.digits), (Levant, None, Eastern));
    assert_eq!((by_country.hijri, by_country.zone.as_str()), (None, "Asia/Beirut"));
    assert!(by_country.own.is_empty());
    let own = OwnWays {
        months: Some(PanArab),
        double: Some(true),
        digits: Some(Digits::Western),
        hijri: Some(Some(-1)),
        week_starts: Some(Sunday),
        weekend: Some(vec![Friday]),
        zone: Some("Europe/Paris".into()),
    };
    let ways = Ways::of(lebanon, own);
    assert_eq!((ways.months, ways.double, ways.digits), (PanArab, Some(Levant), Western));
    assert_eq!((ways.hijri, ways.zone.as_str()), (Some(-1), "Europe/Paris"));
    assert_eq!(ways.week, Week { starts: Sunday, weekend: vec![Friday] });
    assert_eq!(ways.own, Way::ALL);
}

#[test]
fn one_own_word_leaves_the_others_to_the_country() {
    let saudi = Country::of("SA").expect("Saudi Arabia");
    assert_eq!(Ways::of(saudi, OwnWays::default()).hijri, Some(0));
    let ways = Ways::of(saudi, OwnWays { hijri: Some(None), ..OwnWays::default() });
    assert_eq!((ways.hijri, ways.digits), (None, Eastern));
    assert!(ways.is_own(Way::Hijri) && !ways.is_own(Way::Digits));
}

#[test]
fn days_are_read_by_their_words_and_counted_from_the_first_of_the_week() {
    assert_eq!(Week::days_of_rest("friday, Saturday"), Some(vec![Friday, Saturday]));
    for wrong in ["", "friday,", "friday,friday", "someday", "friday,saturday,sunday,monday"] {
        assert_eq!(Week::days_of_rest(wrong), None, "{wrong}");
    }
    let week = Week { starts: Saturday, weekend: vec![Friday] };
    assert_eq!([Saturday, Sunday, Friday].map(|day| week.place_of(day)), [0, 1, 6]);
    assert!(week.rests(Friday) && !week.rests(Saturday));
}

/// Knows one zone, by any spelling.
fn one_zone(name: &str) -> Option<String> {
    name.eq_ignore_ascii_case("Asia/Beirut").then(|| "Asia/Beirut".to_owned())
}

/// Every way said by the paper itself.
fn all_said() -> SaidWays {
    SaidWays {
        country: "EG".into(),
        months: "levant".into(),
        double_months: "yes".into(),
        hijri: "1".into(),
        digits: "western".into(),
        week_starts: "sunday".into(),
        weekend: "friday,saturday".into(),
        time_zone: "Asia/Beirut".into(),
    }
}

#[test]
fn what_the_desk_says_is_read_and_written_back_the_same() {
    let ways = all_said().read(one_zone).expect("all of it is right");
    assert_eq!((ways.country.code, ways.months, ways.double), ("EG", Levant, Some(PanArab)));
    assert_eq!((ways.digits, ways.hijri, ways.zone.as_str()), (Western, Some(1), "Asia/Beirut"));
    assert_eq!((ways.week.starts, ways.week.weekend.as_slice()), (Sunday, FRI_SAT));
    assert_eq!(SaidWays::of(&ways), all_said());
    let none = SaidWays { double_months: "no".into(), hijri: "no".into(), ..SaidWays::default() };
    let ways = SaidWays { country: "SA".into(), ..none.clone() }.read(one_zone).expect("right");
    assert_eq!((ways.double, ways.hijri), (None, None));
    assert_eq!(SaidWays::of(&ways), SaidWays { country: "SA".into(), ..none });
    let only = SaidWays { country: "lb".into(), ..SaidWays::default() };
    assert_eq!(SaidWays::of(&only.read(one_zone).expect("right")).country, "LB");
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_a_zone_gets_its_right_name() {
    let wrong = SaidWays {
        country: "XX".into(),
        months: "roman".into(),
        double_months: "maybe".into(),
        hijri: "2".into(),
        digits: "12".into(),
        week_starts: "someday".into(),
        weekend: "friday,saturday,sunday,monday".into(),
        time_zone: "Nowhere/At".into(),
    };
    let own = [Way::Months, Way::DoubleMonths, Way::Hijri, Way::Digits, Way::WeekStarts, Way::Weekend, Way::TimeZone];
    let problems: Vec<_> = std::iter::once(WaysProblem::Country).chain(own.map(WaysProblem::Own)).collect();
    assert_eq!(wrong.read(one_zone), Err(problems));
    let spelt = SaidWays { time_zone: " asia/beirut ".into(), ..SaidWays::default() };
    let ways = spelt.read(one_zone).expect("known");
    assert_eq!((ways.zone.as_str(), ways.country.code), ("Asia/Beirut", OTHER));
}

#[test]
fn what_was_chosen_is_kept_in_words_that_a_person_can_read() {
    let kept = |chosen: &ChosenWays| serde_json::to_string(chosen).expect("text");
    assert_eq!(kept(&ChosenWays::File), r#"{"by":"file"}"#);
    let said = SaidWays { country: "DZ".into(), hijri: "-1".into(), ..SaidWays::default() };
    let desk = ChosenWays::Desk(said);
    assert_eq!(kept(&desk), r#"{"by":"desk","country":"DZ","hijri":"-1"}"#);
    for chosen in [ChosenWays::File, desk, ChosenWays::Desk(all_said())] {
        assert_eq!(serde_json::from_str::<ChosenWays>(&kept(&chosen)).ok(), Some(chosen));
    }
}

#[test]
fn a_week_has_its_seven_days_from_its_first() {
    let week = Week { starts: Saturday, weekend: vec![Friday] };
    let days: Vec<_> = week.days().collect();
    assert_eq!((days.first(), days.last(), days.len()), (Some(&Saturday), Some(&Friday), 7));
}
