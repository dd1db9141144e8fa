//! Pictures that come in part by part.

use super::files;
use crate::coming::{Announced, Becomes, MOST_PART};
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::http::{Request, StatusCode};
use newsroom::people::Role;
use serde_json::Value;

async fn sends(paper: &OpenPaper, browser: &Browser<'_>, path: &str, bytes: &[u8]) -> (Got, Value) {
    let cookies: Vec<String> = browser.jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = Request::post(path)
        .header("cookie", cookies.join("; "))
        .header("sec-fetch-site", "same-origin")
        .header("accept", "application/json")
        .body(bytes.to_vec().into())
        .expect("a request");
    let got = paper.send(request).await;
    let told = serde_json::from_str(&got.text).unwrap_or_default();
    (got, told)
}

/// Announces a picture; where its parts go.
async fn begins(browser: &Browser<'_>, length: usize) -> String {
    let got = browser.post("/desk/pictures/parts", &[("length", &length.to_string())]).await;
    assert_eq!(got.status, StatusCode::CREATED, "{}", got.text);
    let told: Value = serde_json::from_str(&got.text).expect("JSON");
    format!("/desk/pictures/parts/{}", told["part"].as_str().expect("a number"))
}

#[tokio::test]
async fn a_picture_goes_on_from_where_the_line_broke() {
    let paper = OpenPaper::open().await;
    let huda = Browser::of_staff(&paper, "هدى", Role::Reporter).await;
    let other = Browser::of_staff(&paper, "يزن", Role::Reporter).await;
    let file = files::photo_with_everything_beside(640, 480, 6);
    let (first, rest) = file.split_at(file.len() / 3);
    let place = begins(&huda, file.len()).await;
    let (got, told) = sends(&paper, &huda, &format!("{place}?at=0"), first).await;
    assert_eq!((got.status, told["at"].as_u64()), (StatusCode::ACCEPTED, Some(first.len() as u64)));
    let (got, told) = sends(&paper, &huda, &format!("{place}?at=0"), first).await;
    assert_eq!((got.status, told["at"].as_u64()), (StatusCode::CONFLICT, Some(first.len() as u64)), "sent twice");
    let (got, _) = sends(&paper, &other, &format!("{place}?at={}", first.len()), rest).await;
    assert_eq!(got.status, StatusCode::NOT_FOUND, "another one's picture");
    let (got, told) = sends(&paper, &huda, &format!("{place}?at={}", first.len()), rest).await;
    assert_eq!(got.status, StatusCode::OK, "{}", got.text);
    assert_eq!((&told["picture"]["size"][0], &told["picture"]["credit"]), (&480.into(), &"وكالة متخيلة".into()));
    let (_, again) = sends(&paper, &huda, &format!("{place}?at={}", file.len()), b"").await;
    assert_eq!(again, told, "whoever did not hear the answer asks for it");
    assert_eq!(huda.get(told["open"].as_str().expect("its page")).await.status, StatusCode::OK);
    let mark = files::MARK.as_bytes();
    for entry in std::fs::read_dir(&paper.folder).expect("the folder") {
        let bytes = std::fs::read(entry.expect("a file").path()).expect("its bytes");
        assert!(!bytes.windows(mark.len()).any(|window| window == mark), "the place stands in a stored file");
    }
}

#[tokio::test]
async fn what_does_not_fit_is_refused_in_words_and_what_is_left_lying_goes() {
    let paper = OpenPaper::open().await;
    let huda = Browser::new(&paper);
    let by = huda.signs_in(Role::Reporter, &[], paper.app.now()).await.id;
    for (length, words) in [(0, "فارغ"), (darkroom::MOST_BYTES + 1, "ميغابايت")] {
        let got = huda.post("/desk/pictures/parts", &[("length", &length.to_string())]).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(got.text.contains(words), "{}", got.text);
    }
    let place = begins(&huda, 10).await;
    assert_eq!(sends(&paper, &huda, &format!("{place}?at=0"), &[0; 11]).await.0.status, StatusCode::BAD_REQUEST);
    let large = sends(&paper, &huda, &format!("{place}?at=0"), &vec![0; MOST_PART + 1]).await;
    assert_eq!(large.0.status, StatusCode::PAYLOAD_TOO_LARGE);
    let (got, told) = sends(&paper, &huda, &format!("{place}?at=0"), b"%PDF-1.7 \n").await;
    assert_eq!((got.status, &told["picture"]), (StatusCode::OK, &Value::Null), "{}", got.text);
    assert!(told["said"].as_str().is_some_and(|said| said.len() > 20), "{told}");
    for _ in 0..4 {
        let stopped = begins(&huda, 10).await;
        let got = huda.post(&format!("{stopped}/removal"), &[]).await;
        assert_eq!(got.status, StatusCode::NO_CONTENT, "its place is free again");
    }
    for _ in 0..3 {
        begins(&huda, 10).await;
    }
    let given_up = begins(&huda, 10).await;
    let other = Browser::of_staff(&paper, "يزن", Role::Reporter).await;
    other.post(&format!("{given_up}/removal"), &[]).await;
    assert_eq!(
        sends(&paper, &huda, &given_up, b"").await.0.status,
        StatusCode::ACCEPTED,
        "not another one's to give up"
    );
    assert_eq!(huda.post(&format!("{given_up}/removal"), &[]).await.status, StatusCode::NO_CONTENT);
    assert_eq!(sends(&paper, &huda, &given_up, b"").await.0.status, StatusCode::NOT_FOUND);
    begins(&huda, 10).await;
    let fifth = [("length", "10")];
    let got = huda.post("/desk/pictures/parts", &fifth).await;
    assert_eq!(got.status, StatusCode::SERVICE_UNAVAILABLE, "later");
    let (coming, now) = (&paper.app.coming, paper.app.now());
    let of = (by, Becomes::Picture);
    let new = || Announced { length: 10, name: String::new() };
    assert_eq!(coming.begin(1, of, new(), now), None);
    let soon = now + jiff::SignedDuration::from_secs(61);
    assert_eq!(coming.begin(7, of, new(), soon), Some(()), "a page that was closed keeps nobody out");
    let later = now + jiff::SignedDuration::from_mins(16);
    assert_eq!(coming.begin(2, of, new(), later), Some(()), "nobody went on with the others");
}
