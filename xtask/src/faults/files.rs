//! Files that nobody has yet: a picture of noise, a printed issue of one page, an old paper's export.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use sha2::{Digest, Sha256};

use super::chance::Chance;

const WIDE: u32 = 48;
const HIGH: u32 = 32;

/// A small PNG of noise.
pub fn picture(chance: &mut Chance) -> Vec<u8> {
    let mut rows = Vec::new();
    for _ in 0..HIGH {
        rows.push(0);
        rows.extend((0..WIDE * 3).map(|_| u8::try_from(chance.below(256)).unwrap_or_default()));
    }
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    // Nothing fails that writes to memory.
    let _ = packed.write_all(&rows);
    let packed = packed.finish().unwrap_or_default();
    let head = [&WIDE.to_be_bytes()[..], &HIGH.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), &chunk(b"IDAT", &packed), &chunk(b"IEND", &[])].concat()
}

fn chunk(kind: &[u8; 4], bytes: &[u8]) -> Vec<u8> {
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(bytes);
    let length = u32::try_from(bytes.len()).unwrap_or_default();
    [&length.to_be_bytes()[..], kind, bytes, &sum.sum().to_be_bytes()].concat()
}

/// A PDF of one page with a grey block somewhere, and behind it as much noise as the paper keeps in more than one row.
pub fn issue(chance: &mut Chance) -> Vec<u8> {
    let drawn = format!("0.5 g {} {} 120 40 re f", chance.below(400), chance.below(700));
    let noise: String = (0..1 + chance.below(40_000)).map(|_| format!("{:016x}", chance.next())).collect();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
        format!("<< /Length {} >>\nstream\n{noise}\nendstream", noise.len()),
    ];
    let (mut out, mut places) = ("%PDF-1.7\n".to_owned(), String::new());
    for (n, object) in objects.iter().enumerate() {
        let _ = writeln!(places, "{:010} 00000 n ", out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let (table, many) = (out.len(), objects.len() + 1);
    let _ = write!(out, "xref\n0 {many}\n0000000000 65535 f \n{places}");
    let _ = write!(out, "trailer\n<< /Size {many} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    out.into_bytes()
}

/// An export of WordPress with a story for each mark, at the address `old-NUMBER`.
pub fn old_paper(stories: &[(u32, String)]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
         xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel>\
         <title>Ancien</title><link>https://ancien.example</link><wp:wxr_version>1.2</wp:wxr_version>\
         <wp:base_site_url>https://ancien.example</wp:base_site_url><wp:base_blog_url>https://ancien.example</wp:base_blog_url>\n",
    );
    for (number, mark) in stories {
        let words = Chance::new(u64::from(*number)).words(80);
        let _ = writeln!(
            out,
            "<item><title>{mark} ancien</title><link>https://ancien.example/2020/01/old-{number}/</link><dc:creator>auteur</dc:creator>\
             <content:encoded><![CDATA[<p>{words} {mark}</p>]]></content:encoded><excerpt:encoded></excerpt:encoded>\
             <wp:post_id>{number}</wp:post_id><wp:post_date>2020-01-02 10:00:00</wp:post_date>\
             <wp:post_date_gmt>2020-01-02 10:00:00</wp:post_date_gmt><wp:comment_status>open</wp:comment_status>\
             <wp:post_name>old-{number}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"
        );
    }
    out + "</channel></rss>\n"
}

/// The hash of a file.
pub fn print(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut all, byte| {
        let _ = write!(all, "{byte:02x}");
        all
    })
}
