<?php
/** The site itself, its writers, its categories and its pictures. */

/** @return int[] three writers, the first of them in charge */
function begun(): array
{
    global $wp_rewrite;
    wp_install('صحيفة المرفأ', 'salma', 'salma@murfa.example', true, '', 'trial only', 'ar');
    foreach (get_posts(['post_type' => ['post', 'page'], 'post_status' => 'any', 'numberposts' => -1]) as $left) {
        wp_delete_post($left->ID, true);
    }
    foreach (['blogdescription' => 'أخبار بلدة من ورق', 'timezone_string' => 'Asia/Beirut', 'WPLANG' => 'ar', 'permalink_structure' => '/%year%/%monthnum%/%postname%/', 'template' => 'twentytwentyone', 'stylesheet' => 'twentytwentyone', 'thread_comments_depth' => 5] as $name => $value) {
        update_option($name, $value);
    }
    $wp_rewrite->init();
    $salma = get_user_by('login', 'salma')->ID;
    wp_update_user(['ID' => $salma, 'display_name' => 'سلمى الناصري', 'first_name' => 'سلمى', 'last_name' => 'الناصري']);
    $ilyas = wp_insert_user(['user_login' => 'ilyas', 'user_pass' => 'trial only', 'user_email' => 'ilyas@murfa.example', 'display_name' => 'إلياس درويش', 'role' => 'author']);
    $nour = wp_insert_user(['user_login' => 'nour.b', 'user_pass' => 'trial only', 'user_email' => 'nour@murfa.example', 'display_name' => 'Nour Belkacem', 'role' => 'author']);
    wp_insert_user(['user_login' => 'reader', 'user_pass' => 'trial only', 'user_email' => 'reader@qurra.example', 'display_name' => 'قارئة مسجّلة', 'role' => 'subscriber']);
    wp_set_current_user($salma);
    kses_remove_filters();
    return [$salma, $ilyas, $nour];
}

/** @return array<string, int> a tree of categories by their slugs */
function sections(): array
{
    $tree = [
        'mahalliyat' => ['محليات', ''], 'al-mina' => ['الميناء', 'mahalliyat'], 'al-arsifa' => ['الأرصفة', 'al-mina'],
        'al-aswaq' => ['الأسواق والقطار', 'mahalliyat'], 'thaqafa' => ['ثقافة', ''], 'masrah' => ['مسرح & عروض', 'thaqafa'],
        'riyada' => ['رياضة', ''], 'bia' => ['بيئة', ''], 'fariga' => ['باب فارغ', ''],
    ];
    $ids = [];
    foreach ($tree as $slug => [$name, $above]) {
        // Half of the slugs are Arabic, as WordPress makes them of the name.
        $arabic = in_array($slug, ['thaqafa', 'masrah', 'bia'], true);
        $made = wp_insert_term($name, 'category', ['slug' => $arabic ? '' : $slug, 'parent' => $above === '' ? 0 : $ids[$above], 'description' => $above === '' ? "أخبار باب $name" : '']);
        $ids[$slug] = $made['term_id'];
    }
    wp_update_term(get_option('default_category'), 'category', ['name' => 'غير مصنف', 'slug' => 'ghayr-musannaf']);
    return $ids;
}

/** @return array{int, string}[] pictures that were drawn here: number and address */
function pictures(): array
{
    $made = [];
    foreach (['marfa', 'qitar', 'سوق-العطارين', 'marakib', 'maktaba', 'mawj'] as $at => $name) {
        $image = imagecreatetruecolor(900, 600);
        imagefilledrectangle($image, 0, 0, 900, 400, imagecolorallocate($image, 120 + $at * 20, 170, 210));
        imagefilledrectangle($image, 0, 400, 900, 600, imagecolorallocate($image, 30, 80 + $at * 15, 120));
        imagefilledellipse($image, 120 + $at * 130, 320, 160, 160, imagecolorallocate($image, 240, 200, 60 + $at * 20));
        ob_start();
        imagejpeg($image, null, 70);
        $kept = wp_upload_bits("$name.jpg", null, ob_get_clean(), '2023/04');
        $id = wp_insert_attachment(['post_mime_type' => 'image/jpeg', 'post_title' => $name, 'post_excerpt' => 'منظر من البلدة', 'post_status' => 'inherit', 'post_date' => '2023-04-01 10:00:00'], $kept['file']);
        wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, $kept['file']));
        if ($at !== 4) {
            update_post_meta($id, '_wp_attachment_image_alt', "رسم: سماء وماء وشمس ($at)");
        }
        $made[] = [$id, wp_get_attachment_url($id)];
    }
    return $made;
}
