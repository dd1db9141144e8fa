<?php
/** WordPress's own export, as "Tools → Export → All content" makes it: export.php FOLDER [PERMALINK STRUCTURE]. */
require __DIR__ . '/begin.php';
require_once ABSPATH . 'wp-admin/includes/export.php';
if (isset($argv[2])) {
    global $wp_rewrite;
    update_option('permalink_structure', $argv[2]);
    $wp_rewrite->init();
}
export_wp(['content' => 'all']);
