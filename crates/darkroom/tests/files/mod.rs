//! Files as they come in from cameras, from the careless and from the hostile; every one is made here.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, Frame, ImageFormat, Rgb, RgbImage};
use std::io::{Cursor, Write};

/// Stands in everything beside the pixels that nobody may find again.
pub const MARK: &str = "GPS-MARK-61.4978N";

/// What may become of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// A picture of this size.
    Clean(u32, u32),
    /// Refused for the reason with this key.
    Refused(&'static str),
    /// One or the other: decoders differ about it.
    Either,
}

/// A picture in which left and right, above and below are not the same.
pub fn photo(width: u32, height: u32) -> RgbImage {
    let at = |n: u32, of: u32| u8::try_from(n * 255 / of.max(1)).unwrap();
    RgbImage::from_fn(width, height, |x, y| Rgb([at(x, width), at(y, height), at((x * 7 + y * 13) % 64, 64)]))
}

pub fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, 85).encode_image(&photo(width, height)).unwrap();
    out
}

fn png(width: u32, height: u32) -> Vec<u8> {
    written(&DynamicImage::ImageRgb8(photo(width, height)), ImageFormat::Png)
}

/// A photograph with its place, its camera and its maker in EXIF, IPTC, XMP, a comment, and behind its end.
pub fn photo_with_everything_beside(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let mut beside = segment(0xe1, &[b"Exif\0\0", exif(orientation).as_slice()].concat());
    let xmp = format!(
        "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF><rdf:Description \
         photoshop:City=\"{MARK}\" photoshop:Credit=\"وكالة متخيلة\"><dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">\
         دار الساحل</rdf:li></rdf:Alt></dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>"
    );
    beside.extend(segment(0xe1, xmp.as_bytes()));
    beside.extend(segment(0xed, &iptc(&[(90, MARK), (120, "عربة ترام في الميناء")])));
    beside.extend(segment(0xfe, MARK.as_bytes()));
    let mut file = jpeg(width, height);
    file.splice(2..2, beside);
    file.extend(MARK.as_bytes());
    file
}

fn segment(marker: u8, bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], length.as_slice(), bytes].concat()
}

fn iptc(records: &[(u8, &str)]) -> Vec<u8> {
    let mut inside = Vec::new();
    for (what, words) in records {
        inside.extend([0x1c, 2, *what]);
        inside.extend(u16::try_from(words.len()).unwrap().to_be_bytes());
        inside.extend(words.as_bytes());
    }
    let mut out = b"Photoshop 3.0\0".to_vec();
    out.extend(b"8BIM\x04\x04\0\0");
    out.extend(u32::try_from(inside.len()).unwrap().to_be_bytes());
    out.extend(inside);
    out
}

/// Orientation, maker, and a directory of a place.
fn exif(orientation: u8) -> Vec<u8> {
    let (artist, mark) = (b"Camera Artist\0".as_slice(), format!("{MARK}\0"));
    let entries = 4_u32;
    let gps = 8 + 2 + entries * 12 + 4;
    let (artist_at, make_at) = (gps + 2 + 12 + 4, gps + 2 + 12 + 4 + u32::try_from(artist.len()).unwrap());
    let area_at = make_at + u32::try_from(mark.len()).unwrap();
    let entry = |tag: u16, kind: u16, count: usize, value: u32| {
        let mut out = [tag.to_le_bytes(), kind.to_le_bytes()].concat();
        out.extend(u32::try_from(count).unwrap().to_le_bytes());
        out.extend(value.to_le_bytes());
        out
    };
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    out.extend(u16::try_from(entries).unwrap().to_le_bytes());
    out.extend(entry(0x010f, 2, mark.len(), make_at));
    out.extend(entry(0x0112, 3, 1, u32::from(orientation)));
    out.extend(entry(0x013b, 2, artist.len(), artist_at));
    out.extend(entry(0x8825, 4, 1, gps));
    out.extend(0_u32.to_le_bytes());
    out.extend(1_u16.to_le_bytes());
    out.extend(entry(0x001c, 2, mark.len(), area_at));
    out.extend(0_u32.to_le_bytes());
    [out.as_slice(), artist, mark.as_bytes(), mark.as_bytes()].concat()
}

fn chunk(name: &[u8; 4], bytes: &[u8]) -> Vec<u8> {
    let mut out = u32::try_from(bytes.len()).unwrap().to_be_bytes().to_vec();
    let body = [name.as_slice(), bytes].concat();
    out.extend(&body);
    let mut crc = flate2::Crc::new();
    crc.update(&body);
    out.extend(crc.sum().to_be_bytes());
    out
}

fn deflated(bytes: usize) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::fast());
    let zeros = vec![0; 1 << 16];
    for _ in 0..bytes.div_ceil(zeros.len()) {
        out.write_all(&zeros).unwrap();
    }
    out.finish().unwrap()
}

/// A PNG of zeros: bits of a sample, kind of colour, and so many bytes behind its compression.
fn png_of_zeros((width, height): (u32, u32), (bits, kind): (u8, u8), bytes: usize, beside: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let head = [width.to_be_bytes().as_slice(), &height.to_be_bytes(), &[bits, kind, 0, 0, 0]].concat();
    out.extend(chunk(b"IHDR", &head));
    out.extend(beside.concat());
    out.extend(chunk(b"IDAT", &deflated(bytes)));
    out.extend(chunk(b"IEND", b""));
    out
}

/// A JPEG of one grey block in four inks; Adobe's word says how they are mixed.
fn four_inks(transform: u8) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    out.extend(segment(0xee, &[b"Adobe\0\x64\0\0\0\0", [transform].as_slice()].concat()));
    out.extend(segment(0xdb, &[&[0], [1_u8; 64].as_slice()].concat()));
    let inks: Vec<u8> = (1..=4).flat_map(|ink| [ink, 0x11, 0]).collect();
    out.extend(segment(0xc0, &[&[8, 0, 8, 0, 8, 4], inks.as_slice()].concat()));
    for table in [0x00, 0x10] {
        let lengths = [1_u8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        out.extend(segment(0xc4, &[&[table], lengths.as_slice(), &[0]].concat()));
    }
    let inks: Vec<u8> = (1..=4).flat_map(|ink| [ink, 0]).collect();
    out.extend(segment(0xda, &[&[4], inks.as_slice(), &[0, 63, 0]].concat()));
    out.extend([0x00, 0xff, 0xd9]);
    out
}

fn gif(frames: u32) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = GifEncoder::new(&mut out);
    for n in 1..=frames {
        encoder.encode_frame(Frame::new(DynamicImage::ImageRgb8(photo(16 * n.min(2), 16)).into_rgba8())).unwrap();
    }
    drop(encoder);
    out
}

fn webp() -> Vec<u8> {
    written(&DynamicImage::ImageRgb8(photo(40, 30)), ImageFormat::WebP)
}

fn riff(parts: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut inside = b"WEBP".to_vec();
    for (name, bytes) in parts {
        inside.extend(*name);
        inside.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
        inside.extend(bytes);
        inside.resize(inside.len().next_multiple_of(2), 0);
    }
    [b"RIFF".as_slice(), &u32::try_from(inside.len()).unwrap().to_le_bytes(), &inside].concat()
}

fn moving_webp() -> Vec<u8> {
    let still = webp();
    let size = [39, 0, 0, 29, 0, 0];
    let frame = [&[0; 6], size.as_slice(), &[100, 0, 0, 0], &still[12..]].concat();
    let head = [&[2, 0, 0, 0], size.as_slice()].concat();
    riff(&[(b"VP8X", head), (b"ANIM", vec![0; 6]), (b"ANMF", frame.clone()), (b"ANMF", frame)])
}

fn boxes(brands: &[u8]) -> Vec<u8> {
    let length = u32::try_from(brands.len() + 8).unwrap().to_be_bytes();
    [length.as_slice(), b"ftyp", brands, &[0; 400]].concat()
}

fn with_size(mut file: Vec<u8>, marker: u8, (width, height): (u16, u16)) -> Vec<u8> {
    let at = file.windows(2).position(|two| two == [0xff, marker]).unwrap() + 5;
    file.splice(at..at + 4, [height.to_be_bytes(), width.to_be_bytes()].concat());
    file
}

/// Every file with its name and what becomes of it.
pub fn hostile() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let mut all = strangers();
    all.extend(broken());
    all.extend(bombs());
    all.extend(unusual());
    all
}

fn strangers() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let unknown = Fate::Refused("picture.unknown");
    let svg =
        "<?xml version=\"1.0\"?><!-- a --><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    vec![
        ("empty", Vec::new(), Fate::Refused("picture.empty")),
        ("one byte", vec![0xff], unknown),
        ("words called jpg", b"not a picture at all".to_vec(), unknown),
        ("a page", b"<!doctype html><script>alert(1)</script>".to_vec(), unknown),
        ("svg with a script", svg.as_bytes().to_vec(), Fate::Refused("picture.svg")),
        ("svg in utf-16", svg.encode_utf16().flat_map(u16::to_le_bytes).collect(), Fate::Refused("picture.svg")),
        ("heic", boxes(b"heic\0\0\0\0mif1heic"), Fate::Refused("picture.heic")),
        ("heif of another family", boxes(b"mif1\0\0\0\0mif1"), Fate::Refused("picture.heic")),
        ("avif", boxes(b"avif\0\0\0\0avifmif1"), Fate::Refused("picture.avif")),
        ("mp4", boxes(b"isom\0\0\x02\0isom"), unknown),
        ("pdf", b"%PDF-1.7\n".to_vec(), unknown),
        ("zip", b"PK\x03\x04\x14\0\0\0".to_vec(), unknown),
        ("a program", b"\x7fELF\x02\x01\x01".to_vec(), unknown),
        ("bmp", b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0".to_vec(), unknown),
        ("tiff", exif(1), unknown),
        ("sound in a riff", b"RIFF\x24\0\0\0WAVEfmt ".to_vec(), unknown),
    ]
}

fn broken() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let bad = Fate::Refused("picture.broken");
    let cut = |mut file: Vec<u8>, part: usize| {
        file.truncate(file.len() / part);
        file
    };
    let mut wrong_sum = png(40, 30);
    let middle = wrong_sum.len() / 2;
    wrong_sum[middle] ^= 0xff;
    let noise: Vec<u8> = (0..9_000_u32).map(|n| u8::try_from(n * n * 31 % 251).unwrap()).collect();
    vec![
        ("jpeg of its first bytes", vec![0xff, 0xd8, 0xff], bad),
        ("jpeg cut in its head", jpeg(64, 48)[..30].to_vec(), bad),
        ("jpeg cut in its middle", cut(jpeg(640, 480), 2), Fate::Either),
        ("jpeg of noise", [&[0xff, 0xd8, 0xff, 0xe0], noise.as_slice()].concat(), bad),
        ("png cut in its middle", cut(png(64, 48), 2), Fate::Either),
        ("png with a wrong sum", wrong_sum, Fate::Either),
        ("png without a width", png_of_zeros((0, 8), (8, 2), 64, &[]), bad),
        ("png with too few lines", png_of_zeros((64, 64), (8, 2), 1, &[]), Fate::Either),
        ("gif cut in its middle", cut(gif(1), 2), Fate::Either),
        ("webp cut in its middle", cut(webp(), 2), Fate::Either),
        ("webp of noise", riff(&[(b"VP8 ", noise)]), bad),
    ]
}

fn bombs() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let large = Fate::Refused("picture.large");
    let text = [b"Comment\0\0".as_slice(), &deflated(64 << 20)].concat();
    let profile = [b"icc\0\0".as_slice(), &deflated(64 << 20)].concat();
    let mut screen = gif(1);
    screen.splice(6..10, [0xff; 4]);
    vec![
        ("jpeg that says 65500 × 65500", with_size(jpeg(64, 48), 0xc0, (65_500, 65_500)), large),
        ("jpeg that says 16000 × 3000", with_size(jpeg(64, 48), 0xc0, (16_000, 3_000)), Fate::Either),
        ("png that says 60000 × 60000", png_of_zeros((60_000, 60_000), (8, 6), 4_096, &[]), large),
        ("png of 16384 × 3000 zeros", png_of_zeros((16_384, 3_000), (8, 6), 196_700_000, &[]), Fate::Either),
        ("png of 7000 × 7000 in 16 bits", png_of_zeros((7_000, 7_000), (16, 6), 392_100_000, &[]), Fate::Either),
        ("png with 64 MiB of comment", png_of_zeros((8, 8), (8, 2), 200, &[chunk(b"zTXt", &text)]), Fate::Either),
        ("png with 64 MiB of profile", png_of_zeros((8, 8), (8, 2), 200, &[chunk(b"iCCP", &profile)]), Fate::Either),
        ("gif that says 65535 × 65535", screen, large),
        (
            "webp that says 16383 × 16383",
            riff(&[(b"VP8X", vec![0, 0, 0, 0, 0xfe, 0x3f, 0, 0xfe, 0x3f, 0])]),
            Fate::Either,
        ),
        ("more bytes than are taken", vec![0xff; (40 << 20) + 1], Fate::Refused("picture.heavy")),
    ]
}

fn unusual() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let (rgb, small) = (DynamicImage::ImageRgb8(photo(40, 30)), Fate::Clean(40, 30));
    let page = [jpeg(40, 30).as_slice(), b"<script>alert(1)</script>PK\x03\x04"].concat();
    let animated = chunk(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]);
    vec![
        ("jpeg in four inks", four_inks(0), Fate::Clean(8, 8)),
        ("jpeg in four inks, mixed", four_inks(2), Fate::Clean(8, 8)),
        ("grey jpeg", written(&DynamicImage::ImageLuma8(rgb.to_luma8()), ImageFormat::Jpeg), small),
        ("png in 16 bits", written(&DynamicImage::ImageRgb16(rgb.to_rgb16()), ImageFormat::Png), small),
        ("transparent png in 16 bits", written(&DynamicImage::ImageRgba16(rgb.to_rgba16()), ImageFormat::Png), small),
        ("grey transparent png", written(&DynamicImage::ImageLumaA8(rgb.to_luma_alpha8()), ImageFormat::Png), small),
        ("png in one bit", png_of_zeros((40, 30), (1, 0), 180, &[]), small),
        ("animated png", png_of_zeros((40, 30), (8, 2), 3_630, &[animated]), Fate::Either),
        ("animated gif", gif(3), Fate::Either),
        ("webp", webp(), small),
        ("animated webp", moving_webp(), small),
        ("jpeg that is a page and an archive too", page, small),
        ("jpeg on its side, with its place", photo_with_everything_beside(40, 30, 6), Fate::Clean(30, 40)),
        ("jpeg of 1 × 9000", jpeg(1, 9_000), Fate::Clean(1, 4_096)),
    ]
}
