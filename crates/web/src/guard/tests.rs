//! The device key of a visitor.

use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;

#[tokio::test]
async fn a_key_is_made_once_and_no_other_is_believed() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر").await;
    let huda = Browser::new(&paper);
    huda.comments(&story, "هدى", "كلمة أولى").await;
    let key = huda.jar().get("midad_visitor").cloned().expect("a key");
    huda.comments(&story, "هدى", "كلمة ثانية").await;
    assert_eq!(huda.jar().get("midad_visitor"), Some(&key), "a fresh key stays");
    let page = address::story(&story.slug);
    assert!(huda.get(&page).await.text.contains("كلمة أولى"));
    let (body, seal) = key.split_once('.').expect("two parts");
    let turned: String = body.chars().rev().collect();
    for forged in [format!("{turned}.{seal}"), format!("{body}."), body.to_owned(), format!("{body}.{}", &seal[1..])] {
        let thief = Browser::new(&paper);
        thief.jar().insert("midad_visitor".into(), forged.clone());
        assert!(!thief.get(&page).await.text.contains("كلمة أولى"), "{forged}");
    }
}
