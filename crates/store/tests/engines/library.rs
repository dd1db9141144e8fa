//! The library of pictures on both engines.

use crate::both::on_both;
use newsroom::{StaffId, Timestamp};
use store::pictures::{Kept, NewPicture, PictureWords};

fn picture(print: &str, caption: &str) -> NewPicture {
    NewPicture {
        print: print.into(),
        size: (1200, 800),
        placeholder: "data:image/png;base64,AAAA".into(),
        words: PictureWords { caption: caption.into(), focus: (50, 50), ..PictureWords::default() },
        sizes: vec![((480, 320), vec![4, 8])],
        more: false,
        bytes: vec![0xff, 0xd8, 0xff],
    }
}

#[tokio::test]
async fn a_picture_is_kept_once_described_and_found_in_arabic() {
    on_both(|store| async move {
        let (salma, now) = (StaffId(7), Timestamp::from_second(1_800_000_000).unwrap());
        let kept = store.keep_in_library(&picture("aa", "عربة في الميناء"), Some(salma), now).await.expect("kept");
        let Kept::New(name, happening) = kept else { panic!("it is new") };
        assert_eq!((name.as_str(), happening.what.key()), ("aa.jpg", "picture-kept"));
        let again = store.keep_in_library(&picture("aa", "أخرى"), None, now).await.expect("kept");
        assert_eq!(again, Kept::Known("aa.jpg".into()));
        assert_eq!(store.picture("aa.jpg").await.unwrap().unwrap().bytes, [0xff, 0xd8, 0xff]);
        let later = Timestamp::from_second(1_800_000_060).unwrap();
        store.keep_in_library(&picture("bb", "سوق 100%"), None, later).await.expect("kept");
        let names = |all: Vec<store::pictures::LibraryPicture>| all.into_iter().map(|one| one.name).collect::<Vec<_>>();
        assert_eq!(names(store.library(None, 9).await.unwrap()), ["bb.jpg", "aa.jpg"]);
        assert_eq!(names(store.library(Some((later, "bb.jpg".into())), 9).await.unwrap()), ["aa.jpg"]);
        let words = PictureWords {
            alt: "عَرَبةُ ترامٍ بيضاء".into(),
            credit: "سامي الدرّاز".into(),
            rights_until: Some("2027-01-31".into()),
            focus: (20, 80),
            ..PictureWords::default()
        };
        let day = jiff::civil::date(2027, 1, 31);
        let described = store.describe_picture("aa.jpg", &words, salma, (day, later)).await.expect("described");
        assert_eq!(described.iter().map(|told| told.what.key()).collect::<Vec<_>>(), ["picture-described"]);
        let one = store.library_picture("aa.jpg").await.unwrap().expect("a picture");
        assert_eq!((one.words, one.by, one.at), (words.clone(), Some(salma), now));
        assert_eq!(names(store.find_pictures("عربة الدراز", 9).await.unwrap()), ["aa.jpg"]);
        assert!(store.find_pictures("الميناء", 9).await.unwrap().is_empty(), "the caption is another one");
        assert!(store.find_pictures("%", 9).await.unwrap().is_empty());
        assert!(store.describe_picture("cc.jpg", &words, salma, (day, now)).await.is_err());
    })
    .await;
}
