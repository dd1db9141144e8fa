//! Two printed issues of the demo: pages of its own pictures with rules and blocks where words would stand, written by hand
//! as PDF. Each page says that it is a sample; no font has to be carried along for that.

use anyhow::{Result, anyhow};
use darkroom::{Answer, Job};
use jiff::civil::Date;
use newsroom::printed::NewIssue;
use newsroom::{StaffId, Timestamp};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use store::Store;
use store::issues::NewIssueFile;
use store::pictures::PictureFile;

/// Numbers and how many days ago they were printed.
const PRINTED: [(&str, i64); 2] = [("4500", 1), ("4501", 0)];
/// Pages of an issue, of one picture each.
const PAGES: usize = 3;
/// Pixels of a picture across: more than a telephone shows of a page.
const ACROSS: u32 = 720;
/// Points of a page, as a small newspaper has them.
const WIDE: i32 = 794;
const HIGH: i32 = 1_123;
const EDGE: i32 = 48;

/// A picture as it stands in a PDF.
struct Plate {
    size: (u32, u32),
    jpeg: Vec<u8>,
}

/// Draws both of some of these pictures; it takes a while.
pub fn drawn(pictures: &[PictureFile]) -> Result<Vec<NewIssueFile>> {
    let most = PAGES * PRINTED.len();
    let some = pictures.iter().step_by((pictures.len() / most).max(1)).take(most);
    let plates = some.map(plate).collect::<Result<Vec<_>>>()?;
    PRINTED
        .iter()
        .zip(plates.chunks(PAGES))
        .map(|((number, _), plates)| looked_at(number, pdf(number, plates)))
        .collect()
}

/// Puts them in, and gives them to readers.
pub async fn fill(store: &Store, files: Vec<NewIssueFile>, by: StaffId, (today, now): (Date, Timestamp)) -> Result<()> {
    for ((number, days_ago), file) in PRINTED.into_iter().zip(files) {
        let day = today.checked_sub(jiff::Span::new().days(days_ago))?;
        let issue = NewIssue::new(number, &day.to_string(), today).map_err(|problems| anyhow!("{problems:?}"))?;
        let file = store.keep_issue_file(file, by, now).await?;
        let (id, _) = store.keep_issue(&issue, file, by, now).await?;
        store.publish_issue((id, 1), by, now).await?;
    }
    Ok(())
}

fn plate(picture: &PictureFile) -> Result<Plate> {
    let Answer::Developed(developed) = Job::Develop.here(&picture.bytes)? else { return Err(anyhow!("no picture")) };
    let size = (ACROSS, developed.size.1 * ACROSS / developed.size.0.max(1));
    Ok(Plate { size, jpeg: pressed(&developed.bytes, ACROSS)? })
}

fn pressed(kept: &[u8], width: u32) -> Result<Vec<u8>> {
    match (Job::Press { width }).here(kept)? {
        Answer::Pressed(bytes) => Ok(bytes),
        _ => Err(anyhow!("no size")),
    }
}

/// The same as what the desk knows of a file that comes in.
fn looked_at(number: &str, bytes: Vec<u8>) -> Result<NewIssueFile> {
    let Answer::Inspected(printed) = Job::Inspect.here(&bytes)? else { return Err(anyhow!("no issue")) };
    let Answer::Developed(page) = Job::FirstPage.here(&bytes)? else { return Err(anyhow!("no page")) };
    let widths = darkroom::WIDTHS.into_iter().filter(|width| *width < page.size.0).chain([page.size.0]);
    let pictures = widths.map(|width| Ok((width, pressed(&page.bytes, width)?))).collect::<Result<_>>()?;
    Ok(NewIssueFile {
        name: format!("sample-{number}.pdf"),
        print: Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        pages: printed?.pages,
        size: page.size,
        drawn: true,
        acts: false,
        pictures,
        bytes,
    })
}

/// A PDF of a page for each plate: objects one after the other, and the table of where they stand.
fn pdf(number: &str, plates: &[Plate]) -> Vec<u8> {
    let kids: Vec<String> = (0..plates.len()).map(|n| format!("{} 0 R", 4 + 3 * n)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Count {} /Kids [{}] >>", plates.len(), kids.join(" ")).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>".to_vec(),
    ];
    for (n, plate) in plates.iter().enumerate() {
        let (drawn, picture) = (5 + 3 * n, 6 + 3 * n);
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDE} {HIGH}] /Contents {drawn} 0 R
             /Resources << /Font << /F 3 0 R >> /XObject << /P {picture} 0 R >> >> >>"
        );
        let of_picture = format!(
            "/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
            plate.size.0, plate.size.1
        );
        objects.push(page.into_bytes());
        objects.push(stream("", on_page(number, n, plate).as_bytes()));
        objects.push(stream(&of_picture, &plate.jpeg));
    }
    of_objects(&objects)
}

fn stream(head: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<< {head} /Length {} >>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

fn of_objects(objects: &[Vec<u8>]) -> Vec<u8> {
    let (mut out, mut places) = (b"%PDF-1.7\n".to_vec(), String::new());
    for (n, object) in objects.iter().enumerate() {
        // Twenty bytes a line, as the format wants them.
        let _ = writeln!(places, "{:010} 00000 n ", out.len());
        out.extend(format!("{} 0 obj\n", n + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let (table, many) = (out.len(), objects.len() + 1);
    let end = format!(
        "xref\n0 {many}\n0000000000 65535 f \n{places}trailer\n<< /Size {many} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    );
    out.extend(end.bytes());
    out
}

/// What is drawn on a page: its head, its picture, columns of grey for words, and in large letters that it is a sample.
fn on_page(number: &str, page: usize, plate: &Plate) -> String {
    let (across, first) = (WIDE - 2 * EDGE, page == 0);
    let mut out = String::new();
    let mut block = |grey: &str, x: i32, y: i32, w: i32, h: i32| {
        let _ = writeln!(out, "{grey} {x} {y} {w} {h} re f");
    };
    let head = if first { 132 } else { 40 };
    let top = HIGH - EDGE - head;
    block(if first { "0.55 0.11 0.13 rg" } else { "0.2 g" }, EDGE, top, across, head);
    block("0.2 g", EDGE, top - 12, across, 2);
    let tall = across * i32::try_from(plate.size.1).unwrap_or(1) / i32::try_from(plate.size.0).unwrap_or(1).max(1);
    let picture = top - 96 - tall;
    // The headline above the picture, read from the right.
    block("0.15 g", EDGE + across / 6, top - 52, across - across / 6, 24);
    block("0.15 g", EDGE + across / 2, top - 84, across - across / 2, 24);
    let (columns, gap) = (3, 24);
    let column = (across - (columns - 1) * gap) / columns;
    for n in 0..columns {
        let x = EDGE + n * (column + gap);
        for (line, y) in (EDGE..picture - 40).rev().step_by(15).enumerate() {
            // The last line of each paragraph is short.
            let short = if line % 7 == 6 { column / 2 } else { 0 };
            block("0.72 g", x + short, y, column - short, 6);
        }
    }
    let _ = writeln!(out, "q {across} 0 0 {tall} {EDGE} {picture} cm /P Do Q");
    let (size, words) = if first { (84, format!("SAMPLE  {number}")) } else { (24, format!("SAMPLE  {number}")) };
    let y = if first { top + 36 } else { top + 12 };
    let _ = writeln!(out, "BT /F {size} Tf 1 g {} {y} Td ({words}) Tj ET", EDGE + 20);
    out
}
