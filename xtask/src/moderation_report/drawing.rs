//! Curves as plain SVG files: no script, no style of a page, readable on light and dark ground.

use super::figures::Head;
use std::fmt::Write;

/// The square that is drawn into, and what is left around it, in units of the drawing.
const SIDE: f64 = 300.0;
const AROUND: f64 = 50.0;

/// Precision over recall.
pub fn precision_recall(head: &Head) -> String {
    let title = format!("{}: precision over recall", head.head);
    let mut svg = ground(&title, "recall", "precision");
    line(&mut svg, head.curve.iter().copied());
    svg.push_str("</svg>\n");
    svg
}

/// What share is true of the texts of which so much was said; the broken line is where both are the same.
pub fn calibration(head: &Head) -> String {
    let title = format!("{}: what is true over what was said", head.head);
    let mut svg = ground(&title, "said", "true");
    let (low, high) = (at(0.0, 0.0), at(1.0, 1.0));
    let _ = writeln!(
        svg,
        r##"<line x1="{:.1}" y1="{:.1}" x2="{:.1}" y2="{:.1}" stroke="#888" stroke-dasharray="4 4"/>"##,
        low.0, low.1, high.0, high.1
    );
    line(&mut svg, head.calibration.iter().map(|(said, truth, _)| (*said, *truth)));
    for (said, truth, texts) in &head.calibration {
        let (x, y) = at(*said, *truth);
        let _ =
            writeln!(svg, r##"<circle cx="{x:.1}" cy="{y:.1}" r="3" fill="#b5422c"><title>{texts}</title></circle>"##);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Frame, tenths and names.
fn ground(title: &str, below: &str, beside: &str) -> String {
    let whole = SIDE + 2.0 * AROUND;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" width=\"{whole}\" height=\"{whole}\" \
         role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n<title>{title}</title>\n\
         <rect width=\"{whole}\" height=\"{whole}\" fill=\"#fff\"/>\n"
    );
    let _ = writeln!(svg, r##"<text x="{AROUND}" y="28" fill="#222" font-size="14">{title}</text>"##);
    for tenth in (0..=10).step_by(2) {
        let share = f64::from(tenth) / 10.0;
        let ((x, bottom), (left, y)) = (at(share, 0.0), at(0.0, share));
        let right = AROUND + SIDE;
        let _ = writeln!(
            svg,
            r##"<path d="M{x:.1} {bottom:.1}V{AROUND}M{left:.1} {y:.1}H{right}" stroke="#ddd" fill="none"/>"##
        );
        let _ = writeln!(
            svg,
            r##"<text x="{x:.1}" y="{:.1}" text-anchor="middle" fill="#444">{share:.1}</text>"##,
            bottom + 16.0
        );
        let _ = writeln!(
            svg,
            r##"<text x="{:.1}" y="{:.1}" text-anchor="end" fill="#444">{share:.1}</text>"##,
            left - 6.0,
            y + 4.0
        );
    }
    let middle = AROUND + SIDE / 2.0;
    let _ = writeln!(
        svg,
        r##"<text x="{middle}" y="{:.1}" text-anchor="middle" fill="#222">{below}</text>"##,
        whole - 12.0
    );
    let _ = writeln!(
        svg,
        r##"<text x="14" y="{middle}" text-anchor="middle" fill="#222" transform="rotate(-90 14 {middle})">{beside}</text>"##
    );
    svg
}

fn line(svg: &mut String, points: impl Iterator<Item = (f64, f64)>) {
    let placed: Vec<String> = points.map(|(x, y)| at(x, y)).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let _ =
        writeln!(svg, r##"<polyline points="{}" fill="none" stroke="#1f4e79" stroke-width="2"/>"##, placed.join(" "));
}

/// Shares, 0 to 1, as a place in the drawing.
fn at(x: f64, y: f64) -> (f64, f64) {
    (AROUND + x.clamp(0.0, 1.0) * SIDE, AROUND + (1.0 - y.clamp(0.0, 1.0)) * SIDE)
}
