<?php

declare(strict_types=1);

namespace Rubricator\Bulk;

use Rubricator\Editor\Diagnosis;
use Rubricator\Queue\JobQueue;
use Rubricator\Queue\Worker;
use Rubricator\Server\Server;
use Rubricator\Server\TransportError;
use Rubricator\Site\Schema;
use Rubricator\Site\Settings;
use WP_CLI;

/**
 * Classifies the archive, and shows what the plugin does.
 */
final class Command
{
    private const PATIENCE_SECONDS = 900;

    /**
     * Classifies posts of the archive, oldest number first.
     *
     * ## OPTIONS
     *
     * [--only-untagged]
     * : Leave posts alone that have been classified before.
     *
     * [--dry-run]
     * : Change nothing; print what would change.
     *
     * [--rate=<posts>]
     * : At most so many posts a second. Default: as fast as it goes.
     *
     * [--batch=<posts>]
     * : Posts in a call, 1 to 1000. Default: 100.
     *
     * [--limit=<posts>]
     * : Stop after so many posts.
     *
     * [--resume=<run>]
     * : Go on with an interrupted run.
     *
     * @param list<string> $arguments
     * @param array<string, string|bool> $options
     */
    public function classify(array $arguments, array $options): void
    {
        $isDry = !empty($options['dry-run']);
        $run = isset($options['resume'])
            ? BulkRun::find((string) $options['resume'])
            : BulkRun::start(['only_untagged' => !empty($options['only-untagged'])]);
        if ($run === null) {
            WP_CLI::error(sprintf('there is no run %s', (string) $options['resume']));
        }
        $batch = min(1000, max(1, (int) ($options['batch'] ?? 100)));
        $left = isset($options['limit']) ? max(0, (int) $options['limit']) : PHP_INT_MAX;
        $rate = (float) ($options['rate'] ?? 0);
        $archive = new Archive(Settings::load(), Worker::make());
        $bar = WP_CLI\Utils\make_progress_bar("Run $run->id", min($left, $archive->size()));
        $changes = [];
        while ($left > 0 && ($posts = $archive->page($run->nextPostId, min($batch, $left))) !== []) {
            $begin = microtime(true);
            foreach ($this->patiently($archive, $posts, $run, $isDry) as $key => $change) {
                $changes[$key]['set'] = ($changes[$key]['set'] ?? 0) + $change['set'];
                $changes[$key]['removed'] = ($changes[$key]['removed'] ?? 0) + $change['removed'];
            }
            $run->nextPostId = end($posts) + 1;
            $run->save('running');
            $bar->tick(count($posts));
            $left -= count($posts);
            self::forgetCaches();
            if ($rate > 0) {
                usleep((int) max(0, 1e6 * (count($posts) / $rate - (microtime(true) - $begin))));
            }
        }
        $bar->finish();
        $run->save($left > 0 ? 'done' : 'running');
        self::showChanges($changes, $isDry);
        WP_CLI::success(sprintf('%s: %d classified, %d failed', $run->id, $run->counts['done'], $run->counts['failed']));
    }

    /**
     * Brings the posts of a run back to what they were. Posts that an editor has judged since stay as they are.
     *
     * ## OPTIONS
     *
     * <run>
     * : The run, as `wp rubricator status` lists it; queue-YYYY-MM-DD for what was tagged on saving that day.
     *
     * @param list<string> $arguments
     */
    public function undo(array $arguments): void
    {
        $log = new RunLog($arguments[0]);
        $size = $log->size();
        if ($size === 0) {
            WP_CLI::error(sprintf('there is nothing to undo of %s', $arguments[0]));
        }
        $bar = WP_CLI\Utils\make_progress_bar("Undoing $arguments[0]", $size);
        $counts = ['restored' => 0, 'kept' => 0];
        while (($posts = $log->posts(100)) !== []) {
            foreach ($posts as $post) {
                ++$counts[$log->restore($post) ? 'restored' : 'kept'];
                $bar->tick();
            }
            self::forgetCaches();
        }
        $bar->finish();
        BulkRun::find($arguments[0])?->save('undone');
        WP_CLI::success(sprintf('%d restored, %d left as an editor judged them', $counts['restored'], $counts['kept']));
    }

    /**
     * Does what waits in the queue.
     *
     * ## OPTIONS
     *
     * [--seconds=<seconds>]
     * : Stop after so long. Default: 30.
     *
     * @param list<string> $arguments
     * @param array<string, string> $options
     */
    public function work(array $arguments, array $options): void
    {
        $count = Worker::make()->drain(max(1, (int) ($options['seconds'] ?? 30)), PHP_INT_MAX);
        WP_CLI::success(sprintf('%d done', $count));
    }

    /** Shows the queue, the server and the last runs. */
    public function status(): void
    {
        $breaker = Server::breaker();
        WP_CLI::log('Server: ' . Server::fromSettings(Settings::load())->target() . ($breaker->isDown()
            ? sprintf(', away since %s: %s', gmdate('c', $breaker->downSince), $breaker->message)
            : ''));
        $rows = [];
        foreach ((new JobQueue())->counts() as $task => $counts) {
            $rows[] = ['task' => $task] + $counts;
        }
        WP_CLI\Utils\format_items('table', $rows, ['task', 'waiting', 'running', 'failed']);
        WP_CLI\Utils\format_items('table', BulkRun::all(10), ['run_id', 'state', 'next_post_id', 'counts']);
    }

    /** Starts failed jobs again. */
    public function retry(): void
    {
        WP_CLI::success(sprintf('%d start again', (new JobQueue())->retry()));
    }

    /** Shows, for each label, how editors judged it. */
    public function report(): void
    {
        global $wpdb;
        $rows = $wpdb->get_results(
            "SELECT kind, label, SUM(provenance = 'auto') AS auto, SUM(provenance = 'accepted') AS accepted,"
                . " SUM(provenance = 'manual') AS manual, SUM(provenance = 'rejected') AS rejected,"
                . " SUM(provenance = 'suggested') AS suggested FROM " . Schema::table('decisions')
                . ' GROUP BY kind, label ORDER BY kind, label',
            ARRAY_A,
        );
        $columns = ['kind', 'label', 'auto', 'accepted', 'manual', 'rejected', 'suggested'];
        WP_CLI\Utils\format_items('table', $rows, $columns);
    }

    /**
     * Waits for a server that is away, within reason.
     *
     * @param list<int> $posts
     * @return array<string, array{set: int, removed: int}>
     */
    private function patiently(Archive $archive, array $posts, BulkRun $run, bool $isDry): array
    {
        $until = time() + self::PATIENCE_SECONDS;
        while (true) {
            try {
                $result = $archive->classify($posts, $run, $isDry);
                $run->counts['done'] += $result['done'];
                $run->counts['failed'] += $result['failed'];
                return $result['changes'];
            } catch (TransportError $error) {
                $run->save('interrupted');
                $next = Server::breaker()->closedUntil;
                if (!$error->isTemporary() || $next > $until) {
                    WP_CLI::error(sprintf("%s\nGo on with --resume=%s", Diagnosis::of($error), $run->id));
                }
                WP_CLI::warning(Diagnosis::of($error));
                sleep(max(1, $next - time()));
            }
        }
    }

    /** @param array<string, array{set: int, removed: int}> $changes */
    private static function showChanges(array $changes, bool $isDry): void
    {
        if (!$isDry) {
            return;
        }
        ksort($changes);
        $rows = [];
        foreach ($changes as $key => $change) {
            [$kind, $label] = explode(' ', $key, 2);
            $rows[] = ['kind' => $kind, 'label' => $label] + $change;
        }
        WP_CLI\Utils\format_items('table', $rows, ['kind', 'label', 'set', 'removed']);
    }

    /** WordPress keeps each post that it read for the whole request; an archive does not fit. */
    private static function forgetCaches(): void
    {
        global $wpdb;
        $wpdb->queries = [];
        wp_cache_flush_runtime();
    }
}
