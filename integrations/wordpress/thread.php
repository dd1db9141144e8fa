<?php
/** Stands in the place of the theme's comments. */

if (!defined('ABSPATH')) {
    exit;
}

if (!comments_open()) {
    return;
}

$midad = midad_settings();
$midad_url = (string) get_permalink();
$midad_token = midad_token();
?>
<div id="comments" class="comments-area">
<script async src="<?php echo esc_url($midad['paper'] . '/embed.js'); ?>" data-site="<?php echo esc_attr($midad['site']); ?>"></script>
<midad-comments url="<?php echo esc_url($midad_url); ?>"<?php if ($midad_token !== '') { ?> member="<?php echo esc_attr($midad_token); ?>"<?php } ?>></midad-comments>
<noscript><a href="<?php echo esc_url($midad['paper'] . '/embed/' . rawurlencode($midad['site']) . '/page?url=' . rawurlencode($midad_url)); ?>"><?php echo esc_html__('Comments', 'midad-comments'); ?></a></noscript>
</div>
