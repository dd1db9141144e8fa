//! All addresses of the paper on one page, grouped by who walks there. No logic.

mod newsroom;
mod outside;
mod programs;
mod readers;

use crate::app::App;
use crate::layers;
use crate::{
    acting, addresses, country_desk, desk, desk_me, erasures, learning, live, mail, moderation_api, newsletter,
    newsroom_desk, offline, orders, quality, rulebook, sign_in, staff_desk, state_desk,
};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use tower_http::limit::RequestBodyLimitLayer;

/// The most that is taken in a form with a file: the largest document and its form, in bytes.
const MOST_UPLOADED: usize = ::newsroom::order::MOST_DOCUMENT + 64 * 1024;

/// The whole paper.
pub fn router(app: App) -> Router {
    let other_systems = Router::new()
        .route("/api/moderation/examine", post(moderation_api::examine))
        .route("/api/moderation/openapi.json", get(moderation_api::description))
        .route("/v1alpha1/comments:suggestscore", post(moderation_api::suggest_score))
        .route("/v1alpha1/comments%3Asuggestscore", post(moderation_api::suggest_score))
        .route("/comments:suggestscore", post(moderation_api::suggest_score))
        .route("/comments%3Asuggestscore", post(moderation_api::suggest_score));
    let by_mail_programs = Router::new()
        .route("/unsubscribe/{stop}", get(mail::ask).post(mail::stop))
        .route("/newsletter/leave/{leave}", get(newsletter::leave_form).post(newsletter::leave));
    // The service that closes wrote its addresses with a colon; some programs write the colon as %3A.
    let never_too_long = Router::new()
        .route("/v1alpha1/comments:analyze", post(moderation_api::analyze))
        .route("/v1alpha1/comments%3Aanalyze", post(moderation_api::analyze))
        .route("/comments:analyze", post(moderation_api::analyze))
        .route("/comments%3Aanalyze", post(moderation_api::analyze));
    let pages = readers::readers(&app)
        .merge(readers::handing_in(&app))
        .merge(readers::commenters())
        .merge(readers::accounts())
        .merge(readers::followers())
        .merge(staff())
        .merge(readers::for_machines());
    let pages = layers::of_pages(pages, uploads().merge(newsroom::writing()), &app)
        .merge(layers::of_mail_programs(by_mail_programs, &app))
        .merge(layers::of_other_sites(outside::embeds(&app)))
        .merge(layers::of_other_servers(outside::fediverse()))
        .merge(layers::of_programs(programs::api(&app), &app));
    layers::of_every_answer(pages.merge(layers::of_other_systems(other_systems, never_too_long))).with_state(app)
}

/// What the staff does.
fn staff() -> Router<App> {
    Router::new()
        .merge(answering())
        .merge(coming_and_going())
        .route("/desk/offline/{language}", get(offline::offline))
        .route("/desk/offline/{language}/worker.js", get(offline::worker))
        .route("/desk", get(desk::waiting))
        .route("/desk/reported", get(desk::reported))
        .route("/desk/log", get(desk::log))
        .route("/desk/search", get(desk::search))
        .route("/desk/disputes", get(desk::disputes))
        .route("/desk/comments/{under}/{comment}", get(desk::one))
        .route("/desk/live", get(live::desk))
        .route("/desk/claims", post(desk::claim))
        .route("/desk/care", post(desk::care))
        .route("/desk/replies", post(desk::reply))
        .route("/desk/threads", post(desk::set_thread))
        .route("/desk/settings", post(desk::keep_settings))
        .route("/desk/bulk/preview", post(desk::preview_bulk))
        .route("/desk/bulk", post(desk::rule_bulk))
        .route("/desk/bulk/{act}/undo", post(desk::undo_bulk))
        .route("/desk/log/undo", post(desk::undo_many))
        .route("/desk/quality", get(quality::show).post(quality::look))
        .route("/desk/rulings", post(desk::rule))
        .route("/desk/rulings/{ruling}/undo", post(desk::undo))
        .route("/desk/visitors/{visitor}", get(desk::visitor))
        .route("/desk/visitors/{visitor}/measures", post(desk::take_measure))
        .route("/desk/visitors/{visitor}/network", post(desk::network))
        .route("/desk/visitors/{visitor}/notes", post(desk::note_visitor))
        .route("/desk/visitors/{visitor}/erasure", get(erasures::ask_for).post(erasures::erase_for))
        .route("/desk/erasures", get(erasures::lately))
        .route("/desk/measures/{measure}/lifting", post(desk::lift_measure))
        .route("/desk/comments/{under}/{comment}/visitor", get(desk::author))
        .merge(of_orders())
        .merge(newsroom::stories())
        .merge(newsroom::front_page())
        .merge(newsroom::statistics())
        .merge(newsroom::breaking_news())
        .merge(newsroom::live_coverage())
        .merge(newsroom::notices())
        .merge(newsroom::printed_issues())
        .merge(newsroom::followers())
        .merge(newsroom::other_sites())
        .merge(of_the_house())
}

/// Orders of authorities.
fn of_orders() -> Router<App> {
    Router::new()
        .route("/desk/orders", get(orders::list).post(orders::enter))
        .route("/desk/orders/keys", post(orders::add_key))
        .route("/desk/orders/keys/{recipient}/removal", post(orders::remove_key))
        .route("/desk/orders/{order}", get(orders::order))
        .route("/desk/orders/{order}/facts", get(orders::facts).post(orders::correct))
        .route("/desk/orders/{order}/preview", post(orders::preview))
        .route("/desk/orders/{order}/execution", post(orders::carry_out))
        .route("/desk/orders/{order}/document/taking", post(orders::document))
        .route("/desk/orders/{order}/sealed/{under}/{ordered}", post(orders::sealed))
        .route("/desk/orders/{order}/terms", post(orders::change_terms))
        .route("/desk/orders/{order}/reply", get(orders::reply))
        .route("/desk/orders/{order}/reply.txt", get(orders::reply_text))
        .route("/desk/orders/{order}/reply.json", get(orders::reply_json))
}

/// Forms with files in them: larger than any other.
fn uploads() -> Router<App> {
    Router::new()
        .route("/desk/orders/{order}/document", post(orders::keep_document))
        .route("/desk/orders/{order}/reinstatement", post(orders::reinstate))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(MOST_UPLOADED))
        .merge(newsroom::pictures())
        .merge(newsroom::house())
        .merge(newsroom::printed_files())
}

/// What holds for the whole house.
fn of_the_house() -> Router<App> {
    Router::new()
        .route("/desk/sections", get(newsroom_desk::sections).post(newsroom_desk::add_section))
        .route("/desk/sections/{id}/name", post(newsroom_desk::rename_section))
        .route("/desk/sections/{id}/place", post(newsroom_desk::place_section))
        .route("/desk/country", get(country_desk::show).post(country_desk::keep))
        .route("/desk/country/hijri", post(country_desk::move_hijri))
        .route("/desk/country/file", post(country_desk::back_to_file))
        .route("/desk/country/versions/{ways}", post(country_desk::put_back))
        .route("/desk/addresses", get(addresses::show).post(addresses::keep))
        .route("/desk/addresses/removal", post(addresses::remove))
        .route("/desk/addresses/return", post(addresses::put_back))
        .route("/desk/pages", get(newsroom_desk::plain_pages).post(newsroom_desk::add_plain_page))
        .route("/desk/pages/{slug}", get(newsroom_desk::plain_page).post(newsroom_desk::keep_plain_page))
        .route("/desk/pages/{slug}/removal", post(newsroom_desk::remove_plain_page))
        .route("/desk/pages/{slug}/return", post(newsroom_desk::return_plain_page))
        .route("/desk/rules", get(rulebook::show).post(rulebook::switch_on))
        .route("/desk/rules/acting", get(acting::show).post(acting::switch_on))
        .route("/desk/rules/acting/trial", post(acting::try_out))
        .route("/desk/learning", get(learning::show).post(learning::keep))
        .route("/desk/learning/runs", post(learning::learn_now))
        .route("/desk/rules/text", get(rulebook::text))
        .route("/desk/rules/trial", post(rulebook::try_out))
        .route("/desk/rules/versions", get(rulebook::versions))
        .route("/desk/rules/versions/{id}", get(rulebook::version))
        .route("/desk/staff", get(staff_desk::list).post(staff_desk::invite))
        .route("/desk/staff/{id}", get(staff_desk::person))
        .route("/desk/staff/{id}/place", post(staff_desk::place))
        .route("/desk/staff/{id}/link", post(staff_desk::link))
        .route("/desk/staff/{id}/leave", post(staff_desk::disable))
        .route("/desk/staff/{id}/return", post(staff_desk::enable))
        .route("/desk/staff/{id}/sessions/end", post(staff_desk::end_sessions))
        .route("/desk/state", get(state_desk::show))
        .route("/desk/state/jobs/again", post(state_desk::kind_again))
        .route("/desk/state/jobs/{job}/again", post(state_desk::one_again))
        .route("/desk/state/jobs/{job}/removal", post(state_desk::drop_one))
}

/// How the staff signs in and out, and what it signs in with.
fn coming_and_going() -> Router<App> {
    Router::new()
        .route("/desk/me", get(desk_me::show))
        .route("/desk/me/proof", get(desk_me::proof_form).post(desk_me::prove))
        .route("/desk/me/proof/organisation", get(sign_in::to_prove))
        .route("/desk/me/organisation", get(sign_in::to_link).post(sign_in::link_organisation))
        .route("/desk/me/organisation/removal", post(desk_me::unlink))
        .route("/desk/me/language", post(desk_me::set_language))
        .route("/desk/me/password", post(desk_me::set_password))
        .route("/desk/me/codes", get(desk_me::totp_form).post(desk_me::totp_on))
        .route("/desk/me/codes/off", post(desk_me::totp_off))
        .route("/desk/me/recovery-codes", post(desk_me::new_recovery_codes))
        .route("/desk/me/passkeys", post(desk_me::add_passkey))
        .route("/desk/me/passkeys/{passkey}/name", post(desk_me::rename_passkey))
        .route("/desk/me/passkeys/{passkey}/removal", post(desk_me::remove_passkey))
        .route("/desk/me/sessions/end", post(desk_me::end_others))
        .route("/desk/me/sessions/{session}/end", post(desk_me::end_session))
        .route("/sign-in", get(sign_in::form).post(sign_in::first))
        .route("/sign-in/second", post(sign_in::second))
        .route("/sign-in/passkey", post(sign_in::by_passkey))
        .route("/sign-in/organisation", get(sign_in::to_come_in))
        .route("/sign-in/organisation/return", get(sign_in::organisation_back))
        .route("/sign-in/{token}", get(sign_in::ask).post(sign_in::enter))
        .route("/sign-out", post(sign_in::leave))
}

/// Where the staff answers for what it decided.
fn answering() -> Router<App> {
    Router::new()
        .route("/desk/appeals", get(desk::appeals))
        .route("/desk/appeals/{appeal}", get(desk::appeal).post(desk::decide_appeal))
        .route("/desk/reasons", get(desk::reasons))
        .route("/desk/reasons/{reason}", post(desk::keep_reason))
        .route("/desk/transparency", get(desk::transparency))
        .route("/desk/transparency.csv", get(desk::transparency_table))
        .route("/desk/statements.json", get(desk::statements))
        .route("/desk/flaggers", get(desk::flaggers).post(desk::add_flagger))
        .route("/desk/flaggers/{flagger}/revocation", post(desk::revoke_flagger))
}
