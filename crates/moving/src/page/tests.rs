//! Small rules, one line at a time. Whole pages are in `tests/`.

use super::bring::guarded;
use super::byline::byline;
use super::furniture::{is_invitation, is_label, is_list_heading};
use super::picture_name::picture_name;
use super::{Encoding, decode, read, signing, source};

#[test]
fn a_byline_is_a_name_and_an_outlet() {
    let check = |line: &str, name: &str, outlet: &str| {
        let found = byline(line, 7).unwrap_or_else(|| panic!("no byline: {line}"));
        assert_eq!((found.name.as_str(), found.outlet.as_str(), found.line), (name, outlet, 7), "{line}");
    };
    check("هدى سالم لـ«الضفة الجديدة»", "هدى سالم", "الضفة الجديدة");
    check("هدى سالم لـ «الضفة الجديدة»", "هدى سالم", "الضفة الجديدة");
    check("هدى سالم ل«الضفة الجديدة»", "هدى سالم", "الضفة الجديدة");
    check("هدى سالم لـ\"الضفة الجديدة\"", "هدى سالم", "الضفة الجديدة");
    check("هدى سالم لـالضفة الجديدة", "هدى سالم", "الضفة الجديدة");
    check("هدى سالم لـــ«الضفة", "هدى سالم", "الضفة");
    check("هدى سالم للضفة الجديدة", "هدى سالم", "الضفة الجديدة");
    check("هدى سالم للـضفة الجديدة", "هدى سالم", "الضفة الجديدة");
    check("هدى سالم للـ«ضفة»", "هدى سالم", "ضفة");
    check("هدى\u{A0}سالم\u{A0}للضفة", "هدى سالم", "الضفة");
    check("هُدى لـ«الضفة»", "هُدى", "الضفة");
    check("د. كريم العلوي لـ«الضفة»", "د. كريم العلوي", "الضفة");
    check("الدكتور كريم العلوي للضفة", "الدكتور كريم العلوي", "الضفة");
    check("لطفي اللامي لـلندن اليوم", "لطفي اللامي", "لندن اليوم");
    check("للا عائشة للضفة", "للا عائشة", "الضفة");
}

#[test]
fn a_sentence_is_no_byline() {
    for line in [
        "شكرا للجميع",
        "الحمد لله",
        "والحمد كله لله",
        "هدى للضفة",
        "والقرار النهائي للمجلس",
        "القرار النهائي للمجلس",
        "هدى سالم للضفة الجديدة.",
        "هدى سالم لـ«الضفة الجديدة».",
        "هدى سالم لـ«الضفة الجديدة.»",
        "قال سالم لـ«الضفة» إن الميناء سيفتح",
        "هدى سالم لـ«الضفة» إن الميناء سيفتح",
        "قال سالم لـ«الضفة»",
        "وبقيت أبواب الميناء القديم مفتوحة طوال النهار للزوار",
        "في 12 يوما للزوار",
        "نحن، أهل الميناء، للضفة",
        "هدى سالم",
        "لـ«الضفة الجديدة»",
        "هدى سالم لـ",
        "الدكتور كريم بن علي العلوي لـ«الضفة»",
        "",
    ] {
        assert_eq!(byline(line, 1), None, "{line}");
    }
}

#[test]
fn a_picture_name_is_a_line_that_is_nothing_else() {
    for line in [
        "IMG_1234-1300x866",
        "IMG_1234-1300x866.jpg",
        "  IMG_1234  ",
        "port-1300x866",
        "port-1300x866-scaled",
        "port-1300x866-1",
        "118765_20987_o",
        "image_(2)_001",
        "صورة الميناء.JPG",
        "السوق-من-الداخل.png",
        "WhatsApp Image 2019-10-05 at 10.15.jpg",
    ] {
        assert_eq!(picture_name(line), Some(line.trim()), "{line}");
    }
    for line in [
        "",
        ".jpg",
        "Reuters",
        "COVID-19",
        "F-16",
        "2019-2020",
        "user_name",
        "www.example.org",
        "IMG_1234 من الأرشيف",
        "نشرت الصورة باسم «port.jpg»",
        "هذه جملة طويلة لا يمكن أن تكون اسما لملف صورة.jpg",
        "12x14",
    ] {
        assert_eq!(picture_name(line), None, "{line}");
    }
}

#[test]
fn furniture_is_known_in_its_spellings() {
    for line in
        ["اضف تعليق", "أضف تعليق", "أضف تعليقًا", "أضف تعليقاً:", "اترك تعليقا", "اكتب تعليقك", "اترك تعليقاً إلغاء الرد"]
    {
        assert!(is_invitation(line), "{line}");
    }
    for line in ["أضف تعليقك على الخبر أدناه", "اضف", "تعليق", "أضاف تعليقا", ""]
    {
        assert!(!is_invitation(line), "{line}");
    }
    for line in ["الاسم", "الإسم *", "البريد الإلكتروني", "الموقع (اختياري)", "إرسال", "الاسم، البريد الإلكتروني، الموقع"]
    {
        assert!(is_label(line), "{line}");
    }
    for line in ["الاسم الذي نحبه", "اسم", "الموقع، ثم الجسر", ""] {
        assert!(!is_label(line), "{line}");
    }
    for line in ["تعليقات الزوار", "التعليقات", "التعليقات (12)", "التعليقات: ١٢", "تعليقات الزوّار", "12 تعليقات"]
    {
        assert!(is_list_heading(line), "{line}");
    }
    for line in ["تعليقات الزوار على الميناء", "تعليق", ""] {
        assert!(!is_list_heading(line), "{line}");
    }
}

#[test]
fn encodings_are_told_apart() {
    let check = |bytes: &[u8], text: &str, encoding: Encoding, replaced: usize| {
        let found = decode(bytes);
        assert_eq!((found.text.as_str(), found.encoding, found.replaced), (text, encoding, replaced));
    };
    check("سلام".as_bytes(), "سلام", Encoding::Utf8, 0);
    check(b"", "", Encoding::Utf8, 0);
    check("\u{FEFF}سلام".as_bytes(), "سلام", Encoding::Utf8, 0);
    check(&[0xFF, 0xFE, 0x33, 0x06, 0x44, 0x06], "سل", Encoding::Utf16Le, 0);
    check(&[0xFE, 0xFF, 0x06, 0x33, 0x06, 0x44], "سل", Encoding::Utf16Be, 0);
    // Half of a pair of surrogates, and half of a unit.
    check(&[0xFE, 0xFF, 0xD8, 0x00, 0x06, 0x33, 0x06], "\u{FFFD}س\u{FFFD}", Encoding::Utf16Be, 2);
    check(&[0xD3, 0xE1, 0xC7, 0xE3, 0xA1, 0x20, 0x90, 0x81, 0x8D, 0x98], "سلام، گپچک", Encoding::Windows1256, 0);
    // Cut off in the middle of a letter: still UTF-8.
    let mut cut = "مطر خفيف على الضفة".as_bytes().to_vec();
    cut.pop();
    check(&cut, "مطر خفيف على الضف\u{FFFD}", Encoding::Utf8, 1);
}

#[test]
fn a_printed_name_is_taken_as_far_as_it_can_be() {
    let check = |printed: &str, name: &str, is_other: bool| {
        let (found, other) = signing::name(printed, 7).expect("a name");
        assert_eq!((found.as_str(), other), (name, is_other), "{printed}");
    };
    check("هدى", "هدى", false);
    check("ليلى (من الحي القديم)", "ليلى من الحي القديم", true);
    check("😊😊", "7", true);
    check("", "7", true);
    check(&"ه".repeat(60), &"ه".repeat(50), true);
}

#[test]
fn a_source_survives_saving_again_and_knows_copies_apart() {
    let key = |text: &str| {
        let page = read(text);
        let story = source::of_story(&page);
        (source::of_comments(&story, &page.comments), story)
    };
    let page = "عنوان\n\nفقرة أولى\nوبقيتها.\n\nتعليقات الزوار\n  1. هدى\n    مرحبا\n  2. هدى\n    مرحبا\n";
    let again = "عُنوان\r\n\r\nفقرة\u{A0}أولى وبقيتهـا.\r\n\r\nالتعليقات\r\n  ١. هدى\r\n    مرحبا \r\n  ٢. هدى\r\n      مرحبا\r\n";
    assert_eq!(key(page), key(again));
    let (comments, _) = key(page);
    assert_ne!(comments[0], comments[1]);
    assert_ne!(key(page).1, key("عنوان آخر\n\nفقرة أولى\nوبقيتها.\n").1);
    // A border between headline and body is part of the key.
    assert_ne!(key("عنوان\n\nفقرة\n").1, key("عنوان فقرة\n").1);
}

#[test]
fn an_engine_that_breaks_down_loses_no_comment() {
    let verdict = guarded(|| panic!("broken on purpose"));
    assert_eq!(verdict, moderation::Verdict::unexamined());
    assert_eq!(guarded(moderation::Verdict::default), moderation::Verdict::default());
}
