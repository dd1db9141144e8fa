//! Damaged texts typed as the body of a story.

#[path = "../../../fuzz/mutation.rs"]
mod mutation;

use mutation::{Target, fuzz};
use newsroom::body::{Body, read_text_form, write_text_form};

#[test]
fn what_was_read_and_written_once_stays_as_it_is_and_no_word_is_lost() {
    fuzz(&Target { name: "body", texts: 300, longest: 4 * 1024 }, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let (typed, problems) = read_text_form(&text);
        let lines = text.lines().count();
        assert!(problems.iter().all(|problem| (1..=lines).contains(&problem.line)), "{problems:?}");
        assert!(typed.0.len() <= lines, "{} blocks of {lines} lines", typed.0.len());
        let once = again(&typed);
        // Words below pictures aside: a bracket and a brace inside of a file's name can be read as its end.
        if typed.pictures().next().is_none() {
            assert_eq!(words(&once), words(&typed));
        }
        assert_eq!(again(&once), once);
        let (checked, _) = typed.checked();
        assert_eq!(checked.clone().checked(), (checked, Vec::new()), "what may be kept may be kept");
    });
}

/// The body after it was written out and read again.
fn again(body: &Body) -> Body {
    read_text_form(&write_text_form(body)).0
}

/// Its words, however they are spaced.
fn words(body: &Body) -> Vec<String> {
    body.plain_text().split_whitespace().map(str::to_owned).collect()
}
