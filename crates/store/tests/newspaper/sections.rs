//! The masthead, changed by editors.

use crate::paper::{Paper, on_both};
use newsroom::SectionId;
use newsroom::section::{NewSection, SectionName, SectionProblem};
use store::listings::List;
use store::sections::Changed;

fn new(slug: &str, name: &str, place: Option<u32>) -> NewSection {
    NewSection::new(Some(slug), name, place).expect("a section without mistakes")
}

async fn adds(paper: &Paper, section: &NewSection) -> Changed {
    paper.store.add_section(section, paper.by(), paper.now()).await.unwrap()
}

async fn masthead(paper: &Paper) -> Vec<String> {
    let sections = paper.store.sections().await.unwrap();
    assert!((1..).zip(&sections).all(|(place, section)| section.position == place), "{sections:?}");
    sections.into_iter().map(|section| section.slug).collect()
}

#[tokio::test]
async fn a_section_is_added_once_at_its_place() {
    on_both(|paper| async move {
        assert!(matches!(adds(&paper, &new("sport", "الرياضة", Some(1))).await, Changed::Done(_)));
        assert!(matches!(adds(&paper, &new("opinion", "الرأي", None)).await, Changed::Done(_)));
        assert_eq!(masthead(&paper).await, ["sport", "المدينة", "الثقافة", "opinion"]);
        assert_eq!(adds(&paper, &new("sport", "الرياضة", None)).await, Changed::AsItWas);
        assert_eq!(adds(&paper, &new("sport", "الرياضة", Some(1))).await, Changed::AsItWas);
        assert!(matches!(adds(&paper, &new("sport", "الرياضة", Some(9))).await, Changed::Done(_)));
        assert_eq!(masthead(&paper).await, ["المدينة", "الثقافة", "opinion", "sport"]);
        let taken = adds(&paper, &new("sport", "الملاعب", None)).await;
        assert_eq!(taken, Changed::Refused(SectionProblem::SlugTaken("الرياضة".into())));
        let taken = adds(&paper, &new("stadium", "الرياضة", None)).await;
        assert_eq!(taken, Changed::Refused(SectionProblem::NameTaken("sport".into())));
        assert_eq!(paper.happened().await, ["staff-added", "section-added", "section-added", "section-moved"]);
    })
    .await;
}

#[tokio::test]
async fn a_renamed_section_is_called_so_on_every_kept_card_and_keeps_its_address() {
    on_both(|paper| async move {
        let sly = "خبر يذكر \"section\":[\"المدينة\",\"المدينة\"] في عنوانه";
        paper.publishes(sly).await;
        let mut elsewhere = paper.draft("خبر ثقافي");
        elsewhere.text.section = Some(SectionId(2));
        paper.publishes_draft(elsewhere).await;
        let draft = paper.draft("مسودة");
        paper.store.keep_draft(&draft, paper.by(), paper.now()).await.unwrap();
        let name = SectionName::new("أخبار \"المدينة\"").unwrap();
        let renamed = paper.store.rename_section(SectionId(1), &name, paper.by(), paper.now()).await.unwrap();
        assert!(matches!(renamed, Changed::Done(_)), "{renamed:?}");
        let card = paper.store.list(&List::Section("المدينة".into()), None, 9).await.unwrap().remove(0);
        assert_eq!(card.face.section, Some(("المدينة".into(), "أخبار \"المدينة\"".into())));
        assert_eq!(card.face.headline, sly, "the words of a story are its own");
        let other = paper.store.list(&List::Section("الثقافة".into()), None, 9).await.unwrap().remove(0);
        assert_eq!(other.face.section, Some(("الثقافة".into(), "الثقافة".into())));
        let rows = paper.store.table_rows("stories", None, 9).await.unwrap();
        let draft = rows.iter().find(|row| row["state"] == "draft").unwrap();
        assert!(draft["card"].as_str().unwrap().contains("أخبار"), "{draft:?}");
        let again = paper.store.rename_section(SectionId(1), &name, paper.by(), paper.now()).await.unwrap();
        assert_eq!(again, Changed::AsItWas);
        let taken = paper.store.rename_section(SectionId(2), &name, paper.by(), paper.now()).await.unwrap();
        assert_eq!(taken, Changed::Refused(SectionProblem::NameTaken("المدينة".into())));
        let nobody = paper.store.rename_section(SectionId(9), &name, paper.by(), paper.now()).await;
        assert_eq!(nobody, Err(store::StoreError::NotFound));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_section_moves_and_never_falls_off_the_masthead() {
    on_both(|paper| async move {
        let moves = |place| paper.store.move_section(SectionId(2), place, paper.by(), paper.now());
        assert!(matches!(moves(1).await.unwrap(), Changed::Done(_)));
        assert_eq!(masthead(&paper).await, ["الثقافة", "المدينة"]);
        assert_eq!(moves(0).await.unwrap(), Changed::AsItWas);
        assert!(matches!(moves(u32::MAX).await.unwrap(), Changed::Done(_)));
        assert_eq!(masthead(&paper).await, ["المدينة", "الثقافة"]);
    })
    .await;
}

#[tokio::test]
async fn a_section_with_stories_in_whatever_state_is_not_removed() {
    on_both(|paper| async move {
        let published = paper.publishes("خبر منشور").await;
        let mut draft = paper.draft("مسودة");
        draft.text.section = Some(SectionId(2));
        paper.store.keep_draft(&draft, paper.by(), paper.now()).await.unwrap();
        adds(&paper, &new("المدينة-القديمة", "المدينة القديمة", Some(1))).await;
        let lines = paper.store.section_lines().await.unwrap();
        assert_eq!(lines.iter().map(|(_, has_stories)| *has_stories).collect::<Vec<_>>(), [false, true, false]);
        let removes = |id| paper.store.remove_section(id, paper.by(), paper.now());
        assert_eq!(removes(SectionId(1)).await.unwrap(), Changed::Refused(SectionProblem::HasStories(1)));
        assert_eq!(removes(SectionId(2)).await.unwrap(), Changed::Refused(SectionProblem::HasStories(1)));
        let at = paper.now();
        paper.store.withdraw(&published.withdraw("", at), paper.by(), "").await.unwrap();
        assert_eq!(removes(SectionId(1)).await.unwrap(), Changed::Refused(SectionProblem::HasStories(1)));
        assert!(matches!(removes(lines[0].0.id).await.unwrap(), Changed::Done(_)));
        assert_eq!(masthead(&paper).await, ["المدينة", "الثقافة"]);
        assert_eq!(paper.happened().await.last(), Some(&"section-removed"));
    })
    .await;
}

#[tokio::test]
async fn a_story_that_goes_public_while_its_section_is_renamed_has_the_new_name() {
    on_both(|paper| async move {
        for n in 0..12 {
            let (name, headline) = (SectionName::new(&format!("اسم {n}")).unwrap(), format!("خبر {n}"));
            let rename = paper.store.rename_section(SectionId(1), &name, paper.by(), paper.now());
            let (renamed, _) = tokio::join!(rename, paper.publishes(&headline));
            assert!(matches!(renamed, Ok(Changed::Done(_))), "{renamed:?}");
            for card in paper.store.list(&List::Section("المدينة".into()), None, 20).await.unwrap() {
                assert_eq!(card.face.section, Some(("المدينة".into(), name.as_str().into())), "{}", card.face.headline);
            }
        }
    })
    .await;
}
