use super::{double_array, rows, scripts};

/// What `crates/encoder/src/rows.rs` does, number by number.
fn unpacked(packed: &rows::Packed) -> Vec<u8> {
    let mut plain = vec![packed.base; rows::ROW];
    let (mut from, mut shift) = (0, 0);
    for plane in [4_usize, 2, 1].into_iter().filter(|plane| packed.bits as usize & plane != 0) {
        let bytes = rows::ROW * plane / 8;
        for (at, number) in plain.iter_mut().enumerate() {
            let byte = packed.planes[from + at % bytes];
            *number += ((byte >> (at / bytes * plane)) & ((1 << plane) - 1)) << shift;
        }
        from += bytes;
        shift += plane;
    }
    assert_eq!(from, packed.planes.len());
    plain
}

#[test]
fn a_row_comes_out_of_its_planes_as_it_went_in() {
    for (most, bits) in [(1_usize, 0), (2, 1), (4, 2), (7, 3), (11, 4), (17, 5), (37, 6)] {
        let row: Vec<u8> = (0..rows::ROW).map(|at| 5 + u8::try_from(at * 5 % most).unwrap()).collect();
        let packed = rows::pack(&row);
        assert_eq!((packed.bits, packed.base), (bits, 5));
        assert_eq!(unpacked(&packed), row);
    }
}

#[test]
fn words_are_found_in_the_double_array_and_others_are_not() {
    let words: Vec<(&[u8], u32)> = vec![(b"a", 1), (b"ab", 2), (b"abc", 7), (b"b", 3), ("حبر".as_bytes(), 4)];
    let units = double_array::build(&words).unwrap();
    let find = |word: &[u8]| {
        let children = |unit: u32| (unit >> 10) as usize;
        let mut place = children(units[0]);
        let mut last = 0;
        for byte in word {
            place ^= usize::from(*byte);
            last = *units.get(place)?;
            if last & 0x8000_00ff != u32::from(*byte) {
                return None;
            }
            place ^= children(last);
        }
        (last & 0x100 != 0).then(|| units[place] & 0x7fff_ffff)
    };
    for (word, value) in words {
        assert_eq!(find(word), Some(value));
    }
    for other in ["c", "abcd", "ba", "ح", "\0", "a\0"] {
        assert_eq!(find(other.as_bytes()), None, "{other:?}");
    }
    assert!(double_array::build(&[(b"b", 1), (b"a", 2)]).is_err());
}

#[test]
fn pieces_of_arabic_and_latin_script_are_kept_and_others_are_not() {
    for piece in ["▁حبر", "é", "▁journaux", "،", "٣", "😀", "▁(", "<s>"] {
        assert!(scripts::is_kept(piece), "{piece}");
    }
    for piece in ["▁новости", "新", "한", "กา", "ש"] {
        assert!(!scripts::is_kept(piece), "{piece}");
    }
}
