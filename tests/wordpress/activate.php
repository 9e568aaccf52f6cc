<?php

// Activates the plugin with the settings of the first argument (JSON).
require getenv('WORDPRESS') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

update_option('rubricator_settings', json_decode($argv[1], true));
$problem = activate_plugin('rubricator/rubricator.php');
if (is_wp_error($problem)) {
    fwrite(STDERR, $problem->get_error_message());
    exit(1);
}
