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
