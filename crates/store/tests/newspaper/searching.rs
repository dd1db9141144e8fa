//! What readers find, in stories and in comments; and how often they find it.

use crate::paper::{HUDA, KARIM, MAYA, Paper, on_both};
use encoder::{Encoder, WEIGHTS, scan};
use jiff::SignedDuration;
use newsroom::body::{Block, Body, Span};
use newsroom::byline::Byline;
use newsroom::meaning::FOUND_FROM;
use newsroom::search::Query;
use newsroom::story::{CommentPolicy, Draft, StoryLanguage};
use newsroom::{CommentId, SectionId, StoryId};
use std::collections::HashMap;
use store::search::{Asked, FoundStories, How, Narrow};

const SUBJECTS: &str = include_str!("../../../../fixtures/search/subjects.tsv");
const PLACES: &str = include_str!("../../../../fixtures/search/places.tsv");
const QUERIES: &str = include_str!("../../../../fixtures/search/queries.tsv");

fn asked(words: &str) -> Asked {
    Asked { query: Query::read(words), narrow: Narrow::default() }
}

async fn search(paper: &Paper, asked: &Asked) -> FoundStories {
    paper.store.search_stories(asked, None, 10).await.unwrap()
}

async fn found(paper: &Paper, words: &str) -> Vec<String> {
    headlines(search(paper, &asked(words)).await)
}

fn headlines(found: FoundStories) -> Vec<String> {
    found.stories.into_iter().map(|story| story.card.face.headline).collect()
}

fn paragraph(text: &str) -> Body {
    Body(vec![Block::Paragraph { text: vec![Span { text: text.into(), ..Span::default() }] }])
}

#[tokio::test]
async fn words_phrases_exclusions_and_a_word_begun_find_the_same_on_both_engines() {
    on_both(|paper| async move {
        let mut tram = paper.draft("خط الترام يصل إلى المرفأ");
        tram.text.body = paragraph("قال المهندس إن المحطة 'الأولى' \\ جاهزة.");
        paper.publishes_draft(tram).await;
        paper.publishes("الترام يبدّل الخط القديم").await;
        assert_eq!(found(&paper, "الخط الترام").await.len(), 2);
        assert_eq!(found(&paper, "«خط الترام»").await, ["خط الترام يصل إلى المرفأ"]);
        assert_eq!(found(&paper, "الترام -المرفأ").await, ["الترام يبدّل الخط القديم"]);
        assert_eq!(found(&paper, "ترام -«خط الترام»").await, ["الترام يبدّل الخط القديم"]);
        assert_eq!(found(&paper, "الترام المهند").await, ["خط الترام يصل إلى المرفأ"], "a word begun");
        assert_eq!(found(&paper, "الأولى جاهزة ").await, ["خط الترام يصل إلى المرفأ"]);
        assert_eq!(found(&paper, "-ترام").await, [] as [&str; 0]);
        for mean in [
            "\"",
            "'",
            "a\" OR \"b",
            "x' | 'y",
            "NOT خبز",
            "headline:خبز",
            "\\",
            "() & ! <->",
            "\u{0}",
            "^خبز",
            "=s1",
            "«\\'»",
        ] {
            found(&paper, mean).await;
            paper.store.search_comments(&asked(mean), None, 5).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn the_headline_goes_first_and_what_is_not_public_is_not_there() {
    on_both(|paper| async move {
        let mut body = paper.draft("خبر من المدينة");
        body.text.body = paragraph("كان السد ممتلئًا.");
        paper.publishes_draft(body).await;
        let dam = paper.publishes("السدّ يفيض").await;
        let mut later = paper.draft("خبر آخر من المدينة");
        later.text.body = paragraph("عن السد مرة أخرى.");
        paper.publishes_draft(later).await;
        paper.store.keep_draft(&paper.draft("السد في المسودة"), paper.by(), paper.now()).await.unwrap();
        assert_eq!(found(&paper, "السد ").await, ["السدّ يفيض", "خبر آخر من المدينة", "خبر من المدينة"]);
        paper.store.withdraw(&dam.withdraw("خطأ", paper.now()), paper.by(), "").await.unwrap();
        assert_eq!(found(&paper, "السد ").await, ["خبر آخر من المدينة", "خبر من المدينة"]);
        assert_eq!(found(&paper, "يفيط").await, [] as [&str; 0], "nor is its word proposed to anybody");
    })
    .await;
}

#[tokio::test]
async fn section_writer_and_days_narrow_and_pages_go_on_by_key() {
    on_both(|paper| async move {
        let first = paper.now();
        for n in 0..7 {
            let mut draft = paper.draft(&format!("ترام رقم {n}"));
            draft.text.section = Some(SectionId(1 + n % 2));
            draft.text.bylines = vec![Byline::new(if n < 3 { "كريم حدّاد" } else { "ليلى النجار" }, None).unwrap()];
            paper.publishes_draft(draft).await;
            paper.wait_days(40);
        }
        let narrowed = |narrow: Narrow| Asked { narrow, ..asked("ترام ") };
        let culture = Narrow { section: Some(SectionId(2)), ..Narrow::default() };
        assert_eq!(search(&paper, &narrowed(culture)).await.stories.len(), 3);
        let karim = Narrow { writer: "كريم حداد".into(), ..Narrow::default() };
        assert_eq!(search(&paper, &narrowed(karim)).await.stories.len(), 3);
        let day = |n: i64| first + SignedDuration::from_hours(24 * n);
        for (from, to, expected) in
            [(Some(30), Some(90), 2), (None, Some(60), 2), (Some(100), None, 4), (Some(5), Some(6), 0)]
        {
            let days = Narrow { from: from.map(day), to: to.map(day), ..Narrow::default() };
            assert_eq!(search(&paper, &narrowed(days)).await.stories.len(), expected, "{from:?} {to:?}");
        }
        let (mut seen, mut after): (Vec<StoryId>, _) = (Vec::new(), None);
        loop {
            let page = paper.store.search_stories(&asked("ترام "), after, 3).await.unwrap();
            seen.extend(page.stories.iter().map(|story| story.card.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 7);
        seen.sort_by_key(|id| std::cmp::Reverse(id.0));
        seen.dedup();
        assert_eq!(seen.len(), 7);
    })
    .await;
}

#[tokio::test]
async fn slips_are_put_right_by_words_of_public_stories_alone() {
    on_both(|paper| async move {
        let story = paper.publishes("افتتاح المدرسة الثانويّة").await;
        paper.store.keep_draft(&paper.draft("مستوصف القرية"), paper.by(), paper.now()).await.unwrap();
        paper.says(HUDA, story.id, "كهرباء").await;
        let put = search(&paper, &asked("افتتاح المدرشة")).await;
        assert_eq!((put.how, put.query.typed.as_str()), (How::PutRight, "افتتاح المدرسة"));
        assert_eq!(put.stories.len(), 1);
        let read = search(&paper, &asked("madrasa")).await;
        assert_eq!((read.how, read.stories.len()), (How::PutRight, 1));
        let some = search(&paper, &asked("المدرسة البعيدة")).await;
        assert_eq!((some.how, some.stories.len()), (How::SomeWords, 1));
        for typed in ["مستوصق", "كهربا"] {
            let none = search(&paper, &asked(typed)).await;
            assert_eq!((none.query.typed.as_str(), none.stories.len()), (typed, 0), "a draft's word, a comment's");
        }
        let mut corrected = story.correct("اسمها", paper.now());
        (corrected.text.headline, corrected.text.body) = ("افتتاح المعهد".into(), Body(vec![Block::Separator]));
        paper.store.correct(&corrected, paper.by(), "", paper.now()).await.unwrap();
        assert_eq!(search(&paper, &asked("المدرشة ")).await.stories.len(), 0, "nobody reads that word any more");
        assert_eq!(found(&paper, "المعهذ").await, ["افتتاح المعهد"]);
    })
    .await;
}

#[tokio::test]
async fn readers_find_released_comments_and_nothing_of_the_others() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (public, _) = paper.shows(HUDA, story, None, "التذاكر غالية جدا").await;
        paper.says(KARIM, story, "التذاكر تنتظر").await;
        let refused = paper.says(MAYA, story, "التذاكر مرفوضة").await;
        paper.refuses(story, refused).await.unwrap();
        let (gone, _) = paper.shows(MAYA, story, None, "التذاكر أزيلت").await;
        paper.takes_down(story, gone).await.unwrap();
        let find = |words: &'static str| {
            let store = paper.store.clone();
            async move {
                let found = store.search_comments(&asked(words), None, 10).await.unwrap();
                found.comments.into_iter().map(|found| found.entry.id).collect::<Vec<CommentId>>()
            }
        };
        assert_eq!(find("تذاكر ").await, [public]);
        assert_eq!(find("«غالية جدا»").await, [public]);
        assert_eq!(find("«جدا غالية»").await, []);
        assert_eq!(find("تذاكر -غالية").await, []);
        assert_eq!(find("غالي").await, [public], "a word begun");
        assert_eq!(find("هدى").await, [public], "by who signs");
        for hidden in ["تنتظر", "مرفوضة", "أزيلت", "كريم", "مايا"] {
            assert_eq!(find(hidden).await, [], "{hidden}");
        }
        paper.store.set_comment_policy(story, CommentPolicy::Hidden, paper.by(), paper.now()).await.unwrap();
        assert_eq!(find("تذاكر ").await, [], "their story shows none");
    })
    .await;
}

#[tokio::test]
async fn stories_of_an_older_paper_are_found_once_their_words_are_cut() {
    on_both(|paper| async move {
        paper.publishes("خبر قديم").await;
        for sql in [
            "delete from story_index",
            "delete from story_fields",
            "insert into story_index_due (story_id) select story_id from stories where state = 'published'",
        ] {
            paper.store.run_for_tests(sql).await.unwrap();
        }
        assert_eq!(found(&paper, "قديم ").await, [] as [&str; 0]);
        paper.store.make_old_story_index().await.unwrap();
        assert_eq!(found(&paper, "قديم ").await, ["خبر قديم"]);
        assert_eq!(paper.store.run_for_tests("delete from story_index_due").await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_long_story_is_found_by_its_last_word() {
    on_both(|paper| async move {
        let mut draft = paper.draft("قصة طويلة");
        let words: Vec<String> = (0..20_000).map(|n| format!("كلمة{n} في")).collect();
        draft.text.body = paragraph(&(words.join(" ") + " زنبقة"));
        paper.publishes_draft(draft).await;
        assert_eq!(found(&paper, "زنبقة ").await, ["قصة طويلة"]);
        assert_eq!(found(&paper, "«قصة طويلة»").await, ["قصة طويلة"]);
    })
    .await;
}

/// Three hundred stories: each subject in each place.
async fn publish_the_test_set(paper: &Paper) -> HashMap<StoryId, (String, String)> {
    let mut known = HashMap::new();
    for subject in SUBJECTS.lines() {
        let [subject, language, headline, standfirst, body] =
            subject.split('\t').collect::<Vec<_>>().try_into().expect("five columns");
        for place in PLACES.lines() {
            let [place, arabic, latin] = place.split('\t').collect::<Vec<_>>().try_into().expect("three columns");
            let headline = headline.replace("{place}", if language == "ar" { arabic } else { latin });
            let mut draft: Draft = paper.draft(&headline);
            draft.text.standfirst = standfirst.into();
            draft.text.body = paragraph(body);
            draft.text.language = StoryLanguage::from_tag(language).expect("a language");
            draft.text.tags = Vec::new();
            known.insert(draft.id, (subject.to_owned(), place.to_owned()));
            paper.publishes_draft(draft).await;
        }
    }
    known
}

#[tokio::test]
async fn nineteen_of_twenty_queries_have_what_was_meant_among_the_first_five() {
    on_both(|paper| async move {
        let known = publish_the_test_set(&paper).await;
        assert_eq!(known.len(), 300);
        let mut missed = Vec::new();
        let queries: Vec<Vec<&str>> = QUERIES.lines().map(|line| line.split('\t').collect()).collect();
        assert!(queries.len() >= 120, "{}", queries.len());
        for query in &queries {
            let page = paper.store.search_stories(&asked(query[0]), None, 5).await.unwrap();
            let is_meant = |id: &StoryId| known[id].0 == query[1] && (query[2] == "*" || known[id].1 == query[2]);
            if !page.stories.iter().any(|story| is_meant(&story.card.id)) {
                let first: Vec<_> = page.stories.iter().map(|story| story.card.face.headline.clone()).collect();
                missed.push((query[0], page.query.typed, first));
            }
        }
        assert!(missed.len() * 20 <= queries.len(), "{} of {}: {missed:#?}", missed.len(), queries.len());
    })
    .await;
}

/// The test set with what a nearness finds beside the words.
#[tokio::test]
async fn what_is_found_by_meaning_as_well_hides_nothing_that_words_find() {
    on_both(|paper| async move {
        let known = publish_the_test_set(&paper).await;
        let encoder = Encoder::from_bytes(std::fs::read(WEIGHTS).unwrap()).unwrap();
        let due = paper.store.stories_to_read("any", 300).await.unwrap();
        assert_eq!(due.len(), 300);
        let words: Vec<&str> = due.iter().map(|story| story.words.as_str()).collect();
        let vectors: Vec<_> = encoder.encode_batch(&words).iter().map(|vector| vector.pack()).collect();
        let mut missed = Vec::new();
        let queries: Vec<Vec<&str>> = QUERIES.lines().map(|line| line.split('\t').collect()).collect();
        for query in &queries {
            let asked = asked(query[0]);
            let mut near = Vec::new();
            if asked.query.is_of_words_alone() {
                let found = scan(&vectors, &encoder.encode(&asked.query.typed).pack(), 50);
                let found = found.into_iter().filter(|near| near.likeness >= FOUND_FROM);
                near.extend(found.map(|near| due[near.place].story));
            }
            let page = paper.store.search_stories_near(&asked, &near, None, 5).await.unwrap();
            let is_meant = |id: &StoryId| known[id].0 == query[1] && (query[2] == "*" || known[id].1 == query[2]);
            if !page.stories.iter().any(|story| is_meant(&story.card.id)) {
                missed.push(query[0]);
            }
        }
        assert!(missed.len() * 20 <= queries.len(), "{} of {}: {missed:#?}", missed.len(), queries.len());
    })
    .await;
}

#[tokio::test]
async fn what_is_near_in_meaning_is_narrowed_like_words_and_follows_what_has_them() {
    on_both(|paper| async move {
        let mut tram = paper.draft("خط الترام يصل إلى المرفأ");
        tram.text.bylines = vec![Byline::new("سامية", None).unwrap()];
        let tram = paper.publishes_draft(tram).await;
        let train = paper.publishes("قطار الضواحي يتأخر").await;
        let bread = paper.publishes("سعر الرغيف").await;
        let draft = paper.draft("مسودة");
        paper.store.keep_draft(&draft, paper.by(), paper.now()).await.unwrap();
        let near = [train.id, draft.id, bread.id, tram.id];
        let found = |asked: Asked| {
            let store = paper.store.clone();
            async move { store.search_stories_near(&asked, &near, None, 10).await.unwrap() }
        };
        let all = found(asked("المرفأ")).await;
        assert_eq!(all.how, How::AsAsked);
        let ids = |found: &FoundStories| {
            found.stories.iter().map(|story| (story.card.id, story.by_meaning)).collect::<Vec<_>>()
        };
        assert_eq!(ids(&all), [(tram.id, false), (train.id, true), (bread.id, true)], "a draft is never found");
        let other = found(asked("مواصلات")).await;
        assert_eq!((other.how, ids(&other).len()), (How::ByMeaning, 3));
        let by = |writer: &str| Narrow { writer: writer.into(), ..Narrow::default() };
        let narrow = found(Asked { narrow: by("سامية"), ..asked("مواصلات") }).await;
        assert_eq!(ids(&narrow), [(tram.id, true)]);
        let later = Narrow { from: Some(paper.now() + SignedDuration::from_hours(48)), ..Narrow::default() };
        assert!(found(Asked { narrow: later, ..asked("مواصلات") }).await.stories.is_empty());
        let first = paper.store.search_stories_near(&asked("المرفأ"), &near, None, 2).await.unwrap();
        let rest = paper.store.search_stories_near(&asked("المرفأ"), &near, first.next, 2).await.unwrap();
        assert_eq!(ids(&rest), [(bread.id, true)], "pages go on where the one before ended");
    })
    .await;
}

/// Each comment and each story an era of its own, where the engine has eras; and as it comes where two write at once, one of four
/// comments with the mark of the era before its own.
const DIVIDED: [&str; 6] = [
    "insert into comment_words_eras (era, first_comment)
     select 1 + row_number() over (order by comment_id), comment_id from comment_words",
    "update comment_words w set words = array_to_tsvector(array['=e' || e.marked, '=a' || e.marked / 16]) || array_to_tsvector(
         array(select word from unnest(tsvector_to_array(w.words)) word where word not like '=%'))
     from (select first_comment, case era % 4 when 0 then era - 1 else era end as marked from comment_words_eras) e
     where e.first_comment = w.comment_id",
    "insert into story_index_eras (era, first_story)
     select 1 + row_number() over (order by story_id), story_id from story_index",
    "delete from story_index",
    "delete from story_fields",
    "insert into story_index_due (story_id) select story_id from stories where state = 'published'",
];

#[tokio::test]
async fn what_came_in_long_ago_is_found_beyond_the_last_eras_and_pages_go_on_through_them() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        for n in 0..12 {
            paper.publishes(&format!("زنبقة {n}")).await;
        }
        let mut public = Vec::new();
        for n in 0..40 {
            let words = if n % 20 == 3 { format!("زنبقة وحديقة {n}") } else { format!("حديقة {n}") };
            public.push(paper.shows(HUDA, story, None, &words).await.0);
        }
        paper.says(KARIM, story, "زنبقة تنتظر في حديقة").await;
        if paper.store.run_for_tests("delete from comment_words_eras where era > 1").await.is_ok() {
            for sql in DIVIDED {
                paper.store.run_for_tests(sql).await.unwrap();
            }
            paper.store.make_old_story_index().await.unwrap();
        }
        public.push(paper.shows(MAYA, story, None, "حديقة جديدة").await.0);
        let find = |words: &'static str, before| {
            let store = paper.store.clone();
            async move {
                let found = store.search_comments(&asked(words), before, 7).await.unwrap();
                (found.comments.into_iter().map(|found| found.entry.id).collect::<Vec<CommentId>>(), found.next)
            }
        };
        assert_eq!(find("زنبقة ", None).await, (vec![public[23], public[3]], None));
        assert_eq!(find("زنب", None).await, (vec![public[23], public[3]], None), "a word begun");
        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let (page, next) = find("حديقة ", before).await;
            seen.extend(page);
            before = next;
            if before.is_none() {
                break;
            }
        }
        public.reverse();
        assert_eq!(seen, public);
        assert_eq!(paper.store.search_stories(&asked("زنبقة "), None, 20).await.unwrap().stories.len(), 12);
        paper.store.rebuild_search().await.unwrap();
        assert_eq!(find("زنبقة ", None).await.0.len(), 2);
        assert_eq!(paper.store.search_stories(&asked("زنبقة "), None, 20).await.unwrap().stories.len(), 12);
    })
    .await;
}
