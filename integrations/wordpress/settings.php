<?php
/** The page of settings: WordPress's own form with its own nonce, for whoever may manage options. */

if (!defined('ABSPATH')) {
    exit;
}

add_action('admin_menu', static function (): void {
    add_options_page('Midad', 'Midad', 'manage_options', MIDAD_OPTION, 'midad_settings_page');
});

add_action('admin_init', static function (): void {
    register_setting(MIDAD_OPTION, MIDAD_OPTION, ['type' => 'array', 'sanitize_callback' => 'midad_checked', 'default' => []]);
});

/** What was typed, as far as it can be used, and what is wrong with the rest; an empty secret leaves the one that is there. */
function midad_checked($typed): array
{
    $typed = is_array($typed) ? $typed : [];
    $line = static fn (string $name): string => isset($typed[$name]) && is_string($typed[$name]) ? trim($typed[$name]) : '';
    $fits = [
        'paper' => static fn (string $text): bool => preg_match('~^https?://[^\s/?#]+~i', $text) === 1,
        'site' => static fn (string $text): bool => preg_match('/^[1-9A-HJ-NP-Za-km-z]{1,11}$/', $text) === 1,
        'kid' => static fn (string $text): bool => preg_match('/^[A-Za-z0-9_.-]{1,40}$/', $text) === 1,
        'secret' => static fn (string $text): bool => preg_match('/^[A-Za-z0-9_-]{43}$/', $text) === 1,
    ];
    $checked = [];
    foreach ($fits as $name => $is_right) {
        $text = $line($name);
        $checked[$name] = $text !== '' && $is_right($text) ? $text : '';
        if ($text !== $checked[$name] && function_exists('add_settings_error')) {
            add_settings_error(MIDAD_OPTION, "midad-$name", midad_word("$name-wrong"));
        }
    }
    $checked['paper'] = untrailingslashit(esc_url_raw($checked['paper'], ['https', 'http']));
    if ($checked['kid'] === '') {
        $checked['secret'] = '';
    } elseif ($checked['secret'] === '') {
        $checked['secret'] = midad_settings()['secret'];
    }
    return $checked;
}

function midad_settings_page(): void
{
    if (!current_user_can('manage_options')) {
        return;
    }
    $settings = midad_settings();
    echo '<div class="wrap"><h1>Midad</h1><form method="post" action="options.php">';
    settings_fields(MIDAD_OPTION);
    echo '<table class="form-table" role="presentation">';
    foreach (['paper' => 'https://paper.example', 'site' => '', 'kid' => ''] as $name => $example) {
        printf(
            '<tr><th scope="row"><label for="midad-%1$s">%2$s</label></th><td><input class="regular-text" dir="ltr" id="midad-%1$s" name="%3$s[%1$s]" value="%4$s" placeholder="%5$s"></td></tr>',
            esc_attr($name),
            esc_html(midad_word($name)),
            esc_attr(MIDAD_OPTION),
            esc_attr($settings[$name]),
            esc_attr($example)
        );
    }
    printf(
        '<tr><th scope="row"><label for="midad-secret">%1$s</label></th><td><input class="regular-text" dir="ltr" type="password" autocomplete="new-password" id="midad-secret" name="%2$s[secret]" value=""><p class="description">%3$s</p></td></tr>',
        esc_html(midad_word('secret')),
        esc_attr(MIDAD_OPTION),
        esc_html(midad_word($settings['secret'] === '' ? 'secret-none' : 'secret-kept'))
    );
    echo '</table>';
    submit_button();
    echo '</form></div>';
}
