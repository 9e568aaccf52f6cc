<?php

declare(strict_types=1);

namespace Rubricator\Admin;

use Rubricator\Editor\Permission;
use Rubricator\Plugin;
use Rubricator\Queue\PostListener;
use Rubricator\Site\Settings;
use Rubricator\Tagging\Tagger;
use WP_Post;

/** The classic editor's box: the same labels and buttons as in the block editor's panel. */
final class Metabox
{
    public static function add(string $type, mixed $post): void
    {
        $isFor = in_array($type, Settings::load()->postTypes, true) && $post instanceof WP_Post;
        if (!$isFor || use_block_editor_for_post($post)) {
            return;
        }
        \Rubricator\Editor\BlockEditor::registerScripts();
        $url = Plugin::url('assets/editor/metabox.js');
        wp_enqueue_script('rubricator-metabox', $url, ['rubricator-labels'], Plugin::VERSION, true);
        wp_enqueue_style('rubricator-labels');
        add_meta_box('rubricator', __('Topics and desk', 'rubricator'), [self::class, 'show'], $type, 'side', 'high');
    }

    public static function show(WP_Post $post): void
    {
        if ($post->post_status === 'auto-draft' || !Permission::mayEdit($post->ID)) {
            echo '<p>', esc_html__('Save the post to have it classified.', 'rubricator'), '</p>';
            return;
        }
        printf('<div id="rubricator-labels" data-post="%d"></div>', (int) $post->ID);
        // The form sends all categories back as they were when it was opened; what was set since is not taken for removed.
        $seen = Tagger::make(Settings::load())->setLabels($post->ID);
        printf('<input type="hidden" name="%s" value="%s">', esc_attr(PostListener::SEEN), esc_attr(implode(' ', $seen)));
    }
}
