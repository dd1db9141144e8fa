//! A text cut into the pieces that are together the likeliest.

use crate::normal::letter;
use crate::weights::Weights;

/// The pieces that every model of this kind begins with.
const UNKNOWN: u32 = 0;
const BEGINNING: u32 = 1;
const END: u32 = 2;

/// An unknown letter is this much worse than the worst piece.
const UNKNOWN_IS_WORSE: f64 = 10.0;

/// The best way to one place of the text.
#[derive(Clone, Copy)]
struct Way {
    score: f64,
    from: u32,
    piece: u32,
}

/// The pieces of a normalised text between beginning and end, `most` at most.
pub fn cut(weights: &Weights, normal: &[u8], most: usize) -> Vec<u32> {
    let mut pieces = vec![END];
    match best_ways(weights, normal) {
        ways if normal.is_empty() || ways.is_empty() => pieces.push(UNKNOWN),
        ways => {
            let mut at = normal.len();
            while at > 0 {
                let Some(way) = ways.get(at) else { break };
                pieces.push(way.piece);
                at = way.from as usize;
            }
        }
    }
    pieces.push(BEGINNING);
    pieces.reverse();
    if pieces.len() > most {
        pieces.truncate(most.saturating_sub(1));
        pieces.push(END);
    }
    pieces
}

/// For every place that begins a letter the best way to it, from the left to the right. Of equal ways the one that was
/// found first stays: the model's other readers do so.
fn best_ways(weights: &Weights, normal: &[u8]) -> Vec<Way> {
    let unknown = f64::from(weights.lowest_score()) - UNKNOWN_IS_WORSE;
    let mut ways = vec![Way { score: -1e38, from: 0, piece: UNKNOWN }; normal.len() + 1];
    ways[0].score = 0.0;
    let trie = weights.pieces();
    let mut at = 0;
    while at < normal.len() {
        let so_far = ways[at].score;
        let one = letter(&normal[at..]).min(normal.len() - at);
        let mut known = false;
        let mut go = |length: usize, score: f64, piece: u32| {
            if let Some(way) = ways.get_mut(at + length).filter(|way| score > way.score) {
                *way = Way { score, from: u32::try_from(at).unwrap_or_default(), piece };
            }
        };
        trie.words(&normal[at..], |length, piece| {
            known |= length == one;
            go(length, so_far + f64::from(weights.score(piece)), piece);
        });
        if !known {
            go(one, so_far + unknown, UNKNOWN);
        }
        at += one;
    }
    ways
}
