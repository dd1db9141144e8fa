//! How the desk finds a story, in whatever state it is; and that readers find none that is not theirs.

use crate::paper::{Paper, on_both};
use jiff::SignedDuration;
use newsroom::body::{Block, Body};
use newsroom::people::Role;
use newsroom::story::{CommentPolicy, Draft, Stage, Work};
use newsroom::{SectionId, StaffId, StoryId, Timestamp};
use store::stories::{InState, Sees, Sought, SoughtLines, Writing};

fn everything(paper: &Paper) -> Sought {
    Sought {
        words: String::new(),
        state: None,
        section: None,
        person: None,
        sees: Sees { staff: paper.salma.id, sections: None },
        before: None,
    }
}

async fn seek(paper: &Paper, sought: &Sought) -> SoughtLines {
    paper.store.seek_stories(sought, paper.now(), 10).await.unwrap()
}

async fn found(paper: &Paper, sought: &Sought) -> Vec<String> {
    seek(paper, sought).await.lines.into_iter().map(|line| line.headline).collect()
}

async fn by_words(paper: &Paper, words: &str) -> Vec<String> {
    found(paper, &Sought { words: words.into(), ..everything(paper) }).await
}

async fn begins(paper: &Paper, headline: &str, by: StaffId) -> Draft {
    let (draft, work) = (paper.draft(headline), Work { begun_by: Some(by), ..Work::default() });
    paper.store.begin_story(&draft, &work, by, paper.now()).await.unwrap();
    draft
}

async fn writes(paper: &Paper, story: StoryId, headline: &str) {
    let on_desk = paper.store.on_desk(story).await.unwrap();
    let (mut text, read) = (on_desk.text, on_desk.version);
    (text.headline, text.body) = (headline.into(), Body(vec![Block::Separator]));
    let writing = Writing { text, comments: CommentPolicy::Closed, read, on_purpose: true };
    paper.store.save_writing(story, &writing, paper.salma.id, paper.now()).await.unwrap();
}

#[tokio::test]
async fn words_that_are_written_for_another_section_are_not_found_from_this_one() {
    on_both(|paper| async move {
        let story = paper.publishes("جسر قديم").await;
        let own = story.text.section.expect("a section");
        let elsewhere = |staff| Sought {
            words: "الساحل".into(),
            sees: Sees { staff, sections: Some(vec![own]) },
            ..everything(&paper)
        };
        let on_desk = paper.store.on_desk(story.id).await.unwrap();
        let (mut text, read) = (on_desk.text, on_desk.version);
        (text.headline, text.section) = ("طريق الساحل".into(), Some(SectionId(own.0 + 1)));
        let writing = Writing { text, comments: CommentPolicy::Closed, read, on_purpose: true };
        paper.store.save_writing(story.id, &writing, paper.salma.id, paper.now()).await.unwrap();
        assert_eq!(by_words(&paper, "الساحل").await, ["جسر قديم"], "whoever answers for all");
        assert_eq!(found(&paper, &elsewhere(StaffId(77))).await, [] as [&str; 0], "a hit would tell what is written");
        let still = Sought { words: "الجسر".into(), ..elsewhere(StaffId(77)) };
        assert_eq!(found(&paper, &still).await, [] as [&str; 0], "nor may they open it");
        let there = SectionId(own.0 + 1);
        let theirs = Sees { staff: StaffId(78), sections: Some(vec![there]) };
        for words in ["الساحل", "الجسر"] {
            let sought = Sought { words: words.into(), sees: theirs.clone(), ..everything(&paper) };
            assert_eq!(found(&paper, &sought).await, ["جسر قديم"], "whoever answers for what is written: {words}");
            let sought = Sought { section: Some(there), ..sought };
            assert_eq!(found(&paper, &sought).await, ["جسر قديم"], "and narrows it to there: {words}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_desk_finds_drafts_by_their_words_and_readers_do_not() {
    on_both(|paper| async move {
        let draft = begins(&paper, "الميزانيّة الجديدة", paper.salma.id).await;
        assert_eq!(by_words(&paper, "ميزانيه جديده").await, ["الميزانيّة الجديدة"], "however it is spelled");
        assert_eq!(by_words(&paper, "ليلى النجار").await.len(), 1, "by the names above it");
        assert_eq!(paper.store.find_stories("الميزانية", 9).await.unwrap(), []);
        writes(&paper, draft.id, "الموازنة").await;
        assert_eq!(by_words(&paper, "الميزانية").await, [] as [&str; 0], "what it said before is not looked in");

        let story = paper.publishes("جسر قديم").await;
        assert_eq!(by_words(&paper, "الجسر").await, ["جسر قديم"]);
        writes(&paper, story.id, "طريق الساحل").await;
        assert_eq!(by_words(&paper, "الساحل").await, ["جسر قديم"], "by what readers do not have yet");
        assert_eq!(paper.store.find_stories("الساحل", 9).await.unwrap(), []);
        let read = paper.store.on_desk(story.id).await.unwrap().version;
        paper.store.drop_writing(story.id, read, paper.salma.id, paper.now()).await.unwrap();
        assert_eq!(by_words(&paper, "الساحل").await, [] as [&str; 0]);

        let withdrawn = story.withdraw("خطأ", paper.now());
        paper.store.withdraw(&withdrawn, paper.by(), "").await.unwrap();
        assert_eq!(by_words(&paper, "الجسر").await, ["جسر قديم"], "withdrawn from readers");
        assert_eq!(paper.store.find_stories("الجسر", 9).await.unwrap(), []);
        assert_eq!(by_words(&paper, "؟!").await, [] as [&str; 0]);
        for mean in ["\"", "a\" OR \"b", "x' | 'y", "() & ! <->", "\u{0}"] {
            by_words(&paper, mean).await;
        }
    })
    .await;
}

#[tokio::test]
async fn stories_of_an_older_paper_are_found_once_their_words_are_cut() {
    on_both(|paper| async move {
        begins(&paper, "مسودة من زمن", paper.salma.id).await;
        let story = paper.publishes("خبر عند القراء").await;
        writes(&paper, story.id, "خبر معدل").await;
        for sql in [
            "delete from desk_words",
            "insert into desk_words_due (story_id)
             select story_id from stories where state <> 'published' union select story_id from working_texts",
        ] {
            paper.store.run_for_tests(sql).await.unwrap();
        }
        assert_eq!(by_words(&paper, "مسودة").await, [] as [&str; 0]);
        paper.store.make_old_desk_words().await.unwrap();
        assert_eq!(by_words(&paper, "مسودة").await, ["مسودة من زمن"]);
        assert_eq!(by_words(&paper, "معدل").await, ["خبر عند القراء"]);
        assert_eq!(paper.store.run_for_tests("delete from desk_words_due").await.unwrap(), 0);
        paper.store.run_for_tests("delete from desk_words").await.unwrap();
        paper.store.rebuild_search().await.unwrap();
        assert_eq!(by_words(&paper, "مسودة").await, ["مسودة من زمن"]);
    })
    .await;
}

#[tokio::test]
async fn a_state_a_section_and_a_colleague_narrow_the_search_together() {
    on_both(|paper| async move {
        let huda = paper.store.add_staff("هدى", Role::Reporter, paper.now()).await.unwrap().id;
        let (by, salma) = (paper.by(), paper.salma.id);
        let later = paper.now() + SignedDuration::from_hours(9);
        let proof = begins(&paper, "ترام في التدقيق", huda).await;
        paper.store.move_story(proof.id, (Stage::Writing, Stage::Proof), by, "", paper.now()).await.unwrap();
        let timed = begins(&paper, "ترام مجدول", salma).await;
        paper.store.move_story(timed.id, (Stage::Writing, Stage::Ready), by, "", paper.now()).await.unwrap();
        paper.store.time_story(timed.id, (Some(later), Some(later)), by, paper.now()).await.unwrap();
        let killed = begins(&paper, "ترام ملغى", huda).await;
        paper.store.time_story(killed.id, (None, Some(later)), by, paper.now()).await.unwrap();
        paper.store.move_story(killed.id, (Stage::Writing, Stage::Killed), by, "كفى", paper.now()).await.unwrap();
        let mut culture = paper.draft("ترام الثقافة");
        culture.text.section = Some(SectionId(2));
        paper.publishes_draft(culture).await;
        begins(&paper, "باص", huda).await;

        let of = |state: &str| Sought { state: InState::from_key(state), ..everything(&paper) };
        for (state, expected) in [
            ("proof", "ترام في التدقيق"),
            ("scheduled", "ترام مجدول"),
            ("embargoed", "ترام مجدول"),
            ("killed", "ترام ملغى"),
            ("published", "ترام الثقافة"),
            ("writing", "باص"),
        ] {
            assert_eq!(found(&paper, &of(state)).await, [expected], "{state}");
        }
        assert_eq!(found(&paper, &of("withdrawn")).await, [] as [&str; 0]);
        let hers = Sought { person: Some(huda), ..everything(&paper) };
        assert_eq!(found(&paper, &hers).await, ["باص", "ترام ملغى", "ترام في التدقيق"]);
        assert_eq!(found(&paper, &Sought { words: "ملغى".into(), ..hers }).await, ["ترام ملغى"]);
        let culture = Sought { section: Some(SectionId(2)), ..everything(&paper) };
        assert_eq!(found(&paper, &culture).await, ["ترام الثقافة"]);
        assert_eq!(found(&paper, &Sought { section: Some(SectionId(1)), ..of("published") }).await, [] as [&str; 0]);
        assert_eq!(found(&paper, &Sought { words: "ترام".into(), ..of("killed") }).await, ["ترام ملغى"]);
        assert_eq!(found(&paper, &everything(&paper)).await.len(), 5);
    })
    .await;
}

#[tokio::test]
async fn ideas_that_were_given_away_and_corrected_stories_are_states_of_their_own() {
    on_both(|paper| async move {
        let huda = paper.store.add_staff("هدى", Role::Reporter, paper.now()).await.unwrap().id;
        let salma = paper.salma.id;
        for (headline, to) in [("فكرة بلا صاحب", None), ("فكرة هدى", Some(huda))] {
            let work = Work { stage: Stage::Idea, begun_by: Some(salma), assigned_to: to, ..Work::default() };
            paper.store.begin_story(&paper.draft(headline), &work, salma, paper.now()).await.unwrap();
        }
        let of = |state: &str| Sought { state: InState::from_key(state), ..everything(&paper) };
        assert_eq!(found(&paper, &of("idea")).await, ["فكرة بلا صاحب"]);
        assert_eq!(found(&paper, &of("assigned")).await, ["فكرة هدى"]);
        assert_eq!(found(&paper, &Sought { words: "فكرة".into(), ..of("assigned") }).await, ["فكرة هدى"]);
        assert_eq!(found(&paper, &Sought { person: Some(huda), ..of("assigned") }).await, ["فكرة هدى"]);
        assert_eq!(found(&paper, &Sought { person: Some(huda), ..of("idea") }).await, [] as [&str; 0]);

        let after = |hours| paper.now() + SignedDuration::from_hours(hours);
        let (mut first, mut second) = (paper.publishes("خبر أول").await, paper.publishes("خبر ثانٍ").await);
        paper.publishes("خبر بلا خطأ").await;
        assert_eq!(found(&paper, &of("corrected")).await, [] as [&str; 0]);
        first = first.correct("كان الاسم خطأ.", after(1));
        second = second.correct("كان الرقم خطأ.", after(2));
        paper.store.correct(&first, paper.by(), "", after(1)).await.unwrap();
        paper.store.correct(&second, paper.by(), "", after(2)).await.unwrap();
        assert_eq!(found(&paper, &of("corrected")).await, ["خبر ثانٍ", "خبر أول"]);
        first = first.correct("وكان اليوم خطأ.", after(3));
        paper.store.correct(&first, paper.by(), "", after(3)).await.unwrap();
        assert_eq!(found(&paper, &of("corrected")).await, ["خبر أول", "خبر ثانٍ"], "once, by the last of them");
        let page = paper.store.seek_stories(&of("corrected"), paper.now(), 1).await.unwrap();
        let rest = Sought { before: page.next, ..of("corrected") };
        assert_eq!(page.lines[0].headline, "خبر أول");
        assert_eq!(found(&paper, &rest).await, ["خبر ثانٍ"]);
        assert_eq!(found(&paper, &Sought { words: "أول".into(), ..of("corrected") }).await, ["خبر أول"]);
        assert_eq!(found(&paper, &Sought { section: Some(SectionId(77)), ..of("corrected") }).await, [] as [&str; 0]);
        paper.store.withdraw(&first.withdraw("", after(4)), paper.by(), "").await.unwrap();
        assert_eq!(found(&paper, &of("corrected")).await, ["خبر ثانٍ"], "readers have it no more");
    })
    .await;
}

#[tokio::test]
async fn nobody_finds_what_they_do_not_see() {
    on_both(|paper| async move {
        let huda = paper.store.add_staff("هدى", Role::Reporter, paper.now()).await.unwrap().id;
        begins(&paper, "خبر هدى", huda).await;
        begins(&paper, "خبر سلمى", paper.salma.id).await;
        let mut culture = paper.draft("خبر الثقافة");
        culture.text.section = Some(SectionId(2));
        paper.store.keep_draft(&culture, paper.by(), paper.now()).await.unwrap();
        let sees = |sections: Vec<SectionId>| Sees { staff: huda, sections: Some(sections) };
        for words in ["", "خبر"] {
            let of = |sees: Sees| Sought { words: words.into(), sees, ..everything(&paper) };
            assert_eq!(found(&paper, &of(sees(Vec::new()))).await, ["خبر هدى"], "{words}");
            assert_eq!(found(&paper, &of(sees(vec![SectionId(2)]))).await, ["خبر الثقافة", "خبر هدى"], "{words}");
            let others = Sought { person: Some(paper.salma.id), ..of(sees(Vec::new())) };
            assert_eq!(found(&paper, &others).await, [] as [&str; 0], "{words}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_search_goes_on_page_by_page_to_its_end_and_shows_nothing_twice() {
    on_both(|paper| async move {
        for n in 0..7 {
            let story = begins(&paper, &format!("ترام رقم {n}"), paper.salma.id).await;
            paper.store.assign_story(story.id, (Some(paper.salma.id), None), paper.by(), paper.now()).await.unwrap();
        }
        for n in 7..9 {
            paper.publishes(&format!("ترام رقم {n}")).await;
        }
        let words = Sought { words: "ترام".into(), ..everything(&paper) };
        let person = Sought { person: Some(paper.salma.id), ..everything(&paper) };
        let state = Sought { state: Some(InState::Writing), ..everything(&paper) };
        for (sought, expected) in
            [(words, 9), (person.clone(), 7), (state.clone(), 7), (Sought { state: state.state, ..person }, 7)]
        {
            let (mut ids, mut before): (Vec<StoryId>, Option<(Timestamp, StoryId)>) = (Vec::new(), None);
            loop {
                let page = Sought { before, ..sought.clone() };
                let page = paper.store.seek_stories(&page, paper.now(), 3).await.unwrap();
                assert!(page.lines.len() <= 3);
                ids.extend(page.lines.iter().map(|line| line.id));
                before = page.next;
                if before.is_none() {
                    break;
                }
            }
            let in_order = ids.clone();
            ids.sort_by_key(|id| std::cmp::Reverse(id.0));
            ids.dedup();
            assert_eq!((ids.len(), &in_order), (expected, &ids), "{sought:?}");
        }
    })
    .await;
}
