<?php

declare(strict_types=1);

namespace Rubricator\Editor;

use Rubricator\Plugin;
use Rubricator\Site\Settings;

/** The sidebar panel of the block editor. */
final class BlockEditor
{
    private const SCRIPTS = [
        'rubricator-evidence' => ['evidence-position.js', []],
        'rubricator-highlight' => ['highlight.js', ['rubricator-evidence', 'wp-data', 'wp-blocks']],
        'rubricator-store' => ['store.js', ['wp-data', 'wp-api-fetch', 'wp-i18n', 'wp-core-data']],
        'rubricator-labels' => ['labels.js', ['rubricator-store', 'wp-element', 'wp-components', 'wp-data', 'wp-i18n']],
        'rubricator-panel' => ['panel.js', ['rubricator-labels', 'rubricator-highlight', 'wp-plugins', 'wp-edit-post']],
    ];

    public static function enqueue(): void
    {
        $screen = get_current_screen();
        if ($screen === null || !in_array($screen->post_type, Settings::load()->postTypes, true)) {
            return;
        }
        self::registerScripts();
        wp_enqueue_script('rubricator-panel');
        wp_enqueue_style('rubricator-labels');
    }

    public static function registerScripts(): void
    {
        foreach (self::SCRIPTS as $name => [$file, $needs]) {
            wp_register_script($name, Plugin::url("assets/editor/$file"), $needs, Plugin::VERSION, true);
        }
        foreach (['rubricator-store', 'rubricator-labels', 'rubricator-panel'] as $name) {
            wp_set_script_translations($name, 'rubricator', Plugin::path('languages'));
        }
        wp_register_style('rubricator-labels', Plugin::url('assets/labels.css'), ['wp-components'], Plugin::VERSION);
    }
}
