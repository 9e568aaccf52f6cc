<?php

declare(strict_types=1);

namespace Rubricator\Queue;

use Rubricator\Server\TransportError;
use Rubricator\Site\Schema;

/**
 * What is still to be done, in a table, so that it survives. A post has at most one job of each task. States: `waiting`
 * (until due_at), `running` (claimed by one worker), `failed` (only a person or a new save starts it again). A job that
 * is done has no row.
 */
final class JobQueue
{
    /** A worker that has been silent for so long has died. */
    private const CLAIM_SECONDS = 120;
    private const LONGEST_BACKOFF_SECONDS = 3600;
    private const MAX_ATTEMPTS = 12;

    /** One statement: this runs while an editor waits for a save. */
    public function add(int $postId, Task $task, int $delaySeconds = 0): void
    {
        global $wpdb;
        $wpdb->query($wpdb->prepare(
            'INSERT INTO ' . Schema::table('jobs') . ' (post_id, task, state, queued_at, due_at)'
                . ' VALUES (%d, %s, %s, %d, %d) ON DUPLICATE KEY UPDATE state = VALUES(state),'
                . ' generation = generation + 1, attempts = 0, due_at = VALUES(due_at), reason = \'\', message = \'\'',
            $postId,
            $task->value,
            'waiting',
            (int) (microtime(true) * 1e6),
            time() + $delaySeconds,
        ));
    }

    /**
     * Claims the oldest jobs that are due, at most `$most`, of one post or (0) of all; nobody else gets them until they
     * are settled here.
     *
     * @return list<Job> oldest first
     */
    public function claim(Task $task, int $most, int $postId = 0): array
    {
        global $wpdb;
        $jobs = Schema::table('jobs');
        $now = time();
        $free = "task = %s AND due_at <= %d AND (state = 'waiting' OR (state = 'running' AND claimed_at < %d))"
            . ($postId > 0 ? " AND post_id = $postId" : '');
        $dead = $now - self::CLAIM_SECONDS;
        $posts = $wpdb->get_col($wpdb->prepare(
            "SELECT post_id FROM $jobs WHERE $free ORDER BY queued_at, post_id LIMIT %d",
            $task->value,
            $now,
            $dead,
            $most,
        ));
        if ($posts === []) {
            return [];
        }
        $claim = bin2hex(random_bytes(16));
        $list = implode(',', array_map('intval', $posts));
        $wpdb->query($wpdb->prepare(
            "UPDATE $jobs SET state = 'running', claim = %s, claimed_at = %d, attempts = attempts + 1"
                . " WHERE post_id IN ($list) AND $free",
            $claim,
            $now,
            $task->value,
            $now,
            $dead,
        ));
        $rows = $wpdb->get_results($wpdb->prepare(
            "SELECT post_id, generation, attempts FROM $jobs WHERE claim = %s AND task = %s AND state = 'running'"
                . ' ORDER BY queued_at, post_id',
            $claim,
            $task->value,
        ), ARRAY_A);
        return array_map(static fn (array $row): Job => new Job(
            (int) $row['post_id'],
            $task,
            (int) $row['generation'],
            (int) $row['attempts'],
        ), $rows);
    }

    /** The job is done; if it was asked for again meanwhile it waits for its next turn. */
    public function done(Job $job): void
    {
        global $wpdb;
        $wpdb->query($wpdb->prepare(
            'DELETE FROM ' . Schema::table('jobs') . ' WHERE post_id = %d AND task = %s AND generation = %d',
            $job->postId,
            $job->task->value,
            $job->generation,
        ));
    }

    /** The job failed by its own fault, or by a passing one: it waits longer each time, or is given up. */
    public function failed(Job $job, TransportError $error): void
    {
        $lost = !$error->isTemporary() || $job->attempts >= self::MAX_ATTEMPTS;
        $wait = min(self::LONGEST_BACKOFF_SECONDS, 15 * 2 ** min($job->attempts, 10));
        $this->settle($job, $lost ? 'failed' : 'waiting', time() + $wait, $job->attempts, $error);
    }

    /** Nothing was wrong with the job, the server is away: it keeps its place, and the breaker says when to go on. */
    public function postponed(Job $job, TransportError $error): void
    {
        $this->settle($job, 'waiting', time(), max(0, $job->attempts - 1), $error);
    }

    /** Starts failed jobs again, of one post or (0) of all. Returns how many. */
    public function retry(int $postId = 0): int
    {
        global $wpdb;
        $sql = $wpdb->prepare(
            'UPDATE ' . Schema::table('jobs') . " SET state = 'waiting', attempts = 0, due_at = %d WHERE state = 'failed'",
            time(),
        );
        return (int) $wpdb->query($sql . ($postId > 0 ? $wpdb->prepare(' AND post_id = %d', $postId) : ''));
    }

    /** @return ?array{state: string, attempts: int, due_at: int, reason: string, message: string} */
    public function of(int $postId, Task $task): ?array
    {
        global $wpdb;
        $row = $wpdb->get_row($wpdb->prepare(
            'SELECT state, attempts, due_at, reason, message FROM ' . Schema::table('jobs')
                . ' WHERE post_id = %d AND task = %s',
            $postId,
            $task->value,
        ), ARRAY_A);
        return $row === null ? null : [
            'state' => $row['state'],
            'attempts' => (int) $row['attempts'],
            'due_at' => (int) $row['due_at'],
            'reason' => $row['reason'],
            'message' => $row['message'],
        ];
    }

    /** @return array<string, array<string, int>> how many, by task and state */
    public function counts(): array
    {
        global $wpdb;
        $counts = array_fill_keys(['classify', 'correct'], ['waiting' => 0, 'running' => 0, 'failed' => 0]);
        $rows = $wpdb->get_results(
            'SELECT task, state, COUNT(*) AS jobs FROM ' . Schema::table('jobs') . ' GROUP BY task, state',
            ARRAY_A,
        );
        foreach ($rows as $row) {
            $counts[$row['task']][$row['state']] = (int) $row['jobs'];
        }
        return $counts;
    }

    /** @return list<array{post_id: int, task: string, reason: string, message: string}> given up, newest first */
    public function failures(int $most): array
    {
        global $wpdb;
        $rows = $wpdb->get_results($wpdb->prepare(
            'SELECT post_id, task, reason, message FROM ' . Schema::table('jobs')
                . " WHERE state = 'failed' ORDER BY queued_at DESC LIMIT %d",
            $most,
        ), ARRAY_A);
        return array_map(static fn (array $row): array => ['post_id' => (int) $row['post_id']] + $row, $rows);
    }

    /** When the next job is due, as Unix time; null when none waits. */
    public function nextDue(): ?int
    {
        global $wpdb;
        $due = $wpdb->get_var('SELECT MIN(due_at) FROM ' . Schema::table('jobs') . " WHERE state = 'waiting'");
        return $due === null ? null : (int) $due;
    }

    public function forgetPost(int $postId): void
    {
        global $wpdb;
        $wpdb->delete(Schema::table('jobs'), ['post_id' => $postId], ['%d']);
    }

    private function settle(Job $job, string $state, int $dueAt, int $attempts, TransportError $error): void
    {
        global $wpdb;
        $key = ['post_id' => $job->postId, 'task' => $job->task->value, 'generation' => $job->generation];
        $wpdb->update(Schema::table('jobs'), [
            'state' => $state,
            'due_at' => $dueAt,
            'attempts' => $attempts,
            'reason' => mb_substr($error->reason, 0, 32),
            'message' => mb_substr($error->getMessage(), 0, 500),
        ], $key);
    }
}
