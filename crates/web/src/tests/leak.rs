//! What nobody has released is nowhere: every public address is asked, with held, refused, rewritten, withdrawn, undone
//! and taken-down comments present, and neither their words nor their names nor their existence can be found.

use crate::layout::address;
use crate::paper::Paper;
use crate::routes::router;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt;
use newsroom::CommentId;
use newsroom::people::Role;
use newsroom::story::Published;
use tower::ServiceExt;

/// Stands in every text and name that must not be seen; each time with something of its own behind it.
const MARK: &str = "كهرمانة";

/// Every address that somebody may ask without being of the staff. `{story}` and `{other}` are slugs.
const PUBLIC: &[&str] = &[
    "/",
    "/sections/city",
    "/tags/{tag}",
    "/writers/{writer}",
    "/archive",
    "/corrections",
    "/search",
    "/search?q=%D9%83%D9%84%D8%A7%D9%85",
    "/search?q=%D9%83%D9%84%D8%A7%D9%85&in=comments",
    "/search?q=example&in=comments",
    "/feed",
    "/feed/rss",
    "/feed/atom",
    "/feed/json",
    "/sections/city/feed/rss",
    "/tags/{tag}/feed/atom",
    "/writers/{writer}/feed/json",
    "/corrections/feed/rss",
    "/issues",
    "/issues/{comment}",
    "/issues/{comment}/issue.pdf",
    "/issues/{comment}/first-page/{comment}-480.jpg",
    "/archive/{month}",
    "/pages/house-rules",
    "/how-we-review",
    "/stories/{story}",
    "/stories/{story}?sort=newest",
    "/stories/{story}?after=1-1",
    "/stories/{story}?at=1",
    "/stories/{story}?at=2",
    "/stories/{story}?at=99",
    "/stories/{other}",
    "/stories/{story}/comments/1",
    "/stories/{story}/comments/2",
    "/stories/{story}/comments/3",
    "/stories/{story}/comments/4",
    "/stories/{story}/comments/{comment}",
    "/stories/{story}/comments/1/report",
    "/stories/{story}/comments/2/report",
    "/stories/{story}/comments/4/report",
    "/stories/{story}/reply/1",
    "/stories/{story}/reply/2",
    "/stories/{story}/reply/4",
    "/stories/{story}/own/{comment}/edit",
    "/stories/{story}/own/{comment}/withdrawal",
    "/s/{id}",
    "/me",
    "/me/data.json",
    "/me/erasure",
    "/me/{comment}/erasure",
    "/erasures/{comment}",
    "/desk/erasures",
    "/desk/visitors/{comment}/erasure",
    "/moderation-log",
    "/reader",
    "/reader/link/{comment}",
    "/unsubscribe/{comment}",
    "/newsletter",
    "/newsletter/confirm/{comment}",
    "/newsletter/mine/{comment}",
    "/newsletter/leave/{comment}",
    "/push/key",
    "/push/worker.js",
    "/indexnow-{comment}",
    "/desk/channels",
    "/desk/channels/{comment}",
    "/desk/newsletter",
    "/desk/newsletter/preview",
    "/desk/newsletter/preview.txt",
    "/me/{comment}",
    "/me/{comment}/appeal",
    "/reports/{comment}",
    "/reports/{comment}/complaint",
    "/flaggers/{comment}",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-{month}.xml",
    "/sitemap-news.xml",
    "/sitemap-tags.xml",
    "/sitemap-writers.xml",
    "/sitemap-pages.xml",
    "/manifest.webmanifest",
    "/icon.svg",
    "/icon.png",
    "/favicon.ico",
    "/toll?for=%2Fstories%2F{story}%2Fcomments",
    "/health",
    "/healthz",
    "/ready",
    "/api/moderation/openapi.json",
    "/assets/{stylesheet}",
    "/pictures/{comment}",
    "/nowhere/{comment}",
    "/stories/{comment}",
    "/sign-in",
    "/sign-in/{comment}",
    "/sign-in/organisation",
    "/sign-in/organisation/return",
    "/desk/offline/ar",
    "/desk/offline/ar/worker.js",
    "/desk",
    "/desk/reported",
    "/desk/log",
    "/desk/log?rule=limits",
    "/desk/quality",
    "/desk/rules/acting",
    "/desk/appeals",
    "/desk/appeals/{comment}",
    "/desk/flaggers",
    "/desk/orders",
    "/desk/issues",
    "/desk/issues/{comment}",
    "/desk/orders/{comment}",
    "/desk/orders/{comment}/facts",
    "/desk/orders/{comment}/reply",
    "/desk/orders/{comment}/reply.txt",
    "/desk/orders/{comment}/reply.json",
    "/desk/search?words=a",
    "/desk/disputes",
    "/desk/comments/{id}/{comment}",
    "/desk/reasons",
    "/desk/transparency",
    "/desk/transparency.csv",
    "/desk/statements.json",
    "/desk/live",
    "/desk/visitors/{comment}",
    "/desk/comments/{id}/{comment}/visitor",
    "/desk/staff",
    "/desk/staff/{id}",
    "/desk/state",
    "/desk/me",
    "/desk/me/proof",
    "/desk/me/proof/organisation",
    "/desk/me/organisation",
    "/desk/me/codes",
    "/desk/me/notices",
    "/desk/me/notices/address/{comment}",
    "/desk/stories",
    "/desk/statistics",
    "/desk/statistics/days",
    "/desk/breaking",
    "/desk/front",
    "/desk/front/slots/lead/0",
    "/desk/front/look",
    "/desk/front/preview",
    "/desk/front/launches",
    "/desk/site",
    "/desk/site/house",
    "/desk/site/house/sample",
    "/desk/site/house/sample.css",
    "/desk/site/ads",
    "/desk/site/ads/{comment}/look",
    "/advertisements/{comment}",
    "/advertisements/front-top",
    "/desk/site/css",
    "/desk/site/ads-txt",
    "/desk/site/feeds",
    "/desk/site/doors",
    "/desk/embeds",
    "/desk/embeds/1",
    "/desk/fediverse",
    "/.well-known/webfinger?resource=acct:paper@localhost",
    "/.well-known/nodeinfo",
    "/nodeinfo/2.1",
    "/fediverse/paper",
    "/fediverse/paper/outbox",
    "/fediverse/paper/outbox?page=true",
    "/fediverse/paper/followers",
    "/fediverse/sections/{section}",
    "/fediverse/sections/{section}/outbox?page=true",
    "/fediverse/sections/{section}/followers",
    "/fediverse/stories/{id}",
    "/embed.js",
    "/embed.css",
    "/comments/feed/rss",
    "/stories/{story}/comments/feed/rss",
    "/house/{comment}",
    "/ads.txt",
    "/desk/ideas",
    "/desk/plan",
    "/desk/checklist",
    "/desk/pictures",
    "/desk/pictures.json",
    "/desk/pictures/{comment}",
    "/desk/pictures/{comment}/replacement",
    "/desk/pictures/rights",
    "/desk/stories/{id}",
    "/desk/stories/{id}/edit",
    "/desk/stories/{id}/live",
    "/desk/stories/{id}/live/entries/{comment}",
    "/desk/stories/{id}/revisions",
    "/desk/stories/{id}/revisions/{comment}",
    "/desk/rules",
    "/desk/learning",
    "/desk/rules/text",
    "/desk/rules/versions",
    "/desk/rules/versions/{id}",
    "/desk/sections",
    "/desk/country",
    "/desk/addresses",
    "/desk/pages",
    "/desk/pages/house-rules",
];

/// Addresses that answer forms only, or streams: asked in tests of their own.
const ELSEWHERE: &[&str] = &["/stories/{story}/comments", "/stories/{story}/live", "/live"];

#[test]
fn the_table_names_every_address_of_the_paper() {
    let routes = concat!(
        include_str!("../routes/mod.rs"),
        include_str!("../routes/newsroom.rs"),
        include_str!("../routes/readers.rs")
    );
    let mut seen = 0;
    for line in routes.lines().filter(|line| line.contains(".route(\"")) {
        let address = line.split('"').nth(1).expect("an address");
        if !line.contains("get(") {
            continue;
        }
        seen += 1;
        let shape = |address: &str| -> Vec<String> {
            address
                .split(['/', '?'])
                .map(|part| if part.contains('{') { "{}".to_owned() } else { part.to_owned() })
                .collect()
        };
        let fits = |asked: &&str| {
            let (asked, wanted) = (shape(asked), shape(address));
            asked.len() >= wanted.len()
                && wanted.iter().zip(&asked).all(|(wanted, asked)| wanted == "{}" || wanted == asked)
        };
        assert!(PUBLIC.iter().chain(ELSEWHERE).any(fits), "{address} is asked nowhere");
    }
    assert!(seen > 25, "routes.rs is read as it is written");
}

#[tokio::test]
async fn no_public_page_shows_or_counts_what_nobody_released() {
    shows_or_counts_nothing(OpenPaper::open_as(Paper { posts_per_minute: 1_000, ..Default::default() }).await).await;
}

#[tokio::test]
async fn no_ready_page_shows_or_counts_what_nobody_released() {
    shows_or_counts_nothing(OpenPaper::open_keeping(Paper { posts_per_minute: 1_000, ..Default::default() }).await)
        .await;
}

async fn shows_or_counts_nothing(paper: OpenPaper) {
    crate::fediverse::tests::reaches(&paper).await;
    let (story, other) = (paper.publishes_everything().await, paper.publishes("خبر لا تعليق عليه بعد").await);
    let (salma, somebody) = (Browser::of_staff(&paper, "سلمى", Role::Moderator).await, Browser::new(&paper));
    let plain = somebody.comments(&story, "كريم", "كلام مقروء").await;
    salma.rules(&story, plain, "release", "").await;
    let before = crawl(&paper, &story, &other, plain).await;
    let hidden = never_released(&paper, &story, &other, &salma).await;
    let after = crawl(&paper, &story, &other, plain).await;
    for ((path, was), (_, is)) in before.iter().zip(&after) {
        assert_eq!(was.text, is.text, "{path} is another page");
        assert_eq!(without_clock(was), without_clock(is), "{path} has other headers");
    }
    for (path, got) in after.iter().chain(&crawl(&paper, &story, &other, hidden).await) {
        assert!(!got.text.contains(MARK) && !format!("{:?}", got.headers).contains(MARK), "{path}");
    }
}

#[tokio::test]
async fn what_was_public_and_is_not_leaves_a_number_and_no_words() {
    leaves_a_number_and_no_words(OpenPaper::open().await).await;
}

#[tokio::test]
async fn what_was_ready_and_is_not_public_leaves_a_number_and_no_words() {
    leaves_a_number_and_no_words(OpenPaper::open_keeping(Paper::default()).await).await;
}

async fn leaves_a_number_and_no_words(paper: OpenPaper) {
    let (story, other) = (paper.publishes_everything().await, paper.publishes("خبر آخر").await);
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let plain = Browser::new(&paper).comments(&story, "كريم", "كلام مقروء").await;
    salma.rules(&story, plain, "release", "").await;
    let (author, mut ids) = (Browser::new(&paper), Vec::new());
    for turn in ["سحب", "إزالة", "تراجع"] {
        let comment = author.comments(&story, &format!("{MARK} {turn}"), &format!("{MARK} {turn}")).await;
        let got = salma.rules(&story, comment, "release", "").await;
        ids.push((comment, got.header("location").trim_start_matches("/desk?done=").to_owned()));
    }
    assert!(crawl(&paper, &story, &other, plain).await.iter().any(|(_, got)| got.text.contains(MARK)), "public");
    author.post(&format!("{}/own/{}/withdrawal", address::story(&story.slug), ids[0].0), &[]).await;
    salma.rules(&story, ids[1].0, "refuse", "insult").await;
    let undone = salma.post(&format!("/desk/rulings/{}/undo", ids[2].1), &[("story", &story.id.short())]).await;
    assert_eq!(undone.header("location"), "/desk");
    for (path, got) in crawl(&paper, &story, &other, plain).await {
        assert!(!got.text.contains(MARK), "{path}");
    }
    let page = paper.get(&address::story(&story.slug)).await;
    page.assert_order(&["data-count>(1)", "id=\"c-1\"", "id=\"c-2\"", "id=\"c-3\"", "id=\"c-4\""]);
}

#[tokio::test]
async fn open_pages_are_told_of_nothing_but_releases() {
    let paper = OpenPaper::open().await;
    let (story, other) = (paper.publishes_everything().await, paper.publishes("خبر آخر").await);
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let path = format!("{}/live", address::story(&story.slug));
    let request = Request::get(&path).body(Body::empty()).expect("a request");
    let stream = router(paper.app.clone()).oneshot(request).await.expect("a stream");
    assert_eq!(stream.headers().get("content-type").expect("a type"), "text/event-stream");
    never_released(&paper, &story, &other, &salma).await;
    let plain = Browser::new(&paper).comments(&story, "كريم", "كلام مقروء").await;
    salma.rules(&story, plain, "release", "").await;
    let (mut frames, mut told) = (stream.into_body().into_data_stream(), String::new());
    while !told.contains("event: count") {
        told.push_str(&String::from_utf8_lossy(&frames.next().await.expect("more").expect("bytes")));
    }
    assert!(told.contains("كلام مقروء") && told.contains("event: comment") && told.contains("{\"count\":1}"));
    assert!(!told.contains(MARK) && told.matches("event:").count() == 3, "and the strip: {told}");
}

/// Comments that were never public, in every way there is; one of them.
async fn never_released(paper: &OpenPaper, story: &Published, other: &Published, salma: &Browser<'_>) -> CommentId {
    let author = Browser::new(paper);
    let marked = |turn: &str| (format!("{MARK} {turn}"), format!("{MARK} {turn} https://{turn}.example.org"));
    let mut made = Vec::new();
    for (turn, under) in [("held", story), ("answer", story), ("refused", story), ("gone", story), ("far", other)] {
        let (name, text) = marked(turn);
        let number = if turn == "answer" && under.slug == story.slug { "1" } else { "" };
        let answers = paper.app.store.entry(story.id, 1).await.expect("an answer").is_some();
        made.push(author.answers(under, if answers { number } else { "" }, &name, &text).await);
    }
    salma.rules(story, made[2], "refuse", "insult").await;
    let own = |comment: CommentId, what: &str| format!("{}/own/{comment}/{what}", address::story(&story.slug));
    author.post(&own(made[3], "withdrawal"), &[]).await;
    author.post(&own(made[0], "edit"), &[("text", &format!("{MARK} rewritten"))]).await;
    made[0]
}

/// Every address of the table, asked by somebody who was never here.
pub(crate) async fn crawl(
    paper: &OpenPaper,
    story: &Published,
    other: &Published,
    comment: CommentId,
) -> Vec<(String, Got)> {
    let month = story.published_at.to_zoned(paper.app.paper.zone.clone()).strftime("%Y-%m").to_string();
    let stylesheet = crate::layout::assets::address("paper.css").trim_start_matches("/assets/").to_owned();
    let mut pages = Vec::new();
    for path in PUBLIC {
        let path = path
            .replace("{story}", &address::encoded(&story.slug))
            .replace("{other}", &address::encoded(&other.slug))
            .replace("{tag}", &address::encoded(&story.text.tags[0].slug))
            .replace("{writer}", &address::encoded(&story.text.bylines[0].slug))
            .replace("{month}", &month)
            .replace("{id}", &story.id.short())
            .replace("{section}", &newsroom::SectionId(1).short())
            .replace("{stylesheet}", &stylesheet)
            .replace("{comment}", &comment.short());
        let got = paper.get(&path).await;
        pages.push((path, got));
    }
    pages
}

fn without_clock(got: &Got) -> Vec<(String, String)> {
    let headers = got.headers.iter().filter(|(name, _)| name.as_str() != "date");
    headers.map(|(name, value)| (name.to_string(), format!("{value:?}"))).collect()
}
