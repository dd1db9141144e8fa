//! Saved queues, groups of copies, second opinions, claims, acts of many rulings, and the search of the desk.

use crate::paper::{HUDA, KARIM, MAYA, Paper, RELEASE, on_both};
use moderation::{Category, Finding, Reason};
use newsroom::comment::{Decision, RefusalReason, Revision, RuledBy, Ruling, State};
use newsroom::people::Actor;
use newsroom::story::Story;
use newsroom::{CommentId, RulingId, SectionId, StaffId, StoryId, Timestamp};
use store::StoreError;
use store::queue::{Asked, Carried, Queue};

const CITY: SectionId = SectionId(1);
const CULTURE: SectionId = SectionId(2);

async fn in_queue(paper: &Paper, queue: Queue) -> Vec<CommentId> {
    let entries = paper.store.queue(queue, None, 50).await.unwrap();
    entries.iter().map(|entry| entry.comment).collect()
}

async fn on_page(paper: &Paper, queue: Queue, sections: Option<&[SectionId]>) -> Vec<CommentId> {
    let page = paper.store.queue_page(queue, sections, None, 50).await.unwrap();
    page.entries.iter().map(|entry| entry.comment).collect()
}

async fn count(paper: &Paper, queue: Queue) -> Option<i64> {
    paper.store.desk_counts().await.unwrap().of(queue, None)
}

async fn in_culture(paper: &Paper, headline: &str) -> StoryId {
    let mut draft = paper.draft(headline);
    draft.text.section = Some(CULTURE);
    paper.publishes_draft(draft).await.id
}

async fn found(paper: &Paper, story: StoryId, reason: Reason, priority: u16) -> CommentId {
    let mut held = paper.submission(HUDA, story, &format!("ملاحظة {priority}"));
    held.verdict.findings = vec![Finding::whole(reason, 10)];
    held.verdict.priority = priority;
    paper.keeps(&held).await;
    held.submitted.id
}

#[tokio::test]
async fn a_comment_stands_in_the_queues_of_its_section_and_of_its_findings_until_somebody_rules() {
    on_both(|paper| async move {
        let (city, culture) = (paper.publishes("الترام").await.id, in_culture(&paper, "المعرض").await);
        let plain = paper.says(KARIM, city, "رأي في الترام").await;
        let empty = found(&paper, culture, Reason::Empty, 500).await;
        let later = found(&paper, city, Reason::Empty, 100).await;
        let form = Queue::Finding(Category::Form);
        assert_eq!(in_queue(&paper, Queue::Section(CITY)).await, [later, plain]);
        assert_eq!(in_queue(&paper, Queue::Section(CULTURE)).await, [empty]);
        assert_eq!(in_queue(&paper, form).await, [empty, later]);
        assert_eq!((count(&paper, form).await, count(&paper, Queue::Section(CITY)).await), (Some(2), Some(2)));
        let ruling = paper.releases(culture, empty).await.unwrap();
        assert_eq!((in_queue(&paper, form).await, count(&paper, form).await), (vec![later], Some(1)));
        paper.undoes(culture, ruling).await.unwrap();
        assert_eq!((in_queue(&paper, form).await, count(&paper, form).await), (vec![empty, later], Some(2)));
        let counts = paper.store.desk_counts().await.unwrap();
        assert_eq!(counts.of(Queue::Waiting, Some(&[CULTURE])), Some(1), "whoever is bound counts their own");
        assert_eq!(on_page(&paper, Queue::Waiting, Some(&[CULTURE])).await, [empty]);
        assert_eq!(on_page(&paper, form, Some(&[CITY])).await, [later]);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn what_waits_moves_with_its_story_into_another_section() {
    on_both(|paper| async move {
        let mut story = paper.publishes("الترام").await;
        let waiting = paper.says(HUDA, story.id, "رأي أول").await;
        let (public, _) = paper.shows(KARIM, story.id, None, "رأي ثان").await;
        paper.store.report_comment((story.id, public), MAYA, "", None, paper.now()).await.unwrap();
        assert_eq!(on_page(&paper, Queue::Reported, Some(&[CITY])).await, [public]);
        story.text.section = Some(CULTURE);
        paper.store.publish(&story, paper.by(), "", paper.now()).await.unwrap();
        assert!(on_page(&paper, Queue::Reported, Some(&[CITY])).await.is_empty());
        assert_eq!(on_page(&paper, Queue::Reported, Some(&[CULTURE])).await, [public]);
        assert_eq!(in_queue(&paper, Queue::Section(CULTURE)).await, [waiting]);
        assert!(in_queue(&paper, Queue::Section(CITY)).await.is_empty());
        assert!(matches!(paper.store.story(story.id).await.unwrap(), Story::Published(_)));
        paper.agrees_with_itself().await;
    })
    .await;
}

const LONG: &str = "اشتروا أجود أنواع السجاد من متجرنا القريب من الميناء قبل نهاية الشهر الحالي بسعر مناسب جدا";

#[tokio::test]
async fn copies_and_near_copies_are_one_card_across_visitors_and_stories() {
    on_both(|paper| async move {
        let (tram, bridge) = (paper.publishes("الترام").await.id, paper.publishes("الجسر").await.id);
        let first = paper.says(HUDA, tram, LONG).await;
        let other = paper.says(MAYA, tram, "لا علاقة له بذلك").await;
        let copy = paper.says(KARIM, bridge, LONG).await;
        let near = paper.says(MAYA, bridge, &format!("{LONG} يا ناس")).await;
        let entry = paper.store.queue_entry(bridge, near).await.unwrap();
        assert_eq!(entry.kin, Some(first), "the group has the name of its first one");
        assert_eq!(on_page(&paper, Queue::Waiting, None).await, [first, other]);
        assert_eq!(on_page(&paper, Queue::Copies, None).await, [first]);
        assert_eq!(on_page(&paper, Queue::Kin(first), None).await, [first, copy, near]);
        let size = paper.store.kin_size(first).await.unwrap();
        assert_eq!((size.comments, size.visitors, size.stories, size.more), (3, 3, 2, false));
        paper.refuses(tram, first).await.unwrap();
        assert_eq!(on_page(&paper, Queue::Waiting, None).await, [other, copy], "the next one stands for the rest");
        let again = paper.says(HUDA, tram, LONG).await;
        assert_eq!(paper.store.queue_entry(tram, again).await.unwrap().kin, Some(first));
        let members = paper.store.kin_members(first, 10).await.unwrap();
        assert_eq!(members, [(bridge, copy), (bridge, near), (tram, again)]);
        paper.agrees_with_itself().await;
    })
    .await;
}

fn rulings(paper: &Paper, which: &[(StoryId, CommentId)]) -> Vec<(Ruling, Revision)> {
    let refusal = Decision::Refuse { reason: RefusalReason::Advertising };
    which.iter().map(|(story, comment)| (paper.ruling(*story, *comment, refusal), Revision::FIRST)).collect()
}

#[tokio::test]
async fn many_are_ruled_on_at_once_each_with_its_row_and_undone_at_once() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let mut which = Vec::new();
        for number in 0..4 {
            which.push((story, paper.says(KARIM, story, &format!("{number}: {LONG}")).await));
        }
        paper.releases(story, which[3].1).await.unwrap();
        let carried = paper.store.rule_many(&rulings(&paper, &which), "act-1").await.unwrap();
        assert!(carried[..3].iter().all(|one| matches!(one, Carried::Out(_))));
        assert_eq!(carried[3], Carried::Not("released".into()), "it was public before: it is left as it is");
        assert_eq!(paper.store.rulings(None, 10).await.unwrap().len(), 4);
        assert_eq!(paper.store.act("act-1").await.unwrap(), (3, 3));
        assert_eq!(paper.store.stories_of_act("act-1").await.unwrap(), [story]);
        let later = paper.releases(story, which[0].1).await.unwrap();
        let undone = paper.store.undo_some_of("act-1", RulingId(0), paper.by(), paper.now()).await.unwrap();
        assert_eq!((undone.0.len(), undone.1), (2, None), "a later ruling on one of them stands");
        assert_eq!(paper.store.act("act-1").await.unwrap(), (3, 1));
        assert_eq!(on_page(&paper, Queue::Kin(which[0].1), None).await, [which[1].1, which[2].1]);
        paper.undoes(story, later).await.unwrap();
        paper.store.undo_some_of("act-1", RulingId(0), paper.by(), paper.now()).await.unwrap();
        assert_eq!(paper.store.act("act-1").await.unwrap(), (3, 0));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn an_act_that_is_sent_twice_is_known() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        assert_eq!(paper.store.ruling_of_act("act-2", (story, comment)).await.unwrap(), None);
        let ruling = paper.ruling(story, comment, RELEASE);
        paper.store.rule_in_act(&ruling, Revision::FIRST, "act-2").await.unwrap();
        assert_eq!(paper.store.ruling_of_act("act-2", (story, comment)).await.unwrap(), Some(ruling.id));
        assert_eq!(paper.store.ruling_of_act("act-3", (story, comment)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn whoever_asks_for_a_second_opinion_does_not_settle_it_alone() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let (salma, about) = (paper.salma.id, (story, comment));
        paper.store.escalate(about, (salma, false), "لست متأكدة", paper.now()).await.unwrap();
        assert_eq!(
            (in_queue(&paper, Queue::Escalated).await, count(&paper, Queue::Escalated).await),
            (vec![comment], Some(1))
        );
        let asked = paper.store.queue_entry(story, comment).await.unwrap().escalated.expect("it is asked about");
        assert_eq!((asked.by, asked.by_name.as_str(), asked.note.as_str()), (salma, "سلمى", "لست متأكدة"));
        assert_eq!(paper.releases(story, comment).await, Err(StoreError::Conflict("escalated".into())));
        let many =
            paper.store.rule_many(&[(paper.ruling(story, comment, RELEASE), Revision::FIRST)], "act").await.unwrap();
        assert_eq!(many, [Carried::Not("escalated".into())]);
        let second = Ruling { by: RuledBy::Staff(StaffId(77)), ..paper.ruling(story, comment, RELEASE) };
        paper.store.rule(&second, Revision::FIRST).await.unwrap();
        assert!(in_queue(&paper, Queue::Escalated).await.is_empty());
        let late = paper.store.escalate(about, (salma, false), "", paper.now()).await;
        assert_eq!(late, Err(StoreError::Conflict("released".into())));

        let other = paper.says(KARIM, story, "رأي آخر").await;
        paper.store.escalate((story, other), (salma, true), "", paper.now()).await.unwrap();
        paper.releases(story, other).await.expect("she may settle it alone");
        let third = paper.says(KARIM, story, "رأي ثالث").await;
        paper.store.escalate((story, third), (salma, false), "", paper.now()).await.unwrap();
        paper.store.take_back_escalation((story, third), paper.by(), paper.now()).await.unwrap();
        paper.releases(story, third).await.expect("it is not asked about any more");
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_comment_is_given_to_somebody_noted_disputed_and_chosen() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let (about, mine) = ((story, comment), Queue::Assigned(paper.salma.id));
        paper.store.assign(about, Some(paper.salma.id), paper.by(), paper.now()).await.unwrap();
        assert_eq!((in_queue(&paper, mine).await, count(&paper, mine).await), (vec![comment], Some(1)));
        let entry = paper.store.queue_entry(story, comment).await.unwrap();
        assert_eq!(entry.assigned, Some((paper.salma.id, "سلمى".to_owned())));
        paper.store.assign(about, None, paper.by(), paper.now()).await.unwrap();
        assert!(in_queue(&paper, mine).await.is_empty());
        paper.store.note_comment(about, "سألت المحررة", paper.by(), paper.now()).await.unwrap();
        paper.store.dispute(about, ("finding.empty", true), paper.by(), paper.now()).await.unwrap();
        let said_before = paper.says(HUDA, story, "رأي قبله بقليل").await;
        let beside = paper.store.beside(&[entry]).await.unwrap().remove(0);
        assert_eq!((beside.notes[0].text.as_str(), beside.notes[0].by_name.as_str()), ("سألت المحررة", "سلمى"));
        assert_eq!(beside.disputed, ["finding.empty"]);
        assert_eq!(beside.others.iter().map(|other| other.comment).collect::<Vec<_>>(), [said_before]);
        let disputed = paper.store.disputed_reasons().await.unwrap();
        assert_eq!((disputed[0].reason.as_str(), disputed[0].times), ("finding.empty", 1));
        paper.store.dispute(about, ("finding.empty", false), paper.by(), paper.now()).await.unwrap();
        assert!(paper.store.disputed_reasons().await.unwrap().is_empty());

        let early = paper.store.feature(about, true, paper.by(), paper.now()).await;
        assert_eq!(early, Err(StoreError::Conflict("held".into())), "only what is public is chosen");
        paper.releases(story, comment).await.unwrap();
        paper.store.feature(about, true, paper.by(), paper.now()).await.unwrap();
        assert_eq!(paper.store.featured(story, 5).await.unwrap().len(), 1);
        paper.takes_down(story, comment).await.unwrap();
        assert!(paper.store.featured(story, 5).await.unwrap().is_empty());
        let kinds = paper.happened().await;
        for kind in ["comment-assigned", "comment-noted", "finding-disputed", "comment-featured"] {
            assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
        }
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_card_that_one_has_open_is_hers_until_the_claim_ends() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let nadir = paper.store.add_staff("نادر", newsroom::people::Role::Moderator, paper.now()).await.unwrap();
        let at = |second: i64| Timestamp::from_second(2_000_000_000 + second).unwrap();
        let claims = |by, now, until| {
            let store = paper.store.clone();
            async move { store.claim((story, comment), by, at(now), at(until)).await.unwrap().by }
        };
        assert_eq!(claims(paper.salma.id, 0, 60).await, paper.salma.id);
        assert_eq!(claims(nadir.id, 10, 70).await, paper.salma.id, "she was first");
        assert_eq!(claims(paper.salma.id, 30, 90).await, paper.salma.id);
        let held = paper.store.claims_on(&[(story, comment)], at(80)).await.unwrap();
        assert_eq!((held.len(), held[0].by_name.as_str()), (1, "سلمى"));
        assert_eq!(claims(nadir.id, 91, 150).await, nadir.id, "her claim has ended");
        assert_eq!(paper.store.claims_since(at(91)).await.unwrap().len(), 1);
        paper.store.give_claims_back(nadir.id, None).await.unwrap();
        assert!(paper.store.claims_on(&[(story, comment)], at(100)).await.unwrap().is_empty());
        let nowhere = paper.store.claim((story, CommentId(404)), nadir.id, at(1), at(2)).await;
        assert_eq!(nowhere, Err(StoreError::NotFound));
    })
    .await;
}

#[tokio::test]
async fn the_desk_finds_comments_in_every_state_by_what_is_asked_together() {
    on_both(|paper| async move {
        let (tram, fair) = (paper.publishes("الترام").await.id, in_culture(&paper, "المعرض").await);
        let held = paper.says(HUDA, tram, "وصل الترام إلى الميناء").await;
        let (public, _) = paper.shows(KARIM, tram, None, "ترام الميناء جميل").await;
        let refused = paper.says(KARIM, fair, "الميناء بعيد").await;
        paper.refuses(fair, refused).await.unwrap();
        let finding = found(&paper, fair, Reason::Empty, 5).await;
        let find = |asked: Asked| {
            let store = paper.store.clone();
            async move {
                let found = store.find_for_desk(&asked, 10).await.unwrap();
                assert_eq!(found.next, None);
                found.entries.iter().map(|entry| entry.comment).collect::<Vec<_>>()
            }
        };
        let of = |words: &str| Asked { words: words.into(), ..Asked::default() };
        assert_eq!(find(of("المِيناء")).await, [refused, public, held], "folded, newest first, whatever the state");
        assert_eq!(find(Asked { state: Some(State::Refused), ..of("الميناء") }).await, [refused]);
        assert_eq!(find(Asked { story: Some(tram), ..of("الميناء") }).await, [public, held]);
        assert_eq!(find(Asked { sections: Some(vec![CULTURE]), ..of("الميناء") }).await, [refused]);
        assert_eq!(find(Asked { visitor: Some(KARIM.id), ..Asked::default() }).await, [refused, public]);
        assert_eq!(find(Asked { story: Some(fair), ..Asked::default() }).await, [finding, refused]);
        assert_eq!(find(Asked { finding: Some(Category::Form), ..Asked::default() }).await, [finding]);
        assert_eq!(find(Asked::default()).await, [finding, refused, public, held]);
        let at = paper.store.queue_entry(tram, public).await.unwrap().received_at;
        assert_eq!(find(Asked { until: Some(at), ..of("الميناء") }).await, [held]);
        assert_eq!(find(Asked { from: Some(at), ..of("الميناء") }).await, [refused, public]);
        let first = paper.store.find_for_desk(&of("الميناء"), 2).await.unwrap();
        assert_eq!((first.entries.len(), first.next), (2, Some(public)));
        let rest = paper.store.find_for_desk(&Asked { before: first.next, ..of("الميناء") }, 2).await.unwrap();
        assert_eq!((rest.entries[0].comment, rest.next), (held, None));
    })
    .await;
}

#[tokio::test]
async fn the_paper_answers_in_its_own_name_with_a_ruling_of_its_own() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (asked, number) = paper.shows(HUDA, story, None, "متى يعمل؟").await;
        let mut held = paper.submission(MAYA, story, "غدًا صباحًا");
        held.submitted.reply_to = Some(asked);
        let ruling = paper.ruling(story, held.submitted.id, RELEASE);
        paper.store.reply_as_paper(&held, &ruling).await.unwrap();
        let entry = paper.store.entry_of(story, held.submitted.id).await.unwrap().expect("it is public");
        assert_eq!((entry.root, entry.number), (number, 2));
        let store::thread::Stands::Comment { of_paper, featured, .. } = entry.stands else { panic!("{entry:?}") };
        assert!(of_paper && !featured);
        let again = paper.store.reply_as_paper(&held, &ruling).await;
        assert_eq!(again, Err(StoreError::Conflict("comments".into())));
        assert_eq!(paper.store.rulings(None, 5).await.unwrap().len(), 2);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn it_is_said_how_it_goes_under_a_story_lately() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        for visitor in [HUDA, KARIM, MAYA] {
            paper.says(visitor, story, LONG).await;
        }
        let before = paper.now();
        let mut doubted = paper.submission(HUDA, story, "كلام آخر تمامًا");
        doubted.verdict.priority = 900;
        paper.keeps(&doubted).await;
        let lately = paper.store.lately(&[story], before).await.unwrap()[0].1;
        assert_eq!((lately.waiting, lately.looked_at, lately.alike, lately.since, lately.doubted), (4, 4, 3, 1, 1));
        let nowhere = paper.store.lately(&[StoryId(404)], before).await.unwrap()[0].1;
        assert_eq!(nowhere.waiting, 0);
        assert!(matches!(paper.by(), Actor::Staff(_)));
    })
    .await;
}

#[tokio::test]
async fn one_whose_text_had_its_time_is_left_out_and_the_others_are_ruled_on() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (gone, here) = (paper.says(HUDA, story, "رأي").await, paper.says(KARIM, story, "رأي آخر").await);
        paper.refuses(story, gone).await.unwrap();
        paper.wait_days(100);
        let now = paper.now();
        assert_eq!(paper.store.sweep_refused(now, now, 5).await.unwrap(), 1);
        assert!(paper.store.queue_entry(story, gone).await.unwrap().gone);
        assert!(!paper.store.queue_entry(story, here).await.unwrap().gone);
        let both = [gone, here].map(|comment| (paper.ruling(story, comment, RELEASE), Revision::FIRST));
        let carried = paper.store.rule_many(&both, "act-1").await.unwrap();
        assert_eq!(carried[0], Carried::Not("gone".into()));
        assert!(matches!(carried[1], Carried::Out(_)), "{carried:?}");
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn the_time_of_what_could_not_be_undone_with_many_does_not_begin_anew() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        paper.store.rule_in_act(&paper.ruling(story, comment, RELEASE), Revision::FIRST, "act-1").await.unwrap();
        paper.takes_down(story, comment).await.unwrap();
        let taken_down = paper.now();
        paper.wait_days(80);
        let undone = paper.store.undo_some_of("act-1", RulingId(0), paper.by(), paper.now()).await.unwrap();
        assert_eq!(undone.0, [], "another ruling came after it");
        assert_eq!(paper.store.sweep_refused(taken_down, paper.now(), 5).await.unwrap(), 1);
    })
    .await;
}
