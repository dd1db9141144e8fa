//! Frequent words that are often typed without their hamza, and have no other spelling.

use alloc::vec::Vec;

use super::proof::Proof;
use super::{Kind, Suggestion};
use crate::words::words;

/// Words of the list below, alone or behind و or ف.
pub(super) fn missing(proof: &Proof, found: &mut Vec<Suggestion>) {
    for word in words(proof.text) {
        let bare = word.text.strip_prefix(['و', 'ف']).unwrap_or(word.text);
        let Some((typed, written)) =
            [word.text, bare].into_iter().find_map(|typed| written(typed).map(|written| (typed, written)))
        else {
            continue;
        };
        let range = word.range.end - typed.len()..word.range.end;
        let sign = proof.signs.partition_point(|sign| sign.range.start < range.start);
        if proof.signs.get(sign).is_some_and(|sign| !sign.fixed) {
            found.push(Suggestion { range, kind: Kind::Hamza, replacement: written.into() });
        }
    }
}

/// How a word is written that was typed without hamza. Only words that are never right without it: not «ان» (أن, إن),
/// «اعلام» (إعلام, أعلام), «اخر» (آخر, أخر).
fn written(typed: &str) -> Option<&'static str> {
    WORDS.iter().find(|(without, _)| *without == typed).map(|(_, with)| *with)
}

/// Chosen by hand from what newspapers print most.
const WORDS: [(&str, &str); 70] = [
    ("الى", "إلى"),
    ("اذا", "إذا"),
    ("الان", "الآن"),
    ("ايضا", "أيضا"),
    ("ايضًا", "أيضًا"),
    ("امس", "أمس"),
    ("امام", "أمام"),
    ("اثناء", "أثناء"),
    ("لان", "لأن"),
    ("لانه", "لأنه"),
    ("لانها", "لأنها"),
    ("لانهم", "لأنهم"),
    ("اكثر", "أكثر"),
    ("اكبر", "أكبر"),
    ("افضل", "أفضل"),
    ("اقل", "أقل"),
    ("اول", "أول"),
    ("الاول", "الأول"),
    ("الاولى", "الأولى"),
    ("الاخير", "الأخير"),
    ("الاخيرة", "الأخيرة"),
    ("الاكبر", "الأكبر"),
    ("اكد", "أكد"),
    ("اكدت", "أكدت"),
    ("اعلن", "أعلن"),
    ("اعلنت", "أعلنت"),
    ("اضاف", "أضاف"),
    ("اضافت", "أضافت"),
    ("اوضح", "أوضح"),
    ("اوضحت", "أوضحت"),
    ("اشار", "أشار"),
    ("اشارت", "أشارت"),
    ("اصبح", "أصبح"),
    ("اصبحت", "أصبحت"),
    ("اعضاء", "أعضاء"),
    ("اسعار", "أسعار"),
    ("الاسعار", "الأسعار"),
    ("اطفال", "أطفال"),
    ("الاطفال", "الأطفال"),
    ("اولاد", "أولاد"),
    ("الاخبار", "الأخبار"),
    ("الازمة", "الأزمة"),
    ("الاسبوع", "الأسبوع"),
    ("الاحد", "الأحد"),
    ("الاربعاء", "الأربعاء"),
    ("الامم", "الأمم"),
    ("الامن", "الأمن"),
    ("الامين", "الأمين"),
    ("الاسلام", "الإسلام"),
    ("الاسلامية", "الإسلامية"),
    ("الانسان", "الإنسان"),
    ("الادارة", "الإدارة"),
    ("الاقليم", "الإقليم"),
    ("الاردن", "الأردن"),
    ("الامارات", "الإمارات"),
    ("اوروبا", "أوروبا"),
    ("امريكا", "أمريكا"),
    ("الامريكية", "الأمريكية"),
    ("الالف", "الألف"),
    ("احمد", "أحمد"),
    ("ابراهيم", "إبراهيم"),
    ("اسماعيل", "إسماعيل"),
    ("ابريل", "أبريل"),
    ("اغسطس", "أغسطس"),
    ("اكتوبر", "أكتوبر"),
    ("اسبوع", "أسبوع"),
    ("اهمية", "أهمية"),
    ("الاهالي", "الأهالي"),
    ("الاهلي", "الأهلي"),
    ("اساسية", "أساسية"),
];
