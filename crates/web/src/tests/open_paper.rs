//! For tests: a small newspaper on a real store in a folder of its own, and readers who ask it for pages.

use crate::app::App;
use crate::organisation::{Fetch, ProviderSettings};
use crate::page_cache::{Declared, Tag};
use crate::paper::Paper;
use crate::speaking::router;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use newsroom::body::{Picture, read_text_form};
use newsroom::byline::Byline;
use newsroom::people::Actor;
use newsroom::section::{Section, Tag as StoryTag};
use newsroom::story::{Draft, Published, StoryText};
use newsroom::{SectionId, StoryId, Timestamp};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use store::{Place, Store};
use tower::ServiceExt;

/// «المرفأ», with two sections and what a test publishes in it.
pub struct OpenPaper {
    /// The process's state.
    pub app: App,
    /// Where its data are.
    pub folder: PathBuf,
    /// Made when somebody asks first.
    router: OnceLock<Router>,
}

/// The shipped rules without the learned heads: what a page shows must not hang on weights that change with training.
fn rules() -> Option<moderation::Rulebook> {
    Some(moderation::Rulebook::parse("[phases]\nlikely = false").expect("a rulebook"))
}

fn new_folder() -> PathBuf {
    let mut name = [0_u8; 8];
    getrandom::fill(&mut name).expect("randomness");
    std::env::temp_dir().join(format!("midad-web-{}", u64::from_le_bytes(name)))
}

/// What the browser of a person says of itself.
pub const PERSON: (&str, &str) =
    ("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0");

/// What a reader got.
#[derive(Debug)]
pub struct Got {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub text: String,
    /// What the page declared that it shows.
    pub tags: Vec<Tag>,
}

impl OpenPaper {
    /// Opens a new paper with two sections, «المدينة» and «الثقافة», and no story.
    pub async fn open() -> Self {
        Self::open_as(Paper {
            name: "المرفأ".into(), tagline: "جريدة الساحل".into(), ..Paper::default()
        })
        .await
    }

    /// The same under other settings.
    pub async fn open_as(paper: Paper) -> Self {
        Self::open_under(paper, rules()).await
    }

    /// The same with ready pages. Without, as all others: tests write behind the program's back, and see what they wrote.
    pub async fn open_keeping(paper: Paper) -> Self {
        let rules = rules();
        Self::wired(Paper { kept_megabytes: 16, ..paper }, rules, None).await
    }

    /// A paper whose rules are kept by its desk.
    pub async fn open_with_own_rules() -> Self {
        Self::open_under(Paper { name: "المرفأ".into(), ..Paper::default() }, None).await
    }

    /// Under settings, and rules of a file or the paper's own.
    pub async fn open_under(paper: Paper, rules: Option<moderation::Rulebook>) -> Self {
        Self::open_beside(paper, rules, None).await
    }

    /// The same, where an organisation's accounts open the desk.
    pub async fn open_beside(
        paper: Paper,
        rules: Option<moderation::Rulebook>,
        organisation: Option<(ProviderSettings, Arc<dyn Fetch>)>,
    ) -> Self {
        Self::wired(Paper { kept_megabytes: 0, ..paper }, rules, organisation).await
    }

    async fn wired(
        paper: Paper,
        rules: Option<moderation::Rulebook>,
        organisation: Option<(ProviderSettings, Arc<dyn Fetch>)>,
    ) -> Self {
        let folder = new_folder();
        let store = Store::open(&Place::Folder(folder.clone())).await.expect("an open store");
        for (position, (slug, name)) in [(1, ("city", "المدينة")), (2, ("culture", "الثقافة"))] {
            let section = Section { id: SectionId(position), slug: slug.into(), name: name.into(), position };
            store.keep_section(&section).await.expect("a kept section");
        }
        let app = App::new(store, paper, rules, organisation).await.expect("a wired app");
        Self { app, folder, router: OnceLock::new() }
    }

    /// The same paper as it stands now, in a folder of its own: what happens in one happens in no other.
    pub async fn copied(&self, organisation: Option<(ProviderSettings, Arc<dyn Fetch>)>) -> Self {
        let folder = new_folder();
        std::fs::create_dir_all(&folder).expect("a folder");
        // Nobody writes meanwhile: the file and its log belong together.
        for name in ["midad.db", "midad.db-wal"] {
            std::fs::copy(self.folder.join(name), folder.join(name)).expect("a copy");
        }
        let store = Store::open(&Place::Folder(folder.clone())).await.expect("an open store");
        let app = App::new(store, (*self.app.paper).clone(), None, organisation).await.expect("a wired app");
        Self { app, folder, router: OnceLock::new() }
    }

    /// A draft with a headline, in «المدينة», that lacks nothing.
    pub fn draft(&self, headline: &str) -> Draft {
        let now = self.app.now();
        let text = StoryText {
            headline: headline.to_owned(),
            body: read_text_form("وصل الترام إلى المرفأ صباح اليوم.").0,
            section: Some(SectionId(1)),
            ..StoryText::default()
        };
        Draft { id: StoryId(self.app.store.id(now)), text, comments: Default::default(), begun_at: now }
    }

    /// Publishes a story under a headline, an hour ago plus its turn in seconds.
    pub async fn publishes(&self, headline: &str) -> Published {
        self.publishes_draft(self.draft(headline), self.app.now()).await
    }

    /// Publishes a draft at a time.
    pub async fn publishes_draft(&self, draft: Draft, at: Timestamp) -> Published {
        self.app.store.keep_draft(&draft, Actor::Program, at).await.expect("a kept draft");
        let published = draft.publish(at).expect("a draft that lacks nothing");
        self.app.store.publish(&published, Actor::Program, "", at).await.expect("a published story").0
    }

    /// A story with everything a story can have.
    pub async fn publishes_everything(&self) -> Published {
        let mut draft = self.draft("خط الترام يصل إلى المرفأ");
        draft.text.kicker = "النقل العام".into();
        draft.text.standfirst = "اكتمل مدّ القضبان بين الجامعة والرصيف.".into();
        draft.text.dateline = "مرسى الياسمين".into();
        draft.text.lead = Some(Picture {
            file: "tram.png".into(),
            alt: "عربة ترام بيضاء".into(),
            caption: Some("أول عربة".into()),
            credit: Some("سامي الدرّاز".into()),
            size: (1200, 800),
            ..Default::default()
        });
        draft.text.bylines = vec![Byline::new("هدى السالمي", Some("صدى الساحل")).expect("a byline")];
        draft.text.tags = vec![StoryTag { slug: "نقل-عام".into(), name: "نقل عام".into() }];
        self.publishes_draft(draft, self.app.now()).await
    }

    /// A reader asks for a page.
    pub async fn get(&self, path: &str) -> Got {
        self.send(Request::get(path).header(PERSON.0, PERSON.1).body(Body::empty()).expect("a request")).await
    }

    fn router(&self) -> Router {
        self.router.get_or_init(|| router(self.app.clone())).clone()
    }

    /// Any request.
    pub async fn send(&self, request: Request<Body>) -> Got {
        let response = self.router().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
        let tags = parts.extensions.get::<Declared>().map(|declared| declared.0.clone()).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Got { status: parts.status, headers: parts.headers, text, tags }
    }

    /// Any request; the body of the answer is dropped as it begins.
    pub async fn send_unread(&self, request: Request<Body>) -> Got {
        let response = self.router().oneshot(request).await.expect("an answer");
        let (parts, _) = response.into_parts();
        Got { status: parts.status, headers: parts.headers, text: String::new(), tags: Vec::new() }
    }
}

impl Drop for OpenPaper {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Got {
    /// A header's value; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The texts stand on the page one after the other.
    pub fn assert_order(&self, texts: &[&str]) {
        let mut from = 0;
        for text in texts {
            let at = self.text[from..].find(text);
            from += at.unwrap_or_else(|| panic!("{text:?} does not follow on the page:\n{}", &self.text[from..]))
                + text.len();
        }
    }
}

/// A tag's story.
pub fn of_story(story: &Published) -> Tag {
    Tag::Story(story.id)
}
