use crate::runs::{clusters, runs};

#[test]
fn readers_count_letters_and_not_marks() {
    assert_eq!(clusters("مُحَمَّد"), 4);
    assert_eq!(clusters("e\u{301}👨‍👩‍👧"), 2);
    assert_eq!(clusters(""), 0);
}

#[test]
fn stretched_letters_are_found_where_they_stand() {
    let text = "رااائع ــــــ لا َ!!! هه";
    let found = runs(text, 3);
    let seen: std::vec::Vec<_> = found.iter().map(|run| (run.letter, run.times, &text[run.range.clone()])).collect();
    assert_eq!(seen, [('ا', 3, "ااا"), ('ـ', 6, "ــــــ"), ('!', 3, "!!!")]);
}

#[test]
fn marks_between_do_not_hide_a_run() {
    let text = "مَمَ\u{200B}مَ";
    let found = runs(text, 3);
    assert_eq!((found[0].letter, found[0].times, found[0].range.clone()), ('م', 3, 0..text.len()));
    assert!(runs("م م م", 2).is_empty(), "a space parts");
    assert!(runs("", 0).is_empty());
    assert_eq!(runs("اب", 1).len(), 2);
}
