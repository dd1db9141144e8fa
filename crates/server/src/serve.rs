//! Serving the paper.

use crate::backup;
use crate::computer::Here;
use crate::followers;
use crate::lines;
use crate::mail;
use crate::measures;
use crate::notices;
use crate::pages;
use crate::settings::Settings;
use crate::upkeep::print;
use anyhow::{Context, Result};
use newsroom::Timestamp;
use newsroom::people::Role;
use std::future::Future;
use store::Store;
use tokio::task::JoinHandle;
use web::{App, Entrance, Words};

/// Hours for which a sign-in link is good.
const LINK_HOURS: i64 = 24;

/// Serves until it is told to stop.
pub async fn run(settings: &Settings, t: &Words) -> Result<()> {
    let store = open(settings, t).await?;
    let (paper, rulebook) = (settings.paper(t)?, settings.rulebook_file(t)?);
    let app = App::new(store, paper, rulebook, settings.organisation(t)?).await?;
    pages::put_first(&app, Timestamp::now()).await?;
    let mut lines = Vec::new();
    if app.store.staff().await?.is_empty() {
        let owner = app.store.add_staff(&first_owner(&app), Role::Owner, Timestamp::now()).await?;
        let link = web::make_sign_in_link(&app, owner.id, LINK_HOURS).await?;
        lines.push(t.s("cli.first-start"));
        lines.push(format!("{}{link}", app.paper.address));
    }
    if app.store.sections().await?.is_empty() {
        lines.push(t.s("cli.no-sections"));
    }
    listen(settings, app, t, &lines).await
}

/// The first owner is called by the office, in the paper's language, whoever's terminal it is.
fn first_owner(app: &App) -> String {
    Words::new(app.paper.writing.language, app.paper.writing.digits).s("cli.first-owner")
}

/// Opens the data, or says in a person's words why not. What is measured from here on is kept, where that is asked for.
pub async fn open(settings: &Settings, t: &Words) -> Result<Store> {
    if settings.metrics(t)?.is_some() {
        measures::install()?;
    }
    let slow_beyond = settings.slow_beyond(t)?;
    let store = Store::open(&settings.place()).await.with_context(|| t.s("cli.no-data"))?;
    store.tell_slower_than(slow_beyond);
    let store = match settings.replica() {
        Some(address) => store.with_replica(address).await.with_context(|| t.s("cli.no-replica"))?,
        None => store,
    };
    settings.with_pictures(store, t).await
}

/// Binds, says where, and serves. `lines` are said once the paper answers.
pub async fn listen(settings: &Settings, app: App, t: &Words, lines: &[String]) -> Result<()> {
    let address = settings.listen(t)?;
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| t.with("cli.no-listen", 1, &[("address", &address.to_string())]))?;
    let here = listener.local_addr()?;
    let served = settings.lines(listener, &app, t).await?;
    app.darkroom.give_to(crate::worker::ask);
    app.computer.is(std::sync::Arc::new(Here::of(settings, t)?));
    if let Some(atlas) = settings.atlas(t)? {
        app.readings.look_up_countries_in(Box::new(atlas));
    }
    if settings.meaning(t)? {
        app.meaning.open_with(crate::meaning::WEIGHTS);
    }
    let store = Store::clone(&app.store);
    hear_of_a_clock_set_back(&store).await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let told = |mut asked: tokio::sync::watch::Receiver<bool>| async move { drop(asked.wait_for(|stop| *stop).await) };
    let clockwork = tokio::spawn(web::clockwork::run(app.clone(), told(stopped.clone())));
    let mail = settings.post(t)?.map(|post| tokio::spawn(mail::run(app.clone(), post, told(stopped.clone()))));
    let notices = tokio::spawn(notices::run(app.clone(), settings.carriers(t)?, told(stopped.clone())));
    let backups =
        settings.backup_plan(t)?.map(|plan| tokio::spawn(backup::timed::run(app.clone(), plan, told(stopped.clone()))));
    let followed = follow(settings, &store, told(stopped.clone()), t).await?;
    let telling = tokio::spawn(followers::run(app.clone(), settings.senders(t)?, told(stopped.clone())));
    let telling_measures = tell_measures(settings, &app, t).await?;
    let told_to_stop = told_to_stop(stop);
    // As it is, without direction marks around it: it will be copied.
    print(&format!("{} {}://{here}", t.s("cli.ready"), settings.scheme()));
    if settings.asks_a_certifier() && settings.certificate_file().is_some_and(|file| !file.exists()) {
        print(&t.s("cli.certificate-to-come"));
    }
    lines.iter().for_each(|line| print(line));
    print(&t.s("cli.stop-hint"));
    let serving = lines::serve(served, Entrance::new(app), told_to_stop);
    // Open streams never end by themselves; a stop waits this long for what is being answered.
    let mut stopped = stopped;
    let patience = async move {
        let _ = stopped.wait_for(|stop| *stop).await;
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    };
    tokio::select! {
        () = serving => {}
        () = patience => {}
    }
    let _ = tokio::time::timeout(std::time::Duration::from_secs(3), clockwork).await;
    let _ = tokio::time::timeout(std::time::Duration::from_secs(3), notices).await;
    let _ = tokio::time::timeout(std::time::Duration::from_secs(3), telling).await;
    for asked in [mail, backups, followed].into_iter().flatten() {
        let _ = tokio::time::timeout(std::time::Duration::from_secs(3), asked).await;
    }
    telling_measures.into_iter().for_each(|telling| telling.abort());
    store.close().await;
    Ok(())
}

/// What was taken until a time that now lies far ahead is free again. A paper that can only be read is read all the same.
async fn hear_of_a_clock_set_back(store: &Store) {
    match store.let_go_of_later_times(Timestamp::now()).await {
        Ok(false) => {}
        Ok(true) => tracing::warn!("the clock stands before what was written last; it was set back, or is wrong"),
        Err(error) => tracing::warn!(%error, "what a later clock has taken could not be let go of"),
    }
}

/// The log of writes is kept beside the backups, where that is wished; where it is not any more it is emptied as usual.
async fn follow(
    settings: &Settings,
    store: &Store,
    stop: impl Future<Output = ()> + Send + 'static,
    t: &Words,
) -> Result<Option<JoinHandle<()>>> {
    let Some(following) = settings.followed(t)? else {
        store.end_log().await?;
        return Ok(None);
    };
    Ok(Some(tokio::spawn(backup::followed::run(store.clone(), following, stop))))
}

/// What is measured is told at an address of its own, where one is set.
async fn tell_measures(settings: &Settings, app: &App, t: &Words) -> Result<Option<JoinHandle<()>>> {
    let Some(address) = settings.metrics(t)? else { return Ok(None) };
    let bound = tokio::net::TcpListener::bind(address).await;
    let listener = bound.with_context(|| t.with("cli.no-listen", 1, &[("address", &address.to_string())]))?;
    Ok(Some(tokio::spawn(measures::tell(listener, app.clone(), measures::install()?))))
}

/// Hears Ctrl-C and SIGTERM from this moment on, and tells everybody once one of them came.
fn told_to_stop(stop: tokio::sync::watch::Sender<bool>) -> impl Future<Output = ()> {
    #[cfg(unix)]
    let asked = {
        use tokio::signal::unix::{SignalKind, signal};
        let (terminate, interrupt) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
        async move {
            tokio::select! {
                () = heard(terminate) => {}
                () = heard(interrupt) => {}
            }
        }
    };
    #[cfg(not(unix))]
    let asked = async { drop(tokio::signal::ctrl_c().await) };
    async move {
        asked.await;
        // Nobody listens any more when everything has stopped already.
        let _ = stop.send(true);
    }
}

/// A signal that the system does not let us hear never comes.
#[cfg(unix)]
async fn heard(signal: std::io::Result<tokio::signal::unix::Signal>) {
    match signal {
        Ok(mut signal) => drop(signal.recv().await),
        Err(_) => std::future::pending().await,
    }
}
