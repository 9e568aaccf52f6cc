<?php

declare(strict_types=1);

namespace Rubricator\Editor;

use Rubricator\Queue\JobQueue;
use Rubricator\Queue\Task;
use Rubricator\Server\Server;
use Rubricator\Site\KindSettings;
use Rubricator\Site\Settings;
use Rubricator\Tagging\AnalysisStore;
use Rubricator\Tagging\Decision;
use Rubricator\Tagging\DecisionStore;
use Rubricator\Tagging\Kind;
use Rubricator\Tagging\Mode;
use Rubricator\Tagging\PostArticle;
use Rubricator\Tagging\PostTerms;
use Rubricator\Tagging\Provenance;
use Rubricator\Tagging\RoutingLog;
use Rubricator\Tagging\StoredAnalysis;
use Rubricator\Tagging\TermMap;

/** What editors see of a post: its labels with provenance and evidence, its desk, and what is still to be done. */
final class PostState
{
    /** @return array<string, mixed> */
    public static function of(int $postId): array
    {
        $settings = Settings::load();
        $post = get_post($postId);
        $analysis = (new AnalysisStore())->load($postId);
        $job = (new JobQueue())->of($postId, Task::Classify);
        $breaker = Server::breaker();
        return [
            'post' => $postId,
            'mayDecide' => Permission::mayDecide($postId),
            'job' => $job === null ? null : $job + [
                'diagnosis' => $job['reason'] === '' ? '' : Diagnosis::ofReason($job['reason'], $job['message']),
            ],
            'server' => $breaker->isDown() ? [
                'downSince' => $breaker->downSince,
                'diagnosis' => Diagnosis::ofReason($breaker->reason, $breaker->message),
            ] : null,
            'analysis' => $analysis === null ? null : [
                'outcome' => $analysis->outcome(),
                'modelVersion' => $analysis->modelVersion(),
                'classifiedAt' => $analysis->classifiedAt,
                'isOfThisText' => $post !== null && PostArticle::of($post)->hash() === $analysis->contentHash,
            ],
            'kinds' => self::kinds($postId, $settings, $analysis),
            'routings' => (new RoutingLog($settings))->of($postId),
            'terms' => self::terms($postId, $settings),
        ];
    }

    /** @return list<array<string, mixed>> kinds that are switched on, in their order */
    public static function kinds(int $postId, Settings $settings, ?StoredAnalysis $analysis): array
    {
        $kinds = [];
        foreach ($settings->kinds as $name => $target) {
            if ($target->mode !== Mode::Off) {
                $kinds[] = [
                    'kind' => $name,
                    'mode' => $target->mode->value,
                    'threshold' => $target->threshold,
                    'labels' => self::labels($postId, $target, $analysis),
                ];
            }
        }
        return $kinds;
    }

    /** @return list<array<string, mixed>> what is set, then what is proposed, then what was rejected */
    private static function labels(int $postId, KindSettings $target, ?StoredAnalysis $analysis): array
    {
        $decisions = (new DecisionStore())->load($postId, $target->kind);
        $items = $analysis?->items($target->kind) ?? [];
        foreach (array_diff_key($items, $decisions) as $label => $item) {
            $confidence = is_numeric($item['confidence'] ?? null) ? (float) $item['confidence'] : null;
            $decisions[$label] = new Decision(Provenance::Suggested, $confidence, $analysis->modelVersion());
        }
        $map = new TermMap();
        $labels = [];
        foreach ($decisions as $label => $decision) {
            $label = (string) $label;
            $termId = $map->term($target, $label);
            $term = $termId === null ? null : get_term($termId, $target->taxonomy);
            $name = $term instanceof \WP_Term ? html_entity_decode($term->name, ENT_QUOTES) : '';
            $labels[] = [
                'label' => $label,
                'name' => $name ?: ($analysis?->names($target->kind)[$label] ?? '') ?: $label,
                'provenance' => $decision->provenance->value,
                'confidence' => $decision->confidence,
                'isMapped' => $termId !== null || $target->isOwnTaxonomy(),
                'why' => (string) ($items[$label]['reason'] ?? ''),
                'evidence' => self::evidence($items[$label]['evidence'] ?? null),
            ];
        }
        // The server's order tells the main country and the main desk; what it did not name comes after that.
        $rank = ['accepted' => 0, 'manual' => 0, 'auto' => 0, 'suggested' => 1, 'rejected' => 2];
        $place = array_flip(array_map('strval', array_keys($items)));
        $order = static fn (array $item): array => [$rank[$item['provenance']], $place[$item['label']] ?? PHP_INT_MAX];
        usort($labels, static fn (array $a, array $b): int => $order($a) <=> $order($b));
        return $labels;
    }

    /** @return list<array{field: string, begin: int, end: int, text: string, contribution: float}> */
    private static function evidence(mixed $spans): array
    {
        $evidence = [];
        foreach (is_array($spans) ? $spans : [] as $span) {
            $evidence[] = [
                'field' => ($span['field'] ?? '') === 'ARTICLE_FIELD_TITLE' ? 'title' : 'body',
                'begin' => (int) ($span['begin'] ?? 0),
                'end' => (int) ($span['end'] ?? 0),
                'text' => (string) ($span['text'] ?? ''),
                'contribution' => (float) ($span['contribution'] ?? 0),
            ];
        }
        return $evidence;
    }

    /** @return array<string, list<int>> terms by the REST field of each taxonomy, for the editor's own store */
    private static function terms(int $postId, Settings $settings): array
    {
        $terms = [];
        foreach ($settings->kinds as $target) {
            $taxonomy = get_taxonomy($target->taxonomy);
            if ($target->mode !== Mode::Off && $taxonomy !== false && $taxonomy->show_in_rest) {
                $field = $taxonomy->rest_base ?: $taxonomy->name;
                $terms[$field] = (new PostTerms(new TermMap()))->termIds($postId, $target->taxonomy);
            }
        }
        return $terms;
    }
}
