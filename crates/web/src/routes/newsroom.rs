//! Addresses of the newsroom: stories on the desk and as they are written, and the library of pictures.

use crate::app::App;
use crate::coming::MOST_PART;
use crate::site;
use crate::{
    breaking, channels, coverage, desk_notices, editor, embeds_desk, fediverse_desk, front_desk, issues_desk,
    newsletter, newsroom_desk, pictures_desk, statistics,
};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use tower_http::limit::RequestBodyLimitLayer;

/// The most that is taken of a story, in bytes: a hundred thousand words and their form.
const MOST_WRITTEN: usize = 2 * 1024 * 1024;
/// The same of a form with pictures: four of the largest, or more smaller ones.
const MOST_PICTURES: usize = 4 * darkroom::MOST_BYTES + 64 * 1024;

/// The same of a printed issue: more than is kept, so that whoever sends too much is told in words.
const MOST_PRINTED: usize = 4 * darkroom::MOST_PDF_BYTES;
/// The same of style rules, in which every sign may be written as three.
const MOST_HOUSE: usize = 3 * newsroom::site::MOST_CSS_BYTES + 64 * 1024;

/// Stories on the desk.
pub(super) fn stories() -> Router<App> {
    Router::new()
        .route("/desk/stories", get(newsroom_desk::stories).post(editor::begin))
        .route("/desk/stories/{id}/edit", get(editor::show))
        .route("/desk/stories/{id}/presence", post(editor::presence))
        .route("/desk/stories/{id}/revisions", get(editor::list))
        .route("/desk/stories/{id}/revisions/{revision}", get(editor::revision))
        .route("/desk/stories/{id}/revisions/{revision}/restoration", post(editor::restore))
        .route("/desk/stories/{id}", get(newsroom_desk::preview))
        .route("/desk/stories/{id}/publication", post(newsroom_desk::publish))
        .route("/desk/stories/{id}/changes", post(newsroom_desk::change))
        .route("/desk/stories/{id}/changes/removal", post(newsroom_desk::drop_changes))
        .route("/desk/stories/{id}/stage", post(newsroom_desk::set_stage))
        .route("/desk/stories/{id}/taking", post(newsroom_desk::take))
        .route("/desk/stories/{id}/assignment", post(newsroom_desk::assign))
        .route("/desk/stories/{id}/time", post(newsroom_desk::set_time))
        .route("/desk/stories/{id}/hold", post(newsroom_desk::hold))
        .route("/desk/stories/{id}/hold/lifting", post(newsroom_desk::lift_hold))
        .route("/desk/stories/{id}/checks", post(newsroom_desk::tick))
        .route("/desk/stories/{id}/notes", post(newsroom_desk::add_note))
        .route("/desk/stories/{id}/notes/{note}/answers", post(newsroom_desk::answer_note))
        .route("/desk/stories/{id}/notes/{note}/settlement", post(newsroom_desk::settle_note))
        .route("/desk/ideas", get(newsroom_desk::new_idea).post(newsroom_desk::keep_idea))
        .route("/desk/plan", get(newsroom_desk::day_plan))
        .route("/desk/checklist", get(newsroom_desk::show_checklist).post(newsroom_desk::keep_checklist))
        .route("/desk/stories/{id}/withdrawal", post(newsroom_desk::withdraw))
        .route("/desk/stories/{id}/comment-policy", post(newsroom_desk::set_comment_policy))
        .route("/desk/stories/{id}/lead", post(newsroom_desk::lead))
}

/// The front page as it is laid out.
pub(super) fn front_page() -> Router<App> {
    Router::new()
        .route("/desk/front", get(front_desk::show).post(front_desk::change))
        .route("/desk/front/slots/{row}/{slot}", get(front_desk::slot).post(front_desk::pin))
        .route("/desk/front/draft/undo", post(front_desk::undo))
        .route("/desk/front/draft/redo", post(front_desk::redo))
        .route("/desk/front/draft/removal", post(front_desk::drop_draft))
        .route("/desk/front/look", get(front_desk::look))
        .route("/desk/front/preview", get(front_desk::preview))
        .route("/desk/front/launches", get(front_desk::launches).post(front_desk::launch))
        .route("/desk/front/launches/{launch}/again", post(front_desk::launch_again))
        .route("/desk/front/launches/{launch}/draft", post(front_desk::into_draft))
        .route("/desk/front/launches/{launch}/calling-off", post(front_desk::call_off))
}

/// How often the paper is read.
pub(super) fn statistics() -> Router<App> {
    Router::new()
        .route("/desk/statistics", get(statistics::show))
        .route("/desk/statistics/{table}", get(statistics::table))
}

/// Breaking news.
pub(super) fn breaking_news() -> Router<App> {
    Router::new()
        .route("/desk/breaking", get(breaking::show).post(breaking::raise))
        .route("/desk/breaking/{strip}/end", post(breaking::end))
}

/// Live coverage of stories.
pub(super) fn live_coverage() -> Router<App> {
    Router::new()
        .route("/desk/stories/{id}/live", get(coverage::show).post(coverage::begin))
        .route("/desk/stories/{id}/live/prolongation", post(coverage::prolong))
        .route("/desk/stories/{id}/live/end", post(coverage::end))
        .route("/desk/stories/{id}/live/entries", post(coverage::write))
        .route("/desk/stories/{id}/live/entries/{entry}", get(coverage::edit).post(coverage::change))
        .route("/desk/stories/{id}/live/entries/{entry}/removal", post(coverage::remove))
}

/// What colleagues are told, each by choice.
pub(super) fn notices() -> Router<App> {
    Router::new()
        .route("/desk/me/notices", get(desk_notices::show).post(desk_notices::keep))
        .route("/desk/me/notices/mail", post(desk_notices::ask_mail))
        .route("/desk/me/notices/hook", post(desk_notices::set_hook))
        .route("/desk/me/notices/telegram", post(desk_notices::ask_chat))
        .route("/desk/me/notices/telegram/code", post(desk_notices::confirm_chat))
        .route("/desk/me/notices/address/{token}", get(desk_notices::confirm_form).post(desk_notices::confirm))
        .route("/desk/me/notices/ways/{way}/trial", post(desk_notices::send_trial))
        .route("/desk/me/notices/ways/{way}/removal", post(desk_notices::remove))
}

/// What goes to those who follow the paper.
pub(super) fn followers() -> Router<App> {
    Router::new()
        .route("/desk/newsletter", get(newsletter::show_desk).post(newsletter::keep_settings))
        .route("/desk/newsletter/preview", get(newsletter::preview))
        .route("/desk/newsletter/preview.txt", get(newsletter::preview_text))
        .route("/desk/newsletter/trial", post(newsletter::send_trial))
        .route("/desk/channels", get(channels::show).post(channels::add))
        .route("/desk/channels/machines", post(channels::keep_machines))
        .route("/desk/channels/push", post(channels::keep_push))
        .route("/desk/channels/{channel}", get(channels::show_one).post(channels::keep_wish))
        .route("/desk/channels/{channel}/stop", post(channels::stop))
        .route("/desk/channels/{channel}/resumption", post(channels::resume))
        .route("/desk/channels/{channel}/removal", post(channels::remove))
        .route("/desk/channels/{channel}/deliveries/{delivery}/again", post(channels::again))
        .route("/desk/fediverse", get(fediverse_desk::show).post(fediverse_desk::keep))
        .route("/desk/fediverse/blocks", post(fediverse_desk::block))
        .route("/desk/fediverse/blocks/removal", post(fediverse_desk::unblock))
}

/// Other sites, under whose pages readers talk here.
pub(super) fn other_sites() -> Router<App> {
    Router::new()
        .route("/desk/embeds", get(embeds_desk::list).post(embeds_desk::add))
        .route("/desk/embeds/{site}", get(embeds_desk::one).post(embeds_desk::change))
        .route("/desk/embeds/{site}/closing", post(embeds_desk::close))
        .route("/desk/embeds/{site}/keys", post(embeds_desk::add_key))
        .route("/desk/embeds/{site}/keys/removal", post(embeds_desk::remove_key))
}

/// Printed issues.
pub(super) fn printed_issues() -> Router<App> {
    Router::new()
        .route("/desk/issues/{id}", get(issues_desk::show).post(issues_desk::correct))
        .route("/desk/issues/{id}/publication", post(issues_desk::publish))
        .route("/desk/issues/{id}/withdrawal", post(issues_desk::withdraw))
}

/// Their files.
pub(super) fn printed_files() -> Router<App> {
    Router::new()
        .route("/desk/issues", get(issues_desk::list).post(issues_desk::add))
        .route("/desk/issues/{id}/file", post(issues_desk::replace))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(MOST_PRINTED))
}

/// Stories as they are written: longer than any other form without a file.
pub(super) fn writing() -> Router<App> {
    Router::new()
        .route("/desk/stories/{id}/text", post(editor::keep))
        .route("/desk/stories/{id}/autosave", post(editor::autosave))
        .route("/desk/typography", post(editor::lint))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(MOST_WRITTEN))
}

/// The library of pictures, whose form with files is larger than any other.
pub(super) fn pictures() -> Router<App> {
    Router::new()
        .route("/desk/pictures", get(pictures_desk::library).post(pictures_desk::upload))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(MOST_PICTURES))
        .merge(parts())
        .merge(of_pictures())
}

/// One picture, or the file of one issue, part by part.
fn parts() -> Router<App> {
    Router::new()
        .route("/desk/pictures/parts", post(pictures_desk::begin))
        .route("/desk/pictures/parts/{part}", post(pictures_desk::add))
        .route("/desk/pictures/parts/{part}/removal", post(pictures_desk::leave))
        .route("/desk/issues/parts", post(issues_desk::begin_parts))
        .route("/desk/issues/parts/{part}", post(issues_desk::add_part))
        .route("/desk/issues/parts/{part}/removal", post(issues_desk::leave_parts))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(MOST_PART))
}

/// What is said and done about one.
fn of_pictures() -> Router<App> {
    Router::new()
        .route("/desk/pictures.json", get(pictures_desk::found))
        .route("/desk/pictures/rights", get(pictures_desk::rights))
        .route("/desk/pictures/{name}", get(pictures_desk::show).post(pictures_desk::describe))
        .route("/desk/pictures/{name}/replacement", get(pictures_desk::choose).post(pictures_desk::replace))
        .route("/desk/pictures/{name}/takedown", post(pictures_desk::take_down))
        .route("/desk/pictures/{name}/return", post(pictures_desk::put_back))
        .route("/desk/pictures/{name}/sizes", post(pictures_desk::size_again))
        .route("/desk/pictures/{name}/removal", post(pictures_desk::remove))
}

/// The paper's house.
pub(super) fn house() -> Router<App> {
    Router::new()
        .route("/house/{name}", get(site::own_css))
        .route("/advertisements/{advert}", get(site::advertisement))
        .route("/ads.txt", get(site::ads_txt))
        .route("/desk/site", get(site::show_menus).post(site::keep_menus))
        .route("/desk/site/house", get(site::show_house).post(site::keep_house))
        .route("/desk/site/house/sample", get(site::sample))
        .route("/desk/site/house/sample.css", get(site::sample_css))
        .route("/desk/site/house/logos/{logo}/removal", post(site::remove_logo))
        .route("/desk/site/house/fonts/{font}/removal", post(site::remove_font))
        .route("/desk/site/ads", get(site::show_ads))
        .route("/desk/site/ads/{advert}", post(site::keep_ad))
        .route("/desk/site/ads/{advert}/look", get(site::look_at_ad))
        .route("/desk/site/css", get(site::show_css).post(site::keep_css))
        .route("/desk/site/ads-txt", get(site::show_ads_txt).post(site::keep_ads_txt))
        .route("/desk/site/feeds", get(site::show_feeds).post(site::keep_feeds))
        .route("/desk/site/doors", get(site::show_doors).post(site::keep_doors))
        .route("/desk/site/versions/{version}", post(site::put_back))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(MOST_HOUSE))
        .merge(logos())
}

/// The paper's logo and its letters, as files.
fn logos() -> Router<App> {
    Router::new()
        .route("/desk/site/house/logos/{logo}", post(site::keep_logo))
        .route("/desk/site/house/fonts/{font}", post(site::keep_font))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(site::MOST_LOGO))
}
