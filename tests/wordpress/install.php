<?php

// Installs WordPress, in the language of the first argument.
define('WP_INSTALLING', true);
require getenv('WORDPRESS') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install('The Daily Wire', 'admin', 'admin@example.org', false, '', 'password', $argv[1]);
foreach (['ed' => 'editor', 'sub' => 'subscriber'] as $name => $role) {
    wp_insert_user(['user_login' => $name, 'user_pass' => 'password', 'user_email' => "$name@example.org", 'role' => $role]);
}
