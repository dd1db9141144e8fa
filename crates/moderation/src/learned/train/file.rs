//! The file of a model.

use super::{Parts, contempt};
use crate::Head;
use crate::learned::contempt::Numbers as OfContempt;
use crate::learned::features;
use crate::learned::heads::{
    BEFORE, CHECKSUM, Heads, LAYOUT, MAGIC, Made, NUMBERS, NUMBERS_EACH, Numbers, checksum_of, length,
};
use alloc::{sync::Arc, vec::Vec};

/// The bytes of a model.
pub(super) fn written(parts: &Parts, contempt: Option<&contempt::Part>, made: Made) -> Arc<[u8]> {
    let mut bytes: Vec<u8> = alloc::vec![0; BEFORE];
    put(&mut bytes, 0, &MAGIC);
    put(&mut bytes, 8, &LAYOUT.to_le_bytes());
    put(&mut bytes, 12, &parts.owners.bits.to_le_bytes());
    put(&mut bytes, 24, &made.data.to_le_bytes());
    put(&mut bytes, 32, &made.settings.to_le_bytes());
    put(&mut bytes, 40, &made.code.to_le_bytes());
    put(&mut bytes, 48, &features::VERSION.to_le_bytes());
    for (head, numbers) in (0..).zip(&parts.numbers) {
        put_numbers(&mut bytes, head, *numbers);
    }
    bytes.reserve_exact(length(parts.owners.bits) - BEFORE);
    for (mark, steps) in parts.owners.marks.iter().zip(&parts.steps) {
        bytes.extend(steps.iter().map(|step| step.cast_unsigned()));
        bytes.push(*mark);
    }
    bytes.extend(parts.places.as_flattened().iter().map(|step| step.cast_unsigned()));
    bytes.extend(parts.turns.numbers().into_iter().flat_map(f32::to_le_bytes));
    put_contempt(&mut bytes, contempt);
    sealed(bytes)
}

/// The same model with other thresholds: for each head, from which probability on to look and to hold.
pub fn with_thresholds(heads: &Heads, thresholds: impl Fn(Head) -> (f32, f32)) -> Arc<[u8]> {
    let mut bytes = heads.as_bytes().to_vec();
    for head in Head::ALL {
        let (look, hold) = thresholds(head);
        put_numbers(&mut bytes, head as usize, Numbers { look, hold, ..heads.numbers(head) });
    }
    sealed(bytes)
}

fn put_numbers(bytes: &mut [u8], head: usize, numbers: Numbers) {
    let Numbers { scale, bias, slope, slant, shift, look, hold } = numbers;
    for (place, number) in [scale, bias, slope, slant, shift, look, hold].into_iter().enumerate() {
        put(bytes, NUMBERS + head * NUMBERS_EACH + place * 4, &number.to_le_bytes());
    }
}

/// The head for contempt; one of a single empty slot where there is none.
fn put_contempt(bytes: &mut Vec<u8>, part: Option<&contempt::Part>) {
    let OfContempt { scale, bias, slope, shift, look } =
        part.map_or(OfContempt { look: 1.0, ..OfContempt::default() }, |part| part.numbers);
    bytes.extend(part.map_or(0, |part| part.bits).to_le_bytes());
    bytes.extend([scale, bias, slope, shift, look].into_iter().flat_map(f32::to_le_bytes));
    match part {
        Some(part) => bytes.extend(part.slots.iter().flat_map(|(step, mark)| [step.cast_unsigned(), *mark])),
        None => bytes.extend([0, 0]),
    }
}

fn put(bytes: &mut [u8], at: usize, what: &[u8]) {
    bytes[at..at + what.len()].copy_from_slice(what);
}

fn sealed(mut bytes: Vec<u8>) -> Arc<[u8]> {
    let sum = checksum_of(&bytes[CHECKSUM + 8..]);
    put(&mut bytes, CHECKSUM, &sum.to_le_bytes());
    bytes.into()
}
