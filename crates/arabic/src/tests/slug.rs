use proptest::prelude::*;

use crate::runs::clusters;
use crate::slug::{same_slug_key, slug, slug_or};

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (headline, expected) in cases {
        assert_eq!(slug(headline, 60).as_deref(), Some(*expected), "{headline:?}");
    }
}

#[test]
fn a_slug_is_the_headline_as_spelled() {
    check(&[
        ("يلعب الكرة", "يلعب-الكرة"),
        ("أعلنت الحُكومةُ: «لا تغيير»!", "أعلنت-الحكومة-لا-تغيير"),
        ("العـــربية ٢٠٢٥ — ۱۴", "العربية-2025-14"),
        ("خبر\u{202E} عا\u{200B}جل", "خبر-عاجل"),
        ("ا\u{64E}\u{654}حمد", "أحمد"),
        ("\u{FEDB}\u{FEE0}\u{FE90} مد\u{FE77}رسة", "كلب-مدرسة"),
        ("Midad a 2 ANS, l’École", "midad-a-2-ans-l-école"),
        ("  ...مداد---حبر\u{A0}", "مداد-حبر"),
        ("हिन्दी", "हिन्दी"),
    ]);
}

#[test]
fn a_slug_ends_with_a_word() {
    assert_eq!(slug("افتتاح المكتبة الجديدة", 14).as_deref(), Some("افتتاح-المكتبة"));
    assert_eq!(slug("افتتاح المكتبة الجديدة", 13).as_deref(), Some("افتتاح"));
    assert_eq!(slug("افتتاح المكتبة", 4).as_deref(), Some("افتت"));
    assert_eq!(slug("افتتاح المكتبة", 7).as_deref(), Some("افتتاح"));
    assert_eq!(slug("افتتاح", 0), None);
    assert_eq!(slug_or("افتتاح المكتبة", 60, "k7f2"), "افتتاح-المكتبة");
}

#[test]
fn without_letters_there_is_no_slug() {
    for headline in ["", "!؟…", "٢٠٢٥", "ـــــ", "\u{64E}", "🌹"] {
        assert_eq!(slug(headline, 60), None, "{headline:?}");
        assert_eq!(slug_or(headline, 60, "k7f2"), "k7f2");
    }
}

#[test]
fn a_retyped_slug_has_the_same_key() {
    assert_eq!(same_slug_key("أعلنت-الحكومة-2025"), same_slug_key("اعلنت-الحكومه-٢٠٢٥"));
    assert_eq!(same_slug_key("مستشفى--المدينة-"), same_slug_key("مستشفي المدينه"));
    assert_ne!(same_slug_key("مداد-حبر"), same_slug_key("مدادحبر"));
    assert_eq!(same_slug_key("-"), "");
}

proptest! {
    #[test]
    fn a_slug_is_short_whole_and_its_own_slug(headline in any::<std::string::String>(), arabic in "[ا-ي\u{64B}-\u{655} ٠-٩ـ،]{0,80}", most in 1usize..40) {
        for headline in [&headline, &arabic] {
            if let Some(made) = slug(headline, most) {
                prop_assert!(clusters(&made) <= most);
                prop_assert!(!made.starts_with('-') && !made.ends_with('-') && !made.contains("--"));
                prop_assert_eq!(slug(&made, most), Some(made));
            }
        }
    }
}
