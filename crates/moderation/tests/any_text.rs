//! Whatever is sent: no panic, places that can be shown, the same answer twice, and an end.

use moderation::paste::{Sample, probes};
use moderation::{
    Alike, Facts, Models, Origin, Repeats, Rulebook, StoryFacts, Submission, Verdict, addresses, examine,
};
use proptest::prelude::*;

const STORY: &str = "أعلنت البلدية افتتاح خط الترام الجديد صباح الأحد";

/// Small limits, so that short texts break them too.
fn strict() -> Rulebook {
    Rulebook { long_text: 20, long_paste: 30, flood_run: 3, story_paste_words: 2, ..Rulebook::default() }
}

fn judged(text: &str, story: &str, rules: &Rulebook) -> Verdict {
    let repeats = Repeats { by_visitor: 1, on_story: 2, today: 3 };
    // Every kind of known text, so that a text is compared with itself, with the story's own words and with nothing.
    let known = [(Origin::Refused, text), (Origin::Article, STORY), (Origin::Comment, ""), (Origin::Archive, story)];
    let alike = known.map(|(origin, text)| Alike { origin, title: "", text });
    let facts = Facts {
        repeats,
        sent_last_minute: 9,
        sent_last_hour: 99,
        story: StoryFacts { text: story, ..StoryFacts::default() },
        parent: "والبلدية",
        alike: &alike,
        is_near_the_story: false,
        today: Some((2026, 11, 22)),
    };
    examine(&Submission { text, name: text }, &facts, rules, &Models::default())
}

/// Every range can be cut out of the text, they stand in order, and no two overlap.
fn can_be_shown(verdict: &Verdict, text: &str) {
    for finding in &verdict.findings {
        assert_eq!(finding.category, finding.reason.category());
        assert!(finding.weight <= 1_000);
        let mut end = 0;
        for range in &finding.ranges {
            assert!(range.start >= end && range.start < range.end, "{finding:?}");
            assert!(text.get(range.clone()).is_some(), "{finding:?}");
            end = range.end;
        }
    }
    assert!(verdict.priority <= 1_000);
}

/// Texts made of what the phases look for, broken off and stuck together anyhow.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "http://",
        "HTTPS://",
        "www.",
        "example.com",
        "youtu.be/",
        "abc_DEF-123",
        "youtube.com/watch?v=",
        ".",
        "..",
        "@",
        "/",
        ":80",
        "مثال.شبكة",
        "شاهد",
        "ـ",
        "ـــــ",
        "\u{64E}\u{651}",
        "\u{651}\u{64E}",
        "\u{200B}",
        "\u{202E}",
        "\u{A0}",
        "\u{FD3E}",
        "\u{FD3F}",
        "\n",
        "\n\n",
        " ",
        "م ر ح ب ا",
        "ااااا",
        "!!!!",
        "[12]",
        "[١٢]",
        "[",
        "<p",
        "&nbsp;",
        "{{",
        "\u{FDFA}",
        "\u{FEFC}",
        "\u{1F1F2}\u{1F1E6}",
        "\u{1F469}\u{200D}\u{1F4BB}",
        "é",
        "e\u{301}",
        "İ",
        "٢٠٢٥",
        "25نوفمبر",
        "أعلنت البلدية",
        "افتتاح خط",
        "الترام الجديد",
        "للبلدية",
        "والبلدية",
        "(",
        ")",
        "،",
        "-",
        "_",
        "%D9%85",
        "#",
        "?",
        "يا غبي",
        "ك ل ب",
        "«",
        "»",
        "\"",
        "لست",
        "7mar",
        "ya",
        "شراء متابعين",
        "+0555 123",
        "456",
        "$",
        "قال تعالى",
        "صدق الله العظيم",
        "﴿",
        "{",
        "سبحان الله",
        "قغفعهخت",
        "\u{30D}\u{30D}\u{30D}",
    ]);
    prop::collection::vec(scrap, 0..60).prop_map(|scraps| scraps.concat())
}

proptest! {
    #[test]
    fn any_text_is_examined(text in any::<String>(), story in any::<String>()) {
        let verdict = judged(&text, &story, &strict());
        can_be_shown(&verdict, &text);
        prop_assert_eq!(verdict, judged(&text, &story, &strict()));
    }

    #[test]
    fn scraps_of_everything_are_examined(text in scraps(), story in scraps()) {
        for rules in [strict(), Rulebook::default()] {
            let verdict = judged(&text, &story, &rules);
            can_be_shown(&verdict, &text);
            prop_assert_eq!(verdict, judged(&text, &story, &rules));
        }
    }

    #[test]
    fn any_limits_will_do(text in scraps(), a in 0usize..9, b in 0usize..9, c in 0u32..3, all in any::<bool>()) {
        let (a, c) = if all { (usize::MAX, u32::MAX) } else { (a, c) };
        let rules = Rulebook {
            long_text: a, long_paste: b, links_allowed: b, repeats_allowed: c, per_minute: c, per_hour: c, flood_run: a,
            story_paste_words: b.min(a), scripture_percent: a, off_topic_words: b, ..Rulebook::default()
        };
        can_be_shown(&judged(&text, STORY, &rules), &text);
    }

    #[test]
    fn probes_are_few_and_in_order(text in scraps(), other in any::<String>()) {
        for text in [text.repeat(20), other] {
            for sample in [Sample::Comment, Sample::Article, Sample::Question] {
                let found = probes(&text, sample);
                prop_assert!(found.len() <= sample.most());
                prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", found);
                prop_assert!(found.iter().all(|probe| (0..1 << 48).contains(probe)));
            }
        }
    }

    #[test]
    fn a_part_of_an_article_shares_probes_with_it(words in prop::collection::vec("[ء-ي]{3,7}", 120..260), cut in 0usize..100) {
        let article = words.join(" ");
        let part = words[cut..cut + 20].join(" ");
        let known = probes(&article, Sample::Article);
        let shared = probes(&part, Sample::Question).iter().filter(|probe| known.contains(probe)).count();
        prop_assert!(shared >= 1, "{shared}");
        let comment = probes(&part, Sample::Comment);
        let found = probes(&article, Sample::Question);
        // A question about a long text is sparse: what it shares with a short one is a matter of chance, not of a rule.
        prop_assert!(comment.len() <= 17 && found.len() <= 64);
    }

    #[test]
    fn addresses_stand_in_order_and_name_a_host(text in scraps()) {
        let mut end = 0;
        for address in addresses(&text) {
            assert!(address.range.start >= end && text.get(address.range.clone()).is_some());
            assert!(!address.host.is_empty());
            // «http://www.com» leads to a host whose own name is www.
            assert!(!address.host.strip_prefix("www.").is_some_and(|host| host.contains('.')), "{address:?}");
            end = address.range.end;
        }
    }

    #[test]
    fn what_lies_beyond_the_limit_begins_where_the_allowed_part_ends(text in scraps(), limit in 0usize..40) {
        let verdict = judged(&text, "", &Rulebook { long_text: limit, ..Rulebook::default() });
        let beyond = verdict.findings.iter().find(|finding| finding.reason.key() == "finding.too-long");
        match beyond {
            Some(finding) => prop_assert_eq!(arabic::runs::clusters(&text[..finding.ranges[0].start]), limit),
            None => prop_assert!(arabic::runs::clusters(&text) <= limit),
        }
    }
}

/// One megabyte of something that a slow engine would choke on, as comment and as story.
fn a_megabyte_of(scrap: &str) {
    let text = scrap.repeat(1_000_000 / scrap.len());
    can_be_shown(&judged(&text, STORY, &Rulebook::default()), &text);
    can_be_shown(&judged(&text, &text, &strict()), &text);
}

macro_rules! megabytes {
    ($($name:ident: $scrap:expr;)+) => {$(
        #[test]
        fn $name() {
            a_megabyte_of($scrap);
        }
    )+};
}

megabytes! {
    a_megabyte_of_insults_ends: "يا غبي ";
    a_megabyte_of_glued_insults_ends: "كلب";
    a_megabyte_of_quotes_ends: "«يا \"كلب» ";
    a_megabyte_of_formulas_ends: "قال تعالى سبحان الله ";
    a_megabyte_of_brackets_of_verses_ends: "{قال تعالى ﴿";
    a_megabyte_of_telephone_numbers_ends: "شراء متابعين 0555 123 456 ";
    a_megabyte_of_one_number_ends: "0 1-2";
    a_megabyte_of_arabizi_ends: "ya 7mar wach ";
    a_megabyte_of_mash_ends: "قغفعهخت ";
    a_megabyte_of_one_letter_ends: "ا";
    a_megabyte_of_tatweel_ends: "ـ";
    a_megabyte_of_marks_ends: "\u{64E}";
    a_megabyte_of_one_word_ends: "كلمة ";
    a_megabyte_of_single_letters_ends: "ا ";
    a_megabyte_of_hosts_ends: "a.com ";
    a_megabyte_of_dots_ends: "a.";
    a_megabyte_of_schemes_ends: "http://";
    a_megabyte_of_users_ends: "http://a@";
    a_megabyte_of_videos_without_spaces_ends: "youtu.be/AAAAAAAAAAA";
    a_megabyte_of_long_videos_without_spaces_ends: "youtube.com/watch?v=AAAAAAAAAAA";
    a_megabyte_of_glued_labels_ends: "a.com/bش";
    a_megabyte_of_brackets_ends: "\u{FD3F}[1]";
    a_megabyte_of_invisible_signs_ends: "\u{200B}a";
    a_megabyte_of_joined_pictures_ends: "\u{1F469}\u{200D}";
    a_megabyte_of_changing_letters_ends: "aaabbb";
    a_megabyte_of_brackets_and_words_ends: "(كلمة بعد كلمة) ";
    a_megabyte_of_days_ends: "اليوم 12 مارس 2017 ";
    a_megabyte_of_quotation_marks_ends: "«\"“ ا";
    a_megabyte_of_datelines_ends: "العاصمة (رويترز) - \n";
    a_megabyte_of_empty_lines_ends: "ا\n\n";
    a_megabyte_of_signs_that_grow_ends: "\u{FDFA} كلمات بينها كثيرة جدا ";
}

/// Every text is probed in time that grows with its length.
#[test]
fn a_text_of_one_word_has_one_probe() {
    let text = "كلمة ".repeat(64 * 1024 / "كلمة ".len());
    for sample in [Sample::Comment, Sample::Article, Sample::Question] {
        assert_eq!(probes(&text, sample).len(), 1);
    }
    assert_eq!(probes("أحد عشر كلمة لا أكثر من ذلك في هذا النص القصير", Sample::Question), []);
}
