<?php

declare(strict_types=1);

namespace Rubricator\Bulk;

use Rubricator\Queue\Worker;
use Rubricator\Site\Settings;
use Rubricator\Tagging\AnalysisStore;
use Rubricator\Tagging\DecisionStore;
use Rubricator\Tagging\Mode;
use Rubricator\Tagging\PostArticle;
use Rubricator\Tagging\PostTerms;
use Rubricator\Tagging\ProvenanceRules;
use Rubricator\Tagging\StoredAnalysis;
use Rubricator\Tagging\Tagger;
use Rubricator\Tagging\TermMap;

/** The posts of a site in the order of their numbers, classified in batches. Memory does not grow with the archive. */
final class Archive
{
    public function __construct(private readonly Settings $settings, private readonly Worker $worker)
    {
    }

    public function size(): int
    {
        global $wpdb;
        return (int) $wpdb->get_var("SELECT COUNT(*) FROM $wpdb->posts WHERE " . $this->eligible());
    }

    /** @return list<int> numbers of the next posts from `$from` on, at most `$most` */
    public function page(int $from, int $most): array
    {
        global $wpdb;
        return array_map('intval', $wpdb->get_col($wpdb->prepare(
            "SELECT ID FROM $wpdb->posts WHERE ID >= %d AND " . $this->eligible() . ' ORDER BY ID LIMIT %d',
            $from,
            $most,
        )));
    }

    /**
     * Classifies posts, and applies the answers unless `$isDry`.
     *
     * @param list<int> $postIds
     * @return array{done: int, failed: int, changes: array<string, array{set: int, removed: int}>} changes by "kind label"
     * @throws \Rubricator\Server\TransportError when the server did not answer; nothing was applied
     */
    public function classify(array $postIds, BulkRun $run, bool $isDry): array
    {
        $result = ['done' => 0, 'failed' => 0, 'changes' => []];
        $articles = $this->articles($postIds, $run);
        if ($articles === []) {
            return $result;
        }
        $answers = $this->worker->results(array_values($articles));
        foreach (array_keys($articles) as $i => $postId) {
            $message = $answers[$i]['analysis'] ?? null;
            if (!is_array($message)) {
                ++$result['failed'];
                continue;
            }
            ++$result['done'];
            $analysis = new StoredAnalysis($postId, $articles[$postId]->hash(), $message, $run->id, time());
            if ($isDry) {
                $this->count($analysis, $result['changes']);
                continue;
            }
            (new RunLog($run->id))->keep($postId);
            Tagger::make($this->settings)->apply($analysis);
        }
        return $result;
    }

    /**
     * @param list<int> $postIds
     * @return array<int, PostArticle> by post
     */
    private function articles(array $postIds, BulkRun $run): array
    {
        _prime_post_caches($postIds, true, false);
        $articles = [];
        foreach ($postIds as $postId) {
            $post = get_post($postId);
            if ($post === null || !PostArticle::isEligible($post, $this->settings)) {
                continue;
            }
            $known = (new AnalysisStore())->load($postId);
            // An interrupted batch is asked for again; what it had done is not done twice.
            $isDone = $known !== null && ($known->runId === $run->id || $run->choice['only_untagged']);
            if (!$isDone) {
                $articles[$postId] = PostArticle::of($post);
            }
        }
        return $articles;
    }

    /** @param array<string, array{set: int, removed: int}> $changes */
    private function count(StoredAnalysis $analysis, array &$changes): void
    {
        foreach ($this->settings->kinds as $target) {
            if ($target->mode === Mode::Off) {
                continue;
            }
            $before = (new DecisionStore())->load($analysis->postId, $target->kind);
            $present = (new PostTerms(new TermMap()))->present($analysis->postId, $target, $before);
            $proposals = $analysis->proposals($target->kind);
            $after = ProvenanceRules::afterClassification($before, $present, $proposals, $target->mode, $target->threshold);
            $set = [];
            foreach ($after as $label => $decision) {
                if ($decision->provenance->isSet()) {
                    $set[] = (string) $label;
                }
            }
            foreach (['set' => array_diff($set, $present), 'removed' => array_diff($present, $set)] as $change => $labels) {
                foreach ($labels as $label) {
                    $key = "{$target->kind->value} $label";
                    $changes[$key] ??= ['set' => 0, 'removed' => 0];
                    ++$changes[$key][$change];
                }
            }
        }
    }

    private function eligible(): string
    {
        global $wpdb;
        $types = implode(', ', array_map(static fn (string $t): string => $wpdb->prepare('%s', $t), $this->settings->postTypes));
        return "post_type IN ($types) AND post_status NOT IN ('auto-draft', 'trash', 'inherit')";
    }
}
