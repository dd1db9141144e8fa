//! What every handler is handed: the store, the paper's settings, and what the process keeps in memory.

use crate::acting::ActingInForce;
use crate::addresses::Counted;
use crate::aftermath::{AlreadyTold, Quiet};
use crate::api::Windows;
use crate::coming::Coming;
use crate::crowd::Crowd;
use crate::followers::FollowersInForce;
use crate::guard::Pacer;
use crate::learning::LayerInForce;
use crate::likeness::Meaning;
use crate::live::Hub;
use crate::measures::Measures;
use crate::moderation_api::{Callers, Judging};
use crate::networks::Networks;
use crate::organisation::{Fetch, Provider, ProviderSettings};
use crate::page_cache::PageCache;
use crate::paper::{Paper, PaperInForce};
use crate::pictures_desk::Darkroom;
use crate::readings::Readings;
use crate::rulebook::RulesInForce;
use crate::sign_in::Door;
use crate::site::SiteInForce;
use crate::state_desk::ComputerHere;
use crate::toll::Toll;
use crate::traced;
use crate::words::Words;
use moderation::{Facts, Models, Rulebook, Submission, Verdict};
use newsroom::Timestamp;
use newsroom::profile::Language;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use store::{Store, StoreError};

/// Cheap to clone; one process has one, in as many languages as its staff reads.
#[derive(Debug, Clone)]
pub struct App {
    inside: Arc<Inside>,
    /// The paper's memory.
    pub store: Arc<Store>,
    /// The paper's settings, in the language of whoever is answered: the paper's own, or a member's of the staff. They are those of
    /// the time when it was handed out: what goes on for long asks [`App::to_readers`] at each turn.
    pub paper: Arc<Paper>,
}

/// Reached through [`App`] by its fields' names.
#[derive(Debug)]
pub struct Inside {
    /// The paper as its readers have it, as it is now.
    pub printed: PaperInForce,
    /// The rules by which comments are examined, as they are now.
    pub rules: RulesInForce,
    /// The rules that decide by themselves, as they are now.
    pub acting: ActingInForce,
    /// What the engine has learned before it came here: by it other systems' texts are examined.
    pub models: Models,
    /// What this paper's own decisions taught, as it is used now.
    pub own: LayerInForce,
    /// What texts mean, where the program has weights to read them by.
    pub meaning: Meaning,
    /// What stands around every page, as it is now.
    pub site: SiteInForce,
    /// What is sent to followers, as it is now.
    pub followers: FollowersInForce,
    /// Open pages that want to be told.
    pub hub: Hub,
    /// Who is being answered.
    pub crowd: Crowd,
    /// What browsers compute while the paper is under attack.
    pub toll: Toll,
    /// What is counted of its work.
    pub measures: Measures,
    /// Ready pages, by tag.
    pub page_cache: PageCache,
    /// What was read since it was last written down.
    pub readings: Readings,
    /// Addresses of before that were followed, and those that lead nowhere, since they were last written down.
    pub addresses: Counted,
    /// What this process was told already.
    pub told: AlreadyTold,
    /// How far its followers have read.
    pub quiet: Quiet,
    /// One at a time is told to open pages.
    pub telling: tokio::sync::Mutex<()>,
    /// How fast each network address sends.
    pub pacer: Pacer,
    /// The key of now under which networks are noted.
    pub networks: Networks,
    /// How many links by mail each network address asks for.
    pub links: Pacer,
    /// How many pages of other sites each network address is the first to comment on.
    pub new_pages: Pacer,
    /// How fast each network address looks for something.
    pub searches: Pacer,
    /// Other comment systems that ask for verdicts.
    pub callers: Callers,
    /// How often programs of the house have called in this minute.
    pub programs: Windows,
    /// How many of their long texts are read at once.
    pub judging: Judging,
    /// What guards the door of the desk.
    pub door: Door,
    /// The organisation whose accounts open it too.
    pub organisation: Option<Provider>,
    /// Where pictures are decoded.
    pub darkroom: Darkroom,
    /// Files that come in part by part.
    pub coming: Coming,
    /// The machine under this process.
    pub computer: ComputerHere,
    /// Signs visitors' device keys.
    pub visitor_key: [u8; 32],
    /// This process's name among those on the same data; another one at each start.
    pub process: String,
}

impl App {
    /// Wires a process's state around an open store. With a rulebook given, it holds and nobody changes it; without one,
    /// what the desk keeps in the store does. With an organisation given, its accounts may be linked to members of the staff;
    /// it is not asked here.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn new(
        store: Store,
        paper: Paper,
        rulebook: Option<Rulebook>,
        organisation: Option<(ProviderSettings, Arc<dyn Fetch>)>,
    ) -> Result<Self, StoreError> {
        let rules = match rulebook {
            Some(rulebook) => RulesInForce::given(rulebook),
            None => RulesInForce::kept(store.rulebook().await?.as_ref()),
        };
        let acting = ActingInForce::kept(store.acting().await?);
        let (models, own) = (Models::shipped(), LayerInForce::default());
        own.take_up(&store, &models).await?;
        let (site, followers) = (SiteInForce::default(), FollowersInForce::default());
        site.take_up(&store).await?;
        followers.take_up(&store).await?;
        let visitor_key = store.secret("visitor-key").await?;
        let door = Door::new(store.secret("sign-in-key").await?);
        let process = store.id(Timestamp::now()).to_string();
        let pacer = Pacer::new(paper.posts_per_minute);
        let printed = PaperInForce::given(paper);
        printed.take_up(&store).await?;
        let paper = printed.paper();
        let inside = Arc::new(Inside {
            pacer,
            links: Pacer::for_links(),
            new_pages: Pacer::hourly(12),
            searches: Pacer::for_searches(),
            printed,
            rules,
            acting,
            models,
            own,
            meaning: Meaning::default(),
            site,
            followers,
            hub: Hub::default(),
            crowd: Crowd::default(),
            toll: Toll::default(),
            measures: Measures::default(),
            page_cache: PageCache::new(paper.kept_megabytes),
            readings: Readings::default(),
            addresses: Counted::default(),
            told: AlreadyTold::default(),
            quiet: Quiet::default(),
            telling: tokio::sync::Mutex::default(),
            networks: Networks::default(),
            callers: Callers::default(),
            programs: Windows::default(),
            judging: Judging::default(),
            door,
            organisation: organisation.map(|(settings, fetch)| Provider::new(settings, fetch)),
            darkroom: Darkroom::default(),
            coming: Coming::default(),
            computer: ComputerHere::default(),
            visitor_key,
            process,
        });
        Ok(Self { inside, store: Arc::new(store), paper })
    }

    /// The same process, and the same paper, to whoever reads this language.
    pub fn speaking(&self, language: Language) -> Self {
        Self { paper: Arc::new(self.paper.speaking(language)), ..self.clone() }
    }

    /// The same process to the paper's readers: for what they are told, and for papers that leave the house, whoever of the
    /// staff asked for it and in whatever language.
    pub fn to_readers(&self) -> Self {
        Self { paper: self.printed.paper(), ..self.clone() }
    }

    /// The same process for what is shown to everybody: its store reads from a copy of the database, where there is one.
    pub fn for_everybody(&self) -> Self {
        Self { store: Arc::new(self.store.for_readers()), ..self.clone() }
    }

    /// The words of this language, in the paper's digits.
    pub fn words(&self) -> Words {
        Words::new(self.paper.writing.language, self.paper.writing.digits)
    }

    /// The organisation's issuer that is asked now; empty where none is.
    pub fn issuer(&self) -> &str {
        self.organisation.as_ref().map(|provider| provider.settings.issuer.as_str()).unwrap_or_default()
    }

    /// The engine's advice. An engine that fails says so in its verdict; the comment waits and is not lost.
    pub fn examine(&self, submission: &Submission<'_>, facts: &Facts<'_>) -> Verdict {
        self.examine_by(&self.models_here(), submission, facts)
    }

    /// The same for another system's text: by the models as shipped, for what this paper's desk decided is no rule for others.
    pub fn examine_for_others(&self, submission: &Submission<'_>, facts: &Facts<'_>) -> Verdict {
        self.examine_by(&self.models, submission, facts)
    }

    fn examine_by(&self, models: &Models, submission: &Submission<'_>, facts: &Facts<'_>) -> Verdict {
        let (_span, rulebook) = (traced::judging(), self.rulebook_now());
        let examine = || moderation::examine(submission, facts, &rulebook, models);
        catch_unwind(AssertUnwindSafe(examine)).unwrap_or_else(|_| Verdict::unexamined())
    }

    /// The models by which the paper's own comments are examined: those as shipped, and its own layer where one is used.
    pub fn models_here(&self) -> Models {
        self.models.with_own(self.own.layer())
    }

    /// The rules as they hold at this minute of the paper's clock: policies with a beginning or an end hold in between.
    pub fn rulebook_now(&self) -> Rulebook {
        self.rules.rulebook().at(self.minute(self.now()))
    }
}

impl std::ops::Deref for App {
    type Target = Inside;

    fn deref(&self) -> &Inside {
        &self.inside
    }
}
