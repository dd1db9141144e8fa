<?php
/** Fills an empty WordPress with the invented newspaper: fill.php FOLDER STORIES COMMENTS. The same every time. */
define('WP_INSTALLING', true);
require __DIR__ . '/begin.php';
require __DIR__ . '/words.php';
require __DIR__ . '/people.php';
require __DIR__ . '/talk.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/image.php';
require_once ABSPATH . 'wp-admin/includes/nav-menu.php';

[$stories, $comments] = [max(20, (int) $argv[2]), max(60, (int) $argv[3])];
$writers = begun();
$sections = sections();
$pictures = pictures();
$ids = stories($stories, $writers, $sections, $pictures);
unusual($writers, $sections, $pictures, $ids);
pages($pictures);
talk($ids, $comments);
$counts = counts();
file_put_contents($argv[1] . '/counts.json', wp_json_encode($counts, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE) . "\n");
echo wp_json_encode($counts), "\n";

/** The day of story number $at: one every five days from spring 2023 on. */
function day(int $at): string
{
    return gmdate('Y-m-d H:i:s', gmmktime(6, 15, 0, 4, 3, 2023) + $at * 5 * 86400 + $at * 421);
}

/** @return int[] the public stories, in order */
function stories(int $many, array $writers, array $sections, array $pictures): array
{
    $ids = [];
    for ($at = 0; $at < $many; $at++) {
        $topic = TOPICS[$at % count(TOPICS)];
        $headline = sprintf(ANGLES[intdiv($at, count(TOPICS)) % count(ANGLES)], $topic[0]);
        $other = $ids === [] ? [home_url('/'), 'الصفحة الأولى'] : [get_permalink(end($ids)), 'الخبر السابق'];
        $ids[] = piece([
            'post_title' => $headline . ($at >= 60 ? " ($at)" : ''),
            'post_content' => body($topic, $at, $pictures, $other),
            'post_excerpt' => $at % 3 === 0 ? sentence($topic, $at + 3) : '',
            'post_author' => $writers[$at % 3],
            'post_category' => array_map(fn ($slug) => $sections[$slug], $at % 7 === 0 ? [$topic[1], 'bia', 'mahalliyat'] : [$topic[1]]),
            'tags_input' => [$topic[0], ['صيف', 'أرقام', 'الحي الشرقي', 'ترميم & صيانة'][$at % 4]],
        ], day($at), $at % 2 === 0 ? $pictures[$at % count($pictures)][0] : 0);
    }
    return $ids;
}

/** What every real paper has a little of. */
function unusual(array $writers, array $sections, array $pictures, array $ids): void
{
    stick_post($ids[3]);
    $text = static fn (int $n): string => sentence(TOPICS[$n], $n) . "\n\n" . sentence(TOPICS[$n], $n + 1);
    $section = [$sections['mahalliyat']];
    $more = ['post_author' => $writers[1], 'post_category' => $section];
    piece(['post_title' => 'خبر لمن يعرف الكلمة', 'post_content' => $text(1), 'post_password' => 'kalimat-sirr'] + $more, day(61));
    piece(['post_title' => 'خبر لم يحن وقته', 'post_content' => $text(2), 'post_status' => 'future'] + $more, '2041-01-05 07:00:00');
    piece(['post_title' => 'مسودة لم تكتمل', 'post_content' => $text(3), 'post_status' => 'draft'] + $more, day(62));
    piece(['post_title' => 'خبر ينتظر المحرر', 'post_content' => $text(4), 'post_status' => 'pending'] + $more, day(63));
    piece(['post_title' => 'خبر للعاملين وحدهم', 'post_content' => $text(5), 'post_status' => 'private'] + $more, day(64));
    wp_trash_post(piece(['post_title' => 'خبر رُمي', 'post_content' => $text(6)] + $more, day(65)));
    piece(['post_title' => '', 'post_content' => $text(7)] + $more, day(66));
    piece(['post_title' => 'سؤال: 3 < 5 & «نعم»؟', 'post_content' => $text(8)] + $more, day(67));
    piece(['post_title' => 'Une journée au port de Ras an-Nakhil', 'post_content' => 'Le quai numéro trois a rouvert samedi matin devant deux cents personnes.', 'post_name' => 'une-journee-au-port'] + $more, day(68));
    piece(['post_title' => str_repeat('عنوان طويل جداً عن القناة الصغيرة ', 4), 'post_content' => $text(9)] + $more, day(69));
    // Two stories of one headline: WordPress makes the second address «…-2».
    foreach ([70, 71] as $at) {
        piece(['post_title' => 'نشرة الأحوال الجوية', 'post_content' => $text($at % 5)] + $more, day($at));
    }
    // An address that changed: WordPress keeps the former one as _wp_old_slug.
    wp_update_post(['ID' => $ids[5], 'post_name' => 'عنوان-جديد-لنادي-الموج']);
    // A story without any category of its own stands in WordPress's default one.
    piece(['post_title' => 'خبر بلا باب', 'post_content' => $text(10), 'post_author' => $writers[2]], day(72));
}

/** Puts a piece there at a time (UTC) and answers with its number. */
function piece(array $fields, string $at, int $picture = 0): int
{
    $fields += ['post_status' => 'publish', 'post_type' => 'post', 'comment_status' => 'open'];
    $fields += ['post_date' => get_date_from_gmt($at), 'post_date_gmt' => $at];
    $id = wp_insert_post(wp_slash($fields), true);
    if (is_wp_error($id)) {
        fwrite(STDERR, $id->get_error_message() . "\n");
        exit(1);
    }
    if ($picture !== 0) {
        set_post_thumbnail($id, $picture);
    }
    return $id;
}

function pages(array $pictures): void
{
    $about = piece(['post_type' => 'page', 'post_title' => 'من نحن', 'post_content' => paragraph('صحيفة صغيرة لبلدة لا وجود لها.'), 'comment_status' => 'closed'], day(2));
    piece(['post_type' => 'page', 'post_title' => 'هيئة التحرير', 'post_content' => 'ثلاثة أسماء وقهوة كثيرة.', 'post_parent' => $about, 'comment_status' => 'closed'], day(3));
    $menu = wp_create_nav_menu('الرئيسية');
    wp_update_nav_menu_item($menu, 0, ['menu-item-title' => 'من نحن', 'menu-item-object-id' => $about, 'menu-item-object' => 'page', 'menu-item-type' => 'post_type', 'menu-item-status' => 'publish']);
}

/** What stands there, counted by WordPress's own tables. */
function counts(): array
{
    global $wpdb;
    $pairs = static fn (string $sql): array => array_column($wpdb->get_results($sql, ARRAY_N), 1, 0);
    return [
        'pieces' => $pairs("select concat(post_type, '/', post_status), count(*) from $wpdb->posts where post_status <> 'auto-draft' group by 1"),
        'comments' => $pairs("select concat(coalesce(nullif(comment_type, ''), 'comment'), '/', comment_approved), count(*) from $wpdb->comments group by 1"),
        'answers' => (int) $wpdb->get_var("select count(*) from $wpdb->comments where comment_parent <> 0"),
        'categories' => (int) wp_count_terms(['taxonomy' => 'category', 'hide_empty' => false]),
        'tags' => (int) wp_count_terms(['taxonomy' => 'post_tag', 'hide_empty' => false]),
    ];
}
