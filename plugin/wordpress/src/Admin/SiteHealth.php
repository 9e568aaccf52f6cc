<?php

declare(strict_types=1);

namespace Rubricator\Admin;

use Rubricator\Queue\JobQueue;
use Rubricator\Queue\Worker;
use Rubricator\Site\Settings;

/** Tools → Site Health. */
final class SiteHealth
{
    private const LATE_SECONDS = 600;

    /**
     * @param array<string, array<string, mixed>> $tests
     * @return array<string, array<string, mixed>>
     */
    public static function addTests(array $tests): array
    {
        $tests['direct']['rubricator_server'] = [
            'label' => __('Rubricator server', 'rubricator'),
            'test' => [self::class, 'server'],
        ];
        $tests['direct']['rubricator_queue'] = [
            'label' => __('Rubricator queue', 'rubricator'),
            'test' => [self::class, 'queue'],
        ];
        return $tests;
    }

    /** @return array<string, mixed> */
    public static function server(): array
    {
        $settings = Settings::load();
        $obstacle = ConnectionTest::obstacle($settings);
        $result = $obstacle === '' ? ConnectionTest::of($settings) : ['ok' => false, 'message' => $obstacle];
        return self::result(
            'rubricator_server',
            $result['ok'] ? 'good' : 'critical',
            $result['ok'] ? __('Rubricator answers', 'rubricator') : __('Rubricator does not answer', 'rubricator'),
            $result['message'] . ' ' . ($result['ok']
                ? ''
                : __('Posts are saved all the same and classified once it answers.', 'rubricator')),
        );
    }

    /** @return array<string, mixed> */
    public static function queue(): array
    {
        $queue = new JobQueue();
        $counts = $queue->counts();
        $due = $queue->nextDue();
        $failed = $counts['classify']['failed'] + $counts['correct']['failed'];
        if ($due !== null && $due < time() - self::LATE_SECONDS) {
            return self::result('rubricator_queue', 'recommended', __('Rubricator’s queue stands still', 'rubricator'), sprintf(
                /* translators: %d: number of posts */
                __('%d posts have waited for over ten minutes. Does cron run? See WP-Cron, or call wp rubricator work.', 'rubricator'),
                $counts['classify']['waiting'],
            ));
        }
        if (wp_next_scheduled(Worker::EVENT) === false) {
            $why = __('Its cron event is gone; deactivate and activate the plugin.', 'rubricator');
            return self::result('rubricator_queue', 'critical', __('Rubricator’s queue is not drained', 'rubricator'), $why);
        }
        return self::result(
            'rubricator_queue',
            $failed === 0 ? 'good' : 'recommended',
            $failed === 0 ? __('Rubricator’s queue moves', 'rubricator') : __('Some posts could not be classified', 'rubricator'),
            /* translators: 1: number of posts that wait, 2: number of posts that failed */
            sprintf(__('%1$d posts wait, %2$d failed.', 'rubricator'), $counts['classify']['waiting'], $failed),
        );
    }

    /** @return array<string, mixed> */
    private static function result(string $test, string $status, string $label, string $description): array
    {
        return [
            'test' => $test,
            'status' => $status,
            'label' => $label,
            'badge' => ['label' => 'Rubricator', 'color' => 'blue'],
            'description' => '<p>' . esc_html($description) . '</p>',
            'actions' => sprintf(
                '<a href="%s">%s</a>',
                esc_url(SettingsPage::url()),
                esc_html__('Settings', 'rubricator'),
            ),
        ];
    }
}
