<?php
/**
 * Plugin Name: Midad comments
 * Description: Shows the comments of a Midad newspaper in the place of WordPress's own, under posts and pages. No cookie, no frame.
 * Version: 1.0
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

/** The thread stands where the theme has its comments. */
add_filter('comments_template', static function (string $template): string {
    return midad_is_ready() ? __DIR__ . '/thread.php' : $template;
}, 100);

/** Nothing is written into WordPress's own comments while the paper's are shown. */
add_filter('rest_allow_anonymous_comments', static fn (bool $allowed): bool => $allowed && !midad_is_ready());
add_action('pre_comment_on_post', static function (): void {
    if (midad_is_ready()) {
        wp_die(esc_html__('Comments are written below the post.', 'midad-comments'), '', ['response' => 403]);
    }
});

/** A page for somebody who is signed in holds their token: no shared cache may keep it. */
add_action('template_redirect', static function (): void {
    if (midad_is_ready() && is_singular() && is_user_logged_in()) {
        nocache_headers();
    }
});

/** The number in lists is filled by the script. */
add_filter('get_comments_number', static fn ($number) => midad_is_ready() ? 0 : $number);

add_action('admin_menu', static function (): void {
    add_options_page('Midad', 'Midad', 'manage_options', MIDAD_OPTION, 'midad_settings_page');
});

add_action('admin_init', static function (): void {
    register_setting(MIDAD_OPTION, MIDAD_OPTION, ['type' => 'array', 'sanitize_callback' => 'midad_checked', 'default' => []]);
});

/** What was typed, as far as it can be used; an empty secret leaves the one that is there. */
function midad_checked($typed): array
{
    $typed = is_array($typed) ? $typed : [];
    $line = static fn (string $name): string => isset($typed[$name]) && is_string($typed[$name]) ? trim($typed[$name]) : '';
    $paper = untrailingslashit(esc_url_raw($line('paper'), ['https', 'http']));
    $secret = preg_match('/^[A-Za-z0-9_-]{43}$/', $line('secret')) ? $line('secret') : midad_settings()['secret'];
    if ($line('kid') === '') {
        $secret = '';
    }
    return [
        'paper' => $paper,
        'site' => preg_match('/^[1-9A-HJ-NP-Za-km-z]{1,11}$/', $line('site')) ? $line('site') : '',
        'kid' => preg_match('/^[A-Za-z0-9_.-]{1,40}$/', $line('kid')) ? $line('kid') : '',
        'secret' => $secret,
    ];
}

function midad_settings_page(): void
{
    if (!current_user_can('manage_options')) {
        return;
    }
    $settings = midad_settings();
    $fields = [
        'paper' => [__('Address of the paper', 'midad-comments'), 'https://paper.example'],
        'site' => [__('Key of this site', 'midad-comments'), ''],
        'kid' => [__('Name of the signing key (kid)', 'midad-comments'), ''],
    ];
    echo '<div class="wrap"><h1>Midad</h1><form method="post" action="options.php">';
    settings_fields(MIDAD_OPTION);
    echo '<table class="form-table" role="presentation">';
    foreach ($fields as $name => [$label, $example]) {
        printf(
            '<tr><th scope="row"><label for="midad-%1$s">%2$s</label></th><td><input class="regular-text" dir="ltr" id="midad-%1$s" name="%3$s[%1$s]" value="%4$s" placeholder="%5$s"></td></tr>',
            esc_attr($name),
            esc_html($label),
            esc_attr(MIDAD_OPTION),
            esc_attr($settings[$name]),
            esc_attr($example)
        );
    }
    printf(
        '<tr><th scope="row"><label for="midad-secret">%1$s</label></th><td><input class="regular-text" dir="ltr" type="password" autocomplete="new-password" id="midad-secret" name="%2$s[secret]" value=""><p class="description">%3$s</p></td></tr>',
        esc_html__('Secret of that key (HS256)', 'midad-comments'),
        esc_attr(MIDAD_OPTION),
        esc_html($settings['secret'] === '' ? __('None: visitors write under names that they choose.', 'midad-comments') : __('Kept; empty leaves it.', 'midad-comments'))
    );
    echo '</table>';
    submit_button();
    echo '</form></div>';
}
