//! A paper that WordPress itself exported moves in: `wordpress-site.xml` is the invented site of `scripts/wordpress-site`
//! (20 stories and 60 comments there, and one of everything unusual). What is in is what was there, and the rest by name.
#![allow(clippy::expect_used, missing_docs)] // a test that cannot go on says why

mod brought;
mod own_paper;

use moving::old::report::Kinds;
use moving::old::{BringOptions, OldFile, Report, WhyChanged, WhyLeft, bring};
use moving::wxr::Wxr;
use newsroom::StoryId;
use own_paper::Paper;
use store::redirects::Leads;
use store::stories::Found;
use store::thread::Sort;

const SITE: &str = include_str!("wordpress-site.xml");

fn options() -> BringOptions {
    BringOptions { release_approved: true, ..brought::options() }
}

impl Paper {
    async fn takes(&self, text: &str) -> Report {
        let kept = Wxr::new(vec![OldFile::of_bytes("site.xml", text.as_bytes().to_vec())], Vec::new());
        let now = "2026-03-01T09:00:00Z".parse().expect("a time");
        let report = bring(&self.store, &kept, &options(), now, &mut |_| {}).await.expect("it comes in");
        assert_eq!(report.problems(), [], "{report:#?}");
        assert_eq!(self.store.check().await.expect("it is looked at"), []);
        report
    }

    async fn led(&self, path: &str) -> Option<StoryId> {
        match self.store.redirect_of(&[path.to_owned()]).await.expect("asked")?.leads {
            Leads::Story(story) => Some(story),
            Leads::To(_) => None,
        }
    }
}

/// Public stories of the file with their slug and address, as an outsider counts them.
fn public_items() -> Vec<(String, String, String)> {
    let said = |item: &str, from: &str, to: &str| {
        let rest = item.split_once(from).expect("it is said").1;
        rest.split_once(to).expect("it ends").0.to_owned()
    };
    let items = SITE.split("<item>").skip(1).map(|item| item.split("</item>").next().expect("an item"));
    let is_public = |item: &&str| {
        item.contains("<wp:post_type><![CDATA[post]]>")
            && item.contains("<wp:status><![CDATA[publish]]>")
            && item.contains("<wp:post_password><![CDATA[]]>")
    };
    let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().expect("UTF-8").into_owned();
    items
        .filter(is_public)
        .map(|item| {
            let link = said(item, "<link>", "</link>");
            let path = link.strip_prefix("http://murfa.example").expect("the site's own").trim_end_matches('/');
            let slug = decoded(&said(item, "<wp:post_name><![CDATA[", "]]>"));
            (slug, decoded(path), said(item, "<wp:post_id>", "</wp:post_id>"))
        })
        .collect()
}

#[tokio::test]
async fn everything_of_the_site_is_in_or_named() {
    let paper = Paper::open().await;
    let report = paper.takes(SITE).await;
    let all = |kinds: Kinds| (kinds.read, kinds.public, kinds.inside, kinds.left, kinds.known);
    // 28 published there, one of them behind a password; a draft, a timed, a waiting, a private one; one in the bin.
    assert_eq!(all(report.stories), (33, 27, 5, 1, 0), "{report:#?}");
    assert_eq!(all(report.pages), (2, 2, 0, 0, 0));
    // WordPress exports no spam. Of 51 comments 42 were approved; three stood in the bin, two were pingbacks.
    assert_eq!(all(report.comments), (56, 42, 9, 5, 0));
    let left = |why: WhyLeft| report.left.get(&why).map_or(0, |lines| lines.count);
    assert_eq!(
        [WhyLeft::Trash, WhyLeft::TrashComment, WhyLeft::Pingback, WhyLeft::SpamComment, WhyLeft::Menu].map(left),
        [1, 3, 2, 0, 1]
    );
    let changed = |why: WhyChanged| report.changed.get(&why).map_or(0, |lines| lines.count);
    let named = [WhyChanged::Locked, WhyChanged::Timed, WhyChanged::Review, WhyChanged::Private, WhyChanged::Sticky];
    assert_eq!(named.map(changed), [1, 1, 1, 1, 1]);
    assert_eq!(changed(WhyChanged::HeadlineMade), 1, "one had no title");
    assert_eq!(report.pictures.files, 6);
    assert_eq!(report.stored, Some((32, 51)));
    let again = paper.takes(SITE).await;
    assert_eq!((again.stories.known, again.pages.known, again.comments.known), (32, 2, 51));
}

#[tokio::test]
async fn every_old_address_of_the_site_leads_to_its_story() {
    let paper = Paper::open().await;
    paper.takes(SITE).await;
    let items = public_items();
    assert_eq!(items.len(), 27);
    for (slug, path, number) in items {
        let story = paper.led(&path).await.unwrap_or_else(|| panic!("{path} leads nowhere"));
        assert_eq!(paper.led(&format!("/?p={number}")).await, Some(story), "{path}");
        // A slug that WordPress cut within a letter's marks loses them, and leads there all the same.
        match paper.store.find_story(&slug).await.expect("it is looked for") {
            Some(Found::Here(found)) => assert_eq!(found.id(), story, "{path}"),
            Some(Found::Moved { .. }) => {}
            // One without a title has its number for a slug, and no letter that an address of this paper could be made of.
            None if slug == number => {}
            other => panic!("{slug}: {other:?}"),
        }
    }
    // WordPress cuts a slug at 200 bytes of its percent-encoded form.
    let former = "/2023/04/افتتاح-جديد-في-نادي-الموج-الأزرق-بعد-أع";
    assert!(paper.led(former).await.is_some(), "the address before the last one");
    for list in
        ["/category/mahalliyat", "/category/mahalliyat/al-mina", "/category/ثقافة", "/tag/صيف", "/author/nour-b"]
    {
        let led = paper.store.redirect_of(&[list.to_owned()]).await.expect("asked");
        assert!(led.is_some(), "{list}");
    }
}

#[tokio::test]
async fn threads_of_the_site_hang_together() {
    let paper = Paper::open().await;
    let report = paper.takes(SITE).await;
    let (mut shown, mut below) = (0, 0);
    for (_, path, _) in public_items() {
        let story = paper.led(&path).await.expect("it leads there");
        let thread = paper.store.thread(story, Sort::Oldest, None, 100).await.expect("the thread");
        shown += thread.entries.len() as u64;
        below += thread.entries.iter().filter(|entry| entry.root != entry.number).count();
    }
    assert_eq!(shown, report.comments.public);
    assert!(below > 10, "{below}");
}
