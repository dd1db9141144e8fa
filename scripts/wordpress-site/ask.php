<?php
/**
 * Asks a paper into which the site moved for every old address, in every form that readers have: ask.php EXPORT PAPER.
 * Whatever is public in the export must lead to a story or page with its headline; what was not public must not.
 */
[, $export, $paper] = $argv + [2 => 'http://127.0.0.1:8080'];
$rss = simplexml_load_file($export) ?: exit("not XML: $export\n");
$wp = 'http://wordpress.org/export/1.2/';
$home = rtrim((string) $rss->channel->children($wp)->base_blog_url, '/');
[$asked, $forms, $wrong] = [0, [], 0];

/** Status, place and body of an answer. */
function asked(string $address): array
{
    global $asked;
    $asked++;
    $http = ['follow_location' => 0, 'ignore_errors' => true, 'timeout' => 30, 'header' => 'User-Agent: ask.php (bot)'];
    $body = file_get_contents($address, false, stream_context_create(['http' => $http]));
    $head = implode("\n", $http_response_header ?? []);
    preg_match('~^HTTP/\S+ (\d+)~', $head, $status);
    preg_match('~^location: (\S+)~mi', $head, $place);
    return [(int) ($status[1] ?? 0), $place[1] ?? '', (string) $body];
}

/** Where an address leads in the end: at most five steps. */
function led(string $paper, string $path): array
{
    for ($step = 0; $step < 5; $step++) {
        [$status, $place, $body] = asked($paper . $path);
        if ($status < 300 || $status > 399) {
            return [$status, $path, $body];
        }
        $path = (string) preg_replace('~^https?://[^/]+~', '', $place);
    }
    return [310, $path, ''];
}

/** The forms of an old address. */
function forms(string $path, string $id, string $kind): array
{
    $bare = rtrim($path, '/');
    if (str_contains($path, '?')) {
        return ['as it was' => $path];
    }
    $number = $kind === 'page' ? "/?page_id=$id" : "/?p=$id";
    return [
        'as it was' => $path, 'without slash' => $bare, 'with slash' => "$bare/", 'capital escapes' => preg_replace_callback('/%[0-9a-f]{2}/', fn ($one) => strtoupper($one[0]), $path),
        'decoded' => rawurldecode($path), 'number' => $number, 'feed' => "$bare/feed/", 'amp' => "$bare/amp/", 'second page' => "$bare/page/2/",
        'page of comments' => "$bare/comment-page-2/", 'campaign' => "$path?utm_source=x",
    ];
}

foreach ($rss->channel->item as $item) {
    $said = $item->children($wp);
    $kind = (string) $said->post_type;
    if (!in_array($kind, ['post', 'page'], true)) {
        continue;
    }
    $is_public = (string) $said->status === 'publish' && (string) $said->post_password === '';
    $link = (string) $item->link;
    $path = substr($link, strlen($home));
    foreach (forms($path, (string) $said->post_id, $kind) as $name => $form) {
        if (!$is_public && !in_array($name, ['as it was', 'number'], true)) {
            continue;
        }
        [$status, $at, $body] = led($paper, str_replace(' ', '%20', $form));
        $headline = html_entity_decode((string) $item->title, ENT_QUOTES | ENT_HTML5, 'UTF-8');
        $shown = html_entity_decode($body, ENT_QUOTES | ENT_HTML5, 'UTF-8');
        $is_there = $status === 200 && preg_match('~^/(stories|pages)/~', $at) === 1 && str_contains($shown, trim($headline));
        $is_right = $is_public ? $is_there : $status === 404 || !str_contains($shown, trim($headline));
        $forms[$is_public ? $name : 'not public'][$is_right ? 'right' : 'wrong'] = 1 + ($forms[$is_public ? $name : 'not public'][$is_right ? 'right' : 'wrong'] ?? 0);
        if (!$is_right) {
            $wrong++;
            fwrite(STDERR, "wrong ($name): $form -> $status $at\n");
        }
    }
}
foreach ($forms as $name => $counts) {
    printf("%-18s right %4d  wrong %4d\n", $name, $counts['right'] ?? 0, $counts['wrong'] ?? 0);
}
echo "$asked requests, $wrong addresses wrong\n";
exit($wrong === 0 ? 0 : 1);
