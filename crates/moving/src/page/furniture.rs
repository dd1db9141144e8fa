//! Lines that belong to the page's machinery and not to the story: the comment form, the heading of the list.

use arabic::fold::{Level, folded};

/// Headings of the list of comments, folded.
const LIST_HEADINGS: [&str; 4] = ["تعليقات الزوار", "تعليقات القراء", "التعليقات", "تعليقات"];
/// How an invitation to comment begins, folded, and what it invites to.
const INVITE: [&str; 3] = ["اضف", "اترك", "اكتب"];
const INVITED: [&str; 6] = ["تعليق", "تعليقا", "تعليقك", "رد", "ردا", "ردك"];
/// What may follow («أضف تعليقًا جديدًا», «اترك تعليقاً إلغاء الرد»).
const INVITE_TAIL: [&str; 4] = ["جديد", "جديدا", "الغاء", "الرد"];
/// Labels and buttons of the form, folded.
const LABELS: [&str; 17] = [
    "الاسم",
    "الاسم الكامل",
    "البريد",
    "البريد الالكتروني",
    "بريدك الالكتروني",
    "الموقع",
    "الموقع الالكتروني",
    "العنوان",
    "التعليق",
    "نص التعليق",
    "تعليقك",
    "ارسال",
    "ارسل",
    "ارسال التعليق",
    "ارسل التعليق",
    "الغاء الرد",
    "الغاء",
];
/// What stands behind a label («الاسم (مطلوب)», «الموقع (اختياري)»), folded.
const LABEL_TAILS: [&str; 3] = ["مطلوب", "اختياري", "الزامي"];

/// The line that stands over the list: «تعليقات الزوار», «التعليقات (12)», «التعليقات: ١٢».
pub(super) fn is_list_heading(text: &str) -> bool {
    LIST_HEADINGS.contains(&bare(text).as_str())
}

/// The line over the form: «أضف تعليق», «اترك تعليقًا».
pub(super) fn is_invitation(text: &str) -> bool {
    let bare = bare(text);
    let mut words = bare.split(' ');
    words.next().is_some_and(|word| INVITE.contains(&word))
        && words.next().is_some_and(|word| INVITED.contains(&word))
        && words.all(|word| INVITE_TAIL.contains(&word))
}

/// A line of labels or a button, one or several: «الاسم، البريد الإلكتروني، الموقع».
pub(super) fn is_label(text: &str) -> bool {
    text.split(['،', ',', '|', '/', '؛']).all(|label| {
        let bare = bare(label);
        let kept: Vec<&str> = bare.split(' ').filter(|word| !LABEL_TAILS.contains(word)).collect();
        LABELS.contains(&kept.join(" ").as_str())
    })
}

/// The folded letters, words parted by one space; digits and signs are left out.
fn bare(text: &str) -> String {
    let folded = folded(text, Level::Search);
    let words = folded.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
