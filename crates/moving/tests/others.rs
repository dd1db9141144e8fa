//! Exports of other systems, written by others, are read whole. They are no part of this repository; where they are not
//! there, the tests say so.
#![allow(clippy::expect_used, clippy::print_stderr, missing_docs)] // a test that cannot go on says why

use moving::markup::Around;
use moving::markup::read;
use moving::old::{CommentState, Item, Kept, OldFile};
use moving::others::{Others, System, squarespace};
use std::path::PathBuf;

/// A file, or nothing where it is not there.
fn file(path: &str) -> Option<OldFile> {
    let whole = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/import-cases").join(path);
    match std::fs::read(whole) {
        Ok(bytes) => Some(OldFile::of_bytes(path, bytes)),
        Err(_) => {
            eprintln!("SKIPPED: {path} is not there, and nothing of it was looked at");
            None
        }
    }
}

/// How many of what a file gives.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    stories: usize,
    comments: usize,
    writers: usize,
    broken: usize,
}

fn found(kept: &dyn Kept) -> Found {
    let mut found = Found::default();
    for one in kept.items() {
        match one.map(|placed| placed.item) {
            Ok(Item::Story(story)) => {
                found.stories += 1;
                read(&story.body.text, story.body.dialect, &Around::unknown());
                assert!(!story.key.is_empty());
            }
            Ok(Item::Comment(_)) => found.comments += 1,
            Ok(Item::Writer(_)) => found.writers += 1,
            Ok(_) => {}
            Err(_) => found.broken += 1,
        }
    }
    found
}

/// A file gives so many stories and comments, each time it is read.
fn check(system: System, path: &str, stories: usize, comments: usize) -> Option<Others> {
    let kept = Others::new(system, vec![file(path)?], "https://old.example");
    let first = found(&kept);
    assert_eq!((first.stories, first.comments), (stories, comments), "{path}");
    assert_eq!(first, found(&kept), "{path} twice");
    Some(kept)
}

#[test]
fn every_file_of_ghost_gives_its_posts() {
    check(System::Ghost, "ghost/tryghost-migrate/ghost.json", 3, 0);
    for name in ["author-long-slug", "author", "only-meta", "only", "with-empty-tag"] {
        check(System::Ghost, &format!("ghost/tryghost-migrate/single-post-{name}.json"), 1, 0);
    }
}

#[test]
fn every_file_of_the_interface_of_wordpress_gives_what_it_holds() {
    let one =
        ["coauthor-post", "page", "post", "post-no-author", "post-with-linked-images", "post-with-smaller-images"];
    for name in one {
        check(System::WordPressApi, &format!("wp-api/tryghost-migrate/single-{name}.json"), 1, 0);
    }
    check(System::WordPressApi, "wp-api/tryghost-migrate/single-cpt-post.json", 0, 0);
    if let Some(kept) = check(System::WordPressApi, "wp-api/tryghost-migrate/single-user.json", 0, 0) {
        assert_eq!(found(&kept).writers, 1);
    }
}

#[test]
fn smaller_pictures_have_the_name_of_their_original() {
    let Some(kept) = check(System::WordPressApi, "wp-api/tryghost-migrate/single-post-with-smaller-images.json", 1, 0)
    else {
        return;
    };
    for one in kept.items() {
        let Item::Story(story) = one.expect("read").item else { continue };
        let made = read(&story.body.text, story.body.dialect, &Around::unknown());
        assert!(!made.pictures.is_empty());
        let is_small = |file: &String| file.contains("x300") || file.contains("-300x") || file.contains("-150x");
        assert!(!made.pictures.iter().any(is_small), "{:?}", made.pictures);
    }
}

#[test]
fn blogger_and_squarespace_give_their_posts() {
    check(System::Blogger, "other/tryghost-migrate/mg-blogger-response.json", 3, 0);
    let Some(file) = file("other/tryghost-migrate/mg-squarespace-xml-sample.xml") else { return };
    let kept = squarespace(vec![file]);
    let all = found(&kept);
    assert_eq!(all.broken, 0);
    assert!(all.stories >= 3, "{all:?}");
    assert_eq!(all, found(&kept));
}

#[test]
fn every_file_of_comments_gives_them() {
    check(System::Isso, "comments/isso/generic.json", 0, 2);
    check(System::Commento, "comments/remark42/commento.json", 0, 3);
    check(System::Remark42, "comments/remark42/tree.json", 0, 12);
    let states = |name: &str| {
        let kept = check(System::Disqus, &format!("comments/remark42/{name}.xml"), 0, 5)?;
        let of = |one: Item| if let Item::Comment(comment) = one { Some(comment.state) } else { None };
        Some(kept.items().filter_map(|one| of(one.ok()?.item)).collect::<Vec<_>>())
    };
    let count = |states: &[CommentState], state| states.iter().filter(|one| **one == state).count();
    for (name, gone) in [("disqus", 0), ("disqus-deleted-post", 1)] {
        if let Some(states) = states(name) {
            assert_eq!((count(&states, CommentState::Spam), count(&states, CommentState::Trash)), (1, gone), "{name}");
        }
    }
    if let Some(states) = states("disqus-deleted-thread") {
        assert!(count(&states, CommentState::Trash) >= 1);
    }
}
