//! Comments as visitors send them and readers find them.

mod fuzz;
mod sent;
mod shown;

use crate::layout::address;
use crate::tests::open_paper::OpenPaper;
use newsroom::story::Published;

const WORDS: &str = "رأيت المحطة أمس، وهي واسعة.";

async fn open() -> (OpenPaper, Published) {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    (paper, story)
}

fn of(story: &Published) -> String {
    address::story(&story.slug)
}
