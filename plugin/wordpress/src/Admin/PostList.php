<?php

declare(strict_types=1);

namespace Rubricator\Admin;

use Rubricator\Queue\JobQueue;
use Rubricator\Queue\Task;
use Rubricator\Queue\Worker;
use Rubricator\Site\Settings;
use Rubricator\Tagging\AnalysisStore;
use Rubricator\Tagging\Kind;
use Rubricator\Tagging\Mode;
use WP_Query;

/** The lists of posts: a column, a filter by desk, a bulk action. */
final class PostList
{
    private const COLUMN = 'rubricator';
    private const ACTION = 'rubricator_classify';
    private const FILTER = 'rubricator_desk_term';
    private const CLASSIFIED = 'rubricator_queued';

    /** Hooks that carry a post type's name. */
    public static function listen(): void
    {
        foreach (Settings::load()->postTypes as $type) {
            add_filter("manage_{$type}_posts_columns", [self::class, 'addColumn']);
            add_action("manage_{$type}_posts_custom_column", [self::class, 'showColumn'], 10, 2);
            add_filter("bulk_actions-edit-$type", [self::class, 'addAction']);
            add_filter("handle_bulk_actions-edit-$type", [self::class, 'classify'], 10, 3);
        }
    }

    /**
     * @param array<string, string> $columns
     * @return array<string, string>
     */
    public static function addColumn(array $columns): array
    {
        return $columns + [self::COLUMN => __('Desk and topics', 'rubricator')];
    }

    public static function showColumn(string $column, int $postId): void
    {
        if ($column !== self::COLUMN) {
            return;
        }
        foreach ([Kind::Desk, Kind::Topic, Kind::Region] as $kind) {
            $target = Settings::load()->kind($kind);
            $terms = $target->mode === Mode::Off ? [] : get_the_terms($postId, $target->taxonomy);
            $names = is_array($terms) ? wp_list_pluck($terms, 'name') : [];
            if ($names !== []) {
                printf(
                    '<div class="rubricator-column is-%s">%s</div>',
                    esc_attr($kind->value),
                    // Names of terms are stored escaped; they are escaped once, whatever they hold.
                    esc_html(html_entity_decode(implode(', ', $names), ENT_QUOTES)),
                );
            }
        }
    }

    public static function showFilter(string $type): void
    {
        $target = Settings::load()->kind(Kind::Desk);
        $isFor = in_array($type, Settings::load()->postTypes, true);
        if (!$isFor || $target->mode === Mode::Off || !taxonomy_exists($target->taxonomy)) {
            return;
        }
        wp_dropdown_categories([
            'taxonomy' => $target->taxonomy,
            'name' => self::FILTER,
            'show_option_all' => __('All desks', 'rubricator'),
            // phpcs:ignore WordPress.Security.NonceVerification -- a filter of a list changes nothing
            'selected' => (int) ($_GET[self::FILTER] ?? 0),
            'hide_empty' => false,
            'hide_if_empty' => true,
        ]);
    }

    public static function filter(WP_Query $query): void
    {
        $term = (int) ($_GET[self::FILTER] ?? 0);
        if ($term > 0 && is_admin() && $query->is_main_query()) {
            $query->set('tax_query', [[
                'taxonomy' => Settings::load()->kind(Kind::Desk)->taxonomy,
                'terms' => $term,
            ]]);
        }
    }

    /**
     * @param array<string, string> $actions
     * @return array<string, string>
     */
    public static function addAction(array $actions): array
    {
        return $actions + [self::ACTION => __('Classify', 'rubricator')];
    }

    /**
     * WordPress has checked the list's nonce. Queues; cron does the rest.
     *
     * @param list<int> $postIds
     */
    public static function classify(string $redirect, string $action, array $postIds): string
    {
        if ($action !== self::ACTION) {
            return $redirect;
        }
        $queued = 0;
        foreach ($postIds as $postId) {
            if (current_user_can('edit_post', (int) $postId)) {
                (new AnalysisStore())->forgetHash((int) $postId);
                (new JobQueue())->add((int) $postId, Task::Classify);
                ++$queued;
            }
        }
        Worker::schedule(time());
        return add_query_arg(self::CLASSIFIED, $queued, $redirect);
    }

    public static function showNotice(): void
    {
        $queued = (int) ($_GET[self::CLASSIFIED] ?? 0);
        if ($queued > 0) {
            /* translators: %d: number of posts */
            $words = sprintf(_n('%d post is queued.', '%d posts are queued.', $queued, 'rubricator'), $queued);
            printf('<div class="notice notice-success is-dismissible"><p>%s</p></div>', esc_html($words));
        }
    }
}
