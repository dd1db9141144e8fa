//! One listed word in every disguise that word lists of other comment systems let pass, and what stands beside it.

use moderation::{Advice, Facts, Finding, Models, Reason, Rulebook, StoryFacts, Submission, examine};

/// The table: what other systems were measured with, and the same disguises on a phrase.
const VARIANTS: [(&str, &str, &str); 11] = [
    ("plain", "هذا كلب", "كلب"),
    ("one vowel", "هذا كَلب", "كَلب"),
    ("all vowels", "هذا كَلْبٌ", "كَلْبٌ"),
    ("final mark", "هذا كلبٌ", "كلبٌ"),
    ("tatweel", "هذا كلـــب", "كلـــب"),
    ("article", "اسمعوا الكلب", "الكلب"),
    ("particle", "هو وكلب", "وكلب"),
    ("pronoun", "هذا كلبهم", "كلبهم"),
    ("spaces", "هذا ك ل ب", "ك ل ب"),
    ("zero-width", "هذا ك\u{200C}لب", "ك\u{200C}لب"),
    ("other letters", "هذا \u{6A9}لب \u{FEDB}\u{FEE0}\u{FE90}", "\u{6A9}لب"),
];

const PHRASES: [(&str, &str); 5] = [
    ("يا ابن الكلب", "ابن الكلب"),
    ("يا ابن، الكلب", "ابن، الكلب"),
    ("يا إبن الكلب", "إبن الكلب"),
    ("يا ٱبن الكَلْب", "ٱبن الكَلْب"),
    ("يابن الكلللللب", "يابن الكلللللب"),
];

fn listed(text: &str, story: &str) -> Vec<Finding> {
    let story = StoryFacts { text: story, ..StoryFacts::default() };
    let facts = Facts { story, ..Facts::default() };
    let verdict = examine(&Submission { text, name: "هدى" }, &facts, &Rulebook::default(), &Models::default());
    verdict.findings.into_iter().filter(|finding| matches!(finding.reason, Reason::Listed { .. })).collect()
}

fn weight(text: &str) -> u16 {
    listed(text, "").iter().map(|finding| finding.weight).max().unwrap_or(0)
}

#[test]
fn every_variant_of_a_listed_word_is_caught_and_shown_as_sent() {
    for (disguise, text, shown) in VARIANTS {
        let found = listed(text, "");
        assert!(!found.is_empty(), "{disguise}: «{text}» was let pass");
        assert_eq!(&text[found[0].ranges[0].clone()], shown, "{disguise}");
        assert!(found[0].weight > 0, "{disguise}");
    }
}

#[test]
fn every_variant_of_a_listed_phrase_is_caught() {
    for (text, shown) in PHRASES {
        let found = listed(text, "");
        assert!(
            found.iter().any(|f| f.weight >= 600 && text[f.ranges[0].clone()].ends_with(shown)),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn the_animal_is_no_insult() {
    let animals =
        ["الراعي وكلب الحراسة", "كلب ينبح كل ليلة", "الكلاب الضالة في الشوارع", "ركب حمار جده إلى الحقل", "لحم الخنزير"];
    for text in animals {
        assert_eq!(listed(text, ""), [], "{text}");
    }
    assert_eq!(listed("هذا كلب يخيف الأطفال", "حملة لتعقيم الكلاب الضالة في المدينة"), []);
}

#[test]
fn a_face_weighs_more_than_a_man_and_a_thing_nothing() {
    let (face, man, thing) = (weight("يا غبي"), weight("رجل غبي"), weight("هذا قرار غبي"));
    assert!(face > man && man > thing && thing == 0, "{face} {man} {thing}");
    for text in
        ["أنت غبي", "انتم أغبياء", "ياغبي اسمع", "غبي أنت", "you stupid idiot", "t'es un abruti", "espèce d'idiot"]
    {
        assert!(weight(text) >= 600, "{text}: {}", weight(text));
    }
}

#[test]
fn what_is_quoted_denied_or_told_weighs_nothing() {
    let framed = [
        "قال لي «يا غبي» وانصرف ولم يعتذر لأحد",
        "لست غبيًا لأصدق هذا الكلام",
        "والله مش غبي",
        "نعتوه بأنه غبي في الجلسة",
        "he is not stupid",
    ];
    for text in framed {
        let found = listed(text, "");
        assert!(!found.is_empty() && found.iter().all(|finding| finding.weight == 0), "{text}: {found:?}");
    }
    assert!(weight("لا، يا غبي") >= 600 && weight("«يا غبي»") >= 600);
}

#[test]
fn words_that_hold_a_listed_word_are_let_pass() {
    let innocent = [
        "عكس ذلك",
        "الحزب والحزبي",
        "أخرى وآخره",
        "قلب",
        "الكلباني سجل هدفًا",
        "زكي وزكية",
        "ثورة",
        "غدًا نلتقي",
        "الزمالك",
        "دخول",
        "assess the class",
        "Scunthorpe",
        "concert",
        "content",
    ];
    for text in innocent {
        assert_eq!(listed(text, ""), [], "{text}");
    }
}

#[test]
fn only_what_is_explicit_by_two_kinds_of_evidence_is_advised_to_be_refused() {
    let advice = |text| {
        examine(&Submission { text, name: "" }, &Facts::default(), &Rulebook::default(), &Models::default()).advice
    };
    assert_eq!(advice("سأقتلك إن كتبت مرة أخرى"), Advice::Doubt);
    assert_eq!(advice("سأقتلك يا حمار"), Advice::Refuse);
    assert_eq!(advice("سأقتلك يا حمار؟ من قال هذا؟"), Advice::Doubt);
    assert_eq!(advice("قال المتهم للشاهد: سأقتلك إن تكلمت"), Advice::Release);
    assert_eq!(advice("يا غبي"), Advice::Doubt);
    assert_eq!(advice("الوزير رجل غبي"), Advice::Look);
    assert_eq!(advice("قرار جاهل ومتخلف"), Advice::Release);
}
