//! Pages pressed for the wire.

use axum::body::Bytes;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// How hard pages are pressed that many get: the last steps cost more than they save.
const GZIP: Compression = Compression::new(6);
const GZIP_FOR_ONE: Compression = Compression::new(3);
const BROTLI: i32 = 5;

/// Pressing is work for other threads than those that answer. None where it fails.
pub(super) async fn in_background(plain: &Bytes, press: fn(&[u8]) -> std::io::Result<Vec<u8>>) -> Option<Bytes> {
    let plain = plain.clone();
    tokio::task::spawn_blocking(move || press(&plain)).await.ok()?.ok().map(Bytes::from)
}

/// RFC 1952.
pub(super) fn gzip(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    gzip_by(plain, GZIP)
}

/// The same for one visitor alone.
pub(super) fn gzip_for_one(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    gzip_by(plain, GZIP_FOR_ONE)
}

fn gzip_by(plain: &[u8], how_hard: Compression) -> std::io::Result<Vec<u8>> {
    let mut pressed = GzEncoder::new(Vec::with_capacity(plain.len() / 4), how_hard);
    pressed.write_all(plain)?;
    pressed.finish()
}

/// RFC 7932.
pub(super) fn brotli(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut pressed = Vec::with_capacity(plain.len() / 4);
    let way = BrotliEncoderParams { quality: BROTLI, size_hint: plain.len(), ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut &*plain, &mut pressed, &way)?;
    Ok(pressed)
}
