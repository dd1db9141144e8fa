<?php
/** try.php FOLDER SITE: from "activate" to "delete", as an editor, a member, a visitor and a program meet the plugin. */
require __DIR__ . '/../../../scripts/wordpress-site/begin.php';
require __DIR__ . '/browser.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

const PLUGIN = 'midad-comments/midad-comments.php';
$site = $argv[2];
$paper = getenv('PAPER') ?: 'https://paper.example';
$typed = ['paper' => "$paper/", 'site' => getenv('SITE') ?: '7Kq2', 'kid' => getenv('KID') ?: 'wp-1', 'secret' => getenv('SECRET') ?: rtrim(strtr(base64_encode(str_repeat('k', 32)), '+/', '-_'), '=')];
$failed = 0;

function is_so(string $what, bool $is_so): void
{
    global $failed;
    $failed += $is_so ? 0 : 1;
    echo $is_so ? '  ok   ' : '  NOT  ', $what, "\n";
}

function kept(): mixed
{
    global $wpdb;
    $value = $wpdb->get_var("select option_value from $wpdb->options where option_name = 'midad_comments'");
    return $value === null ? null : unserialize($value);
}

/** The link or form value behind a name. */
function found(string $page, string $pattern): string
{
    return preg_match($pattern, $page, $found) === 1 ? html_entity_decode($found[1]) : '';
}

delete_plugins_option();
$talked = (int) $wpdb->get_var("select comment_post_ID from $wpdb->comments where comment_approved = '1' group by 1 order by count(*) desc limit 1");
$locked = (int) $wpdb->get_var("select ID from $wpdb->posts where post_password <> '' and post_status = 'publish' limit 1");
$comments = (int) $wpdb->get_var("select count(*) from $wpdb->comments");
$address = get_permalink($talked);
$path = (string) parse_url($address, PHP_URL_PATH);

echo "activation and settings\n";
$editor = new Browser($site);
$editor->signIn('salma');
$plugins = $editor->get('/wp-admin/plugins.php');
$activate = found($plugins, '~href="(plugins\.php\?action=activate&amp;plugin=midad-comments[^"]+)"~');
$editor->get("/wp-admin/$activate");
is_so('it is activated from the list of plugins', str_contains($editor->head, 'activate=true'));
is_so('before anything is typed the theme has its own comments', str_contains($editor->get($path), 'id="comment-'));
$form = $editor->get('/wp-admin/options-general.php?page=midad_comments');
is_so('the page of settings is in Arabic', str_contains($form, 'مفتاح هذا الموقع'));
$nonce = found($form, '~name="_wpnonce" value="([^"]+)"~');
$sent = ['option_page' => 'midad_comments', 'action' => 'update', 'midad_comments' => $typed];
$editor->post('/wp-admin/options.php', $sent + ['_wpnonce' => 'feedfeed00']);
is_so('a form without the right nonce is refused and keeps nothing', $editor->status === 403 && kept() === null);
$member = new Browser($site);
$member->signIn('reader');
$member->post('/wp-admin/options.php', $sent + ['_wpnonce' => $nonce]);
is_so('a subscriber saves nothing', $member->status === 403 && kept() === null);
$editor->post('/wp-admin/options.php', $sent + ['_wpnonce' => $nonce]);
is_so('with it everything is kept, the address without its last slash', kept() === ['paper' => $paper] + $typed);
$bad = ['paper' => $paper, 'site' => $typed['site'], 'kid' => $typed['kid'], 'secret' => 'too short'];
$editor->post('/wp-admin/options.php', ['midad_comments' => $bad] + $sent + ['_wpnonce' => $nonce]);
$after = $editor->get('/wp-admin/options-general.php?page=midad_comments&settings-updated=true');
is_so('a secret that cannot be one is said and leaves the old one', str_contains($after, 'السرّ ٤٣ حرفاً') && kept()['secret'] === $typed['secret']);
is_so('the secret stands in no page', !str_contains($after, $typed['secret']));

echo "pages\n";
$visitor = new Browser($site);
foreach (['twentytwentyone', 'twentytwentythree'] as $theme) {
    switch_theme($theme);
    $page = $visitor->get($path);
    $has = substr_count($page, '<midad-comments ') === 1 && substr_count($page, '/embed.js"') === 1;
    is_so("$theme: the thread stands there once", $has);
    is_so("$theme: WordPress's comments and form do not", !str_contains($page, 'id="comment-') && !str_contains($page, 'wp-comments-post.php'));
    is_so("$theme: it names the page's own address", str_contains($page, 'url="' . esc_url($address) . '"'));
    is_so("$theme: a visitor has no token and the page may be kept", !str_contains($page, 'member=') && !str_contains($visitor->head, 'no-cache'));
    is_so("$theme: behind a password there is no thread", !str_contains($visitor->get("/?p=$locked"), '<midad-comments') && !str_contains($visitor->get((string) parse_url(get_permalink($locked), PHP_URL_PATH)), '<midad-comments'));
    is_so("$theme: the front page has no thread", !str_contains($visitor->get('/'), '<midad-comments'));
}
switch_theme('twentytwentyone');
$GLOBALS['post'] = get_post($talked);
require_once WP_PLUGIN_DIR . '/' . PLUGIN;
setup_postdata($GLOBALS['post']);
ob_start();
comments_popup_link();
$popup = (string) ob_get_clean();
is_so('a link of a list is filled by the script', str_contains($popup, 'data-midad-count="' . esc_url($address) . '"'));
ob_start();
has_action('wp_footer', 'midad_counting') && midad_counting();
is_so('and the script comes once for the numbers alone', substr_count((string) ob_get_clean(), 'data-place="none"') === 1);

echo "a member\n";
$page = $member->get($path);
$token = found($page, '~member="([^"]+)"~');
[$head, $claims, $seal] = array_pad(explode('.', $token), 3, '');
$json = static fn (string $part): array => (array) json_decode((string) base64_decode(strtr($part, '-_', '+/')), true);
$right = rtrim(strtr(base64_encode(hash_hmac('sha256', "$head.$claims", base64_decode(strtr($typed['secret'], '-_', '+/')), true)), '+/', '-_'), '=');
is_so('has a token signed by the key', hash_equals($right, $seal) && $json($head)['kid'] === $typed['kid']);
is_so('in their name, for this paper, for half an hour', $json($claims)['name'] === 'قارئة مسجّلة' && $json($claims)['aud'] === $paper && $json($claims)['exp'] - $json($claims)['iat'] === 1800);
is_so('and no cache keeps the page', (bool) preg_match('~^Cache-Control: .*no-(cache|store)~mi', $member->head));
if (getenv('PAPER')) {
    $text = ['url' => $address, 'text' => 'تعليق من قارئة مسجّلة في ووردبريس ' . bin2hex(random_bytes(4)), 'title' => 'x', 'name' => '', 'reply_to' => ''];
    $outside = new Browser($paper);
    $answer = $outside->post("/embed/{$typed['site']}/comments", $text, ['Origin' => $site, 'midad-member' => $token]);
    is_so("the paper takes it ($outside->status)", $outside->status === 201 && str_contains($answer, 'قارئة مسجّلة'));
    $outside->post("/embed/{$typed['site']}/comments", $text, ['Origin' => $site, 'midad-member' => substr($token, 0, -2) . 'AA']);
    is_so("and refuses another signature ($outside->status)", $outside->status === 401);
}

echo "WordPress's own comments\n";
$visitor->post('/wp-comments-post.php', ['comment_post_ID' => $talked, 'comment' => 'كلام', 'author' => 'زائر', 'email' => 'z@qurra.example']);
is_so('the form of WordPress is shut', $visitor->status === 403);
$visitor->post('/?rest_route=/wp/v2/comments', ['post' => $talked, 'content' => 'كلام', 'author_name' => 'زائر', 'author_email' => 'z@qurra.example']);
is_so('its interface too', in_array($visitor->status, [401, 403], true));
$rpc = '<?xml version="1.0"?><methodCall><methodName>wp.newComment</methodName><params><param><value><int>1</int></value></param><param><value><string>reader</string></value></param><param><value><string>trial only</string></value></param><param><value><int>' . $talked . '</int></value></param><param><value><struct><member><name>content</name><value><string>x</string></value></member></struct></value></param></params></methodCall>';
$visitor->post('/xmlrpc.php', $rpc, ['Content-Type' => 'text/xml']);
is_so('nothing came in on any of these ways', (int) $wpdb->get_var("select count(*) from $wpdb->comments") === $comments);
$export = $editor->get('/wp-admin/export.php?download=true&content=all');
$not_spam = (int) $wpdb->get_var("select count(*) from $wpdb->comments where comment_approved <> 'spam'");
is_so("WordPress exports its old comments ($not_spam)", substr_count($export, '<wp:comment>') === $not_spam && simplexml_load_string($export) !== false);
is_so('the list of stories inside WordPress keeps its counts', preg_match('~comment-count-approved[^>]*>\s*[1-9٠-٩]~u', $editor->get('/wp-admin/edit.php')) === 1);

echo "the end\n";
$plugins = $editor->get('/wp-admin/plugins.php');
$editor->get('/wp-admin/' . found($plugins, '~href="(plugins\.php\?action=deactivate&amp;plugin=midad-comments[^"]+)"~'));
is_so('switched off, the theme has its comments again', str_contains($visitor->get($path), 'id="comment-'));
is_so('and what was typed stays', kept() !== null);
wp_cache_flush();
$gone = uninstall_plugin(PLUGIN);
is_so('deleted, nothing of it is left', kept() === null);
is_so('and no comment was lost', (int) $wpdb->get_var("select count(*) from $wpdb->comments") === $comments);
echo $failed === 0 ? "all is so\n" : "$failed things are not so\n";
exit($failed === 0 ? 0 : 1);

/** Begins from a WordPress that never saw the plugin. */
function delete_plugins_option(): void
{
    deactivate_plugins(PLUGIN);
    delete_option('midad_comments');
    switch_theme('twentytwentyone');
}
