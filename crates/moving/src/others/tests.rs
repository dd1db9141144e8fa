use super::*;
use crate::markup::{Around, comment_text};
use crate::old::{Item, WhyLeft};
use newsroom::body::Body;

fn of(system: System, text: &str) -> Vec<Result<Item, WhyBroken>> {
    let kept = Others::new(system, vec![OldFile::of_bytes("old", text.as_bytes())], "https://old.example/");
    let read =
        || kept.items().map(|one| one.map(|placed| placed.item).map_err(|broken| broken.why)).collect::<Vec<_>>();
    let (first, second) = (read(), read());
    assert_eq!(first, second, "read twice, the same");
    let keys: Vec<&str> = first.iter().flatten().filter_map(key).collect();
    let different: std::collections::HashSet<&&str> = keys.iter().collect();
    assert_eq!(keys.len(), different.len(), "every key once: {keys:?}");
    first
}

fn key(item: &Item) -> Option<&str> {
    match item {
        Item::Story(story) => Some(&story.key),
        Item::Comment(comment) => Some(&comment.key),
        _ => None,
    }
}

fn stories(items: &[Result<Item, WhyBroken>]) -> Vec<&OldStory> {
    items
        .iter()
        .flatten()
        .filter_map(|item| if let Item::Story(story) = item { Some(&**story) } else { None })
        .collect()
}

fn comments(items: &[Result<Item, WhyBroken>]) -> Vec<&OldComment> {
    items
        .iter()
        .flatten()
        .filter_map(|item| if let Item::Comment(comment) = item { Some(comment) } else { None })
        .collect()
}

fn words(story: &OldStory) -> String {
    Body(crate::markup::read(&story.body.text, story.body.dialect, &Around::unknown()).blocks).plain_text()
}

#[test]
fn posts_of_ghost_come_with_their_writers_tags_and_any_kind_of_body() {
    let lexical = r#"{\"root\":{\"children\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\",\"text\":\"شجرة <1>\",\"format\":1}]}]}}"#;
    let mobiledoc = r#"{\"version\":\"0.3.1\",\"markups\":[[\"a\",[\"href\",\"/x\"]]],\"cards\":[[\"hr\",{}]],\"sections\":[[1,\"p\",[[0,[0],1,\"رابط\"]]],[10,0],[3,\"ul\",[[[0,[],0,\"بند\"]]]]]}"#;
    let text = format!(
        r#"{{"db":[{{"meta":{{}},"data":{{"posts":[
            {{"id":"1","title":"أول","slug":"a","html":"<p>نص</p>","status":"published","published_at":"2025-01-01T00:00:00.000Z","type":"post"}},
            {{"id":"2","title":"ثان","slug":"b","lexical":"{lexical}","status":"draft"}},
            {{"id":"3","title":"ثالث","slug":"c","mobiledoc":"{mobiledoc}","status":"published","visibility":"members","type":"page"}}],
            "users":[{{"id":"u","name":"هدى","slug":"huda","email":"h@a.example"}}],"tags":[{{"id":"t","name":"أخبار","slug":"news"}}],
            "posts_authors":[{{"post_id":"1","author_id":"u"}}],"posts_tags":[{{"post_id":"1","tag_id":"t"}}]}}}}]}}"#
    );
    let items = of(System::Ghost, &text);
    let all = stories(&items);
    assert_eq!(all.iter().map(|story| words(story)).collect::<Vec<_>>(), ["نص", "شجرة <1>", "رابط\nبند"]);
    assert_eq!(
        all.iter().map(|story| story.state.clone()).collect::<Vec<_>>(),
        [OldState::Public, OldState::Draft, OldState::Locked]
    );
    assert_eq!(
        (all[0].writers.as_slice(), all[0].tags.as_slice()),
        (&["huda".to_owned()][..], &["news".to_owned()][..])
    );
    assert_eq!(all[0].other_addresses, ["/a/"]);
    assert!(matches!(all[2].kind, OldKind::Page { .. }));
}

#[test]
fn the_interface_of_wordpress_gives_posts_users_and_comments() {
    let text = r#"[{"id":5,"type":"post","status":"publish","link":"https://old.example/2020/x/","slug":"x","date_gmt":"2020-01-01T10:00:00",
        "title":{"rendered":"أ &amp; ب"},"content":{"rendered":"<p>نص</p>","protected":false},"excerpt":{"rendered":""},
        "_embedded":{"author":[{"slug":"huda","name":"هدى"}],"wp:term":[[{"id":1,"taxonomy":"category","slug":"c","name":"قسم"}]]}},
        {"id":6,"type":"book","title":{"rendered":"كتاب"},"content":{"rendered":"x"}},
        {"id":9,"post":5,"parent":8,"author_name":"سلمى","content":{"rendered":"<p>رأي</p>"},"status":"approved","date_gmt":"2020-01-02T10:00:00"}]"#;
    let items = of(System::WordPressApi, text);
    let story = stories(&items)[0];
    assert_eq!(
        (story.categories.as_slice(), story.writers.as_slice()),
        (&["c".to_owned()][..], &["huda".to_owned()][..])
    );
    assert!(story.published_at.is_some());
    let comment = comments(&items)[0];
    assert_eq!(
        (comment.story.as_str(), comment.parent.is_some(), comment.at.is_some()),
        (story.key.as_str(), true, true)
    );
    assert!(items.iter().flatten().any(|item| matches!(item, Item::Left(left) if left.why == WhyLeft::PieceKind)));
}

#[test]
fn what_a_feed_of_blogger_calls_a_post_a_page_and_a_comment_is_one() {
    let entry = |id: &str, kind: &str, more: &str| {
        format!(
            "<entry><id>{id}</id><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{kind}'/>\
            <title>ع</title><content>نص</content><published>2020-01-01T00:00:00Z</published><author><name>هدى</name></author>{more}</entry>"
        )
    };
    let text = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'>{}{}{}</feed>",
        entry(
            "1",
            "post",
            "<link rel='alternate' href='https://old.example/2020/01/a.html'/><category scheme='x' term='وسم'/>"
        ),
        entry("2", "comment", "<thr:in-reply-to xmlns:thr='t' href='https://old.example/2020/01/a.html'/>"),
        entry("3", "template", ""),
    );
    let items = of(System::Blogger, &text);
    assert_eq!((stories(&items)[0].slug.as_str(), stories(&items)[0].tags.len()), ("a", 1));
    assert_eq!(comments(&items)[0].story, "https://old.example/2020/01/a.html");
}

#[test]
fn a_broken_post_of_disqus_keeps_no_other_back() {
    let post = |id: &str, more: &str| {
        format!(
            "<post dsq:id=\"{id}\"><id>n</id><message><![CDATA[<p>رأي</p>]]></message><createdAt>2011-08-31T15:16:29Z</createdAt>\
            <isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>هدى</name></author>{more}</post>\n"
        )
    };
    let text = format!(
        "<disqus xmlns=\"http://disqus.com\" xmlns:dsq=\"http://disqus.com/disqus-internals\">\n<thread dsq:id=\"7\"><id/><link>https://old.example/a/</link></thread>\n{}{}{}",
        post("1", "<thread dsq:id=\"7\"/>"),
        post("3", "<thread dsq:id=7/>"),
        post("2", "<thread dsq:id=\"7\"/><parent dsq:id=\"1\"/>"),
    );
    let items = of(System::Disqus, &text);
    let all = comments(&items);
    assert_eq!(all.len(), 2);
    assert_eq!((all[1].parent.as_deref(), all[0].story.as_str()), (Some("disqus:1"), "https://old.example/a/"));
    let left = items.iter().flatten().find_map(|item| if let Item::Left(left) = item { Some(left) } else { None });
    assert_eq!(left.map(|left| (left.why, left.place.line)), Some((WhyLeft::Unreadable, 4)));
    assert!(items.iter().all(Result::is_ok));
}

#[test]
fn comments_of_the_other_systems_stand_under_the_address_of_their_story() {
    let isso = of(
        System::Isso,
        r#"[{"id":"/p/","title":"x","comments":[{"id":0,"author":"هدى","text":"أ <b>","created":"2005-02-24 04:03:37"}]}]"#,
    );
    assert_eq!(comments(&isso)[0].story, "https://old.example/p/");
    assert_eq!((comment_text(&comments(&isso)[0].text), comments(&isso)[0].at.is_some()), ("أ <b>".to_owned(), true));
    let remark = of(
        System::Remark42,
        "{\"version\":1,\"users\":[]}\n{\"id\":\"1\",\"text\":\"<p>أ</p>\",\"user\":{\"name\":\"هدى\"},\"locator\":{\"site\":\"s\",\"url\":\"https://old.example/a\"},\"time\":\"2017-12-25T19:46:01Z\"}\n\
         {\"id\":\"2\",\"pid\":\"1\",\"text\":\"ب\",\"user\":{\"name\":\"س\"},\"locator\":{\"site\":\"s\",\"url\":\"https://old.example/a\"},\"delete\":true}",
    );
    assert_eq!(comments(&remark)[1].parent.as_deref(), Some(comments(&remark)[0].key.as_str()));
    assert_eq!(comments(&remark)[1].state, CommentState::Trash);
    let coral = of(
        System::Coral,
        "{\"id\":\"s\",\"url\":\"https://old.example/a\"}\n{\"id\":\"u\",\"username\":\"هدى\"}\n\
         {\"id\":\"c\",\"storyID\":\"s\",\"authorID\":\"u\",\"status\":\"PREMOD\",\"revisions\":[{\"body\":\"قديم\"},{\"body\":\"رأي\"}],\"createdAt\":{\"$date\":\"2020-01-01T00:00:00Z\"}}",
    );
    let comment = comments(&coral)[0];
    assert_eq!((comment.name.as_str(), comment.text.as_str(), comment.state), ("هدى", "رأي", CommentState::Waiting));
    assert!(comment.at.is_some());
}

#[test]
fn a_file_of_another_format_is_refused() {
    for system in System::ALL {
        for text in ["{\"x\":1}", "<x/>", "[1]", ""] {
            let items = of(system, text);
            assert!(items.last().is_some_and(Result::is_err), "{} took {text}", system.word());
        }
    }
}
