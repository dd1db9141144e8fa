//! Printed issues as tests make them: objects one after the other, and the table of where they stand.
#![allow(dead_code, reason = "each test takes what it needs")]

/// What is drawn on a page: a black bar at its head.
pub const BAR: &str = "0 0 0 rg 36 700 540 60 re f";

/// A PDF of these objects, the first of which is the catalogue; `more` stands in its trailer.
pub fn of_objects(objects: &[String], more: &str) -> Vec<u8> {
    let (mut out, mut places) = (String::from("%PDF-1.7\n"), Vec::new());
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let (table, many) = (out.len(), objects.len() + 1);
    out += &format!("xref\n0 {many}\n0000000000 65535 f \n");
    out.extend(places.into_iter().map(|place| format!("{place:010} 00000 n \n")));
    out += &format!("trailer\n<< /Size {many} /Root 1 0 R {more} >>\nstartxref\n{table}\n%%EOF\n");
    out.into_bytes()
}

/// The objects of an issue of some pages of this size in points, each with this drawn on it.
pub fn objects(pages: usize, (width, height): (u32, u32), drawn: &str) -> Vec<String> {
    let kids: Vec<String> = (0..pages).map(|n| format!("{} 0 R", 4 + n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {pages} /Kids [{}] >>", kids.join(" ")),
        format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
    ];
    let page =
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 3 0 R /Resources << >> >>");
    objects.extend(std::iter::repeat_n(page, pages));
    objects
}

/// An issue of some pages of American letter paper.
pub fn issue(pages: usize) -> Vec<u8> {
    of_objects(&objects(pages, (612, 792), BAR), "")
}

/// An issue that weighs about so many bytes more: a stream that nothing leads to.
pub fn heavy(bytes: usize) -> Vec<u8> {
    let mut all = objects(1, (612, 792), BAR);
    all.push(format!("<< /Length {bytes} >>\nstream\n{}\nendstream", "7".repeat(bytes)));
    of_objects(&all, "")
}

/// What opens with a password alone.
pub fn locked() -> Vec<u8> {
    let mut all = objects(1, (612, 792), BAR);
    let key = "ab".repeat(32);
    all.push(format!("<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{key}> /U <{key}> >>"));
    of_objects(&all, &format!("/Encrypt {} 0 R /ID [<{key}> <{key}>]", all.len()))
}

/// What runs a script as it is opened.
pub fn scripted() -> Vec<u8> {
    let mut all = objects(1, (612, 792), BAR);
    all[0] = "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>".to_owned();
    of_objects(&all, "")
}

/// What has this beside its pages, written straight into its first object.
pub fn acting(what: &str) -> Vec<u8> {
    let mut all = objects(1, (612, 792), BAR);
    all[0] = format!("<< /Type /Catalog /Pages 2 0 R {what} >>");
    of_objects(&all, "")
}

/// What calls a program as it is opened, out of an object of its own.
pub fn launching() -> Vec<u8> {
    let mut all = objects(1, (612, 792), BAR);
    all[0] = format!("<< /Type /Catalog /Pages 2 0 R /OpenAction {} 0 R >>", all.len() + 1);
    all.push("<< /S /Launch /F (calc.exe) >>".to_owned());
    of_objects(&all, "")
}

/// A page that draws itself, and itself again.
pub fn endless() -> Vec<u8> {
    let drawn = "/F Do ".repeat(40);
    let mut all = objects(1, (612, 792), &drawn);
    all[3] = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R
         /Resources << /XObject << /F 5 0 R >> >> >>"
        .to_owned();
    all.push(format!(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> /Length {} >>
stream\n{drawn}\nendstream",
        drawn.len()
    ));
    of_objects(&all, "")
}
