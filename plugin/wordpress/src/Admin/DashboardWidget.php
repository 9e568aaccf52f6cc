<?php

declare(strict_types=1);

namespace Rubricator\Admin;

use Rubricator\Editor\Diagnosis;
use Rubricator\Queue\JobQueue;
use Rubricator\Server\Server;
use Rubricator\Site\Schema;

/** On the dashboard: what waits, what failed, what was done today. */
final class DashboardWidget
{
    private const SHOWN_FAILURES = 5;
    private const SHOWN_LABELS = 10;

    public static function add(): void
    {
        if (current_user_can('edit_others_posts')) {
            $title = __('Rubricator', 'rubricator');
            wp_add_dashboard_widget('rubricator', $title, [self::class, 'show']);
        }
    }

    public static function show(): void
    {
        $queue = new JobQueue();
        $counts = $queue->counts();
        $breaker = Server::breaker();
        if ($breaker->isDown()) {
            printf(
                '<div class="notice notice-warning inline"><p>%s</p></div>',
                esc_html(Diagnosis::ofReason($breaker->reason, $breaker->message)),
            );
        }
        echo '<ul class="rubricator-counts">';
        self::count(__('tagged today', 'rubricator'), self::today());
        self::count(__('waiting', 'rubricator'), $counts['classify']['waiting'] + $counts['classify']['running']);
        self::count(__('failed', 'rubricator'), $counts['classify']['failed']);
        self::count(__('corrections to send', 'rubricator'), $counts['correct']['waiting'] + $counts['correct']['failed']);
        echo '</ul>';
        self::showLabels();
        self::showFailures($queue);
    }

    private static function count(string $title, int $count): void
    {
        printf('<li><strong>%s</strong> %s</li>', esc_html(number_format_i18n($count)), esc_html($title));
    }

    private static function midnight(): int
    {
        return (new \DateTimeImmutable('today', wp_timezone()))->getTimestamp();
    }

    private static function today(): int
    {
        global $wpdb;
        return (int) $wpdb->get_var($wpdb->prepare(
            'SELECT COUNT(*) FROM ' . Schema::table('analyses') . ' WHERE classified_at >= %d',
            self::midnight(),
        ));
    }

    private static function showLabels(): void
    {
        global $wpdb;
        $rows = $wpdb->get_results($wpdb->prepare(
            'SELECT kind, label, COUNT(*) AS posts FROM ' . Schema::table('decisions')
                . " WHERE provenance IN ('auto', 'accepted', 'manual') AND decided_at >= %d"
                . ' GROUP BY kind, label ORDER BY posts DESC, label LIMIT %d',
            self::midnight(),
            self::SHOWN_LABELS,
        ), ARRAY_A);
        if ($rows === []) {
            return;
        }
        $names = \Rubricator\Editor\Labels::ofTerms(\Rubricator\Site\Settings::load());
        echo '<h3>', esc_html__('Today', 'rubricator'), '</h3><p class="rubricator-today">';
        foreach ($rows as $row) {
            $name = $names[$row['kind']][$row['label']] ?? $row['label'];
            printf('<span>%s <b>%s</b></span> ', esc_html($name), esc_html(number_format_i18n((int) $row['posts'])));
        }
        echo '</p>';
    }

    private static function showFailures(JobQueue $queue): void
    {
        $failures = $queue->failures(self::SHOWN_FAILURES);
        if ($failures === []) {
            return;
        }
        echo '<h3>', esc_html__('Failed', 'rubricator'), '</h3><ul>';
        foreach ($failures as $failure) {
            printf(
                '<li><a href="%s">%s</a>: %s</li>',
                esc_url((string) get_edit_post_link($failure['post_id'])),
                esc_html(get_the_title($failure['post_id']) ?: '#' . $failure['post_id']),
                esc_html(Diagnosis::ofReason($failure['reason'], $failure['message'])),
            );
        }
        echo '</ul>';
    }
}
