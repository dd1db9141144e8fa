<?php
/** Copied into the trial's own plugins: no mail leaves it, and no picture of anybody is asked for elsewhere. */
function wp_mail(): bool
{
    return true;
}
add_filter('pre_option_show_avatars', '__return_zero');
