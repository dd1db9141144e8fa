//! Kinds of story and the stories that they answer, from the form where they are written to what readers see.

use crate::editor::linked::part_of;
use crate::layout::address;
use crate::page_cache::Tag;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::http::StatusCode;
use newsroom::people::{Actor, Role};
use newsroom::story::{CommentPolicy, Published, Story, StoryKind};
use newsroom::{SectionId, StoryId};

const REPLY: &str = "ردّ <أصحاب> السوق";
const SHOWN: &str = "ردّ &#60;أصحاب&#62; السوق";

/// Begins a story and sends its form once; its address on the desk and what came back.
async fn writes(layla: &Browser<'_>, kind: &str, answers: &str, comments: &str) -> (String, Got) {
    let begun = layla.post("/desk/stories", &[]).await;
    let story = begun.header("location").trim_end_matches("/edit").to_owned();
    let section = SectionId(1).short();
    let fields = [
        ("version", "0"),
        ("headline", REPLY),
        ("text", "نصّ مادة متخيلة."),
        ("section", section.as_str()),
        ("kind", kind),
        ("answers", answers),
        ("comments", comments),
    ];
    let got = layla.post(&format!("{story}/text"), &fields).await;
    (story, got)
}

fn id_of(desk: &str) -> StoryId {
    StoryId::from_short(desk.rsplit('/').next().expect("an id")).expect("a short id")
}

async fn comments_of(paper: &OpenPaper, desk: &str) -> CommentPolicy {
    match paper.app.store.story(id_of(desk)).await.expect("a story") {
        Story::Draft(draft) => draft.comments,
        Story::Published(published) => published.comments,
        Story::Withdrawn(withdrawn) => withdrawn.was.comments,
    }
}

async fn shown(paper: &OpenPaper, story: &Published) -> Got {
    paper.get(&address::story(&story.slug)).await
}

fn described(got: &Got) -> serde_json::Value {
    let json = got.text.split("<script type=\"application/ld+json\">").nth(1).expect("a description");
    serde_json::from_str(json.split("</script>").next().expect("its end")).expect("whole JSON")
}

#[tokio::test]
async fn a_reply_stands_at_the_head_of_its_story_once_it_is_public_and_not_after_it_is_withdrawn() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = paper.publishes("خبر عن السوق").await;
    let (reply, kept) = writes(&layla, "right-of-reply", &address::story(&story.slug), "").await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    layla.get(&reply).await.assert_order(&["class=\"story-kind\">حق الرد", "ردًّا على:", "خبر عن السوق"]);
    let before = shown(&paper, &story).await;
    assert!(!before.text.contains("linked-reply") && !before.text.contains(SHOWN), "{}", before.text);

    let published = layla.post(&format!("{reply}/publication"), &[]).await;
    assert_eq!(published.status, StatusCode::SEE_OTHER);
    let page = paper.get(published.header("location")).await;
    let there = format!("href=\"{}\"", address::story(&story.slug));
    page.assert_order(&["story-kind\">حق الرد", "<h1", SHOWN, "ردًّا على:", &there, "خبر عن السوق", "<time datetime"]);
    assert_eq!(described(&page)["about"]["headline"], "خبر عن السوق");
    let after = shown(&paper, &story).await;
    let back = format!("href=\"{}\"", published.header("location"));
    after.assert_order(&[
        "<h1",
        "خبر عن السوق",
        "linked-reply",
        "ردّ:",
        &back,
        SHOWN,
        "<time datetime",
        "class=\"body\"",
    ]);
    assert_eq!(described(&after)["subjectOf"][0]["headline"], REPLY);
    assert!(after.tags.contains(&Tag::Story(id_of(&reply))), "{:?}", after.tags);
    assert!(page.tags.contains(&Tag::Story(story.id)), "{:?}", page.tags);

    layla.post(&format!("{reply}/withdrawal"), &[("note", "سهو"), ("sure", "yes")]).await;
    let gone = shown(&paper, &story).await;
    assert!(!gone.text.contains("linked-reply") && !gone.text.contains(SHOWN), "{}", gone.text);
    layla.post(&format!("{reply}/publication"), &[]).await;
    assert!(shown(&paper, &story).await.text.contains("linked-reply"), "it comes back with the reply");
    let withdrawn = story.clone().withdraw("", paper.app.now());
    paper.app.store.withdraw(&withdrawn, Actor::Program, "").await.expect("withdrawn");
    let alone = paper.get(published.header("location")).await;
    assert!(!alone.text.contains("ردًّا على:") && !alone.text.contains("خبر عن السوق"), "{}", alone.text);
    assert!(alone.tags.contains(&Tag::Story(story.id)), "it is purged when the story comes back");
}

#[tokio::test]
async fn a_story_that_is_none_comes_back_with_what_was_typed_and_a_sentence_at_the_field() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (desk, refused) = writes(&layla, "right-of-reply", "/stories/لا-وجود-لها", "").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&[
        "role=\"alert\"",
        "لم نجد مادة",
        SHOWN,
        "نصّ مادة متخيلة.",
        "<option value=\"right-of-reply\" selected>",
        "value=\"/stories/لا-وجود-لها\"",
        "aria-invalid=\"true\"",
        "id=\"w-answers-problem\">المادة التي يردّ عليها: لم نجد",
    ]);
    let itself = [("version", "0"), ("headline", "رد"), ("text", "نص"), ("answers", desk.as_str())];
    let refused = layla.post(&format!("{desk}/text"), &itself).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("هذه هي المادة نفسها"), "{}", refused.text);
    assert_eq!(paper.app.store.on_desk(id_of(&desk)).await.expect("a draft").version, 0, "nothing was kept");
}

#[tokio::test]
async fn a_right_of_reply_that_answers_nothing_is_kept_and_does_not_go_public() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (desk, kept) = writes(&layla, "right-of-reply", "", "").await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let refused = layla.post(&format!("{desk}/publication"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&["role=\"alert\"", "المادة التي يردّ عليها حق الرد"]);
}

#[tokio::test]
async fn a_draft_may_be_answered_by_whoever_may_read_it_and_readers_are_not_led_there() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let draft = paper.draft("مسودة لم تُنشر");
    paper.app.store.keep_draft(&draft, Actor::Program, paper.app.now()).await.expect("a kept draft");
    let (desk, kept) = writes(&layla, "announcement", &draft.id.short(), "").await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    layla.get(&desk).await.assert_order(&["متصل بمادة:", "مسودة لم تُنشر", "ليست منشورة"]);
    let published = layla.post(&format!("{desk}/publication"), &[]).await;
    let page = paper.get(published.header("location")).await;
    assert!(!page.text.contains("مسودة لم تُنشر") && !page.text.contains("متصل بمادة"), "{}", page.text);

    let huda = Browser::of_staff(&paper, "هدى", Role::Reporter).await;
    let (_, refused) = writes(&huda, "announcement", &draft.id.short(), "").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "it is not hers to know of");
    assert!(!refused.text.contains("مسودة لم تُنشر"));
}

#[tokio::test]
async fn what_is_no_news_says_so_on_its_page_in_lists_and_on_the_desk() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let label = |word: &str| format!("class=\"story-kind\" lang=\"ar\" dir=\"rtl\">{word}</p>");
    let kinds = [
        (StoryKind::Opinion, "رأي", "OpinionNewsArticle"),
        (StoryKind::Obituary, "نعي", "NewsArticle"),
        (StoryKind::Announcement, "بلاغ", "NewsArticle"),
        (StoryKind::Explainer, "شرح", "BackgroundNewsArticle"),
    ];
    for (kind, word, name) in kinds {
        let mut draft = paper.draft(&format!("مادة عن {word}"));
        draft.text.kind = kind;
        let story = paper.publishes_draft(draft, paper.app.now()).await;
        let page = shown(&paper, &story).await;
        page.assert_order(&[&format!("<p class=\"story-kind\">{word}</p>"), "<h1>"]);
        assert_eq!(described(&page)["@type"], name);
        for list in ["/", "/sections/city"] {
            let headline = format!("مادة عن {word}</a>");
            paper.get(list).await.assert_order(&[&label(word), &headline]);
        }
        layla
            .get("/desk/stories")
            .await
            .assert_order(&[&format!("مادة عن {word}"), &format!("<span class=\"chip\">{word}")]);
    }
    let news = paper.publishes("خبر كغيره").await;
    let head = shown(&paper, &news).await.text;
    let head =
        head.split("class=\"story-head\"").nth(1).and_then(|rest| rest.split("</header>").next()).expect("a head");
    assert!(!head.contains("story-kind"), "news is news: {head}");
}

#[tokio::test]
async fn what_nobody_chose_about_comments_goes_by_the_kind_and_what_somebody_chose_stays() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (notice, _) = writes(&layla, "obituary", "", "").await;
    assert_eq!(comments_of(&paper, &notice).await, CommentPolicy::Closed);
    let page = layla.get(&format!("{notice}/edit")).await;
    assert!(!page.text.contains("value=\"closed\" selected"), "it goes by the kind, also when that changes");
    let (chosen, _) = writes(&layla, "obituary", "", "open-after-review").await;
    assert_eq!(comments_of(&paper, &chosen).await, CommentPolicy::OpenAfterReview);
    let page = layla.get(&format!("{chosen}/edit")).await;
    assert!(page.text.contains("value=\"open-after-review\" selected"), "{}", page.text);
    let (news, _) = writes(&layla, "news", "", "").await;
    assert_eq!(comments_of(&paper, &news).await, CommentPolicy::OpenAfterReview);
}

#[test]
fn a_story_is_named_by_any_of_its_addresses() {
    for typed in [
        "https://paper.example/stories/%D8%AE%D8%A8%D8%B1?sort=newest#comment-3",
        "/stories/خبر",
        "خبر",
        "http://paper.example/s/خبر/",
        "/desk/stories/خبر/edit",
    ] {
        assert_eq!(part_of(typed), "خبر", "{typed}");
    }
    assert_eq!(part_of("/sections/city"), "city");
    assert_eq!(part_of("/"), "");
}

#[tokio::test]
async fn a_translation_is_ticked_where_it_is_written_and_each_page_leads_to_the_other() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let original = paper.publishes("خط الترام").await;
    let begun = layla.post("/desk/stories", &[]).await;
    let desk = begun.header("location").trim_end_matches("/edit").to_owned();
    let (section, answers) = (SectionId(1).short(), original.id.short());
    let fields = [
        ("version", "0"),
        ("headline", "La ligne <du> tram"),
        ("text", "Un texte inventé."),
        ("section", section.as_str()),
        ("language", "fr"),
        ("answers", answers.as_str()),
        ("translates", "yes"),
    ];
    assert_eq!(layla.post(&format!("{desk}/text"), &fields).await.status, StatusCode::SEE_OTHER);
    let form = layla.get(&format!("{desk}/edit")).await;
    assert!(form.text.contains("name=\"translates\" value=\"yes\" checked"));
    let page = paper.get(&address::story(&original.slug)).await;
    assert!(!page.text.contains("hreflang=\"fr\""), "nobody has published it");
    let published = layla.post(&format!("{desk}/publication"), &[]).await;
    let there = published.header("location").to_owned();
    let whole = |path: &str| address::whole(&paper.app.paper, path);
    let here = address::story(&original.slug);
    for (path, other, language) in [(&here, &there, "fr"), (&there, &here, "ar")] {
        let page = paper.get(path).await;
        let (own, alternate) = (if language == "fr" { "ar" } else { "fr" }, whole(other));
        page.assert_order(&[
            &format!("<link rel=\"alternate\" hreflang=\"{language}\" href=\"{alternate}\">"),
            &format!("<link rel=\"alternate\" hreflang=\"{own}\" href=\"{}\">", whole(path)),
            "\"workTranslation\"",
            "المادة بلغات أخرى",
            &format!("hreflang=\"{language}\" lang=\"{language}\""),
        ]);
        assert!(!page.text.contains("متصل بمادة"), "{path}");
        let led = page.text.matches(&format!("href=\"{other}\"")).count();
        assert_eq!(led, 1, "it does not stand among what else is to be read: {path}");
    }
    assert!(paper.get(&here).await.text.contains("La ligne &#60;du&#62; tram"));
}
