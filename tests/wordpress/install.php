<?php

// Installs WordPress, and a user of each role that the tests need.
define('WP_INSTALLING', true);
require getenv('WORDPRESS') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install('The Daily Wire', 'admin', 'admin@example.org', false, '', 'password');
foreach (['ed' => 'editor', 'sub' => 'subscriber'] as $name => $role) {
    wp_insert_user(['user_login' => $name, 'user_pass' => 'password', 'user_email' => "$name@example.org", 'role' => $role]);
}
