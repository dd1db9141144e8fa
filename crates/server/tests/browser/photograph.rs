//! A photograph that says where it was taken goes into a story in the editor and out to readers. Nothing that is kept and
//! nothing that is served says it any more.

use crate::driver::{Browser, DESKTOP};
use crate::files::{MARK, photo_with_everything_beside};
use crate::guide::enter;
use crate::running::{Running, until};
use crate::with_folder;
use crate::writing::{begins, goes_public, kept, leaves_the_editor, types};
use base64::Engine;
use serde_json::json;
use std::path::Path;

const HEADLINE: &str = "الترام يعود إلى رصيف الميناء";
const ALT: &str = "عربة ترام خضراء عند الرصيف، وخلفها سفينة.";
/// Wider than every size that is made of it.
const ACROSS: (u32, u32) = (1_700, 1_020);
/// Four files as JPEG, three as AVIF.
const SIZES: usize = 7;
/// How EXIF begins in a file.
const EXIF: &[u8] = b"Exif\0\0";

/// Gives the file to the library's window, as whoever chooses it from their own device does.
const CHOOSES: &str = "
    const bytes = Uint8Array.from(atob(arguments[0]), sign => sign.charCodeAt(0));
    const chosen = new DataTransfer();
    chosen.items.add(new File([bytes], 'IMG_2041.jpg', { type: 'image/jpeg' }));
    const input = document.querySelector('#library-file');
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
";
/// What the browser took for the story's picture, once it is there.
const SEEN: &str = "
    const picture = document.querySelector('.story .body figure.picture picture img');
    picture.scrollIntoView({ block: 'center' });
    return picture.complete && picture.naturalWidth > 0 ? picture.currentSrc : null;
";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_kept_and_nothing_served_says_where_a_photograph_was_taken() {
    with_folder(&[], |paper, driver, folder| async move {
        let desk = driver.browser(DESKTOP).await;
        enter(&desk, &paper, "owner").await;
        let public = published_with_a_photograph(&desk, &paper).await;
        let sizes = until("every size of the picture", || async { sizes(&paper, &public).await }).await;
        let mut served = Vec::new();
        for path in &sizes {
            let answer = reqwest::get(format!("{}{path}", paper.address)).await.expect("an answer");
            assert!(answer.status().is_success(), "{path}: {}", answer.status());
            let kind = if path.ends_with(".avif") { "image/avif" } else { "image/jpeg" };
            assert_eq!(answer.headers()["content-type"], kind, "{path}");
            served.push(answer.bytes().await.expect("a file").to_vec());
        }
        let mut stored = Vec::new();
        files_under(&folder.join("pictures"), &mut stored);
        for (path, bytes) in sizes.iter().zip(&served) {
            assert!(stored.iter().any(|(_, kept)| kept == bytes), "{path} stands nowhere in the folder of pictures");
            says_nothing(path, bytes);
        }
        for (path, bytes) in &stored {
            says_nothing(path, bytes);
        }
        let mut everything = Vec::new();
        files_under(&folder, &mut everything);
        assert!(everything.len() > stored.len(), "the database lies beside the pictures");
        for (path, bytes) in everything {
            assert!(!holds(&bytes, MARK.as_bytes()), "{path} says where it was");
        }

        let reader = driver.browser(DESKTOP).await;
        reader.open(&format!("{}{public}", paper.address)).await;
        let seen = until("the picture", || async { reader.js(SEEN).await.as_str().map(str::to_owned) }).await;
        assert!(seen.ends_with(".avif"), "the browser took {seen}");
        let said = reader.complaints().await;
        assert!(said.is_empty(), "{said:#?}");
    })
    .await;
}

/// A story with the photograph in its text, written in the editor; its public path.
async fn published_with_a_photograph(desk: &Browser, paper: &Running) -> String {
    begins(desk, paper, HEADLINE).await;
    types(desk, "عاد الترام إلى رصيف الميناء بعد ستة أعوام.").await;
    let file = photo_with_everything_beside(ACROSS.0, ACROSS.1, 1);
    assert!(holds(&file, MARK.as_bytes()) && holds(&file, EXIF), "the file that goes in has it");
    desk.press(".tool-more").await;
    desk.press(".menu [role=menuitem]").await;
    desk.until_shown("dialog.library").await;
    desk.js_with(CHOOSES, vec![json!(base64::engine::general_purpose::STANDARD.encode(&file))]).await;
    desk.until_shown(".block-picture textarea").await;
    desk.js("document.querySelector('.block-picture').scrollIntoView({ block: 'center' })").await;
    desk.write(".block-picture textarea", ALT).await;
    kept(desk).await;
    let story = leaves_the_editor(desk).await;
    goes_public(desk, &story).await
}

/// The paths of every size that the story offers, once all are there.
async fn sizes(paper: &Running, public: &str) -> Option<Vec<String>> {
    let shown = paper.reader().get(public).await;
    let body = shown.body.split("<figure class=\"picture\">").nth(1)?;
    let body = body.split("</figure>").next()?;
    let sets = body.split("srcset=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let paths = sets.flat_map(|set| set.split(", ")).filter_map(|one| one.split(' ').next());
    let paths: Vec<String> = paths.map(str::to_owned).collect();
    (paths.len() == SIZES).then_some(paths)
}

fn says_nothing(name: &str, bytes: &[u8]) {
    for words in [MARK.as_bytes(), EXIF, b"Camera Artist", b"Photoshop"] {
        assert!(!holds(bytes, words), "{name} says {}", String::from_utf8_lossy(words));
    }
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

/// Every file under a folder, however deep.
fn files_under(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files_under(&path, found);
        } else if let Ok(bytes) = std::fs::read(&path) {
            // One that is gone was being written.
            found.push((path.display().to_string(), bytes));
        }
    }
}
