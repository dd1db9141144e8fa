//! The library, as the newsroom finds it.

use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::http::{Request, StatusCode};
use newsroom::body::{Block, Picture};
use newsroom::people::Role;
use newsroom::story::Draft;
use store::pictures::{NewPicture, PictureWords};

mod away;
mod carded;
mod in_parts;
mod replaced;
mod sized;

#[path = "../../../../darkroom/tests/files/mod.rs"]
mod files;

async fn sends(paper: &OpenPaper, browser: &Browser<'_>, bytes: &[u8], accept: &str) -> Got {
    let cookies: Vec<String> = browser.jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut body = b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"IMG_1.jpg\"\r\n\r\n".to_vec();
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    let request = Request::post("/desk/pictures")
        .header("cookie", cookies.join("; "))
        .header("sec-fetch-site", "same-origin")
        .header("accept", accept)
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(body.into())
        .expect("a request");
    paper.send(request).await
}

#[tokio::test]
async fn a_picture_comes_in_without_its_place_and_is_described_and_found() {
    let paper = OpenPaper::open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::SubEditor).await;
    let file = files::photo_with_everything_beside(640, 480, 6);
    let got = sends(&paper, &salma, &file, "application/json").await;
    assert_eq!(got.status, StatusCode::OK, "{}", got.text);
    let told: serde_json::Value = serde_json::from_str(&got.text).expect("JSON");
    let one = &told["files"][0];
    assert_eq!((one["outcome"].as_str(), one["picture"]["size"][0].as_u64()), (Some("picture.kept"), Some(480)));
    assert_eq!(one["picture"]["credit"], "وكالة متخيلة");
    let name = one["picture"]["file"].as_str().expect("a name").to_owned();
    let again = sends(&paper, &salma, &file, "text/html").await;
    again.assert_order(&["IMG_1.jpg", "هذه الصورة موجودة", &name]);
    let form = [("alt", "عربة ترام"), ("focus_x", "٣٠"), ("focus_y", "70"), ("rights_until", "2027-01-31")];
    assert_eq!(salma.post(&format!("/desk/pictures/{name}"), &form).await.status, StatusCode::SEE_OTHER);
    let wrong = salma.post(&format!("/desk/pictures/{name}"), &[("alt", "كلام"), ("focus_x", "300")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_order(&["role=\"alert\"", "value=\"كلام\"", "value=\"300\""]);
    let found = salma.get("/desk/pictures.json?q=%D8%B9%D8%B1%D8%A8%D8%A9").await;
    assert!(found.text.contains(&name), "{}", found.text);
    let served = salma.get(&format!("/pictures/{name}")).await;
    assert_eq!((served.status, served.header("content-type")), (StatusCode::OK, "image/jpeg"));
    for entry in std::fs::read_dir(&paper.folder).expect("the folder") {
        let bytes = std::fs::read(entry.expect("a file").path()).expect("its bytes");
        let mark = files::MARK.as_bytes();
        assert!(!bytes.windows(mark.len()).any(|window| window == mark), "the place stands in a stored file");
    }
    assert!(!served.text.contains(files::MARK));
}

#[tokio::test]
async fn what_is_no_picture_is_refused_in_words() {
    let paper = OpenPaper::open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Editor).await;
    for (bytes, words) in [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".as_slice(), "SVG"),
        (b"%PDF-1.7".as_slice(), "IMG_1.jpg"),
        (b"\0\0\0\x18ftypheic\0\0\0\0".as_slice(), "HEIC"),
    ] {
        let got = sends(&paper, &salma, bytes, "text/html").await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
        got.assert_order(&["role=\"alert\"", "IMG_1.jpg"]);
        assert!(got.text.contains(words));
    }
}

#[tokio::test]
async fn a_gallery_is_cut_around_the_point_and_the_desk_knows_it_where_a_story_is_written() {
    let paper = OpenPaper::open().await;
    let name = in_library(&paper, "عربة").await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Editor).await;
    let mut draft = with_picture(&paper, "خبر الميناء", &name);
    let Some(picture) = draft.text.lead.clone() else { unreachable!() };
    draft.text.body.0.push(Block::Gallery { pictures: vec![picture] });
    let story = paper.publishes_draft(draft, paper.app.now()).await;
    let address = crate::layout::address::story(&story.slug);
    let gallery =
        async || paper.get(&address).await.text.split("<div class=\"gallery\">").nth(1).expect("one").to_owned();
    assert!(gallery().await.contains("class=\"under focus-x-5 focus-y-5\""));
    let form = [("alt", "عربة ترام"), ("focus_x", "30"), ("focus_y", "72")];
    assert_eq!(salma.post(&format!("/desk/pictures/{name}"), &form).await.status, StatusCode::SEE_OTHER);
    let cut = gallery().await;
    assert_eq!(cut.matches("focus-x-3 focus-y-7").count(), 2, "it, and what stands in its place: {cut}");
    let whole = paper.get(&address).await.text;
    assert_eq!(whole.matches("focus-x-3 focus-y-7").count(), 2, "a picture that is not cut has no point");
    let told: serde_json::Value = serde_json::from_str(&salma.get("/desk/pictures.json").await.text).expect("JSON");
    let (widths, focus) = (&told["pictures"][0]["widths"], &told["pictures"][0]["focus"]);
    assert_eq!((widths, focus), (&serde_json::json!([480]), &serde_json::json!([30, 72])));
    let written = salma.get(&format!("/desk/stories/{}/edit", story.id)).await.text.replace("&#34;", "\"");
    assert!(written.contains(&format!("data-known=\"{{\"{name}\":{{")), "{written}");
    salma.get(&format!("/desk/pictures/{name}")).await.assert_order(&[
        "data-focus=\"موضع التركيز\"",
        "id=\"focus-hint\" hidden",
        "name=\"focus_x\" value=\"30\"",
        "name=\"focus_y\" value=\"72\"",
    ]);
}

/// What stands in a picture's place while it comes.
const UNDER: &str = "data:image/png;base64,AA==";

/// Keeps a picture of the library, described by a word; its name.
async fn in_library(paper: &OpenPaper, word: &str) -> String {
    let print =
        format!("{:032x}", word.chars().map(|sign| u128::from(u32::from(sign))).fold(7, |n, sign| n * 4_099 + sign));
    let words =
        PictureWords { alt: word.into(), credit: "الأرشيف".into(), focus: (50, 50), ..PictureWords::default() };
    let (size, bytes, placeholder) = ((1200, 800), vec![0xff, 0xd8, 0xff], UNDER.to_owned());
    let new = NewPicture {
        print: print.clone(),
        size,
        placeholder,
        words,
        bytes: bytes.clone(),
        sizes: vec![((480, 320), bytes)],
        more: false,
    };
    paper.app.store.keep_in_library(&new, None, paper.app.now()).await.expect("kept");
    format!("{print}.jpg")
}

/// A story, ready to go public, with a picture at its head and in its body.
fn with_picture(paper: &OpenPaper, headline: &str, name: &str) -> Draft {
    let mut draft = paper.draft(headline);
    let caption = Some("كما كُتب هنا".to_owned());
    let picture = Picture {
        file: name.into(),
        alt: "وصف".into(),
        caption,
        credit: None,
        size: (1200, 800),
        ..Default::default()
    };
    draft.text.lead = Some(picture.clone());
    draft.text.body.0.push(Block::Picture(picture));
    draft
}
