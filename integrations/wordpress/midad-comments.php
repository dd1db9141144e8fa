<?php
/**
 * Plugin Name: Midad comments
 * Description: Shows the comments of a Midad newspaper in the place of WordPress's own, under posts and pages. No cookie, no frame.
 * Version: 1.1
 * Requires at least: 6.0
 * Requires PHP: 8.0
 * License: AGPL-3.0-or-later
 * Text Domain: midad-comments
 */

if (!defined('ABSPATH')) {
    exit;
}

const MIDAD_OPTION = 'midad_comments';
const MIDAD_TOKEN_SECONDS = 1800;
/** The blocks in which themes made of blocks have their comments: since 6.1, in 6.0, and the one of old. */
const MIDAD_BLOCKS = ['core/comments', 'core/comments-query-loop', 'core/post-comments'];

require_once __DIR__ . '/words.php';
require_once __DIR__ . '/settings.php';

/** What the owner of this site has said: address of the paper, key of the site, name and secret of a signing key. */
function midad_settings(): array
{
    $kept = get_option(MIDAD_OPTION, []);
    $kept = is_array($kept) ? $kept : [];
    return array_merge(['paper' => '', 'site' => '', 'kid' => '', 'secret' => ''], array_filter($kept, 'is_string'));
}

function midad_is_ready(): bool
{
    $settings = midad_settings();
    return $settings['paper'] !== '' && $settings['site'] !== '';
}

/** base64url without padding (RFC 7515 §2). */
function midad_base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

/** A token for whoever is signed in here (RFC 7519, HS256); nothing for visitors, or without a secret. */
function midad_token(): string
{
    $settings = midad_settings();
    $user = wp_get_current_user();
    if (!$user->exists() || $settings['kid'] === '' || $settings['secret'] === '') {
        return '';
    }
    $secret = base64_decode(strtr($settings['secret'], '-_', '+/'), true);
    if ($secret === false || strlen($secret) !== 32) {
        return '';
    }
    $now = time();
    $head = ['alg' => 'HS256', 'typ' => 'JWT', 'kid' => $settings['kid']];
    $claims = [
        'aud' => $settings['paper'],
        'sub' => (string) $user->ID,
        'name' => $user->display_name,
        'iat' => $now,
        'exp' => $now + MIDAD_TOKEN_SECONDS,
        'jti' => bin2hex(random_bytes(16)),
    ];
    $json = static fn (array $part): string => (string) wp_json_encode($part, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    $signed = midad_base64url($json($head)) . '.' . midad_base64url($json($claims));
    return $signed . '.' . midad_base64url(hash_hmac('sha256', $signed, $secret, true));
}

/** The paper's script, once a page; a page that only counts has no thread behind it. */
function midad_script(bool $is_thread): string
{
    static $is_there = false;
    if ($is_there) {
        return '';
    }
    $is_there = true;
    $midad = midad_settings();
    $place = $is_thread ? '' : ' data-place="none"';
    return sprintf('<script async src="%s" data-site="%s"%s></script>', esc_url($midad['paper'] . '/embed.js'), esc_attr($midad['site']), $place);
}

/** The thread stands where the theme has its comments. */
add_filter('comments_template', static function (string $template): string {
    return midad_is_ready() ? __DIR__ . '/thread.php' : $template;
}, 100);

/** A theme made of blocks asks for no template: its block of comments is the place. */
add_filter('pre_render_block', static function ($rendered, array $block) {
    if (!midad_is_ready() || !in_array($block['blockName'], MIDAD_BLOCKS, true)) {
        return $rendered;
    }
    if (!is_singular()) {
        return '';
    }
    ob_start();
    require __DIR__ . '/thread.php';
    return (string) ob_get_clean();
}, 100, 2);

/** Nothing is written into WordPress's own comments while the paper's are shown: not by the form, by programs or by other sites. */
add_action('pre_comment_on_post', static function (): void {
    if (midad_is_ready()) {
        wp_die(esc_html(midad_word('below')), '', ['response' => 403]);
    }
});
add_filter('rest_pre_insert_comment', static function ($comment) {
    $is_shut = midad_is_ready() && !current_user_can('moderate_comments');
    return $is_shut ? new WP_Error('rest_comment_closed', midad_word('below'), ['status' => 403]) : $comment;
});
add_filter('xmlrpc_methods', static function (array $methods): array {
    if (midad_is_ready()) {
        unset($methods['wp.newComment']);
    }
    return $methods;
});
add_filter('pings_open', static fn (bool $is_open): bool => $is_open && !midad_is_ready());

/** A page for somebody who is signed in holds their token: no shared cache may keep it. */
add_action('template_redirect', static function (): void {
    if (midad_is_ready() && is_singular() && is_user_logged_in()) {
        nocache_headers();
    }
});

/** Lists say how many comments a page has in the paper: the script fills the number. The desk of WordPress keeps its own. */
add_filter('get_comments_number', static fn ($number) => midad_is_ready() && !is_admin() ? 0 : $number);
add_filter('comments_number', static function (string $text): string {
    if (!midad_is_ready() || is_admin() || is_feed()) {
        return $text;
    }
    add_action('wp_footer', 'midad_counting');
    return sprintf('%s <span data-midad-count="%s"></span>', esc_html(midad_word('comments')), esc_url((string) get_permalink()));
}, 100);

/** Where no thread stands, the script comes for the numbers alone. */
function midad_counting(): void
{
    echo midad_script(false);
}
