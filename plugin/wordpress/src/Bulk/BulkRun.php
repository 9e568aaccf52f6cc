<?php

declare(strict_types=1);

namespace Rubricator\Bulk;

use Rubricator\Site\Schema;

/** A run over the archive, and how far it came: it goes on from there after any interruption. */
final class BulkRun
{
    /**
     * @param array{only_untagged: bool} $choice
     * @param array<string, int> $counts
     */
    private function __construct(
        public readonly string $id,
        public readonly array $choice,
        public int $nextPostId,
        public array $counts,
    ) {
    }

    /** @param array{only_untagged: bool} $choice */
    public static function start(array $choice): self
    {
        global $wpdb;
        $run = new self('bulk-' . gmdate('Ymd-His') . '-' . bin2hex(random_bytes(2)), $choice, 0, ['done' => 0, 'failed' => 0]);
        $wpdb->insert(Schema::table('runs'), [
            'run_id' => $run->id,
            'state' => 'running',
            'next_post_id' => 0,
            'choice' => (string) wp_json_encode($choice),
            'counts' => (string) wp_json_encode($run->counts),
            'started_at' => time(),
            'changed_at' => time(),
        ]);
        return $run;
    }

    public static function find(string $id): ?self
    {
        global $wpdb;
        $row = $wpdb->get_row($wpdb->prepare('SELECT * FROM ' . Schema::table('runs') . ' WHERE run_id = %s', $id), ARRAY_A);
        if ($row === null) {
            return null;
        }
        $choice = json_decode($row['choice'], true);
        return new self($id, $choice, (int) $row['next_post_id'], json_decode($row['counts'], true));
    }

    public function save(string $state): void
    {
        global $wpdb;
        $wpdb->update(Schema::table('runs'), [
            'state' => $state,
            'next_post_id' => $this->nextPostId,
            'counts' => (string) wp_json_encode($this->counts),
            'changed_at' => time(),
        ], ['run_id' => $this->id]);
    }

    /** @return list<array<string, string>> newest first */
    public static function all(int $most): array
    {
        global $wpdb;
        return $wpdb->get_results($wpdb->prepare(
            'SELECT run_id, state, next_post_id, counts, started_at FROM ' . Schema::table('runs')
                . ' ORDER BY started_at DESC LIMIT %d',
            $most,
        ), ARRAY_A);
    }
}
