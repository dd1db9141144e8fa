//! Damaged texts cut into pieces: never too many, and the ends in their places.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../../fuzz/mutation.rs"]
mod mutation;

use encoder::{Encoder, LONGEST, MOST_PIECES, WEIGHTS};
use mutation::{Target, fuzz};

#[test]
fn any_text_has_pieces_and_never_too_many() {
    let encoder = Encoder::from_bytes(std::fs::read(WEIGHTS).unwrap()).unwrap();
    fuzz(&Target { name: "pieces", texts: 300, longest: 64 * 1024 }, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let pieces = encoder.pieces(&text);
        assert!((3..=MOST_PIECES).contains(&pieces.len()), "{} pieces", pieces.len());
        assert_eq!((pieces.first(), pieces.last()), (Some(&1), Some(&2)));
        let read = &text[..text.floor_char_boundary(LONGEST)];
        assert!(read.len() == text.len() || pieces == encoder.pieces(read), "what is beyond the bound does not count");
    });
}
