//! The encoder beside the package that its weights come from; `golden/make.py` says how the rows were made.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use encoder::{Encoder, WEIGHTS};
use serde::Deserialize;

/// What the package makes of a text.
#[derive(Deserialize)]
struct Golden {
    text: String,
    pieces: Vec<u32>,
    vector: String,
}

/// Texts in which the package finds a piece of a script that was cut out.
const CUT: usize = 1;

fn golden() -> Vec<Golden> {
    let lines = include_str!("golden/golden.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn encoder() -> Encoder {
    Encoder::from_bytes(std::fs::read(WEIGHTS).unwrap()).unwrap()
}

#[test]
fn a_text_is_cut_into_the_pieces_that_the_package_finds() {
    let encoder = encoder();
    let mut others = 0;
    for row in golden() {
        if encoder.pieces(&row.text) != row.pieces {
            assert!(row.text.contains("Москва"), "{:?}", row.text);
            others += 1;
        }
    }
    assert_eq!(others, CUT);
}

#[test]
fn a_vector_is_the_package_s_to_a_thousandth() {
    let encoder = encoder();
    let rows = golden();
    let texts: Vec<&str> = rows.iter().map(|row| &*row.text).collect();
    for (row, vector) in rows.iter().zip(encoder.encode_batch(&texts)) {
        let steps = STANDARD.decode(&row.vector).unwrap();
        let theirs: Vec<f32> = steps.into_iter().map(|step| f32::from(step.cast_signed())).collect();
        let length = theirs.iter().map(|number| number * number).sum::<f32>().sqrt();
        let near: f32 = vector.numbers().iter().zip(&theirs).map(|(a, b)| a * b / length).sum();
        assert!(near >= 0.999 || row.text.contains("Москва"), "{near}: {:?}", row.text);
    }
}
