<?php
/** Comments in threads, in every state that WordPress knows. */

/** Spreads $many comments over the stories: of twenty fourteen approved, three waiting, two spam, one in the bin. */
function talk(array $ids, int $many): void
{
    $threads = [];
    for ($at = 0; $at < $many; $at++) {
        $story = $ids[($at * $at + $at) % count($ids)];
        $above = $threads[$story] ?? [];
        // Every third begins a thread; the others answer the last or an earlier one, five deep at most.
        $parent = $at % 3 === 0 || $above === [] ? 0 : $above[$at % count($above)];
        if ($parent !== 0 && depth($parent) >= 5) {
            $parent = 0;
        }
        $id = said($story, $at, $parent, state($at));
        $threads[$story][] = $id;
    }
    foreach ([0, 1] as $at) {
        said($ids[$at], $at, 0, '1', 'pingback');
    }
}

/** @return string as WordPress keeps it: 1, 0, spam, trash */
function state(int $at): string
{
    return [3 => '0', 9 => '0', 15 => '0', 6 => 'spam', 13 => 'spam', 18 => 'trash'][$at % 20] ?? '1';
}

function depth(int $comment): int
{
    $depth = 1;
    while (($parent = (int) get_comment($comment)->comment_parent) !== 0) {
        $comment = $parent;
        $depth++;
    }
    return $depth;
}

function said(int $story, int $at, int $parent, string $state, string $kind = 'comment'): int
{
    $when = gmdate('Y-m-d H:i:s', strtotime(get_post($story)->post_date_gmt . ' UTC') + 3600 + $at * 97);
    $is_member = $kind === 'comment' && $at % 25 === 4;
    $words = $kind === 'pingback' ? '[…] قرأت في صحيفة المرفأ […]' : sprintf(str_replace('5 < 7', '5 &lt; 7', REPLIES[$at % count(REPLIES)]), TOPICS[$at % count(TOPICS)][0]);
    return (int) wp_insert_comment(wp_slash([
        'comment_post_ID' => $story,
        'comment_author' => $is_member ? 'قارئة مسجّلة' : ($kind === 'pingback' ? 'مدونة بعيدة' : READERS[$at % count(READERS)]),
        'comment_author_email' => $kind === 'pingback' ? '' : "reader$at@qurra.example",
        'comment_author_url' => $at % 8 === 0 ? "https://mudawwana.example/$at" : '',
        'comment_author_IP' => '192.0.2.' . ($at % 250),
        'comment_content' => $state === 'spam' ? "عرض خاص رقم $at <a href=\"https://urud.example/\">اضغط هنا</a>" : $words . ($at % 11 === 0 ? " ($at)" : ''),
        'comment_date' => get_date_from_gmt($when),
        'comment_date_gmt' => $when,
        'comment_approved' => $state,
        'comment_parent' => $parent,
        'comment_type' => $kind,
        'user_id' => $is_member ? get_user_by('login', 'reader')->ID : 0,
    ]));
}
