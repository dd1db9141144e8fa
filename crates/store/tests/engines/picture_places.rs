//! Where the bytes of pictures stand: no row names what is not there, whatever the place, and nothing stays that no row names.

use crate::both;
use crate::both::on_both;
use newsroom::{StaffId, Timestamp};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use store::pictures::{NewPicture, NewSize, PictureFile, PicturePlace, PictureWords, Shelves, Sizing};
use store::{Store, StoreError};

/// A folder of its own, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("midad_pictures_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        Self(std::env::temp_dir().join(name))
    }

    /// The same paper with new pictures at a place.
    fn of(&self, store: &Store, place: PicturePlace) -> Store {
        store.clone().with_pictures_in(Shelves::new(place, Some(self.0.clone()), None).unwrap())
    }

    fn files(&self) -> Vec<PathBuf> {
        fn below(folder: &Path, out: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() { below(&path, out) } else { out.push(path) }
            }
        }
        let mut out = Vec::new();
        below(&self.0, &mut out);
        out
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + 60 * minute).unwrap()
}

const DAY: i64 = 24 * 60;

fn picture(print: &str, more: bool) -> NewPicture {
    NewPicture {
        print: print.into(),
        size: (1200, 800),
        placeholder: "data:image/png;base64,AAAA".into(),
        words: PictureWords { caption: "عربة".into(), focus: (50, 50), ..PictureWords::default() },
        bytes: vec![0xff, 0xd8, 1],
        sizes: vec![((480, 320), vec![0xff, 0xd8, 2])],
        more,
    }
}

#[tokio::test]
async fn what_stands_in_the_folder_is_read_checked_and_gone_an_hour_after_its_removal() {
    on_both(|store| async move {
        let folder = Folder::new();
        let store = folder.of(&store, PicturePlace::Folder);
        store.keep_in_library(&picture("aa", false), None, at(0)).await.unwrap();
        store.keep_in_library(&picture("aa", false), None, at(0)).await.unwrap();
        assert_eq!(folder.files().len(), 2, "known pictures are not laid down again");
        assert_eq!(store.picture("aa.jpg").await.unwrap().unwrap().bytes, [0xff, 0xd8, 1]);
        assert_eq!(store.picture("aa-480.jpg").await.unwrap().unwrap().bytes, [0xff, 0xd8, 2]);
        assert!(!store.has_pictures_inside().await.unwrap());
        assert_eq!(store.check().await.unwrap(), []);
        assert_eq!(store.check_pictures(&mut |_| {}).await.unwrap(), []);
        assert_eq!(store.sweep_picture_strays(at(9 * DAY), 9).await.unwrap(), 0, "nothing is a stray");
        store.remove_picture("aa.jpg", StaffId(7), at(10)).await.unwrap();
        assert_eq!(store.sweep_picture_strays(at(60), 9).await.unwrap(), 0);
        assert_eq!(folder.files().len(), 2, "whoever reads the whole paper still finds them");
        store.keep_in_library(&picture("aa", false), None, at(20)).await.unwrap();
        assert_eq!(store.sweep_picture_strays(at(71), 9).await.unwrap(), 2);
        assert_eq!(folder.files().len(), 2, "the same picture, brought again, is not taken away with it");
        assert_eq!(store.check_pictures(&mut |_| {}).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_row_never_names_bytes_that_are_not_there() {
    on_both(|store| async move {
        let folder = Folder::new();
        // A file stands where the folder should be: nothing can be laid down.
        std::fs::write(&folder.0, "x").unwrap();
        let broken = folder.of(&store, PicturePlace::Folder);
        let problem = broken.keep_in_library(&picture("aa", false), None, at(0)).await.unwrap_err();
        assert!(matches!(problem, StoreError::Unreachable(_)), "{problem}");
        assert!(broken.library_picture("aa.jpg").await.unwrap().is_none());
        assert!(broken.picture("aa.jpg").await.unwrap().is_none());
        std::fs::remove_file(&folder.0).unwrap();
        // What was noted for it is swept a day later, and what was kept since stays.
        broken.keep_in_library(&picture("aa", false), None, at(1)).await.unwrap();
        assert_eq!(broken.sweep_picture_strays(at(DAY + 1), 9).await.unwrap(), 2);
        assert_eq!(broken.check_pictures(&mut |_| {}).await.unwrap(), []);
        assert_eq!(folder.files().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_check_names_a_missing_file_a_changed_one_and_a_size_that_is_not_there() {
    on_both(|store| async move {
        let folder = Folder::new();
        let store = folder.of(&store, PicturePlace::Folder);
        store.keep_in_library(&picture("aa", false), None, at(0)).await.unwrap();
        let of = |end: &str| folder.files().into_iter().find(|path| path.to_string_lossy().ends_with(end)).unwrap();
        std::fs::remove_file(of("-aa.jpg")).unwrap();
        std::fs::write(of("-aa-480.jpg"), "other").unwrap();
        store.run_for_tests("update picture_library set widths = '480 960'").await.unwrap();
        let found = store.check_pictures(&mut |_| {}).await.unwrap();
        let kinds: Vec<_> = found.iter().map(|one| one.what.as_str()).collect();
        assert_eq!(kinds, ["pictures.changed", "pictures.missing", "pictures.sizes"], "{found:?}");
        assert!(found[1].detail.starts_with("aa.jpg") && found[2].detail.starts_with("aa-960.jpg"), "{found:?}");
        assert!(
            !store.picture_is_there("aa.jpg").await.unwrap() && store.picture_is_there("aa-480.jpg").await.unwrap()
        );
        let problem = store.picture("aa.jpg").await.unwrap_err();
        assert!(matches!(problem, StoreError::Broken(_)), "{problem}");
    })
    .await;
}

#[tokio::test]
async fn pictures_move_one_by_one_there_and_back_and_are_what_they_were() {
    on_both(|store| async move {
        let folder = Folder::new();
        let drawn = PictureFile {
            name: "tram.png".into(),
            media_type: "image/png".into(),
            size: (12, 8),
            bytes: vec![1, 2, 3],
            kept_at: at(0),
        };
        store.keep_picture(&drawn).await.unwrap();
        store.keep_in_library(&picture("aa", false), None, at(0)).await.unwrap();
        let there = folder.of(&store, PicturePlace::Folder);
        assert!(there.has_pictures_inside().await.unwrap());
        assert_eq!(there.picture("tram.png").await.unwrap().unwrap(), drawn, "it is read where it still stands");
        assert_eq!(there.pictures_elsewhere().await.unwrap(), 3);
        assert!(there.move_picture("aa-480.jpg", at(1)).await.unwrap());
        // Broken off here, and called again.
        assert_eq!(there.pictures_to_move("", 9).await.unwrap(), ["aa.jpg", "tram.png"]);
        for name in there.pictures_to_move("", 9).await.unwrap() {
            assert!(there.move_picture(&name, at(2)).await.unwrap());
        }
        assert!(!there.move_picture("none.png", at(2)).await.unwrap());
        assert!(!there.has_pictures_inside().await.unwrap());
        assert_eq!((there.picture("tram.png").await.unwrap().unwrap(), folder.files().len()), (drawn.clone(), 3));
        assert_eq!(there.check().await.unwrap(), []);
        there.shrink_pictures().await.unwrap();
        let back = folder.of(&store, PicturePlace::Database);
        for name in back.pictures_to_move("", 9).await.unwrap() {
            assert!(back.move_picture(&name, at(3)).await.unwrap());
        }
        assert_eq!(back.sweep_picture_strays(at(64), 9).await.unwrap(), 3);
        assert_eq!((folder.files().len(), back.picture("tram.png").await.unwrap().unwrap()), (0, drawn));
    })
    .await;
}

#[tokio::test]
async fn sizes_are_in_one_pair_of_hands_and_are_named_only_when_they_are_there() {
    on_both(|store| async move {
        let folder = Folder::new();
        let store = folder.of(&store, PicturePlace::Folder);
        store.keep_in_library(&picture("aa", true), None, at(0)).await.unwrap();
        let sizing = |store: Store| async move { store.library_picture("aa.jpg").await.unwrap().unwrap().sizing };
        assert_eq!(sizing(store.clone()).await, Sizing::Waiting);
        let taken = store.take_to_size(at(0), at(3)).await.unwrap().unwrap();
        assert_eq!((taken.name.as_str(), taken.widths, taken.tries), ("aa.jpg", vec![480], 1));
        assert_eq!(store.take_to_size(at(1), at(4)).await.unwrap(), None, "somebody has it");
        let again = store.take_to_size(at(3), at(6)).await.unwrap().unwrap();
        assert_eq!(again.tries, 2, "whoever had it is gone");
        let new = NewSize { size: (960, 640), is_avif: false, bytes: vec![0xff, 0xd8, 3] };
        store.keep_size("aa.jpg", &new, (at(4), at(9))).await.unwrap();
        store.keep_size("aa.jpg", &new, (at(4), at(9))).await.unwrap();
        let small = NewSize { size: (480, 320), is_avif: true, bytes: vec![0, 1] };
        store.keep_size("aa.jpg", &small, (at(4), at(9))).await.unwrap();
        let made = store.library_picture("aa.jpg").await.unwrap().unwrap().made;
        assert_eq!((made.jpeg, made.avif), (vec![480, 960], vec![480]));
        assert_eq!(store.picture("aa-480.avif").await.unwrap().unwrap().media_type, "image/avif");
        store.sizes_failed("aa.jpg", Some(at(20))).await.unwrap();
        assert_eq!(
            (sizing(store.clone()).await, store.take_to_size(at(19), at(22)).await.unwrap()),
            (Sizing::Waiting, None)
        );
        store.sizes_failed("aa.jpg", None).await.unwrap();
        assert_eq!(sizing(store.clone()).await, Sizing::Failed);
        store.size_again("aa.jpg").await.unwrap();
        assert_eq!(store.take_to_size(at(5), at(8)).await.unwrap().unwrap().tries, 1);
        let told = store.sizes_are_made("aa.jpg", at(6)).await.unwrap().unwrap();
        assert_eq!((told.what.key(), sizing(store.clone()).await), ("picture-sized", Sizing::Done));
        assert_eq!(store.sizes_are_made("aa.jpg", at(6)).await.unwrap(), None);
        store.remove_picture("aa.jpg", StaffId(7), at(7)).await.unwrap();
        let late = store.keep_size("aa.jpg", &new, (at(8), at(9))).await.unwrap_err();
        assert_eq!(late, StoreError::NotFound);
        store.sweep_picture_strays(at(3 * DAY), 99).await.unwrap();
        assert!(folder.files().is_empty(), "{:?}", folder.files());
    })
    .await;
}

#[tokio::test]
async fn the_whole_paper_holds_pictures_from_the_folder_and_brings_them_into_another() {
    on_both(|store| async move {
        let folder = Folder::new();
        let store = folder.of(&store, PicturePlace::Folder);
        store.keep_in_library(&picture("aa", false), None, at(0)).await.unwrap();
        let (trial, other) = (both::Trial::sqlite(), Folder::new());
        let new = other.of(&Store::open(&trial.place).await.unwrap(), PicturePlace::Folder);
        let mut whole = store.whole();
        while let Some((table, rows)) = whole.next().await.unwrap() {
            new.put_rows(table, &rows).await.unwrap();
        }
        assert_eq!(new.picture("aa.jpg").await.unwrap().unwrap().bytes, [0xff, 0xd8, 1]);
        assert_eq!((other.files().len(), new.has_pictures_inside().await.unwrap()), (2, false));
        assert_eq!(new.check_pictures(&mut |_| {}).await.unwrap(), []);
        new.close().await;
        trial.clear().await;
    })
    .await;
}
