//! Addresses of those who read, and of the programs by which they do. No logic.

use crate::app::App;
use crate::guard::while_open;
use crate::layout::assets;
use crate::{
    appeals, comments, corrections, embeds, erasures, fediverse, feeds, followers, front, how_we_review, issues,
    listing, live, machines, me, moderation_log, newsletter, pages, push, reader, readings, reports, search, sitemaps,
    story, toll,
};
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

/// What readers open; each page that a person was shown is counted, and servers of the Fediverse are led to the thing that it shows.
pub(super) fn readers(app: &App) -> Router<App> {
    Router::new()
        .route("/", get(front::show))
        .route("/sections/{slug}", get(listing::section))
        .route("/tags/{slug}", get(listing::tag))
        .route("/writers/{slug}", get(listing::writer))
        .route("/archive", get(listing::archive))
        .route("/archive/{month}", get(listing::month))
        .route("/corrections", get(corrections::show))
        .route("/search", get(search::show))
        .route("/issues", get(issues::archive))
        .route("/issues/{issue}", get(issues::show))
        .route("/pages/{slug}", get(pages::show))
        .route(how_we_review::ADDRESS, get(how_we_review::show))
        .route("/stories/{story}", get(story::show))
        .route("/stories/{story}/comments/{number}", get(comments::permalink))
        .route("/moderation-log", get(moderation_log::show))
        .route("/s/{id}", get(story::short))
        .route_layer(from_fn_with_state(app.clone(), readings::count))
        .route_layer(from_fn_with_state(app.clone(), fediverse::lead))
}

/// What readers hand in, which the paper does not take while it is for reading only.
pub(super) fn handing_in(app: &App) -> Router<App> {
    let in_writing = Router::new()
        .route("/stories/{story}/comments", post(comments::post))
        .route("/stories/{story}/own/{comment}/edit", get(comments::edit).post(comments::rewrite))
        .route("/stories/{story}/comments/{number}/report", get(comments::report_form).post(comments::report))
        .route("/reader/link", post(reader::ask))
        .route("/newsletter", get(newsletter::show).post(newsletter::ask))
        .route_layer(from_fn_with_state(app.clone(), toll::ask_first));
    Router::new()
        .merge(in_writing)
        .route("/reader/account", post(reader::join))
        .route("/reader/address", post(reader::ask_address))
        .route("/push", post(push::subscribe))
        .route_layer(from_fn_with_state(app.clone(), while_open))
}

/// What readers hear of what they said, and what is their right at any time.
pub(super) fn commenters() -> Router<App> {
    Router::new()
        .route("/stories/{story}/reply/{number}", get(comments::reply))
        .route("/stories/{story}/own/{comment}/withdrawal", get(comments::withdrawal).post(comments::withdraw))
        .route("/stories/{story}/live", get(live::story))
        .route("/live", get(live::paper))
        .route("/me", get(me::show))
        .route("/me/data.json", get(me::data))
        .route("/me/erasure", get(erasures::ask).post(erasures::erase))
        .route("/me/{comment}", get(me::show_one))
        .route("/me/{comment}/erasure", get(erasures::ask_one).post(erasures::erase_one))
        .route("/erasures/{erasure}", get(erasures::status))
        .route("/me/{comment}/appeal", get(appeals::appeal_form).post(appeals::appeal))
        .route("/reports/{receipt}", get(reports::status))
        .route("/reports/{receipt}/complaint", get(appeals::complaint).post(appeals::complain))
        .route("/flaggers/{key}", get(reports::ask).post(reports::enter))
}

/// What browsers and other programs fetch.
pub(super) fn for_machines() -> Router<App> {
    Router::new()
        .route("/assets/{*path}", get(assets::show))
        .route("/pictures/{name}", get(machines::picture))
        .route("/issues/{issue}/issue.pdf", get(issues::pdf))
        .route("/issues/{issue}/first-page/{page}", get(issues::first_page))
        .route("/icon.svg", get(machines::icon))
        .route("/icon.png", get(machines::sign))
        .route("/favicon.ico", get(machines::favicon))
        .route("/manifest.webmanifest", get(machines::manifest))
        .route("/robots.txt", get(machines::robots))
        .route("/sitemap.xml", get(sitemaps::index))
        .route("/sitemap-{list}", get(sitemaps::part))
        .route("/toll", get(toll::ask))
        .route("/health", get(machines::alive))
        .route("/healthz", get(machines::health))
        .route("/ready", get(machines::health))
        .route("/push/worker.js", get(push::worker))
        .route("/indexnow-{keyfile}", get(followers::key_file))
        .route("/embed.js", get(embeds::script))
        .route("/embed.css", get(embeds::css))
        .merge(feeds())
}

/// What programs ask for that readers follow the paper with.
fn feeds() -> Router<App> {
    Router::new()
        .route("/feed", get(feeds::usual))
        .route("/feed/{format}", get(feeds::paper))
        .route("/sections/{slug}/feed/{format}", get(feeds::section))
        .route("/tags/{slug}/feed/{format}", get(feeds::tag))
        .route("/writers/{slug}/feed/{format}", get(feeds::writer))
        .route("/stories/{story}/comments/feed/{format}", get(feeds::talk_of_story))
        .route("/comments/feed/{format}", get(feeds::talk))
        .route("/corrections/feed/{format}", get(feeds::corrections))
}

/// What readers with an account do.
pub(super) fn accounts() -> Router<App> {
    Router::new()
        .route("/reader", get(reader::show))
        .route("/reader/link/{link}", get(reader::open).post(reader::enter))
        .route("/reader/passkey", post(reader::by_passkey))
        .route("/reader/profile", post(reader::keep))
        .route("/reader/address/removal", post(reader::drop_address))
        .route("/reader/passkeys", post(reader::add_passkey))
        .route("/reader/passkeys/{own}/removal", post(reader::remove_passkey))
        .route("/reader/sessions/{place}/end", post(reader::end_one))
        .route("/reader/sessions/end", post(reader::end_all))
        .route("/reader/sign-out", post(reader::leave))
}

/// What readers do who want to hear of the paper without coming by.
pub(super) fn followers() -> Router<App> {
    Router::new()
        .route("/newsletter/confirm/{token}", get(newsletter::confirm_form).post(newsletter::confirm))
        .route("/newsletter/mine/{mine}", get(newsletter::show_mine).post(newsletter::keep_mine))
        .route("/newsletter/leave/{leave}/return", post(newsletter::come_back))
        .route("/push/key", get(push::key))
        .route("/push/removal", post(push::remove))
}
