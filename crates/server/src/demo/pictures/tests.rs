use std::collections::HashSet;

use tiny_skia::Pixmap;

use super::{Drawing, MOTIFS, draw};

fn drawn(motif: &str, seed: u64) -> Drawing {
    draw(motif, seed).unwrap_or_else(|| panic!("«{motif}» is among the motifs but was not drawn"))
}

#[test]
fn every_motif_is_a_picture_of_the_promised_size_in_many_colours() {
    for motif in MOTIFS {
        let drawing = drawn(motif, 1);
        let picture = Pixmap::decode_png(&drawing.png).expect("a PNG file");
        assert_eq!((picture.width(), picture.height()), (1200, 675), "{motif}");
        assert_eq!((drawing.width, drawing.height), (1200, 675), "{motif}");
        let colours: HashSet<_> = picture.data().chunks_exact(4).collect();
        assert!(colours.len() >= 5, "«{motif}» has only {} colours", colours.len());
        assert!(colours.iter().all(|pixel| pixel[3] == 255), "«{motif}» leaves a hole");
    }
}

#[test]
fn every_picture_is_its_own_and_small_enough_for_a_front_page() {
    let mut pictures = HashSet::new();
    for motif in MOTIFS {
        for seed in [7, 8] {
            let png = drawn(motif, seed).png;
            assert!(png.len() < 90_000, "«{motif}» with seed {seed} takes {} bytes", png.len());
            assert!(pictures.insert(png), "«{motif}» with seed {seed} was seen before");
        }
    }
}

#[test]
fn the_same_seed_draws_the_same_bytes() {
    for motif in MOTIFS {
        assert_eq!(drawn(motif, 7), drawn(motif, 7), "{motif}");
    }
}

#[test]
fn an_unknown_motif_is_not_drawn() {
    for motif in ["", "Tram", "volcano"] {
        assert!(draw(motif, 1).is_none(), "{motif}");
    }
}
