use std::string::String;

use proptest::prelude::*;

use crate::leet::reading;

#[test]
fn signs_for_letters_are_read() {
    for (text, plain) in [
        ("h3ll0", "hello"),
        ("fr33 c@$h!", "free cash!"),
        ("(c4sin0)", "(casino)"),
        ("v1s!t us", "visit us"),
        ("زوروا c4sino الآن", "زوروا casino الآن"),
    ] {
        assert_eq!(reading(text).as_deref(), Some(plain), "{text}");
    }
    for text in
        ["", "2025", "covid19", "h264", "1000", "b2b", "info@example.com", "https://example.com/a1b", "wow!!!", "م3لم"]
    {
        assert_eq!(reading(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn places_stay_the_same(text in any::<String>(), latin in "[a-e0-9@$!. م]{0,40}") {
        for text in [&text, &latin] {
            if let Some(read) = reading(text) {
                prop_assert_eq!(read.len(), text.len());
                prop_assert!(text.char_indices().eq(text.char_indices().filter(|(at, _)| read.is_char_boundary(*at))));
            }
        }
    }
}
