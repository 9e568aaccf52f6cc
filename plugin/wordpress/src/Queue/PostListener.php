<?php

declare(strict_types=1);

namespace Rubricator\Queue;

use Rubricator\Bulk\RunLog;
use Rubricator\Site\Settings;
use Rubricator\Tagging\AnalysisStore;
use Rubricator\Tagging\DecisionStore;
use Rubricator\Tagging\Mode;
use Rubricator\Tagging\PostArticle;
use Rubricator\Tagging\PostTerms;
use Rubricator\Tagging\RoutingLog;
use Rubricator\Tagging\Tagger;
use Rubricator\Tagging\TermMap;
use WP_Post;

/** Hears of saved posts and changed terms, by whatever road, and queues what follows. Never calls the server. */
final class PostListener
{
    /** Field of the classic editor's form: what its user saw as set. */
    public const SEEN = 'rubricator_seen';

    /** An editor seldom changes one label only; one correction tells them all. */
    private const CORRECTION_DELAY_SECONDS = 20;

    /** On wp_after_insert_post, which every road passes: editors, REST, XML-RPC, quick edit, WP-CLI, cron, imports. */
    public static function onSaved(int $postId, WP_Post $post): void
    {
        $settings = Settings::load();
        if (!PostArticle::isEligible($post, $settings)) {
            return;
        }
        if (self::seen($postId) !== null) {
            Tagger::make($settings)->writeTerms($postId);
        }
        $queue = new JobQueue();
        $isSameText = PostArticle::of($post)->hash() === (new AnalysisStore())->contentHash($postId);
        if ($isSameText || !apply_filters('rubricator_classifies', true, $post)) {
            return;
        }
        $queue->add($postId, Task::Classify);
        Worker::schedule(time());
    }

    /** On added_term_relationship. */
    public static function onTermAdded(int $postId, int $termTaxonomyId, string $taxonomy): void
    {
        self::onTermsChanged($postId, [$termTaxonomyId], [], $taxonomy);
    }

    /**
     * On deleted_term_relationships.
     *
     * @param list<int> $termTaxonomyIds
     */
    public static function onTermsRemoved(int $postId, array $termTaxonomyIds, string $taxonomy): void
    {
        self::onTermsChanged($postId, [], $termTaxonomyIds, $taxonomy);
    }

    /** On pre_delete_term: that a term goes is no judgement of the posts that had it. */
    public static function onTermDeleted(int $termId, string $taxonomy): void
    {
        $map = new TermMap();
        foreach (Settings::load()->kinds as $target) {
            if ($target->taxonomy === $taxonomy) {
                foreach ($map->labels($target, $termId) as $label) {
                    (new DecisionStore())->forgetLabel($target->kind, $label);
                }
                $map->forgetTerm($target, $termId);
            }
        }
    }

    /** On before_delete_post: everything that is kept of it goes first, so that its terms' end is no correction. */
    public static function onDeleted(int $postId): void
    {
        (new JobQueue())->forgetPost($postId);
        (new AnalysisStore())->forgetPost($postId);
        (new DecisionStore())->forgetPost($postId);
        (new RoutingLog(Settings::load()))->forgetPost($postId);
        RunLog::forgetPost($postId);
        self::$deleted[$postId] = true;
    }

    public static function queueCorrection(int $postId): void
    {
        $delay = (int) apply_filters('rubricator_correction_delay', self::CORRECTION_DELAY_SECONDS);
        (new JobQueue())->add($postId, Task::Correct, $delay);
        Worker::schedule(time() + $delay);
    }

    /** @return ?list<string> null unless this request is the classic editor's form of this post */
    private static function seen(int $postId): ?array
    {
        // WordPress has checked the form's nonce before it sets a term.
        $isForm = isset($_POST[self::SEEN]) && (int) ($_POST['post_ID'] ?? 0) === $postId;
        return $isForm ? explode(' ', sanitize_text_field(wp_unslash((string) $_POST[self::SEEN]))) : null;
    }

    /** @var array<int, true> posts that this request deletes */
    private static array $deleted = [];

    /**
     * @param list<int> $added
     * @param list<int> $removed
     */
    private static function onTermsChanged(int $postId, array $added, array $removed, string $taxonomy): void
    {
        if (PostTerms::isWriting() || isset(self::$deleted[$postId])) {
            return;
        }
        $settings = Settings::load();
        if (!in_array(get_post_type($postId), $settings->postTypes, true)) {
            return;
        }
        $termIds = static fn (array $ids): array => array_values(array_filter(array_map(
            static fn ($id): int => (int) (get_term_by('term_taxonomy_id', (int) $id)->term_id ?? 0),
            $ids,
        )));
        foreach ($settings->kinds as $target) {
            if ($target->taxonomy !== $taxonomy || $target->mode === Mode::Off) {
                continue;
            }
            $changed = Tagger::make($settings)
                ->edited($postId, $target, $termIds($added), $termIds($removed), get_current_user_id(), self::seen($postId));
            if ($changed && (new AnalysisStore())->contentHash($postId) !== '') {
                self::queueCorrection($postId);
            }
        }
    }
}
