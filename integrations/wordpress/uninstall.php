<?php
/** The plugin is deleted: what was typed, the secret too, goes with it. WordPress's comments were never touched. */

if (!defined('WP_UNINSTALL_PLUGIN')) {
    exit;
}

delete_option('midad_comments');
