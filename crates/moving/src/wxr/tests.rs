//! What is read of an export, and what is refused with its place.

use super::Wxr;
use crate::old::{
    Broken, CommentKind, CommentState, Item, Kept, OldComment, OldFile, OldKind, OldState, OldStory, TermKind,
    WhyBroken, WhyLeft,
};

const SPACES: &str = r#"xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/""#;

fn export(inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<rss {SPACES}><channel><title>المرفأ</title><wp:wxr_version>1.2</wp:wxr_version>\n\
         <wp:base_blog_url>https://old.example</wp:base_blog_url>\n{inside}</channel></rss>"
    )
}

fn read(text: impl Into<Vec<u8>>) -> Result<Vec<Item>, Broken> {
    let wxr = Wxr::new(vec![OldFile::of_bytes("export.xml", text.into())], Vec::new());
    wxr.items().map(|placed| placed.map(|placed| placed.item)).collect()
}

fn items(inside: &str) -> Vec<Item> {
    read(export(inside)).expect("it is read")
}

fn stories(items: &[Item]) -> Vec<&OldStory> {
    items.iter().filter_map(|item| if let Item::Story(story) = item { Some(story.as_ref()) } else { None }).collect()
}

fn comments(items: &[Item]) -> Vec<&OldComment> {
    items.iter().filter_map(|item| if let Item::Comment(comment) = item { Some(comment) } else { None }).collect()
}

fn story(inside: &str) -> OldStory {
    let items = items(&format!("<item><wp:post_id>7</wp:post_id><wp:post_type>post</wp:post_type>{inside}</item>"));
    stories(&items)[0].clone()
}

fn refused(text: &str) -> (WhyBroken, u64, u64) {
    let broken = read(text).expect_err("it is refused");
    (broken.why, broken.place.line, broken.place.column)
}

#[test]
fn a_file_without_a_known_version_is_refused_where_it_says_so() {
    let none = export("").replace("<wp:wxr_version>1.2</wp:wxr_version>", "");
    assert_eq!(refused(&none).0, WhyBroken::NoVersion);
    let other = export("").replace("_version>1.2<", "_version>abc<");
    let broken = read(other).expect_err("it is refused");
    assert_eq!((broken.why, broken.place.line, broken.said.as_str()), (WhyBroken::Version, 2, "abc"));
    assert_eq!(refused("<feed><entry/></feed>").0, WhyBroken::OtherFormat);
    assert_eq!(refused("headline\n\nwords").0, WhyBroken::OtherFormat);
    assert_eq!(refused("").0, WhyBroken::OtherFormat);
}

#[test]
fn a_broken_or_cut_file_is_refused_with_its_line() {
    let (why, line, _) = refused(&export("<item>\n<title>x</titel>\n</item>"));
    assert_eq!((why, line), (WhyBroken::Form, 5));
    let whole = export("<item>\n<title><![CDATA[words");
    assert_eq!(refused(whole.trim_end_matches("</channel></rss>")).0, WhyBroken::Cut);
    let whole = export("<item><title>words</title>");
    assert_eq!(refused(whole.trim_end_matches("</channel></rss>")).0, WhyBroken::Cut);
    assert_eq!(refused(&export(&"<item>".repeat(100))).0, WhyBroken::TooDeep);
}

#[test]
fn a_file_defines_no_entities_and_fetches_nothing() {
    let bomb = export("<item><title>&b;</title></item>")
        .replace("<rss ", "<!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<rss ");
    assert_eq!(refused(&bomb).0, WhyBroken::Entity);
    let outside = export("").replace("<rss ", "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<rss ");
    assert_eq!(refused(&outside).0, WhyBroken::Entity);
    let named = export("").replace("<rss ", "<!DOCTYPE rss SYSTEM \"https://nowhere.example/rss.dtd\">\n<rss ");
    assert!(read(named).is_ok());
}

#[test]
fn pieces_of_marked_words_are_one_text() {
    let read = story("<content:encoded>\n  <![CDATA[a ]]]]><![CDATA[> b &amp; <p>]]>\n</content:encoded>");
    assert_eq!(read.body.text, "a ]]> b &amp; <p>");
    let read = story("<title>الكرة &amp; الشبكة &#x661; &mdash; R&D &#xD800;\u{1}</title>");
    assert_eq!(read.title, "الكرة & الشبكة ١ &mdash; R&D \u{fffd}");
    let read = story("<content:encoded><![CDATA[سطر\r\n\r\nسطر\u{8}]]></content:encoded>");
    assert_eq!(read.body.text, "سطر\n\nسطر");
}

#[test]
fn namespaces_count_and_prefixes_do_not() {
    let items = items(
        "<item xmlns:w=\"http://wordpress.org/export/1.1/\"><w:post_id>7</w:post_id><w:post_type>post</w:post_type>\
         <wp:post_id>8</wp:post_id><w:post_name>a</w:post_name></item>\
         <item xmlns:wp=\"http://wordpress.org.example/export/1.2/\"><wp:post_type>post</wp:post_type></item>",
    );
    let read = stories(&items);
    assert_eq!(read.len(), 1);
    assert_eq!((read[0].number, read[0].slug.as_str()), (Some(7), "a"));
    assert!(items.iter().any(|item| matches!(item, Item::Left(left) if left.why == WhyLeft::PieceKind)));
}

#[test]
fn a_file_in_another_encoding_is_read_as_it_says() {
    let text = export("<item><title>خبر</title><wp:post_type>post</wp:post_type><wp:post_id>1</wp:post_id></item>")
        .replace("<?xml version=\"1.0\"?>", "<?xml version='1.0' encoding='windows-1256'?>");
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(&text);
    let items = read(bytes.into_owned()).expect("it is read");
    assert_eq!(stories(&items)[0].title, "خبر");
}

#[test]
fn a_former_slug_keeps_the_ending_of_addresses() {
    let read = story(
        "<link>https://old.example/2019/%d8%ae%d8%a8%d8%b1.html</link><wp:status>publish</wp:status>\
         <wp:post_name>%d8%ae%d8%a8%d8%b1</wp:post_name><wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key>\
         <wp:meta_value>qadim</wp:meta_value></wp:postmeta><wp:post_id>7</wp:post_id>",
    );
    assert_eq!(read.other_addresses, ["/?p=7", "https://old.example/2019/qadim.html/"]);
}

#[test]
fn states_clocks_and_addresses_are_kept() {
    let timed = |status: &str, more: &str| {
        story(&format!(
            "<link>https://old.example/2019/05/%D8%AE%D8%A8%D8%B1/</link><wp:status>{status}</wp:status>\
             <wp:post_name>%d8%ae%d8%a8%d8%b1</wp:post_name><wp:post_date>2019-05-02 12:00:00</wp:post_date>{more}"
        ))
    };
    let public = timed(
        "publish",
        "<wp:post_date_gmt>2019-05-02 09:00:00</wp:post_date_gmt><wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key>\
         <wp:meta_value>qadim</wp:meta_value></wp:postmeta>",
    );
    assert_eq!(public.state, OldState::Public);
    assert_eq!(public.published_at.map(|at| at.to_string()).as_deref(), Some("2019-05-02T09:00:00Z"));
    assert_eq!((public.slug.as_str(), public.number), ("خبر", Some(7)));
    assert_eq!(public.other_addresses, ["/?p=7", "https://old.example/2019/05/qadim/"]);
    let draft = timed("draft", "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>");
    assert_eq!((draft.state, draft.address.as_str()), (OldState::Draft, ""));
    let locked = timed("publish", "<wp:post_password>enter</wp:post_password>");
    assert_eq!(locked.state, OldState::Locked);
    assert!(!format!("{locked:?}").contains("enter"), "the password is kept nowhere");
    assert_eq!(timed("pending", "").state, OldState::Review);
    assert_eq!(timed("acf-disabled", "").state, OldState::Other("acf-disabled".into()));
}

#[test]
fn the_sites_clock_is_rebuilt_from_a_pair_for_what_has_only_one() {
    let items = items(
        "<item><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>\
         <wp:post_date>2019-05-02 12:00:00</wp:post_date><wp:post_date_gmt>2019-05-02 09:00:00</wp:post_date_gmt></item>\
         <item><wp:post_id>2</wp:post_id><wp:post_type>post</wp:post_type><wp:status>draft</wp:status>\
         <wp:post_date>2019-05-03 12:00:00</wp:post_date><wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt></item>",
    );
    let read = stories(&items);
    assert_eq!(read[1].published_at.map(|at| at.to_string()).as_deref(), Some("2019-05-03T09:00:00Z"));
}

#[test]
fn terms_and_writers_come_once_and_in_order() {
    let items = items(
        "<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>balad</wp:category_nicename>\
         <wp:category_parent>akhbar</wp:category_parent><wp:cat_name>بلد</wp:cat_name></wp:category>\
         <item><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><dc:creator>desk</dc:creator>\
         <category>بلد</category><category domain=\"category\" nicename=\"balad\">بلد</category>\
         <category domain=\"tag\">بحر</category><category domain=\"post_tag\" nicename=\"bahr\">بحر</category>\
         <category domain=\"author\" nicename=\"cap-salma\">سلمى</category>\
         <category domain=\"author\" nicename=\"cap-nadir\">نادر</category>\
         <category domain=\"author\" nicename=\"cap-salma\">سلمى</category>\
         <wp:postmeta><wp:meta_key>_yoast_wpseo_primary_category</wp:meta_key><wp:meta_value>4</wp:meta_value></wp:postmeta>\
         </item>",
    );
    let read = stories(&items);
    assert_eq!(read[0].writers, ["salma", "nadir"]);
    assert_eq!((read[0].categories.as_slice(), read[0].tags.as_slice()), (&["balad".into()][..], &["bahr".into()][..]));
    assert_eq!(read[0].primary.as_deref(), Some("balad"));
    let terms: Vec<_> = items
        .iter()
        .filter_map(|item| {
            if let Item::Term(term) = item { Some((term.kind, term.slug.as_str(), term.parent.as_str())) } else { None }
        })
        .collect();
    assert_eq!(terms, [(TermKind::Category, "balad", "akhbar"), (TermKind::Tag, "bahr", "")]);
}

#[test]
fn comments_are_read_without_the_addresses_of_those_who_wrote_them() {
    let one = |id: &str, approved: &str, kind: &str, parent: &str| {
        format!(
            "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>قارئة</wp:comment_author>\
             <wp:comment_author_email>reader@old.example</wp:comment_author_email>\
             <wp:comment_author_IP>203.0.113.9</wp:comment_author_IP><wp:comment_content>كلام {id}</wp:comment_content>\
             <wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>\
             <wp:comment_parent>{parent}</wp:comment_parent><wp:commentmeta><wp:meta_key>akismet</wp:meta_key>\
             <wp:meta_value>no</wp:meta_value></wp:commentmeta></wp:comment>"
        )
    };
    let all = [
        one("3", "1", "", "0"),
        one("4", "0", "comment", "3"),
        one("5", "spam", "", "0"),
        one("6", "1", "pingback", "0"),
    ];
    let items = items(&format!(
        "<item><wp:post_id>7</wp:post_id><wp:post_type>page</wp:post_type><wp:post_parent>2</wp:post_parent>{}</item>",
        all.concat()
    ));
    assert_eq!(stories(&items)[0].kind, OldKind::Page { parent: Some("2".into()) });
    let read = comments(&items);
    let states: Vec<_> = read.iter().map(|comment| comment.state).collect();
    use CommentState::{Released, Spam, Waiting};
    assert_eq!(states, [Released, Waiting, Spam, Released]);
    assert_eq!(read[3].kind, CommentKind::Pingback);
    assert_eq!(read[1].parent.as_ref(), Some(&read[0].key));
    assert!(!format!("{items:?}").contains("203.0.113.9") && !format!("{items:?}").contains("reader@"));
}

#[test]
fn what_is_no_story_is_left_out_by_name() {
    let items = items(
        "<item><title>قائمة</title><wp:post_type>nav_menu_item</wp:post_type></item>\
         <item><title>نسخة</title><wp:post_type>revision</wp:post_type></item>\
         <item><title>كتلة</title><wp:post_type>wp_block</wp:post_type></item>\
         <item><title>مسودة</title><wp:post_type>post</wp:post_type><wp:status>auto-draft</wp:status></item>\
         <item><title>مطعم</title><wp:post_type>review</wp:post_type></item>\
         <item><wp:post_id>5</wp:post_id><wp:post_type>attachment</wp:post_type>\
         <wp:attachment_url>https://old.example/wp-content/uploads/a.jpg</wp:attachment_url></item>",
    );
    let left: Vec<_> =
        items.iter().filter_map(|item| if let Item::Left(left) = item { Some(left.why) } else { None }).collect();
    use WhyLeft::{AutoDraft, Look, Menu, PieceKind, Revision};
    assert_eq!(left, [Menu, Revision, Look, AutoDraft, PieceKind]);
    assert!(items.iter().any(|item| matches!(item, Item::Picture(picture) if picture.number == Some(5))));
}
