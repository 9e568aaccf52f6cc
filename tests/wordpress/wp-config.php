<?php

// A site of the tests. Its address is the one that it is asked under, or that a script names.
$host = $_SERVER['HTTP_HOST'] ?? parse_url((string) getenv('WORDPRESS_URL'), PHP_URL_HOST)
    . ':' . parse_url((string) getenv('WORDPRESS_URL'), PHP_URL_PORT);
define('WP_HOME', 'http://' . $host);
define('WP_SITEURL', 'http://' . $host);
if (is_file(__DIR__ . '/wp-config-more.php')) {
    require __DIR__ . '/wp-config-more.php';
}
define('DB_NAME', 'wordpress');
defined('DB_USER') || define('DB_USER', 'wordpress');
define('DB_PASSWORD', '');
defined('DB_HOST') || define('DB_HOST', 'localhost');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define($name . '_KEY', 'only for tests ' . $name);
    define($name . '_SALT', 'only for tests too ' . $name);
}
$table_prefix = 'wp_';
define('WP_DEBUG', true);
define('WP_DEBUG_LOG', __DIR__ . '/debug.log');
define('WP_DEBUG_DISPLAY', false);
define('AUTOMATIC_UPDATER_DISABLED', true);
defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
