//! Packs the rows of the table of pieces; `crates/encoder/src/rows.rs` unpacks them.

/// Numbers of a row.
pub const ROW: usize = 512;

/// A packed row: how many bits, the smallest number, and the planes.
pub struct Packed {
    pub bits: u32,
    pub base: u8,
    pub planes: Vec<u8>,
}

/// Packs a row into as few bits as its largest distance from its smallest number needs. Nothing is lost.
pub fn pack(row: &[u8]) -> Packed {
    let base = row.iter().min().copied().unwrap_or_default();
    let largest = row.iter().max().copied().unwrap_or_default() - base;
    let bits = u8::BITS - largest.leading_zeros();
    let mut planes = Vec::with_capacity(bits as usize * ROW / 8);
    let mut shift = 0;
    for plane in [4, 2, 1].into_iter().filter(|plane| bits & plane != 0) {
        let bytes = ROW * plane as usize / 8;
        let mask = (1_u8 << plane) - 1;
        planes.extend((0..bytes).map(|at| {
            let parts = row[at..].iter().step_by(bytes).enumerate();
            parts.fold(0, |byte, (part, number)| byte | (((number - base) >> shift) & mask) << (part as u32 * plane))
        }));
        shift += plane;
    }
    Packed { bits, base, planes }
}
