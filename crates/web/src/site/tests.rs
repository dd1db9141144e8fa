//! What stands around every page, from the desk to readers.

use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::http::{Request, StatusCode};
use jiff::SignedDuration;
use newsroom::Timestamp;
use newsroom::people::Role;
use newsroom::site::{Colour, Doors, Part, Scheme, Tint};

/// A line of the head, and one of the foot beside some words.
const MENUS: [(&str, &str); 8] = [
    ("h0-target", "section:city"),
    ("h0-label", "المدينة وأهلها"),
    ("h1-target", "other"),
    ("h1-label", "متجرنا"),
    ("h1-to", "https://shop.example.org/"),
    ("f0-target", "path:/archive"),
    ("f0-label", "كل ما نُشر"),
    ("text", "ترخيص رقم ١٢"),
];

/// The version that a page says it was made of.
fn seen(page: &str) -> &str {
    page.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a version")
}

#[tokio::test]
async fn what_an_editor_puts_into_head_and_foot_is_on_every_page_and_comes_back() {
    let paper = OpenPaper::open().await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let before = paper.get("/").await.text;
    assert!(before.contains("href=\"/archive\"") && !before.contains("المدينة وأهلها"));
    let social = [("social-telegram", "https://t.me/midad_demo"), ("title0", "خدمات")];
    let form: Vec<_> = MENUS.into_iter().chain(social).collect();
    let kept = editor.post("/desk/site", &form).await;
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, "/desk/site?done=yes"));
    for page in ["/", "/archive", "/sections/city"] {
        let shown = paper.get(page).await;
        shown.assert_order(&[
            "المدينة وأهلها",
            "href=\"https://shop.example.org/\" rel=\"noopener\">متجرنا",
            "ترخيص رقم ١٢",
            "خدمات",
            "كل ما نُشر",
            "href=\"https://t.me/midad_demo\" rel=\"noopener me\"",
        ]);
    }
    let desk = editor.get("/desk/site").await;
    desk.assert_order(&["value=\"section:city\" selected", "value=\"المدينة وأهلها\"", "value=\"other\" selected"]);
    let first = seen(&desk.text);
    let nothing = editor.post("/desk/site", &[("seen", first)]).await;
    assert_eq!(nothing.status, StatusCode::SEE_OTHER);
    assert!(!paper.get("/").await.text.contains("متجرنا"), "the sections again");
    let late = editor.post(&format!("/desk/site/versions/{first}"), &[("seen", first)]).await;
    assert_eq!(late.header("location"), "/desk/site?done=no", "it was changed since that page was opened");
    assert!(editor.get("/desk/site?done=no").await.text.contains("role=\"alert\""));
    let newest = editor.get("/desk/site").await;
    let back = editor.post(&format!("/desk/site/versions/{first}"), &[("seen", seen(&newest.text))]).await;
    assert_eq!(back.header("location"), "/desk/site?done=yes");
    assert!(paper.get("/").await.text.contains("متجرنا"));
}

#[tokio::test]
async fn what_leads_nowhere_is_said_where_it_stands_and_nothing_typed_is_lost() {
    let paper = OpenPaper::open().await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let wrong = [
        ("h0-target", "section:gone"),
        ("h0-label", "قديم"),
        ("h1-target", "other"),
        ("h1-label", "موقع"),
        ("h1-to", "http://plain.example.org/"),
        ("social-x", "https://elsewhere.example.org/x"),
    ];
    let got = editor.post("/desk/site", &wrong).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.assert_order(&[
        "value=\"قديم\"",
        "id=\"h0-wrong\"",
        "value=\"http://plain.example.org/\"",
        "id=\"h1-wrong\"",
        "value=\"https://elsewhere.example.org/x\"",
    ]);
    assert_eq!(editor.post("/desk/site", &MENUS).await.status, StatusCode::SEE_OTHER);
    let late = editor.post("/desk/site", &[("h0-target", "section:city"), ("h0-label", "غير ذلك")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "whoever saw no menus writes over none");
    assert!(late.text.contains("value=\"غير ذلك\"") && late.text.contains("role=\"alert\""));
    assert!(paper.get("/").await.text.contains("متجرنا"));
}

#[tokio::test]
async fn own_style_rules_are_for_readers_pages_alone_and_ask_nobody_else() {
    let paper = OpenPaper::open().await;
    let owner = Browser::of_staff(&paper, "رئيسة", Role::Owner).await;
    let refused = owner.post("/desk/site/css", &[("text", "a {}\n@import 'x.css';")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&["role=\"alert\"", "السطر 2", "@import &#39;x.css&#39;"]);
    let kept = owner.post("/desk/site/css", &[("text", "h1 { letter-spacing: 0 }")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    let address = paper.app.site.now().css_address().expect("rules");
    let link = format!("<link rel=\"stylesheet\" href=\"{address}\">");
    assert!(paper.get("/").await.text.contains(&link));
    for page in ["/desk/site", "/desk/stories"] {
        assert!(!owner.get(page).await.text.contains(&link), "{page}");
    }
    assert!(!paper.get("/sign-in").await.text.contains(&link));
    let css = paper.get(&address).await;
    assert_eq!((css.status, css.header("content-type")), (StatusCode::OK, "text/css; charset=utf-8"));
    assert!(css.header("cache-control").contains("immutable") && css.text == "h1 { letter-spacing: 0 }");
    assert_eq!(paper.get("/house/older.css").await.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn ads_txt_is_there_once_somebody_wrote_it() {
    let paper = OpenPaper::open().await;
    let owner = Browser::of_staff(&paper, "رئيسة", Role::Owner).await;
    assert_eq!(paper.get("/ads.txt").await.status, StatusCode::NOT_FOUND);
    let refused = owner.post("/desk/site/ads-txt", &[("text", "# us\nads.example.org, 7")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&["السطر 2", "ads.example.org, 7"]);
    let form = [("text", "ads.example.org, 7, DIRECT")];
    assert_eq!(owner.post("/desk/site/ads-txt", &form).await.status, StatusCode::SEE_OTHER);
    let got = paper.get("/ads.txt").await;
    assert_eq!((got.status, got.header("content-type")), (StatusCode::OK, "text/plain; charset=utf-8"));
    assert_eq!(got.text, "ads.example.org, 7, DIRECT\n");
}

#[test]
fn the_colours_that_contrast_is_measured_on_are_those_of_the_style_rules() {
    let css = include_str!("../../assets/css/tokens.css");
    let (light, dark) = css.split_once("@media (prefers-color-scheme: dark)").expect("both schemes");
    for (scheme, rules) in [(Scheme::Light, light), (Scheme::Dark, dark)] {
        for (name, colour) in scheme.standard().tokens {
            let rule = rules.split(&format!("--{name}: ")).nth(1).and_then(|rest| rest.split(';').next());
            assert_eq!(rule.and_then(Colour::read), Some(colour), "{scheme:?}: {name}");
        }
    }
    let comments = include_str!("../../assets/css/comments.css");
    assert!(comments.contains("color-mix(in srgb, var(--mark) 45%, transparent)"), "as `LIT` has it");
}

#[tokio::test]
async fn a_colour_that_is_not_read_comes_back_with_its_ratio_and_a_shade_to_take() {
    let paper = OpenPaper::open().await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let faint = [("accent-light", "#ffd54a"), ("band-light", "sky"), ("press", "keep")];
    let refused = editor.post("/desk/site/house", &faint).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&[
        "role=\"alert\"",
        "value=\"#ffd54a\"",
        "\u{2068}1.",
        "\u{2068}4.50\u{2069}",
        "value=\"take-accent-light\"",
        "value=\"sky\"",
        "id=\"band-light-wrong\"",
    ]);
    assert!(!paper.get("/").await.text.contains("/house/colours-"), "nothing was kept");
    let taken = editor.post("/desk/site/house", &[faint[0], ("press", "take-accent-light")]).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
    let shade = taken.text.split("name=\"accent-light\" value=\"").nth(1).and_then(|rest| rest.get(..7));
    let shade = shade.and_then(Colour::read).expect("a shade");
    assert!(Tint::AccentLight.is_read(shade), "{shade}");
    assert!(!paper.get("/").await.text.contains("/house/colours-"), "it is looked at first");
}

#[tokio::test]
async fn the_papers_colours_are_rules_of_their_own_on_readers_pages_before_the_owners() {
    let paper = OpenPaper::open().await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let owner = Browser::of_staff(&paper, "رئيسة", Role::Owner).await;
    owner.post("/desk/site/css", &[("text", "h1 { margin: 0 }")]).await;
    let chosen = [("accent-light", "#003366"), ("strip-light", "#b00020"), ("headline", "system-sans")];
    let kept = editor.post("/desk/site/house", &chosen).await;
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, "/desk/site/house?done=yes"));
    let site = paper.app.site.now();
    let (colours, own) = (site.house_css_address().expect("rules"), site.css_address().expect("rules"));
    let front = paper.get("/").await;
    front.assert_order(&["/paper.css", &colours, &own]);
    assert!(
        front.text.contains("text.woff2") && !front.text.contains("headline.woff2"),
        "what is not used is not sent"
    );
    let css = paper.get(&colours).await;
    assert_eq!((css.status, css.header("content-type")), (StatusCode::OK, "text/css; charset=utf-8"));
    assert!(css.header("cache-control").contains("immutable"));
    for rule in ["--accent: #003366;", "--strip: #b00020;", "--strip-ink: #ffffff;", "--face-headline: system-ui"] {
        assert!(css.text.contains(rule), "{rule}: {}", css.text);
    }
    assert_eq!(paper.get("/house/colours-0.css").await.header("cache-control"), "no-cache");
    assert!(!editor.get("/desk/site/house").await.text.contains(&colours), "the desk has its own look");
    let late = editor.post("/desk/site/house", &[("accent-light", "#004400")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("value=\"#004400\""));
}

#[tokio::test]
async fn samples_show_what_is_typed_in_frames_of_the_desk() {
    let paper = OpenPaper::open().await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let tried = editor.post("/desk/site/house", &[("accent-light", "#003366"), ("press", "try")]).await;
    assert_eq!(tried.status, StatusCode::OK);
    assert!(tried.header("content-security-policy").contains("frame-src 'self'"));
    let query = "scheme=dark&#38;accent-light=%23003366";
    assert!(
        tried.text.contains(query) || tried.text.contains("scheme=dark&amp;accent-light=%23003366"),
        "{}",
        tried.text
    );
    let sample = editor.get("/desk/site/house/sample?scheme=dark&accent-light=%23003366").await;
    assert!(sample.header("content-security-policy").contains("frame-ancestors 'self'"));
    sample.assert_order(&["/desk/site/house/sample.css?scheme=dark", "breaking-line", "card-big", "comment-head"]);
    let css = editor.get("/desk/site/house/sample.css?scheme=dark&accent-light=%23003366&band-light=nonsense").await;
    assert!(css.text.starts_with(":root { color-scheme: dark;") && !css.text.contains("--band"), "{}", css.text);
    assert_eq!(css.header("cache-control"), "private, no-store");
}

/// A file is sent as a logo.
async fn sends(paper: &OpenPaper, browser: &Browser<'_>, kind: &str, bytes: &[u8]) -> Got {
    sends_to(paper, browser, &format!("logos/{kind}"), bytes).await
}

async fn sends_to(paper: &OpenPaper, browser: &Browser<'_>, to: &str, bytes: &[u8]) -> Got {
    let page = browser.get("/desk/site/house").await;
    let cookies: Vec<String> = browser.jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
    let field = "--edge\r\nContent-Disposition: form-data; name=";
    let mut body = format!("{field}\"seen\"\r\n\r\n{}\r\n", seen(&page.text)).into_bytes();
    body.extend(format!("{field}\"file\"; filename=\"a.png\"\r\n\r\n").into_bytes());
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    let request = Request::post(format!("/desk/site/house/{to}"))
        .header("cookie", cookies.join("; "))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(body.into())
        .expect("a request");
    paper.send(request).await
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let drawn = image::RgbaImage::from_pixel(width, height, image::Rgba([10, 80, 60, 120]));
    let mut out = std::io::Cursor::new(Vec::new());
    image::DynamicImage::ImageRgba8(drawn).write_to(&mut out, image::ImageFormat::Png).expect("a file");
    out.into_inner()
}

#[tokio::test]
async fn the_logo_stands_for_the_papers_name_and_goes_where_machines_look() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر").await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    for (kind, file) in [("light", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec()), ("icon", png(300, 200))] {
        let refused = sends(&paper, &editor, kind, &file).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
        assert!(refused.text.contains("role=\"alert\""), "{kind}");
    }
    for (kind, file) in [("light", png(400, 90)), ("dark", png(401, 90)), ("icon", png(256, 256))] {
        assert_eq!(sends(&paper, &editor, kind, &file).await.status, StatusCode::SEE_OTHER, "{kind}");
    }
    let front = paper.get("/").await;
    front.assert_order(&[
        "rel=\"apple-touch-icon\"",
        "<h1 class=\"name\">",
        "media=\"(prefers-color-scheme: dark)\" srcset=\"/pictures/logo-",
        "alt=\"المرفأ\" width=\"400\" height=\"90\"",
    ]);
    let logo = front.text.split("<img src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a picture");
    let got = paper.get(logo).await;
    assert_eq!((got.status, got.header("content-type")), (StatusCode::OK, "image/png"));
    let page = paper.get(&crate::layout::address::story(&story.slug)).await;
    page.assert_order(&["\"logo\":{\"@type\":\"ImageObject\"", logo]);
    assert!(paper.get("/manifest.webmanifest").await.text.contains("\"sizes\":\"256x256\""));
    assert!(crate::machines::sign_of(&paper.app).starts_with("/pictures/logo-"), "as other servers show the paper");
    assert!(editor.get("/desk/stories").await.text.contains(logo), "the desk has it too");
    let desk = editor.get("/desk/site/house").await;
    let gone = editor.post("/desk/site/house/logos/light/removal", &[("seen", seen(&desk.text))]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(!paper.get("/").await.text.contains(logo), "the name again");
}

#[tokio::test]
async fn the_papers_own_typeface_is_kept_here_and_chosen_until_it_is_removed() {
    let paper = OpenPaper::open().await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let letters = include_bytes!("../../assets/fonts/headline.woff2");
    let refused = sends_to(&paper, &editor, "fonts/text", &letters[..900]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&["role=\"alert\"", "مبتور"]);
    assert!(!refused.text.contains("value=\"house\""), "there is none to be chosen");
    assert_eq!(sends_to(&paper, &editor, "fonts/text", letters).await.status, StatusCode::SEE_OTHER);
    let front = paper.get("/").await.text;
    let preload = |page: &str, name: &str| page.contains(&format!("rel=\"preload\" href=\"{name}"));
    let own = front.split("href=\"").find_map(|rest| rest.strip_prefix("/house/font-")).expect("letters");
    let path = format!("/house/font-{}", own.split('"').next().expect("a name"));
    let program = crate::layout::assets::address("text.woff2");
    assert!(preload(&front, &path) && !front.contains(program), "instead of the program's");
    let got = paper.get(&path).await;
    assert_eq!((got.status, got.header("content-type")), (StatusCode::OK, "font/woff2"));
    assert!(got.header("cache-control").contains("immutable"));
    let css = front.split("href=\"").find(|rest| rest.starts_with("/house/colours-")).expect("rules");
    let css = paper.get(css.split('"').next().expect("a name")).await.text;
    assert!(css.contains(&format!("url({path})")) && css.contains("--face-text: \"House Text\""), "{css}");
    let desk = editor.get("/desk/site/house").await;
    desk.assert_order(&["value=\"house\" checked", "للصحيفة خطها"]);
    assert_eq!(paper.get(&path.replace("/house/", "/pictures/")).await.status, StatusCode::NOT_FOUND);
    // Other choices of the form leave it where it is.
    let plain = [("seen", seen(&desk.text)), ("text", "system-sans"), ("headline", "own")];
    assert_eq!(editor.post("/desk/site/house", &plain).await.status, StatusCode::SEE_OTHER);
    let desk = editor.get("/desk/site/house").await;
    assert!(desk.text.contains("للصحيفة خطها") && !paper.get("/").await.text.contains("/house/font-"));
    let gone = editor.post("/desk/site/house/fonts/text/removal", &[("seen", seen(&desk.text))]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(!editor.get("/desk/site/house").await.text.contains("للصحيفة خطها"));
}

/// A place of the paper, filled.
async fn places(owner: &Browser<'_>, place: &str, more: &[(&str, &str)]) -> Got {
    let page = owner.get("/desk/site/ads").await;
    let ad = [("html", "<p>كتب <b>جديدة</b></p>"), ("width", "300"), ("height", "250"), ("seen", seen(&page.text))];
    owner.post(&format!("/desk/site/ads/{place}"), &[&ad[..], more].concat()).await
}

#[tokio::test]
async fn an_advertisement_is_in_a_closed_frame_and_only_while_it_is_switched_on() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر").await;
    let owner = Browser::of_staff(&paper, "رئيسة", Role::Owner).await;
    let page = crate::layout::address::story(&story.slug);
    let pages = [("front-top", "/"), ("front-rows", "/"), ("story-end", &*page), ("section-list", "/sections/city")];
    for n in 1..=8 {
        paper.publishes(&format!("خبر {n}")).await;
    }
    for (place, path) in pages {
        let frame = format!("src=\"/advertisements/{place}\"");
        assert_eq!(places(&owner, place, &[]).await.status, StatusCode::SEE_OTHER, "{place}");
        let before = paper.get(path).await;
        assert!(!before.text.contains(&frame), "{place}: switched off");
        assert_eq!(paper.get(&format!("/advertisements/{place}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(places(&owner, place, &[("on", "yes")]).await.status, StatusCode::SEE_OTHER);
        let with = paper.get(path).await;
        with.assert_order(&["class=\"advertisement\"", "إعلان", &frame, "width=\"300\" height=\"250\""]);
        let sandbox =
            "sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\" loading=\"lazy\" referrerpolicy";
        assert!(with.text.contains(sandbox) && !with.text.contains("كتب <b>"), "{place}");
        assert!(with.header("content-security-policy").ends_with("frame-src 'self'"), "{place}");
    }
    for path in ["/archive", "/pages/about", "/how-we-review", "/nowhere", "/tags/none", "/sign-in"] {
        let got = paper.get(path).await;
        let policy = got.header("content-security-policy");
        assert!(!got.text.contains("advertisement") && !policy.contains("frame-src"), "{path}");
    }
    let withdrawn = story.withdraw("لم نتحقق من المصدر.", paper.app.now());
    paper.app.store.withdraw(&withdrawn, newsroom::people::Actor::Program, "").await.expect("withdrawn");
    let gone = paper.get(&page).await;
    assert!(gone.status == StatusCode::GONE && !gone.text.contains("advertisement"));
}

#[tokio::test]
async fn what_is_in_the_frame_has_no_origin_and_learns_no_address() {
    let paper = OpenPaper::open().await;
    let owner = Browser::of_staff(&paper, "رئيسة", Role::Owner).await;
    places(&owner, "front-top", &[]).await;
    let looked = owner.get("/desk/site/ads/front-top/look").await;
    places(&owner, "front-top", &[("on", "yes")]).await;
    let shown = paper.get("/advertisements/front-top").await;
    for got in [&looked, &shown] {
        let policy = got.header("content-security-policy");
        assert!(policy.contains("sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox"), "{policy}");
        assert!(!policy.contains("allow-same-origin") && policy.contains("frame-ancestors 'self'"), "{policy}");
        assert_eq!((got.header("referrer-policy"), got.header("set-cookie")), ("no-referrer", ""));
        assert!(got.header("x-robots-tag").contains("noindex"));
        assert!(got.text.contains("<p>كتب <b>جديدة</b></p>"));
    }
    assert_eq!(
        (looked.header("cache-control"), shown.header("cache-control")),
        ("private, no-store", "public, max-age=60")
    );
    assert!(owner.get("/desk/site/ads").await.header("content-security-policy").contains("frame-src 'self'"));
    assert_eq!(paper.get("/advertisements/nowhere").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_advertisement_keeps_to_its_days_and_away_from_obituaries() {
    let paper = OpenPaper::open().await;
    let owner = Browser::of_staff(&paper, "رئيسة", Role::Owner).await;
    paper.publishes("خبر").await;
    for days in [("until", "2001-01-01"), ("from", "2901-01-01")] {
        assert_eq!(places(&owner, "front-top", &[("on", "yes"), days]).await.status, StatusCode::SEE_OTHER);
        assert!(!paper.get("/").await.text.contains("class=\"advertisement\""), "{days:?}");
    }
    let mut draft = paper.draft("رحل صاحب المكتبة");
    draft.text.kind = newsroom::story::StoryKind::Obituary;
    let obituary = paper.publishes_draft(draft, paper.app.now()).await;
    let page = crate::layout::address::story(&obituary.slug);
    places(&owner, "story-end", &[("on", "yes")]).await;
    let got = paper.get(&page).await;
    assert!(
        !got.text.contains("class=\"advertisement\"") && !got.header("content-security-policy").contains("frame-src")
    );
    places(&owner, "story-end", &[("on", "yes"), ("with_obituaries", "yes")]).await;
    assert!(paper.get(&page).await.text.contains("class=\"advertisement\""));
    let wrong =
        owner.post("/desk/site/ads/story-end", &[("html", "<i>جديد</i>"), ("height", "9"), ("on", "yes")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_order(&["id=\"story-end-problems\"", "&#60;i&#62;جديد&#60;/i&#62;", "value=\"9\""]);
    let late = owner.post("/desk/site/ads/story-end", &[("html", "<i>جديد</i>"), ("height", "90")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "whoever saw nothing writes over nothing");
    assert!(late.text.contains("جديد"));
}

#[tokio::test]
async fn a_slip_in_an_advertisement_does_not_let_it_write_over_a_colleagues() {
    let paper = OpenPaper::open().await;
    let owner = Browser::of_staff(&paper, "رئيسة", Role::Owner).await;
    let opened = owner.get("/desk/site/ads").await;
    let read = seen(&opened.text);
    places(&owner, "front-top", &[]).await;
    let typed = |height| [("html", "<i>جديد</i>"), ("height", height), ("seen", read)];
    let slip = owner.post("/desk/site/ads/front-top", &typed("9")).await;
    assert_eq!((slip.status, seen(&slip.text)), (StatusCode::UNPROCESSABLE_ENTITY, read), "what they had read");
    let late = owner.post("/desk/site/ads/front-top", &typed("90")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_ne!(seen(&late.text), read, "now they have read the other");
    assert!(owner.get("/desk/site/ads/front-top/look").await.text.contains("<b>جديدة</b>"));
}

#[tokio::test]
async fn a_paper_for_reading_only_takes_nothing_new_and_nobody_loses_a_right() {
    let paper = OpenPaper::open().await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (story, omar) = (paper.publishes("خط الترام").await, Browser::new(&paper));
    let address = crate::layout::address::story(&story.slug);
    let waiting = omar.comments(&story, "عمر", "كلمة أولى").await;
    let long = "ن".repeat(301);
    let refused = editor.post("/desk/site/doors", &[("doors", "reading"), ("note", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains(&long) && refused.text.contains("role=\"alert\""), "it comes back as it was typed");
    let form = [("doors", "reading"), ("note", "نعود مساءً <قريبًا>")];
    let kept = editor.post("/desk/site/doors", &form).await;
    assert_eq!(kept.header("location"), "/desk/site/doors?done=yes");
    for page in ["/", "/archive", address.as_str()] {
        let shown = omar.get(page).await;
        assert_eq!(shown.status, StatusCode::OK, "{page}");
        assert!(shown.text.contains("نعود مساءً &#60;قريبًا&#62;"), "{page}");
        assert!(!shown.text.contains("<textarea"), "{page}");
    }
    let comment = [("name", "عمر"), ("text", "كلمة ثانية")];
    for path in [format!("{address}/comments"), "/newsletter".into(), "/reader/link".into(), "/push".into()] {
        let sent = omar.post(&path, &comment).await;
        assert_eq!((sent.status, sent.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "3600"), "{path}");
        assert!(sent.text.contains("نعود مساءً"), "{path}");
    }
    let own = format!("{address}/own/{waiting}");
    assert_eq!(omar.post(&format!("{own}/edit"), &comment).await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(omar.post(&format!("{own}/withdrawal"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(editor.get("/desk").await.status, StatusCode::OK, "the staff works on");
    let desk = editor.get("/desk/site/doors").await;
    let open = [("doors", "open"), ("note", ""), ("seen", seen(&desk.text))];
    assert_eq!(editor.post("/desk/site/doors", &open).await.status, StatusCode::SEE_OTHER);
    assert!(omar.get(&address).await.text.contains("<textarea"));
    omar.comments(&story, "عمر", "كلمة ثالثة").await;
}

#[tokio::test]
async fn doors_that_are_shut_until_a_time_say_so_and_open_by_themselves() {
    let paper = OpenPaper::open().await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (story, omar) = (paper.publishes("خط الترام").await, Browser::new(&paper));
    let zone = paper.app.paper.zone.clone();
    let local = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string();
    let past = local(paper.app.now() - SignedDuration::from_hours(1));
    for (until, why) in [("", "اكتب يومًا ووقتًا"), (past.as_str(), "مضى هذا الوقت")] {
        let form = [("doors", "reading"), ("lasts", "until"), ("until", until)];
        let refused = editor.post("/desk/site/doors", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{until}");
        refused.assert_order(&["role=\"alert\"", why, "value=\"until\" checked", "id=\"until\"", "aria-invalid"]);
    }
    let shut_for = async |lasts: &str| {
        let read = seen(&editor.get("/desk/site/doors").await.text).to_owned();
        let form = [("doors", "reading"), ("lasts", lasts), ("seen", read.as_str())];
        assert_eq!(editor.post("/desk/site/doors", &form).await.status, StatusCode::SEE_OTHER, "{lasts}");
        paper.app.site.now().doors.until
    };
    let morning = shut_for("morning").await.expect("an end");
    assert!(morning > paper.app.now() && local(morning).ends_with("T07:00"), "{morning}");
    let hour = shut_for("hour").await.expect("an end").duration_since(paper.app.now());
    assert!(hour > SignedDuration::from_mins(50) && hour <= SignedDuration::from_hours(1), "{hour}");
    let until = local(paper.app.site.now().doors.until.expect("an end"));
    let desk = editor.get("/desk/site/doors").await;
    desk.assert_order(&["وتُفتح وحدها", "value=\"until\" checked", &format!("value=\"{until}\"")]);
    assert!(omar.get("/").await.text.contains("الصحيفة للقراءة فقط حتى"), "readers are told until when");
    let comments = format!("{}/comments", crate::layout::address::story(&story.slug));
    let sent = omar.post(&comments, &[("name", "عمر"), ("text", "كلمة")]).await;
    assert_eq!(sent.status, StatusCode::SERVICE_UNAVAILABLE);

    let (store, now) = (&paper.app.store, paper.app.now());
    let over = Doors { reading_only: true, until: Some(now), ..Doors::default() };
    let (over, was) = (serde_json::to_string(&over).expect("json"), paper.app.site.now().version(Part::Doors));
    let by = store.add_staff("سلمى", Role::Owner, now).await.expect("added").id;
    store.keep_site(Part::Doors, was, &over, by, now).await.expect("kept");
    paper.app.site.take_up(store).await.expect("taken up");
    assert!(!omar.get("/").await.text.contains("للقراءة فقط حتى"));
    omar.comments(&story, "عمر", "كلمة بعد حين").await;
    let desk = editor.get("/desk/site/doors").await;
    assert!(!desk.text.contains("وتُفتح وحدها"));
    desk.assert_order(&["value=\"open\" checked", "value=\"opened\" checked"]);
    assert_eq!(shut_for("opened").await, None, "until an editor opens them");
}
