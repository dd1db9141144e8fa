//! A small newspaper with a bit of everything: stories and comments in every state, and all that stands around them.
//! Other crates' tests take this file in by path.
#![allow(dead_code)]

use jiff::SignedDuration;
use moderation::Verdict;
use newsroom::acting::{ActingRules, Scope};
use newsroom::body::{Block, Body, Picture, spans};
use newsroom::breaking::NewStrip;
use newsroom::byline::Byline;
use newsroom::comment::{Decision, DisplayName, Held, RefusalReason, Revision, RuledBy, Ruling, Side, Submitted};
use newsroom::country::ChosenWays;
use newsroom::front::Layout;
use newsroom::learning::Report;
use newsroom::live::NewEntry;
use newsroom::notices::{Choices, DeskNotice, Told, Way};
use newsroom::order::{NewOrder, OrderKind};
use newsroom::outside::{self, Pages, Rules};
use newsroom::people::{Actor, EmailAddress, Measure, MeasureKind, Role, Staff, Visitor};
use newsroom::printed::NewIssue;
use newsroom::profile::Language;
use newsroom::readings::{Opened, Opening, Tally};
use newsroom::section::{Section, Tag};
use newsroom::site::Part;
use newsroom::story::{
    Checklist, CommentPolicy, Draft, NewNote, Point, Published, StoryKind, StoryLanguage, StoryText, Weight,
};
use newsroom::{CommentId, MeasureId, ReaderLinkId, RulingId, SectionId, StaffId, StoryId, Timestamp, VisitorId};
use store::Store;
use store::acting::NewActing;
use store::appeals::NewAppeal;
use store::desk_notices::{NewDeskNotice, NewWay};
use store::front::{NewLaunch, SavedDraft};
use store::issues::NewIssueFile;
use store::learning::{NewLayer, NewLearning, RunState, Used};
use store::orders::{Document, Removal, Sealed};
use store::outside::{NewSiteKey, SaidOfSite};
use store::pages::Page;
use store::people::{NewOrganisationAccount, NewPasskey, NewSession, TokenHash};
use store::pictures::{NewPicture, PictureFile, PictureWords};
use store::quality::Week;
use store::readers::Entry;
use store::rulebooks::NewRulebook;
use store::stories::Writing;
use store::suggestions::{Suggestion, SuggestionMark};

/// A time, in seconds after an autumn day of 2026.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

/// Who and what there is.
#[derive(Debug, Clone)]
pub struct Paper {
    pub salma: Staff,
    /// Published and corrected, at the head of the front page; comments in every state under it.
    pub tram: StoryId,
    /// Published a month later, an answer to the tram story; comments are closed.
    pub bridge: StoryId,
    /// Published and taken back.
    pub market: StoryId,
    /// A draft brought in from elsewhere, with a waiting comment.
    pub archive: StoryId,
    /// A comment under the tram story in each state.
    pub held: CommentId,
    pub released: CommentId,
    pub answer: CommentId,
    pub refused: CommentId,
    pub withdrawn: CommentId,
    pub taken_down: CommentId,
}

/// Somebody who comments: with waiting, public and refused comments.
pub const HUDA: VisitorId = VisitorId(501);

/// Fills an empty store.
pub async fn fill(store: &Store) -> Paper {
    let salma = around(store).await;
    let (by, salma_id) = (Actor::Staff(salma.id), salma.id);
    let tram = publish(store, "ترام جديد على الضفة", 1_000, by).await;
    let mut reply = draft(store, "جسر \"المشاة\" يُفتح", 1_000 + 86_400 * 31);
    let language = StoryLanguage::from_tag("ckb-IQ").unwrap();
    reply.text = StoryText { kind: StoryKind::RightOfReply, answers: Some(tram.id), language, ..reply.text };
    let bridge = publish_draft(store, reply, by).await;
    let market = publish(store, "السوق القديم", 3_000, by).await;
    store.correct(&tram.clone().correct("صُحّح عدد المحطات.", at(4_000)), by, "عدد", at(4_000)).await.unwrap();
    store.withdraw(&market.clone().withdraw("سُحبت للتحقق.", at(5_000)), by, "تحقق").await.unwrap();
    store.lead_with(tram.id, at(5_100)).await.unwrap();
    assert!(store.put_redirect("/?p=12", tram.id, at(5_150)).await.unwrap());
    store.add_reads(&[(tram.id, 40), (bridge.id, 12)], at(5_200)).await.unwrap();
    let mut tally = Tally::default();
    let page = Opened::Story(tram.id, Some(SectionId(1)));
    tally.open(Opening {
        day: "2026-09-21".parse().unwrap(),
        hour: 3,
        page,
        source: None,
        country: None,
        mark: Some(9),
    });
    store.add_readings(&tally).await.unwrap();
    let paper = talk(store, salma, (tram.id, bridge.id, market.id)).await;
    let by_mail = (by, "كتب بالبريد وطلب المحو");
    let nobody = store::erasures::Scope::Everything(VisitorId(-503));
    store.ask_erasure(VisitorId(503), nobody, by_mail, at(8_900)).await.unwrap();
    store.set_comment_policy(bridge.id, CommentPolicy::Closed, by, at(9_000)).await.unwrap();
    let read = store.on_desk(bridge.id).await.unwrap().version;
    let mut text = StoryText { kicker: "قيد الكتابة".into(), ..bridge.text.clone() };
    text.lead.iter_mut().for_each(|lead| lead.file = format!("{}.jpg", "ab".repeat(16)));
    let writing = Writing { text, comments: CommentPolicy::Closed, read, on_purpose: false };
    store.save_writing(bridge.id, &writing, salma_id, at(9_100)).await.unwrap();
    beside(store, salma_id, (tram.id, market.id)).await;
    let week = Week { from: Timestamp::UNIX_EPOCH, to: at(10_000_000) };
    store.draw_sample(week, 7).await.unwrap();
    account(store).await;
    laid_out(store, salma_id, (tram.id, bridge.id)).await;
    broken(store, salma_id, tram.id).await;
    covered(store, salma_id, tram.id).await;
    let menus = r#"{"footer_text":"مرسى الياسمين"}"#;
    store.keep_site(Part::Menus, None, menus, salma_id, at(9_207)).await.unwrap();
    store.keep_paper_ways(None, &ChosenWays::File, salma_id, at(9_207)).await.unwrap();
    told(store, salma_id, tram.id).await;
    printed(store, salma_id).await;
    assert!(store.seal_log(at(20_000_000)).await.unwrap() > 0);
    paper
}

/// A colleague who is told of her stories by a signed message, and waits for a link to her address.
async fn told(store: &Store, staff: StaffId, story: StoryId) {
    store.keep_desk_choices(staff, &Choices::default().and(DeskNotice::Given, Way::Hook)).await.unwrap();
    let (address, secret) = ("https://hooks.example/desk".to_owned(), "0a1b".to_owned());
    store.set_way(staff, NewWay { way: Way::Hook, address, secret }, at(9_220)).await.unwrap();
    let asked = ("salma@harbour.example", r#"{"confirm":1}"#);
    assert!(store.ask_staff_address(staff, asked, at(9_000), at(9_221)).await.unwrap());
    let notice = NewDeskNotice {
        staff,
        way: Way::Hook,
        once: "given".to_owned(),
        told: Told::Given { story, by: None },
        due: at(9_222),
    };
    assert!(store.put_desk_notice(notice, at(9_222)).await.unwrap());
    assert!(store.make_delivery((staff, Way::Hook), at(9_223)).await.unwrap().is_some());
}

/// A printed issue with its second file, one that was taken back, one that the clock has, and a file of none yet.
async fn printed(store: &Store, by: StaffId) {
    let new = |number: &str, day: &str| NewIssue::new(number, day, "2026-09-21".parse().unwrap()).unwrap();
    let bytes: Vec<u8> = (0..300_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let file = || NewIssueFile {
        name: "العدد.pdf".into(),
        // SHA-256 of these bytes.
        print: "3c65ea93424a9c362fec0e3a69ea36031e8a358441479dd665cc6110eabe7b08".into(),
        bytes: bytes.clone(),
        pages: 8,
        size: (12, 17),
        drawn: true,
        acts: false,
        pictures: vec![(12, vec![0xff, 0xd8])],
    };
    let [first, second, other, timed, _waiting] = {
        let mut ids = Vec::new();
        for second in 9_300..9_305 {
            ids.push(store.keep_issue_file(file(), by, at(second)).await.unwrap());
        }
        ids.try_into().unwrap()
    };
    let (one, _) = store.keep_issue(&new("4501", "2026-09-20"), first, by, at(9_310)).await.unwrap();
    store.publish_issue((one, 1), by, at(9_311)).await.unwrap();
    store.replace_issue_file((one, 2), (first, second), (by, "صفحة ناقصة"), at(9_312)).await.unwrap();
    store.correct_issue((one, 3), &new("٤٥٠٢", "2026-09-21"), by, at(9_313)).await.unwrap();
    let (two, _) = store.keep_issue(&new("عدد خاص 3", "2026-09-19"), other, by, at(9_314)).await.unwrap();
    store.publish_issue((two, 1), by, at(9_315)).await.unwrap();
    store.withdraw_issue((two, 2), (by, "خطأ في الغلاف"), at(9_316)).await.unwrap();
    let (three, _) = store.keep_issue(&new("4503", "2026-09-22"), timed, by, at(9_317)).await.unwrap();
    store.time_issue((three, 1), Some(at(700_000)), by, at(9_318)).await.unwrap();
}

/// A strip of breaking news that somebody ended, and one that stands.
async fn broken(store: &Store, by: StaffId, story: StoryId) {
    let new = |until| NewStrip { text: "توقف الترام".into(), story: Some(story), until };
    let (first, _) = store.raise_strip(&new(at(9_800)), None, by, at(9_205)).await.unwrap();
    store.raise_strip(&new(at(99_000)), Some(first), by, at(9_206)).await.unwrap();
}

/// Live coverage that somebody ended and opened again, with an update that was put right and one that was removed.
async fn covered(store: &Store, by: StaffId, story: StoryId) {
    let (first, _) = store.open_coverage(story, at(20_000), by, at(9_207)).await.unwrap();
    let new = |text: &str| NewEntry { headline: "الترام".into(), text: text.into(), important: true };
    let (one, _) = store.write_live_entry(story, &new("وصلت ثلاث عربات"), by, at(9_208)).await.unwrap();
    store.change_live_entry((story, one), 0, &new("وصلت أربع عربات"), by, at(9_209)).await.unwrap();
    let (other, _) = store.write_live_entry(story, &new("تعطّلت عربة"), by, at(9_210)).await.unwrap();
    store.remove_live_entry((story, other), "لم تتعطل", by, at(9_211)).await.unwrap();
    store.prolong_coverage((story, first), (at(20_000), at(21_000)), by, at(9_212)).await.unwrap();
    store.end_coverage((story, first), by, at(9_213)).await.unwrap();
    store.open_coverage(story, at(99_000), by, at(9_214)).await.unwrap();
}

/// A front page that readers have, one that the clock has, one that it had, and one that is being prepared.
async fn laid_out(store: &Store, by: StaffId, (tram, bridge): (StoryId, StoryId)) {
    let layout = Layout::standard(&[SectionId(1)]).led_by(tram);
    let new = NewLaunch { layout: layout.clone(), by: Some(by), seen: None, draft: None };
    let (launch, _) = store.launch_front(&new, at(9_200)).await.unwrap();
    store.time_front(&layout, None, at(500_000), by, at(9_201)).await.unwrap();
    let (waiting, _) = store.time_front(&layout, None, at(600_000), by, at(9_202)).await.unwrap();
    store.call_off_front(waiting, by, at(9_203)).await.unwrap();
    let saved = store.save_front_draft(&layout.led_by(bridge), launch.0, by, at(9_204)).await.unwrap();
    assert!(matches!(saved, SavedDraft::Kept(_)));
}

/// What colleagues say to one another at stories, and what is looked at before one goes public.
async fn beside(store: &Store, by: StaffId, (tram, market): (StoryId, StoryId)) {
    let note =
        NewNote { text: "من قال ذلك؟".to_owned(), quote: "بدأ العمل".to_owned(), block: Some(0) };
    let (asked, _) = store.note_story(tram, &note, by, at(9_110)).await.unwrap();
    store.answer_note((tram, asked), "البلدية", by, at(9_111)).await.unwrap();
    store.settle_note((tram, asked), true, by, at(9_112)).await.unwrap();
    store.settle_note((tram, asked), false, by, at(9_113)).await.unwrap();
    store.tick_story(tram, (Point::Sources, true), Actor::Staff(by), at(9_114)).await.unwrap();
    store.hold_story(market, "شكوى أمام القضاء", Actor::Staff(by), at(9_115)).await.unwrap();
    let list = Checklist([(Point::Credit, Weight::Blocks)].into());
    store.keep_checklist(None, &list, by, at(9_116)).await.unwrap();
}

/// The second of those who comment makes an account, to which the history of the device goes.
async fn account(store: &Store) {
    let email = EmailAddress::new("amin@readers.example").unwrap();
    store.ask_reader_link(&email, None, (Language::Ar, at(9_100)), at(9_001)).await.unwrap();
    let jobs = store.claim_jobs("mail", at(9_002), at(9_003), 10).await.unwrap();
    let asked = jobs.into_iter().find(|job| job.payload.contains("link")).unwrap();
    let link: i64 = asked.payload.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap();
    let token = TokenHash("1a".repeat(32));
    store.arm_reader_link(ReaderLinkId(link), &token, at(9_900), at(9_004)).await.unwrap().unwrap();
    store.finish_job(asked.id).await.unwrap();
    let session = NewSession { token: TokenHash("1b".repeat(32)), until: at(900_000), device: String::new() };
    let entry = Entry { session, guest: Some(VisitorId(502)), kept: None };
    let entered = store.enter_by_link(&token, entry, at(9_005)).await.unwrap().unwrap();
    let new = NewPasskey {
        credential: "AAED".to_owned(),
        public_key: r#"{"kind":"eddsa","point":"AAAA"}"#.to_owned(),
        sign_count: 0,
        name: "هاتف".to_owned(),
        ticket: (TokenHash("1c".repeat(32)), at(9_900)),
    };
    assert!(store.add_reader_passkey(entered.reader.id, new, at(9_006)).await.unwrap());
}

/// Staff, sections, a page, a picture, a job, a secret, a session.
async fn around(store: &Store) -> Staff {
    let salma = store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
    let (link, session) = (TokenHash("aa".repeat(32)), TokenHash("bb".repeat(32)));
    store.keep_sign_in_link(&link, salma.id, at(600)).await.unwrap();
    let session = NewSession { token: session, until: at(900_000), device: "firefox/android".to_owned() };
    store.sign_in(&link, session, at(10)).await.unwrap().unwrap();
    keys(store, &salma).await;
    store.place_staff(salma.id, (Role::Moderator, &[SectionId(1)]), Actor::Program, at(11)).await.unwrap();
    for (id, slug) in [(1, "محليات"), (2, "ثقافة")] {
        let section = Section { id: SectionId(id), slug: slug.to_owned(), name: slug.to_owned(), position: id };
        store.keep_section(&section).await.unwrap();
    }
    let body = Body(vec![Block::Paragraph { text: spans("جريدة متخيلة.") }]);
    let page = Page { slug: "about".to_owned(), title: "من نحن".to_owned(), body, changed_at: at(20) };
    store.keep_page(&page).await.unwrap();
    let picture = PictureFile {
        name: "tram.png".to_owned(),
        media_type: "image/png".to_owned(),
        size: (12, 8),
        bytes: (0..=255).collect(),
        kept_at: at(30),
    };
    store.keep_picture(&picture).await.unwrap();
    let words = PictureWords { alt: "عربة ترام".into(), focus: (50, 50), ..PictureWords::default() };
    let (print, placeholder, bytes) = ("ab".repeat(16), "data:image/png;base64,AAAA".to_owned(), vec![0xff, 0xd8]);
    let new = NewPicture { print, size: (12, 8), placeholder, words, bytes, sizes: Vec::new(), more: false };
    store.keep_in_library(&new, None, at(31)).await.unwrap();
    store.take_picture_down(&format!("{}.jpg", "ab".repeat(16)), "باسم غيره", salma.id, at(32)).await.unwrap();
    let job = store.put_job("mail", r#"{"to":"سلمى"}"#, "welcome", at(40)).await.unwrap().unwrap();
    store.put_job("mail", "{}", "later", at(50)).await.unwrap();
    store.claim_jobs("mail", at(41), at(100), 1).await.unwrap();
    store.fail_job(job, "no answer", None).await.unwrap();
    store.secret("visitors").await.unwrap();
    let (text, why) = ("[limits]\nper-hour = 9\n".to_owned(), "ليالي الانتخابات".to_owned());
    let rules = NewRulebook { was: None, text, fingerprint: "ab".repeat(8), by: salma.id, why };
    store.keep_rulebook(rules, at(55)).await.unwrap();
    let mut rules = ActingRules::default();
    rules.limits.scope = Scope::Everywhere;
    let acting = NewActing { was: None, rules, by: salma.id, why: "ليلة مزدحمة".to_owned() };
    store.keep_acting(acting, at(56)).await.unwrap();
    learned(store, &salma).await;
    other_systems(store).await;
    salma
}

/// A layer that was asked for, taught and switched on.
async fn learned(store: &Store, salma: &Staff) {
    let run = store.ask_to_learn(Some(salma.id), at(57)).await.unwrap();
    store.take_learning_run(at(57), at(90)).await.unwrap().unwrap();
    let fingerprints = ["ab", "cd", "ef"].map(|pair| pair.repeat(8));
    let (by, report, bytes) = (Some(salma.id), Report::default(), (0..=255).collect());
    let (layer, _) =
        store.keep_layer(NewLayer { by, decisions: 3, fingerprints, report, bytes }, at(58)).await.unwrap();
    store.end_learning_run(run, RunState::Done, Some(layer)).await.unwrap();
    let used = Used { layer: Some(layer), weekly: true, suggestions: false };
    let new = NewLearning { was: None, used, by: salma.id, why: "نتعلّم من قراراتنا".to_owned() };
    store.keep_learning(new, at(59)).await.unwrap();
}

/// Everything by which somebody can sign in.
async fn keys(store: &Store, salma: &Staff) {
    let (session, _) = store.session(&TokenHash("bb".repeat(32)), at(0), at(11)).await.unwrap().unwrap();
    store.set_password(salma.id, "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA", session.id, at(11)).await.unwrap();
    store.set_totp(salma.id, Some(("0c".repeat(20), 3)), vec![TokenHash("ee".repeat(32))], at(11)).await.unwrap();
    let new = NewPasskey {
        credential: "AAEC".to_owned(),
        public_key: r#"{"kind":"eddsa","point":"AAAA"}"#.to_owned(),
        sign_count: 4,
        name: "هاتف".to_owned(),
        ticket: (TokenHash("ff".repeat(32)), at(600)),
    };
    store.add_passkey(salma.id, new, at(11)).await.unwrap().unwrap();
    let account = NewOrganisationAccount {
        issuer: "https://id.harbour.example".to_owned(),
        subject: "7c1f".to_owned(),
        name: "salma@harbour.example".to_owned(),
        ticket: (TokenHash("fe".repeat(32)), at(600)),
    };
    store.link_organisation_account(salma.id, account, at(11)).await.unwrap().unwrap();
}

/// Two other comment systems with keys, one of them revoked, and what their moderators decided.
async fn other_systems(store: &Store) {
    let (port, _) = store.add_api_client("ملتقى الميناء", &TokenHash("cc".repeat(32)), 600, at(60)).await.unwrap();
    store.add_api_client("قديم", &TokenHash("dd".repeat(32)), 60, at(61)).await.unwrap();
    store.revoke_api_client("قديم", at(62)).await.unwrap();
    other_site(store, at(63)).await;
    followers(store).await;
    let suggestion = Suggestion {
        client: port.id,
        at: at(63),
        text: "اشتروا \"السجاد\"".to_owned(),
        scores: [("TOXICITY".to_owned(), 0.25), ("SPAM".to_owned(), 1.0)].into(),
        token: "comment:17".to_owned(),
        community: "Coral:https://port.example".to_owned(),
        context: vec!["{\"url\":\"https://port.example/a?commentID=17\"}".to_owned()],
    };
    store.keep_suggestion(&suggestion, &SuggestionMark("ee".repeat(32))).await.unwrap();
}

async fn publish(store: &Store, headline: &str, second: i64, by: Actor) -> Published {
    publish_draft(store, draft(store, headline, second), by).await
}

async fn publish_draft(store: &Store, draft: Draft, by: Actor) -> Published {
    store.keep_draft(&draft, by, draft.begun_at).await.unwrap();
    let then = draft.begun_at + SignedDuration::from_mins(1);
    let published = draft.publish(then).unwrap();
    store.publish(&published, by, "", then).await.unwrap().0
}

fn draft(store: &Store, headline: &str, second: i64) -> Draft {
    let lead = Picture {
        file: "tram.png".to_owned(),
        alt: "عربة ترام".to_owned(),
        caption: None,
        credit: Some("أرشيف".to_owned()),
        size: (12, 8),
        ..Default::default()
    };
    let text = StoryText {
        kicker: "مواصلات".to_owned(),
        headline: headline.to_owned(),
        standfirst: "خبر متخيل للتجربة".to_owned(),
        body: Body(vec![Block::Paragraph { text: spans("بدأ العمل \\ أمس؛ 'قريبا' ينتهي.") }]),
        lead: Some(lead),
        bylines: vec![Byline::new("هدى المتخيلة", Some("الضفة")).unwrap()],
        dateline: "الضفة".to_owned(),
        section: Some(SectionId(1)),
        tags: vec![Tag { slug: "نقل".to_owned(), name: "نقل".to_owned() }],
        ..StoryText::default()
    };
    Draft { id: StoryId(store.id(at(second))), text, comments: CommentPolicy::default(), begun_at: at(second) }
}

/// Comments in every state, with everything that can happen to one.
async fn talk(store: &Store, salma: Staff, (tram, bridge, market): (StoryId, StoryId, StoryId)) -> Paper {
    let huda = Visitor { id: HUDA };
    let amin = Visitor { id: VisitorId(502) };
    let held = comment(store, tram, huda, "متى يبدأ؟\nوكم الثمن؟", None, 6_000).await;
    let released = comment(store, tram, amin, "خبر سار 👏🏽 ـــ", None, 6_010).await;
    rule(store, &salma, (tram, released), release(false), 6_020).await;
    let answer = comment(store, tram, huda, "صحيح", Some(released), 6_030).await;
    rule(store, &salma, (tram, answer), release(true), 6_040).await;
    let refused = comment(store, tram, huda, "اشتروا السجاد", None, 6_050).await;
    rule(store, &salma, (tram, refused), Decision::Refuse { reason: RefusalReason::Advertising }, 6_060).await;
    let withdrawn = comment(store, tram, amin, "كتبته خطأ", None, 6_070).await;
    store.withdraw_comment(tram, withdrawn, amin, at(6_080)).await.unwrap();
    let taken_down = comment(store, tram, amin, "رقم هاتف جاري", Some(answer), 6_090).await;
    rule(store, &salma, (tram, taken_down), release(false), 6_100).await;
    let reason = RefusalReason::PrivateData;
    rule(store, &salma, (tram, taken_down), Decision::TakeDown { reason }, 6_110).await;
    let undone = comment(store, bridge, huda, "جسر جميل", None, 6_120).await;
    let ruling = rule(store, &salma, (bridge, undone), release(false), 6_130).await;
    store.undo(ruling, bridge, Actor::Staff(salma.id), at(6_140)).await.unwrap();
    store.rewrite_comment(&sent((bridge, undone), huda, "جسر جميل جدا", None, 6_150)).await.unwrap();
    store.report_comment((tram, released), huda, "لا أحبه", None, at(6_160)).await.unwrap();
    redress(store, &salma, (tram, refused), huda).await;
    ordered(store, &salma, (tram, taken_down)).await;
    know(store, &salma).await;
    at_the_desk(store, &salma, (tram, held)).await;
    let draft = draft(store, "من الأرشيف", 6_170);
    let archive = draft.id;
    store.import_draft("page:archive", &draft, Actor::Staff(salma.id), at(6_170)).await.unwrap();
    let old = sent((archive, CommentId(store.id(at(6_180)))), huda, "متى يبدأ؟\nوكم الثمن؟", None, 6_180);
    store.import_comments(&[("page:archive#1".to_owned(), old)]).await.unwrap();
    Paper { salma, tram, bridge, market, archive, held, released, answer, refused, withdrawn, taken_down }
}

/// A trusted flagger and an objection.
async fn redress(store: &Store, by: &Staff, about: (StoryId, CommentId), author: Visitor) {
    store.add_flagger("مرصد", &TokenHash("0".repeat(64)), by.id, at(6_162)).await.unwrap();
    store
        .keep_reason_texts(RefusalReason::Insult, &[(Language::Ar, "كلمة".to_owned())], by.id, at(6_163))
        .await
        .unwrap();
    let mine = store.one_of_mine(author, about.1).await.unwrap();
    let (ruling, side, text) = (mine.ruling.unwrap().id, Side::Author, "ليس إعلانًا".to_owned());
    let (at, due_at) = (at(6_164), at(9_999));
    store.make_appeal(&NewAppeal { ruling, side, by: author, report: None, text, at, due_at }).await.unwrap();
}

/// An authority's order about a comment that was taken down before, with its document, and a key.
async fn ordered(store: &Store, salma: &Staff, (story, comment): (StoryId, CommentId)) {
    store.add_order_key("age1invented", "خزنة", salma.id, at(6_165)).await.unwrap();
    let new = NewOrder {
        kind: OrderKind::TerroristContent,
        authority: "هيئة متخيلة".to_owned(),
        contact: "redress@authority.example".to_owned(),
        country: "FR".to_owned(),
        reference: "ص-٧".to_owned(),
        received_at: at(6_160),
        silent_until: Some(at(9_000)),
    };
    let (order, _) = store.enter_order(&new, salma.id, at(6_166)).await.unwrap();
    let (name, media_type, print) = ("أمر.pdf".to_owned(), "application/pdf".to_owned(), "ab".repeat(32));
    let document = Document { name, media_type, print, at: at(6_167) };
    let sealed = Sealed { text: "YWdl".to_owned(), print: "cd".repeat(32) };
    store.keep_order_document(order, &document, &sealed, salma.id).await.unwrap();
    let removal = Removal { story, comment, read: Revision::FIRST, sealed: None };
    store.carry_out_order(order, vec![removal], (salma.id, ""), at(6_168)).await.unwrap();
}

/// What the staff writes down about a reader, and a warning that was read.
async fn know(store: &Store, salma: &Staff) {
    store.note_visitor(HUDA, salma.id, "تسأل كثيرًا", at(6_161)).await.unwrap();
    let warning = Measure {
        id: MeasureId(store.id(at(6_162))),
        visitor: HUDA,
        kind: MeasureKind::Warn,
        why: "لا إعلانات بين التعليقات".to_owned(),
        by: salma.id,
        at: at(6_162),
        until: None,
        acknowledged: None,
    };
    store.take_measure(&warning).await.unwrap();
    store.acknowledge_measure(warning.id, HUDA, at(6_163)).await.unwrap();
    store.look_at_network(HUDA, salma.id, 5, at(6_163)).await.unwrap();
}

/// What the desk keeps beside a waiting comment; a copy of it comes in with the archive.
async fn at_the_desk(store: &Store, salma: &Staff, about: (StoryId, CommentId)) {
    let by = Actor::Staff(salma.id);
    store.assign(about, Some(salma.id), by, at(6_162)).await.unwrap();
    store.escalate(about, (salma.id, false), "لست متأكدة", at(6_163)).await.unwrap();
    store.note_comment(about, "سألت المحررة", by, at(6_164)).await.unwrap();
    store.dispute(about, ("finding.question", true), by, at(6_165)).await.unwrap();
    let settings = newsroom::people::DeskSettings { blur: true, one_card: false };
    store.keep_desk_settings(salma.id, &settings).await.unwrap();
    store.keep_staff_language(salma.id, Some(Language::Fr)).await.unwrap();
}

fn release(collapsed: bool) -> Decision {
    Decision::Release { collapsed, links: false }
}

/// Keeps a comment that waits.
pub async fn comment(
    store: &Store,
    story: StoryId,
    from: Visitor,
    text: &str,
    reply_to: Option<CommentId>,
    second: i64,
) -> CommentId {
    let id = CommentId(store.id(at(second)));
    store.keep_comment(&sent((story, id), from, text, reply_to, second)).await.unwrap();
    id
}

fn sent(
    (story, id): (StoryId, CommentId),
    visitor: Visitor,
    text: &str,
    reply_to: Option<CommentId>,
    second: i64,
) -> Held {
    let name = DisplayName::new("قارئ", []).unwrap();
    let submitted = Submitted { id, story, visitor, name, text: text.to_owned(), reply_to, at: at(second) };
    Held { submitted, verdict: Verdict::default() }
}

async fn rule(
    store: &Store,
    by: &Staff,
    (story, comment): (StoryId, CommentId),
    decision: Decision,
    second: i64,
) -> RulingId {
    let id = RulingId(store.id(at(second)));
    let why = "كلمة".to_owned();
    store
        .rule(&Ruling { id, story, comment, decision, by: RuledBy::Staff(by.id), at: at(second), why }, Revision::FIRST)
        .await
        .unwrap();
    id
}

/// Another site with a key, a page with a comment that waits, and the member who wrote it.
async fn other_site(store: &Store, now: Timestamp) {
    let by = store.staff().await.unwrap()[0].id;
    let rules = Rules { pages: vec![Pages::read("port.example").unwrap()], keep: Default::default() };
    let policy = CommentPolicy::OpenAfterReview;
    let said = SaidOfSite { name: "ملتقى الرصيف".into(), rules: rules.clone(), policy, section: None };
    let site = store.add_other_site(&said, by, now).await.unwrap().0;
    let key = NewSiteKey { kid: "2026".into(), way: outside::Way::EdDsa, material: "AA".into() };
    store.add_site_key(site, &key, by, now).await.unwrap();
    let page = rules.page("https://port.example/quay").unwrap();
    let opened = store.open_outside_thread(site, &page, "الرصيف القديم", now).await.unwrap();
    let visitor = store.outside_person(site, "ab", now).await.unwrap();
    let name = DisplayName::new("جمانة", []).unwrap();
    let text = "كان الرصيف أوسع.".to_owned();
    let story = opened.unwrap().0.id;
    let submitted = Submitted { id: CommentId(store.id(now)), story, visitor, name, text, reply_to: None, at: now };
    let held = newsroom::policy::receive(submitted, Verdict::unexamined());
    store.keep_comment(&held).await.unwrap();
}

/// Who follows the paper from afar: a reader of the newsletter and an edition, a channel with what it was told, a browser.
async fn followers(store: &Store) {
    for row in [
        "insert into follower_settings (settings_id, part, at, by_id, settings)
         select 91, 'newsletter', 64000, min(staff_id), '{}' from staff",
        "insert into subscribers (subscriber_id, email, folded, wish, rhythm, asked_at, until_at, asks, confirmed_at, bounced)
         values (92, 'follower@port.example', 'follower@port.example', '{}', 'daily', 64000, 64001, 1, 64002, 0)",
        "insert into editions (edition_id, rhythm, day, since_at, until_at, filled_to, filled_at, letters, sent, empty, bounced, failed)
         values (93, 'daily', '2026-03-10', 1, 64000, 92, 64000, 1, 1, 0, 0, 0)",
        "insert into channels (channel_id, kind, name, address, secret, wish, made_at, by_id, why)
         select 94, 'telegram', 'الميناء', '@port_example', 'secret', '{}', 64000, min(staff_id), '' from staff",
        "insert into channel_deliveries (delivery_id, channel_id, once, event, about, at, tries, sent_at, why)
         values (95, 94, '94:1', 'story.published', '{}', 64000, 1, 64001, '')",
        "insert into channel_posts (channel_id, story_id, message_id, at) values (94, 1, 7, 64001)",
        "insert into push_subscriptions (push_id, endpoint, mark, public_key, secret, wish, since_at)
         values (96, 'https://push.example/1', 'aa', 'key', 'secret', '{}', 64000)",
        "insert into push_messages (message_id, once, at, filled_to, filled_at, sent, gone, failed)
         values (97, '1', 64000, 96, 64000, 1, 0, 0)",
        "insert into fediverse_inboxes (inbox_id, address, host, failed_since, why)
         values (98, 'https://social.example/inbox', 'social.example', 64000, 'unreached')",
        "insert into fediverse_followers (follower_id, followed, actor, inbox_id, own_inbox, follow, since_at)
         values (99, 0, 'https://social.example/users/a', 98, 'https://social.example/users/a/inbox',
             'https://social.example/follow/1', 64000)",
        "insert into fediverse_messages (message_id, once, kind, story_id, section_id, at, filled_to, filled_at)
         values (100, '1', 'published', 1, 1, 64000, 98, 64000)",
        "insert into fediverse_people (mark, visitor_id) values ('ab', 101)",
        "insert into fediverse_notes (mark, story_id, comment_id) values ('cd', 1, 102)",
        "insert into fediverse_blocks (host, why, by_id, at)
         select 'noise.example', 'كثرة', min(staff_id), 64000 from staff",
        "insert into fediverse_log (line_id, at, what, host, why) values (103, 64000, 'followed', 'social.example', '')",
    ] {
        store.run_for_tests(row).await.unwrap();
    }
}
