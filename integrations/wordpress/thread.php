<?php
/** Stands in the place of the theme's comments. */

if (!defined('ABSPATH')) {
    exit;
}

// What stands behind a password stands there with its thread.
if (!comments_open() || post_password_required()) {
    return;
}

$midad = midad_settings();
$midad_url = (string) get_permalink();
$midad_token = midad_token();
?>
<div id="comments" class="comments-area default-max-width">
<span id="respond"></span>
<?php echo midad_script(true); ?>

<midad-comments url="<?php echo esc_url($midad_url); ?>"<?php if ($midad_token !== '') { ?> member="<?php echo esc_attr($midad_token); ?>"<?php } ?>></midad-comments>
<noscript><a href="<?php echo esc_url($midad['paper'] . '/embed/' . rawurlencode($midad['site']) . '/page?url=' . rawurlencode($midad_url)); ?>"><?php echo esc_html(midad_word('comments')); ?></a></noscript>
</div>
