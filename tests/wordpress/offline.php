<?php

// A must-use plugin of the tests: WordPress does not look for updates, of which there are none on loopback.
add_filter('pre_http_request', static function ($answer, array $arguments, string $url) {
    return str_starts_with($url, 'http://127.0.0.1') ? $answer : new WP_Error('offline', 'the tests stay on loopback');
}, 10, 3);
add_action('init', static function (): void {
    foreach (['wp_version_check', 'wp_update_plugins', 'wp_update_themes', 'wp_https_detection'] as $hook) {
        remove_all_actions($hook);
    }
    foreach (['_maybe_update_core', '_maybe_update_plugins', '_maybe_update_themes'] as $check) {
        remove_action('admin_init', $check);
    }
});
// The language of the plugin's texts; WordPress' own are not on npm.
add_filter('locale', static fn (string $locale): string => defined('TEST_LOCALE') ? TEST_LOCALE : $locale);
// The classic editor, where a test asks for it.
add_filter('use_block_editor_for_post', static fn (bool $uses): bool => $uses && !isset($_GET['rubricator_classic']));
