//! Menus, style rules, and who may sell the paper's places.

use super::{
    AdsTxtProblem, CssProblem, Doors, DoorsProblem, Known, MOST_CSS_BYTES, MOST_NOTE, MenuField, MenuProblem, Part,
    Service, Shut, Target, TypedLine, TypedMenus, check_ads_txt, check_css,
};
use crate::people::{May, Role};
use crate::profile::Language;
use jiff::Timestamp;

fn line(label: &str, kind: &str, to: &str) -> TypedLine {
    let labels = [("ar".to_owned(), label.to_owned())].into_iter().collect();
    TypedLine { labels, kind: kind.to_owned(), to: to.to_owned(), column: 0 }
}

fn read(header: Vec<TypedLine>) -> Result<super::Menus, Vec<(MenuField, MenuProblem)>> {
    let (sections, pages) = (["city".to_owned()], ["about".to_owned()]);
    TypedMenus { header, ..TypedMenus::default() }.read(Known { sections: &sections, pages: &pages })
}

#[test]
fn a_menu_leads_where_it_says_and_blank_lines_are_left_out() {
    let menus = read(vec![
        line("", "section", "city"),
        line("", "path", ""),
        line("من نحن", "page", "about"),
        line("الأرشيف", "path", "/archive"),
        line("تبرّع", "address", "https://give.example/paper?from=menu"),
    ])
    .expect("right");
    let targets: Vec<&Target> = menus.header.iter().map(|line| &line.target).collect();
    assert_eq!(targets.len(), 4);
    assert_eq!(targets.first(), Some(&&Target::Section("city".into())));
    assert_eq!(menus.header.get(1).and_then(|line| line.label.words(Language::Fr)), Some("من نحن"), "what there is");
    assert_eq!(menus.header.first().and_then(|line| line.label.words(Language::Ar)), None, "by the section's name");
    assert_eq!(TypedMenus::of(&menus).header.len(), 4);
}

#[test]
fn a_line_that_leads_nowhere_is_said_where_it_stands() {
    let long = "ط".repeat(42);
    for (label, kind, to, problem) in [
        ("قسم", "section", "sport", MenuProblem::NoSuchSection),
        ("صفحة", "page", "nothing", MenuProblem::NoSuchPage),
        ("", "path", "/archive", MenuProblem::NoLabel),
        (&*long, "path", "/archive", MenuProblem::TooLong(2)),
        ("طريق", "path", "archive", MenuProblem::NoPath),
        ("طريق", "path", "//elsewhere.example", MenuProblem::NoPath),
        ("طريق", "path", "/desk", MenuProblem::NoPath),
        ("طريق", "path", "/desk/site", MenuProblem::NoPath),
        ("طريق", "path", "/a\"b", MenuProblem::NoPath),
        ("عنوان", "address", "http://give.example", MenuProblem::NoAddress),
        ("عنوان", "address", "https://give", MenuProblem::NoAddress),
        ("عنوان", "address", "https://user@give.example/", MenuProblem::NoAddress),
        ("عنوان", "address", "javascript:alert(1)", MenuProblem::NoAddress),
    ] {
        let wrong = read(vec![line("", "section", "city"), line(label, kind, to)]);
        assert_eq!(wrong, Err(vec![(MenuField::HeaderLine(1), problem)]), "{to}");
    }
    let many = read(vec![line("", "section", "city"); 14]);
    assert_eq!(many, Err(vec![(MenuField::Header, MenuProblem::TooMany(2))]));
}

#[test]
fn the_foot_has_columns_and_keeps_those_before_a_full_one() {
    let mut second = line("من نحن", "page", "about");
    second.column = 2;
    let titles = ["أول", "", "ثالث", "رابع"].map(str::to_owned).to_vec();
    let typed = TypedMenus { footer: vec![second], titles, ..TypedMenus::default() };
    let pages = ["about".to_owned()];
    let menus = typed.read(Known { sections: &[], pages: &pages }).expect("right");
    let shape: Vec<(&str, usize)> = menus.footer.iter().map(|c| (c.title.as_str(), c.lines.len())).collect();
    assert_eq!(shape, [("أول", 0), ("", 0), ("ثالث", 1)]);
}

#[test]
fn a_link_to_a_service_leads_to_that_service() {
    for (service, address) in [
        (Service::X, "https://x.com/almarfa"),
        (Service::X, "https://twitter.com/almarfa"),
        (Service::Facebook, "https://www.facebook.com/almarfa"),
        (Service::Whatsapp, "https://whatsapp.com/channel/0029"),
        (Service::Mastodon, "https://social.example/@almarfa"),
        (Service::Rss, "https://almarfa.example/feed.xml"),
    ] {
        assert!(service.is_at(address), "{address}");
    }
    for (service, address) in [
        (Service::X, "https://x.com.evil.example/almarfa"),
        (Service::X, "https://notx.com/almarfa"),
        (Service::Facebook, "http://facebook.com/almarfa"),
        (Service::Facebook, "https://evil.example/facebook.com"),
        (Service::Whatsapp, "https://whatsapp.com/0029"),
        (Service::Telegram, "https://t.me@evil.example/"),
        (Service::Mastodon, "https://social.example/almarfa"),
    ] {
        assert!(!service.is_at(address), "{address}");
    }
    let social = vec![(Service::X, "https://facebook.com/almarfa".to_owned())];
    let wrong = TypedMenus { social, ..TypedMenus::default() }.read(Known::default());
    assert_eq!(wrong, Err(vec![(MenuField::Social(Service::X), MenuProblem::OtherHost)]));
}

#[test]
fn style_rules_ask_nobody_else() {
    for right in [
        "",
        ".name { color: red }\n",
        "/* see https://example.org and @import there */\na { background: url(/pictures/a.jpg) }",
        "a { background: url( 'data:image/png;base64,AA//' ) }",
        "q::before { content: \"\\201C\" }",
    ] {
        assert_eq!(check_css(right), Ok(right.trim_end().to_owned()), "{right}");
    }
    for (wrong, problem) in [
        ("a {}\n@import \"x.css\";", CssProblem::Import(2)),
        ("@IMPORT url(/x.css);", CssProblem::Import(1)),
        ("@\\69mport '/x.css';", CssProblem::Import(1)),
        ("@\\000069 mport '/x.css';", CssProblem::Import(1)),
        ("a {\n background: url(https://elsewhere.example/a.png) }", CssProblem::OtherHost(2)),
        ("a { background: url( \"//elsewhere.example/a.png\") }", CssProblem::OtherHost(1)),
        ("a { background: url(ftp:elsewhere) }", CssProblem::OtherHost(1)),
        ("a::after { content: \"/*\" } b { background: url(https://elsewhere.example/) }", CssProblem::OtherHost(1)),
        ("a { background: u\\72l(\\2f/elsewhere.example/a) }", CssProblem::OtherHost(1)),
        ("a { background: image-set('//elsewhere.example/a.png' 1x) }", CssProblem::OtherHost(1)),
        ("a {}\n</style>", CssProblem::EndsItself(2)),
        ("a {}\n\n/* </style> */", CssProblem::EndsItself(3)),
    ] {
        assert_eq!(check_css(wrong), Err(vec![problem]), "{wrong}");
    }
    let long = "a".repeat(MOST_CSS_BYTES + 3);
    assert_eq!(check_css(&long), Err(vec![CssProblem::TooLong(3)]));
}

#[test]
fn the_lines_of_ads_txt_are_of_the_known_forms() {
    let right = "# الوكالة\nadvertiser.example, 1234, DIRECT, f08c47fec0942fa0\nother.example,pub-1,reseller # إلى حين\n\n\
         CONTACT=ads@almarfa.example\nsubdomain=news.almarfa.example\nMANAGERDOMAIN=manager.example, LB\n\
         third.example, 5, DIRECT; extension";
    assert_eq!(check_ads_txt(&right.replace('\n', "\r\n")), Ok(right.to_owned()));
    assert_eq!(check_ads_txt(" \n"), Ok(String::new()));
    let wrong = "a.example, 1\nnodomain, 1, DIRECT\na.example, , DIRECT\na.example, 1, OWNER\n\
         a.example, 1, DIRECT, x y\nCOLOUR=red\nOWNERDOMAIN=none\na.example, 1, DIRECT";
    let problems: Vec<(usize, AdsTxtProblem)> = check_ads_txt(wrong).expect_err("wrong");
    assert_eq!(
        problems,
        [
            (1, AdsTxtProblem::Fields),
            (2, AdsTxtProblem::Domain),
            (3, AdsTxtProblem::Account),
            (4, AdsTxtProblem::Relationship),
            (5, AdsTxtProblem::Authority),
            (6, AdsTxtProblem::Variable),
            (7, AdsTxtProblem::Value),
        ]
    );
}

#[test]
fn every_part_reads_its_own_word_back_and_an_editor_changes_menus_house_and_feeds_alone() {
    for part in Part::ALL {
        assert_eq!(Part::from_key(part.key()), Some(part));
        assert_eq!(serde_json::to_string(&part).expect("json"), format!("\"{}\"", part.key()));
        assert!(Role::Owner.may(part.needs()), "{part:?}");
        assert_eq!(
            Role::Editor.may(part.needs()),
            [Part::Menus, Part::House, Part::Feeds, Part::Doors].contains(&part),
            "{part:?}"
        );
    }
    assert_eq!(Part::Css.needs(), May::DressHouse);
}

#[test]
fn a_note_at_the_doors_is_one_line_of_bearable_length() {
    let now = Timestamp::UNIX_EPOCH;
    let doors = Doors::read(Some(Shut::UntilOpened), " نعود \n مساءً\0 ", now).expect("a note");
    assert_eq!(doors, Doors { reading_only: true, until: None, note: "نعود مساءً".to_owned() });
    assert!(Doors::read(Some(Shut::UntilOpened), &"ن".repeat(MOST_NOTE), now).is_ok());
    assert_eq!(Doors::read(None, &"ن".repeat(MOST_NOTE + 1), now), Err(DoorsProblem::NoteTooLong));
}

#[test]
fn doors_that_are_shut_until_a_time_open_by_themselves() {
    let at = |second| Timestamp::from_second(second).expect("a time");
    let read = |shut| Doors::read(Some(shut), "", at(1_000)).map(|doors| doors.until);
    assert_eq!(read(Shut::Hour), Ok(Some(at(4_600))));
    assert_eq!(read(Shut::ThreeHours), Ok(Some(at(11_800))));
    assert_eq!(read(Shut::Until(None)), Err(DoorsProblem::NoEnd));
    assert_eq!(read(Shut::Until(Some(at(1_000)))), Err(DoorsProblem::EndIsPast));
    let doors = Doors::read(Some(Shut::Until(Some(at(2_000)))), "", at(1_000)).expect("doors");
    assert_eq!([at(1_999), at(2_000)].map(|now| doors.are_shut(now)), [true, false]);
    let kept = serde_json::to_string(&doors).expect("json");
    assert_eq!(serde_json::from_str::<Doors>(&kept).expect("read back"), doors);
    let before: Doors = serde_json::from_str(r#"{"reading_only":true,"note":""}"#).expect("as it was kept before");
    assert!(before.are_shut(at(i64::from(i32::MAX))), "until an editor opens them");
    assert!(!Doors::default().are_shut(at(1_000)));
}
