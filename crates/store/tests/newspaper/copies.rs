//! Texts that were there before are found again by runs of words they share, however they come back.

use crate::paper::{HUDA, KARIM, MAYA, Paper, on_both};
use moderation::Origin;
use newsroom::body::{Block, Body, Span};
use newsroom::comment::{RefusalReason, Submitted};
use newsroom::people::Visitor;
use newsroom::story::{Draft, Published};
use newsroom::{CommentId, StoryId};
use store::imported::{Coming, ImportedStory};
use store::probes::KnownText;

const BUSES: &str = "حافلات المدينة القديمة كلها معطلة ومن يركبها يدفع ضعف الثمن لشركة واحدة تعرفونها جميعا فقاطعوها";
const BUSES_REWORDED: &str =
    "فقاطعوها! حـافـلات المدينة القديمة كُلّها معطلة، ومن يركبها اليوم يدفع ضعف الثمن لشركة واحدة لا نسميها";
const GARDEN: &str = "زرعت البلدية في حديقة الضفة أربعين شجرة زيتون صغيرة وتركتها من غير ماء طوال شهر آب كله";

impl Paper {
    /// What the engine would be told of a text that a visitor sends now.
    async fn knows(&self, visitor: Visitor, story: StoryId, text: &str) -> Vec<KnownText> {
        self.knows_of(&self.submission(visitor, story, text).submitted).await
    }

    async fn knows_of(&self, submitted: &Submitted) -> Vec<KnownText> {
        self.store.facts_about(submitted).await.unwrap().known
    }

    fn draft_saying(&self, headline: &str, body: &str) -> Draft {
        let mut draft = self.draft(headline);
        let words = Span { text: body.into(), ..Span::default() };
        draft.text.body = Body(vec![Block::Paragraph { text: vec![words] }]);
        draft
    }
}

fn known(origin: Origin, title: &str, text: &str) -> Vec<KnownText> {
    let refused = (origin == Origin::Refused).then_some(RefusalReason::OffTopic);
    vec![KnownText { origin, title: title.into(), text: text.into(), refused }]
}

#[tokio::test]
async fn a_comment_is_known_again_and_by_what_was_ruled_on_it() {
    on_both(|paper| async move {
        let (story, other) = (paper.publishes("الترام").await.id, paper.publishes("الجسر").await.id);
        let comment = paper.says(HUDA, story, BUSES).await;
        assert_eq!(paper.knows(KARIM, other, BUSES_REWORDED).await, known(Origin::Comment, "", BUSES));
        assert_eq!(paper.knows(KARIM, other, GARDEN).await, []);
        let ruling = paper.refuses(story, comment).await.unwrap();
        assert_eq!(paper.knows(KARIM, other, BUSES_REWORDED).await, known(Origin::Refused, "", BUSES));
        paper.undoes(story, ruling).await.unwrap();
        paper.releases(story, comment).await.unwrap();
        assert_eq!(paper.knows(KARIM, other, BUSES_REWORDED).await, known(Origin::Comment, "", BUSES));
        paper.takes_down(story, comment).await.unwrap();
        let known = paper.knows(KARIM, other, BUSES_REWORDED).await;
        assert_eq!((known[0].origin, known[0].refused), (Origin::Refused, Some(RefusalReason::PrivateData)));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_copies_from_himself_from_his_story_or_from_whom_he_answers() {
    on_both(|paper| async move {
        let story = paper.publishes_draft(paper.draft_saying("الحديقة", GARDEN)).await.id;
        assert_eq!(paper.knows(HUDA, story, GARDEN).await, []);
        let held = paper.submission(HUDA, story, BUSES);
        paper.keeps(&held).await;
        assert_eq!(paper.knows_of(&held.submitted).await, []);
        let mut answer = paper.submission(KARIM, story, BUSES).submitted;
        answer.reply_to = Some(held.submitted.id);
        let facts = paper.store.facts_about(&answer).await.unwrap();
        assert_eq!((facts.known.as_slice(), facts.parent.as_str()), (&[][..], BUSES));
        assert_eq!((facts.headline.as_str(), facts.section.as_str()), ("الحديقة", "المدينة"));
        assert_eq!(facts.today, Some((2026, 3, 10)));
        paper.store.withdraw_comment(story, held.submitted.id, HUDA, paper.now()).await.unwrap();
        assert_eq!(paper.knows(KARIM, story, BUSES).await, []);
    })
    .await;
}

#[tokio::test]
async fn the_archive_is_known_from_publication_on_and_as_it_was_corrected() {
    on_both(|paper| async move {
        let here = paper.publishes("الترام").await.id;
        let draft = paper.draft_saying("الحديقة", GARDEN);
        paper.store.keep_draft(&draft, paper.by(), paper.now()).await.unwrap();
        assert_eq!(paper.knows(HUDA, here, GARDEN).await, []);
        let garden = paper.publishes_draft(draft).await;
        let found = paper.knows(HUDA, here, GARDEN).await;
        assert_eq!((found.len(), found[0].origin, found[0].title.as_str()), (1, Origin::Archive, "الحديقة"));
        assert!(found[0].text.contains(GARDEN));
        let mut corrected = garden.clone().correct("صُحّح النص.", paper.now());
        corrected.text.body = paper.draft_saying("الحديقة", BUSES).text.body;
        paper.store.correct(&corrected, paper.by(), "", paper.now()).await.unwrap();
        assert_eq!(paper.knows(HUDA, here, GARDEN).await, []);
        assert_eq!(paper.knows(HUDA, here, BUSES).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_rewritten_comment_is_known_by_its_new_text_alone() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let mut held = paper.submission(HUDA, story, BUSES);
        paper.keeps(&held).await;
        held.submitted.text = GARDEN.into();
        held.submitted.at = paper.now();
        paper.store.rewrite_comment(&held).await.unwrap();
        assert_eq!(paper.knows(KARIM, story, BUSES).await, []);
        assert_eq!(paper.knows(KARIM, story, GARDEN).await, known(Origin::Comment, "", GARDEN));
    })
    .await;
}

#[tokio::test]
async fn many_copies_do_not_hide_the_one_that_was_refused() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let mut copies = Vec::new();
        for _ in 0..9 {
            copies.push(paper.says(HUDA, story, BUSES).await);
        }
        assert_eq!(paper.knows(KARIM, story, BUSES).await.len(), 1, "one stands for all");
        paper.refuses(story, copies[7]).await.unwrap();
        let origins = |found: Vec<KnownText>| found.into_iter().map(|known| known.origin).collect::<Vec<_>>();
        let found = origins(paper.knows(MAYA, story, BUSES_REWORDED).await);
        assert!(found.contains(&Origin::Refused), "{found:?}");
        for copy in copies.iter().filter(|copy| **copy != copies[7]) {
            paper.refuses(story, *copy).await.unwrap();
        }
        let found = origins(paper.knows(MAYA, story, BUSES_REWORDED).await);
        assert!(found.contains(&Origin::Refused) && found.len() <= 2, "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn what_four_texts_share_belongs_to_none_of_them() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        // Each has the same twelve words and twenty of its own, so that none stands for another.
        let text = |n: usize| {
            let own = (0..20).map(|word| format!("كلمة{n}و{word}")).collect::<Vec<_>>().join(" ");
            format!("نحن سكان الضفة الشرقية نطالب بحافلة ليلية تصل إلى المحطة كل ساعة {own}")
        };
        let common = "نحن سكان الضفة الشرقية نطالب بحافلة ليلية تصل إلى المحطة كل ساعة";
        for n in 0..3 {
            paper.says(HUDA, story, &text(n)).await;
        }
        assert_eq!(paper.knows(KARIM, story, common).await.len(), 3);
        for n in 3..6 {
            paper.says(HUDA, story, &text(n)).await;
        }
        assert_eq!(paper.knows(KARIM, story, common).await, []);
        assert_eq!(paper.knows(KARIM, story, &text(5)).await, known(Origin::Comment, "", &text(5)));
    })
    .await;
}

#[tokio::test]
async fn short_texts_and_condolences_are_not_kept() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let prayer = "إنا لله وإنا إليه راجعون، اللهم اغفر له وارحمه وأسكنه فسيح جناته وألهم أهله الصبر والسلوان";
        for text in ["شكرا للجريدة على هذا الخبر الجميل", prayer] {
            paper.says(HUDA, story, text).await;
            assert_eq!(paper.knows(KARIM, story, text).await, [], "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn comments_leave_the_index_after_a_season_and_refused_ones_after_two_years() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let refused = paper.says(HUDA, story, BUSES).await;
        paper.says(HUDA, story, GARDEN).await;
        paper.refuses(story, refused).await.unwrap();
        paper.wait_days(89);
        assert_eq!(paper.store.sweep_probes(paper.now(), 100).await.unwrap(), 0);
        paper.wait_days(2);
        let late = "وصلت عربات الترام الجديدة إلى المحطة في الليل ورآها سكان الضفة من شرفاتهم قبل أن يراها العمدة";
        paper.says(HUDA, story, late).await;
        let mut looked_at = 0;
        while let some @ 1.. = paper.store.sweep_probes(paper.now(), 2).await.unwrap() {
            looked_at += some;
        }
        assert!(looked_at >= 3, "{looked_at}");
        assert_eq!(paper.knows(KARIM, story, GARDEN).await, []);
        assert_eq!(paper.knows(KARIM, story, BUSES).await, known(Origin::Refused, "", BUSES));
        assert_eq!(paper.knows(KARIM, story, late).await, known(Origin::Comment, "", late));
        paper.wait_days(2 * 365);
        while paper.store.sweep_probes(paper.now(), 100).await.unwrap() > 0 {}
        assert_eq!(paper.knows(KARIM, story, BUSES).await, []);
        assert_eq!(paper.knows(KARIM, story, late).await, []);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_paper_older_than_the_index_gets_its_probes_once() {
    on_both(|paper| async move {
        let here = paper.publishes("الترام").await.id;
        paper.publishes_draft(paper.draft_saying("الحديقة", GARDEN)).await;
        let comment: CommentId = paper.says(HUDA, here, BUSES).await;
        paper.refuses(here, comment).await.unwrap();
        assert!(paper.store.run_for_tests("delete from probes").await.unwrap() > 0);
        assert!(paper.store.make_old_probes(paper.now()).await.unwrap());
        assert_eq!(paper.knows(KARIM, here, BUSES).await, known(Origin::Refused, "", BUSES));
        assert_eq!(paper.knows(KARIM, here, GARDEN).await.len(), 1);
        paper.store.run_for_tests("delete from probes").await.unwrap();
        assert!(!paper.store.make_old_probes(paper.now()).await.unwrap(), "never again");
        assert_eq!(paper.knows(KARIM, here, BUSES).await, []);
    })
    .await;
}

#[tokio::test]
async fn an_archive_gets_its_probes_once_all_of_it_is_in_and_what_was_changed_meanwhile_those_of_its_new_text() {
    on_both(|paper| async move {
        let here = paper.publishes("الترام").await.id;
        let public = |draft: Draft| Published {
            id: draft.id,
            slug: draft.id.short(),
            text: draft.text,
            published_at: paper.now(),
            updated_at: None,
            comments: draft.comments,
        };
        let garden = public(paper.draft_saying("الحديقة", GARDEN));
        let mut buses = public(paper.draft_saying("الحافلات", BUSES));
        let comes =
            |key: &str, one: &Published| ImportedStory::new(key.to_owned(), Coming::Published(one.clone()), Vec::new());
        let all = vec![comes("wxr:old|garden", &garden), comes("wxr:old|buses", &buses)];
        paper.store.import_stories(all, paper.by(), paper.now()).await.unwrap();
        assert_eq!(paper.knows(KARIM, here, GARDEN).await, []);
        let other = "افتتح المتحف البحري قاعته الجديدة أمام زواره مساء الخميس وفيها نماذج سفن الصيادين القدامى";
        buses.text.body = paper.draft_saying("الحافلات", other).text.body;
        paper.store.correct(&buses, paper.by(), "", paper.now()).await.unwrap();
        assert_eq!(paper.store.make_due_probes().await.unwrap(), 1, "the changed one has its probes already");
        assert_eq!(paper.knows(KARIM, here, GARDEN).await.len(), 1);
        assert_eq!(paper.knows(KARIM, here, other).await.len(), 1);
        assert_eq!(paper.knows(KARIM, here, BUSES).await, []);
        assert_eq!(paper.store.make_due_probes().await.unwrap(), 0);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn probes_are_made_again_from_the_texts() {
    on_both(|paper| async move {
        let here = paper.publishes("الترام").await.id;
        paper.publishes_draft(paper.draft_saying("الحديقة", GARDEN)).await;
        let comment: CommentId = paper.says(HUDA, here, BUSES).await;
        paper.refuses(here, comment).await.unwrap();
        assert!(paper.store.run_for_tests("delete from probes").await.unwrap() > 0);
        assert_eq!(paper.knows(KARIM, here, BUSES).await, []);
        paper.store.rebuild_search().await.unwrap();
        assert_eq!(paper.knows(KARIM, here, BUSES).await, known(Origin::Refused, "", BUSES));
        assert_eq!(paper.knows(KARIM, here, GARDEN).await.len(), 1);
    })
    .await;
}
