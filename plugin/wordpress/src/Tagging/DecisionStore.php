<?php

declare(strict_types=1);

namespace Rubricator\Tagging;

use Rubricator\Site\Schema;

/** The decisions of this site's posts. */
final class DecisionStore
{
    /** @return array<string, Decision> by label */
    public function load(int $postId, Kind $kind): array
    {
        global $wpdb;
        $rows = $wpdb->get_results($wpdb->prepare(
            'SELECT label, provenance, confidence, model_version, editor, decided_at FROM ' . Schema::table('decisions')
                . ' WHERE post_id = %d AND kind = %s ORDER BY label',
            $postId,
            $kind->value,
        ), ARRAY_A);
        $decisions = [];
        foreach ($rows as $row) {
            $provenance = Provenance::tryFrom($row['provenance']);
            if ($provenance !== null) {
                $decisions[$row['label']] = new Decision(
                    $provenance,
                    $row['confidence'] === null ? null : (float) $row['confidence'],
                    $row['model_version'],
                    (int) $row['editor'],
                    (int) $row['decided_at'],
                );
            }
        }
        return $decisions;
    }

    /**
     * Writes what changed from `$before` to `$after`. False, with nothing but rows of this call written, when somebody
     * else had changed a decision since `$before` was read: read again and decide anew.
     *
     * @param array<string, Decision> $before
     * @param array<string, Decision> $after
     */
    public function replace(int $postId, Kind $kind, array $before, array $after): bool
    {
        foreach (array_keys($before + $after) as $label) {
            $label = (string) $label;
            $old = $before[$label] ?? null;
            $new = $after[$label] ?? null;
            if ($old == $new) {
                continue;
            }
            $done = match (true) {
                $old === null => $this->insert($postId, $kind, $label, $new),
                $new === null => $this->delete($postId, $kind, $label, $old),
                default => $this->update($postId, $kind, $label, $old, $new),
            };
            if (!$done) {
                return false;
            }
        }
        return true;
    }

    public function forgetPost(int $postId): void
    {
        global $wpdb;
        $wpdb->delete(Schema::table('decisions'), ['post_id' => $postId], ['%d']);
    }

    public function forgetLabel(Kind $kind, string $label): void
    {
        global $wpdb;
        $wpdb->delete(Schema::table('decisions'), ['kind' => $kind->value, 'label' => $label], ['%s', '%s']);
    }

    private function insert(int $postId, Kind $kind, string $label, Decision $new): bool
    {
        global $wpdb;
        $row = ['post_id' => $postId, 'kind' => $kind->value, 'label' => $label] + self::row($new);
        // Two at once is no error worth the log.
        $shown = $wpdb->suppress_errors(true);
        $done = $wpdb->insert(Schema::table('decisions'), $row) === 1;
        $wpdb->suppress_errors($shown);
        return $done;
    }

    private function update(int $postId, Kind $kind, string $label, Decision $old, Decision $new): bool
    {
        global $wpdb;
        $done = $wpdb->update(Schema::table('decisions'), self::row($new), self::key($postId, $kind, $label, $old));
        // MySQL counts a row that already held these values as not updated.
        return $done === 1 || ($done === 0 && $this->holds($postId, $kind, $label, $new));
    }

    private function delete(int $postId, Kind $kind, string $label, Decision $old): bool
    {
        global $wpdb;
        return $wpdb->delete(Schema::table('decisions'), self::key($postId, $kind, $label, $old)) === 1;
    }

    private function holds(int $postId, Kind $kind, string $label, Decision $wanted): bool
    {
        $found = $this->load($postId, $kind)[$label] ?? null;
        return $found !== null && $found->provenance === $wanted->provenance && $found->editor === $wanted->editor;
    }

    /** @return array<string, int|string> */
    private static function key(int $postId, Kind $kind, string $label, Decision $old): array
    {
        return [
            'post_id' => $postId,
            'kind' => $kind->value,
            'label' => $label,
            'provenance' => $old->provenance->value,
            'editor' => $old->editor,
            'decided_at' => $old->decidedAt,
        ];
    }

    /** @return array<string, int|float|string|null> */
    private static function row(Decision $decision): array
    {
        return [
            'provenance' => $decision->provenance->value,
            'confidence' => $decision->confidence,
            'model_version' => $decision->modelVersion,
            'editor' => $decision->editor,
            'decided_at' => $decision->decidedAt,
        ];
    }
}
