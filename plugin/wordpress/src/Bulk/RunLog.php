<?php

declare(strict_types=1);

namespace Rubricator\Bulk;

use Rubricator\Site\Schema;
use Rubricator\Site\Settings;
use Rubricator\Tagging\AnalysisStore;
use Rubricator\Tagging\Decision;
use Rubricator\Tagging\DecisionStore;
use Rubricator\Tagging\Kind;
use Rubricator\Tagging\PostTerms;
use Rubricator\Tagging\TermMap;

/** How posts were before a run touched them, so that the run can be undone. */
final class RunLog
{
    private const KEPT_DAYS = 30;

    /** @param string $id of the run: "queue-2026-11-22" for a day of the queue */
    public function __construct(public readonly string $id)
    {
    }

    public static function ofQueue(int $now): self
    {
        return new self('queue-' . gmdate('Y-m-d', $now));
    }

    /** Keeps how the post is now; only the first time in a run counts. */
    public function keep(int $postId): void
    {
        global $wpdb;
        $earlier = ['decisions' => [], 'terms' => [], 'analysis' => (new AnalysisStore())->load($postId)?->row()];
        $terms = new PostTerms(new TermMap());
        foreach (Settings::load()->kinds as $name => $target) {
            $earlier['terms'][$target->taxonomy] = $terms->termIds($postId, $target->taxonomy);
            $decisions = (new DecisionStore())->load($postId, Kind::from($name));
            $earlier['decisions'][$name] = array_map(static fn (Decision $d): array => (array) $d, $decisions);
        }
        $wpdb->query($wpdb->prepare(
            'INSERT IGNORE INTO ' . Schema::table('run_posts')
                . ' (run_id, post_id, earlier, saved_at) VALUES (%s, %d, %s, %d)',
            $this->id,
            $postId,
            (string) wp_json_encode($earlier, JSON_UNESCAPED_UNICODE),
            time(),
        ));
    }

    /** @return list<int> posts that the run touched and that were not restored yet, at most `$most` */
    public function posts(int $most): array
    {
        global $wpdb;
        return array_map('intval', $wpdb->get_col($wpdb->prepare(
            'SELECT post_id FROM ' . Schema::table('run_posts') . ' WHERE run_id = %s ORDER BY post_id LIMIT %d',
            $this->id,
            $most,
        )));
    }

    public function size(): int
    {
        global $wpdb;
        return (int) $wpdb->get_var($wpdb->prepare(
            'SELECT COUNT(*) FROM ' . Schema::table('run_posts') . ' WHERE run_id = %s',
            $this->id,
        ));
    }

    /** Brings a post back to what it was. False, and nothing done, when an editor has decided about it since. */
    public function restore(int $postId): bool
    {
        global $wpdb;
        $row = $wpdb->get_row($wpdb->prepare(
            'SELECT earlier, saved_at FROM ' . Schema::table('run_posts') . ' WHERE run_id = %s AND post_id = %d',
            $this->id,
            $postId,
        ), ARRAY_A);
        $earlier = $row === null ? null : json_decode($row['earlier'], true);
        $wpdb->delete(Schema::table('run_posts'), ['run_id' => $this->id, 'post_id' => $postId]);
        $judged = $row !== null && (int) $wpdb->get_var($wpdb->prepare(
            'SELECT COUNT(*) FROM ' . Schema::table('decisions')
                . ' WHERE post_id = %d AND editor > 0 AND decided_at >= %d',
            $postId,
            (int) $row['saved_at'],
        )) > 0;
        if (!is_array($earlier) || $judged) {
            return false;
        }
        PostTerms::quietly(static function () use ($postId, $earlier): void {
            foreach ($earlier['terms'] as $taxonomy => $terms) {
                if (taxonomy_exists($taxonomy)) {
                    wp_set_object_terms($postId, array_map('intval', $terms), $taxonomy);
                }
            }
        });
        self::restoreRows($postId, $earlier);
        return true;
    }

    /** @param array<string, mixed> $earlier */
    private static function restoreRows(int $postId, array $earlier): void
    {
        global $wpdb;
        (new DecisionStore())->forgetPost($postId);
        foreach ($earlier['decisions'] as $kind => $decisions) {
            foreach ($decisions as $label => $kept) {
                $wpdb->insert(Schema::table('decisions'), [
                    'post_id' => $postId,
                    'kind' => $kind,
                    'label' => (string) $label,
                    'provenance' => $kept['provenance'],
                    'confidence' => $kept['confidence'],
                    'model_version' => $kept['modelVersion'],
                    'editor' => $kept['editor'],
                    'decided_at' => $kept['decidedAt'],
                ]);
            }
        }
        (new AnalysisStore())->forgetPost($postId);
        if (is_array($earlier['analysis'])) {
            $wpdb->insert(Schema::table('analyses'), $earlier['analysis']);
        }
    }

    public static function forgetOld(): void
    {
        global $wpdb;
        $wpdb->query($wpdb->prepare(
            'DELETE FROM ' . Schema::table('run_posts') . ' WHERE saved_at < %d',
            time() - self::KEPT_DAYS * DAY_IN_SECONDS,
        ));
    }

    public static function forgetPost(int $postId): void
    {
        global $wpdb;
        $wpdb->delete(Schema::table('run_posts'), ['post_id' => $postId], ['%d']);
    }
}
